"""The page's two languages: a pair of texts, numbers in each, and the names of slots and day types."""

import re
from typing import NamedTuple

from jobs.calendars.words import SLOT_WORDS

THIN = "\u202f"
MINUS = "\u2212"
DASH = "\u2013"
_FIXED = re.compile(r"(\d)(?=(\d{3})+(?!\d))")


class Both(NamedTuple):
    """One text in English and in French."""

    en: str
    fr: str

    def __add__(self, other: object) -> "Both":  # type: ignore[override]
        tail = other if isinstance(other, Both) else Both(str(other), str(other))
        return Both(self.en + tail.en, self.fr + tail.fr)


def same(text: object) -> Both:
    """Return a text that reads the same in both languages."""
    return Both(str(text), str(text))


def number(value: float | None, decimals: int = 0, signed: bool = False) -> Both:
    """Write a number with thin spaces between thousands; None becomes a dash.

    The thin space is the SI style, read alike in both languages; only the decimal mark differs.
    """
    if value is None:
        return same(DASH)
    rounded = round(value, decimals) + 0.0
    whole, _, fraction = f"{abs(rounded):.{decimals}f}".partition(".")
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    text = sign + _FIXED.sub(rf"\1{THIN}", whole)
    return Both(f"{text}.{fraction}", f"{text},{fraction}") if fraction else same(text)


def quantity(value: float | None, unit: str = "", decimals: int = 0, signed: bool = False) -> Both:
    """Write a number with its unit after a thin space."""
    text = number(value, decimals, signed)
    return text if value is None or not unit else text + THIN + unit


def minutes(value: float | None) -> Both:
    """Write minutes, with a decimal only where there is one."""
    return number(value, 0 if value is None or abs(value - round(value)) < 0.05 else 1)


def share(value: float | None, decimals: int = 1, signed: bool = False) -> Both:
    """Write a share of 0..1 as per cent."""
    return quantity(None if value is None else 100 * value, "%", decimals, signed)


_SLOTS = {
    "all": Both("Whole day", "Journée entière"),
    **{slot: Both(*words) for slot, words in SLOT_WORDS.items()},
}
_DAY_TYPES = {
    "weekday": Both("Weekday", "Jour ouvrable"),
    "friday": Both("Friday", "Vendredi"),
    "saturday": Both("Saturday", "Samedi"),
    "sunday": Both("Sunday", "Dimanche"),
    "holiday": Both("Holiday", "Jour férié"),
}
_KINDS = {
    "new_line": Both("New line", "Nouvelle ligne"),
    "headway": Both("Headway change", "Changement de fréquence"),
    "remove_duplicate": Both("Duplicate removed", "Doublon supprimé"),
    "extend": Both("Line extended", "Ligne prolongée"),
    "truncate": Both("Line cut short", "Ligne limitée"),
    "reroute": Both("Other way", "Autre trajet"),
    "split": Both("Line split", "Ligne scindée"),
    "merge": Both("Lines joined", "Lignes réunies"),
    "drop_stops": Both("Stops dropped", "Arrêts supprimés"),
    "add_stops": Both("Stops added", "Arrêts ajoutés"),
    "drt_zone": Both("Service on demand", "Service à la demande"),
}
_STATUSES = {
    "kept": Both("kept", "inchangée"),
    "changed": Both("changed", "modifiée"),
    "removed": Both("removed", "supprimée"),
    "new": Both("new", "nouvelle"),
}


def _plain(name: str) -> Both:
    return same(name.replace("_", " ").capitalize())


def slot_name(slot: str) -> Both:
    """Return the name of a slot that people read."""
    return _SLOTS.get(slot) or _plain(slot)


def day_type_name(day_type: str) -> Both:
    """Return the name of a day type that people read."""
    return _DAY_TYPES.get(day_type) or _plain(day_type)


def kind_name(kind: str) -> Both:
    """Return the name of a kind of proposal."""
    return _KINDS.get(kind) or _plain(kind)


def status_name(status: str) -> Both:
    """Return what happens to a line."""
    return _STATUSES.get(status) or same(status)


def slot_order(names: set[str], given: list[str]) -> list[str]:
    """Sort slots by the usual course of a day; names unknown here follow as the plan lists them."""
    usual = [*_SLOTS, *given]
    return sorted(names, key=lambda n: (usual.index(n) if n in usual else len(usual), n))


def day_order(names: set[str]) -> list[str]:
    """Sort day types by the course of the week, then by name."""
    usual = list(_DAY_TYPES)
    return sorted(names, key=lambda n: (usual.index(n) if n in usual else len(usual), n))


def either(value: object, missing: str = DASH) -> Both:
    """Read a text that is given as {en, fr}, as a plain text, or not at all."""
    if isinstance(value, dict):
        en = str(value.get("en") or value.get("fr") or missing)
        return Both(en, str(value.get("fr") or en))
    return same(value if value not in (None, "") else missing)
