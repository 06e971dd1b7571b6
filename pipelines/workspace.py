"""Open what a run made: for notebooks and other programs."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from jobs import tables
from jobs.engine.store import Store
from jobs.errors import InputError
from pipelines.ledger import Ledger
from pipelines.records import StageRecord
from pipelines.stage_names import NAMES


class Workspace:
    """A finished workspace; reads only what manifests list.

    Parameters
    ----------
    folder : path or URI.

    Raises
    ------
    InputError
        It is not a workspace.
    """

    def __init__(self, folder: str | Path) -> None:
        self._store = Store(str(folder))
        ledger = Ledger(self._store)
        if not ledger.is_workspace():
            told = "is not a workspace: it has no stages/"
            raise InputError(told, self._store.name, "name the folder or URI of a run")
        self.records: dict[str, StageRecord] = {
            name: record for name in NAMES if (record := ledger.record(name)) is not None
        }

    def table(self, name: str) -> pa.Table:
        """Read a whole table.

        Raises
        ------
        InputError
            No stage has made it.
        """
        for record in self.records.values():
            if name in record.tables:
                return self._store.read_tables(record.tables[name], tables.named(name).schema)
        raise InputError(f"has no table {name!r}", self._store.name, "maillage status tells what there is")

    def json(self, path: str) -> Any:
        """Read a JSON file of the workspace, such as ``transit/proposals.json``; None if there is none."""
        listed = (record.artifact(path) for record in self.records.values())
        return self._store.read_json(next((found for found in listed if found), path))
