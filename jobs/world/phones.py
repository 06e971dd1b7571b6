"""Subscribers' phones and the events they make, a day at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gamma

import numpy as np
from numpy.typing import NDArray

from jobs.world.journeys import Journeys
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.plane import Floats
from jobs.world.seeds import Topic, generator
from kernels.world_phones import Habits, Radio, count_events, fill_events
from kernels.world_rows import order_by_second

NUMBER_DIGITS = 9
"""Digits of a subscriber number after the prefix."""

_HOURLY = (3, 2, 1, 1, 1, 3, 8, 14, 20, 24, 26, 27, 26, 24, 23, 24, 26, 29, 33, 37, 39, 33, 19, 8)
"""Calls by hour of the day: assumed after plots of the D4D sets; nights still, highest at 19-21 h."""
_STEPS = 2880


@dataclass(frozen=True)
class Phones:
    """Subscribers, by person."""

    person: NDArray[np.int32]
    msisdn: NDArray[np.int64]
    """Subscriber number; raw, and in no order."""
    rate: Floats
    """Expected events a day."""


@dataclass(frozen=True)
class DayEvents:
    """Events of one local day, in order of time."""

    day: int
    msisdn: NDArray[np.int64]
    second: NDArray[np.int32]
    """Local second of the day."""
    cell: NDArray[np.int32]
    """Index into the antennas."""


def hand_out_phones(params: WorldParams, people: People) -> Phones:
    """Give subscribers their number and their personal rate of events."""
    person = np.flatnonzero(people.subscriber).astype(np.int32)
    rng = generator(params.seed, Topic.NUMBERS)
    number = rng.choice(10**NUMBER_DIGITS, person.size, replace=False)
    msisdn = int(params.msisdn_prefix) * 10**NUMBER_DIGITS + number.astype(np.int64)
    return Phones(person, msisdn, _rates(params, person.size))


def _rates(params: WorldParams, count: int) -> Floats:
    """Lognormal rates with the wanted mean; some subscribers are silent."""
    rng = generator(params.seed, Topic.RATES)
    phones = params.phones
    rate = rng.lognormal(-0.5 * phones.rate_sigma**2, phones.rate_sigma, count)
    rate[rng.random(count) < phones.silent_share] = 0.0
    scaled: Floats = rate * (phones.events_per_day / max(float(rate.mean()), 1e-12))
    return scaled


def _profile_s() -> Floats:
    """Inverse of the cumulative daily profile: second of the day at equal shares of activity."""
    minute = np.arange(1440)
    activity = np.interp(minute, 60 * np.arange(24) + 30, _HOURLY, period=1440)
    cumulative = np.concatenate(([0.0], np.cumsum(activity))) / activity.sum()
    second: Floats = np.interp(np.linspace(0.0, 1.0, _STEPS + 1), cumulative, 60.0 * np.arange(1441))
    return second


def daily_events(
    params: WorldParams, people: People, journeys: Journeys, phones: Phones, radio: Radio
) -> Iterator[DayEvents]:
    """Make the events, one day after the other."""
    shape = params.phones.burst_shape
    with np.errstate(divide="ignore"):
        scale = 1.0 / phones.rate / gamma(1.0 + 1.0 / shape)
    habits = Habits(phones.person, scale, 1.0 / shape, _profile_s())
    trips = journeys.trips_of(people)
    next_at, serial = _first_events(params, scale), np.zeros(phones.person.size, np.int64)
    streams = (params.seed, int(Topic.EVENTS))
    for day in range(params.days):
        total = int(count_events(day, habits, next_at, serial, *streams).sum())
        row, second, cell = fill_events(day, habits, next_at, serial, trips, radio, *streams, total)
        order = order_by_second(second)
        yield DayEvents(day, phones.msisdn[row[order]], second[order], cell[order])


def _first_events(params: WorldParams, scale: Floats) -> Floats:
    """Operational time of each first event: the residual life of a renewal process long under way.

    The gap that holds the start is length-biased: its power `shape` is Gamma(1 + 1/shape) distributed.
    """
    rng = generator(params.seed, Topic.EVENTS)
    shape = params.phones.burst_shape
    biased = rng.standard_gamma(1.0 + 1.0 / shape, scale.size) ** (1.0 / shape)
    return scale * biased * rng.random(scale.size)
