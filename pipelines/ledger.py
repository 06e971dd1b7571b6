"""What has been done: stage manifests, which make tables visible, and the log of each run."""

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jobs.errors import ConfigError
from jobs.input_files import digest_of_file, stamp_of
from jobs.locations import shown, trouble
from jobs.store import Store, StoredFile, digest_of
from pipelines.locking import locked
from pipelines.scratch import clear_scratch, make_scratch, scratch_of
from pipelines.sweeping import sweep

_REFUSED = "quarantine/refused.json"
PRIVATE_FOLDERS = ("quarantine", "tables", "world")
"""Raw text, rows about single subscribers, and simulated raw records."""


@lru_cache(maxsize=1)
def package_version() -> str:
    """Version of the installed distribution."""
    try:
        return version("maillage")
    except PackageNotFoundError:
        return "unknown"


@dataclass(frozen=True)
class Recipe:
    """What the result of a stage depends on; equal recipes give equal tables."""

    code: str
    config: dict[str, Any]
    tables: dict[str, str]
    files: dict[str, str]
    key: str = ""
    """Check value of the pseudonym key; empty where none is needed, or none can be read."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def does_the_same(self, before: dict[str, Any]) -> bool:
        """Whether an earlier recipe differs in nothing but input files and tables."""
        return bool(
            before.get("code") == self.code
            and before.get("config") == self.config
            and before.get("key", "") == self.key
        )

    def difference(self, before: dict[str, Any]) -> str:
        """Say in a few words what differs from an earlier recipe; empty when nothing does."""
        if before.get("code") != self.code:
            return "the program changed"
        if self.key and before.get("key") != self.key:
            return "the pseudonym key changed"
        for kind, noun in (("config", "config"), ("files", "input file"), ("tables", "table")):
            changed = _changed_keys(before.get(kind, {}), getattr(self, kind))
            if changed:
                more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
                return f"{noun} changed: {', '.join(changed[:3])}{more}"
        return ""


def _changed_keys(before: dict[str, Any], now: dict[str, Any], prefix: str = "") -> list[str]:
    changed = []
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            changed += _changed_keys(old, new, f"{prefix}{key}.")
        elif old != new:
            changed.append(f"{prefix}{key}")
    return changed


@dataclass
class StageRecord:
    """The manifest of one stage: what it made, from what, and how long it took."""

    stage: str
    run: str
    recipe: dict[str, Any]
    tables: dict[str, list[StoredFile]] = field(default_factory=dict)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    finished: str = ""
    unavailable: str = ""
    memo: dict[str, Any] = field(default_factory=dict)
    """What the stage itself has to know to go on from here, when only some of its input changes."""

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: sum(file.rows for file in files) for name, files in self.tables.items()}

    def digests(self) -> dict[str, str]:
        """Digest of each table, and one over all artifacts."""
        found = {name: digest_of(files) for name, files in self.tables.items()}
        if self.artifacts:
            lines = sorted(f"{_artifact_name(a)} {a['sha256']}" for a in self.artifacts)
            found[f"{self.stage}/files"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return found

    def artifact(self, name: str) -> str | None:
        """Where a file for people lies, by its stable name, such as ``transit/proposals.json``."""
        return next((str(a["path"]) for a in self.artifacts if _artifact_name(a) == name), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "schema_version": 1,
            "stage": self.stage,
            "run": self.run,
            "version": package_version(),
            "recipe": self.recipe,
            "tables": {
                name: {
                    "rows": sum(file.rows for file in files),
                    "digest": digest_of(files),
                    "files": [file.as_json() for file in files],
                }
                for name, files in self.tables.items()
            },
            "artifacts": self.artifacts,
            "figures": self.figures,
            "remarks": self.remarks,
            "seconds": round(self.seconds, 3),
            "finished": self.finished,
            "unavailable": self.unavailable,
            "memo": self.memo,
        }

    @staticmethod
    def from_json(told: dict[str, Any]) -> "StageRecord":
        tables = {
            name: [StoredFile.from_json(entry) for entry in table["files"]]
            for name, table in told["tables"].items()
        }
        kept = ("stage", "run", "recipe", "artifacts", "figures", "remarks", "seconds", "finished")
        memo = told.get("memo", {})
        return StageRecord(
            tables=tables, unavailable=told["unavailable"], memo=memo, **{k: told[k] for k in kept}
        )


def _artifact_name(artifact: dict[str, Any]) -> str:
    """Name of a file for people without the attempt that made it, which is part of a remote path."""
    return str(artifact.get("name", artifact["path"]))


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
        found, fresh = {}, {}
        for path in paths:
            name, stamp = shown(path), stamp_of(path)
            entry = known.get(name)
            digest = entry[-1] if entry and entry[:-1] == stamp else digest_of_file(path)
            fresh[name] = [*stamp, digest]
            found[name] = digest
        if any(known.get(name) != entry for name, entry in fresh.items()):
            with suppress(OSError):  # only spares the next run a reading
                self.store.write_json("inputs.json", {**known, **fresh})
        return found

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


def new_run_id() -> str:
    """Name a run by its start, UTC, and four random digits."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class RunLog:
    """`log.jsonl` of a run: one JSON object a line, each with its time."""

    def __init__(self, store: Store, run: str) -> None:
        self._lines: list[str] = []
        self._path = f"runs/{run}/log.jsonl"
        self._store = store

    def write(self, event: str, **facts: Any) -> None:
        """Append one event; the file is whole after each."""
        stamp = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}.{time.time_ns() // 1_000_000 % 1000:03d}Z"
        line = json.dumps({"time": stamp, "event": event, **facts}, ensure_ascii=False)
        self._lines.append(line)
        self._store.write_bytes(self._path, ("\n".join(self._lines) + "\n").encode())
