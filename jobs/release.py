"""Build a release bundle: aggregates in Parquet, trajectories of a sample in D4D layout, a manifest.

Only what disclosure control let through is copied. Trajectories carry no pseudonym: a released
identifier is a user's rank, within its window, in an order that only the key holder can compute.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pydantic import Field

from jobs.blocks import map_reduce
from jobs.calendar import CalendarParams
from jobs.columns import epoch_seconds
from jobs.locate import lon_lat_of
from jobs.params import Params
from jobs.pseudonyms import WindowPads
from jobs.store import Store, StoredFile
from kernels.hashing import hmac_sha256, leading_words

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Product = Literal["od", "presence", "set2"]
_ID_BYTES = 8


class ReleaseParams(Params):
    """What a bundle holds."""

    name: str = Field("release", pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", description="folder in releases/")
    products: tuple[Product, ...] = Field(
        ("od", "presence"),
        description="od and presence: aggregates above the threshold; set2: trajectories of a sample "
        "(D4D SET2), for recipients under an agreement only",
    )
    sample_users: int = Field(50_000, ge=1, description="set2: users for each window, drawn by keyed order")
    time_step_s: int = Field(600, ge=1, le=86_400, description="set2: times are cut to this step (D4D: 600)")


@dataclass(frozen=True, eq=False)
class SampleRule:
    """How users of a window are drawn and numbered: keyed, so independent of input order."""

    pads: dict[int, WindowPads]
    users: int


def write_aggregate(store: Store, folder: str, name: str, table: pa.Table) -> str:
    """Write one aggregate as a single Parquet file; return its path."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    path = f"{folder}/data/{name}.parquet"
    store.write_bytes(path, sink.getvalue().to_pybytes())
    return path


def write_set2(
    spark: "SparkSession",
    store: Store,
    folder: str,
    events: list[StoredFile],
    cells: pa.Table,
    rule: SampleRule,
    calendar: CalendarParams,
    params: ReleaseParams,
) -> dict[str, Any]:
    """Write fine trajectories in the layout of D4D Senegal SET2, places as H3 cells.

    ``SET2/SET2_P01.CSV`` and on, one file a window, no header: ``user_id,timestamp,site_id``; times
    local, cut to the step. ``ContextData/SITE_LONLAT.CSV`` says where each site, an H3 cell, lies.

    Returns
    -------
    users and events by file.
    """
    windows = sorted({_window_of(file) for file in events})
    sites, site_of_cell = np.unique(cells["h3"].to_numpy(), return_inverse=True)

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        table = store.read_table(given["path"])
        if table.num_rows:
            yield windows.index(given["window"]), _drawn(table, rule, given["window"])

    def write(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        text, users, rows = _set2_text(blocks, site_of_cell.ravel() + 1, rule, calendar, params)
        path = f"{folder}/SET2/SET2_P{part + 1:02d}.CSV"
        store.write_bytes(path, text)
        return {"path": path, "users": users, "rows": rows}

    inputs = [{"path": f.path, "window": _window_of(f)} for f in events]
    reports = map_reduce(spark, inputs, read, write, max(len(windows), 1)) if windows else []
    _write_sites(store, f"{folder}/ContextData/SITE_LONLAT.CSV", sites)
    return {
        report["path"].removeprefix(f"{folder}/"): [report["users"], report["rows"]] for report in reports
    }


def _window_of(file: StoredFile) -> int:
    return int(file.name.split("/")[0].removeprefix("window="))


def keyed_order(users: NDArray[np.uint64], pads: WindowPads) -> NDArray[np.uint64]:
    """Order of users that needs the key: HMAC-SHA-256 of each, first 64 bits."""
    message = np.ascontiguousarray(users.astype(">u8")).view(np.uint8)
    offsets = np.arange(users.size + 1, dtype=np.int64) * _ID_BYTES
    return leading_words(hmac_sha256(pads.inner, pads.outer, message, offsets))[:, 0]


def _drawn(events: pa.Table, rule: SampleRule, window: int) -> pa.Table:
    """Events of the users of a file who can be in the sample: its first `rule.users` in keyed order."""
    key, rank = np.unique(events["user"].to_numpy(), return_inverse=True)
    order = keyed_order(key, rule.pads[window])
    kept = np.zeros(key.size, bool)
    kept[np.argsort(order, kind="stable")[: rule.users]] = True
    rows = kept[rank]
    time = epoch_seconds(events["time"])[rows]
    return pa.table({"order": order[rank][rows], "time": time, "cell": events["cell"].to_numpy()[rows]})


def _set2_text(
    blocks: list[pa.Table],
    site_of_cell: NDArray[np.int64],
    rule: SampleRule,
    calendar: CalendarParams,
    params: ReleaseParams,
) -> tuple[bytes, int, int]:
    """One SET2 file: the sample's events by released identifier and time; its users and rows."""
    if not blocks:
        return b"", 0, 0
    events = pa.concat_tables(blocks)
    released, rank = np.unique(events["order"].to_numpy(), return_inverse=True)
    rows = rank < rule.users
    local = calendar.clock.to_local(events["time"].to_numpy()[rows])
    local -= local % params.time_step_s
    site = site_of_cell[events["cell"].to_numpy()[rows]]
    order = np.lexsort((site, local, rank[rows]))
    time = pa.array(local[order], pa.int64()).cast(pa.timestamp("s"))
    table = pa.table(
        {
            "user_id": rank[rows][order] + 1,
            "timestamp": pc.strftime(time, "%Y-%m-%d %H:%M:%S"),
            "site_id": site[order],
        }
    )
    sink = io.BytesIO()
    pacsv.write_csv(table, sink, pacsv.WriteOptions(include_header=False, quoting_style="none"))
    return sink.getvalue(), min(released.size, rule.users), table.num_rows


def _write_sites(store: Store, path: str, sites: NDArray[np.int64]) -> None:
    lines = ["site_id,h3,lon,lat"]
    for number, (cell, (lon, lat)) in enumerate(zip(sites.tolist(), lon_lat_of(sites), strict=True), start=1):
        lines.append(f"{number},{cell:x},{lon:.6f},{lat:.6f}")
    store.write_bytes(path, ("\n".join(lines) + "\n").encode())


def digests(store: Store, folder: str) -> list[dict[str, Any]]:
    """Path, bytes and SHA-256 of every file below a folder of a bundle."""
    found = []
    for path in store.files_below(folder):
        content = store.read_bytes(path) or b""
        digest = hashlib.sha256(content).hexdigest()
        found.append({"path": path.removeprefix(f"{folder}/"), "bytes": len(content), "sha256": digest})
    return found
