"""What decides the noise of a table, and what it costs."""

from types import SimpleNamespace

import numpy as np
import pytest

from jobs.calendars.days import CalendarParams
from jobs.counting.disclosure import DisclosureParams
from jobs.engine.store import Store, StoredFile
from jobs.errors import PrivacyGate
from pipelines import budget
from pipelines.budget import LEDGER_FILE, noise_of

DP = {"method": "dp", "dp": {"epsilon": 2, "limit_epsilon": 4}}


def context(folder, disclosure=DP, digest="a", key=bytes(32)):
    """As much of a stage's context as the budget looks at."""
    params = DisclosureParams.model_validate(disclosure)
    figures = {"first_s": 1_357_516_800, "last_s": 1_358_000_000}
    return SimpleNamespace(
        config=SimpleNamespace(disclosure=params, calendar=CalendarParams()),
        records={"ingest": SimpleNamespace(figures=figures)},
        files=lambda table: [StoredFile("part", table, 1, 1, digest)],
        store=Store(str(folder)),
        key=lambda: key,
        say=lambda text: None,
    )


def test_no_noise_and_no_ledger_without_differential_privacy(tmp_path):
    assert noise_of(context(tmp_path, {}), "od", ("trips",)) is None
    assert not (tmp_path / LEDGER_FILE).exists()


def test_the_same_counts_draw_the_same_noise_and_pay_once(tmp_path):
    first = noise_of(context(tmp_path), "od", ("trips",))
    again = noise_of(context(tmp_path), "od", ("trips",))
    assert np.array_equal(first, again)
    third = noise_of(context(tmp_path, digest="b"), "od", ("trips",))
    assert not np.array_equal(first, third)
    with pytest.raises(PrivacyGate, match="is 6"):
        noise_of(context(tmp_path, digest="c"), "od", ("trips",))


def test_parameters_programs_and_keys_draw_other_noise_but_limits_do_not(tmp_path, monkeypatch):
    wide = {"method": "dp", "dp": {"epsilon": 2, "limit_epsilon": 20}}
    base = noise_of(context(tmp_path, wide), "od", ("trips",))
    wider = {"method": "dp", "dp": {"epsilon": 2, "limit_epsilon": 19, "limit_delta": 1e-5}}
    assert np.array_equal(base, noise_of(context(tmp_path, wider), "od", ("trips",)))
    other = {"method": "dp", "dp": {"epsilon": 2, "limit_epsilon": 20, "cap": {"od": 9}}}
    others = [
        noise_of(context(tmp_path, other), "od", ("trips",)),
        noise_of(context(tmp_path, wide), "presence", ("events",)),
        noise_of(context(tmp_path, wide, key=b"k" * 32), "od", ("trips",)),
    ]
    monkeypatch.setattr(budget, "code_digest", lambda: "another program")
    others.append(noise_of(context(tmp_path, wide), "od", ("trips",)))
    assert all(not np.array_equal(base, noise) for noise in others)
