"""Usual environment, and homes that change within a window."""

from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.anchors import anchors_of
from jobs.calendars.days import DAY_S
from jobs.counting.rollups import Rows
from jobs.engine.columns import epoch_seconds
from jobs.ground.footprints import coarser
from jobs.mobility import tables
from jobs.mobility.params import HabitatParams
from jobs.mobility.people import Counter, Ground, Part, shown_beside_their_sum, spread_over_ground, user_ranks
from kernels.anchors import overlap_days
from kernels.usual_places import regular_places

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LABELS = ("home", "work", "regular")
_M_PER_DEGREE = 111_195.0


def usual_rows(part: Part, ground: Ground, params: HabitatParams) -> tuple[Rows, Integers]:
    """Users by H3 cell and label of the places of their usual environment, and how many places each user has.

    The usual environment is where the regular life of a person goes on (IRTS 2008, paragraph 2.21); Eurostat's
    multimno finds it by the time and the days for which a device was seen in a place. Records of calls tell no
    times, so days decide here: a place is part of it when the user was seen there on `least_days` days and on
    `least_share` of the active ones. Home and work are those of the `anchors`, and are part of it.

    Returns
    -------
    rows : key ``H3 index * 3 + label``, user, share, persons; places : int64[users with a stay].
    """
    lon, lat = ground.positions
    users, rank = user_ranks(part.stays_of_persons["user"].to_numpy())
    clock = ground.calendar.clock
    start, end = (clock.to_local(epoch_seconds(part.stays_of_persons[c])) for c in ("start", "end"))
    stay, day = overlap_days(start, end, 0, DAY_S)
    who, place, _ = regular_places(
        rank[stay], part.stays_of_persons["place"].to_numpy()[stay], day, lon, lat, ground.radius_m,
        params.least_days, params.least_share,
    )  # fmt: skip
    who, place, label = _with_anchors(part, ground, users, who, place)
    row, cell, share = spread_over_ground(place, ground.weights)
    user = users[who[row]]
    persons = share * part.weight_of(user)
    return (cell * len(LABELS) + label[row], user, share, persons), np.bincount(who, minlength=users.size)


def _with_anchors(
    part: Part, ground: Ground, users: NDArray[np.uint64], who: Integers, place: NDArray[np.int32]
) -> tuple[Integers, NDArray[np.int32], Integers]:
    """Places with their labels, home and work in the place of those about them; rows of a user together."""
    at = np.searchsorted(part.anchors["user"].to_numpy(), users)
    is_other = np.ones(who.size, bool)
    parts = []
    for label, name in enumerate(LABELS[:2]):
        anchor = np.asarray(pc.fill_null(part.anchors[name], -1).to_numpy(), np.int32)[at]
        known = np.flatnonzero(anchor >= 0)
        parts.append((known, anchor[known], np.full(known.size, label)))
        beside = anchor[who] >= 0
        is_other[beside] &= ~are_one_place(place[beside], anchor[who[beside]], ground)
    parts.append((who[is_other], place[is_other], np.full(int(is_other.sum()), 2)))
    all_who, all_place, labels = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((labels, all_who))
    return all_who[order], all_place[order], labels[order]


def are_one_place(
    a: NDArray[np.integer], b: NDArray[np.integer], ground: Ground, least_m: float = 0.0
) -> NDArray[np.bool_]:
    """Whether two cells are nearer than the larger of their radii, or than `least_m`."""
    lon, lat = ground.positions
    east = (lon[a] - lon[b]) * np.cos(np.radians(lat[a]))
    away_m = _M_PER_DEGREE * np.hypot(east, lat[a] - lat[b])
    reach_m = np.maximum(np.maximum(ground.radius_m[a], ground.radius_m[b]), least_m)
    return np.asarray((a == b) | (away_m <= reach_m))


def usual_environment_table(counter: Counter, ground: Ground, k: int) -> tuple[pa.Table, dict[str, Any]]:
    """Rows of the `usual_environment` table, without those of fewer than k users; and what was withheld.

    No sums are told beside them, so that nothing follows by subtraction.
    """
    sums = counter.sums()
    kept = sums.users >= k
    rows = sums.rows(kept)
    cell, label = np.divmod(rows.key, len(LABELS))
    table = pa.table(
        {
            "h3": ground.weights.h3[cell],
            "label": pa.array(np.array(LABELS, object)[label], pa.string()),
            "users": rows.users.astype(np.int32),
            "persons": rows.population / counter.windows,
        }
    )
    told = {"figures": int(kept.size), "withheld": int((~kept).sum())}
    return tables.conformed(tables.USUAL_ENVIRONMENT, table), told


