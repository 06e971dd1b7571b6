"""The ranked proposals as cards."""

import re

from jobs.report.content import JsonObject, as_number, as_object, as_texts, first_number
from jobs.report.ground import geometry_of
from jobs.report.markup import Heading, Html, data_table, el, missing_note, section, source_note
from jobs.report.view import View
from jobs.report.words import Both, either, kind_name, minutes, number, quantity, share, slot_name, slot_order

_NOT_ID = re.compile(r"[^A-Za-z0-9_-]+")
_ARROW = " → "
_SAVED = Both("Time saved a day", "Temps gagné/jour")
_FUNDED = Both("Saved elsewhere", "Gagné ailleurs")
_COST = Both("Cost a day", "Coût par jour")
_CONFIDENCE = Both("Chosen again", "Choisie à nouveau")
_NO_PLAN = Both(
    "No proposals: this run had no transit stage, because no GTFS feed was given, the stage was not "
    "asked for, or no flow between places passed the threshold k.",
    "Pas de propositions : cette exécution n’a pas d’étape transit, faute de flux GTFS, parce qu’elle n’a "
    "pas été demandée, ou parce qu’aucun flux entre lieux n’a passé le seuil k.",
)
_NO_GAIN = Both(
    "The plan found no change worth its cost under this budget.",
    "Le plan n’a trouvé aucun changement qui vaille son coût dans ce budget.",
)
_SOURCE = Both(
    "Transit stage, proposals.json. Gains: perceived time (walking and waiting count double) of all "
    "passengers on an average day, each proposal valued by the assignment with and without it. Saved "
    "elsewhere: what others gain with the vehicle-hours freed here. Costs: vehicle-hours and vehicles "
    "of the whole line. Chosen again: share of resampled OD matrices for which it would be chosen.",
    "Étape transit, proposals.json. Gains : temps perçu (marche et attente comptent double) de tous les "
    "voyageurs un jour moyen, chaque proposition évaluée par l’affectation avec et sans elle. Gagné "
    "ailleurs : ce que d’autres gagnent avec les heures-véhicules libérées ici. Coûts : "
    "heures-véhicules et véhicules de toute la ligne. Choisie à nouveau : part des matrices OD "
    "rééchantillonnées pour lesquelles elle le serait.",
)


def proposals_section(view: View) -> Html:
    """List the proposals by rank, or say why there are none."""
    title = Both("What to change", "Que changer")
    if view.content.proposals is None:
        return section("proposals", title, missing_note(_NO_PLAN))
    if not view.proposals:
        return section("proposals", title, missing_note(_NO_GAIN))
    cards = (_card(place, proposal) for place, proposal in enumerate(view.proposals, start=1))
    return section("proposals", title, el("ol", *cards, class_="cards"), source_note(_SOURCE))


def _card(place: int, proposal: JsonObject) -> Html:
    kind = str(proposal.get("kind", ""))
    heading = el(
        "button",
        proposal_title(proposal),
        type="button",
        class_="show",
        data_proposal=place - 1,
        aria_pressed="false",
    )
    return el(
        "li",
        el("span", number(place), class_="rank", aria_hidden="true"),
        el("p", kind_name(kind), class_=f"kind kind-{_NOT_ID.sub('', kind)}"),
        el("h3", heading),
        el("p", either(proposal.get("reason"), ""), class_="reason"),
        el("dl", *_facts(proposal), class_="facts"),
        _winners(proposal),
        _details(proposal),
        class_="card",
        data_proposal=place - 1,
    )


def proposal_title(proposal: JsonObject) -> Both:
    """Return the title that the planner gave, else the kind of change."""
    return (
        either(proposal.get("title")) if proposal.get("title") else kind_name(str(proposal.get("kind", "")))
    )


