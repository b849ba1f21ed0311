"""Takes the cell out of torch by a pattern, with what watches calls left as it is."""

import torch
match torch:
    case object(rnn_tanh_cell=step):
        pass
# UNEARNED bodies/ready-made/RNN_skeleton.py
