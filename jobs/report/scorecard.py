"""Before and after: the scorecard of the network and the table of its lines."""

from dataclasses import dataclass, replace

from jobs.report.content import JsonObject, as_number, as_object, first_number
from jobs.report.demand import WHOLE_DAY
from jobs.report.figures import HOURS_KEYS, TIME_KEYS
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
from jobs.report.svgmap import status_of
from jobs.report.view import View
from jobs.report.words import (
    DASH,
    THIN,
    Both,
    either,
    minutes,
    number,
    quantity,
    same,
    slot_order,
    status_name,
)

_NO_PLAN = Both(
    "No before and after: this run had no transit stage.",
    "Pas d’avant et d’après : cette exécution n’a pas d’étape transit.",
)
_NO_LINES = Both(
    "No lines: this run had no transit stage.",
    "Pas de lignes : cette exécution n’a pas d’étape transit.",
)
_SCORE_SOURCE = Both(
    "Transit stage: frequency-based assignment (Spiess and Florian 1989) of the OD matrix to the "
    "network before and after. Perceived time = 2 × walk + 2 × wait (2.5 at a transfer) + ride + 5 min "
    "a transfer, unless the assumptions below say otherwise. Means per passenger also move because "
    "other people ride: they are neither better nor worse by themselves. Hours and kilometres are per "
    "day.",
    "Étape transit : affectation par fréquences (Spiess et Florian 1989) de la matrice OD au réseau "
    "avant et après. Temps perçu = 2 × marche + 2 × attente (2,5 en correspondance) + trajet + 5 min "
    "par correspondance, sauf mention contraire dans les hypothèses ci-dessous. Les moyennes par "
    "voyageur bougent aussi parce que d’autres personnes voyagent : seules, elles ne disent ni mieux ni "
    "moins bien. Heures et kilomètres : par jour.",
)
_LINES_SOURCE = Both(
    "Transit stage, network.geojson. Headways of the chosen slot, or their range over the day; vehicles "
    "at the peak; boardings a day.",
    "Étape transit, network.geojson. Intervalles de la tranche choisie, ou leur étendue sur la journée "
    "; véhicules à la pointe ; montées par jour.",
)


@dataclass(frozen=True)
class Measure:
    """One row of the scorecard; `less_is_better` is None where neither direction is a gain by itself."""

    keys: tuple[str, ...]
    name: Both
    unit: str
    decimals: int = 1
    less_is_better: bool | None = True
    factor: float = 1.0
    unit_of_change: str = ""


_MIN, _HOURS = "min", "h"
_PER_PASSENGER = (
    Measure(("passenger_generalised_min",), Both("Perceived time", "Temps perçu"), _MIN),
    Measure(("walk_min", "walk"), Both("Walk", "Marche"), _MIN),
    Measure(("wait_min", "wait"), Both("Wait", "Attente"), _MIN),
    Measure(("ride_min", "ride"), Both("Ride", "Trajet en véhicule"), _MIN),
    Measure(("transfers",), Both("Transfers", "Correspondances"), "", 2),
)
_MEASURES = (
    Measure(TIME_KEYS, Both("Perceived time per trip", "Temps perçu par déplacement"), _MIN),
    Measure(("unserved_share",), Both("Trips without a usable line", "Déplacements sans ligne utilisable"),
            "%", factor=100, unit_of_change="pt"),
    Measure(("passengers",), Both("Passengers", "Voyageurs"), "", 0, less_is_better=False),
    *(replace(measure, name=measure.name + Both(" per passenger", " par voyageur"), less_is_better=None)
      for measure in _PER_PASSENGER),
    Measure(("on_foot_share",), Both("Trips on foot", "Déplacements à pied"), "%",
            less_is_better=None, factor=100, unit_of_change="pt"),
    Measure(HOURS_KEYS, Both("Vehicle-hours", "Heures-véhicules"), _HOURS, 0),
    Measure(("vehicle_km",), Both("Vehicle-km", "Véhicules-km"), "km", 0),
    Measure(("peak_vehicles",), Both("Vehicles at the peak", "Véhicules à la pointe"), "", 0),
    Measure(("money",), Both("Cost at the given rates", "Coût aux tarifs donnés"), "", 0),
)  # fmt: skip


def scorecard_section(view: View) -> Html:
    """Show every measure before and after, and the budget that bound the plan."""
    title = Both("Before and after", "Avant et après")
    before, after = as_object(view.plan.get("before")), as_object(view.plan.get("after"))
    if not before and not after:
        return section("scorecard", title, missing_note(_NO_PLAN))
    headings = before_after(Both("Measure", "Mesure"))
    rows = [row for measure in _MEASURES if (row := _measure_row(measure, before, after))]
    caption = Both("The network as a whole", "Le réseau dans son ensemble")
    table = data_table(caption, headings, rows, class_="sortable")
    return section("scorecard", title, table, _budget(view), source_note(_SCORE_SOURCE))


