"""Recover single traces from counts of people by place and hour.

Xu, Tu, Li, Zhang, Fu and Jin 2017, Trajectory Recovery From Ash (WWW): people stay where they are by
night, go on as they went by day, and do the same every day. D'Silva 2024 (arXiv:2409.14645) found their
figures to depend on the data: so ours come with what chance would reach.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from jobs.calendars.days import DAY_S
from jobs.params import Params
from jobs.privacy.traces import Traces
from kernels.geo import distance_m
from kernels.privacy.lap import assign_rows

_NIGHT_ENDS = 6
_UNKNOWN = -1


class RecoveryParams(Params):
    """The sub-area and the time steps of the attack."""

    users: int = Field(150, ge=2, le=2_000, description="persons behind the counts; time grows with its cube")
    days: int = Field(3, ge=1, le=14, description="days recovered")
    steps_a_day: int = Field(24, ge=2, le=144)
    seed: int = Field(1, ge=0)


def hourly_places(traces: Traces, params: RecoveryParams) -> NDArray[np.int32]:
    """Where each person is at each step: the last place seen, before the first event the first place.

    Takes the persons with most events of a random sample, as many as `params.users`, since the attack is
    on people whose phones are seen.

    Returns
    -------
    int32[days * steps_a_day, users].
    """
    step_s = DAY_S // params.steps_a_day
    first_day = int(traces.time_s.min()) // DAY_S
    steps = params.days * params.steps_a_day
    often = traces.of_events(traces.time_s < (first_day + params.days) * DAY_S)
    size = np.diff(often.user_start)
    ranked = np.argsort(-size, kind="stable")
    chosen = np.sort(ranked[: max(params.users, int(0.2 * size.size))])
    rng = np.random.default_rng(params.seed)
    chosen = np.sort(rng.permutation(chosen[size[chosen] > 0])[: params.users])
    people = often.of_users(chosen)
    at = np.empty((steps, chosen.size), np.int32)
    edge = first_day * DAY_S + step_s * (1 + np.arange(steps))
    for person in range(chosen.size):
        rows = slice(int(people.user_start[person]), int(people.user_start[person + 1]))
        last = np.searchsorted(people.time_s[rows], edge, side="left") - 1
        at[:, person] = people.place[rows][np.maximum(last, 0)]
    return at


def counts_of(at: NDArray[np.int32], places: int) -> NDArray[np.int64]:
    """People by step and place: int64[steps, places]."""
    return np.stack([np.bincount(row, minlength=places) for row in at]).astype(np.int64)


def recovered(
    counts: NDArray[np.int64],
    people: int,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    params: RecoveryParams,
) -> NDArray[np.int32]:
    """Traces that an attacker makes out of published counts.

    By night each trace goes on to the nearest place, by day to the place nearest to where its last move
    points; each step is an assignment of least distance. Days are joined by an assignment of traces that
    gain least entropy: those that share most places (Xu et al. 2017, section 4).

    Parameters
    ----------
    counts : int64[steps, places], as published: places withheld are 0.
    people : how many there are; published counts may hold fewer, or with noise more.

    Returns
    -------
    int32[steps, people], -1 where the attacker has no place.
    """
    away = _distances(lon, lat)
    days = [
        _one_day(counts[i : i + params.steps_a_day], people, away, params)
        for i in _day_starts(counts, params)
    ]
    joined = days[0]
    for day in days[1:]:
        joined = np.concatenate([joined, day[:, assign_rows(_entropy_gain(joined, day, counts.shape[1]))]])
    return joined


def _day_starts(counts: NDArray[np.int64], params: RecoveryParams) -> range:
    return range(0, counts.shape[0], params.steps_a_day)


def _distances(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres between places, with one more row and column for no place: as far as places are on average."""
    places = lon.size
    away = np.zeros((places + 1, places + 1))
    for i in range(places):
        away[i, :places] = [distance_m(lon[i], lat[i], lon[j], lat[j]) for j in range(places)]
    away[places, :] = away[:, places] = away[:places, :places].mean() if places else 0.0
    return away


def _seats(count: NDArray[np.int64], people: int) -> NDArray[np.int32]:
    """The places of one step, one for each person; scaled down if there are too many, filled up with none."""
    total = int(count.sum())
    if total > people:
        shares = count * (people / total)
        count = np.floor(shares).astype(np.int64)
        rest = np.argsort(-(shares - count), kind="stable")[: people - int(count.sum())]
        count[rest] += 1
    seats = np.repeat(np.arange(count.size, dtype=np.int32), count)
    return np.concatenate([seats, np.full(people - seats.size, _UNKNOWN, np.int32)])


def _one_day(
    counts: NDArray[np.int64], people: int, away: NDArray[np.float64], params: RecoveryParams
) -> NDArray[np.int32]:
    traces = np.empty((counts.shape[0], people), np.int32)
    traces[0] = _seats(counts[0], people)
    for step in range(1, counts.shape[0]):
        seats = _seats(counts[step], people)
        cost = away[traces[step - 1]][:, seats]
        if step * 24 >= _NIGHT_ENDS * params.steps_a_day and step > 1:
            # where the last move points: as far from the place before as from the one before that
            cost = cost + 0.5 * np.abs(
                away[traces[step - 2]][:, seats] - 2 * away[traces[step - 2], traces[step - 1]][:, None]
            )
        traces[step] = seats[assign_rows(np.ascontiguousarray(cost))]
    return traces


def _entropy_gain(before: NDArray[np.int32], day: NDArray[np.int32], places: int) -> NDArray[np.float64]:
    """Entropy of the places of two traces together, less the mean of each (Xu et al. 2017, equation 5)."""
    people = before.shape[1]
    first, second = (_place_shares(traces, places) for traces in (before, day))
    own = [_entropy(shares) for shares in (first, second)]
    gain = np.empty((people, people))
    for person in range(people):
        gain[person] = _entropy(0.5 * (first[person] + second)) - 0.5 * (own[0][person] + own[1])
    return gain


def _place_shares(traces: NDArray[np.int32], places: int) -> NDArray[np.float64]:
    people = traces.shape[1]
    key = np.where(traces < 0, places, traces).astype(np.int64) + np.arange(people) * (places + 1)
    counted = np.bincount(key.ravel(), minlength=people * (places + 1)).reshape(people, places + 1)
    return np.asarray(counted / traces.shape[0], np.float64)


def _entropy(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(-(shares * np.log(np.where(shares > 0, shares, 1.0))).sum(-1), np.float64)


def accuracy(guess: NDArray[np.int32], truth: NDArray[np.int32]) -> float:
    """Share of a person's steps that are right, people and guesses matched as well as can be."""
    right = np.stack([(guess == truth[:, [person]]).mean(0) for person in range(truth.shape[1])])
    return float(right[np.arange(right.shape[0]), assign_rows(-right)].mean())


def recovery(
    at: NDArray[np.int32],
    published: NDArray[np.int64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    params: RecoveryParams,
) -> dict[str, Any]:
    """Attack published counts of the people whose places are `at`, beside traces drawn by chance.

    Chance takes each person's place of each step at random from the same counts.
    """
    people = at.shape[1]
    rng = np.random.default_rng(params.seed)
    by_chance = np.stack([rng.permutation(_seats(row, people)) for row in published])
    reached = accuracy(recovered(published, people, lon, lat, params), at)
    chance = accuracy(by_chance, at)
    return {
        "users": people,
        "steps": int(at.shape[0]),
        "accuracy": round(reached, 6),
        "chance": round(chance, 6),
        "gain": round(reached - chance, 6),
        "published_share": round(float(published.sum()) / at.size, 6),
    }
