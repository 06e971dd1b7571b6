"""What the documents of a bundle tell of raw data is rounded; parameters are not."""

import hashlib
import hmac

import numpy as np
import pyarrow as pa
import pytest

from jobs.identity.pseudonyms import WindowPads
from jobs.release.rounding import rounded_figures, rounded_table, two_digits
from jobs.release.sample import keyed_digests
from kernels.hashing import hmac_pads


@pytest.mark.parametrize(
    ("value", "told"),
    [(12_441, 12_000), (99, 99), (995, 1_000), (0, 0), (0.1488, 0.15), (10_378.37, 10_000.0)],
)
def test_two_digits(value, told):
    assert two_digits(value) == told
    assert type(two_digits(value)) is type(value)


def test_counts_of_persons_with_one_more_or_less_look_the_same_and_parameters_stay():
    told = {"users": 12_441, "auc": {"value": 0.5034}, "settings": {"users": 12_441}, "dp": {"scale": 3_037}}
    more = {**told, "users": 12_442}
    assert rounded_figures(told) == rounded_figures(more)
    assert rounded_figures(told)["auc"]["value"] == 0.5
    assert rounded_figures(told)["settings"]["users"] == 12_441
    assert rounded_figures(told)["dp"]["scale"] == 3_037
    assert rounded_figures([True, None, 7]) == [True, None, 7]


def test_sums_of_weights_are_no_fingerprints_of_who_was_added_up():
    rng = np.random.default_rng(1)
    weights = 1 + rng.random(40)
    groups = np.array([rng.choice(40, 15, replace=False) for _ in range(3_000)])
    sums = pa.table(
        {
            "origin": np.arange(3_000),
            "users": pa.array(np.full(3_000, 15, np.int32)),
            "trips": weights[groups].sum(1),
            "population": pa.array([None, *weights[groups].sum(1)[1:] * 50]),
        }
    )
    shown = rounded_table(sums)
    assert len(set(sums["trips"].to_pylist())) == 3_000
    assert len(set(shown["trips"].to_pylist())) < 600
    assert shown["population"][0].as_py() is None
    assert all(value == int(value) for value in shown["population"].to_pylist()[1:])
    assert shown.schema == sums.schema
    assert shown["users"].equals(sums["users"])


def test_keyed_digests_are_those_of_the_standard_library():
    key = bytes(range(32))
    pads = WindowPads(*hmac_pads(np.frombuffer(key, np.uint8)))
    texts = ["ab" * 32, "", "0" * 64]
    assert keyed_digests(texts, pads) == [
        hmac.new(key, t.encode(), hashlib.sha256).hexdigest() for t in texts
    ]
