import hashlib

import pytest


def _digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("layout", ["csv", "csv.gz", "parquet", "d4d-set2"])
def test_same_seed_same_bytes_of_every_file(make_small, layout):
    changes = {"cdr_layout": layout, "people": 400, "days": 3}
    assert _digests(make_small(**changes)[0]) == _digests(make_small(**changes)[0])


def test_another_seed_is_another_world(make_small):
    one, other = (_digests(make_small(people=400, days=2, seed=seed)[0]) for seed in (1, 2))
    assert one.keys() == other.keys()
    assert not set(one.values()) & set(other.values())


def test_the_layout_of_records_changes_nothing_else(make_small):
    one, other = (_digests(make_small(people=400, days=2, cdr_layout=kind)[0]) for kind in ("csv", "parquet"))
    same = {name for name in one if not name.startswith("cdr") and name != "truth/parameters.json"}
    assert {one[name] for name in same} == {other[name] for name in same}
