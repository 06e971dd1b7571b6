"""Who calls whom in the simulated world, and the records of both parties."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jobs.world.params import CallParams, WorldParams
from jobs.world.seeds import Topic, generator
from kernels.world.calls import (
    CALL,
    DATA,
    IN,
    OUT,
    TEXT,
    CallHabits,
    Contacts,
    answer_places,
    tell_events,
)
from kernels.world.contacts import draw_contacts, gravity
from kernels.world.phones import Habits, Radio, Trips

KINDS = {CALL: "call", TEXT: "text", DATA: "data"}
DIRECTIONS = {OUT: "out", IN: "in"}
COLUMNS = ("kind", "direction", "counterparty", "duration_s")
_MOST_SQUARES, _LEAST_STEP_M = 1_600, 1_000.0
_MOST_CONTACTS = 4_096


@dataclass(frozen=True)
class Told:
    """What records tell of an interaction; -1 where they do not.

    Attributes
    ----------
    kind, direction : int8[n], of `kernels.world.calls`. other : int64[n], the other party's number.
    """

    kind: NDArray[np.int8]
    direction: NDArray[np.int8]
    other: NDArray[np.int64]
    duration_s: NDArray[np.int32]

    def rows(self, chosen: NDArray[np.int64]) -> "Told":
        """Some of the records."""
        return Told(self.kind[chosen], self.direction[chosen], self.other[chosen], self.duration_s[chosen])

    def columns(self) -> dict[str, pa.Array]:
        """As text and numbers, null where there is nothing to tell."""
        return {
            "kind": _named(KINDS, self.kind),
            "direction": _named(DIRECTIONS, self.direction),
            "counterparty": pa.array(self.other, mask=self.other < 0).cast(pa.string()),
            "duration_s": pa.array(self.duration_s, mask=self.duration_s < 0),
        }


def _named(names: dict[int, str], code: NDArray[np.int8]) -> pa.Array:
    listed = [names[number] for number in range(len(names))]
    return pa.array([None, *listed], pa.string()).take(pa.array(code + 1))


@dataclass(frozen=True)
class Society:
    """Contacts of the operator's numbers, and how they keep in touch."""

    msisdn: NDArray[np.int64]
    contacts: Contacts
    habits: CallHabits
    seed: int

    def write(self, path: Path) -> None:
        """Write every pair of contacts once, the lower number first."""
        count = self.contacts.degree.astype(np.int64)
        owner = np.repeat(np.arange(count.size), count)
        at = np.repeat(self.contacts.start - (np.cumsum(count) - count), count) + np.arange(owner.size)
        a, b = self.msisdn[owner], self.msisdn[self.contacts.contact[at]]
        once = a < b
        order = np.lexsort((b[once], a[once]))
        pairs = {"msisdn": a[once][order], "contact": b[once][order]}
        pq.write_table(pa.table({k: pa.array(v).cast(pa.string()) for k, v in pairs.items()}), path)


def own_share(calls: CallParams) -> float:
    """Share of the records that numbers make themselves; the rest are of those whom they reach."""
    return 1 / (1 + (1 - calls.data) * (1 - calls.off_net))


