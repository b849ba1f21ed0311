"""The seed of every random number that the marker draws."""

SEED = 0
