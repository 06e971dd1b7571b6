"""Rhythms: how the presence in each H3 cell goes up and down over the day, and which cells keep time with which.

Presence counts who was seen, and people are seen when they call. So a cell's profile is made of its share of all
persons seen in the city in the same hour: a city in which nobody moves has flat profiles, however people call. An
hour without a figure is unknown, because nobody was seen or because too few were: it is never taken for zero.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, DAY_TYPES, HOUR_S, CalendarParams
from jobs.engine.columns import epoch_seconds
from jobs.mobility import tables
from jobs.mobility.params import RhythmParams

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

HOURS = 24


@dataclass(frozen=True, eq=False)
class Profiles:
    """Hour profiles of the H3 cells.

    Attributes
    ----------
    h3 : int64[n], ascending.
    persons, share : float64[day types, n, 24], mean persons seen, and mean share of all seen, in each local hour;
        NaN where unknown.
    known, days : int64[day types, n, 24], days with a figure; int64[day types], days of the type.
    """

    h3: Integers
    persons: Floats
    share: Floats
    known: Integers
    days: Integers

    def shapes(self, day_type: int, least_hours: int) -> Floats:
        """float64[n, 24], shares that sum to 1 over the known hours; all NaN where these are too few."""
        share = self.share[day_type]
        enough = np.isfinite(share).sum(axis=1) >= least_hours
        total = np.nansum(share, axis=1)
        usable = enough & (total > 0)
        return np.where(usable[:, None], share / np.where(total > 0, total, 1)[:, None], np.nan)


def profiles_of(presence: pa.Table, calendar: CalendarParams, params: RhythmParams) -> Profiles:
    """Profiles of a `presence` table, by local hour and day type."""
    cells, at = np.unique(presence["h3"].to_numpy(), return_inverse=True)
    utc = epoch_seconds(presence["hour"])
    local = calendar.clock.to_local(utc)
    persons = np.asarray(presence["population"].to_numpy(), np.float64)
    hours, which = np.unique(utc, return_inverse=True)
    seen = np.bincount(which, persons, hours.size)[which]
    share = np.divide(persons, seen, out=np.zeros_like(persons), where=seen > 0)
    kind = calendar.day_type_of_day(local // DAY_S)
    slot = (kind * cells.size + at) * HOURS + local % DAY_S // HOUR_S
    shape = (len(DAY_TYPES), cells.size, HOURS)
    size = int(np.prod(shape))
    known = np.bincount(slot, minlength=size).reshape(shape)
    days = np.zeros(len(DAY_TYPES), np.int64)
    if local.size:
        days = calendar.days_of_types(int(local.min()) // DAY_S, int(local.max()) // DAY_S)
    enough = (known > 0) & (known >= params.least_days_known * days[:, None, None])
    mean_persons, mean_share = (
        np.where(enough, np.bincount(slot, figure, size).reshape(shape) / np.maximum(known, 1), np.nan)
        for figure in (persons, share)
    )
    return Profiles(cells, mean_persons, mean_share, known.astype(np.int64), days)


def rhythms_table(profiles: Profiles) -> pa.Table:
    """Rows of the `rhythms` table: every hour of every cell, with nulls where it is unknown."""
    days, cells = len(DAY_TYPES), profiles.h3.size
    kept = np.repeat(profiles.days > 0, cells * HOURS)
    rows = {
        "h3": np.tile(np.repeat(profiles.h3, HOURS), days),
        "day_type": np.repeat(np.array(DAY_TYPES, object), cells * HOURS),
        "hour": np.tile(np.arange(HOURS, dtype=np.int8), days * cells),
        "days_known": profiles.known.ravel().astype(np.int32),
        "days": np.repeat(profiles.days, cells * HOURS).astype(np.int32),
        "persons": pa.array(profiles.persons.ravel(), from_pandas=True),
        "share": pa.array(profiles.share.ravel(), from_pandas=True),
    }
    return tables.conformed(tables.RHYTHMS, pa.table(rows).filter(pa.array(kept)))


def rhythm_cells_table(profiles: Profiles, params: RhythmParams) -> pa.Table:
    """Rows of the `rhythm_cells` table: entropy, peak and phase of each cell."""
    parts = []
    for number, day_type in enumerate(DAY_TYPES):
        if profiles.days[number] == 0:
            continue
        shape = profiles.shapes(number, params.least_hours)
        phase, strength = phases(shape)
        known = np.isfinite(profiles.share[number]).sum(axis=1)
        peak = np.argmax(np.nan_to_num(shape, nan=-1.0), axis=1)
        rows = {
            "h3": profiles.h3,
            "day_type": [day_type] * profiles.h3.size,
            "hours_known": known.astype(np.int32),
            "entropy": pa.array(entropies(shape), from_pandas=True),
            "peak_hour": pa.array(peak.astype(np.int32), mask=~np.isfinite(shape).any(axis=1)),
            "phase_h": pa.array(phase, from_pandas=True),
            "strength": pa.array(strength, from_pandas=True),
        }
        parts.append(pa.table(rows))
    empty = tables.RHYTHM_CELLS.schema.empty_table()
    return tables.conformed(
        tables.RHYTHM_CELLS, pa.concat_tables([empty, *(p.cast(empty.schema) for p in parts)])
    )


def entropies(shape: Floats) -> Floats:
    """Entropy of each profile over that of a flat one on the same hours (Shannon 1948); NaN without a profile.

    1: as many of the city's people at every hour; 0: all at one hour.
    """
    known = np.isfinite(shape).sum(axis=1)
    usable = known > 1
    entropy = -_plogp(shape).sum(axis=1)
    return np.where(usable, entropy / np.log2(np.maximum(known, 2)), np.nan)


def phases(shape: Floats) -> tuple[Floats, Floats]:
    """Mean direction of each profile on the clock, hours from midnight, and its length, 0 to 1.

    Mardia and Jupp 2000, Directional Statistics, section 2.2: the first trigonometric moment. Unknown hours are
    left out, of the flat profile that is taken off too, so that they pull in no direction.
    """
    angle = 2 * np.pi * (np.arange(HOURS) + 0.5) / HOURS
    known = np.isfinite(shape)
    flat = known / np.maximum(known.sum(axis=1), 1)[:, None]
    moment = (np.nan_to_num(shape) - flat) @ np.exp(1j * angle)
    hour = np.angle(moment) % (2 * np.pi) * HOURS / (2 * np.pi)
    some = known.any(axis=1)
    return np.where(some, hour, np.nan), np.where(some, np.abs(moment), np.nan)


def divergence(a: Floats, b: Floats) -> float:
    """Jensen-Shannon divergence of two profiles on the hours that both know, bits, 0 to 1 (Lin 1991); NaN without."""
    both = np.isfinite(a) & np.isfinite(b)
    if not both.any():
        return float("nan")
    pair = np.stack([a[both] / a[both].sum(), b[both] / b[both].sum()])
    return general_divergence(pair, np.array([0.5, 0.5]))


def general_divergence(shape: Floats, weight: Floats) -> float:
    """Jensen-Shannon divergence of many weighted profiles, bits (Lin 1991, equation 5.1).

    Entropy of the mean profile less the mean of the entropies: what the hour tells of the place. 0 where all
    keep the same time.

    Parameters
    ----------
    shape : float64[n, 24], each summing to 1; weight : float64[n], summing to 1.
    """
    mixed = -_plogp(weight @ shape).sum()
    return float(max(0.0, mixed - weight @ -_plogp(shape).sum(axis=1)))


def lag(a: Floats, b: Floats) -> tuple[int, float, float]:
    """Hours by which profile b runs behind a, by the largest circular cross-correlation; it, and that without lag.

    From -11 to 12; the shorter lag, then the positive one, on a tie. NaN correlations where either is flat or has an
    unknown hour.
    """
    first, second = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((first**2).sum() * (second**2).sum()))
    if not norm > 0:
        return 0, float("nan"), float("nan")
    lags = sorted(range(-11, 13), key=lambda hours: (abs(hours), -hours))
    found = np.array([first @ np.roll(second, -hours) for hours in lags]) / norm
    best = int(np.flatnonzero(found >= found.max() - 1e-12)[0])
    return lags[best], float(found[best]), float(found[0])


def _plogp(p: Floats) -> Floats:
    p = np.nan_to_num(p)
    return np.asarray(p * np.log2(np.where(p > 0, p, 1.0)), np.float64)
