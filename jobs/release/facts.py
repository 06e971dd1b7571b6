"""What the documents of a bundle tell: gathered once, told in every form."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jobs.engine.store import Store
from jobs.release.agreement import Agreement
from jobs.release.layouts import LAYOUTS, Layout
from jobs.release.params import ReleaseParams


@dataclass(frozen=True)
class BundleFile:
    """One file of a bundle with its columns.

    Attributes
    ----------
    about : product or context that it is, such as ``set2`` or ``sites``.
    columns : (name, Frictionless type) in order; empty where the file is no table.
    delimiter : between values of text; empty for Parquet.
    with_nulls : columns in which values are missing, of Parquet.
    """

    path: str
    bytes: int
    sha256: str
    about: str
    columns: tuple[tuple[str, str], ...]
    delimiter: str
    has_header: bool
    with_nulls: frozenset[str] = frozenset()

    @property
    def media_type(self) -> str:
        if not self.delimiter:
            return "application/vnd.apache.parquet"
        return "text/tab-separated-values" if self.delimiter == "\t" else "text/csv"


@dataclass(frozen=True)
class Facts:
    """A bundle, as its documents tell of it.

    Attributes
    ----------
    days : first and last local day of the data. bounds : west, south, east, north, degrees.
    protection : what was done: thresholds, noise, sampling, by product.
    risk : by attack, `jobs.privacy.figures.Finding` as JSON: figures of the release (``released``) and of
        raw events (``control``); empty where none was made.
    inputs : rows and digest of each raw file, without its name.
    """

    title: str
    params: ReleaseParams
    version: str
    run: str
    config_digest: str
    published: date
    days: tuple[date, date]
    bounds: tuple[float, float, float, float]
    files: tuple[BundleFile, ...]
    figures: dict[str, Any]
    protection: dict[str, Any]
    inputs: list[dict[str, Any]]
    risk: dict[str, Any] = field(default_factory=dict)
    leak_scan: dict[str, Any] | None = None

    @property
    def agreement(self) -> Agreement | None:
        return self.params.agreement

    @property
    def name(self) -> str:
        return self.params.folder


_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "set1_call": (
        ("timestamp", "string"),
        ("outgoing_site_id", "integer"),
        ("incoming_site_id", "integer"),
        ("number_of_calls", "integer"),
        ("total_call_duration", "integer"),
    ),
    "set1_text": (
        ("timestamp", "string"),
        ("outgoing_site_id", "integer"),
        ("incoming_site_id", "integer"),
        ("number_of_sms", "integer"),
    ),
    "set2": (("user_id", "integer"), ("timestamp", "datetime"), ("site_id", "integer")),
    "set3": (("user_id", "integer"), ("timestamp", "datetime"), ("zone_id", "integer")),
    "set4": (("source_user_id", "integer"), ("destination_user_id", "integer")),
    "boxes": (
        ("user_id", "integer"),
        ("start", "datetime"),
        ("end", "datetime"),
        *((name, "number") for name in ("west", "south", "east", "north")),
    ),
    "sites": (("site_id", "integer"), ("lon", "number"), ("lat", "number")),
    "zones": (("zone_id", "integer"), ("lon", "number"), ("lat", "number")),
}
_OF_TYPE = {
    "int": "integer",
    "uint": "integer",
    "double": "number",
    "float": "number",
    "timestamp": "datetime",
}


def described(
    store: Store, folder: str, entries: list[dict[str, Any]], facts: dict[str, Any]
) -> list[BundleFile]:
    """Tell of each data and context file what it is and which columns it has.

    Parameters
    ----------
    entries : path, bytes and sha256, from `digests`.
    facts : `layouts`, names of the layouts written; `indicators`, columns of the indicators by set.
    """
    found = []
    for entry in entries:
        if entry["path"].startswith(("data/", "context/")):
            about, layout = _about(entry["path"], facts["layouts"])
            found.append(_described(store, folder, entry, about, layout, facts.get("indicators", {})))
    return found


def _about(path: str, layouts: tuple[str, ...]) -> tuple[str, Layout | None]:
    """Product and layout of a file, by its name."""
    inner = path.split("/", 1)[1]
    for name in layouts:
        layout = LAYOUTS[name]  # type: ignore[index]
        for about, known in layout.context.items():
            if inner == known:
                return (f"{about}_header" if about.startswith("indicators") else about), layout
        if product := layout.product_of(inner):
            return product, layout
    return inner.split(".")[0].split("/")[0], None


def _described(
    store: Store,
    folder: str,
    entry: dict[str, Any],
    about: str,
    layout: Layout | None,
    indicators: dict[str, list[str]],
) -> BundleFile:
    delimiter = layout.delimiter if layout and not entry["path"].endswith(".parquet") else ""
    header = layout.context_header.get(about) if layout else None
    with_nulls: frozenset[str] = frozenset()
    if not delimiter:
        columns, with_nulls = _parquet_columns(store, f"{folder}/{entry['path']}")
    elif header:
        texts = ("arr", "district", "city")
        columns = tuple(
            (n, "string" if n in texts else "number" if n in ("lon", "lat") else "integer") for n in header
        )
    elif about in ("indicators_set2", "indicators_set3"):
        names = indicators.get(about.removeprefix("indicators_"), [])
        columns = tuple((name, "integer" if name == "user_id" else "number") for name in names)
    else:
        columns = _COLUMNS.get(about, ())
    told = (entry["path"], entry["bytes"], entry["sha256"], about, columns, delimiter, bool(header))
    return BundleFile(*told, with_nulls)


def _parquet_columns(store: Store, path: str) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    table = pq.read_table(pa.BufferReader(store.read_bytes(path)))
    with_nulls = frozenset(name for name in table.column_names if table[name].null_count)
    return tuple((f.name, _frictionless(str(f.type))) for f in table.schema), with_nulls


def _frictionless(arrow_type: str) -> str:
    stem = arrow_type.split("[")[0].rstrip("0123456789")
    return _OF_TYPE.get(stem, "string")
