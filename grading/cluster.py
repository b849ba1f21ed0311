"""A Dask cluster that exists already, as an executor of `concurrent.futures`' kind."""

import pickle
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from grading.mark.result import plain
from grading.mark.where import UnusableCluster

CONNECT_LIMIT = 10  # seconds for the scheduler to answer
START = "python -m dask worker"  # in the checkout, so that `grading` can be imported


@dataclass(frozen=True)
class Cluster:
    """A cluster's executor, and what is known of it.

    threads   how many things its workers do at a time, all together
    """

    executor: object
    address: str
    threads: int
    client: object

    def submit(self, function, *arguments):
        """A `concurrent.futures` Future of a call of one of this repository's functions.

        Only a worker has to know this repository: for the scheduler, which opens what it passes on, these are bytes.
        """
        return self.executor.submit(pickle.loads, pickle.dumps(Call(function, arguments)))

    def ask_each(self, function, *arguments):
        """worker's address -> what `function`, one of this repository's, returns there.  Raises UnusableCluster."""
        try:
            return self.client.run(function, *arguments)
        except Exception as reason:  # Dask gives another machine's errors in many forms
            why = f"a worker of {self.address} can't run the marker ({plain(str(reason))[:200]})"
            raise UnusableCluster(f"{why}; start it in the same checkout: {START} {self.address}") from None


def can_import(name):
    """Whether a module of this repository can be imported; raises what importing it raises."""
    return import_module(name) is not None


class Call:
    """A call that is made where it is unpickled."""

    def __init__(self, function, arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


@contextmanager
def dask_cluster(address):
    """The Cluster whose scheduler listens at an address such as tcp://10.0.0.5:8786.  Raises UnusableCluster.

    Certificates for tls:// are taken from Dask's own configuration.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
        from distributed.comm.registry import get_backend
    except ImportError:
        raise UnusableCluster("--executor dask needs the package distributed; run: make setup") from None
    try:
        scheme, location = parse_address(address)  # before a client, which waits 20 s to be closed if this is wrong
        get_backend(scheme)
        parse_host_port(location)
        client = Client(address, timeout=CONNECT_LIMIT, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as reason:
        why = str(reason).splitlines()[0][:200] if str(reason) else type(reason).__name__
        raise UnusableCluster(
            f"no Dask scheduler answers at {address} ({why}); start one: python -m dask scheduler"
        ) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UnusableCluster(f"{address} has no workers; start some, each in a checkout: {START} {address}")
        yield Cluster(client.get_executor(pure=False), address, threads, client)
