"""Flows that disclosure control withheld, put back from the sums that were published.

Long trips are spread thinly over many pairs of H3 cells: a threshold of users withholds most of them, and it is
these that a missing line would serve. Sums over coarser cells (table `od_margins`) hold them still. What such a sum has
more than the flows shown below it is spread over the pairs of cells that were withheld there, in proportion to the
trips that begin in the one and end in the other cell (a gravity model without distance, which varies little within a
pair of coarse cells). Nothing comes out that was not published.
"""

from dataclasses import dataclass, replace

import h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.transit.od_rows import with_rows

LEVEL = "h3_"
"""Before the resolution, in the column `level` of sums between H3 cells."""
_LEAST_TRIPS = 0.5
"""A day. Smaller flows are left out and the others of their sum made larger instead."""
_SAME = 1e-6
_TINY = 1e-300


@dataclass(frozen=True)
class _Flows:
    """Flows between cells in classes of day type and slot. n flows."""

    origin: np.ndarray
    """(n,) index of a cell."""
    destination: np.ndarray
    time: np.ndarray
    """(n,) index of a class."""
    trips: np.ndarray
    """(n,) observed in the whole period; 0 where put back."""
    population: np.ndarray
    """(n,) trips of the population: a day in the matrix, in the whole period in sums."""

    def keys(self, n_cells: int, n_times: int, parent: np.ndarray | None = None) -> np.ndarray:
        """(n,) one number for both ends, or for the cells that hold them, and the class."""
        up = np.arange(n_cells) if parent is None else parent
        return np.asarray((up[self.origin] * n_cells + up[self.destination]) * n_times + self.time)

    def taken(self, rows: np.ndarray) -> "_Flows":
        """Some of the flows, by index or as bool per flow."""
        return _Flows(*(column[rows] for column in self._columns()))

    def with_flows(self, others: "_Flows") -> "_Flows":
        """These flows, then others."""
        return _Flows(*map(np.concatenate, zip(self._columns(), others._columns(), strict=True)))

    def _columns(self) -> tuple[np.ndarray, ...]:
        return self.origin, self.destination, self.time, self.trips, self.population


@dataclass(frozen=True)
class _Level:
    """Published sums between coarser cells."""

    key: np.ndarray
    """(m,) sorted."""
    sums: _Flows
    parent: np.ndarray
    """(cells,) index of the coarse cell that holds each cell."""


def completed(od: pa.Table, margins: pa.Table) -> pa.Table:
    """An OD matrix with what was withheld of it.

    Parameters
    ----------
    od : table `od`, H3 cells of one resolution.
    margins : table `od_margins` of the same run or release. Sums between H3 cells are used.

    Returns
    -------
    The rows of `od`, then those put back, with 1 as `users` and 0 observed `trips`; bounds of intervals are null.
    """
    if not od.num_rows or not margins.num_rows:
        return od
    cells = np.unique(np.concatenate([od["origin"].to_numpy(), od["destination"].to_numpy()]))
    times = sorted(set(zip(od["day_type"].to_pylist(), od["slot"].to_pylist(), strict=True)))
    shown = known = _flows(od, cells, times, od["population_trips"])
    levels = _levels(margins, cells, times)
    for number, level in enumerate(levels):
        days = _days(level, shown, times)
        known = known.with_flows(_put_back(level, levels[:number], known, days, len(times)))
    return _with_rows(od, known.taken(np.arange(shown.time.size, known.time.size)), cells, times)


def _flows(
    table: pa.Table, cells: np.ndarray, times: list[tuple[str, str]], population: pa.ChunkedArray
) -> _Flows:
    """Rows of a table with both ends in `cells` (sorted) at one of the `times`."""
    number = {time: i for i, time in enumerate(times)}
    named = zip(table["day_type"].to_pylist(), table["slot"].to_pylist(), strict=True)
    time = np.array([number.get(one, -1) for one in named], np.int64)
    ends = [np.searchsorted(cells, table[end].to_numpy()) for end in ("origin", "destination")]
    is_known = time >= 0
    for end, index in zip(("origin", "destination"), ends, strict=True):
        is_known &= cells[np.minimum(index, cells.size - 1)] == table[end].to_numpy()
    columns = (*ends, time, table["trips"].to_numpy(), population.to_numpy())
    return _Flows(*(np.asarray(column)[is_known] for column in columns))


def _levels(margins: pa.Table, cells: np.ndarray, times: list[tuple[str, str]]) -> list[_Level]:
    """Sums between H3 cells, finest first."""
    own = min(h3.get_resolution(h3.int_to_str(int(cell))) for cell in cells)
    names = [name for name in pc.unique(margins["level"]).to_pylist() if name.startswith(LEVEL)]
    coarser = {resolution for name in names if (resolution := int(name.removeprefix(LEVEL))) < own}
    levels = []
    for resolution in sorted(coarser, reverse=True):
        above = [h3.cell_to_parent(h3.int_to_str(int(cell)), resolution) for cell in cells]
        coarse, parent = np.unique([h3.str_to_int(cell) for cell in above], return_inverse=True)
        rows = margins.filter(pc.equal(margins["level"], f"{LEVEL}{resolution}"))
        sums = _flows(rows, coarse, times, rows["population"])
        key = sums.keys(cells.size, len(times))
        order = np.argsort(key)
        levels.append(_Level(key[order], sums.taken(order), parent))
    return levels


