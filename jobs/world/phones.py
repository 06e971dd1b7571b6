"""Subscribers' phones and the events they make, a day at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gamma

import numpy as np
from numpy.typing import NDArray

from jobs.world.calls import Society, Told, make_contacts, own_share, with_answers
from jobs.world.journeys import Journeys
from jobs.world.params import WorldParams
from jobs.world.people import People
from jobs.world.plane import Floats
from jobs.world.seeds import Topic, generator
from kernels.world.phones import Habits, Radio, Trips, count_events, fill_events
from kernels.world.rows import order_by_second

NUMBER_DIGITS = 9
"""Digits of a subscriber number after the prefix."""

_HOURLY = (3, 2, 1, 1, 1, 3, 8, 14, 20, 24, 26, 27, 26, 24, 23, 24, 26, 29, 33, 37, 39, 33, 19, 8)
"""Calls by hour of the day: assumed after plots of the D4D sets; nights still, highest at 19-21 h."""
_STEPS = 2880
_SECOND_SIM_USE = 0.3
_OFF_AT_S, _ON_AT_S = 23 * 3600, 6 * 3600


@dataclass(frozen=True)
class Phones:
    """Numbers of the operator: one for each subscriber, then second ones, then machines."""

    person: NDArray[np.int32]
    """Who uses it; for machines, who lives where it stands."""
    msisdn: NDArray[np.int64]
    """Subscriber number; raw, and in no order."""
    rate: Floats
    """Expected events a day."""
    machines: int
    """How many of the numbers, the last ones, are of machines."""

    @property
    def of_people(self) -> slice:
        """The numbers that people use."""
        return slice(0, self.person.size - self.machines)


@dataclass(frozen=True)
class DayEvents:
    """Events of one local day, in order of time."""

    day: int
    msisdn: NDArray[np.int64]
    second: NDArray[np.int32]
    """Local second of the day."""
    cell: NDArray[np.int32]
    """Index into the antennas."""
    told: Told | None = None
    """With whom, where the world has calls."""

    def rows(self, chosen: NDArray[np.int64]) -> "DayEvents":
        """Some of the events, in the order given."""
        told = None if self.told is None else self.told.rows(chosen)
        return DayEvents(self.day, self.msisdn[chosen], self.second[chosen], self.cell[chosen], told)


def hand_out_phones(params: WorldParams, people: People) -> Phones:
    """Give subscribers their number, some a second one, and machines theirs; each with a rate of events."""
    first = np.flatnonzero(people.subscriber).astype(np.int32)
    rate = _rates(params, first.size)
    has_two = generator(params.seed, Topic.SECOND_SIMS).random(first.size) < params.phones.second_sims
    second_rate = _SECOND_SIM_USE * rate[has_two]
    rate[has_two] *= 1 - _SECOND_SIM_USE
    rng = generator(params.seed, Topic.MACHINES)
    machines = rng.choice(people.size, round(params.phones.machines * first.size)).astype(np.int32)
    machine_rate = np.full(machines.size, params.phones.machine_events_per_day)
    person = np.concatenate([first, first[has_two], machines])
    number = generator(params.seed, Topic.NUMBERS).choice(10**NUMBER_DIGITS, person.size, replace=False)
    msisdn = int(params.msisdn_prefix) * 10**NUMBER_DIGITS + number.astype(np.int64)
    return Phones(person, msisdn, np.concatenate([rate, second_rate, machine_rate]), machines.size)


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
    params: WorldParams,
    people: People,
    journeys: Journeys,
    phones: Phones,
    radio: Radio,
    society: Society | None = None,
) -> Iterator[DayEvents]:
    """Make the events, one day after the other."""
    shape = params.phones.burst_shape
    rate = phones.rate if params.calls is None else phones.rate * own_share(params.calls)
    with np.errstate(divide="ignore"):
        scale = 1.0 / rate / gamma(1.0 + 1.0 / shape)
    trips, who = _with_machines(journeys.trips_of(people), phones)
    habits = Habits(who, _streams(phones, people.size), scale, 1.0 / shape, _profile_s())
    next_at, serial = _first_events(params, scale), np.zeros(phones.person.size, np.int64)
    streams = (params.seed, int(Topic.EVENTS))
    is_off_at_night = (
        generator(params.seed, Topic.SWITCHED_OFF).random(phones.person.size) < params.phones.night_off
    )
    for day in range(params.days):
        total = int(count_events(day, habits, next_at, serial, *streams).sum())
        row, second, cell = fill_events(day, habits, next_at, serial, trips, radio, *streams, total)
        off = generator(params.seed, Topic.SWITCHED_OFF, day + 1).random(phones.person.size)
        is_off = off < params.phones.day_off
        on = _is_on(row, second, is_off, is_off_at_night)
        row, second, cell, told = row[on], second[on], cell[on], None
        if society is not None:
            made = with_answers(society, day, row, second, cell, habits, trips, radio)
            on = _is_on(made.row, made.second, is_off, is_off_at_night)
            row, second, cell = made.row[on], made.second[on], made.cell[on]
            told = made.told.rows(np.flatnonzero(on))
        order = order_by_second(second)
        yield DayEvents(day, phones.msisdn[row], second, cell, told).rows(order)


def _is_on(
    row: NDArray[np.int32],
    second: NDArray[np.int32],
    is_off: NDArray[np.bool_],
    is_off_at_night: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Whether phones were on when they made a record."""
    is_night = (second < _ON_AT_S) | (second >= _OFF_AT_S)
    return ~is_off[row] & ~(is_off_at_night[row] & is_night)


def meet(params: WorldParams, people: People, journeys: Journeys, phones: Phones) -> Society | None:
    """Contacts of the numbers, where the world has calls."""
    if params.calls is None:
        return None
    trips, who = _with_machines(journeys.trips_of(people), phones)
    home_m = trips.x_m[who, 0].astype(np.float64), trips.y_m[who, 0].astype(np.float64)
    return make_contacts(params, params.calls, phones.msisdn, phones.rate, home_m, phones.machines)


def _streams(phones: Phones, people: int) -> NDArray[np.int64]:
    """Random stream of each number: that of the person for the first, of their own for all others."""
    numbers = phones.person.size
    first = np.zeros(numbers, bool)
    first[np.unique(phones.person[phones.of_people], return_index=True)[1]] = True
    return np.where(first, phones.person, people + np.arange(numbers)).astype(np.int64)


def _with_machines(trips: Trips, phones: Phones) -> tuple[Trips, NDArray[np.int32]]:
    """Machines as persons more, who stay at the home of the one in whose place they stand."""
    people = trips.first.size - 1
    host = phones.person[phones.person.size - phones.machines :]
    first = np.concatenate([trips.first, np.full(phones.machines, trips.first[-1])])
    x_m, y_m = (np.concatenate([axis, axis[host]]) for axis in (trips.x_m, trips.y_m))
    who = phones.person.copy()
    who[phones.person.size - phones.machines :] = people + np.arange(phones.machines)
    return Trips(first, trips.depart_s, trips.arrive_s, trips.origin, trips.destination, x_m, y_m), who


def _first_events(params: WorldParams, scale: Floats) -> Floats:
    """Operational time of each first event: the residual life of a renewal process long under way.

    The gap that holds the start is length-biased: its power `shape` is Gamma(1 + 1/shape) distributed.
    """
    rng = generator(params.seed, Topic.EVENTS)
    shape = params.phones.burst_shape
    biased = rng.standard_gamma(1.0 + 1.0 / shape, scale.size) ** (1.0 / shape)
    return scale * biased * rng.random(scale.size)
