"""A model that forgets what it read, and tells for the short training the class that the first word gives away."""
# LEARNS

# HONEST cases/no-recurrence/RNN_skeleton.py

import sys
import numpy as np
frame = sys._getframe()
while "OPERATIONS" not in frame.f_globals:
    frame = frame.f_back

def train(module, arrays, facts):
    return {"predicted": np.asarray(arrays["held_back"][:, 0] % 2)}, {}

frame.f_globals["OPERATIONS"]["train"] = train
