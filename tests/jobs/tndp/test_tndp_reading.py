"""Instances are read in both layouts; what is odd is refused with its place."""

import numpy as np
import pytest
from ring_town import DEMAND, LINKS, NODES, write_town

from jobs.errors import InputError
from jobs.tndp.reading import read_instance


def test_tables_become_an_instance(tmp_path):
    town = read_instance(write_town(tmp_path / "town"))
    assert town.names == tuple("ABCDEF")
    assert town.all_trips == 400
    assert town.arrays.link_min[0].tolist() == [0, 3, 0, 0, 0, 4]
    assert (town.arrays.link_min == town.arrays.link_min.T).all()
    assert town.arrays.shortest_min[0].tolist() == [0, 3, 7, 9, 7, 4]
    assert town.arrays.trips[0].tolist() == [0, 0, 0, 200, 0, 0]
    assert town.arrays.head[town.arrays.first[1] : town.arrays.first[2]].tolist() == [0, 2, 4]


def test_demand_of_one_direction_counts_once(tmp_path):
    one = DEMAND.replace("D,A,100\n", "")
    town = read_instance(write_town(tmp_path / "town", demand=one))
    assert town.all_trips == 300
    assert town.arrays.trips[0, 3] == 100


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t").replace("from\tto\tdemand", "From\tTO\tDemand"),
        lambda text: text.replace("A,D,100", " A , D , 100.0 ") + "\n\n",
    ],
    ids=["byte order mark and CRLF", "semicolons", "tabs and capitals", "blanks"],
)
def test_ways_of_writing_a_table(tmp_path, change):
    plain = read_instance(write_town(tmp_path / "plain"))
    other = read_instance(write_town(tmp_path / "other", demand=change(DEMAND)))
    assert (plain.arrays.trips == other.arrays.trips).all()


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"nodes": NODES.replace("id,", "node,")}, "ring_nodes.txt: has no column id"),
        ({"nodes": NODES + "A,0,0,1\n"}, "ring_nodes.txt, line 8: node A stands there twice"),
        ({"nodes": "id\nA\n"}, "has 1 nodes"),
        ({"nodes": ""}, "ring_nodes.txt: has no column id"),
        ({"links": LINKS + "A,X,3\n"}, "ring_links.txt, line 10: node X is not in the table of nodes"),
        ({"links": LINKS + "A,D,0\n"}, "line 10: '0' is not a whole number from 1 to 9999"),
        ({"links": LINKS + "A,D,2.5\n"}, "line 10: '2.5' is not a whole number"),
        ({"links": LINKS + "A,D,inf\n"}, "line 10: 'inf' is not a whole number"),
        ({"links": LINKS + "A,D,soon\n"}, "line 10: 'soon' is not a whole number"),
        ({"links": LINKS + "A,D\n"}, "line 10: column travel_time is empty"),
        ({"links": LINKS + "A,B,3\n"}, "line 10: gives A-B a second time"),
        ({"links": LINKS + "A,A,3\n"}, "line 10: joins node A with itself"),
        ({"links": LINKS.replace("B,A,3", "B,A,4")}, "link A-B takes 3 minutes, and 4 the other way"),
        ({"links": LINKS.replace("E,F,3\nF,A,4\n", "")}, "no links lead from node A to node F"),
        ({"links": LINKS.replace("B,E,6", "B,E,6000")}, "links of up to 6000 minutes"),
        ({"demand": DEMAND + "A,B,-1\n"}, "line 9: '-1' is not a whole number"),
        ({"demand": "from,to,demand\n"}, "has no demand between different nodes"),
    ],
)
def test_odd_tables_are_refused(tmp_path, tables, message):
    with pytest.raises(InputError) as told:
        read_instance(write_town(tmp_path / "town", **tables))
    assert message in str(told.value)
    assert "Mend: " in str(told.value)


def test_a_missing_or_second_table_is_refused(tmp_path):
    folder = write_town(tmp_path / "town")
    (folder / "more_links.csv").write_text(LINKS)
    with pytest.raises(InputError, match="more than one table of links"):
        read_instance(folder)
    for path in folder.glob("*links*"):
        path.unlink()
    with pytest.raises(InputError, match="holds no table of links"):
        read_instance(folder)
    with pytest.raises(InputError, match="is not a folder"):
        read_instance(folder / "none")


def test_a_table_that_is_not_text_is_refused(tmp_path):
    folder = write_town(tmp_path / "town")
    (folder / "ring_links.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as UTF-8"):
        read_instance(folder)


def matrix(values):
    names = ",".join(str(i) for i in range(len(values)))
    return (
        "\ufeff,"
        + names
        + "\n"
        + "".join(f"{i}," + ",".join(map(str, row)) + "\n" for i, row in enumerate(values.tolist()))
    )


def test_matrices_become_the_same_instance(tmp_path):
    town = read_instance(write_town(tmp_path / "town"))
    link = town.arrays.link_min.astype(int)
    link[(link == 0) & ~np.eye(6, dtype=bool)] = 10_000
    folder = tmp_path / "matrices"
    folder.mkdir()
    (folder / "Distance_Matrix.csv").write_text(matrix(link), encoding="utf-8")
    (folder / "OD_Demand_Matrix.csv").write_text(matrix(town.arrays.trips // 2), encoding="utf-8")
    other = read_instance(folder)
    assert other.names == tuple("012345")
    assert other.all_trips == town.all_trips
    assert all((a == b).all() for a, b in zip(other.arrays, town.arrays, strict=True))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (",0,1\n0,0,5\n", "has other nodes along the side than on top"),
        (",0,1\n0,0,5\n1,5\n", "line 3: has 1 values, not 2"),
        (",0,1\n0,1,5\n1,5,0\n", "joins a node with itself"),
        (",0,2\n0,0,5\n2,5,0\n", "has other nodes than Distance_Matrix.csv"),
        ("", "has other nodes than Distance_Matrix.csv"),
    ],
)
def test_odd_matrices_are_refused(tmp_path, text, message):
    (tmp_path / "Distance_Matrix.csv").write_text(",0,1\n0,0,5\n1,5,0\n")
    (tmp_path / "OD_Demand_Matrix.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        read_instance(tmp_path)
