"""Sets a timer that kills it while a later question is answered."""

# HONEST cases/several-mistakes/GRU_skeleton.py

import signal
signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.01)
