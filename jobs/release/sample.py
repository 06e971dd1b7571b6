"""Draw the persons of a release: eligible ones, in an order that only the key holder can compute.

A released identifier is a person's rank in that order among those drawn, from 1: it says nothing of the
input's order, and is the same however the input was cut into files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S
from jobs.calendars.localtime import Zone
from jobs.engine.blocks import map_reduce
from jobs.engine.columns import epoch_seconds
from jobs.engine.store import Store, StoredFile
from jobs.errors import RunError
from jobs.identity.pseudonyms import WindowPads
from jobs.release.layouts import month_of
from kernels.hashing import hmac_sha256, leading_words

if TYPE_CHECKING:
    from pyspark import SparkContext

    from jobs.release.params import Eligibility

PeriodKind = Literal["window", "month", "all"]
_ID_BYTES = 8
_DAYS_A_WEEK = 7


def keyed_order(users: NDArray[np.uint64], pads: WindowPads) -> NDArray[np.uint64]:
    """Order of users that needs the key: HMAC-SHA-256 of each, first 64 bits."""
    message = np.ascontiguousarray(users.astype(">u8")).view(np.uint8)
    offsets = np.arange(users.size + 1, dtype=np.int64) * _ID_BYTES
    return leading_words(hmac_sha256(pads.inner, pads.outer, message, offsets))[:, 0]


def keyed_digests(texts: list[str], pads: WindowPads) -> list[str]:
    """HMAC-SHA-256 of some texts, hexadecimal: nothing to who has not the key."""
    offsets = np.cumsum([0] + [len(text.encode()) for text in texts]).astype(np.int64)
    message = np.frombuffer("".join(texts).encode(), np.uint8)
    digests = hmac_sha256(pads.inner, pads.outer, message, offsets)
    return [digest.astype(">u4").tobytes().hex() for digest in digests]


def window_of(file: StoredFile) -> int:
    """Window that a file of events is about."""
    return int(file.name.split("/")[0].removeprefix("window="))


@dataclass(frozen=True, eq=False)
class Draw:
    """How persons are drawn for one set.

    Attributes
    ----------
    name : of the set, such as ``set2``.
    kind : for how long a released identifier stays the same.
    days : of each period, how many local days have data.
    pads : of each period, the keyed order.
    users : persons drawn for each period.
    persons : file of (user, person) for each file of events, where pseudonyms change within a period;
        else a user is a person.
    """

    name: str
    kind: PeriodKind
    days: dict[int, int]
    pads: dict[int, WindowPads]
    users: int
    eligibility: "Eligibility"
    persons: dict[str, str]

    @property
    def periods(self) -> list[int]:
        return sorted(self.days)

    def periods_of(self, window: int, day: NDArray[np.int64]) -> NDArray[np.int64]:
        """Period of local days since 1970, in a window."""
        if self.kind == "window":
            return np.full(day.size, window, np.int64)
        if self.kind == "all":
            return np.zeros(day.size, np.int64)
        distinct, at = np.unique(day, return_inverse=True)
        return np.array([month_of(int(d)) for d in distinct], np.int64)[at]

    def person_of(self, store: Store, name: str, user: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Person behind each user of a file of events.

        Raises
        ------
        RunError
            A user is not among the subscribers of the raw records: these are not the ones that were read.
        """
        if not self.persons:
            return user
        known = store.read_table(self.persons[name])
        users = known["user"].to_numpy()
        at = np.minimum(np.searchsorted(users, user), max(users.size - 1, 0))
        if user.size and (users.size == 0 or not np.array_equal(users[at], user)):
            raise RunError(
                "raw records lack subscribers whose events were read before",
                "release",
                "put the record files back as they were, or set release.coarse.id_lasts: window",
            )
        return np.asarray(known["person"].to_numpy()[at], np.uint64)


