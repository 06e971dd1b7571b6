"""Kernels beside a NumPy or library reference: speed on one core, and against the memory's bandwidth.

    python benchmarks/kernels.py --events 4000000
    python benchmarks/kernels.py --events 2000000 --workspace DIR    # and on events of a run up to `od`

A kernel's traffic is the least that it must move: its arguments read once, its results written once.
Its share of the bandwidth is that traffic against copying a large array in the same run.
"""

import argparse
import hashlib
import hmac
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from numpy.typing import NDArray

if __name__ == "__main__":  # the script's own folder would hide the package `kernels` behind this file
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from jobs.anchors import AnchorParams, anchors_of
from jobs.calendars.days import CalendarParams
from jobs.engine.columns import epoch_seconds, timestamps
from jobs.engine.store import Store
from jobs.engine.worker_daemon import keep_freed_memory
from jobs.ground.weights import CellWeights, cell_weights
from jobs.habits import pooled
from jobs.od import time_classes
from jobs.records.raw import text_parts, text_spans
from jobs.stays import StayParams, stays_of
from jobs.tables import named
from jobs.trips import TripParams, moves_of, trips_of
from kernels.departures import BINS, KINDS, draw_departures
from kernels.event_blocks import distinct_codes, packed_events, unpacked_events
from kernels.hashing import hmac_pads, hmac_sha256
from kernels.od import dense_codes, spread_trips, sums_by_code
from kernels.ranks import ranks_of, runs_of
from kernels.stays import (
    ends_of_visits,
    events_of_stays,
    is_stay,
    merge_same_place,
    visits,
    without_ping_pong,
)
from kernels.text.columns import canonical_digits, parse_iso_times, parse_whole_numbers
from kernels.text.lines import count_structure, separators, values_of_lines
from kernels.text.lookup import places_of_texts
from kernels.trips import trip_kinds, trip_origins
from kernels.unseen import active_hours
from pipelines.workspace import Workspace

_ROUNDS = 5
_CELLS = 1_500
_EVENTS_OF_USER = 98
_SPAN_S = 14 * 86_400
_START_S = 1_357_516_800  # 2013-01-07
_AS_BYTES = pacsv.ConvertOptions(column_types={name: pa.binary() for name in ("user", "time", "cell")})
_HASHED_BY_LIBRARY = 100_000


@dataclass(frozen=True)
class Case:
    """A kernel, and what it is compared with.

    Attributes
    ----------
    items : of what the speed is told.
    bytes : least traffic of the kernel.
    share_of_items : part of the items that the reference is run on, where it is slow.
    """

    name: str
    items: int
    bytes: int
    run: Callable[[], Any]
    reference_name: str = ""
    reference: Callable[[], Any] | None = None
    share_of_items: float = 1.0


@dataclass(frozen=True)
class Figure:
    """Speed of one case; the best of some rounds."""

    name: str
    ns_an_item: float
    million_a_second: float
    share_of_bandwidth: float
    reference: str
    reference_ns: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--events", type=int, default=4_000_000)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument(
        "--workspace", type=Path, help="of a run up to od: events, cells and anchors for one more row"
    )
    args = parser.parse_args()
    keep_freed_memory()  # as workers do: else half of what is measured is the system clearing pages
    bandwidth = copy_bandwidth()
    chosen = [*cases(args.events)]
    if args.workspace:
        chosen.append(case_of_run(args.workspace, args.events))
    figures = [measured(case, bandwidth) for case in chosen]
    print(f"Copying memory: {bandwidth / 1e9:.1f} GB/s (read and write counted), one core\n")
    print(table(figures))
    if args.json:
        told = {"bandwidth": bandwidth, "events": args.events, "kernels": [asdict(f) for f in figures]}
        args.json.write_text(json.dumps(told, indent=1))


