"""Who gains and who does not: coverage, what people can reach, and the places that win and lose most."""

from collections.abc import Callable

import numpy as np

from jobs.report.content import JsonObject, as_number, as_object, as_objects
from jobs.report.demand import WHOLE_DAY
from jobs.report.ground import hexagon_ring
from jobs.report.markup import (
    Child,
    Heading,
    Html,
    before_after,
    data_table,
    el,
    join,
    missing_note,
    section,
    source_note,
)
from jobs.report.measures import AFTER, BEFORE, Measure
from jobs.report.palette import classes
from jobs.report.svgmap import Projection, ramp_figure, ramp_layer, zone_layer
from jobs.report.view import View
from jobs.report.words import DASH, Both, number, quantity, same, share, slot_name

_PLACES = 8
_NO_EQUITY = Both(
    "No figures on equity: this run had no transit stage.",
    "Pas de chiffres d’équité : cette exécution n’a pas d’étape transit.",
)
_PEOPLE = {
    "residents": Both("residents", "habitants"),
    "trips by origin": Both(
        "trips by origin, in place of residents", "déplacements à l’origine, faute d’habitants"
    ),
}
_SOURCE = Both(
    "Transit stage, equity and areas of proposals.json. Coverage as in SDG indicator 11.2.1: a stop within "
    "the distance on foot. Reach: share of all destinations of trips within so many minutes, walks and "
    "waits counted plainly. Gini 0: all have the same; Palma: what the best-off tenth reaches over what "
    "the worst-off 40 % do. A trip gains or loses when its perceived time changes by more than 5 %.",
    "Étape transit, equity et areas de proposals.json. Couverture selon l’indicateur ODD 11.2.1 : un arrêt "
    "à cette distance à pied. Accès : part des destinations atteintes en tant de minutes, marche et attente "
    "comptées simplement. Gini 0 : tous ont autant ; Palma : le dixième le mieux loti rapporté aux 40 % les "
    "moins bien lotis. Un déplacement gagne ou perd si son temps perçu varie de plus de 5 %.",
)
Say = Callable[[float | None], Both]


def equity_section(view: View) -> Html:
    """Show coverage and reach before and after, and where people gain and lose."""
    title = Both("Who gains, who loses", "Qui gagne, qui perd")
    told = as_object(view.plan.get("equity"))
    sides = [as_object(told.get(when)) for when in (BEFORE, AFTER)]
    if not any(sides):
        return section("equity", title, missing_note(_NO_EQUITY))
    return section("equity", title, _floors(view), _levels(sides), _change_map(view), _places(view),
                   _without_line(view), source_note(_SOURCE))  # fmt: skip


def _levels(sides: list[JsonObject]) -> Html:
    headings = before_after(Both("Measure", "Mesure"))
    people = _PEOPLE.get(str(sides[0].get("people")), same(sides[0].get("people") or ""))
    slot = slot_name(str(sides[0].get("slot", "")))
    caption = Both("Levels, not one index: ", "Des niveaux, pas un indice unique : ") + people
    caption += same(" · ") + slot
    return data_table(caption, headings, [*_coverage_rows(sides), *_reach_rows(sides)], class_="sortable")


def _coverage_rows(sides: list[JsonObject]) -> list[list[Child]]:
    walk = quantity(as_number(sides[0].get("coverage_m")), "m")
    within = Both("Within ", "À moins de ") + walk + Both(" of a served stop", " d’un arrêt desservi")
    rows = [_row(within, [as_number(side.get("covered_share")) for side in sides], share)]
    for name in as_object(sides[0].get("covered_share_with_service")):
        shares = [as_number(as_object(side.get("covered_share_with_service")).get(name)) for side in sides]
        minutes = "".join(c for c in name if c.isdigit())
        often = Both(f", every {minutes} min or better", f", toutes les {minutes} min ou mieux")
        rows.append(_row(within + often, shares, share))
    return rows


def _reach_rows(sides: list[JsonObject]) -> list[list[Child]]:
    rows = []
    for name in as_object(sides[0].get("opportunities_in_reach")):
        reach = [as_object(as_object(side.get("opportunities_in_reach")).get(name)) for side in sides]
        minutes = "".join(c for c in name if c.isdigit())
        for key, label, say in (
            ("median", Both("median person", "personne médiane"), share),
            ("p10", Both("worst-off tenth", "dixième le moins bien loti"), share),
            ("gini", same("Gini"), _index),
            ("palma", same("Palma"), _index),
        ):
            text = Both("Reached in ", "Atteint en ") + f"{minutes} min, " + label
            rows.append(_row(text, [as_number(side.get(key)) for side in reach], say))
    return rows


def _index(value: float | None) -> Both:
    return number(value, 2)


def _row(label: Both, values: list[float | None], say: Say) -> list[Child]:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return [label, say(values[0]), say(values[1]), same(DASH)]
    change = known[1] - known[0]
    moved = quantity(100 * change, "pt", 1, signed=True) if say is share else number(change, 2, signed=True)
    return [label, say(values[0]), say(values[1]), moved]


