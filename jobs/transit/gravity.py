"""An OD matrix by a gravity model, where no phone data exist: who lives where, and where buses go.

Singly constrained (Wilson 1971, Environment and Planning 3, 1-32; Ortúzar and Willumsen 2011, Modelling Transport,
section 5.3): each resident makes so many trips a day, half of them out and half of them back, and goes to cells in
proportion to their attraction times exp(-distance / length). The attraction of a cell is the day's departures at its
stops: buses go where people go. That is a stand-in, and the matrix no more than a first guess: plans made from it show
what the tool does, not what a city needs.
"""

from dataclasses import dataclass

import h3
import numpy as np
import pyarrow as pa
from pydantic import Field

from jobs.errors import InputError
from jobs.params import Params
from jobs.transit.feeds.calendars import choose_planning_day
from jobs.transit.feeds.feed import Feed
from jobs.transit.od_file import OD_COLUMNS
from jobs.transit.patterns import Slots, departures_by_service, read_patterns, runs_on
from jobs.transit.places import Points

_SLOTS: dict[str, tuple[float, float]] = {
    "am_peak": (6, 10),
    "midday": (10, 16),
    "pm_peak": (16, 20),
    "evening": (20, 24),
}
_OUT = {"am_peak": 0.60, "midday": 0.30, "pm_peak": 0.08, "evening": 0.02}
_BACK = {"am_peak": 0.04, "midday": 0.30, "pm_peak": 0.48, "evening": 0.18}
"""Shares of the trips from home and back by slot: assumptions in the range of household surveys."""


class GravityParams(Params):
    """What the gravity model assumes."""

    trips_per_person: float = Field(
        2.0, gt=0, le=10, description="a day, between different cells; assumption"
    )
    residents: float | None = Field(
        None, gt=0, description="in all, where no population table is given; none: as many as departures"
    )
    length_km: float = Field(
        4.5, gt=0, le=100, description="decay length of exp(-distance / length); assumption"
    )
    catchment_m: float = Field(2000.0, gt=0, le=20000, description="cells this near to a stop take part")
    resolution: int = Field(8, ge=6, le=9, description="H3 resolution of the cells")
    most_pairs: int = Field(100_000, ge=100, description="pairs of cells kept, those with most trips")


@dataclass(frozen=True)
class _Cells:
    h3: np.ndarray
    xy: np.ndarray
    people: np.ndarray
    attraction: np.ndarray


def gravity_od(feed: Feed, population: pa.Table | None, params: GravityParams) -> pa.Table:
    """Trips on a weekday between H3 cells near the feed's stops, as the table `od`.

    Parameters
    ----------
    population : ``h3, population``, cells as fine as the model's or finer; None: people live where buses go,
        ``residents`` of them.

    Raises
    ------
    InputError
        No one lives near a stop, or the population's cells are too coarse.
    """
    cells = _cells(feed, population, params)
    far = np.hypot(*(cells.xy[:, None] - cells.xy[None]).transpose(2, 0, 1)) / 1000.0
    pull = cells.attraction[None] * np.exp(-far / params.length_km)
    np.fill_diagonal(pull, 0.0)
    drawn = np.maximum(pull.sum(axis=1, keepdims=True), 1e-300)
    out = 0.5 * params.trips_per_person * cells.people[:, None] * pull / drawn
    kept = np.argsort(-out, axis=None, kind="stable")[: params.most_pairs]
    kept = np.sort(kept[out.ravel()[kept] > 0])
    trips = out.ravel()[kept] * (out.sum() / out.ravel()[kept].sum())
    home, place = np.divmod(kept, cells.h3.size)
    return _as_table(cells.h3[home], cells.h3[place], trips)


