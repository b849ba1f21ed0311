"""The marker: what it asks of a submission, how it compares, and what it says."""
