"""The process that Spark's Python workers are forked from: it has loaded what every task needs.

It is Spark's own daemon with our modules in it. Spark starts it through `jobs/engine/worker_entry.py`; or it runs
before Spark does, as ``python -m jobs.engine.worker_daemon SOCKET``, and waits there for its streams.
"""

import ctypes
import gc
import json
import os
import select
import socket
import sys
from importlib import import_module

import numpy as np
import pyarrow as pa
from pyspark import daemon

from jobs.engine.no_pandas import refuse_pandas
from kernels._jit import load_compiled

_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4
_KEEP_BYTES = 1 << 30
_NEEDED = (
    "jobs.ingest",
    "jobs.stays",
    "jobs.anchors",
    "jobs.trips",
    "jobs.presence",
    "jobs.od",
    "pyspark.worker",
)


def load() -> None:
    """Load modules and compiled kernels: none of it is garbage."""
    gc.disable()
    refuse_pandas()
    for name in _NEEDED:
        import_module(name)
    if not load_compiled():  # what Numba sets up before a process's first kernel
        siphash = import_module("kernels.siphash")
        siphash.siphash_words(np.zeros(2, np.uint64), np.zeros(1, np.uint64))
    gc.freeze()
    gc.enable()


def keep_freed_memory() -> None:
    """Let the C library hand out again what arrays gave back, instead of asking the kernel for zeroed pages.

    Only glibc has the switch (mallopt(3)); elsewhere nothing changes.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_M_MMAP_MAX, 0)
    mallopt(_M_TRIM_THRESHOLD, _KEEP_BYTES)
    pa.set_memory_pool(pa.system_memory_pool())


class _YoungGarbage:
    """Takes the place of `gc` in Spark's daemon, which collects after each task.

    What tasks leave is young; a full collection would go through all kernels that a worker has loaded.
    """

    @staticmethod
    def collect() -> int:
        """Collect what was made since the last time."""
        return gc.collect(1)


def serve() -> None:
    """Be Spark's daemon: fork workers until standard input ends."""
    keep_freed_memory()
    load()
    _manage(sys.argv[1:])


def _manage(arguments: list[str]) -> None:
    sys.argv = [daemon.__file__, *arguments]
    setattr(daemon, "gc", _YoungGarbage)  # noqa: B010 (a module of Python there)
    daemon.manager()


def wait(path: str) -> None:
    """Load, then be Spark's daemon with the streams, arguments and environment that come through a socket.

    Who started this ends it by closing its standard input.
    """
    with socket.socket(socket.AF_UNIX) as here:
        here.bind(path)
        here.listen(1)
        keep_freed_memory()
        load()
        arrived, _, _ = select.select([here, sys.stdin], [], [])
        os.unlink(path)
        if here not in arrived:
            return
        there, _ = here.accept()
    _manage(_taken_over(there))


def _taken_over(there: socket.socket) -> list[str]:
    """Take the streams and the environment of a process that hands over; return its arguments."""
    _, streams, _, _ = socket.recv_fds(there, 1, 3)
    with there.makefile() as lines:
        told = json.loads(lines.readline())
    for here, stream in enumerate(streams):
        os.dup2(stream, here)
        os.close(stream)
    os.environ.clear()
    os.environ.update(told["environment"])
    known = set(sys.path)
    sys.path += [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place not in known]
    os.set_inheritable(
        there.detach(), False
    )  # stays open as long as this process lives: the other waits for that
    return list(told["arguments"])


if __name__ == "__main__":
    wait(sys.argv[1])