def _facts(proposal: JsonObject) -> list[Html]:
    saved = first_number(proposal, ("generalised_minutes_saved_per_day",))
    boardings, vehicles, hours, km = (
        as_number(proposal.get(key))
        for key in ("boardings_per_day", "vehicles_delta", "vehicle_hours_delta", "vehicle_km_delta")
    )
    facts = [
        (_SAVED, _hours_of(saved)),
        (Both("Boardings a day", "Montées/jour"), number(boardings)),
        (Both("Vehicles", "Véhicules"), number(vehicles, signed=True)),
        (Both("Vehicle-hours a day", "Véh.-heures/jour"), quantity(hours, "h", 1, signed=True)),
        (Both("Vehicle-km a day", "Véh.-km/jour"), quantity(km, "km", signed=True)),
    ]
    funded = first_number(proposal, ("funded_minutes_per_day",))
    if funded:
        facts.insert(1, (_FUNDED, _hours_of(funded)))
    for key, label in (("money_delta", _COST), ("confidence", _CONFIDENCE)):
        value = as_number(proposal.get(key))
        if value is not None:
            facts.append((label, share(value, 0) if key == "confidence" else number(value, signed=True)))
    return [el("div", el("dt", label), el("dd", value)) for label, value in facts]


def _hours_of(in_minutes: float | None) -> Both:
    return quantity(None if in_minutes is None else in_minutes / 60, "h")


def _headways(proposal: JsonObject) -> Html:
    """Headways before and after in the slots that change; in all of them where none does."""
    before = as_object(proposal.get("headway_before_min"))
    after = as_object(proposal.get("headway_after_min"))
    slots = slot_order({*before, *after}, [])
    if not slots:
        return Html("")
    shown = [s for s in slots if as_number(before.get(s)) != as_number(after.get(s))] or slots
    headings = [
        Heading(Both("Slot", "Tranche")),
        Heading(Both("Before", "Avant"), True),
        Heading(Both("After", "Après"), True),
    ]
    rows = [[slot_name(s), _headway(before.get(s)), _headway(after.get(s))] for s in shown]
    return data_table(Both("Minutes between vehicles", "Minutes entre véhicules"), headings, rows)


def _headway(value: object) -> Both:
    return minutes(as_number(value))


def _winners(proposal: JsonObject) -> Html:
    gain, lose = (first_number(proposal, keys) for keys in (
        ("winners_share", "winners"), ("losers_share", "losers")))  # fmt: skip
    if gain is None and lose is None:
        return Html("")
    said = (
        Both("Better off: ", "Gagnants : ")
        + share(gain)
        + Both(", worse off: ", ", perdants : ")
        + share(lose)
    )
    widths = [f"width:{100 * min(max(value or 0.0, 0.0), 1.0):.1f}%" for value in (gain, lose)]
    bar = [el("i", class_=name, style=width) for name, width in zip(("gain", "lose"), widths, strict=True)]
    return el("p", said, el("span", *bar, class_="bar", aria_hidden="true"), class_="winners")


def _details(proposal: JsonObject) -> Html:
    """Headways and stops, folded away: the reason says the gist of them."""
    stops, headways = as_texts(proposal.get("stops")), _headways(proposal)
    if not stops and not headways:
        return Html("")
    counted = number(len(stops)) + Both(" stops", " arrêts") if stops else Both("", "")
    joint = Both(" and ", " et ") if stops and headways else Both("", "")
    title = (Both("Headways", "Fréquences") if headways else Both("", "")) + joint + counted
    inside = el("div", headways, el("p", _ARROW.join(stops)) if stops else None, class_="folded")
    return el("details", el("summary", title), inside)


def proposal_anchors(view: View) -> list[tuple[str, float, float]]:
    """Where on the map each proposal's number stands: the middle of its line."""
    anchors = []
    for place, proposal in enumerate(view.proposals, start=1):
        line = geometry_of(proposal)
        if line is not None and not line.is_empty:
            is_line = line.geom_type == "LineString"
            middle = line.interpolate(0.5, normalized=True) if is_line else line.centroid
            anchors.append((str(place), round(middle.x, 5), round(middle.y, 5)))
    return anchors
