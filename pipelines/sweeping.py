"""Delete from a workspace what no manifest lists."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Any, Protocol

from jobs.engine.store import Store, StoredFile

_TABLE_FILE = re.compile(r"\.[0-9a-f]{12}\.parquet$")
_PART = re.compile(r"\.[0-9a-f]{8}\.tmp$")
"""Name of a small file that was not yet whole."""

_BUILD = re.compile(r"/\d{8}T\d{6}Z-[0-9a-f]{4}-[a-z_]+/")
"""Folder of one attempt among the files for people, on an object store."""


class Listing(Protocol):
    """What a manifest lists."""

    tables: dict[str, list[StoredFile]]
    artifacts: list[dict[str, Any]]


def sweep(store: Store, manifests: Sequence[Listing], kept: Sequence[StoredFile] = ()) -> None:
    """Delete table files that no manifest lists, and what a killed run left half done.

    Files that no run has written, by their names, stay; so do those `kept` beside the manifests.
    """
    listed = {file.path for manifest in manifests for files in manifest.tables.values() for file in files}
    listed |= {file.path for file in kept}
    for folder in ("tables", "quarantine"):
        for path in store.files_below(folder):
            if path not in listed and _TABLE_FILE.search(path):
                store.delete(path)
    if store.is_local:
        _sweep_disk(store.local(), manifests)
    else:
        _sweep_remotely(store, manifests)


def _sweep_disk(root: Path, manifests: Sequence[Listing]) -> None:
    for folder in ("tables", "quarantine"):
        _delete_empty_folders(root / folder)
    for leftover in _set_aside(root, manifests):
        rmtree(leftover, ignore_errors=True)
    for part in root.glob("**/*.tmp"):
        if _PART.search(part.name):
            part.unlink(missing_ok=True)


def _delete_empty_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        with suppress(OSError):  # it holds something
            os.rmdir(folder)


def _set_aside(root: Path, manifests: Sequence[Listing]) -> list[Path]:
    """Folders that were about to be replaced when a run was killed."""
    targets = {artifact["path"].split("/")[0] for manifest in manifests for artifact in manifest.artifacts}
    found = [path for name in targets for path in root.glob(f"{name}.old-*")]
    return found + list(root.glob("releases/*.old-*"))


def _sweep_remotely(store: Store, manifests: Sequence[Listing]) -> None:
    listed = {artifact["path"] for manifest in manifests for artifact in manifest.artifacts}
    store.delete_folder(".staged")
    for folder in store.folders_in(""):
        if folder in ("stages", "runs", "world"):
            continue
        for path in store.files_below(folder):
            if path not in listed and _BUILD.search(path) and not path.startswith(("tables/", "quarantine/")):
                store.delete(path)
        store.delete_empty_folders(folder)
