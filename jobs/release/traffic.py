"""SET1: calls and texts between places for each hour.

D4D published every count. Here a figure about fewer than k distinct subscribers is left out, and one
subscriber adds at most so many interactions to a figure: one busy line must not make it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.blocks import map_reduce
from jobs.calendar import DAY_S, HOUR_S
from jobs.localtime import Zone
from jobs.release.interactions import CALL, TEXT, Interactions, interactions_of
from jobs.release.layouts import LAYOUTS, UNKNOWN, Layout, LayoutName, Slice
from jobs.release.sample import window_of
from jobs.store import Store, StoredFile
from kernels.traffic import pair_sides

if TYPE_CHECKING:
    from pyspark import SparkContext

TOLERANCE_S = 60
"""Clocks of two switches may differ by this much."""
_KINDS = {"call": CALL, "text": TEXT}


@dataclass(frozen=True, eq=False)
class TrafficRule:
    """How traffic is counted.

    Attributes
    ----------
    site_of_cell : int64[cells]. min_users : threshold k on distinct subscribers of a figure.
    cap : interactions that one subscriber adds to a figure at most.
    slices : first local day of each file, by layout.
    """

    site_of_cell: NDArray[np.int64]
    min_users: int
    cap: int
    slices: dict[LayoutName, list[Slice]]


def write_traffic(
    spark: "SparkContext",
    store: Store,
    folder: str,
    events: list[StoredFile],
    rule: TrafficRule,
    clock: Zone,
    partitions: int,
) -> dict[str, Any]:
    """Write SET1 in every layout that has it.

    Returns
    -------
    figures counted and withheld, by kind.
    """
    inputs = [{"path": f.path, "window": window_of(f)} for f in events]
    shares = map_reduce(
        spark,
        inputs,
        lambda given: _sides(store, given, partitions),
        lambda part, blocks: _counted(store, folder, part, blocks, rule, clock),
        partitions,
    )
    told: dict[str, Any] = {}
    for kind in _KINDS:
        shown, counts = _figures(spark, store, folder, [{"path": r[kind]} for r in shares], rule, partitions)
        told |= {f"{kind}_{name}": count for name, count in counts.items()}
        for name, slices in rule.slices.items():
            _write_kind(store, folder, kind, shown, LAYOUTS[name], slices)
    return told


def _figures(
    spark: "SparkContext",
    store: Store,
    folder: str,
    shares: list[dict[str, str]],
    rule: TrafficRule,
    partitions: int,
) -> tuple[pa.Table, dict[str, int]]:
    """Figures that may be shown, in order, and how many there were: added up by hour."""

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        table = store.read_table(given["path"])
        owner = table["hour"].to_numpy() % partitions
        for part in np.unique(owner).tolist():
            yield part, table.filter(pa.array(owner == part))

    def sum_up(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        figures = _summed(pa.concat_tables([_empty(), *blocks]), rule.cap)
        shown = figures.filter(pc.greater_equal(figures["users"], rule.min_users))
        counts = {
            "figures": figures.num_rows,
            "figures_withheld": figures.num_rows - shown.num_rows,
            "interactions": int(pc.sum(figures["number"]).as_py() or 0),
            "interactions_shown": int(pc.sum(shown["number"]).as_py() or 0),
        }
        file = store.write_table(f"{folder}-private/figures", f"part-{part:05d}", shown)
        return {"path": file.path, "counts": counts}

    reports = map_reduce(spark, shares, read, sum_up, partitions)
    shown = pa.concat_tables([store.read_table(report["path"]) for report in reports])
    names = reports[0]["counts"]
    return _in_order(shown), {name: sum(r["counts"][name] for r in reports) for name in names}


def _sides(store: Store, given: dict[str, Any], partitions: int) -> Iterator[tuple[int, pa.Table]]:
    """Both records of a call go to one partition: by the two parties, whoever called."""
    found = interactions_of(store.read_table(given["path"]))
    low = np.minimum(found.user, found.counterparty)
    owner = (low % np.uint64(partitions)).astype(np.int64)
    for part in np.unique(owner).tolist():
        rows = owner == part
        columns = {name: values[rows] for name, values in found.__dict__.items()}
        yield part, pa.table({**columns, "window": np.full(int(rows.sum()), given["window"], np.int32)})


def _counted(
    store: Store, folder: str, part: int, blocks: list[pa.Table], rule: TrafficRule, clock: Zone
) -> dict[str, Any]:
    """Count the calls of some pairs of parties; a row for each figure and subscriber."""
    table = pa.concat_tables(blocks) if blocks else None
    report = {}
    for kind, code in _KINDS.items():
        counted = _empty() if table is None else _by_caller(_of_kind(table, code), rule, clock)
        file = store.write_table(f"{folder}-private/{kind}", f"part-{part:05d}", counted)
        report[kind] = file.path
    return report


def _of_kind(table: pa.Table, code: int) -> pa.Table:
    return table.filter(pc.equal(table["kind"], code))


def _empty() -> pa.Table:
    names = ("hour", "origin", "destination", "caller", "number", "duration_s")
    types = (pa.int64(), pa.int64(), pa.int64(), pa.uint64(), pa.int64(), pa.int64())
    return pa.table({n: pa.array([], t) for n, t in zip(names, types, strict=True)})


def calls_of(sides: Interactions, window: NDArray[np.int32]) -> tuple[Interactions, NDArray[np.int32]]:
    """One row for each call: cell and time of the caller's record, cell of the other party or -1.

    Returns
    -------
    calls, whose `user` is the caller and `cell` where the call began; and the cell where it ended. A
    call of which only the called party's record is there begins at -1.
    """
    caller = np.where(sides.out, sides.user, sides.counterparty)
    called = np.where(sides.out, sides.counterparty, sides.user)
    order = np.lexsort((sides.out, sides.time_s, called, caller, window))
    ordered, caller, called = sides.rows(order), caller[order], called[order]
    changed = (np.diff(window[order]) != 0) | (np.diff(caller) != 0) | (np.diff(called) != 0)
    pair = np.append(0, np.cumsum(changed)).astype(np.int64)[: caller.size]
    partner = pair_sides(pair, ordered.time_s, ordered.out, TOLERANCE_S)
    own = ordered.out | (partner < 0)
    other = np.where(partner >= 0, ordered.cell[partner], UNKNOWN)
    origin = np.where(ordered.out, ordered.cell, UNKNOWN)[own].astype(np.int32)
    destination = np.where(ordered.out, other, ordered.cell)[own].astype(np.int32)
    calls = ordered.rows(own)
    calls = Interactions(
        **{**calls.__dict__, "user": caller[own], "counterparty": called[own], "cell": origin}
    )
    return calls, destination


def _by_caller(table: pa.Table, rule: TrafficRule, clock: Zone) -> pa.Table:
    columns = {name: table[name].to_numpy() for name in Interactions.__dataclass_fields__ if name != "out"}
    sides = Interactions(**columns, out=table["out"].to_numpy(zero_copy_only=False))
    calls, end = calls_of(sides, table["window"].to_numpy())
    site = np.append(rule.site_of_cell, UNKNOWN)  # cell -1 is the last
    counted = pa.table(
        {
            "hour": clock.to_local(calls.time_s) // HOUR_S,
            "origin": site[calls.cell],
            "destination": site[end],
            "caller": calls.user,
            "number": np.ones(calls.user.size, np.int64),
            "duration_s": calls.duration_s,
        }
    )
    keys = ["hour", "origin", "destination", "caller"]
    summed = counted.group_by(keys).aggregate([("number", "sum"), ("duration_s", "sum")])
    return summed.rename_columns([*keys, "number", "duration_s"])


def _summed(by_caller: pa.Table, cap: int) -> pa.Table:
    """Figures by hour, origin and destination, each subscriber's part of them bounded by `cap`."""
    keys = ["hour", "origin", "destination"]
    own = by_caller.group_by([*keys, "caller"]).aggregate([("number", "sum"), ("duration_s", "sum")])
    number = own["number_sum"].to_numpy()
    kept = np.minimum(number, cap)
    bounded = own.select([*keys, "caller"]).append_column("number", pa.array(kept))
    duration = own["duration_s_sum"].to_numpy() * kept // np.maximum(number, 1)
    bounded = bounded.append_column("duration_s", pa.array(duration))
    summed = bounded.group_by(keys).aggregate(
        [("caller", "count_distinct"), ("number", "sum"), ("duration_s", "sum")]
    )
    return summed.rename_columns([*keys, "users", "number", "duration_s"])


