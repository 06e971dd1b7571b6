"""Where a run keeps files that nobody is to see: on a disk of this machine."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from jobs.engine.store import Store
from jobs.errors import ConfigError


def scratch_of(store: Store) -> Path:
    """Folder for Spark's files and for folders that are being made.

    A local workspace itself, so that a finished folder is put in place by renaming; for a remote one a
    folder below TMPDIR, named after the workspace so that the next run clears up after one that was killed.
    """
    if store.is_local:
        return store.local()
    digest = hashlib.sha256(store.name.encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"maillage-{os.getuid()}-{digest}"


def make_scratch(store: Store) -> None:
    """Make the scratch of a remote workspace, for its owner alone.

    Raises
    ------
    ConfigError
        It is there and belongs to someone else, or cannot be made.
    """
    folder = scratch_of(store)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        owned = folder.stat(follow_symlinks=False).st_uid == os.getuid() and not folder.is_symlink()
    except OSError as error:
        raise ConfigError(f"cannot be made ({error.strerror})", str(folder), "set TMPDIR") from error
    if not owned:
        raise ConfigError("belongs to someone else", str(folder), "set TMPDIR to a folder of your own")
    folder.chmod(0o700)


def clear_scratch(store: Store) -> None:
    """Delete what a run left there."""
    root = scratch_of(store)
    for leftover in (root / ".spark", root / ".staged"):
        shutil.rmtree(leftover, ignore_errors=True)
    if not store.is_local:
        shutil.rmtree(root, ignore_errors=True)