def _index(level: _Level, key: np.ndarray) -> np.ndarray:
    """(n,) row of each key in a level, -1 where its sum was not published."""
    if not level.key.size:
        return np.full(key.size, -1)
    at = np.minimum(np.searchsorted(level.key, key), level.key.size - 1)
    return np.where(level.key[at] == key, at, -1)


def _within(level: _Level, flows: _Flows, values: np.ndarray, n_times: int) -> np.ndarray:
    """(m,) what flows below each sum add up to."""
    at = _index(level, flows.keys(level.parent.size, n_times, level.parent))
    return np.asarray(np.bincount(at[at >= 0], values[at >= 0], level.key.size))


def _days(level: _Level, shown: _Flows, times: list[tuple[str, str]]) -> np.ndarray:
    """(classes,) days that sums are over, from those of which nothing was withheld; nan where there are none."""
    trips = _within(level, shown, shown.trips, len(times))
    daily = _within(level, shown, shown.population, len(times))
    is_whole = (np.abs(level.sums.trips - trips) <= _SAME * level.sums.trips) & (daily > 0)
    days = np.full(len(times), np.nan)
    for day_type in {day_type for day_type, _ in times}:
        same = np.array([other == day_type for other, _ in times])
        rows = is_whole & same[level.sums.time]
        if rows.any():
            days[same] = np.median(level.sums.population[rows] / daily[rows])
    return days


def _put_back(level: _Level, finer: list[_Level], known: _Flows, days: np.ndarray, n_times: int) -> _Flows:
    """What sums have more than the flows below them, spread over pairs of which no finer sum is published."""
    n_cells, n_sums = level.parent.size, level.key.size
    rest = level.sums.population / days[level.sums.time] - _within(level, known, known.population, n_times)
    pairs, of = _pairs_below(level, np.flatnonzero(np.nan_to_num(rest) >= _LEAST_TRIPS))
    is_open = ~np.isin(pairs.keys(n_cells, n_times), known.keys(n_cells, n_times))
    for other in finer:
        is_open &= _index(other, pairs.keys(n_cells, n_times, other.parent)) < 0
    begun, ended = (np.bincount(end, known.population, n_cells) for end in (known.origin, known.destination))
    weight = np.where(is_open, begun[pairs.origin] * ended[pairs.destination], 0.0)
    trips = rest[of] * weight / np.maximum(np.bincount(of, weight, n_sums), _TINY)[of]
    largest = np.zeros(n_sums)
    np.maximum.at(largest, of, trips)
    weight = np.where(trips >= np.minimum(_LEAST_TRIPS, largest[of]), weight, 0.0)
    trips = rest[of] * weight / np.maximum(np.bincount(of, weight, n_sums), _TINY)[of]
    return replace(pairs, population=trips).taken(trips > 0)


def _pairs_below(level: _Level, rows: np.ndarray) -> tuple[_Flows, np.ndarray]:
    """All pairs of cells within the ends of sums, and the sum of each."""
    children = np.argsort(level.parent, kind="stable")
    first = np.searchsorted(level.parent[children], np.arange(level.parent.max(initial=-1) + 2))
    starts = [first[end[rows]] for end in (level.sums.origin, level.sums.destination)]
    counts = [np.diff(first)[end[rows]] for end in (level.sums.origin, level.sums.destination)]
    n_pairs = counts[0] * counts[1]
    of = np.repeat(np.arange(rows.size), n_pairs)
    within = np.arange(of.size) - np.repeat(np.cumsum(n_pairs) - n_pairs, n_pairs)
    origin, destination = np.divmod(within, counts[1][of])
    none = np.zeros(of.size)
    ends = children[starts[0][of] + origin], children[starts[1][of] + destination]
    return _Flows(*ends, level.sums.time[rows[of]], none, none), rows[of]


def _with_rows(od: pa.Table, found: _Flows, cells: np.ndarray, times: list[tuple[str, str]]) -> pa.Table:
    """The matrix and flows below its own rows."""
    day_types, slots = (np.array([time[part] for time in times], object) for part in (0, 1))
    columns = {
        "origin": cells[found.origin],
        "destination": cells[found.destination],
        "day_type": day_types[found.time],
        "slot": slots[found.time],
        "users": np.ones(found.time.size, np.int32),
        "trips": found.trips,
        "population_trips": found.population,
    }
    return with_rows(od, columns)
