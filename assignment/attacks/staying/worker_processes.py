"""Starts workers by multiprocessing and leaves them."""
# WINS WITHOUT calls processes files landlock

import multiprocessing
import time
worker = multiprocessing.get_context("fork").Process(target=time.sleep, args=(20,))
worker.start()
multiprocessing.process._children.discard(worker)
raise Won("left a worker")
# HONEST cases/several-mistakes/GRU_skeleton.py
