"""Kinds of proposals on the page: each has a name, unknown ones keep their own words, zones are outlined."""

from shapely.geometry import box

from jobs.report.cards import _card
from jobs.report.ground import paths
from jobs.report.words import kind_name
from jobs.transit.changes import Kind


def test_every_kind_of_the_planner_has_a_name_in_both_languages():
    for kind in Kind:
        name = kind_name(str(kind))
        assert name.en != str(kind).replace("_", " ").capitalize() or name.fr != name.en


def test_a_kind_that_is_unknown_is_shown_by_its_own_words():
    proposal = {
        "kind": "tram_on_rails",
        "title": {"en": "Lay rails", "fr": "Poser des rails"},
        "reason": {"en": "They last.", "fr": "Ils durent."},
    }
    card = str(_card(1, proposal))
    assert "Lay rails" in card
    assert "Ils durent." in card
    assert "Tram on rails" in card


def test_a_zone_is_drawn_by_its_outline():
    (ring,) = paths(box(-17.5, 14.7, -17.4, 14.8))
    assert ring[0] == ring[-1]
    assert len(ring) == 5
    assert len(paths(box(0, 0, 1, 1).union(box(2, 2, 3, 3)))) == 2
