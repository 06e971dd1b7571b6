"""How many persons each user stands for: residents of cells beside the people of zones."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.ground.footprints import centres, nearest_site
from kernels.raking import raked
from kernels.ranks import ranks_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_ROUNDS = 1_000
_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Membership:
    """Which zones the people near each cell live in.

    Attributes
    ----------
    cell, zone : int64[m]; share : float64[m], sums to 1 for each cell that has any.
    population : float64[zones]; names : of the zones, ascending.
    market_share : float64[zones], share of each zone's people who are subscribers, NaN where it is not known; None
        where it is known of none.
    """

    cell: Integers
    zone: Integers
    share: Floats
    population: Floats
    names: NDArray[np.str_] | None = None
    market_share: Floats | None = None

    @property
    def subscribers(self) -> Floats | None:
        """Subscribers of each zone; the mean market share where it is not known. None without any."""
        if self.market_share is None or not np.isfinite(self.market_share).any():
            return None
        known = np.isfinite(self.market_share)
        people = self.population[known]
        mean = (people @ self.market_share[known]) / max(float(people.sum()), 1e-300)
        return np.asarray(self.population * np.where(known, self.market_share, mean), np.float64)


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
    at = np.minimum(ranks_of(nobody, user), nobody.size - 1)
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
        names,
        _market_shares(zones, zone, names.size),
    )


def _market_shares(zones: pa.Table, zone: Integers, count: int) -> Floats | None:
    """Market share of each zone, NaN where it is not known; None without the column."""
    if "market_share" not in zones.column_names:
        return None
    share = np.full(count, np.nan)
    share[zone] = zones["market_share"].to_numpy()
    return share


def home_cell_weights(residents: Integers, membership: Membership | None) -> Floats:
    """Persons that a user with home at each cell stands for.

    Post-stratification by zone (Deville and Särndal 1992): the users near a zone, each counted by the
    share of its cell's people who live there, stand for the people of the zone. Users without a known home
    live in some zone too: they are shared over the zones as those with a home are. People of zones near
    which nobody lives are shared over all users. So all weights together are the population.

    Where the market share of zones is known, users are shared over the zones near their cell so that each zone has
    its part of them (raking, Deming and Stephan 1940), and each stands for one over the market share.

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
    share = _raked_shares(residents, m)
    users = np.bincount(m.zone, residents[:-1][m.cell] * share, m.population.size)
    persons_each = np.divide(m.population, users, out=np.zeros_like(users), where=users > 0)
    weights = np.full(residents.size, np.nan)
    weights[m.cell] = 0.0
    np.add.at(weights, m.cell, share * persons_each[m.zone])
    known = np.isfinite(weights)  # not those without a home, the last
    represented = float((weights[known] * residents[known]).sum())
    if represented == 0:
        return np.ones(residents.size)
    mean = represented / residents[known].sum()
    everybody = represented + mean * float(residents[-1])
    scaled: Floats = np.where(known, weights, mean) * (m.population.sum() / everybody)
    return scaled


def _raked_shares(residents: Integers, m: Membership) -> Floats:
    """Share of each zone in the users of a cell: that in its people, raked to the subscribers where these are known."""
    subscribers = m.subscribers
    if subscribers is None:
        return m.share
    users = residents[:-1].astype(np.float64)
    seed = users[m.cell] * m.share
    near = np.bincount(m.zone, seed, subscribers.size) > 0
    wanted = np.where(near, subscribers, 0.0)
    wanted *= seed.sum() / max(float(wanted.sum()), 1e-300)
    living = np.asarray(np.bincount(m.cell, seed, users.size), np.float64)
    table, _ = raked(m.cell, m.zone, seed, living, wanted, _ROUNDS, _TOLERANCE)
    return np.divide(table, users[m.cell], out=m.share.copy(), where=users[m.cell] > 0)