def halves_of(stays: pa.Table, ground: Ground, window_days: tuple[int, int]) -> tuple[pa.Table, pa.Table]:
    """Stays that begin in the first and in the second half of a window, by local day.

    Parameters
    ----------
    window_days : first and last local day, since 1970.
    """
    middle = (window_days[0] + window_days[1] + 1) // 2
    first = ground.calendar.clock.to_local(epoch_seconds(stays["start"])) // DAY_S < middle
    return stays.filter(pa.array(first)), stays.filter(pa.array(~first))


def homes_of_halves(
    part: Part, ground: Ground, params: HabitatParams, window_days: tuple[int, int]
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int32]]:
    """Users whose home is known in both halves of the window, and the cells of both homes."""
    rule = ground.anchors.model_copy(update={"min_days": params.nights_each})
    found = []
    for half in halves_of(part.stays_of_persons, ground, window_days):
        anchors = anchors_of(half, *ground.positions, ground.calendar, rule)
        found.append(anchors.filter(anchors["home"].is_valid()))
    users = np.intersect1d(found[0]["user"].to_numpy(), found[1]["user"].to_numpy())
    homes = [
        half["home"].to_numpy()[np.searchsorted(half["user"].to_numpy(), users)].astype(np.int32)
        for half in found
    ]
    return users, homes[0], homes[1]


class Residences:
    """Places of residence that changes of home are told between: zones, or H3 cells one coarser than the grid."""

    def __init__(self, ground: Ground) -> None:
        zones = ground.cells["zone"]
        if zones.null_count < len(zones):
            names = zones.fill_null("").to_numpy(zero_copy_only=False).astype(str)
        else:
            site = ground.cells["h3"].fill_null(0).to_numpy()
            resolution = max(0, h3.get_resolution(int(ground.weights.h3[0])) - 1)
            names = np.full(site.size, "", object)
            names[site > 0] = [h3.int_to_str(c) for c in coarser(site[site > 0], resolution).tolist()]
        self.names, self.of_cell = np.unique(names.astype(str), return_inverse=True)


def change_rows(
    part: Part,
    ground: Ground,
    residences: Residences,
    params: HabitatParams,
    window_days: tuple[int, int],
) -> tuple[Rows, Rows]:
    """Users whose home changed, by pair of residences; and all whose homes could be compared, under the key 0.

    A change is of place, farther than `least_move_m`, and of residence: within a zone it is not told.
    """
    user, before, after = homes_of_halves(part, ground, params, window_days)
    weight = part.weight_of(user)
    everybody = (np.zeros(user.size, np.int64), user, np.ones(user.size), weight)
    moved = ~are_one_place(before, after, ground, params.least_move_m)
    a, b = residences.of_cell[before], residences.of_cell[after]
    moved &= (a != b) & (residences.names[a] != "") & (residences.names[b] != "")
    key = (a * residences.names.size + b)[moved]
    return (key, user[moved], np.ones(key.size), weight[moved]), everybody


def home_changes_table(
    changes: Counter, compared: Counter, residences: Residences, k: int
) -> tuple[pa.Table, dict[str, Any]]:
    """Rows of the `home_changes` table, and figures on all; their sum, where no withheld one follows from it."""
    sums, everybody = changes.sums(), compared.sums()
    kept, sum_is_shown = shown_beside_their_sum(sums, k)
    rows = sums.rows(kept)
    origin, destination = np.divmod(rows.key, residences.names.size)
    table = pa.table(
        {
            "origin": pa.array(residences.names[origin].astype(object), pa.string()),
            "destination": pa.array(residences.names[destination].astype(object), pa.string()),
            "users": rows.users.astype(np.int32),
            "persons": rows.population / compared.windows,
        }
    )
    users, moved = float(everybody.trips.sum()), float(sums.trips.sum())
    told: dict[str, Any] = {"flows": int(kept.size), "withheld": int((~kept).sum())}
    if sum_is_shown and users - moved >= k:
        told |= {"users_compared": round(users), "users_moved": round(moved), "share_moved": moved / users}
    return tables.conformed(tables.HOME_CHANGES, table), told
