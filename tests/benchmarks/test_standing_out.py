"""Which line is deleted: one that stands out, beside the best other new line."""

import pyarrow as pa
import pytest

from benchmarks.standing_out import StandingOut, standing_out
from jobs.transit.params import TransitParams
from jobs.world.harm import Harm
from tests.jobs.transit.towns import AXES, AXIS_STOPS, h3_at, od_table, star_demand, star_town


@pytest.fixture(scope="module")
def star(tmp_path_factory):
    folder = tmp_path_factory.mktemp("star")
    feed = star_town(planted=False).write(folder / "sound.zip")
    return folder, standing_out(feed, star_demand(), folder / "kept.json")


def test_where_all_axes_have_a_line_nothing_else_is_as_good_as_the_one_that_goes(star):
    _, found = star
    assert found.route in {f"L{axis}" for axis in range(AXES)}
    assert found.surplus_min > 0
    assert found.other_min < 0.1 * found.surplus_min


def test_what_a_gap_elsewhere_is_worth_is_told(tmp_path):
    """A second town hardly served: a line there is worth much, and gives nobody of the first one time back."""
    feed = star_town(planted=False)
    places = [(30_000.0 + 500.0 * k, 0.0) for k in range(12)]
    for k, place in enumerate(places):
        feed.stop(f"far{k}", *place)
    feed.line("FAR", [f"far{k}" for k in range(12)], [1.8] * 11, 180)
    trips = [
        (h3_at(*a), h3_at(*b), slot, 130.0)
        for slot in ("am_peak", "midday")
        for i, a in enumerate(places)
        for j, b in enumerate(places)
        if abs(i - j) > 4
    ]
    od = pa.concat_tables([star_demand(), od_table(trips)])
    found = standing_out(feed.write(tmp_path / "gap.zip"), od, tmp_path / "kept.json")
    assert found.route != "FAR"
    assert found.other_min > 0.2 * found.surplus_min


def test_a_line_with_a_twin_goes_with_its_twin(tmp_path):
    feed = star_town(planted=False)
    twins = ["centre", *(f"a0_{k}" for k in range(1, AXIS_STOPS))]
    feed.line("COPY", twins, [1.8] * (AXIS_STOPS - 1), 12)
    path = feed.write(tmp_path / "twin.zip")
    harm = Harm(path, star_demand(), TransitParams())
    try:
        corridors = {one.route: one for one in harm.corridors(["L0", "COPY", "L1"])}
    finally:
        harm.close()
    assert corridors["L0"].routes == ("L0", "COPY")
    assert corridors["L0"].surplus_min == pytest.approx(corridors["COPY"].surplus_min)
    assert corridors["L1"].routes == ("L1",)


def test_its_surplus_is_the_harm_that_planting_goes_by(star):
    folder, found = star
    harm = Harm(folder / "sound.zip", star_demand(), TransitParams())
    try:
        (corridor,) = harm.corridors([found.route])
    finally:
        harm.close()
    assert found.surplus_min == pytest.approx(corridor.surplus_min)


def test_it_is_worked_out_once(star, tmp_path):
    folder, found = star
    assert standing_out(tmp_path / "no.zip", star_demand(), folder / "kept.json") == found
    assert isinstance(found, StandingOut)