def _as_table(home: np.ndarray, place: np.ndarray, trips: np.ndarray) -> pa.Table:
    parts = [
        (origin, destination, slot, trips * shares[slot])
        for origin, destination, shares in ((home, place, _OUT), (place, home, _BACK))
        for slot in _OUT
    ]
    flows = np.concatenate([part[3] for part in parts])
    table = pa.table(
        {
            "origin": np.concatenate([part[0] for part in parts]),
            "destination": np.concatenate([part[1] for part in parts]),
            "day_type": np.full(flows.size, "weekday", object),
            "slot": np.concatenate([np.full(part[0].size, part[2], object) for part in parts]),
            "users": np.maximum(np.round(flows), 1.0).astype(np.int32),
            "trips": flows,
            "population_trips": flows,
        },
        schema=OD_COLUMNS,
    )
    keys = ["origin", "destination", "day_type", "slot"]
    summed = table.group_by(keys).aggregate(
        [(name, "sum") for name in ("users", "trips", "population_trips")]
    )
    named = summed.rename_columns([name.removesuffix("_sum") for name in summed.column_names])
    return named.select(OD_COLUMNS.names).cast(OD_COLUMNS).sort_by([(key, "ascending") for key in keys])


def _cells(feed: Feed, population: pa.Table | None, params: GravityParams) -> _Cells:
    departures = _departures(feed)
    used = np.flatnonzero(departures > 0)
    lat0 = float(np.nanmean(feed.stops.lat[used]))
    stop_cell = [_cell(feed.stops.lat[i], feed.stops.lon[i], params.resolution) for i in used]
    calls: dict[int, float] = {}
    for cell, n in zip(stop_cell, departures[used], strict=True):
        calls[cell] = calls.get(cell, 0.0) + float(n)
    people = _people(population, params.resolution) if population else _as_departures(calls, params.residents)
    names = np.array(sorted({*calls, *people}), np.int64)
    centres = np.array([h3.cell_to_latlng(h3.int_to_str(int(c))) for c in names])
    xy = Points(centres[:, 1], centres[:, 0]).xy(lat0)
    stops = Points(feed.stops.lon[used], feed.stops.lat[used]).xy(lat0)
    near = np.array([np.hypot(*(stops - c).T).min() <= params.catchment_m for c in xy])
    living = np.array([people.get(int(c), 0.0) for c in names])
    if not living[near].sum() > 0:
        raise InputError(
            f"has nobody within {params.catchment_m:g} m of the feed's stops",
            "population",
            "check that population and feed are of the same place",
        )
    attraction = np.array([calls.get(int(c), 0.0) for c in names])
    return _Cells(names[near], xy[near], living[near], attraction[near])


def _as_departures(calls: dict[int, float], residents: float | None) -> dict[int, float]:
    scale = residents / sum(calls.values()) if residents else 1.0
    return {cell: n * scale for cell, n in calls.items()}


def _departures(feed: Feed) -> np.ndarray:
    """Departures of the busiest weekday at each stop."""
    day = choose_planning_day(feed.days, departures_by_service(feed), "weekday", None)
    out = np.zeros(len(feed.stops.ids))
    for pattern in read_patterns(feed, runs_on(feed, day), Slots.of({"day": (0.0, 30.0)})):
        np.add.at(out, pattern.stops, pattern.departures.sum())
    return out


def _people(population: pa.Table, resolution: int) -> dict[int, float]:
    """People by cell of a resolution."""
    out: dict[int, float] = {}
    pairs = zip(population["h3"].to_pylist(), population["population"].to_pylist(), strict=True)
    for cell, n in pairs:
        name = h3.int_to_str(cell)
        if h3.get_resolution(name) < resolution:
            raise InputError(
                f"has H3 cells of resolution {h3.get_resolution(name)}, coarser than {resolution}",
                "population",
                "give finer cells, or --set resolution=6",
            )
        parent = h3.str_to_int(h3.cell_to_parent(name, resolution))
        out[parent] = out.get(parent, 0.0) + float(n or 0.0)
    return out


def _cell(lat: float, lon: float, resolution: int) -> int:
    return int(h3.str_to_int(h3.latlng_to_cell(float(lat), float(lon), resolution)))
