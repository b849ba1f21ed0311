"""The checks of the gating lab: one function for each rubric item, in rubric order.  For instructors only."""

from grading.mark import submission_checks
from labs.gating.marking import halves
from labs.gating.misconceptions import CATALOGUE

CLASSES = {"GRUNet_skeleton.py": halves.GRU_CLASSES, "pmGRU_skeleton.py": halves.MINIMAL_CLASSES}
HALVES = {"GRUNet_skeleton.py": halves.GruHalf, "pmGRU_skeleton.py": halves.MinimalHalf}
CHECKS = halves.CHECKS
SUBMISSION_CHECKS = submission_checks.CHECKS
OPTIONS = {}

__all__ = ["CATALOGUE", "CHECKS", "CLASSES", "HALVES", "OPTIONS", "SUBMISSION_CHECKS"]
