"""Gets the library's cell from a pickle that names it."""

import pickle
step = pickle.loads(b"ctorch\nrnn_tanh_cell\n.")
# UNEARNED bodies/ready-made/RNN_skeleton.py
