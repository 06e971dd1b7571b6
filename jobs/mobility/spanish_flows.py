"""Flows by date, hour, activity and residence, in the columns of Spain's open mobility data.

Ministerio de Transportes y Movilidad Sostenible, "Estudio de movilidad con Big Data", version 2 of the basic
studies: fecha, periodo, origen, destino, distancia, actividad_origen, actividad_destino, residencia, viajes,
viajes_km. Rows are finer than those of `od`, and only the threshold is applied to them: they are for work at the
operator, not for release beside `od`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, HOUR_S, CalendarParams
from jobs.counting.partial_sums import Sums, add_up
from jobs.counting.rollups import summed_levels
from jobs.engine.columns import epoch_seconds
from jobs.ground.weights import CellWeights, cell_weights
from jobs.od import expansion
from jobs.stays import positions
from jobs.trips import TripParams
from kernels.od import spread_trips
from kernels.trips import NO_KIND, trip_kinds

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

ACTIVITIES = np.array(["casa", "trabajo_estudio", "frecuente", "no_frecuente"], object)
BANDS = np.array(["0.5-2", "2-10", "10-50", ">50"], object)
_BAND_EDGES_KM = (2.0, 10.0, 50.0)
_UNKNOWN_ZONE = "NA"
_M_PER_DEGREE = 111_195.0
_HOURS = 24
_LEAST_WRITTEN = 0.001
"""Trips are written to three decimals; rows of less would be zeros."""

Part = tuple[str, pa.Table, pa.Table]
"""Name, trips and anchors of one file of users."""


@dataclass(frozen=True, eq=False)
class _Layout:
    """How the parts of a row other than its pair of H3 cells are written as one number."""

    first_day: int
    zones: NDArray[np.object_]

    def number(
        self, day: Integers, hour: Integers, ends: Integers, zone: Integers, band: Integers
    ) -> Integers:
        key = ((day - self.first_day) * _HOURS + hour) * 16 + ends
        return (key * self.zones.size + zone) * BANDS.size + band


def spanish_flows(
    parts: Callable[[], "list[Part]"],
    cells: pa.Table,
    cell_h3: pa.Table,
    calendar: CalendarParams,
    min_users: int,
    params: TripParams | None = None,
) -> tuple[pa.Table, int]:
    """Flows of at least `min_users` distinct users, and how many rows were withheld.

    Parameters
    ----------
    parts : reads the files of trips and anchors, whole users in each.
    params : what one place is, as in the run.

    Returns
    -------
    table with the columns of the Spanish files (text but for viajes and viajes_km), sorted.
    """
    lon, lat = positions(cells)
    zones = np.unique([*cells["zone"].drop_null().to_pylist(), _UNKNOWN_ZONE]).astype(object)
    home_zone = np.searchsorted(zones.astype(str), cells["zone"].fill_null(_UNKNOWN_ZONE).to_pylist())
    weights = cell_weights(cell_h3, cells.num_rows)
    read = [part for part in parts() if part[1].num_rows]
    days = [calendar.clock.to_local(epoch_seconds(trips["departure"])) // DAY_S for _, trips, _ in read]
    layout = _Layout(min((int(d.min()) for d in days), default=0), zones)
    classes = (max((int(d.max()) for d in days), default=0) - layout.first_day + 1) * _HOURS * 16
    classes *= zones.size * BANDS.size
    radius_m = (params or TripParams()).radii(lon, lat)
    trips_blocks, km_blocks = [], []
    for name, trips, anchors in read:
        number, km = _numbers(trips, anchors, home_zone, lon, lat, radius_m, calendar, layout)
        persons = expansion(trips, anchors)
        window = int(trips["window"][0].as_py())
        trips_blocks.append(_sums(trips, number, persons, weights, classes).as_block(window, name))
        km_blocks.append(_sums(trips, number, persons * km, weights, classes).as_block(window, name))
    sums, km_sums = add_up(trips_blocks), add_up(km_blocks)
    shown = sums.users >= min_users
    written = shown & (sums.population >= _LEAST_WRITTEN)
    return _as_table(sums.rows(written), km_sums.rows(written), weights, layout, classes), int((~shown).sum())


def _numbers(
    trips: pa.Table,
    anchors: pa.Table,
    home_zone: Integers,
    lon: Floats,
    lat: Floats,
    radius_m: Floats,
    calendar: CalendarParams,
    layout: _Layout,
) -> tuple[Integers, Floats]:
    """Number of each trip's date, hour, activities, residence and band; and its length, km in a straight line."""
    user, a, b = (trips[c].to_numpy() for c in ("user", "origin", "destination"))
    known = anchors["user"].to_numpy()
    home, work = (pc.fill_null(anchors[c], -1).to_numpy().astype(np.int32) for c in ("home", "work"))
    kind = trip_kinds(user, a, b, known, home, work, lon, lat, radius_m).astype(np.int64)
    first, second = np.where(kind == NO_KIND, 2, kind // 3), np.where(kind == NO_KIND, 2, kind % 3)
    often = _is_frequent(user, a, b)
    first, second = first + ((first == 2) & ~often[0]), second + ((second == 2) & ~often[1])
    local = calendar.clock.to_local(epoch_seconds(trips["departure"]))
    home_of = home[np.searchsorted(known, user)]
    zone = np.where(
        home_of >= 0, home_zone[home_of], np.searchsorted(layout.zones.astype(str), _UNKNOWN_ZONE)
    )
    east = (lon[a] - lon[b]) * np.cos(np.radians(lat[a]))
    km = _M_PER_DEGREE * np.hypot(east, lat[a] - lat[b]) / 1000
    band = np.searchsorted(_BAND_EDGES_KM, km, side="right")
    return layout.number(local // DAY_S, local % DAY_S // HOUR_S, 4 * first + second, zone, band), km


def _is_frequent(
    user: NDArray[np.uint64], a: Integers, b: Integers
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each end is a cell that the user comes to more than once."""
    person = np.unique(user, return_inverse=True)[1]
    most = int(max(a.max(initial=0), b.max(initial=0))) + 1
    visits, times = np.unique(person * most + b, return_counts=True)
    frequent = visits[times > 1]
    return np.isin(person * most + a, frequent), np.isin(person * most + b, frequent)


def _sums(trips: pa.Table, number: Integers, persons: Floats, weights: CellWeights, classes: int) -> Sums:
    key, who, part, spread = spread_trips(
        trips["user"].to_numpy(),
        trips["origin"].to_numpy(),
        trips["destination"].to_numpy(),
        number,
        persons,
        weights.row_start,
        weights.index,
        weights.weight,
        weights.h3.size,
        classes,
    )
    return next(summed_levels((key, who, part, spread), ()))


def _as_table(sums: Sums, km: Sums, weights: CellWeights, layout: _Layout, classes: int) -> pa.Table:
    pair, number = np.divmod(sums.key, classes)
    origin, destination = np.divmod(pair, weights.h3.size)
    number, band = np.divmod(number, BANDS.size)
    number, zone = np.divmod(number, layout.zones.size)
    number, ends = np.divmod(number, 16)
    day, hour = np.divmod(number, _HOURS)
    names = np.array([h3.int_to_str(cell) for cell in weights.h3.tolist()], object)
    dates = [date(1970, 1, 1) + timedelta(days=int(d) + layout.first_day) for d in day]
    table = pa.table(
        {
            "fecha": pa.array([d.strftime("%Y%m%d") for d in dates], pa.string()),
            "periodo": pa.array([f"{h:02d}" for h in hour.tolist()], pa.string()),
            "origen": pa.array(names[origin], pa.string()),
            "destino": pa.array(names[destination], pa.string()),
            "distancia": pa.array(BANDS[band], pa.string()),
            "actividad_origen": pa.array(ACTIVITIES[ends // 4], pa.string()),
            "actividad_destino": pa.array(ACTIVITIES[ends % 4], pa.string()),
            "residencia": pa.array(layout.zones[zone], pa.string()),
            "viajes": sums.population.round(3),
            "viajes_km": km.population.round(3),
        }
    )
    return table.sort_by([(name, "ascending") for name in table.column_names[:8]])
