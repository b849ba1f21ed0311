"""A course by its own rules: roster, deadline, attempts, decisions of people; and what comes after a marking."""
