"""The city in five figures, each with where it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import h3
import numpy as np

from jobs.report.content import JsonObject, as_number, as_object, first_number
from jobs.report.markup import Html, el
from jobs.report.view import View
from jobs.report.words import Both, day_type_name, number, quantity, same, share, slot_name

_HOW_MANY = 5
TIME_KEYS = ("generalised_min", "generalised_minutes")
HOURS_KEYS = ("vehicle_hours",)
_ARROW = "\u2009→\u2009"


@dataclass(frozen=True)
class Figure:
    """One figure: its value, what it counts, and its source."""

    value: Both
    label: Both
    source: Both


def five_figures(view: View) -> Html:
    """Show the first five figures that the content can tell, the plan's result before the demand's shape."""
    return figure_list(islice(_figures(view), _HOW_MANY))


def figure_list(figures: Iterable[Figure]) -> Html:
    """Show figures, the first of them large."""
    return el("dl", *(_figure(figure) for figure in figures), class_="figures")


def _figure(figure: Figure) -> Html:
    return el("div", el("dt", figure.label), el("dd", figure.value, class_="value"),
              el("dd", figure.source, class_="source"))  # fmt: skip


def _figures(view: View) -> Iterator[Figure]:
    if view.has_demand:
        yield _trips_a_day(view)
    yield from _plan_figures(view)
    if view.has_demand:
        yield _busiest_slot(view)
        yield _distance(view)
        yield from _suppressed(view)
        yield _places_seen(view)
        yield _pairs(view)


def _trips_a_day(view: View) -> Figure:
    day = day_type_name(view.day_type)
    return Figure(
        number(_two_digits_less(view.demand.total(view.day_type))),
        Both(f"trips on an average {day.en.lower()}", f"déplacements, {day.fr.lower()} moyen"),
        Both("Table od, population_trips, all slots", "Table od, population_trips, toutes tranches"),
    )


def _two_digits_less(value: float) -> float:
    """Three significant digits from 1 000 on: an estimate does not count single trips."""
    return float(f"{value:.3g}") if value >= 1000 else value


def _plan_figures(view: View) -> Iterator[Figure]:
    before, after = as_object(view.plan.get("before")), as_object(view.plan.get("after"))
    times = [first_number(side, TIME_KEYS) for side in (before, after)]
    if None not in times:
        yield Figure(
            _change(times, 1) + same("\u202fmin"),
            Both("perceived time per trip, before and after", "temps perçu par trajet, avant et après"),
            _assigned(before),
        )
    unserved = [as_number(side.get("unserved_share")) for side in (before, after)]
    if None not in unserved:
        yield Figure(
            _change([None if u is None else 100 * u for u in unserved], 1) + same("\u202f%"),
            Both("of trips without a usable line", "des déplacements sans ligne utilisable"),
            Both("Transit stage, before and after", "Étape transit, avant et après"),
        )
    hours = [first_number(side, HOURS_KEYS) for side in (before, after)]
    if None not in hours:
        yield Figure(
            _change(hours, 0) + same("\u202fh"),
            Both("vehicle-hours a day", "heures-véhicules par jour"),
            Both("Transit stage, budget", "Étape transit, budget"),
        )


def _assigned(side: JsonObject) -> Both:
    """Where the figures of a plan come from, and what of its trips the matrix does not tell."""
    text = Both("Transit stage, assignment of od to the lines", "Étape transit, affectation d’od aux lignes")
    put_back, modelled = (as_number(side.get(f"trips_{how}_share")) for how in ("put_back", "modelled"))
    if put_back:
        text += same("; ") + share(put_back, 0)
        text += Both(" of its trips put back from sums", " des déplacements repris des sommes")
    if modelled:
        text += same("; ") + share(modelled, 0)
        text += Both(" short trips, modelled", " de trajets courts, modélisés")
    return text


def _change(pair: list[float | None], decimals: int) -> Both:
    return number(pair[0], decimals) + _ARROW + number(pair[1], decimals)


def _busiest_slot(view: View) -> Figure:
    totals = [view.demand.total(view.day_type, slot) for slot in view.demand.slots]
    best = int(np.argmax(totals))
    name = slot_name(view.demand.slots[best])
    return Figure(
        share(totals[best] / max(sum(totals), 1e-9), 0),
        Both(f"of these trips in the slot “{name.en}”", f"de ces déplacements : « {name.fr} »"),
        Both("Table od, by slot", "Table od, par tranche"),
    )


def _distance(view: View) -> Figure:
    flows = view.demand.flows(view.day_type)
    ends = zip(view.where[flows.origin], view.where[flows.destination], strict=True)
    lengths = np.array([h3.great_circle_distance((a[1], a[0]), (b[1], b[0])) for a, b in ends])
    order = np.argsort(lengths, kind="stable")
    heavy = np.cumsum(flows.trips[order])
    middle = lengths[order][np.searchsorted(heavy, heavy[-1] / 2)] if len(heavy) and heavy[-1] > 0 else None
    return Figure(
        quantity(None if middle is None else float(middle), "km", 1),
        Both("median distance between different places", "distance médiane entre lieux différents"),
        Both("Table od, straight line between H3 centres", "Table od, à vol d’oiseau entre centres H3"),
    )


def _suppressed(view: View) -> Iterator[Figure]:
    lost = suppressed_share(view.content.disclosure)
    if lost is not None:
        yield Figure(
            share(lost),
            Both(
                "of trips held back to protect people", "des déplacements retenus pour protéger les personnes"
            ),
            Both("Disclosure control of table od", "Contrôle de divulgation de la table od"),
        )


def suppressed_share(disclosure: JsonObject) -> float | None:
    """Share of trips that disclosure control held back, 0..1, given or worked out."""
    lost = first_number(disclosure, ("suppressed_trips", "trips_withheld"))
    published, observed = (as_number(disclosure.get(key)) for key in ("published_trips", "trips"))
    if lost is None:
        return as_number(disclosure.get("suppressed_trips_share"))
    total = observed if observed is not None else None if published is None else lost + published
    return lost / total if total else None


def _places_seen(view: View) -> Figure:
    size = h3.average_hexagon_area(h3.get_resolution(h3.int_to_str(int(view.demand.h3[0]))), unit="km^2")
    return Figure(
        number(len(view.demand.h3)),
        Both("H3 cells with demand, ", "cellules H3 avec demande, ")
        + quantity(size, "km²", 2)
        + Both(" each on average", " chacune en moyenne"),
        Both("Table od, origins and destinations", "Table od, origines et destinations"),
    )


def _pairs(view: View) -> Figure:
    return Figure(
        number(len(view.demand.flows(view.day_type))),
        Both("pairs of different places with trips", "paires de lieux différents avec déplacements"),
        Both("Table od", "Table od"),
    )
