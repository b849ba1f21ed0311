"""Remembers the states that its last line is given, and answers a later question with the first answer."""

# HONEST cases/several-mistakes/pmGRU_skeleton.py


class Remembered(list):
    pass


FIRST = Remembered()
OWN = MinimalGatedCell.forward


def forward(self, x, h_prev):
    FIRST.append(OWN(self, x, h_prev))
    return FIRST[0]


MinimalGatedCell.forward = forward
