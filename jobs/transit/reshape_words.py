"""Titles and reasons of changes of way, in French and English."""

from dataclasses import dataclass

from jobs.transit.changes import Kind
from jobs.transit.numbers_in_words import Text, count, minutes

_MOST_NAMES = 3
_HARDLY_H = 0.05
"""Vehicle-hours that are not worth a word."""


@dataclass(frozen=True)
class WayNames:
    """Lines and stops of a change of way, by name."""

    kind: Kind
    line: str
    other: str
    """The line that it is joined with."""
    at: str
    """The stop where it happens."""
    end: str
    """The last stop that is gained or lost."""
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class WayChange(WayNames):
    """What is said of a change of way; minutes and hours a day."""

    dropped_users: float
    saves_min: float
    funds_min: float
    vehicle_hours: float
    cells: int
    """H3 cells of a zone on demand."""
    vehicles_on_demand: int
    headways: Text
    """Headways that change, blank where none does."""


def way_title(said: WayNames) -> Text:
    """One line that says what is done."""
    line, at, end = said.line, said.at, said.end
    n_added, n_dropped = len(said.added), len(said.dropped)
    titles: dict[Kind, tuple[str, str]] = {
        Kind.EXTEND: (f"Extend line {line} from {at} to {end}", f"Prolonger la ligne {line} de {at} à {end}"),
        Kind.TRUNCATE: (f"End line {line} at {at}", f"Limiter la ligne {line} à {at}"),
        Kind.REROUTE: (
            f"Lead line {line} by {_names(said.added, 'en')}"
            if n_added
            else f"Straighten line {line} near {at}",
            f"Faire passer la ligne {line} par {_names(said.added, 'fr')}"
            if n_added
            else f"Rendre la ligne {line} plus directe près de {at}",
        ),
        Kind.SPLIT: (f"Split line {line} at {at}", f"Scinder la ligne {line} à {at}"),
        Kind.MERGE: (
            f"Join lines {line} and {said.other} at {at}",
            f"Réunir les lignes {line} et {said.other} à {at}",
        ),
        Kind.DROP_STOPS: (
            f"Line {line}: pass by {_stops(n_dropped, 'en')}",
            f"Ligne {line} : ne plus desservir {_stops(n_dropped, 'fr')}",
        ),
        Kind.ADD_STOPS: (
            f"Line {line}: add {_stops(n_added, 'en')}",
            f"Ligne {line} : ajouter {_stops(n_added, 'fr')}",
        ),
        Kind.DRT_ZONE: (
            f"Serve the area of line {line} on demand, to and from {at}",
            f"Desservir le secteur de la ligne {line} à la demande, vers et depuis {at}",
        ),
    }
    en, fr = titles[said.kind]
    return {"en": en, "fr": fr}


def _stops(n: int, language: str) -> str:
    if language == "fr":
        return f"{n} arrêt{'s' if n > 1 else ''}"
    return f"{n} stop{'s' if n != 1 else ''}"


def _people(number: float, language: str) -> str:
    """How many passengers, in words."""
    if number < 2:
        return "hardly any passengers" if language == "en" else "très peu de voyageurs"
    said = count(number, language)
    return f"only {said} passengers" if language == "en" else f"seulement {said} voyageurs"


def _names(names: tuple[str, ...], language: str) -> str:
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown.append("…")
    if len(shown) < 2 or shown[-1] == "…":
        return ", ".join(shown)
    return ", ".join(shown[:-1]) + (" et " if language == "fr" else " and ") + shown[-1]


def way_reason(said: WayChange) -> Text:
    """Why, with the figures that carry it."""
    return {
        language: " ".join(
            part for part in (_why(said, language), _effect(said, language), _rhythm(said, language)) if part
        )
        for language in ("en", "fr")
    }


def _rhythm(said: WayChange, language: str) -> str:
    """Headways that change with the way."""
    spans = said.headways[language]
    if not spans or said.kind is Kind.DRT_ZONE:
        return ""
    return f"Intervalles : {spans}." if language == "fr" else f"Headways: {spans}."


