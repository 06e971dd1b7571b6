"""The order of the list."""

import numpy as np

from jobs.transit.changes import Change, Kind
from jobs.transit.diagnosis import UnderServed
from jobs.transit.feeds.faults import Faults
from jobs.transit.planner import Outcome, Worth
from jobs.transit.scorecard import Credited, credited
from jobs.transit.twins import Twin


def ranked(*changes: tuple[int, Kind, float, float], faults: Faults | None = None) -> list[Credited]:
    """Order of changes (line, kind, minutes saved, vehicle-hours)."""
    worth = tuple(Worth(Change(line, kind), saves, hours, []) for line, kind, saves, hours in changes)
    plan = {w.change.line: w.change for w in worth}
    return credited(Outcome(plan, [], [], worth, 0.0, 0.0, 0.0, faults or Faults(None, None)))


def lines(found: list[Credited]) -> list[int]:
    return [entry.worth.change.line for entry in found]


def test_of_new_lines_that_one_comes_first_which_saves_most_beyond_its_hours():
    found = ranked(
        (1, Kind.NEW_LINE, 1000.0, 200.0), (2, Kind.NEW_LINE, 950.0, 100.0), (3, Kind.HEADWAY, 900.0, 90.0)
    )
    assert lines(found) == [2, 1, 3]
    assert [entry.fault for entry in found] == ["missing_corridor", None, None]


def test_what_mends_a_fault_stands_first_even_where_it_pays_for_little():
    faults = Faults(Twin(7, 8, 1.0), UnderServed(9, 30.0, 10.0, (20.0,)))
    found = ranked(
        (1, Kind.NEW_LINE, 1000.0, 100.0),
        (2, Kind.NEW_LINE, 900.0, 100.0),
        (7, Kind.REMOVE_DUPLICATE, -300.0, -20.0),
        (9, Kind.HEADWAY, 100.0, 20.0),
        (4, Kind.HEADWAY, -50.0, -30.0),
        faults=faults,
    )
    assert lines(found) == [1, 9, 7, 2, 4]
    assert found[2].rank_min < 0


def test_freed_hours_share_what_is_bought_with_them():
    found = ranked(
        (1, Kind.NEW_LINE, 1000.0, 100.0), (2, Kind.HEADWAY, -50.0, -30.0), (3, Kind.TRUNCATE, -10.0, -10.0)
    )
    funds = {entry.worth.change.line: entry.funds_min for entry in found}
    assert np.allclose([funds[1], funds[2], funds[3]], [0.0, 300.0, 100.0])
    assert lines(found) == [1, 3, 2]
