"""SET1: calls and texts between places for each hour.

D4D published every count. Here a figure about fewer than k distinct callers, or fewer than k who were
called, is left out, and one subscriber adds at most so many interactions to a figure: one busy line must not
make it. With differential privacy figures get noise instead (`jobs.release.traffic_noise`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, HOUR_S
from jobs.calendars.localtime import Zone
from jobs.engine.blocks import map_reduce
from jobs.engine.store import Store, StoredFile
from jobs.release.interactions import CALL, TEXT, interactions_of
from jobs.release.layouts import LAYOUTS, UNKNOWN, Layout, LayoutName, Slice
from jobs.release.sample import window_of
from jobs.release.traffic_calls import calls_of, sides_of
from jobs.release.traffic_noise import Totals, TrafficNoise
from kernels.traffic import callers_and_calls, distinct_in_groups

if TYPE_CHECKING:
    from pyspark import SparkContext

_KINDS = {"call": CALL, "text": TEXT}
_EPOCH_ORDINAL = 719_163


@dataclass(frozen=True, eq=False)
class TrafficRule:
    """How traffic is counted.

    Attributes
    ----------
    site_of_cell : int64[cells]. min_users : threshold k on distinct subscribers of a figure.
    cap : interactions that one subscriber adds to a figure at most.
    slices : first local day of each file, by layout.
    noise : in place of the threshold and the cap.
    """

    site_of_cell: NDArray[np.int64]
    min_users: int
    cap: int
    slices: dict[LayoutName, list[Slice]]
    noise: TrafficNoise | None = None

    @property
    def radix(self) -> int:
        """Places, the unknown one included: a figure's key counts in these."""
        return int(self.site_of_cell.max(initial=0)) + 2

    def key(
        self,
        hour: NDArray[np.int64],
        kind: NDArray[np.int8],
        origin: NDArray[np.int64],
        destination: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Key of the figure: it sorts by hour, kind, origin and destination."""
        ends = (origin - UNKNOWN) * self.radix + (destination - UNKNOWN)
        return np.asarray((hour * len(_KINDS) + kind) * self.radix**2 + ends, np.int64)

    def hour_of(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        """Local hour since 1970 of figures."""
        return np.asarray(key // (self.radix**2 * len(_KINDS)), np.int64)

    def columns(self, key: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """Undo `key`."""
        when, ends = np.divmod(key, self.radix**2)
        hour, kind = np.divmod(when, len(_KINDS))
        origin, destination = np.divmod(ends, self.radix)
        return {
            "hour": hour,
            "kind": kind,
            "origin": origin + UNKNOWN,
            "destination": destination + UNKNOWN,
        }


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
    figures counted and withheld, by kind; with noise, how much.
    """
    inputs = [{"path": f.path, "window": window_of(f)} for f in events]
    reports = map_reduce(
        spark,
        inputs,
        lambda given: _sides(store, given, partitions, rule.noise),
        lambda part, blocks: _calls(store, f"{folder}-private/calls", part, blocks, rule, clock),
        partitions,
    )
    totals = Totals.summed(report["totals"] for report in reports)
    shown, told = _figures(spark, store, f"{folder}-private/figures", reports, rule, partitions)
    if rule.noise is not None:
        shown, of_noise = rule.noise.scaled(shown, totals)
        told |= of_noise
    for kind, code in _KINDS.items():
        of_kind = shown.filter(pc.equal(shown["kind"], code))
        for name, slices in rule.slices.items():
            _write_kind(store, folder, kind, of_kind, LAYOUTS[name], slices)
    return told


def _sides(
    store: Store, given: dict[str, Any], partitions: int, noise: TrafficNoise | None
) -> Iterator[tuple[int, pa.Table]]:
    """Both records of a call go to one partition: by the two parties, whoever called."""
    columns = ["user", "time", "cell", "kind", "direction", "counterparty", "duration_s"]
    found = interactions_of(store.read_table(given["path"], columns=columns))
    if noise is not None:
        found, totals = noise.limited(found)
        yield 0, totals.as_block()
    low = np.minimum(found.user, found.counterparty)
    owner = (low % np.uint64(partitions)).astype(np.int64)
    for part in np.unique(owner).tolist():
        rows = owner == part
        of_part = {name: values[rows] for name, values in found.__dict__.items()}
        yield part, pa.table({**of_part, "window": np.full(int(rows.sum()), given["window"], np.int32)})


def _calls(
    store: Store, folder: str, part: int, blocks: list[pa.Table], rule: TrafficRule, clock: Zone
) -> dict[str, Any]:
    """Write a row for each call of some pairs of parties, in the hour in which it starts."""
    totals = Totals.summed(Totals.of_block(block).as_json() for block in blocks if Totals.is_block(block))
    sides = [block for block in blocks if not Totals.is_block(block)]
    keys, callers, called, duration = [], [], [], []
    for code in _KINDS.values() if sides else ():
        table = pa.concat_tables(sides)
        table = table.filter(pc.equal(table["kind"], code))
        calls, end = calls_of(sides_of(table), table["window"].to_numpy())
        site = np.append(rule.site_of_cell, UNKNOWN)  # cell -1 is the last
        hour = clock.to_local(calls.time_s) // HOUR_S
        keys.append(rule.key(hour, calls.kind, site[calls.cell], site[end]))
        callers.append(calls.user)
        called.append(calls.counterparty)
        duration.append(calls.duration_s)
    rows = {
        "key": _joined(keys, np.int64),
        "caller": _joined(callers, np.uint64),
        "called": _joined(called, np.uint64),
        "duration_s": _joined(duration, np.int64),
    }
    file = store.write_table(folder, f"part-{part:05d}", pa.table(rows))
    return {"path": file.path, "totals": totals.as_json()}


def _joined(parts: list[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts])


def _figures(
    spark: "SparkContext",
    store: Store,
    folder: str,
    shares: list[dict[str, Any]],
    rule: TrafficRule,
    partitions: int,
) -> tuple[pa.Table, dict[str, Any]]:
    """Figures that may be shown, in order, and how many there were: added up by hour."""

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        table = store.read_table(given["path"])
        owner = rule.hour_of(table["key"].to_numpy()) % partitions
        for part in np.unique(owner).tolist():
            yield part, table.filter(pa.array(owner == part))

    def sum_up(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        shown, counts = _nothing(), dict[str, int]()
        if blocks:
            shown, counts = _shown(pa.concat_tables(blocks), rule, part)
        return {"path": store.write_table(folder, f"part-{part:05d}", shown).path, "counts": counts}

    reports = map_reduce(spark, shares, read, sum_up, partitions)
    shown = pa.concat_tables([_nothing(), *(store.read_table(report["path"]) for report in reports)])
    names = ("figures", "figures_withheld", "interactions", "interactions_shown")
    told = {f"{kind}_{name}": 0 for kind in _KINDS for name in (names if rule.noise is None else names[:0])}
    for report in reports:
        for name, count in report["counts"].items():
            told[name] += count
    return shown.sort_by("key"), told


def _nothing() -> pa.Table:
    names = ("key", "number", "duration_s", "hour", "kind", "origin", "destination")
    return pa.table({name: pa.array([], pa.int64()) for name in names})


def _shown(calls: pa.Table, rule: TrafficRule, part: int) -> tuple[pa.Table, dict[str, int]]:
    """Figures of some hours that may be shown; without noise, counts of what was withheld."""
    key = calls["key"].to_numpy()
    if rule.noise is not None:
        found, counted = np.unique(key, return_counts=True)
        value, is_shown = rule.noise.blurred(counted.astype(np.int64), part)
        return _as_figures(
            rule, found[is_shown], value[is_shown], np.zeros(int(is_shown.sum()), np.int64)
        ), {}
    caller, called = calls["caller"].to_numpy(), calls["called"].to_numpy()
    order = np.lexsort((caller, key))
    duration = calls["duration_s"].to_numpy()[order]
    found, callers, number, duration = callers_and_calls(key[order], caller[order], duration, rule.cap)
    order = np.lexsort((called, key))
    people = np.minimum(callers, distinct_in_groups(key[order], called[order]))
    is_shown = people >= rule.min_users
    counts: dict[str, int] = {}
    kind = rule.columns(found)["kind"]
    for name, code in _KINDS.items():
        own = kind == code
        counts |= {
            f"{name}_figures": int(own.sum()),
            f"{name}_figures_withheld": int((own & ~is_shown).sum()),
            f"{name}_interactions": int(number[own].sum()),
            f"{name}_interactions_shown": int(number[own & is_shown].sum()),
        }
    return _as_figures(rule, found[is_shown], number[is_shown], duration[is_shown]), counts


def _as_figures(
    rule: TrafficRule, key: NDArray[np.int64], number: NDArray[np.int64], duration_s: NDArray[np.int64]
) -> pa.Table:
    return pa.table({"key": key, "number": number, "duration_s": duration_s, **rule.columns(key)})


def _write_kind(
    store: Store, folder: str, kind: str, figures: pa.Table, layout: Layout, slices: list[Slice]
) -> None:
    pattern = layout.files.get(f"set1_{kind}")
    if pattern is None:
        return
    day = figures["hour"].to_numpy() * HOUR_S // DAY_S
    starts = [(piece.first_day.toordinal() - _EPOCH_ORDINAL) for piece in slices]
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
