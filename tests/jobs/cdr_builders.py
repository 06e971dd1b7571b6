"""Small record files and plans, so that a test says only what it is about."""

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from jobs.engine.columns import timestamps
from jobs.engine.store import Store
from jobs.identity.pseudonyms import KeyReference, PseudonymParams
from jobs.ingest import IngestPlan, Period, all_window_pads, part_key
from jobs.records.sources import CdrSource

KEY = bytes(range(100, 132))
CELLS = ("A", "B", "C")
ANNA, BABA, CHEIKH = "221770000001", "221770000002", "221770000003"
MORNING = "2013-01-07 08:00:00"
"""The Monday on which a fortnight of pseudonyms begins, counted from the default origin."""


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw) if path.name.endswith(".gz") else raw)
    return path


def csv_of(*rows: tuple[str, ...], header: str = "user,time,cell") -> str:
    return "".join(f"{line}\n" for line in [header, *(",".join(row) for row in rows)])


def source(path: Path | str, **how: Any) -> CdrSource:
    return CdrSource(path=str(path), **how)


def pseudonym_params(**how: Any) -> PseudonymParams:
    return PseudonymParams(key=KeyReference(env="UNUSED"), **how)


def ingest_plan(store: Store, *sources: CdrSource, **how: Any) -> IngestPlan:
    zone = how.get("zone", "UTC")
    period = how.get("period", Period(start=date(2013, 1, 1), end=date(2013, 12, 31)))
    params = how.get("pseudonyms", pseudonym_params())
    return IngestPlan(
        store=store,
        build="b",
        sources=sources,
        known_cells=pa.array(how.get("cells", CELLS)),
        pseudonyms=params,
        pads=all_window_pads(KEY, params, period),
        part_key=part_key(KEY),
        zone=zone,
        period_utc=period.utc_bounds(zone) if period else None,
        parts=how.get("partitions", 2),
        partitions=how.get("partitions", 2),
        slice_bytes=how.get("slice_bytes", 1 << 20),
        opt_outs=how.get("opt_outs"),
    )


def utc(seconds: list[int]) -> pa.Array:
    """Seconds since 1970 as a column of times."""
    return timestamps(pa.array(seconds, pa.int64()).to_numpy())
