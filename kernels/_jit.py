"""The one place that decides how kernels are compiled and where compiled code is kept.

Numba's ``cache=True`` fails at import where no directory is writable, and keeps its files beside
the source by default; an installed package may be read-only. So compiled code goes to a directory
of ours, and where none is writable kernels compile anew in each process.

Numba compiles a kernel anew when its own file changes, not when that of a kernel which it calls does. So
the directory is named after all sources: a program that was changed finds none of what the old one left.
"""

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import config as numba_config

F = TypeVar("F", bound=Callable[..., Any])

_KEPT_S = 30 * 86_400.0


def sources_digest(folder: Path) -> str:
    """Twelve digits that change with any module below a folder."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"{file.relative_to(folder)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _forget_old(directory: Path) -> None:
    """Delete what programs of long ago left beside a directory that is made."""
    for other in directory.parent.glob("numba-*"):
        if other != directory and other.stat().st_mtime < time.time() - _KEPT_S:
            shutil.rmtree(other, ignore_errors=True)


def _cache_dir() -> Path | None:
    """First writable directory for compiled kernels, or None."""
    base = os.environ.get("MAILLAGE_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    wanted = Path(base) if base else Path.home() / ".cache"
    version = f"numba-{numba.__version__}-py{sys.version_info.major}{sys.version_info.minor}"
    directory = wanted / "maillage" / f"{version}-{sources_digest(Path(__file__).parent)}"
    try:
        if not directory.is_dir():
            directory.mkdir(parents=True, exist_ok=True)
            _forget_old(directory)
        with tempfile.TemporaryFile(dir=directory):
            return directory
    except OSError:
        return None


def _configure() -> bool:
    if os.environ.get("NUMBA_CACHE_DIR"):
        return True
    directory = _cache_dir()
    if directory is None:
        return False
    setattr(numba_config, "CACHE_DIR", str(directory))  # noqa: B010 (not in Numba's stubs)
    return True


_CACHED = _configure()


_KERNELS: list[Any] = []


def kernel(function: F) -> F:
    """Compile `function` with Numba: nopython, GIL released, compiled once per machine.

    No ``parallel=True``: Spark owns the cores.
    """
    return _listed(numba.njit(cache=_CACHED, nogil=True)(function))


def _listed(compiled: Any) -> Any:
    _KERNELS.append(compiled)
    return compiled


def kernel_of_minima(function: F) -> F:
    """Compile as `kernel` does a function that takes minima and maxima of floats, none of which is NaN.

    Without that promise (``nnan``, and ``nsz`` on the sign of zero) LLVM makes no wide instructions of
    ``min``. Results are the same to the bit; sums are not reordered.
    """
    return _listed(numba.njit(cache=_CACHED, nogil=True, fastmath={"nnan", "nsz"})(function))


def are_compiled() -> bool:
    """Whether an earlier process has left kernels of this place compiled; if none has, the first use takes minutes.

    Numba keeps them in folders named after those of the sources and the SHA-1 of their paths.
    """
    compiled = Path(str(getattr(numba_config, "CACHE_DIR", "")))  # not in Numba's stubs
    folders = {file.parent for file in Path(__file__).resolve().parent.rglob("*.py")}
    names = (f"{folder.name}_{hashlib.sha1(str(folder).encode()).hexdigest()}" for folder in folders)
    return any(True for name in names for _ in (compiled / name).glob("*.nbi"))


def load_compiled() -> int:
    """Load what earlier processes left compiled of the public kernels of loaded modules; return how many.

    For a process that is forked: what it has loaded, those forked from it need not load. Kernels that only
    others call are part of these.
    """
    loaded = 0
    for compiled in _KERNELS:
        if compiled.__name__.startswith("_"):
            continue
        for signature in _left_compiled(compiled):
            compiled.compile(signature)
            loaded += 1
    return loaded


def _left_compiled(compiled: Any) -> list[Any]:
    """Signatures compiled for this processor, from the index of Numba's cache, which has no public way to ask."""
    try:
        cache, codegen = compiled._cache, compiled.targetctx.codegen()
        kept = cache._cache_file._load_index()
        return [key[0] for key in kept if key == cache._index_key(key[0], codegen)]
    except (AttributeError, OSError):
        return []
