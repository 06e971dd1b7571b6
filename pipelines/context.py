"""What a stage gets to work with, and what it hands back."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jobs import tables
from jobs.engine.background import BackgroundStart
from jobs.engine.session import EngineParams, close_session, open_session, starts_directly
from jobs.engine.store import Store, StoredFile
from jobs.identity.pseudonyms import load_key
from pipelines.config import RunConfig
from pipelines.ledger import Ledger
from pipelines.records import Recipe, StageRecord

if TYPE_CHECKING:
    from pyspark import SparkContext


class Engine:
    """The Spark session of a run, started when a stage first asks for it, or in the background before.

    `hidden` names an environment variable that Java and the workers are not to inherit: the key.
    """

    def __init__(
        self, params: EngineParams, scratch: Path, say: Callable[[str], None], hidden: str = ""
    ) -> None:
        self._params, self._scratch, self._say, self._hidden = params, scratch, say, hidden
        self._session: SparkContext | None = None
        self._coming: BackgroundStart | None = None

    def start(self) -> None:
        """Let Spark start while other work is done, where that is possible."""
        if self._session is None and self._coming is None and starts_directly(self._params):
            self._coming = BackgroundStart(self._params, self._scratch, self._hidden)

    def __call__(self) -> "SparkContext":
        if self._session is None:
            self._session, remark = self._opened()
            if remark:
                self._say(remark)
        return self._session

    def _opened(self) -> "tuple[SparkContext, str]":
        if self._coming is None:
            return open_session(self._params, self._scratch, self._hidden)
        opened = self._coming.result()
        self._coming = None
        return opened

    def running(self) -> "SparkContext | None":
        """Return the session, if one has been started."""
        return self._session

    def close(self) -> None:
        """Stop Spark and delete what it left on disk."""
        if self._coming is not None:
            self._coming.abandon()
            self._coming = None
        if self._session is not None:
            close_session(self._session, self._scratch)
            self._session = None
        shutil.rmtree(self._scratch, ignore_errors=True)


@dataclass
class StageOutput:
    """What a stage made.

    Attributes
    ----------
    folder : a folder of this machine that takes the place of `target` when published.
    staged : the same in the store, for a folder that tasks have filled.
    """

    tables: dict[str, list[StoredFile]] = field(default_factory=dict)
    folder: Path | None = None
    staged: str = ""
    target: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StageContext:
    """Config, tables of earlier stages, and the engine; `build` names this attempt's files.

    `recipe` is what the stage's result depends on; `before` what an earlier run made with the same code
    and config from other input, if that is still there.
    """

    config: RunConfig
    store: Store
    ledger: Ledger
    spark: Engine
    build: str
    say: Callable[[str], None]
    records: dict[str, StageRecord]
    recipe: Recipe | None = None
    before: StageRecord | None = None

    def files(self, table: str) -> list[StoredFile]:
        """Visible files of a table."""
        return next(record.tables[table] for record in self.records.values() if table in record.tables)

    def table(self, name: str) -> pa.Table:
        """Read a whole table; only for those that are small."""
        return self.store.read_tables(self.files(name), tables.named(name).schema)

    def staged(self) -> Path:
        """Return an empty folder of this machine, for a stage that makes files for people."""
        folder = self.ledger.scratch / ".staged" / self.build
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def staged_in_store(self) -> str:
        """Return a folder of the store for files that tasks make, which nobody sees before it is published."""
        if self.store.is_local:
            return str(self.staged().relative_to(self.store.local()))
        return f".staged/{self.build}"

    def artifact(self, name: str) -> Any:
        """Parsed JSON of a file for people that a stage has made; None where there is none."""
        paths = (record.artifact(name) for record in self.records.values())
        return next((self.store.read_json(path) for path in paths if path), None)

    def key(self) -> bytes:
        """Read the master key of the run; hold it no longer than needed."""
        return load_key(self.config.pseudonyms.key)

    def cdr_files(self) -> list[tuple[int, str]]:
        """Every raw record file with the index of its source."""
        return [(i, path) for i, source in enumerate(self.config.cdr) for path in source.files()]
