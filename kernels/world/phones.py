"""When phones make records, and through which cell: a day of many subscribers at a time.

Inter-event times are Weibull, heavy-tailed for shapes below 1 (Jiang et al., PNAS 2013, find this for most
subscribers), in an operational time that runs fast when people call much: the daily profile. Between two
days a subscriber's state is two numbers, so memory is bounded by a day and pieces of people don't matter.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.counter_random import stream, uniform
from kernels.world.radio import CANDIDATES

DAY_S = 86400
_SETTLE_S = 20
_SETTLE_NUMBERS = 1 << 40  # part of the stream that the gaps never reach


class Habits(NamedTuple):
    """How often and when subscribers make records."""

    subscriber: NDArray[np.int32]
    """Person index of each subscriber."""
    stream: NDArray[np.int64]
    """Number of the random stream of each subscriber: two phones of a person have two."""
    scale: NDArray[np.float64]
    """Weibull scale in days of operational time; inf for a silent phone."""
    inverse_shape: float
    """1 / Weibull shape."""
    profile_s: NDArray[np.float64]
    """See `clock_s`."""


class Trips(NamedTuple):
    """Everybody's trips, by person and departure, between anchors."""

    first: NDArray[np.int64]
    """Trips of person p are first[p] .. first[p + 1] - 1."""
    depart_s: NDArray[np.int32]
    """Seconds since the first local midnight."""
    arrive_s: NDArray[np.int32]
    origin: NDArray[np.int8]
    destination: NDArray[np.int8]
    x_m: NDArray[np.float32]
    """Anchors (persons, anchors), metres."""
    y_m: NDArray[np.float32]


class Radio(NamedTuple):
    """Which cells serve each point of a raster, see `kernels.world.radio.serving_cells`."""

    west_m: float
    south_m: float
    step_m: float
    columns: int
    rows: int
    cells: NDArray[np.int32]
    cumulative: NDArray[np.float32]
    ping_pong: float
    """Probability that a neighbour which overlaps takes an event over."""


@kernel
def clock_s(share: float, profile_s: NDArray[np.float64]) -> int:
    """Second of the day at which `share` of the day's activity is past (0 <= share < 1).

    `profile_s` tabulates the inverse at equal steps of share, both ends included.
    """
    position = share * (profile_s.size - 1)
    step = int(position)
    second = profile_s[step] + (position - step) * (profile_s[step + 1] - profile_s[step])
    return min(int(second), DAY_S - 1)


@kernel
def _gap(key: np.uint64, serial: int, scale: float, inverse_shape: float) -> float:
    """Weibull inter-event time in days of operational time."""
    return scale * (-np.log(uniform(key, serial))) ** inverse_shape


@kernel
def _second(key: np.uint64, n: int, share: float, last: int, profile_s: NDArray[np.float64]) -> int:
    """Second of the day of event `n`, at least a few seconds after the `last` one: calls take time."""
    second = clock_s(share, profile_s)
    if second > last + _SETTLE_S:
        return second
    return last + 1 + int(_SETTLE_S * uniform(key, n + _SETTLE_NUMBERS))


@kernel
def count_events(
    day: int,
    habits: Habits,
    next_at: NDArray[np.float64],
    serial: NDArray[np.int64],
    seed: int,
    topic: int,
) -> NDArray[np.int64]:
    """Events of each subscriber on `day`; arguments as in `fill_events`, nothing is changed."""
    events = np.zeros(habits.subscriber.size, np.int64)
    for i in range(events.size):
        key = stream(seed, topic, habits.stream[i])
        at, n, last = next_at[i], serial[i], -_SETTLE_S - 1
        while at < day + 1:
            second = _second(key, n, at - day, last, habits.profile_s)
            if second < DAY_S:
                events[i] += 1
                last = second
            at += _gap(key, n, habits.scale[i], habits.inverse_shape)
            n += 1
    return events


@kernel
def position(now_s: int, person: int, trip: int, trips: Trips) -> tuple[float, float]:
    """Where a person is, metres; `trip` is the last one that has begun (below the first: none has)."""
    x_m, y_m = trips.x_m[person], trips.y_m[person]
    if trip < trips.first[person]:
        return x_m[0], y_m[0]
    b = trips.destination[trip]
    if now_s >= trips.arrive_s[trip]:
        return x_m[b], y_m[b]
    a = trips.origin[trip]
    done = (now_s - trips.depart_s[trip]) / (trips.arrive_s[trip] - trips.depart_s[trip])
    return x_m[a] + done * (x_m[b] - x_m[a]), y_m[a] + done * (y_m[b] - y_m[a])


@kernel
def serve(x_m: float, y_m: float, luck: float, swap: float, radio: Radio) -> int:
    """Cell that serves a phone at a point.

    `luck` picks among the candidates by how often each serves; where `swap` is below the ping-pong
    probability, a neighbour takes over: the next candidate, or the one before.
    """
    column = min(max(int((x_m - radio.west_m) / radio.step_m), 0), radio.columns - 1)
    row = min(max(int((y_m - radio.south_m) / radio.step_m), 0), radio.rows - 1)
    point = row * radio.columns + column
    slot = 0
    while slot < CANDIDATES - 1 and luck > radio.cumulative[point, slot]:
        slot += 1
    if swap < radio.ping_pong:
        slot = 1 if slot == 0 else slot - 1
    cell = radio.cells[point, slot]
    return cell if cell >= 0 else radio.cells[point, 0]


@kernel
def fill_events(
    day: int,
    habits: Habits,
    next_at: NDArray[np.float64],
    serial: NDArray[np.int64],
    trips: Trips,
    radio: Radio,
    seed: int,
    topic: int,
    total: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Make the events of `day`, by subscriber and time, and move each subscriber's state on.

    Parameters
    ----------
    day : days since the first local midnight.
    habits, trips, radio : see there.
    next_at, serial : state, changed: operational time of the next event (days) and its number.
    seed, topic : random streams: `topic` for times, `topic` + 1 for cells.
    total : the sum of `count_events`.

    Returns
    -------
    subscriber (index into `habits.subscriber`), second of the day, cell; each (total,). Seconds of one
    subscriber strictly increase.
    """
    row, when, cell = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int32)
    made = 0
    for i in range(habits.subscriber.size):
        person = habits.subscriber[i]
        key = stream(seed, topic, habits.stream[i])
        cell_key = stream(seed, topic + 1, habits.stream[i])
        at, n, last = next_at[i], serial[i], -_SETTLE_S - 1
        begin, end = trips.first[person], trips.first[person + 1]
        trip = begin - 1 + np.searchsorted(trips.depart_s[begin:end], day * DAY_S)
        while at < day + 1:
            second = _second(key, n, at - day, last, habits.profile_s)
            if second < DAY_S:
                now_s = day * DAY_S + second
                while trip + 1 < end and trips.depart_s[trip + 1] <= now_s:
                    trip += 1
                x, y = position(now_s, person, trip, trips)
                luck, swap = uniform(cell_key, 2 * n), uniform(cell_key, 2 * n + 1)
                row[made], when[made], cell[made] = i, second, serve(x, y, luck, swap, radio)
                made += 1
                last = second
            at += _gap(key, n, habits.scale[i], habits.inverse_shape)
            n += 1
        next_at[i], serial[i] = at, n
    return row, when, cell