def _floors(view: View) -> Html:
    """What the plan was bound to keep."""
    floors = as_object(as_object(view.plan.get("assumptions")).get("floors"))
    wins, losses = (as_number(view.plan.get(key)) for key in ("winners_share", "losers_share"))
    said = [
        el("p", share(wins), Both(" of all trips gain noticeably, ", " des déplacements gagnent nettement, "),
           share(losses), Both(" lose.", " perdent."))
    ] if wins is not None else []  # fmt: skip
    if floors:
        said.append(
            el("p", Both("Floors of the plan: at most ", "Bornes du plan : au plus "),
               share(as_number(floors.get("max_losers_share")), 0),
               Both(" of trips may lose, a place at most ", " de perdants, un lieu au plus "),
               quantity(as_number(floors.get("max_zone_loss_min")), "min", signed=False),
               Both(" a trip, coverage at most ", " par déplacement, la couverture au plus "),
               quantity(_points(as_number(floors.get("max_coverage_loss"))), "pt", 1), same("."))
        )  # fmt: skip
    return join(said)


def _points(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _change_map(view: View) -> Html:
    change = view.measure("change")
    if change is None:
        return Html("")
    label = Both("Map: minutes saved a trip by where it starts; blue gains, orange loses",
                 "Carte : minutes gagnées par déplacement selon l’origine ; bleu gagne, orange perd")  # fmt: skip
    return measure_figure(view, change, change.values[AFTER, WHOLE_DAY], label)


def measure_figure(view: View, measure: Measure, values: np.ndarray, label: Both) -> Html:
    """A small map of one measure, for paper and for browsers without WebGL, with its classes below."""
    projection = Projection(view.frame)
    breaks = measure.breaks[WHOLE_DAY]
    rings = [hexagon_ring(int(cell)) for cell in view.demand.h3]
    known = np.isfinite(values)
    hexagons = ramp_layer(projection, rings, classes(np.nan_to_num(values), breaks), known, measure.ramp)
    layers = [
        zone_layer(projection, view.zones, "land"),
        hexagons,
        zone_layer(projection, view.zones, "outline"),
    ]
    bounds = [number(bound, _decimals(bound)) for bound in breaks]
    return ramp_figure(projection, layers, label, measure.ramp, bounds)


def _decimals(value: float) -> int:
    return 0 if value == int(value) else 1 if abs(value) >= 1 else 2


def _places(view: View) -> Html:
    """The places that gain and lose most minutes a day."""
    areas = as_objects(view.plan.get("areas"))
    known = [(name, area) for area in areas if (name := view.place_of(str(area.get("h3"))))]
    gain = [pair for pair in known if (as_number(pair[1].get("minutes_saved_per_day")) or 0) > 0][:_PLACES]
    lose = [pair for pair in known if (as_number(pair[1].get("minutes_saved_per_day")) or 0) < 0][:_PLACES]
    if not known:
        return Html("")
    headings = [
        Heading(Both("Trips from", "Départs de")),
        Heading(Both("Hours saved a day", "Heures gagnées/jour"), True),
        Heading(Both("Minutes a trip", "Min/déplacement"), True),
        Heading(Both("Gain", "Gagnent"), True),
        Heading(Both("Lose", "Perdent"), True),
    ]
    rows: list[list[Child]] = []
    for name, area in gain + lose:
        day, trip, wins, losses = (
            as_number(area.get(key))
            for key in ("minutes_saved_per_day", "minutes_saved_per_trip", "winners_share", "losers_share")
        )
        hours = None if day is None else day / 60
        rows.append(
            [name, number(hours, signed=True), number(trip, 1, signed=True), share(wins, 0), share(losses, 0)]
        )
    caption = Both("Places that gain and lose most", "Lieux qui gagnent et perdent le plus")
    return data_table(caption, headings, rows, class_="sortable")


def _without_line(view: View) -> Html:
    """The places where most trips find no usable line, before and after."""
    measure = view.measure("unserved")
    if measure is None:
        return Html("")
    before, after = (np.nan_to_num(measure.values[when, WHOLE_DAY]) for when in (BEFORE, AFTER))
    order = np.argsort(-before, kind="stable")[:_PLACES]
    rows: list[list[Child]] = [
        [view.places[i], number(float(before[i])), number(float(after[i])),
         number(float(after[i] - before[i]), signed=True)]
        for i in order
        if before[i] > 0
    ]  # fmt: skip
    if not rows:
        return Html("")
    headings = before_after(Both("Trips from", "Départs de"))
    caption = Both("Trips a day without a usable line", "Déplacements par jour sans ligne utilisable")
    table = data_table(caption, headings, rows, class_="sortable")
    label = Both("Map: trips a day without a usable line today, by where they start",
                 "Carte : déplacements par jour sans ligne utilisable aujourd’hui, selon l’origine")  # fmt: skip
    return join([measure_figure(view, measure, measure.values[BEFORE, WHOLE_DAY], label), table])
