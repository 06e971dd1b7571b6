"""What a workspace remembers: manifests of stages, which make tables visible, and digests of inputs."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jobs.engine.input_files import digest_of_file, stamp_of
from jobs.engine.locations import shown, trouble
from jobs.engine.store import Store, StoredFile
from jobs.errors import ConfigError
from pipelines.locking import locked
from pipelines.records import StageRecord
from pipelines.scratch import clear_scratch, make_scratch, scratch_of
from pipelines.sweeping import sweep

_REFUSED = "quarantine/refused.json"
_READ_AT_ONCE = 4
PRIVATE_FOLDERS = ("quarantine", "tables", "world")
"""Raw text, rows about single subscribers, and simulated raw records."""


class Ledger:
    """Reads and writes what a workspace remembers."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._still_held: Callable[[], None] = lambda: None

    @property
    def scratch(self) -> Path:
        """Folder of this machine for what nobody is to see."""
        return scratch_of(self.store)

    def is_workspace(self) -> bool:
        """Whether a run was ever started there.

        Raises
        ------
        ConfigError
            The store cannot be read.
        """
        try:
            return bool({"stages", "runs"} & set(self.store.folders_in("")))
        except OSError as error:
            what, mend = trouble(error)
            raise ConfigError(what, self.store.name, mend) from error

    def record(self, stage: str) -> StageRecord | None:
        """Return the manifest of a stage, or None if it was never finished."""
        told = self.store.read_json(f"stages/{stage}.json")
        return StageRecord.from_json(told) if told else None

    def publish(self, record: StageRecord) -> None:
        """Make a stage's output visible."""
        self._still_held()
        record.finished = datetime.now(UTC).isoformat(timespec="seconds")
        self.store.write_json(f"stages/{record.stage}.json", record.as_json())

    def withdraw(self, stage: str) -> None:
        """Make a stage's output invisible, before files that its manifest lists are replaced."""
        self._still_held()
        self.store.delete(f"stages/{stage}.json")

    def keep_refused(self, files: list[StoredFile]) -> None:
        """Remember rejected rows of a run that was refused; none forgets those of an earlier one."""
        if files or self.refused():
            told = [file.as_json() for file in files]
            self.store.write_json(_REFUSED, {"schema_version": 1, "files": told})

    def refused(self) -> list[StoredFile]:
        """Files of rejected rows of the last run, if it was refused."""
        told = self.store.read_json(_REFUSED) or {"files": []}
        return [StoredFile.from_json(entry) for entry in told["files"]]

    def sweep(self) -> None:
        """Delete what no manifest lists: files of earlier runs, and of a run that was killed or failed."""
        records = [StageRecord.from_json(self.store.read_json(path)) for path in self._manifests()]
        sweep(self.store, records, self.refused())
        clear_scratch(self.store)

    def _manifests(self) -> list[str]:
        return [path for path in self.store.files_below("stages") if path.endswith(".json")]

    def is_whole(self, record: StageRecord) -> bool:
        """Whether every file that a manifest lists is there with its size."""
        listed = [(file.path, file.bytes) for files in record.tables.values() for file in files]
        listed += [(artifact["path"], artifact["bytes"]) for artifact in record.artifacts]
        return self.store.sizes([path for path, _ in listed]) == [size for _, size in listed]

    def file_digests(self, paths: list[str]) -> dict[str, str]:
        """SHA-256 of input files; one that kept its size and time of change is not read again."""
        known = self.store.read_json("inputs.json") or {}
        stamps = {path: stamp_of(path) for path in paths}
        entries: dict[str, Any] = {path: known.get(shown(path)) for path in paths}
        unread = [path for path, entry in entries.items() if not entry or entry[:-1] != stamps[path]]
        with ThreadPoolExecutor(_READ_AT_ONCE) as readers:
            read = dict(zip(unread, readers.map(digest_of_file, unread), strict=True))
        digests = {path: read[path] if path in read else entries[path][-1] for path in paths}
        fresh = {shown(path): [*stamps[path], digest] for path, digest in digests.items()}
        if any(known.get(name) != entry for name, entry in fresh.items()):
            with suppress(OSError):  # only spares the next run a reading
                self.store.write_json("inputs.json", {**known, **fresh})
        return {shown(path): digest for path, digest in digests.items()}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs out of the workspace.

        Raises
        ------
        ConfigError
            It cannot be written to.
        RunError
            Another run is at work in it.
        """
        with locked(self.store) as self._still_held:
            try:
                yield
            finally:
                self._still_held = lambda: None

    def make_private_folders(self) -> None:
        """Make the folders in which people could be recognised, for their owner alone.

        On an object store that is up to the rights on the bucket; there only the scratch is made.

        Raises
        ------
        ConfigError
            One is there and belongs to someone else.
        """
        if not self.store.is_local:
            make_scratch(self.store)
            return
        for name in (*PRIVATE_FOLDERS, ".spark", ".staged"):
            folder = self.store.local(name)
            try:
                if name != "world" or folder.is_dir():
                    folder.mkdir(mode=0o700, exist_ok=True)
                    folder.chmod(0o700)
            except OSError as error:
                what = f"cannot be closed to others ({error.strerror})"
                raise ConfigError(what, str(folder), "run as its owner, or name another workspace") from error
