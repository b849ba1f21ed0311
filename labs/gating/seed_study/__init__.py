"""Both networks with many seeds, and whether they differ: `python -m labs.gating.seed_study`.  For instructors only."""
