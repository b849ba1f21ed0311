"""The checks of this assignment: one function for each rubric item, in rubric order.  For instructors only.

`CHECKS` maps an item's id to its check, `CLASSES` says what each file must define.  A check takes the Half it
belongs to (one module of the submission, with what is known of it) and returns a Verdict.
"""

from assignment.marking import gru, rnn
from assignment.misconceptions import CATALOGUE
from grading.mark import submission_checks

CLASSES = {"RNN_skeleton.py": rnn.CLASSES, "GRU_skeleton.py": gru.CLASSES}
HALVES = {"RNN_skeleton.py": rnn.RnnHalf, "GRU_skeleton.py": gru.GruHalf}
CHECKS = rnn.CHECKS | gru.CHECKS
SUBMISSION_CHECKS = submission_checks.CHECKS
OPTIONS = rnn.OPTIONS

__all__ = ["CATALOGUE", "CHECKS", "CLASSES", "HALVES", "OPTIONS", "SUBMISSION_CHECKS"]
