"""How many persons each user stands for: residents of cells beside the people of zones."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.footprints import centres, nearest_site

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Membership:
    """Which zones the people near each cell live in.

    Attributes
    ----------
    cell, zone : int64[m]; share : float64[m], sums to 1 for each cell that has any.
    population : float64[zones].
    """

    cell: Integers
    zone: Integers
    share: Floats
    population: Floats


def of_persons(rows: pa.Table, anchors: pa.Table) -> pa.Table:
    """Rows of users who stand for somebody: without machines, and those who are busier than a person can be.

    Parameters
    ----------
    rows : with a column user; anchors : columns user and weight, by user. Users without anchors stay.
    """
    nobody = anchors["user"].to_numpy()[anchors["weight"].to_numpy() == 0]
    if nobody.size == 0:
        return rows
    user = rows["user"].to_numpy()
    at = np.minimum(np.searchsorted(nobody, user), nobody.size - 1)
    return rows.filter(pa.array(nobody[at] != user))


def membership_of(cells: pa.Table, zones: pa.Table) -> Membership:
    """Share of each zone in the people who live nearest to a cell's site; the zone that holds it, where nobody does."""
    names, zone = np.unique(zones["zone"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    persons = np.asarray(zones["population"].to_numpy(), np.float64)
    lon, lat = (np.asarray(cells[c].to_numpy(), np.float64) for c in ("lon", "lat"))
    placed = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    sites, site = np.unique(np.column_stack([lon[placed], lat[placed]]), axis=0, return_inverse=True)
    nearest = nearest_site(*centres(zones["h3"].to_numpy()), sites[:, 0], sites[:, 1])
    key, at = np.unique(nearest * names.size + zone, return_inverse=True)
    near = np.bincount(at, persons, key.size)
    total = np.bincount(key // names.size, near, len(sites))
    of_site, of_zone = np.divmod(key[total[key // names.size] > 0], names.size)
    share = near[total[key // names.size] > 0] / total[of_site]
    first = np.searchsorted(of_site, site.ravel(), side="left")
    count = np.searchsorted(of_site, site.ravel(), side="right") - first
    rows = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    by_area = (np.repeat(placed, count), of_zone[rows], share[rows])
    bare = np.setdiff1d(np.arange(lon.size), by_area[0])
    inside = cells["zone"].fill_null("").to_numpy(zero_copy_only=False).astype(str)[bare]
    bare, inside = bare[np.isin(inside, names)], inside[np.isin(inside, names)]
    cell = np.concatenate([by_area[0], bare])
    return Membership(
        cell,
        np.concatenate([by_area[1], np.searchsorted(names, inside)]),
        np.concatenate([by_area[2], np.ones(bare.size)]),
        np.asarray(np.bincount(zone, persons, names.size), np.float64),
    )


def home_cell_weights(residents: Integers, membership: Membership | None) -> Floats:
    """Persons that a user with home at each cell stands for.

    Post-stratification by zone (Deville and Särndal 1992): the users near a zone, each counted by the
    share of its cell's people who live there, stand for the people of the zone. Users without a known home
    live in some zone too: they are shared over the zones as those with a home are. People of zones near
    which nobody lives are shared over all users. So all weights together are the population.

    Parameters
    ----------
    residents : int64[cells + 1], users of a window by home cell, the last without a known home.
    membership : zones of the cells; None where no zones are given.

    Returns
    -------
    float64[cells + 1]; a user without a home, or with one at a cell near no zone, stands for the mean. All
    are 1 when no zones are given.
    """
    if membership is None:
        return np.ones(residents.size)
    m = membership
    users = np.bincount(m.zone, residents[:-1][m.cell] * m.share, m.population.size)
    persons_each = np.divide(m.population, users, out=np.zeros_like(users), where=users > 0)
    weights = np.full(residents.size, np.nan)
    weights[m.cell] = 0.0
    np.add.at(weights, m.cell, m.share * persons_each[m.zone])
    known = np.isfinite(weights)  # not those without a home, the last
    represented = float((weights[known] * residents[known]).sum())
    if represented == 0:
        return np.ones(residents.size)
    mean = represented / residents[known].sum()
    everybody = represented + mean * float(residents[-1])
    scaled: Floats = np.where(known, weights, mean) * (m.population.sum() / everybody)
    return scaled
