"""Routes are read, checked against the rules, scored and written."""

import pytest
from ring_town import write_routes_file, write_town

from jobs.errors import InputError
from jobs.tndp.reading import read_instance
from jobs.tndp.routes import RouteRules, read_routes, write_routes
from jobs.tndp.score import Score, score

GOOD = ("A-B-C-D", "D-E-F", "B-E")


@pytest.fixture
def town(tmp_path):
    return read_instance(write_town(tmp_path / "town"))


def test_a_score_by_hand(town, tmp_path):
    """A-D rides 9; B-C rides 4; F-C is F-E-D 8, a transfer 5, D-C 2: 15. B-E serves nobody better: B-E-F is 14."""
    routes = read_routes(write_routes_file(tmp_path / "r.txt", *GOOD), town, RouteRules())
    told = score(town, routes)
    att = (200 * 9 + 80 * 4 + 120 * 15) / 400
    assert told == Score(pytest.approx(att), 9 + 8 + 6, pytest.approx(70), pytest.approx(30), 0.0, 0.0)
    assert list(told.as_json()) == ["att", "trt", "d0", "d1", "d2", "dun"]


def test_many_transfers_are_told_apart(town, tmp_path):
    links = ("A-B", "B-C", "C-D", "D-E", "E-F")
    told = score(town, read_routes(write_routes_file(tmp_path / "r.txt", *links), town, RouteRules()))
    assert (told.d0, told.d1, told.d2, told.dun) == pytest.approx((20, 0, 50 + 30, 0))
    assert told.att == pytest.approx((200 * 19 + 80 * 4 + 120 * 20) / 400)


def test_comments_blanks_and_empty_lines_are_passed_over(town, tmp_path):
    path = write_routes_file(tmp_path / "r.txt", "# best so far", "", *GOOD, " # end ")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b" \r\n").replace(b"A-B", b"A - B"))
    assert read_routes(path, town, RouteRules()) == [(0, 1, 2, 3), (3, 4, 5), (1, 4)]


def test_what_is_written_is_read_again(town, tmp_path):
    routes = [(0, 1, 2, 3), (3, 4, 5)]
    write_routes(tmp_path / "w.txt", routes, town)
    assert (tmp_path / "w.txt").read_text() == "A-B-C-D\nD-E-F\n"
    assert read_routes(tmp_path / "w.txt", town, RouteRules(2, 3, 4)) == routes
    with pytest.raises(InputError, match="cannot be written"):
        write_routes(tmp_path / "none" / "w.txt", routes, town)


@pytest.mark.parametrize(
    ("lines", "rules", "message"),
    [
        (("A-B-X", *GOOD), {}, "line 1: node 'X' is not in the instance"),
        (("A--B", *GOOD), {}, "line 1: node '' is not in the instance"),
        ((*GOOD, "A-C"), {}, "line 4: no link joins A and C"),
        ((*GOOD, "A-B-A"), {}, "line 4: calls at node A twice"),
        ((*GOOD, "A"), {}, "line 4: has 1 nodes, not at least 2"),
        (GOOD, {"min_nodes": 3}, "line 3: has 2 nodes, not at least 3"),
        (GOOD, {"max_nodes": 3}, "line 1: has 4 nodes, not 2 to 3"),
        (GOOD, {"routes": 4}, "r.txt: has 3 routes, not 4"),
        (("A-B-C-D",), {}, "r.txt: no route calls at E, F"),
        (("A-B-C", "D-E-F"), {}, "r.txt: no way leads from node A to node D by its routes"),
        ((), {}, "r.txt: no route calls at A, B, C"),
    ],
)
def test_routes_against_the_rules_are_refused(town, tmp_path, lines, rules, message):
    with pytest.raises(InputError) as told:
        read_routes(write_routes_file(tmp_path / "r.txt", *lines), town, RouteRules(**rules))
    assert message in str(told.value)
    assert "Mend: " in str(told.value)


def test_every_faulty_line_is_told_at_once(town, tmp_path):
    with pytest.raises(InputError) as told:
        read_routes(write_routes_file(tmp_path / "r.txt", "A-C", *GOOD, "A-B-A"), town, RouteRules())
    assert "2 problems" in str(told.value)
    assert "line 1" in str(told.value)
    assert "line 5" in str(told.value)


def test_a_file_that_cannot_be_read_is_refused(town, tmp_path):
    (tmp_path / "r.bin").write_bytes(b"\xff\xfe")
    for name in ("r.bin", "none.txt", "town"):
        with pytest.raises(InputError, match="cannot be read as UTF-8"):
            read_routes(tmp_path / name, town, RouteRules())
