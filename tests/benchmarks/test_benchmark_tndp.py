"""The parts of the TNDP benchmark that are its own: a made instance, published sets as files, the table."""

from benchmarks.tndp import CASES, Row, table, write_instance, write_published
from jobs.tndp.reading import read_instance


def test_the_made_instance_is_of_the_size_of_the_largest_published_one(tmp_path):
    write_instance(tmp_path / "made")
    made = read_instance(tmp_path / "made")
    assert made.nodes == 127
    assert made.arrays.head.size == 2 * 425
    assert 5 <= made.arrays.trips[0, 1:].min() // 2 <= made.arrays.trips.max() // 2 <= 800
    write_instance(tmp_path / "again")
    assert (read_instance(tmp_path / "again").arrays.trips == made.arrays.trips).all()


def test_a_published_set_becomes_a_file_of_routes(tmp_path):
    (tmp_path / "front.csv").write_text(",f_1_ATT,f_2_TRT,Routes\n0,9,9,0-1*\n1,8,8,2-1*1-0*\n")
    write_published(tmp_path / "front.csv", 1, tmp_path / "routes.txt")
    assert (tmp_path / "routes.txt").read_text() == "2-1\n1-0\n"


def test_the_table_gives_medians():
    runs = [
        {"att": att, "trt": 100, "d0": 90.0, "d1": 10.0, "d2": 0.0, "dun": 0.0, "wall_s": 15.0}
        for att in (10.5, 10.4, 10.7)
    ]
    told = table([Row(CASES[0], runs)]).splitlines()[-1]
    assert told == (
        "| Mandl 4 | 4 | 2-8 | 15.0 | 10.48 | 10.483 | 10.5000 | 10.4000 - 10.7000 | 100 "
        "| 90.00 | 10.00 | 0.00 | 0.00 |"
    )
