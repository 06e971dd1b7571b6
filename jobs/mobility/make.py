"""Make the tables of `maillage mobility` from a finished run, and a summary of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_TYPES, CalendarParams
from jobs.counting.disclosure import DisclosureParams
from jobs.habits import activity_of
from jobs.mobility.areas import (
    area_flows_table,
    areas_table,
    desynchronisation_table,
    poles_table,
)
from jobs.mobility.habitat import (
    Residences,
    change_rows,
    home_changes_table,
    usual_environment_table,
    usual_rows,
)
from jobs.mobility.networks import living_areas, network_of, summary_of
from jobs.mobility.params import MobilityParams
from jobs.mobility.people import Counter, Ground, Part
from jobs.mobility.purposes import FlowsByPurpose
from jobs.mobility.rhythms import (
    Profiles,
    general_divergence,
    profiles_of,
    rhythm_cells_table,
    rhythms_table,
)
from jobs.mobility.signal import ImpossibleMoves, activity_figures, signal_table, unknown_share

WITH_NOISE = (
    "not made: `od` and `presence` were published with differential privacy, and these figures would need a budget of "
    "their own"
)
NO_MARGINS = "not made: it is told from `presence_margins`, which disclosure.margins: false leaves out"


@dataclass(frozen=True, eq=False)
class Inputs:
    """What a finished run made.

    Attributes
    ----------
    table : reads a published table, or one that says nothing of people, by name.
    parts : files of users, each read when it is come to.
    days : first and last local day with events, since 1970; windows : the same for each window.
    """

    table: Callable[[str], pa.Table]
    parts: Callable[[], Iterator[Part]]
    ground: Ground
    disclosure: DisclosureParams
    days: tuple[int, int]
    windows: dict[int, tuple[int, int]]

    @property
    def calendar(self) -> CalendarParams:
        return self.ground.calendar


@dataclass
class Made:
    """Tables by name, and what there is to say of all together."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)


def make(inputs: Inputs, params: MobilityParams, say: Callable[[str], None] = lambda text: None) -> Made:
    """Make everything: first from published tables alone, then what needs the files of users."""
    made = Made()
    say("rhythms: profiles of presence")
    profiles = _rhythms(inputs, params, made)
    say("network: poles and living areas")
    _network(inputs, params, profiles, made)
    _people(inputs, params, made, say)
    return made


def _rhythms(inputs: Inputs, params: MobilityParams, made: Made) -> Profiles:
    profiles = profiles_of(inputs.table("presence"), inputs.calendar, params.rhythms)
    made.tables["rhythms"] = rhythms_table(profiles)
    made.tables["rhythm_cells"] = rhythm_cells_table(profiles, params.rhythms)
    told: dict[str, Any] = {}
    for number, day_type in enumerate(DAY_TYPES):
        if profiles.days[number]:
            told[day_type] = _together(profiles, number)
    made.summary["rhythms"] = told
    if inputs.disclosure.margins and not inputs.disclosure.dp:
        margins = inputs.table("presence_margins")
        made.tables["signal"] = signal_table(margins, inputs.calendar)
        made.summary["signal"] = {"unknown_share": unknown_share(margins)}
    else:
        made.summary["signal"] = WITH_NOISE if inputs.disclosure.dp else NO_MARGINS
    return profiles


def _together(profiles: Profiles, day_type: int) -> dict[str, Any]:
    """How far apart the rhythms of a city are: of cells that are known at every hour, weighted by their persons."""
    shape = profiles.shapes(day_type, 24)
    whole = np.isfinite(shape).all(axis=1)
    persons = np.nan_to_num(profiles.persons[day_type]).mean(axis=1)
    weight = persons[whole]
    told = {
        "cells": int(profiles.h3.size),
        "cells_known_all_day": int(whole.sum()),
        "share_of_persons_there": float(weight.sum() / persons.sum()) if persons.sum() else 0.0,
    }
    if weight.sum() > 0:
        told["desynchronisation_bits"] = general_divergence(shape[whole], weight / weight.sum())
    return told


def _network(inputs: Inputs, params: MobilityParams, profiles: Profiles, made: Made) -> None:
    network = network_of(inputs.table("od"), params.areas.day_type)
    if network.trips.size == 0:
        made.summary["network"] = f"not made: `od` has no flow on a {params.areas.day_type}"
        return
    area = living_areas(network, params.areas)
    made.tables["poles"] = poles_table(network, area)
    made.tables["areas"] = areas_table(network, area, inputs.table("zones"))
    made.tables["area_flows"] = area_flows_table(network, area)
    made.tables["desynchronisation"] = desynchronisation_table(profiles, network.h3, area)
    made.summary["network"] = {"day_type": params.areas.day_type, **summary_of(network, area)}


def _people(inputs: Inputs, params: MobilityParams, made: Made, say: Callable[[str], None]) -> None:
    """What needs the files of users: each is read once."""
    ground, k = inputs.ground, inputs.disclosure.min_users
    moves = ImpossibleMoves(params.speeds)
    usual, changes, compared = Counter(), Counter(), Counter()
    places: list[NDArray[np.int64]] = []
    hours: list[NDArray[np.float64]] = [np.empty(0)]
    by_purpose, residences = FlowsByPurpose(ground), Residences(ground)
    for part in inputs.parts():
        say(f"people: {part.name}")
        moves.add(part, ground)
        hours.append(activity_of(part.stays_of_persons).hours)
        if inputs.disclosure.dp:
            continue
        rows, count = usual_rows(part, ground, params.habitat)
        usual.add(part, rows)
        places.append(np.bincount(count))
        moved, everybody = change_rows(part, ground, residences, params.habitat, inputs.windows[part.window])
        changes.add(part, moved)
        compared.add(part, everybody)
        by_purpose.add(part)
    made.summary["activity"] = activity_figures(np.concatenate(hours), k)
    made.summary["impossible_moves"] = moves.figures(ground, k)
    if inputs.disclosure.dp:
        made.summary |= {name: WITH_NOISE for name in ("usual_environment", "home_changes", "od_purpose")}
        return
    table, told = usual_environment_table(usual, ground, k)
    made.tables["usual_environment"] = table
    made.summary["usual_environment"] = {**told, "places_of_users": shares_of_places(places, k)}
    made.tables["home_changes"], made.summary["home_changes"] = home_changes_table(
        changes, compared, residences, k
    )
    table, told = by_purpose.table(inputs.table("od"), inputs.days, k)
    made.tables["od_purpose"], made.summary["od_purpose"] = table, told


def shares_of_places(counts: list[NDArray[np.int64]], k: int) -> dict[str, float]:
    """Share of the users with so many places of their usual environment; classes of fewer than k users are joined."""
    size = max((c.size for c in counts), default=0)
    users = np.zeros(size, np.int64)
    for c in counts:
        users[: c.size] += c
    total = int(users.sum())
    told = users >= k
    few = (users > 0) & ~told
    if few.any() and users[few].sum() < k and told.any():
        told[np.flatnonzero(told)[-1]] = False  # with the next class they are many
    rest = int(users[~told].sum())
    shares = {str(places): users[places] / total for places in np.flatnonzero(told).tolist()}
    if rest >= k:
        shares["other"] = rest / total
    return {name: float(share) for name, share in shares.items()}