@dataclass(frozen=True, eq=False)
class Sample:
    """Files of (person, id), by period, of the persons drawn; and how many could have been."""

    files: dict[int, str]
    drawn: dict[int, int]
    eligible: dict[int, int]
    seen: dict[int, int]

    def ids_of(self, store: Store, period: int, person: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Released identifier of each person in a period, 0 where not drawn."""
        table = store.read_table(self.files[period])
        known = table["person"].to_numpy()
        if not known.size:
            return np.zeros(person.size, np.int32)
        at = np.minimum(np.searchsorted(known, person), known.size - 1)
        return np.where(known[at] == person, table["id"].to_numpy()[at], 0).astype(np.int32)

    def figures(self) -> dict[str, Any]:
        """Counts by period, in order."""
        told = {"seen": self.seen, "eligible": self.eligible, "drawn": self.drawn}
        return {name: [counts[p] for p in sorted(counts)] for name, counts in told.items()}


def draw(
    spark: "SparkContext", store: Store, events: list[StoredFile], rule: Draw, clock: Zone, folder: str
) -> Sample:
    """Draw the persons of a set, and write them to `folder`, which stays with the operator."""
    periods = rule.periods
    inputs = [{"path": f.path, "name": f.name, "window": window_of(f)} for f in events]

    def count(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        table = store.read_table(given["path"], columns=["user", "time"])
        activity = activity_of(
            table["user"].to_numpy(),
            clock.to_local(epoch_seconds(table["time"])),
            lambda day: rule.periods_of(given["window"], day),
        )
        activity["person"] = rule.person_of(store, given["name"], activity.pop("user"))
        period = activity.pop("period")
        for p in np.unique(period).tolist():
            rows = period == p
            yield periods.index(p), pa.table({name: values[rows] for name, values in activity.items()})

    def choose(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        chosen, told = chosen_of(blocks, rule, periods[part])
        file = store.write_table(folder, f"{rule.name}-{part:05d}", chosen)
        return {"path": file.path, "drawn": chosen.num_rows, **told}

    reports = map_reduce(spark, inputs, count, choose, max(len(periods), 1)) if periods else []
    by_period = dict(zip(periods, reports, strict=True))
    return Sample(
        {p: r["path"] for p, r in by_period.items()},
        {p: r["drawn"] for p, r in by_period.items()},
        {p: r["eligible"] for p, r in by_period.items()},
        {p: r["seen"] for p, r in by_period.items()},
    )


def activity_of(
    user: NDArray[np.uint64],
    local_s: NDArray[np.int64],
    periods_of: Callable[[NDArray[np.int64]], NDArray[np.int64]],
) -> dict[str, NDArray[Any]]:
    """Active days and interactions of each user and period.

    Parameters
    ----------
    user, local_s : [events], sorted by user and time; clock readings in seconds since 1970.
    periods_of : period of each day since 1970; never falls as days rise.
    """
    day = local_s // DAY_S
    period = periods_of(day)
    new_user = np.append(True, user[1:] != user[:-1])[: user.size]
    new_group = new_user | np.append(True, period[1:] != period[:-1])[: user.size]
    new_day = new_group | np.append(True, day[1:] != day[:-1])[: user.size]
    starts = np.flatnonzero(new_group)
    if not starts.size:
        days = interactions = np.empty(0, np.int64)
    else:
        days = np.add.reduceat(new_day.astype(np.int64), starts)
        interactions = np.diff(np.append(starts, user.size))
    return {"user": user[starts], "period": period[starts], "days": days, "interactions": interactions}


def chosen_of(blocks: list[pa.Table], rule: Draw, period: int) -> tuple[pa.Table, dict[str, int]]:
    """Persons drawn in a period with their released identifiers; how many were seen and eligible."""
    if not blocks:
        none = {"person": pa.array([], pa.uint64()), "id": pa.array([], pa.int32())}
        return pa.table(none), {"seen": 0, "eligible": 0}
    activity = pa.concat_tables(blocks)
    person, at = np.unique(activity["person"].to_numpy(), return_inverse=True)
    days = np.bincount(at, activity["days"].to_numpy())
    interactions = np.bincount(at, activity["interactions"].to_numpy())
    weeks = rule.days[period] / _DAYS_A_WEEK
    fit = days > rule.eligibility.active_days_share * rule.days[period]
    fit &= interactions / weeks < rule.eligibility.interactions_per_week
    order = keyed_order(person[fit], rule.pads[period])
    first = np.argsort(order, kind="stable")[: rule.users]
    identifier = np.arange(1, first.size + 1, dtype=np.int32)
    drawn = person[fit][first]
    by_person = np.argsort(drawn)
    table = pa.table({"person": drawn[by_person], "id": identifier[by_person]})
    return table, {"seen": person.size, "eligible": int(fit.sum())}