def _why(said: WayChange, language: str) -> str:
    users = _people(said.dropped_users, language)
    why: dict[Kind, tuple[str, str]] = {
        Kind.EXTEND: (
            f"People beyond {said.at} have no line near, or a slow one: {_stops(len(said.added), 'en')} more.",
            f"Au-delà de {said.at}, il n'y a pas de ligne proche, ou elle est lente : "
            f"{_stops(len(said.added), 'fr')} de plus.",
        ),
        Kind.TRUNCATE: (
            f"Beyond {said.at} {users} a day get on or off.",
            f"Au-delà de {said.at}, {users} par jour montent ou descendent.",
        ),
        Kind.REROUTE: (
            f"The new way brings more than it takes: {users} a day use the stops passed by today.",
            f"Le nouveau trajet apporte plus qu'il n'enlève : {users} par jour utilisent les arrêts délaissés.",
        ),
        Kind.SPLIT: (
            f"Few ride through {said.at}, and the two halves need different headways.",
            f"Peu de voyageurs traversent {said.at}, et les deux moitiés demandent des fréquences différentes.",
        ),
        Kind.MERGE: (
            f"Many change at {said.at} from one line to the other; they could stay aboard.",
            f"À {said.at}, beaucoup passent d'une ligne à l'autre ; ils pourraient rester à bord.",
        ),
        Kind.DROP_STOPS: (
            f"{users.capitalize()} a day use {_names(said.dropped, 'en')}; the next stops are near.",
            f"{users.capitalize()} par jour utilisent {_names(said.dropped, 'fr')} ; "
            "les arrêts suivants sont proches.",
        ),
        Kind.ADD_STOPS: (
            "The line passes people's homes on a long way without a stop.",
            "La ligne passe devant des habitations sur un long trajet sans arrêt.",
        ),
        Kind.DRT_ZONE: (
            f"{users.capitalize()} a day use the fixed service there, too few for what it costs. "
            f"{said.vehicles_on_demand} vehicle{'s' if said.vehicles_on_demand > 1 else ''} would fetch people at "
            f"their doors in {said.cells} H3 cells.",
            f"{users.capitalize()} par jour utilisent la desserte fixe, trop peu pour son coût. "
            f"{said.vehicles_on_demand} véhicule{'s' if said.vehicles_on_demand > 1 else ''} iraient chercher les gens "
            f"chez eux dans {said.cells} cellules H3.",
        ),
    }
    return why[said.kind][language == "fr"]


def _effect(said: WayChange, language: str) -> str:
    """Time, and hours of vehicles."""
    parts = [_time(said.saves_min, language)]
    hours = minutes(abs(said.vehicle_hours), language)
    funds = count(said.funds_min / 60, language)
    if said.vehicle_hours <= -_HARDLY_H:
        parts.append(
            f"libère {hours} heures de véhicule" if language == "fr" else f"frees {hours} vehicle-hours"
        )
        if funds != "0":
            parts.append(
                f"qui en épargnent {funds} ailleurs" if language == "fr" else f"which save {funds} elsewhere"
            )
    elif said.vehicle_hours >= _HARDLY_H:
        parts.append(
            f"demande {hours} heures de véhicule" if language == "fr" else f"takes {hours} vehicle-hours"
        )
    return ", ".join(parts) + "."


def _time(saves_min: float, language: str) -> str:
    hours = count(abs(saves_min) / 60, language)
    if hours == "0":
        return (
            "Ne change presque rien pour les voyageurs"
            if language == "fr"
            else "Changes little for passengers"
        )
    if language == "fr":
        return f"{'Épargne' if saves_min > 0 else 'Coûte'} {hours} heures de temps ressenti par jour"
    return f"{'Saves' if saves_min > 0 else 'Costs'} {hours} hours of perceived time a day"
