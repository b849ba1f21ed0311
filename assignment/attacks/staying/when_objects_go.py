"""Objects that do not let themselves be deleted."""
# PATIENCE 0.5

# HONEST cases/several-mistakes/GRU_skeleton.py

import gc
import time

class Stays:
    def __del__(self):
        time.sleep(10**6)

kept = [Stays()]
GRUModel.forward = lambda self, x: kept.clear()
gc.callbacks.append(lambda *given: kept.append(Stays()))
