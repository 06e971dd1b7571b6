"""Indicators of behaviour of each user, as bandicoot defines them.

de Montjoye, Rocher and Pentland, "bandicoot: a Python Toolbox for Mobile Phone Metadata", JMLR 17 (2016).
Places are those of half hours: the most frequent place of each half hour with a record, the one seen
first on a tie. Night is 19:00 to 07:00. Entropies are in nats, distances great circles in km.
"""

import math

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

_DAY_S, _BIN_S = 86_400, 1_800
_NIGHT_FROM_S, _NIGHT_TO_S = 19 * 3_600, 7 * 3_600
_SHARE = 0.8
_EARTH_KM = 6_371.0

MOBILITY = (
    "active_days",
    "number_of_records",
    "percent_nocturnal",
    "interevent_time_mean_s",
    "number_of_places",
    "entropy_of_places",
    "percent_at_home",
    "radius_of_gyration_km",
    "frequent_places",
)
SOCIAL = (
    "number_of_interactions",
    "number_of_interactions_in",
    "number_of_interactions_out",
    "number_of_contacts",
    "percent_nocturnal",
    "percent_initiated",
    "entropy_of_contacts",
    "balance_of_contacts_mean",
    "interactions_per_contact_mean",
    "interevent_time_mean_s",
    "percent_pareto_interactions",
    "duration_mean_s",
    "percent_pareto_durations",
)


@kernel
def _is_night(local_s: int) -> bool:
    of_day = local_s % _DAY_S
    return of_day >= _NIGHT_FROM_S or of_day < _NIGHT_TO_S


@kernel
def _tally(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct values in order, and how often each occurs."""
    ordered = np.sort(values)
    distinct = np.empty(ordered.size, np.int64)
    counts = np.zeros(ordered.size, np.int64)
    found = -1
    for i in range(ordered.size):
        if i == 0 or ordered[i] != ordered[i - 1]:
            found += 1
            distinct[found] = ordered[i]
        counts[found] += 1
    return distinct[: found + 1], counts[: found + 1]


@kernel
def _entropy(counts: NDArray[np.int64]) -> float:
    total = counts.sum()
    entropy = 0.0
    for count in counts:
        if count > 0:
            share = count / total
            entropy -= share * math.log(share)
    return entropy


@kernel
def _most_needed(counts: NDArray[np.int64]) -> int:
    """How many of the largest counts make up 80 % of their sum."""
    target = math.ceil(counts.sum() * _SHARE)
    ordered = np.sort(counts)
    taken = 0
    while target > 0 and taken < ordered.size:
        taken += 1
        target -= ordered[ordered.size - taken]
    return taken


@kernel
def _mean_gap(local_s: NDArray[np.int64]) -> float:
    return (local_s[-1] - local_s[0]) / (local_s.size - 1) if local_s.size > 1 else math.nan


@kernel
def half_hour_places(
    local_s: NDArray[np.int64], place: NDArray[np.int64], only_night: bool
) -> NDArray[np.int64]:
    """Place of each half hour with a record, in order; of the night alone if asked for."""
    found = np.empty(place.size, np.int64)
    n = 0
    first = 0
    while first < place.size:
        last = first + 1
        while last < place.size and local_s[last] // _BIN_S == local_s[first] // _BIN_S:
            last += 1
        if not only_night or _is_night(local_s[first]):
            best, most = place[first], 0
            for i in range(first, last):
                count = 0
                for j in range(first, last):
                    count += place[j] == place[i]
                if count > most:
                    best, most = place[i], count
            found[n] = best
            n += 1
        first = last
    return found[:n]


@kernel
def _great_circle_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (b - a) / 2, math.radians(lon2 - lon1) / 2
    h = math.sin(half_lat) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


@kernel
def _radius_of_gyration(
    places: NDArray[np.int64], counts: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> float:
    x = y = total = 0.0
    for i in range(places.size):
        p, count = places[i], counts[i]
        if not math.isnan(lon[p]):
            x, y, total = x + lon[p] * count, y + lat[p] * count, total + count
    if total == 0:
        return math.nan
    x, y = x / total, y / total
    spread = 0.0
    for i in range(places.size):
        p, count = places[i], counts[i]
        if not math.isnan(lon[p]):
            spread += count / total * _great_circle_km(x, y, lon[p], lat[p]) ** 2
    return math.sqrt(spread)


@kernel
def mobility_indicators(
    start: NDArray[np.int64],
    local_s: NDArray[np.int64],
    place: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Indicators that need only when and where.

    Parameters
    ----------
    start : int64[users + 1], where the records of each user start; each has one at least.
    local_s, place : int64[records], clock readings (seconds since 1970), ascending for a user; index into
        `lon` and `lat`.
    lon, lat : float64[places], degrees; NaN where unknown.

    Returns
    -------
    float64[users, 9], in the order of `MOBILITY`; NaN where an indicator is not defined.
    """
    out = np.full((start.size - 1, 9), np.nan)
    for u in range(start.size - 1):
        time, where = local_s[start[u] : start[u + 1]], place[start[u] : start[u + 1]]
        days = nights = 0
        for i in range(time.size):
            days += i == 0 or time[i] // _DAY_S != time[i - 1] // _DAY_S
            nights += _is_night(time[i])
        binned = half_hour_places(time, where, False)
        places, counts = _tally(binned)
        out[u, 0], out[u, 1], out[u, 2] = days, time.size, nights / time.size
        out[u, 3], out[u, 4], out[u, 5] = _mean_gap(time), places.size, _entropy(counts)
        at_night = half_hour_places(time, where, True)
        if at_night.size:
            homes, nights_at = _tally(at_night)
            home = homes[np.argmax(nights_at)]
            out[u, 6] = np.sum(binned == home) / binned.size
        out[u, 7] = _radius_of_gyration(places, counts, lon, lat)
        out[u, 8] = _most_needed(counts)
    return out


@kernel
def social_indicators(
    start: NDArray[np.int64],
    local_s: NDArray[np.int64],
    contact: NDArray[np.int64],
    is_out: NDArray[np.bool_],
    duration_s: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Indicators that need to know with whom, of one kind of interaction.

    Parameters
    ----------
    start : int64[users + 1], where the interactions of each user start; a user may have none.
    contact : int64[n], a number for each other party.

    Returns
    -------
    float64[users, 13], in the order of `SOCIAL`; NaN where an indicator is not defined.
    """
    out = np.full((start.size - 1, 13), np.nan)
    for u in range(start.size - 1):
        a, b = start[u], start[u + 1]
        n = b - a
        went_out, nights = 0, 0
        for i in range(a, b):
            went_out += is_out[i]
            nights += _is_night(local_s[i])
        out[u, 0], out[u, 1], out[u, 2], out[u, 3] = n, n - went_out, went_out, 0
        if n == 0:
            continue
        contacts, counts = _tally(contact[a:b])
        minutes = np.zeros(contacts.size, np.int64)
        for i in range(a, b):
            minutes[np.searchsorted(contacts, contact[i])] += duration_s[i]
        out[u, 3], out[u, 4], out[u, 5] = contacts.size, nights / n, went_out / n
        out[u, 6], out[u, 7], out[u, 8] = _entropy(counts), went_out / n / contacts.size, n / contacts.size
        out[u, 9], out[u, 10] = _mean_gap(local_s[a:b]), _most_needed(counts) / n
        out[u, 11], out[u, 12] = duration_s[a:b].sum() / n, _most_needed(minutes) / n
    return out
