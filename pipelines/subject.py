"""Everything a workspace keeps of one person."""

from typing import Any

from jobs.engine.store import Store
from jobs.identity.pseudonyms import load_key
from jobs.identity.subject_export import readable, rejected_rows_of, rows_of, subject_of
from jobs.release.sample import window_of
from pipelines.config import RunConfig
from pipelines.workspace import Workspace

_TABLES = ("events", "stays", "trips", "anchors")


def exported(config: RunConfig, identifier: bytes, kind: str) -> dict[str, Any]:
    """Export one person's rows, as JSON.

    Raises
    ------
    ConfigError
        The key is gone: nobody can tell any more which rows are the person's.
    InputError
        There is no workspace, or the identifier is not of its kind.
    """
    key = load_key(config.pseudonyms.key)
    workspace, store = Workspace(config.workspace), Store(config.workspace)
    tables = {name: files for r in workspace.records.values() for name, files in r.tables.items()}
    windows = {window_of(file) for file in tables.get("events", [])}
    subject = subject_of(identifier, kind, key, windows)
    cells, clock = workspace.table("cells"), config.calendar.clock
    found = {name: rows_of(store, tables.get(name, []), subject) for name in _TABLES}
    others = frozenset(str(s.columns.counterparty.column) for s in config.cdr if s.columns.counterparty)
    rejected = rejected_rows_of(store, tables.get("quarantine/ingest", []), subject, others)
    told = {name: readable(rows, cells, clock) for name, rows in found.items()}
    zone = config.calendar.zone
    return {"times": f"local, {zone}", "windows": len(windows), **told, "rejected_records": rejected}
