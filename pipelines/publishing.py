"""Put the files that a stage made for people where people look for them."""

from pathlib import Path
from typing import Any

from jobs.engine.store import Store
from jobs.release.bundle import digests
from pipelines.context import StageOutput
from pipelines.ledger import PRIVATE_FOLDERS, Ledger

_WORLD = "world"
"""Target that later stages read by the paths of the config: its names have to stay."""


def publish_folder(ledger: Ledger, stage: str, build: str, output: StageOutput) -> list[dict[str, Any]]:
    """Put a stage's folder in its place; return what is in it, for the manifest.

    On a disk a folder is put in place by renaming. An object store has no renaming: there every attempt has
    a folder of its own below the target, which the manifest names. The simulated world alone keeps its
    place, so its manifest is withdrawn before it is replaced.
    """
    if output.folder is None and not output.staged:
        return []
    if ledger.store.is_local:
        return _renamed(ledger.store, output)
    if output.target == _WORLD:
        ledger.withdraw(stage)
        ledger.store.delete_folder(output.target)
        return _uploaded(ledger.store, output, output.target)
    return _uploaded(ledger.store, output, f"{output.target}/{build}")


def _renamed(store: Store, output: StageOutput) -> list[dict[str, Any]]:
    staged = output.staged or str(Path(str(output.folder)).relative_to(store.local()))
    if output.target in PRIVATE_FOLDERS:
        store.local(staged).chmod(0o700)
    store.swap_folder(staged, output.target)
    return _listed(digests(store, output.target), output.target, output.target)


def _uploaded(store: Store, output: StageOutput, path: str) -> list[dict[str, Any]]:
    if output.folder is None:
        store.copy_folder(output.staged, path)
        return _listed(digests(store, path), output.target, path)
    store.put_folder(output.folder, path)
    here = Store(str(output.folder.parent))
    return _listed(digests(here, output.folder.name), output.target, path)


def _listed(found: list[dict[str, Any]], target: str, path: str) -> list[dict[str, Any]]:
    names = ({"name": f"{target}/{entry['path']}"} if path != target else {} for entry in found)
    return [
        {**entry, **name, "path": f"{path}/{entry['path']}"} for entry, name in zip(found, names, strict=True)
    ]
