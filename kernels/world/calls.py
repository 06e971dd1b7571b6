"""What records of a simulated phone are of: calls and texts with contacts, data sessions."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import normal, stream, uniform
from kernels.world.phones import DAY_S, Habits, Radio, Trips, position, serve

CALL, TEXT, DATA = 0, 1, 2
OUT, IN = 0, 1
_NOBODY = -1
_LATE_S = 4
"""The other party's record is up to so many seconds later, less one."""
_PER_EVENT = 8
"""Random numbers of an event."""


class Contacts(NamedTuple):
    """Whom each number is in touch with."""

    start: NDArray[np.int64]
    contact: NDArray[np.int32]
    degree: NDArray[np.int32]
    """See `kernels.world.contacts.draw_contacts`."""
    foreign: NDArray[np.int64]
    """Numbers of other operators."""
    favour: NDArray[np.float64]
    """Cumulative weight of the first, second, ... contact of a list."""


class CallHabits(NamedTuple):
    """How records divide into calls, texts and data."""

    texts: float
    data: float
    off_net: float
    """Share of calls and texts that are with another operator's numbers."""
    log_mean: float
    """Of call durations in seconds, lognormal."""
    log_sigma: float
    machines_from: int
    """Numbers from here on are of machines, which make data sessions alone."""


@kernel
def _favourite(favour: NDArray[np.float64], count: int, luck: float) -> int:
    """Place in a list of contacts: the first is called most, the next half as often, then a third."""
    return int(min(np.searchsorted(favour[:count], luck * favour[count - 1]), count - 1))


@kernel
def tell_events(
    row: NDArray[np.int32],
    second: NDArray[np.int32],
    day: int,
    contacts: Contacts,
    habits: CallHabits,
    seed: int,
    topic: int,
) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """Say of each event what it is and with whom.

    Parameters
    ----------
    row : int32[n], number that makes the event; second : of the day.

    Returns
    -------
    kind, direction (-1 for data) : int8[n]; other : int32[n], index of a number of this operator, or -1;
    foreign : int64[n], number of another operator, or -1; duration_s : int32[n], -1 for a text.
    """
    n = row.size
    kind, direction = np.empty(n, np.int8), np.empty(n, np.int8)
    other, foreign, duration_s = np.empty(n, np.int32), np.empty(n, np.int64), np.empty(n, np.int32)
    for e in range(n):
        i = row[e]
        key = stream(seed, topic, int(i))
        draw = (np.int64(day) * DAY_S + second[e]) * _PER_EVENT
        luck = uniform(key, draw)
        kind[e] = DATA if i >= habits.machines_from or luck < habits.data else CALL
        if kind[e] == CALL and luck < habits.data + habits.texts:
            kind[e] = TEXT
        other[e], foreign[e], direction[e], duration_s[e] = _NOBODY, _NOBODY, _NOBODY, _NOBODY
        if kind[e] != TEXT:
            duration_s[e] = 1 + int(np.exp(habits.log_mean + habits.log_sigma * normal(key, draw // 2 + 1)))
        if kind[e] == DATA:
            continue
        direction[e] = OUT
        count = min(contacts.degree[i], contacts.favour.size)
        if count == 0 or uniform(key, draw + 4) < habits.off_net:
            rank = _favourite(contacts.favour, max(count, 3), uniform(key, draw + 5))
            known = uniform(stream(seed, topic + 1, int(i)), rank)
            foreign[e] = contacts.foreign[int(known * contacts.foreign.size)]
            direction[e] = OUT if uniform(key, draw + 6) < 0.5 else IN
        else:
            other[e] = contacts.contact[
                contacts.start[i] + _favourite(contacts.favour, count, uniform(key, draw + 5))
            ]
    return kind, direction, other, foreign, duration_s


@kernel
def answer_places(
    row: NDArray[np.int32],
    second: NDArray[np.int32],
    day: int,
    habits: Habits,
    trips: Trips,
    radio: Radio,
    seed: int,
    topic: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Second and cell of the records of those who are called.

    Parameters
    ----------
    row : int32[n], numbers that are called; second : int32[n], when the other party's record begins.

    Returns
    -------
    second, cell : int32[n].
    """
    when, cell = np.empty(row.size, np.int32), np.empty(row.size, np.int32)
    for e in range(row.size):
        person = habits.subscriber[row[e]]
        key = stream(seed, topic, habits.stream[row[e]])
        draw = (np.int64(day) * DAY_S + second[e]) * _PER_EVENT
        when[e] = min(second[e] + int(_LATE_S * uniform(key, draw)), DAY_S - 1)
        now_s = day * DAY_S + when[e]
        begin, end = trips.first[person], trips.first[person + 1]
        trip = begin - 1 + np.searchsorted(trips.depart_s[begin:end], now_s, side="right")
        x, y = position(now_s, person, trip, trips)
        cell[e] = serve(x, y, uniform(key, draw + 1), uniform(key, draw + 2), radio)
    return when, cell
