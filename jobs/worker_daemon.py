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

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEEP_BYTES = 1 << 30


def keep_freed_memory() -> None:
    """Let the C library hand out again what arrays gave back, instead of asking the kernel for zeroed pages.

    Only glibc has the switch (mallopt(3)); elsewhere nothing changes.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_M_MMAP_THRESHOLD, _KEEP_BYTES)
    mallopt(_M_TRIM_THRESHOLD, _KEEP_BYTES)
    pa.set_memory_pool(pa.system_memory_pool())


if __name__ == "__main__":
    sys.argv[0] = daemon.__file__
    keep_freed_memory()
    # A worker collects garbage after each task: what was loaded before the fork is none.
    gc.collect()
    gc.freeze()
    daemon.manager()