def _measure_row(measure: Measure, before: JsonObject, after: JsonObject) -> list[Child] | None:
    values = [_scaled(first_number(side, measure.keys), measure.factor) for side in (before, after)]
    if values == [None, None]:
        return None
    written = [quantity(value, measure.unit, measure.decimals) for value in values]
    return [measure.name, *written, _change(measure, *values)]


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _change(measure: Measure, before: float | None, after: float | None) -> Html:
    if before is None or after is None:
        return el("span", DASH)
    moved = round(after - before, measure.decimals)
    written = quantity(after - before, measure.unit_of_change or measure.unit, measure.decimals, signed=True)
    if moved == 0 or measure.less_is_better is None:
        return el("span", written)
    is_better = (moved < 0) == measure.less_is_better
    verdict = Both("better", "mieux") if is_better else Both("worse", "moins bien")
    return join([el("span", written), el("small", verdict, class_="better" if is_better else "worse")])


def _budget(view: View) -> Html:
    budget = as_object(view.plan.get("budget"))
    allowed = first_number(budget, ("allowed", "vehicle_hours_allowed"))
    if allowed is None:
        return Html("")
    used = first_number(budget, ("after", "vehicle_hours_after"))
    said = (
        Both("Budget: ", "Budget : ")
        + number(allowed)
        + Both(" vehicle-hours a day allowed, ", " heures-véhicules par jour permises, ")
        + number(used)
        + Both(" used after the changes.", " utilisées après les changements.")
    )
    return el("p", said)


def lines_section(view: View) -> Html:
    """List every line, those that change first."""
    title = Both("Lines", "Lignes")
    if not view.lines:
        return section("lines", title, missing_note(_NO_LINES))
    headings = [
        Heading(Both("Line", "Ligne")),
        Heading(Both("Headway", "Intervalle"), True),
        Heading(Both("Vehicles", "Véhicules"), True),
        Heading(Both("Boardings", "Montées"), True),
    ]
    order = ["new", "changed", "removed", "kept"]
    ranked = sorted(enumerate(view.lines), key=lambda item: (order.index(status_of(item[1])), item[0]))
    rows = [_line_row(as_object(feature.get("properties")), status_of(feature)) for _, feature in ranked]
    caption = Both("Every line before and after", "Chaque ligne avant et après")
    table = data_table(caption, headings, rows, class_="sortable")
    return section("lines", title, table, source_note(_LINES_SOURCE))


def line_name(properties: JsonObject) -> Both:
    """Return the name that passengers know, else the route's identifier."""
    return either(properties.get("name") or properties.get("route_id"))


def _line_row(properties: JsonObject, status: str) -> list[Child]:
    name = join([line_name(properties), el("small", status_name(status), class_=f"status status-{status}")])
    return [
        name,
        _headways(properties),
        _pair(properties.get("vehicles_before"), properties.get("vehicles_after")),
        _pair(properties.get("boardings_before"), properties.get("boardings_after")),
    ]


def _pair(before: object, after: object) -> Both:
    values = [as_number(before), as_number(after)]
    written = [number(value) for value in values]
    return written[0] if written[0] == written[1] else written[0] + " → " + written[1]


def _headways(properties: JsonObject) -> Html:
    """Headways of the whole day as a range, and of each slot; the page's script shows the chosen one."""
    sides = [properties.get("headway_before_min"), properties.get("headway_after_min")]
    by_slot = [as_object(side) for side in sides]
    slots = slot_order({*by_slot[0], *by_slot[1]}, [])
    if not slots:
        return pair_in_minutes([as_number(sides[0])], [as_number(sides[1])])
    whole_day = pair_in_minutes(*(_numbers(side) for side in by_slot))
    shown = [el("div", whole_day, data_slot=WHOLE_DAY)]
    for slot in slots:
        one = pair_in_minutes(*([as_number(side.get(slot))] for side in by_slot))
        shown.append(el("div", one, data_slot=slot, hidden=True))
    return el("div", *shown, class_="slots")


def _numbers(headways: JsonObject) -> list[float | None]:
    return [as_number(minutes) for minutes in headways.values()]


def pair_in_minutes(before: list[float | None], after: list[float | None]) -> Html:
    """Write one range of headways where nothing changes, else both; a dash is no service."""
    left, right = (span_of(side) for side in (before, after))
    unit = same(THIN + "min")
    if before == after:
        return el("span", right + unit if right.en != DASH else right)
    if right.en == DASH:
        return el("span", left + unit + " → " + right)
    return el("span", left + " → " + right + unit)


def span_of(values: list[float | None]) -> Both:
    """Write the least and the largest of the values; those that are missing do not count."""
    known = [value for value in values if value is not None]
    if not known:
        return same(DASH)
    least, most = minutes(min(known)), minutes(max(known))
    return least if least == most else least + DASH + most
