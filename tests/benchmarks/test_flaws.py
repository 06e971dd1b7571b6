"""What counts as a planted fault found."""

import pytest

from benchmarks.flaws import mends, ranks, table

CORRIDOR = {
    "kind": "missing_corridor",
    "stops": [{"lon": -17.45 + k * 0.01, "lat": 14.7} for k in range(6)],
}
TWIN = {"kind": "duplicate_line", "route_id": "A", "copy_route_id": "A_B"}
STARVED = {"kind": "headway_off", "route_id": "C"}


def new_line(lat: float) -> dict:
    way = [[-17.45 + k * 0.01, lat] for k in range(4)]
    return {
        "kind": "new_line",
        "geometry": {"coordinates": way},
        "route_ids": ["n"],
        "vehicle_hours_delta": 9,
    }


def other(kind: str, routes: list[str], hours: float) -> dict:
    return {"kind": kind, "route_ids": routes, "vehicle_hours_delta": hours}


@pytest.mark.parametrize(("lat", "found"), [(14.7, True), (14.703, True), (14.72, False)])
def test_a_corridor_is_found_by_a_line_within_500_m(lat, found):
    assert mends(new_line(lat), CORRIDOR) is found


def test_a_twin_is_found_by_the_end_of_either_and_a_starved_line_by_more_buses():
    assert mends(other("remove_duplicate", ["A", "A_B"], -5), TWIN)
    assert not mends(other("remove_duplicate", ["A", "X"], -5), TWIN)
    assert mends(other("headway", ["C"], 5), STARVED)
    assert not mends(other("headway", ["C"], -5), STARVED)


def test_ranks_are_of_the_first_that_mends():
    listed = [new_line(14.9), other("headway", ["C"], 3), new_line(14.7)]
    for number, proposal in enumerate(listed):
        proposal["rank"] = number + 1
    found = ranks(listed, [CORRIDOR, TWIN, STARVED])
    assert found == {"missing_corridor": 3, "duplicate_line": None, "headway_off": 2}
    assert table([(1, found, 60.0), (2, {**found, "headway_off": 4}, 60.0)]).splitlines()[-1] == (
        "| in the first 3 | 100% | 0% | 50% | |"
    )
