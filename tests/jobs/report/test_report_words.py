"""Numbers and texts in two languages."""

import pytest

from jobs.report.markup import el, html_of
from jobs.report.words import Both, either, number, quantity, share, slot_order


@pytest.mark.parametrize(
    ("value", "decimals", "en", "fr"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1234567, 0, "1\u202f234\u202f567", "1\u202f234\u202f567"),
        (1234.56, 1, "1\u202f234.6", "1\u202f234,6"),
        (-0.04, 1, "0.0", "0,0"),
        (-12, 0, "−12", "−12"),
        (None, 0, "–", "–"),
    ],
)
def test_number(value: float | None, decimals: int, en: str, fr: str) -> None:
    assert number(value, decimals) == Both(en, fr)


def test_signed_numbers_say_plus_but_not_for_nothing() -> None:
    assert number(3, signed=True).en == "+3"
    assert number(0, signed=True).en == "0"


def test_a_missing_quantity_has_no_unit() -> None:
    assert quantity(None, "km").en == "–"
    assert quantity(2.5, "km", 1).fr == "2,5\u202fkm"
    assert share(0.125).en == "12.5\u202f%"


def test_slots_follow_the_day_then_the_plan() -> None:
    assert slot_order({"evening", "am_peak", "zzz"}, []) == ["am_peak", "evening", "zzz"]
    assert slot_order({"early", "late run", "first run"}, ["late run", "first run"]) == [
        "early",
        "late run",
        "first run",
    ]


def test_texts_come_as_pairs_as_plain_text_or_not_at_all() -> None:
    assert either({"en": "a", "fr": "b"}) == Both("a", "b")
    assert either({"fr": "b"}) == Both("b", "b")
    assert either("a") == Both("a", "a")
    assert either(None) == Both("–", "–")


def test_children_and_attributes_are_escaped() -> None:
    assert el("p", "<b>", title='"><b>') == '<p title="&quot;&gt;&lt;b&gt;">&lt;b&gt;</p>'


def test_french_signs_stay_with_their_words() -> None:
    assert "oui\u202f:" in html_of(Both("yes:", "oui : non"))
