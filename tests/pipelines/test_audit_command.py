"""`maillage audit` and `anonymise` on the tiny city: what they tell, refuse and prove."""

import json
from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest


def found(told):
    assert told.code == 0, told.err
    return json.loads(told.out)


@pytest.mark.parametrize("attack", ["unicity", "anchors", "linkage"])
def test_traces_of_a_bundle_are_attacked_beside_raw_events(finished, command, attack):
    bundle = finished.workspace / "releases" / "tiny"
    told = found(command("audit", attack, finished.workspace, "--release", bundle, "--json"))
    assert told["attack"] == attack
    assert told["control_succeeds"]
    assert 0 < told["released"].get("users", 200) <= 200
    alone = found(command("audit", attack, "--release", bundle, "--json"))
    assert alone["control"] is None
    assert alone["released"] == told["released"]


def test_coarse_traces_are_less_unique_than_raw_ones(finished, command):
    bundle = finished.workspace / "releases" / "tiny"
    told = found(
        command("audit", "unicity", finished.workspace, "--release", bundle, "--points", "1,2", "--json")
    )
    for p in ("1", "2"):
        assert told["released"]["unicity"][p]["high"] < told["control"]["unicity"][p]["low"]


@pytest.mark.parametrize("table", ["od", "presence"])
def test_nothing_can_be_subtracted_from_what_was_published_unlike_from_a_plain_threshold(
    finished, command, table
):
    told = found(command("audit", "differencing", finished.workspace, "--table", table, "--json"))
    released, control = told["released"], told["control"]
    assert (released["computable"], released["about_few"], released["shown_below_k"]) == (0, 0, 0)
    assert control["computable"] + control["about_few"] > 0
    assert told["control_succeeds"]
    assert released["withheld"] > control["withheld"]


def test_counts_give_members_and_traces_away_only_bare(finished, command):
    members = found(
        command("audit", "membership", finished.workspace, "--targets", "10", "--group", "50", "--json")
    )
    assert members["released"]["auc"]["value"] < members["control"]["auc"]["value"]
    traces = found(command("audit", "recovery", finished.workspace, "--users", "40", "--days", "1", "--json"))
    assert traces["released"]["gain"] < traces["control"]["gain"]


def test_a_broken_bound_is_a_refusal(finished, command):
    bundle = finished.workspace / "releases" / "tiny"
    few = ("audit", "unicity", "--release", bundle, "--points", "4", "--users", "50", "--json")
    assert command(*few, "--require", "max_unicity=1").code == 0
    told = command(*few, "--require", "max_unicity=0")
    assert told.code == 3
    assert "has to be at most 0" in told.err


def alone_without(boxes: pa.Table) -> int:
    """Somebody of the smallest group: without this person's trace fewer than k are alike."""
    traces: dict[int, list[tuple]] = {}
    for row in boxes.to_pylist():
        traces.setdefault(row.pop("user_id"), []).append(tuple(sorted(row.items())))
    alike = Counter(tuple(sorted(trace)) for trace in traces.values())
    return min(traces, key=lambda user: alike[tuple(sorted(traces[user]))])


def test_anonymous_traces_prove_their_k_and_lose_it_when_one_is_changed(finished, command, tmp_path):
    file = tmp_path / "boxes.parquet"
    told = found(
        command("anonymise", finished.workspace, "--out", file, "--k", "3", "--users", "90", "--json")
    )
    assert told["quality"]["users"] == 90
    assert 0 < told["quality"]["left_out_share"] < 1
    assert command("audit", "k-anonymity", file, "--k", "3").code == 0
    boxes = pq.read_table(file)
    pq.write_table(
        boxes.filter(pc.not_equal(boxes["user_id"], alone_without(boxes))), tmp_path / "less.parquet"
    )
    less = command("audit", "k-anonymity", tmp_path / "less.parquet", "--k", "3")
    assert less.code == 3


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("audit", "unicity"), "nothing to attack"),
        (("audit", "unicity", "nowhere"), "not a workspace"),
        (("audit", "unicity", "--release", "nowhere"), "no such folder"),
        (("audit", "unicity", "--release", ".", "--points", "a"), "not numbers"),
        (("audit", "unicity", "--release", ".", "--points", "0"), "out of range"),
        (("audit", "differencing", "nowhere", "--table", "trips"), "no such table"),
        (("audit", "k-anonymity", "nowhere.parquet"), "no file of k-anonymous traces"),
    ],
)
def test_what_cannot_be_attacked_is_refused_with_its_mend(command, args, words):
    told = command(*args)
    assert told.code == 2
    assert words in told.err
    assert "Mend:" in told.err


def test_an_unknown_bound_is_refused(finished, command):
    bundle = finished.workspace / "releases" / "tiny"
    told = command("audit", "anchors", "--release", bundle, "--require", "max_fun=1")
    assert told.code == 2
    assert "max_fun" in told.err