def _in_order(figures: pa.Table) -> pa.Table:
    return figures.sort_by([(key, "ascending") for key in ("hour", "origin", "destination")])


def _write_kind(
    store: Store, folder: str, kind: str, figures: pa.Table, layout: Layout, slices: list[Slice]
) -> None:
    pattern = layout.files.get(f"set1_{kind}")
    if pattern is None:
        return
    day = figures["hour"].to_numpy() * HOUR_S // DAY_S
    starts = [(piece.first_day.toordinal() - 719_163) for piece in slices]
    which = np.maximum(np.searchsorted(starts, day, side="right") - 1, 0)
    for number, piece in enumerate(slices):
        rows = figures.filter(pa.array(which == number))
        path = f"{folder}/data/{piece.file_name(pattern)}"
        store.write_bytes(path, layout.encode(_as_written(rows, kind, layout)))


def _as_written(figures: pa.Table, kind: str, layout: Layout) -> pa.Table:
    hour = pc.cast(pc.multiply(figures["hour"], HOUR_S), pa.timestamp("s"))
    columns: dict[str, Any] = {
        "timestamp": pc.strftime(hour, layout.hour_format) if layout.delimiter else hour,
        "outgoing_site_id": figures["origin"],
        "incoming_site_id": figures["destination"],
        "number_of_calls" if kind == "call" else "number_of_sms": figures["number"],
    }
    if kind == "call":
        columns["total_call_duration"] = figures["duration_s"]
    return pa.table(columns)
