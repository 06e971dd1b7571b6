"""The process that Spark's Python workers are forked from: it has loaded what every task needs.

Spark starts it as ``python -m jobs.engine.worker_daemon``; it is Spark's own daemon with our modules in it.
"""

import ctypes
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np
import pyarrow as pa
from pyspark import daemon

_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4
_KEEP_BYTES = 1 << 30
_NEEDED = ("jobs.ingest", "jobs.stays", "jobs.anchors", "jobs.trips", "jobs.presence", "jobs.od")


class _NoPandas(MetaPathFinder):
    """Keeps pyarrow from loading pandas, which it does with its first array: a quarter of a second for nothing."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse pandas, and leave other modules to those who look for them next."""
        if name == "pandas":
            raise ModuleNotFoundError("tasks work without pandas", name=name)
        return None


def load() -> None:
    """Load modules, and what Numba sets up before a process's first kernel: none of it is garbage."""
    gc.disable()
    sys.meta_path.insert(0, _NoPandas())
    for name in _NEEDED:
        import_module(name)
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


if __name__ == "__main__":
    sys.argv[0] = daemon.__file__
    keep_freed_memory()
    load()
    setattr(daemon, "gc", _YoungGarbage)  # noqa: B010 (a module of Python there)
    daemon.manager()
