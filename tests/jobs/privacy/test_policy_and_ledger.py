"""Who may release what: bounds on figures, and the budget."""

import json
import threading
from fractions import Fraction

import pytest

from jobs.errors import InputError, PrivacyGate
from jobs.privacy.ledger import Ledger, Spending
from jobs.privacy.policy import NONE_RELEASED, PolicyParams, figures_of, judge, refuse_if_broken


def unicity(low, high, control=True):
    told = {"unicity": {"4": {"value": (low + high) / 2, "low": low, "high": high}}}
    return {"unicity": {"attack": "unicity", "released": told, "control": told, "control_succeeds": control}}


def test_the_upper_end_of_the_interval_is_judged():
    assert judge(PolicyParams(max_unicity=0.2), unicity(0.1, 0.2)) == []
    (broken,) = judge(PolicyParams(max_unicity=0.2), unicity(0.1, 0.21))
    assert broken == "unicity at 4 points is 0.21, and has to be at most 0.2"


def test_what_was_not_measured_breaks_a_bound_and_what_is_not_released_keeps_it():
    policy = PolicyParams(max_membership_auc=0.55)
    assert "was not measured" in judge(policy, {})[0]
    assert "was not measured" in judge(policy, {"membership": {"released": None}})[0]
    assert judge(policy, {"membership": {"released": {NONE_RELEASED: True}}}) == []


def test_an_attack_that_fails_on_raw_events_refuses():
    with pytest.raises(PrivacyGate, match="fails on raw events") as refused:
        refuse_if_broken(PolicyParams(max_unicity=1), unicity(0, 0.1, control=False))
    assert refused.value.exit_code == 3
    refuse_if_broken(PolicyParams(max_unicity=1, controls_succeed=False), unicity(0, 0.1, control=False))


def test_a_smallest_group_has_to_be_at_least_k():
    found = {"k-anonymity": {"released": {"smallest_group": 2}}}
    assert judge(PolicyParams(min_k=2), found) == []
    assert "at least 3" in judge(PolicyParams(min_k=3), found)[0]


def nested(path, value):
    return value if not path else {path[0]: nested(path[1:], value)}


BOUNDS = {
    "max_unicity": (0.1, 0.2),
    "min_information_ratio": (0.5, 0.4),
    "min_k": (3, 2),
    "max_home_work_alone": (0.1, 0.2),
    "max_linkage": (0.1, 0.2),
    "max_membership_auc": (0.55, 0.56),
    "max_recovery_gain": (0.05, 0.06),
    "max_computable": (0, 1),
}


@pytest.mark.parametrize("name", [f for f in PolicyParams.model_fields if f.startswith(("max_", "min_"))])
def test_each_bound_refuses_what_breaks_it_and_says_which_figure(name):
    bound, value = BOUNDS[name]
    policy = PolicyParams(**{name: bound}, controls_succeed=False)
    bounded = [figure for figure in figures_of(policy) if figure.bound is not None]
    assert bounded
    for broken in bounded:
        found = [(f.attack, nested(f.path, value if f is broken else bound)) for f in bounded]
        released = {attack: {} for attack, _ in found}
        for attack, told in found:
            released[attack] |= told
        findings = {attack: {"released": told} for attack, told in released.items()}
        with pytest.raises(PrivacyGate) as refused:
            refuse_if_broken(policy, findings)
        assert f"{broken.name} is {value:g}, and has to be" in str(refused.value)
        assert str(refused.value).count("has to be") == 1
        assert refused.value.exit_code == 3
        kept = {attack: {"released": dict(told)} for attack, told in findings.items()}
        for figure in bounded:
            kept[figure.attack]["released"] |= nested(figure.path, bound)
        assert judge(policy, kept) == []


def spending(release, first=0, last=13, epsilon="1", table="od", population="all"):
    return Spending(population, first, last, table, release, Fraction(epsilon), 1e-8)


LIMIT = (Fraction(2), 1e-6)


def test_releases_of_common_days_add_up_and_overspending_is_refused(tmp_path):
    ledger = Ledger(tmp_path / "budget.json")
    ledger.spend(spending("a"), *LIMIT)
    told = ledger.spend(spending("b", 13, 20), *LIMIT)
    assert told == {"epsilon": "2", "delta": 2e-8, "releases": 2}
    before = ledger.path.read_bytes()
    with pytest.raises(PrivacyGate, match="more than the limit of 2"):
        ledger.spend(spending("c", 10, 15, "1/100"), *LIMIT)
    assert ledger.path.read_bytes() == before
    ledger.spend(spending("d", 21, 34, "2"), *LIMIT)
    ledger.spend(spending("e", 10, 15, population="others"), *LIMIT)


def test_the_same_release_is_paid_once(tmp_path):
    ledger = Ledger(tmp_path / "budget.json")
    for _ in range(3):
        told = ledger.spend(spending("a", epsilon="2"), *LIMIT)
    assert told["releases"] == 1
    assert len(ledger.entries()) == 1


def test_delta_has_a_limit_too(tmp_path):
    with pytest.raises(PrivacyGate):
        Ledger(tmp_path / "b.json").spend(spending("a"), Fraction(2), 5e-9)


@pytest.mark.parametrize("content", ["", "[]", '{"spent": [{"x": 1}]}', '{"spent": [{}'])
def test_a_damaged_ledger_spends_nothing(tmp_path, content):
    path = tmp_path / "budget.json"
    path.write_text(content)
    with pytest.raises(InputError, match="nothing may be spent"):
        Ledger(path).spend(spending("a"), *LIMIT)
    assert path.read_text() == content


def test_spendings_at_the_same_time_are_all_noted(tmp_path):
    ledger = Ledger(tmp_path / "budget.json")
    limit = (Fraction(5), 1.0)
    refused = []

    def spend(number):
        try:
            ledger.spend(spending(f"r{number}"), *limit)
        except PrivacyGate:
            refused.append(number)

    threads = [threading.Thread(target=spend, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert len(json.loads(ledger.path.read_text())["spent"]) == 5
