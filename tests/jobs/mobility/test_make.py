"""Everything made of a run of a few literal users, and what is not made of a run with noise."""

import numpy as np
import pyarrow as pa
import pytest
from people_builders import (
    FAR,
    HOME,
    MONDAY,
    PLACES,
    WORK,
    anchors,
    at,
    events,
    ground,
    part,
    stays,
    trips,
    utc,
)

from jobs import tables as run_tables
from jobs.counting.disclosure import DisclosureParams
from jobs.mobility import tables
from jobs.mobility.make import NO_MARGINS, WITH_NOISE, Inputs, make, shares_of_places
from jobs.mobility.params import MobilityParams

USERS = (1, 2, 3)


def od():
    rows = [(a, b, slot) for a, b in ((HOME, WORK), (WORK, HOME)) for slot in ("am_peak", "pm_peak")]
    columns = {c.name: pa.nulls(len(rows), c.type) for c in run_tables.OD.columns}
    columns |= {
        "origin": pa.array([PLACES[a] for a, _, _ in rows]),
        "destination": pa.array([PLACES[b] for _, b, _ in rows]),
        "day_type": pa.array(["weekday"] * len(rows)),
        "slot": pa.array([slot for _, _, slot in rows]),
        "users": pa.array([3] * len(rows), pa.int32()),
        "trips": pa.array([3.0] * len(rows)),
        "population_trips": pa.array([30.0] * len(rows)),
    }
    return run_tables.OD.conform(pa.table(columns))


def presence():
    hours = [(place, hour) for place in (HOME, WORK) for hour in range(24)]
    columns = {"h3": [PLACES[place] for place, _ in hours], "hour": utc([at(0, hour) for _, hour in hours])}
    columns |= {"users": pa.array([3] * len(hours), pa.int32()), "population": [10.0] * len(hours)}
    return run_tables.PRESENCE.conform(pa.table(columns))


def margins():
    rows = [("day", 0, 3), *(("hour", hour, 2) for hour in range(24))]
    columns = {c.name: pa.nulls(len(rows), c.type) for c in run_tables.PRESENCE_MARGINS.columns}
    columns |= {"level": pa.array([row[0] for row in rows]), "hour": utc([at(0, row[1]) for row in rows])}
    columns["users"] = pa.array([row[2] for row in rows], pa.int32())
    columns["user_hours"] = pa.array([48.0] + [2.0] * 24)
    return pa.table(columns)


def inputs(disclosure, **changed):
    given = part(
        events=events(
            *((user, at(0, hour), place) for user in USERS for hour, place in ((7, HOME), (9, WORK)))
        ),
        stays=stays(*((user, HOME, at(day, 21), at(day, 22)) for user in USERS for day in range(10))),
        anchors=anchors(*((user, HOME, WORK, 10.0) for user in USERS)),
        trips=trips(*((user, HOME, WORK, at(0, 7), "HBW") for user in USERS)),
    )
    made = {"od": od(), "presence": presence(), "presence_margins": margins()}
    made["zones"] = run_tables.ZONES.schema.empty_table()
    return Inputs(
        {**made, **changed}.__getitem__,
        lambda: iter([given]),
        ground(),
        disclosure,
        (MONDAY, MONDAY + 13),
        {0: (MONDAY, MONDAY + 13)},
    )


def test_everything_of_a_small_run():
    said = []
    made = make(inputs(DisclosureParams(min_users=2)), MobilityParams(), said.append)
    assert set(made.tables) == {table.name for table in tables.ALL}
    assert made.tables["usual_environment"]["users"].to_pylist() == [3, 3]
    assert made.summary["usual_environment"]["places_of_users"] == {"2": 1.0}
    assert made.summary["home_changes"] == {"flows": 0, "withheld": 0}
    assert made.summary["signal"]["unknown_share"] == pytest.approx(1 - 48 / (24 * 3))
    assert made.summary["rhythms"]["weekday"]["desynchronisation_bits"] == pytest.approx(0, abs=1e-12)
    assert made.summary["network"]["areas"] == 1
    assert made.summary["activity"] == {"users": 3, "about_few": True}
    assert made.summary["impossible_moves"]["stays"]["impossible"] == 0
    assert said[-1] == "people: window=0/part-00000"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([0, 6, 4], {"1": 0.6, "2": 0.4}),
        ([0, 6, 3, 1], {"1": 0.6, "other": 0.4}),  # one user is told with three others
        ([2, 6, 0, 2], {"1": 0.6, "other": 0.4}),
        ([0, 0, 2], {}),
    ],
)
def test_shares_of_few_users_are_told_together(counts, told):
    assert shares_of_places([np.array(counts)], 3) == told


def test_with_noise_nothing_is_counted_beside_the_budget():
    made = make(inputs(DisclosureParams(method="dp", dp={})), MobilityParams())
    for name in ("usual_environment", "home_changes", "od_purpose", "signal"):
        assert made.summary[name] == WITH_NOISE
        assert name not in made.tables
    assert {"rhythms", "poles", "areas"} <= set(made.tables)


def test_without_margins_or_flows_the_summary_says_why():
    made = make(inputs(DisclosureParams(margins=False), od=od().slice(0, 0)), MobilityParams())
    assert made.summary["signal"] == NO_MARGINS
    assert made.summary["network"] == "not made: `od` has no flow on a weekday"
    assert "areas" not in made.tables
    assert made.tables["rhythms"].num_rows == 2 * 24
    assert np.isfinite(made.tables["rhythm_cells"]["entropy"].to_numpy()).all()
    assert FAR not in made.tables["rhythms"]["h3"].to_pylist()
