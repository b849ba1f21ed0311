"""Executors that stand in for a pool's or a cluster's."""

from concurrent.futures import Executor, Future


class Here(Executor):
    """Runs each job at once, in this process; `stop_at` is the number of the job at which Ctrl-C comes."""

    def __init__(self, stop_at=None):
        self.stop_at, self.jobs = stop_at, []

    def submit(self, function, *arguments):
        self.jobs.append(arguments[0])
        future = Future()
        if len(self.jobs) == self.stop_at:
            future.set_exception(KeyboardInterrupt())
        else:
            future.set_result(function(*arguments))
        return future