def best_of(run: Callable[[], Any], rounds: int = _ROUNDS) -> float:
    """Shortest time of some rounds, seconds."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        took.append(time.perf_counter() - began)
    return min(took)


def copy_bandwidth(size: int = 256 << 20) -> float:
    """Bytes a second that one core reads and writes while it copies."""
    source, target = np.ones(size, np.uint8), np.zeros(size, np.uint8)
    return 2 * size / best_of(lambda: np.copyto(target, source))


def measured(case: Case, bandwidth: float) -> Figure:
    case.run()  # compiles
    took = best_of(case.run)
    reference_ns = None
    if case.reference:
        reference_ns = best_of(case.reference, 3) / (case.items * case.share_of_items) * 1e9
    return Figure(
        case.name,
        took / case.items * 1e9,
        case.items / took / 1e6,
        case.bytes / took / bandwidth,
        case.reference_name,
        reference_ns,
    )


def cases(events: int) -> Iterator[Case]:
    """Every case, on data made for about so many events."""
    yield from _text_cases(events)
    yield from _csv_cases(events)
    yield from _order_cases(events)
    yield from _flow_cases(events)


def _size(*arrays: NDArray[Any]) -> int:
    return sum(array.nbytes for array in arrays)


def _text_cases(count: int) -> Iterator[Case]:
    rng = np.random.default_rng(1)
    numbers = pa.array(999_000_000_000 + rng.integers(0, 10**9, count)).cast(pa.string())
    data, offsets = text_parts(numbers)
    inner, outer = hmac_pads(np.arange(32, dtype=np.uint8))
    few = [text.encode() for text in numbers[: min(count, _HASHED_BY_LIBRARY)].to_pylist()]
    key = bytes(range(32))
    yield Case(
        "hmac_sha256, 12-digit ids",
        count,
        _size(data, offsets) + 32 * count,
        lambda: hmac_sha256(inner, outer, data, offsets),
        "hmac.digest (OpenSSL), a loop",
        lambda: [hmac.digest(key, text, hashlib.sha256) for text in few],
        len(few) / count,
    )
    yield Case(
        "canonical_digits",
        count,
        2 * _size(data, offsets),
        lambda: canonical_digits(data, offsets, 5, 15, True),
        "pyarrow: regex that drops all but digits",
        lambda: pc.replace_substring_regex(numbers, "[^0-9]", ""),
    )
    yield Case(
        "parse_whole_numbers",
        count,
        _size(data, offsets) + 8 * count,
        lambda: parse_whole_numbers(*text_spans(numbers)),
        "pyarrow: cast to int64",
        lambda: numbers.cast(pa.int64()),
    )
    times = pc.strftime(timestamps(_START_S + rng.integers(0, _SPAN_S, count)), format="%Y-%m-%d %H:%M:%S")
    yield Case(
        "parse_iso_times",
        count,
        _size(*text_spans(times)) + 12 * count,
        lambda: parse_iso_times(*text_spans(times)),
        "pyarrow: cast to timestamp[s]",
        lambda: times.cast(pa.timestamp("s")),
    )


def _csv_cases(count: int) -> Iterator[Case]:
    rng = np.random.default_rng(1)
    cells = pa.array([f"S{n:03d}-{sector}" for n in range(500) for sector in "ABC"])
    cell = cells.take(pa.array(rng.integers(0, len(cells), count)))
    times = pc.strftime(
        timestamps(np.sort(_START_S + rng.integers(0, 86_400, count))), format="%Y-%m-%d %H:%M:%S"
    )
    users = pa.array(999_000_000_000 + rng.integers(0, 10**9, count)).cast(pa.string())
    content = pa.BufferOutputStream()
    pacsv.write_csv(pa.table([users, times, cell], ["user", "time", "cell"]), content)
    text = np.frombuffer(content.getvalue(), np.uint8)
    yield Case(
        "lines of CSV to places of values",
        count,
        _size(text) + 24 * count,
        lambda: places_of_values(text),
        "pyarrow.csv: three columns of bytes",
        lambda: pacsv.read_csv(pa.py_buffer(text), pacsv.ReadOptions(use_threads=False), None, _AS_BYTES),
    )
    yield Case(
        "places_of_texts, cells of 1,500",
        count,
        _size(*text_spans(cell)) + 4 * count,
        lambda: places_of_texts(*text_spans(cell), *text_spans(cells)),
        "pyarrow: index_in",
        lambda: pc.index_in(cell, value_set=cells),
    )


def places_of_values(text: NDArray[np.uint8]) -> int:
    """Cut lines of three values as a reader does; how many there are."""
    delimiters, feeds, _, _ = count_structure(text, ord(","), ord('"'))
    place = separators(text, ord(","), delimiters + feeds)
    start, *_ = values_of_lines(text, place, feeds, np.arange(3), 3, ord('"'), False)
    return start.shape[1]


def _order_cases(count: int) -> Iterator[Case]:
    rng = np.random.default_rng(2)
    users = count // _EVENTS_OF_USER + 1
    rank, time_s = rng.integers(0, users, count), _START_S + rng.integers(0, _SPAN_S, count)
    cell, source = rng.integers(0, _CELLS, count, np.int32), np.zeros(count, np.int32)
    key = rng.integers(0, 2**63, users).astype(np.uint64)[rank]
    yield Case(
        "distinct_codes of 64-bit keys",
        count,
        _size(key) + 4 * count,
        lambda: distinct_codes(key),
        "pandas.factorize",
        lambda: pd.factorize(key),
    )
    short, first = time_s.astype(np.uint32), int(time_s.min())
    bits = (int(np.ptp(time_s)).bit_length(), _CELLS.bit_length(), 0)
    packed = packed_events(rank.astype(np.int32), short, first, cell, source, *bits)
    packed.sort()

    def ordered() -> Any:
        numbers = packed_events(rank.astype(np.int32), short, first, cell, source, *bits)
        numbers.sort()
        return unpacked_events(numbers, key, first, *bits)

    yield Case(
        "packed_events, sort, unpacked_events",
        count,
        2 * _size(rank, short, cell) + _size(source),
        ordered,
        "numpy.lexsort, take, compare with the row before",
        lambda: _by_lexsort(rank, time_s, cell, source),
    )


def _by_lexsort(*columns: NDArray[Any]) -> list[NDArray[Any]]:
    order = np.lexsort(columns[::-1])
    r, t, c, _ = ordered = [column[order] for column in columns]
    new = np.append(True, (r[1:] != r[:-1]) | (t[1:] != t[:-1]) | (c[1:] != c[:-1]))
    return [column[new] for column in ordered]


def _walks(count: int) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int32]]:
    """User-sorted events of people who dwell at a place and move now and then."""
    rng = np.random.default_rng(3)
    user = np.arange(count) // _EVENTS_OF_USER
    time_s = _START_S + rng.integers(0, _SPAN_S, count)
    order = np.lexsort((time_s, user))
    anchors = rng.integers(0, _CELLS, (int(user[-1]) + 1, 3), np.int32)
    hour = time_s[order] // 3600 % 24
    which = np.where((hour > 8) & (hour < 17), 1, np.where(rng.random(count) < 0.1, 2, 0))
    return user.astype(np.uint64), time_s[order], anchors[user, which]


def _flow_cases(count: int) -> Iterator[Case]:
    rng = np.random.default_rng(4)
    user, time_s, cell = _walks(count)
    lon, lat = -17.5 + 0.3 * rng.random(_CELLS), 14.6 + 0.3 * rng.random(_CELLS)
    stay, trip = StayParams(), TripParams()
    radius_m = stay.radii(lon, lat)  # once a run
    yield Case(
        "without_ping_pong",
        count,
        _size(user, time_s, cell, cell),
        lambda: without_ping_pong(user, time_s, cell, stay.ping_pong_s),
    )
    yield Case(
        "visits",
        count,
        _size(user, time_s, cell),
        lambda: visits(user, time_s, cell, lon, lat, radius_m, stay.max_gap_s),
    )
    window = np.zeros(count, np.int32)
    events = pa.table({"user": user, "window": window, "time": timestamps(time_s), "cell": cell})
    stays = stays_of(events, lon, lat, stay)
    yield Case(
        "events to stays, with Arrow",
        count,
        events.nbytes,
        lambda: stays_of(events, lon, lat, stay, radius_m),
    )
    calendar = CalendarParams()
    anchors = anchors_of(stays, lon, lat, calendar, AnchorParams())
    yield Case(
        "stays to anchors, with Arrow (a stay)",
        stays.num_rows,
        stays.nbytes,
        lambda: anchors_of(stays, lon, lat, calendar, AnchorParams(), radius_m=radius_m),
    )
    s_user, s_place = stays["user"].to_numpy(), stays["place"].to_numpy()
    s_start, s_end = (stays[c].cast(pa.int64()).to_numpy() for c in ("start", "end"))
    yield Case(
        "trip_origins (a stay)",
        stays.num_rows,
        _size(s_user, s_place, s_start, s_end),
        lambda: trip_origins(s_user, s_place, s_start, s_end, lon, lat, radius_m, 8 * 3600),
    )
    habits, sight = pooled([]), trip.sight(lon, lat)
    trips = trips_of(moves_of(stays, anchors, sight, calendar), habits)
    yield Case(
        "stays to trips, with Arrow (a stay)",
        stays.num_rows,
        stays.nbytes,
        lambda: trips_of(moves_of(stays, anchors, sight, calendar), habits),
    )
    yield from _od_cases(trips, calendar)
    two = np.arange(_CELLS + 1, dtype=np.int64) * 2
    served = CellWeights(np.arange(200), two, np.arange(2 * _CELLS) % 200, np.full(2 * _CELLS, 0.5))
    yield Case(
        "kernels from events to flows (an event)",
        count,
        _size(user, time_s, cell),
        lambda: _flows_of(user, time_s, cell, (lon, lat, radius_m), served, anchors, calendar, stay, trip),
    )
    yield Case(
        "events to stays to trips, with Arrow",
        count,
        events.nbytes,
        lambda: trips_of(
            moves_of(stays_of(events, lon, lat, stay, radius_m), anchors, sight, calendar), habits
        ),
    )


def _flows_of(
    user: NDArray[np.uint64],
    time_s: NDArray[np.int64],
    cell: NDArray[np.int32],
    ground: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    served: CellWeights,
    anchors: pa.Table,
    calendar: CalendarParams,
    stay: StayParams,
    trip: TripParams,
) -> Any:
    """Kernels of stays, trips and OD in turn, without tables."""
    lon, lat, _ = ground
    cell = without_ping_pong(user, time_s, cell, stay.ping_pong_s)
    starts, place = visits(user, time_s, cell, *ground, stay.max_gap_s)
    who, begin_s, end_s = ends_of_visits(user, time_s, starts)
    dwelt = is_stay(who, begin_s, end_s, place, lon, lat, stay.min_dwell_s, stay.travel_speed_kmh / 3.6)
    first, last = merge_same_place(who, place, end_s, begin_s, dwelt, *ground, stay.max_gap_s)
    who, place, begin_s, end_s = who.take(first), place.take(first), begin_s.take(first), end_s.take(last)
    users = runs_of(who)
    callers = who[users[:-1]]
    events = events_of_stays(starts, dwelt, first, last)
    at = trip_origins(who, place, begin_s, end_s, *ground, trip.max_interval_s)
    who, origin, destination = who.take(at), place.take(at), place.take(at + 1)
    home, work = (anchors[c].fill_null(-1).to_numpy() for c in ("home", "work"))
    kind = trip_kinds(who, origin, destination, anchors["user"].to_numpy(), home, work, *ground)
    first_day = int(begin_s.min()) // 86_400
    days = calendar.day_type_of_day(np.arange(first_day, int(end_s.max()) // 86_400 + 1))
    profile = np.ones((KINDS, 3, BINS))
    departure = draw_departures(
        end_s[at], begin_s[at + 1], kind, who, days.astype(np.int8), first_day, profile
    )
    hours = active_hours(users, begin_s, end_s, events)
    rows = spread_trips(
        who,
        origin,
        destination,
        calendar.classes_of_times(departure),
        24.0 / hours[ranks_of(callers, who)],
        served.row_start,
        served.index,
        served.weight,
        served.h3.size,
        15,
    )
    distinct, code = dense_codes(rows[0], served.h3.size**2 * 15)
    return sums_by_code(code, distinct.size, *rows[1:])


def case_of_run(folder: Path, count: int) -> Case:
    """The same kernels on events of a run: the first files of its table, `count` events or more."""
    workspace = Workspace(folder)
    store, files, taken = Store(str(folder)), [], 0
    for file in workspace.records["ingest"].tables["events"]:
        if taken < count:
            files.append(file)
            taken += file.rows
    events = store.read_tables(files, named("events").schema)
    user, cell = (events[column].to_numpy() for column in ("user", "cell"))
    time_s = epoch_seconds(events["time"])
    cells, anchors = workspace.table("cells"), workspace.table("anchors").sort_by("user")
    lon, lat = (cells[column].to_numpy() for column in ("lon", "lat"))
    stay, trip = StayParams(), TripParams()
    served = cell_weights(workspace.table("cell_h3"), cells.num_rows)
    ground = (lon, lat, stay.radii(lon, lat))
    calendar = CalendarParams()
    return Case(
        "kernels from events to flows, events of a run (an event)",
        user.size,
        _size(user, time_s, cell),
        lambda: _flows_of(user, time_s, cell, ground, served, anchors, calendar, stay, trip),
    )


def _od_cases(trips: pa.Table, calendar: CalendarParams) -> Iterator[Case]:
    """Each radio cell serves three H3 cells: nine rows a trip."""
    count, served = trips.num_rows, 3
    user, origin, destination = (trips[c].to_numpy() for c in ("user", "origin", "destination"))
    time_class, expansion = time_classes(trips, calendar), np.ones(count)
    row_start = np.arange(_CELLS + 1, dtype=np.int64) * served
    h3 = np.random.default_rng(5).integers(0, 200, _CELLS * served)
    weight = np.full(h3.size, 1 / served)

    def spread() -> tuple[NDArray[Any], ...]:
        return spread_trips(user, origin, destination, time_class, expansion, row_start, h3, weight, 200, 15)

    key, who, parts, population = spread()
    yield Case("spread_trips (a row)", key.size, _size(key, who, parts, population), spread)
    columns = [key, who, parts, population]
    frame = pd.DataFrame(dict(zip(("key", "user", "trips", "population"), columns, strict=True)))

    def summed() -> Any:
        distinct, code = dense_codes(key, 200 * 200 * 15)
        return sums_by_code(code, distinct.size, who, parts, population)

    yield Case(
        "dense_codes, sums_by_code (a row)",
        key.size,
        _size(*columns),
        summed,
        "pandas: group by, sums and distinct users",
        lambda: frame.groupby("key").agg({"user": "nunique", "trips": "sum", "population": "sum"}),
    )


def table(figures: list[Figure]) -> str:
    """Markdown."""
    lines = [
        "| kernel | ns an item | million a second | share of bandwidth | reference | its ns | times faster |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: |",
    ]
    for f in figures:
        reference = ["", ""]
        if f.reference_ns is not None:
            reference = [f"{f.reference_ns:.1f}", f"{f.reference_ns / f.ns_an_item:.1f}"]
        speed = [f"{f.ns_an_item:.1f}", f"{f.million_a_second:.1f}", f"{f.share_of_bandwidth:.0%}"]
        lines.append(f"| {' | '.join([f.name, *speed, f.reference, *reference])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
