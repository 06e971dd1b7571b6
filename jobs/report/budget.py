"""What each budget buys: the plan at a few sums of vehicle-hours, so that people can weigh them."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from jobs.report.content import JsonObject, as_number, as_object, as_objects
from jobs.report.ground import geometry_of
from jobs.report.markup import (
    Child,
    Heading,
    Html,
    data_table,
    el,
    join,
    labelled,
    missing_note,
    section,
    source_note,
    svg_text,
)
from jobs.report.view import View
from jobs.report.words import DASH, Both, either, kind_name, number, quantity, same, share, slot_name

_STATUS_OF_KIND = {"new_line": "new", "drt_zone": "new", "remove_duplicate": "removed"}
"""Other kinds change a line."""
_NO_STEPS = Both(
    "No budget steps: this run had no transit stage, or transit.budget_steps is empty.",
    "Pas de paliers de budget : pas d’étape transit, ou transit.budget_steps est vide.",
)
_LEAD = Both(
    "The same planner, given less or more to spend. Choose a budget to see its lines on the map.",
    "Le même planificateur, avec moins ou plus à dépenser. Choisir un budget montre ses lignes sur la carte.",
)
_SOURCE = Both(
    "Transit stage, budget_curve of proposals.json: a plan of its own at each budget. Time saved: perceived "
    "hours of all passengers a day, on the sample of destinations that the search looks at, against today. "
    "A budget that cannot keep the floor on losers says so.",
    "Étape transit, budget_curve de proposals.json : un plan propre à chaque budget. Temps gagné : heures "
    "perçues de tous les voyageurs par jour, sur l’échantillon de destinations de la recherche, par rapport "
    "à aujourd’hui. Un budget qui ne peut respecter le plafond de perdants le dit.",
)
_BREAKS_FLOOR = Both("more trips lose than the floor allows", "plus de perdants que le plafond ne permet")


@dataclass(frozen=True)
class StepLine:
    """A line that runs otherwise at a budget: new, changed, removed or kept.

    `way` is its geometry at this budget, where that is not today's; `headway_min` has the slots that change.
    """

    route: str
    name: str
    status: str
    headway_min: dict[str, float | None]
    way: BaseGeometry | None


@dataclass(frozen=True)
class StepChange:
    """One change that a budget pays for, and the lines that it concerns, its own first."""

    title: Both
    lines: list[StepLine]


def step_changes(step: JsonObject) -> list[StepChange]:
    """Return the changes of one step of the budget curve."""
    return [_step_change(change) for change in as_objects(step.get("changes"))]


def _step_change(change: JsonObject) -> StepChange:
    """Read a change; of plans that do not list its lines, what its id says: kind and line."""
    kind, _, route = str(change.get("id", "")).partition(":")
    name = str(change.get("name") or route)
    alone = {**change, "route_id": route, "status": _STATUS_OF_KIND.get(kind, "changed")}
    title = either(change["title"]) if change.get("title") else kind_name(kind) + same(f" · {name}")
    return StepChange(title, [_step_line(line) for line in as_objects(change.get("lines")) or [alone]])


def _step_line(line: JsonObject) -> StepLine:
    route = str(line.get("route_id", ""))
    headways = {str(slot): as_number(value) for slot, value in as_object(line.get("headway_min")).items()}
    status = str(line.get("status", "changed"))
    return StepLine(route, str(line.get("name") or route), status, headways, geometry_of(line))


def budget_section(view: View) -> Html:
    """List the steps with their price and what each buys."""
    title = Both("What more or less would buy", "Ce que plus ou moins achèterait")
    steps = as_objects(view.plan.get("budget_curve"))
    if not steps:
        return section("budget", title, missing_note(_NO_STEPS))
    today = as_object(view.plan.get("before"))
    headings = [
        Heading(Both("Budget", "Budget")),
        Heading(Both("Vehicle-hours a day", "Véh.-heures/jour"), True),
        Heading(Both("Vehicles", "Véhicules"), True),
        Heading(Both("Cost a day", "Coût par jour"), True, "cost"),
        Heading(Both("Hours saved a day", "Heures gagnées/jour"), True),
    ]
    rows = [_row(place, step, today) for place, step in enumerate(steps)]
    is_priced = any(as_number(step.get("money")) is not None for step in steps)
    table = data_table(
        Both("Plans by budget", "Plans par budget"),
        headings,
        rows,
        id="budget-table",
        class_="has-price" if is_priced else None,
    )
    changes = [_changes(place, step) for place, step in enumerate(steps)]
    return section("budget", title, el("p", _LEAD), _price(today), _curve(steps, today), table, *changes,
                   source_note(_SOURCE))  # fmt: skip


def _row(place: int, step: JsonObject, today: JsonObject) -> list[Child]:
    hours, vehicles, minutes = (
        as_number(step.get(key))
        for key in ("vehicle_hours", "peak_vehicles", "generalised_minutes_saved_per_day")
    )
    more = _more(hours, as_number(today.get("vehicle_hours")))
    fleet = _more(vehicles, as_number(today.get("peak_vehicles")))
    broken = el("small", _BREAKS_FLOOR, class_="worse") if step.get("keeps_floors") is False else None
    button = el("button", _name(step), type="button", class_="step", data_step=place, aria_pressed="false")
    return [
        join([button, broken]),
        join([number(hours), el("small", quantity(more, "h", signed=True))]),
        join([number(vehicles), el("small", number(fleet, signed=True))]),
        _cost(step, today, more),
        number(None if minutes is None else minutes / 60, signed=True),
    ]


def _name(step: JsonObject) -> Both:
    change = as_number(step.get("vehicle_hours_change")) or 0.0
    return Both("As today", "Comme aujourd’hui") if change == 0 else share(change, 0, signed=True)


def _more(value: float | None, today: float | None) -> float | None:
    return None if value is None or today is None else value - today


def _cost(step: JsonObject, today: JsonObject, more_hours: float | None) -> Html:
    """Money by the rates of the run; without rates the reader's price of a vehicle-hour."""
    known = as_number(step.get("money"))
    if known is not None:
        return join(
            [number(known), el("small", number(_more(known, as_number(today.get("money"))), signed=True))]
        )
    hours = None if more_hours is None else round(more_hours, 1)
    return el("span", DASH, class_="priced", data_hours=hours)


