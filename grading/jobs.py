"""Long work as jobs: in processes of our own, or by an executor that is given, such as a cluster's."""

import ctypes
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import active_children, get_context

import torch

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def as_done(work, jobs, executor=None, processes=None):
    """Each (job, work(job)) as it is done; left early, the rest is given up, and what our own processes do is ended.

    executor    of concurrent.futures or like one (Dask's get_executor()); default: so many `processes` of our own, each
                with one thread
    processes   default: one for each core
    """
    others = active_children()
    own = None if executor else own_processes(processes)
    futures = {(executor or own).submit(work, job): job for job in jobs}
    try:
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        for future in futures:
            future.cancel()
        if own:
            if not all(future.done() for future in futures):  # a job may take minutes, and would be thrown away
                for process in set(active_children()).difference(others):
                    process.terminate()
            own.shutdown(cancel_futures=True)


def own_processes(number=None):
    """A process for each core, each with one thread: faster than one process with as many threads."""
    spawning = get_context("spawn")  # a fork of a process in which torch runs can stand still
    return ProcessPoolExecutor(number or os.cpu_count(), spawning, initializer=start_process, initargs=(os.getpid(),))


def start_process(first):
    """One thread, and deaf to Ctrl-C, which reaches all processes: the first one hears it and ends the others.

    A first one that is killed hears nothing: the kernel then ends the others, where it is Linux's.
    """
    torch.set_num_threads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != first:  # it was killed before this was asked for
            os._exit(1)
