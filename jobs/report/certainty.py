"""How sure the figures are: intervals of flows, resamples of proposals, and what neither can tell."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jobs.report.cards import proposal_title
from jobs.report.content import as_number
from jobs.report.figures import suppressed_share
from jobs.report.markup import Child, Heading, Html, data_table, el, join, missing_note, section, source_note
from jobs.report.view import View
from jobs.report.words import Both, day_type_name, number, quantity, same, share

_EDGES = (0.0, 50.0, 200.0, 1000.0, np.inf)
_NO_INTERVALS = Both(
    "No intervals: the table od gives none (released flows of other tools rarely do).",
    "Pas d’intervalles : la table od n’en donne pas (les flux d’autres outils, rarement).",
)
_NO_RESAMPLES = Both(
    "Proposals were not resampled: there are none, or transit.resamples is 0.",
    "Pas de rééchantillonnage : aucune proposition, ou transit.resamples vaut 0.",
)
_NOT_TOLD = Both(
    "Neither tells of what is assumed: the share of all trips that may use buses, the expansion from "
    "subscribers to residents, trips that no record shows, and the model of how people choose lines.",
    "Ni l’un ni l’autre ne dit rien des hypothèses : la part des déplacements qui peuvent prendre le bus, le "
    "redressement des abonnés aux habitants, les trajets qu’aucun relevé ne montre, le modèle de choix des lignes.",
)
_SOURCE = Both(
    "Table od, population_trips_low and _high: 90 % intervals by which users were seen, and where; one row "
    "a slot. Transit stage, confidence: a flow of n users is multiplied by Poisson(n) / n, and the changes "
    "are chosen anew.",
    "Table od, population_trips_low et _high : intervalles à 90 % selon les abonnés vus, et où ; une ligne "
    "par tranche. Étape transit, confidence : un flux de n abonnés est multiplié par Poisson(n) / n, et les "
    "changements choisis à nouveau.",
)


def certainty_section(view: View) -> Html:
    """Tell of intervals, resamples, what was withheld, and what is assumed."""
    title = Both("How sure are we", "Avec quelle certitude")
    parts = [_intervals(view), _resamples(view), _withheld(view), el("p", _NOT_TOLD), source_note(_SOURCE)]
    return section("certainty", title, *parts)


def _intervals(view: View) -> Html:
    demand = view.demand
    rows = demand.day == (demand.day_types.index(view.day_type) if view.day_type else -1)
    trips, low, high = (values[rows] for values in (demand.trips, demand.low, demand.high))
    known = np.isfinite(low) & np.isfinite(high) & (trips > 0)
    if not known.any():
        return missing_note(_NO_INTERVALS)
    trips, spread = trips[known], (high - low)[known] / (2 * trips[known])
    headings = [
        Heading(Both("Trips a day of the flow", "Déplacements par jour du flux")),
        Heading(Both("Flows", "Flux"), True),
        Heading(Both("Of all trips", "Des déplacements"), True),
        Heading(Both("Typical interval", "Intervalle typique"), True),
    ]
    body = [row for low_, high_ in pairwise(_EDGES) if (row := _size_class(trips, spread, low_, high_))]
    caption = Both("90 % intervals of flows in one slot, ", "Intervalles à 90 % des flux d’une tranche, ")
    day = day_type_name(view.day_type)
    caption += Both(day.en.lower(), day.fr.lower())
    return join([el("p", _gist(trips, spread)), data_table(caption, headings, body)])


def _size_class(
    trips: NDArray[np.float64], spread: NDArray[np.float64], low: float, high: float
) -> list[Child] | None:
    inside = (trips >= low) & (trips < high)
    if not inside.any():
        return None
    upper = number(high) if np.isfinite(high) else None
    name = number(low) + "–" + upper if upper else number(low) + Both(" and more", " et plus")
    return [
        name,
        number(int(inside.sum())),
        share(float(trips[inside].sum() / trips.sum()), 0),
        _about(float(np.median(spread[inside]))),
    ]


def _about(spread: float) -> Both:
    """Half the width of an interval over the flow; beyond the flow itself its size says nothing."""
    return same("> ±100\u202f%") if spread > 1 else same("±") + quantity(100 * spread, "%")


def _gist(trips: NDArray[np.float64], spread: NDArray[np.float64]) -> Both:
    """Half of all trips are in flows known at least this well."""
    order = np.argsort(spread, kind="stable")
    reached = np.cumsum(trips[order]) / trips.sum()
    half = float(spread[order][np.searchsorted(reached, 0.5)])
    return (
        Both("Half of these trips are in flows known to ", "La moitié de ces déplacements sont dans des flux connus à ")
        + _about(half)
        + Both(" or better.", " près ou mieux.")
    )  # fmt: skip


def _resamples(view: View) -> Html:
    known = [(p, c) for p in view.proposals if (c := as_number(p.get("confidence"))) is not None]
    if not known:
        return missing_note(_NO_RESAMPLES)
    headings = [
        Heading(Both("Proposal", "Proposition")),
        Heading(Both("Chosen again", "Choisie à nouveau"), True),
    ]
    rows: list[list[Child]] = [[proposal_title(proposal), share(value, 0)] for proposal, value in known]
    count = number(as_number(view.plan.get("resamples")))
    caption = Both("Share of ", "Part de ") + count
    caption += Both(
        " resampled OD matrices that choose it again", " matrices OD rééchantillonnées qui la choisissent"
    )
    return data_table(caption, headings, rows, class_="sortable")


def _withheld(view: View) -> Html:
    lost = suppressed_share(view.content.disclosure)
    if lost is None:
        return Html("")
    said = share(lost) + Both(
        " of the observed trips are in flows too thin to show: thin flows are missing, not small.",
        " des déplacements observés sont dans des flux trop minces pour être montrés : ils manquent, "
        "ils ne sont pas nuls.",
    )
    return el("p", said)
