"""How fast, how small, against whom: `python -m benchmarks`, or `make bench`.  One module for each subject."""
