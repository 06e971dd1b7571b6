"""When phones make records, and through which cell: a day of many subscribers at a time.

Inter-event times are Weibull, heavy-tailed for shapes below 1 (Jiang et al., PNAS 2013, find this for most
subscribers), in an operational time that runs fast when people call much: the daily profile. Between two
days a subscriber's state is two numbers, so memory is bounded by a day and pieces of people don't matter.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.world_radio import CANDIDATES
from kernels.world_random import stream, uniform

DAY_S = 86400
_SETTLE_S = 20
_SETTLE_NUMBERS = 1 << 40  # part of the stream that the gaps never reach


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
    subscriber: NDArray[np.int32],
    scale: NDArray[np.float64],
    next_at: NDArray[np.float64],
    serial: NDArray[np.int64],
    inverse_shape: float,
    profile_s: NDArray[np.float64],
    seed: int,
    topic: int,
) -> NDArray[np.int64]:
    """Events of each subscriber on `day`; arguments as in `fill_events`, nothing is changed."""
    events = np.zeros(subscriber.size, np.int64)
    for i in range(subscriber.size):
        key = stream(seed, topic, subscriber[i])
        at, n, last = next_at[i], serial[i], -_SETTLE_S - 1
        while at < day + 1:
            second = _second(key, n, at - day, last, profile_s)
            if second < DAY_S:
                events[i] += 1
                last = second
            at += _gap(key, n, scale[i], inverse_shape)
            n += 1
    return events


@kernel
def _locate(
    now_s: int,
    trip: int,
    depart_s: NDArray[np.int32],
    arrive_s: NDArray[np.int32],
    origin: NDArray[np.int8],
    destination: NDArray[np.int8],
    x_m: NDArray[np.float32],
    y_m: NDArray[np.float32],
    first_trip: int,
) -> tuple[float, float]:
    """Position at `now_s`; `trip` is the last one that has begun, `first_trip` - 1 when none has."""
    if trip < first_trip:
        return x_m[0], y_m[0]
    b = destination[trip]
    if now_s >= arrive_s[trip]:
        return x_m[b], y_m[b]
    a = origin[trip]
    done = (now_s - depart_s[trip]) / (arrive_s[trip] - depart_s[trip])
    return x_m[a] + done * (x_m[b] - x_m[a]), y_m[a] + done * (y_m[b] - y_m[a])


@kernel
def serve(
    x_m: float,
    y_m: float,
    luck: float,
    swap: float,
    raster: tuple[float, float, float, int, int],
    cells: NDArray[np.int32],
    cumulative: NDArray[np.float32],
    ping_pong: float,
) -> int:
    """Cell that serves a phone at a point.

    `luck` picks among the candidates by how often each serves; with probability `ping_pong` (when
    `swap` is below it) a neighbour that overlaps takes over: the next candidate, or the one before.
    `raster` is west edge, south edge and step in metres, columns, rows.
    """
    west, south, step, columns, rows = raster
    column = min(max(int((x_m - west) / step), 0), columns - 1)
    row = min(max(int((y_m - south) / step), 0), rows - 1)
    point = row * columns + column
    slot = 0
    while slot < CANDIDATES - 1 and luck > cumulative[point, slot]:
        slot += 1
    if swap < ping_pong:
        slot = 1 if slot == 0 else slot - 1
    cell = cells[point, slot]
    return cell if cell >= 0 else cells[point, 0]


@kernel
def fill_events(
    day: int,
    subscriber: NDArray[np.int32],
    scale: NDArray[np.float64],
    next_at: NDArray[np.float64],
    serial: NDArray[np.int64],
    inverse_shape: float,
    profile_s: NDArray[np.float64],
    first_trip: NDArray[np.int64],
    depart_s: NDArray[np.int32],
    arrive_s: NDArray[np.int32],
    origin: NDArray[np.int8],
    destination: NDArray[np.int8],
    x_m: NDArray[np.float32],
    y_m: NDArray[np.float32],
    raster: tuple[float, float, float, int, int],
    cells: NDArray[np.int32],
    cumulative: NDArray[np.float32],
    ping_pong: float,
    seed: int,
    topic: int,
    row: NDArray[np.int32],
    second: NDArray[np.int32],
    cell: NDArray[np.int32],
) -> None:
    """Write the events of `day`, by subscriber and time, and move each subscriber's state on.

    Parameters
    ----------
    day : days since the first local midnight.
    subscriber : person index of each subscriber.
    scale : Weibull scale in days of operational time; inf for a silent phone.
    next_at, serial : state, changed: operational time of the next event (days) and its number.
    inverse_shape : 1 / Weibull shape.
    profile_s : see `clock_s`.
    first_trip : trips of person p are first_trip[p] .. first_trip[p + 1] - 1.
    depart_s, arrive_s, origin, destination : trips, seconds since the first local midnight, anchors.
    x_m, y_m : anchors of people (persons, anchors).
    raster, cells, cumulative, ping_pong : see `serve`.
    seed, topic : random streams: `topic` for times, `topic` + 1 for cells.
    row, second, cell : written: subscriber (index into `subscriber`), second of the day, cell; as
        long as the sum of `count_events`. Seconds of one subscriber strictly increase.
    """
    at_row = 0
    for i in range(subscriber.size):
        person = subscriber[i]
        key, cell_key = stream(seed, topic, person), stream(seed, topic + 1, person)
        at, n, last = next_at[i], serial[i], -_SETTLE_S - 1
        begin, end = first_trip[person], first_trip[person + 1]
        trip = begin - 1 + np.searchsorted(depart_s[begin:end], day * DAY_S)
        while at < day + 1:
            now = _second(key, n, at - day, last, profile_s)
            if now < DAY_S:
                now_s = day * DAY_S + now
                while trip + 1 < end and depart_s[trip + 1] <= now_s:
                    trip += 1
                x, y = _locate(
                    now_s, trip, depart_s, arrive_s, origin, destination, x_m[person], y_m[person], begin
                )
                row[at_row], second[at_row], last = i, now, now
                luck, swap = uniform(cell_key, 2 * n), uniform(cell_key, 2 * n + 1)
                cell[at_row] = serve(x, y, luck, swap, raster, cells, cumulative, ping_pong)
                at_row += 1
            at += _gap(key, n, scale[i], inverse_shape)
            n += 1
        next_at[i], serial[i] = at, n