def _price(today: JsonObject) -> Html:
    """A field for the price of a vehicle-hour, where the run knows no rates."""
    if as_number(today.get("money")) is not None:
        return Html("")
    text = Both("Price of a vehicle-hour, any currency", "Prix d’une heure-véhicule, toute monnaie")
    field = el(
        "input", type="number", id="hour-price", min=0, step="any", inputmode="decimal", autocomplete="off"
    )
    return el("p", el("label", text, for_="hour-price"), field, class_="price script-only")


def _changes(place: int, step: JsonObject) -> Html:
    """What one budget changes, shown when it is chosen, and on paper."""
    items = [el("li", _change(change)) for change in step_changes(step)]
    plural = "s" if len(items) != 1 else ""
    count = number(len(items)) + same(" ") + Both("change", "changement") + plural
    title = Both("Budget ", "Budget ") + _name(step) + same(" · ") + count
    return el("details", el("summary", title), el("ul", *items, class_="changes"), data_step_changes=place)


def _change(change: StepChange) -> Both:
    """Its title, and headways of the lines that run on."""
    told, running = change.title, [line for line in change.lines if line.status != "removed"]
    for line in running:
        if line.headway_min and len(change.lines) > 1:
            told += Both(" · line ", " · ligne ") + line.name
        for slot, minutes in line.headway_min.items():
            told += same(" · ") + slot_name(slot) + same(" ") + quantity(minutes, "min")
    return told


_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 480.0, 190.0, 70.0, 14.0, 34.0


def _curve(steps: list[JsonObject], today: JsonObject) -> Html:
    """Hours saved over vehicle-hours spent, as a line with a point a step."""
    points = [
        (hours, saved / 60)
        for step in steps
        if (hours := as_number(step.get("vehicle_hours"))) is not None
        and (saved := as_number(step.get("generalised_minutes_saved_per_day"))) is not None
    ]
    if len(points) < 2:
        return Html("")
    low, high = min(p[0] for p in points), max(p[0] for p in points)
    least, most = min(0.0, *(p[1] for p in points)), max(0.0, *(p[1] for p in points))

    def x(hours: float) -> float:
        return _LEFT + 12 + (_WIDTH - _LEFT - 40) * (hours - low) / max(high - low, 1e-9)

    def y(saved: float) -> float:
        return _TOP + (_HEIGHT - _TOP - _FOOT) * (most - saved) / max(most - least, 1e-9)

    drawn = "M" + "L".join(f"{x(hours):.1f} {y(saved):.1f}" for hours, saved in points)
    marks = [
        el("circle", cx=f"{x(hours):.1f}", cy=f"{y(saved):.1f}", r=5, data_step_mark=place)
        for place, (hours, saved) in enumerate(points)
    ]
    scale = [
        el("text", same(number(value).en), x=_LEFT - 6, y=f"{y(value) + 4:.1f}", class_="scale")
        for value in (0.0, most)
    ]
    names = [
        el("text", same(number(hours).en), x=f"{x(hours):.1f}", y=_HEIGHT - 18)
        for hours in sorted({low, high, min(max(as_number(today.get("vehicle_hours")) or low, low), high)})
    ]
    axis = svg_text(
        Both("vehicle-hours a day", "heures-véhicules par jour"), x=(_WIDTH + _LEFT) / 2, y=_HEIGHT - 3
    )
    label = Both("Hours saved a day by vehicle-hours", "Heures gagnées par jour selon les heures-véhicules")
    zero = el("path", d=f"M{_LEFT} {y(0):.1f}H{_WIDTH}", class_="grid")
    line = el("path", d=drawn, class_="curve")
    box = f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}"
    return el("svg", zero, line, *marks, *scale, *names, axis, viewBox=box, role="img", class_="rhythm",
              **labelled(label))  # fmt: skip