def make_contacts(
    params: WorldParams,
    calls: CallParams,
    msisdn: NDArray[np.int64],
    rate: NDArray[np.float64],
    home_m: tuple[NDArray[np.float64], NDArray[np.float64]],
    machines: int,
) -> Society:
    """Draw who is in touch with whom.

    Parameters
    ----------
    msisdn, rate, home_m : of each number, those of machines last.
    """
    people = msisdn.size - machines
    rng = generator(params.seed, Topic.CONTACTS)
    liveliness = np.sqrt(rate[:people]) * rng.lognormal(
        -0.5 * calls.contacts_sigma**2, calls.contacts_sigma, people
    )
    mean = max(float(liveliness.mean()), 1e-12) if people else 1.0
    wanted = np.minimum(np.rint(liveliness * (calls.contacts / 2 / mean)), _MOST_CONTACTS / 8).astype(
        np.int32
    )
    square, x_m, y_m = _squares(home_m[0][:people], home_m[1][:people])
    member = np.argsort(square, kind="stable").astype(np.int32)
    mass = np.bincount(square, minlength=x_m.size)
    member_start = np.append(0, np.cumsum(mass)).astype(np.int64)
    start, contact, count = draw_contacts(
        wanted,
        square,
        member,
        member_start,
        gravity(x_m, y_m, mass),
        calls.clustering,
        params.seed,
        int(Topic.CONTACTS),
    )
    none = np.zeros(machines, np.int64)
    contacts = Contacts(
        np.append(start, none),
        contact,
        np.append(count, none.astype(np.int32)),
        _foreign_numbers(params, msisdn, calls.off_net),
        np.cumsum(1 / np.arange(1.0, _MOST_CONTACTS + 1)),
    )
    log_mean = np.log(calls.duration_s) - 0.5 * calls.duration_sigma**2
    habits = CallHabits(calls.texts, calls.data, calls.off_net, log_mean, calls.duration_sigma, people)
    return Society(msisdn, contacts, habits, params.seed)


def _squares(
    x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
    """Square of each home, and the centres of the squares."""
    wide, high = (float(np.ptp(axis)) if axis.size else 0.0 for axis in (x_m, y_m))
    step = max(_LEAST_STEP_M, np.sqrt(wide * high / _MOST_SQUARES), max(wide, high) / _MOST_SQUARES)
    column, row = (
        ((axis - (axis.min() if axis.size else 0)) // step).astype(np.int64) for axis in (x_m, y_m)
    )
    found, square = np.unique(column * (1 << 20) + row, return_inverse=True)
    return square.astype(np.int32), (found >> 20) * step, (found & ((1 << 20) - 1)) * step


def _foreign_numbers(params: WorldParams, msisdn: NDArray[np.int64], off_net: float) -> NDArray[np.int64]:
    """Numbers of the same plan that are not this operator's, about as many as the share asks for."""
    rng = generator(params.seed, Topic.FOREIGN_NUMBERS)
    first = int(params.msisdn_prefix) * 10**9
    wanted = max(100, int(msisdn.size * off_net / max(1 - off_net, 0.05)))
    drawn = np.unique(first + rng.integers(0, 10**9, 2 * wanted))
    free = np.setdiff1d(drawn, msisdn)
    return np.asarray(rng.permutation(free)[:wanted], np.int64)


@dataclass(frozen=True)
class DayOfCalls:
    """Records of a day, of both parties, in no order: number, second, cell, and what they tell."""

    row: NDArray[np.int32]
    second: NDArray[np.int32]
    cell: NDArray[np.int32]
    told: Told


def with_answers(
    society: Society,
    day: int,
    row: NDArray[np.int32],
    second: NDArray[np.int32],
    cell: NDArray[np.int32],
    habits: Habits,
    trips: Trips,
    radio: Radio,
) -> DayOfCalls:
    """Say with whom each record is, and add the records of those who are called."""
    seed, topic = society.seed, int(Topic.CALLS)
    kind, direction, other, foreign, duration_s = tell_events(
        row, second, day, society.contacts, society.habits, seed, topic
    )
    known = np.flatnonzero(other >= 0)
    called = other[known]
    when, where = answer_places(called, second[known], day, habits, trips, radio, seed, int(Topic.ANSWERS))
    number = np.where(other >= 0, society.msisdn[np.maximum(other, 0)], foreign)
    told = Told(
        np.append(kind, kind[known]),
        np.append(direction, np.full(known.size, IN, np.int8)),
        np.append(number, society.msisdn[row[known]]),
        np.append(duration_s, duration_s[known]),
    )
    return DayOfCalls(np.append(row, called), np.append(second, when), np.append(cell, where), told)
