"""Titles and reasons of proposals, in French and English, short enough for a card."""

from collections.abc import Mapping

from jobs.calendars.words import slot_words
from jobs.transit.changes import Change, Kind
from jobs.transit.numbers_in_words import Text, count, minutes


def title(
    change: Change,
    name: str,
    keeps: str,
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
) -> Text:
    """One line that says what is done."""
    if change.kind is Kind.NEW_LINE:
        return {"en": f"New line {name}", "fr": f"Nouvelle ligne {name}"}
    if change.kind is Kind.REMOVE_DUPLICATE:
        return {
            "en": f"Remove line {name}, which repeats line {keeps}",
            "fr": f"Supprimer la ligne {name}, qui double la ligne {keeps}",
        }
    more = _runs_more(before, after)
    return {
        "en": f"Run line {name} {'more' if more else 'less'} often",
        "fr": f"{'Renforcer' if more else 'Alléger'} la ligne {name}",
    }


def _runs_more(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> bool:
    pairs = [(b, after.get(slot)) for slot, b in before.items()]
    return sum(60 / a - 60 / b for b, a in pairs if a and b) > 0


def reason(
    change: Change,
    keeps: str,
    boardings: tuple[float, float],
    vehicle_hours: float,
    saves_min: float,
    funds_min: float,
    spans: Text,
) -> Text:
    """Why, with the figures that carry it.

    Parameters
    ----------
    boardings : a day, of the changed line before and after.
    spans : headways that change, of the changed line or of the one that takes a duplicate's passengers.
    """
    if change.kind is Kind.NEW_LINE:
        return {
            "en": "Trips along this way are slow or not served today. The line would carry "
            f"{count(boardings[1], 'en')} boardings a day and save {count(saves_min / 60, 'en')} hours of "
            "perceived time.",
            "fr": f"Ces déplacements sont aujourd'hui lents ou non desservis. La ligne ferait "
            f"{count(boardings[1], 'fr')} montées par jour et épargnerait {count(saves_min / 60, 'fr')} heures "
            "de temps ressenti.",
        }
    if change.kind is Kind.REMOVE_DUPLICATE:
        return _duplicate_reason(keeps, boardings[0], vehicle_hours, funds_min, spans)
    return _headway_reason(boardings[1], vehicle_hours, saves_min, funds_min, spans)


def _duplicate_reason(
    keeps: str, boardings: float, vehicle_hours: float, funds_min: float, spans: Text
) -> Text:
    more = {
        "en": f" Line {keeps} runs more often for them ({spans['en']})." if spans["en"] else "",
        "fr": f" La ligne {keeps} est renforcée pour les accueillir ({spans['fr']})." if spans["fr"] else "",
    }
    return {
        "en": f"Line {keeps} stops at nearly the same places and has room for its {count(boardings, 'en')} "
        f"boardings.{more['en']} It frees {minutes(-vehicle_hours, 'en')} vehicle-hours a day, which save "
        f"{count(funds_min / 60, 'en')} hours elsewhere.",
        "fr": f"La ligne {keeps} dessert presque les mêmes arrêts et peut prendre ses "
        f"{count(boardings, 'fr')} montées.{more['fr']} Cela libère {minutes(-vehicle_hours, 'fr')} heures de "
        f"véhicule par jour, qui épargnent {count(funds_min / 60, 'fr')} heures ailleurs.",
    }


def headway_spans(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> Text:
    """Headways that change, slot by slot; blank where none does."""
    return {
        language: ", ".join(
            f"{slot_words(slot)[number].lower()} {minutes(b, language)} → {minutes(a, language)} min"
            for slot, b in before.items()
            if b and (a := after.get(slot)) and abs(a - b) > 0.05
        )
        for number, language in enumerate(("en", "fr"))
    }


def _headway_reason(
    boardings: float,
    vehicle_hours: float,
    saves_min: float,
    funds_min: float,
    spans: Text,
) -> Text:
    if vehicle_hours >= 0:
        return {
            "en": f"{count(boardings, 'en')} boardings a day wait longer than the line's demand deserves "
            f"({spans['en']}). Saves {count(saves_min / 60, 'en')} hours of perceived time a day.",
            "fr": f"{count(boardings, 'fr')} montées par jour attendent plus que la demande ne le justifie "
            f"({spans['fr']}). Épargne {count(saves_min / 60, 'fr')} heures de temps ressenti par jour.",
        }
    return {
        "en": f"The line has more departures than its {count(boardings, 'en')} boardings a day need ({spans['en']}). "
        f"Its {minutes(-vehicle_hours, 'en')} vehicle-hours save {count(funds_min / 60, 'en')} hours elsewhere.",
        "fr": f"La ligne a plus de départs que ses {count(boardings, 'fr')} montées par jour n'en demandent "
        f"({spans['fr']}). Ses {minutes(-vehicle_hours, 'fr')} heures de véhicule épargnent "
        f"{count(funds_min / 60, 'fr')} heures ailleurs.",
    }
