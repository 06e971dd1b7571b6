"""Trips too short for phone records to tell, modelled from the longer ones.

Who goes a kilometre or two often stays with one antenna, or with two that a phone at rest uses too: the OD matrix holds
few such trips, and a line that serves them looks emptier than it is. Longer trips are seen well, and tell how the flow
falls with distance: a doubly constrained gravity model with exponential decay (Wilson 1971, Environment and Planning 3,
1-32) is fitted to them, so that trips from and to each cell and their mean length are those of the matrix. What it has
more of shorter trips is added. Where the matrix holds as many, as one from a survey does, nothing is added.
"""

import h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.transit.od_rows import with_rows

_FARTHEST_KM = 12.0
"""Longer trips are few, and go to other places than these."""
_BAND_KM = 0.5
_LEAST_PAIRS = 30
_LEAST_TRIPS = 0.3
"""A day and pair of cells."""
_DECAYS_PER_KM = (0.01, 3.0)
_HALVINGS, _BALANCES = 20, 12
_KM_PER_DEGREE = 111.195
_TINY = 1e-300


def with_short_trips(od: pa.Table, day_type: str, below_km: float) -> pa.Table:
    """An OD matrix with short trips between different cells that the longer ones of a day type make likely.

    Parameters
    ----------
    od : ``origin, destination, day_type, slot, users, trips, population_trips``, H3 cells.
    below_km : the model is fitted to trips of this length, as the crow flies, to 12 km, and adds shorter ones;
        0: none.

    Returns
    -------
    The rows of `od`, then those added, with 0 as `users` and observed `trips`; other columns are null. With fewer
    than thirty pairs of cells in the range of the fit none are added.
    """
    rows = od.filter(pc.equal(od["day_type"], day_type))
    if not below_km or not rows.num_rows:
        return od
    ends = np.concatenate([rows["origin"].to_numpy(), rows["destination"].to_numpy()])
    cells, at = np.unique(ends, return_inverse=True)
    trips = rows["population_trips"].to_numpy()
    a, b, km = _pairs(cells)
    observed = np.zeros(a.size)
    pair = at[: trips.size] * cells.size + at[trips.size :]
    known = a * cells.size + b
    place = np.minimum(np.searchsorted(known, pair), max(known.size - 1, 0))
    is_near = known[place] == pair if known.size else np.zeros(pair.size, bool)
    np.add.at(observed, place[is_near], trips[is_near])
    is_fitted = km >= below_km
    if (observed[is_fitted] > 0).sum() < _LEAST_PAIRS:
        return od
    model = _gravity(a, b, km, observed, is_fitted, cells.size)
    missing = np.where(is_fitted, 0.0, _missing(km, observed, model))
    kept = np.flatnonzero(missing >= _LEAST_TRIPS)
    in_range = (km[place] < 2.0 * below_km) & is_near
    like = rows.filter(pa.array(in_range))
    return _spread_over_slots(od, day_type, cells[a[kept]], cells[b[kept]], missing[kept], like)


def _pairs(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of different cells up to 12 km apart, sorted, and their distance in km."""
    latlng = np.array([h3.cell_to_latlng(h3.int_to_str(int(cell))) for cell in cells])
    xy = latlng[:, ::-1] * [np.cos(np.radians(latlng[:, 0].mean())), 1.0] * _KM_PER_DEGREE
    found = []
    for i, place in enumerate(xy):
        km = np.hypot(*(xy - place).T)
        near = np.flatnonzero((km <= _FARTHEST_KM) & (np.arange(km.size) != i))
        found.append((np.full(near.size, i), near, km[near]))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))  # type: ignore[return-value]


def _gravity(
    a: np.ndarray, b: np.ndarray, km: np.ndarray, observed: np.ndarray, is_fitted: np.ndarray, n_cells: int
) -> np.ndarray:
    """Trips of each pair by the model: origin factor x destination factor x exp(-decay x distance)."""
    pairs = a[is_fitted], b[is_fitted]
    trips, away = observed[is_fitted], km[is_fitted]
    begun, ended = (np.bincount(end, trips, n_cells) for end in pairs)
    mean_km = float(trips @ away) / float(trips.sum())
    low, high = _DECAYS_PER_KM
    out, into = np.ones(n_cells), np.ones(n_cells)
    for _ in range(_HALVINGS):
        decay = (low + high) / 2.0
        fall = np.exp(-decay * away)
        for _ in range(_BALANCES):
            out = begun / np.maximum(np.bincount(pairs[0], fall * into[pairs[1]], n_cells), _TINY)
            into = ended / np.maximum(np.bincount(pairs[1], fall * out[pairs[0]], n_cells), _TINY)
        found = out[pairs[0]] * fall * into[pairs[1]]
        is_long = float(found @ away) > mean_km * float(found.sum())
        low, high = (decay, high) if is_long else (low, decay)
    return np.asarray(out[a] * np.exp(-decay * km) * into[b])


def _missing(km: np.ndarray, observed: np.ndarray, model: np.ndarray) -> np.ndarray:
    """What the model has more, band of distance by band, in proportion to its trips."""
    band = np.ceil(km / _BAND_KM).astype(np.int64)
    seen, expected = np.bincount(band, observed), np.bincount(band, model)
    share = np.clip(1.0 - seen / np.maximum(expected, _TINY), 0.0, 1.0)
    return np.asarray(model * share[band])


def _spread_over_slots(
    od: pa.Table,
    day_type: str,
    origin: np.ndarray,
    destination: np.ndarray,
    trips: np.ndarray,
    like: pa.Table,
) -> pa.Table:
    """The matrix and trips below its own rows, in its slots as the trips of `like` are."""
    slots = pc.unique(like["slot"]).to_pylist()
    by_slot = [
        pc.sum(like.filter(pc.equal(like["slot"], slot))["population_trips"]).as_py() for slot in slots
    ]
    n, shares = trips.size, np.array(by_slot) / sum(by_slot)
    columns = {
        "origin": np.tile(origin, len(slots)),
        "destination": np.tile(destination, len(slots)),
        "day_type": np.full(n * len(slots), day_type, object),
        "slot": np.repeat(np.array(slots, object), n),
        "users": np.zeros(n * len(slots), np.int32),
        "trips": np.zeros(n * len(slots)),
        "population_trips": (shares[:, None] * trips).ravel(),
    }
    return with_rows(od, columns)
