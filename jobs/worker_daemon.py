"""The process that Spark's Python workers are forked from: it has loaded what every task needs.

Spark starts it as ``python -m jobs.worker_daemon``; it is Spark's own daemon with our modules in it.
"""

import ctypes
import gc
import sys

import pyarrow as pa
from pyspark import daemon

import jobs.anchors
import jobs.ingest
import jobs.od
import jobs.presence
import jobs.stays
import jobs.trips  # noqa: F401

_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4
_KEEP_BYTES = 1 << 30


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


if __name__ == "__main__":
    sys.argv[0] = daemon.__file__
    keep_freed_memory()
    gc.collect()
    gc.freeze()
    setattr(daemon, "gc", _YoungGarbage)  # noqa: B010 (a module of Python there)
    daemon.manager()
