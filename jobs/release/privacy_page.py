"""The privacy report of a bundle as one page for people, in the look of the other reports."""

from collections.abc import Mapping
from typing import Any

from jobs.report.document import document
from jobs.report.markup import Child, Heading, Html, data_table, el, join, missing_note, section
from jobs.report.words import DASH, Both, number, same

_SUBTITLE = Both(
    "Privacy report of a bundle: what was done, what was measured, what a recipient could still do",
    "Rapport de confidentialité d’une livraison : ce qui a été fait, mesuré, et ce qu’un destinataire pourrait faire",
)
_NAME_AND_VALUE = [Heading(Both("Figure", "Chiffre")), Heading(Both("Value", "Valeur"), True)]
_MOST_UNFOLDED = 20
"""Rows; longer tables are folded away, but not on paper."""
_NOT_MEASURED = Both("Not measured.", "Non mesuré.")
_TEST_NAMES = {
    "singling_out": Both("Singling out", "Individualisation"),
    "linkability": Both("Linkability", "Corrélation"),
    "inference": Both("Inference", "Inférence"),
}


def privacy_page(report: Mapping[str, Any]) -> str:
    """The report as one page, in English and French."""
    scan = Both("Search for identifiers", "Recherche d’identifiants")
    not_done = Both("Not done.", "Non faite.")
    done, measured = report["protection"], report["risk"]
    parts = [
        section("short", Both("In short", "En bref"), *_in_short(report["in_short"])),
        section("protection", Both("What was done", "Ce qui a été fait"), _figures(done, _NOT_MEASURED)),
        section("risk", Both("What was measured", "Ce qui a été mesuré"),
                *(el("p", _told(told)) for told in report["risk_made_on"]), _figures(measured, _NOT_MEASURED)),
        section("wp29", Both("The three tests of WP29, Opinion 05/2014", "Les trois critères du G29, avis 05/2014"),
                *(_test(test) for test in report["wp29"])),
        section("could", Both("What a recipient could still do", "Ce qu’un destinataire pourrait encore faire"),
                el("ul", *(el("li", _told(told)) for told in report["recipient_could"]))),
        section("scan", scan, _figures(report["leak_scan"], not_done)),
    ]  # fmt: skip
    return document(str(report["bundle"]), _SUBTITLE, parts)


def _told(told: Mapping[str, str]) -> Both:
    return Both(told["en"], told["fr"])


def _in_short(short: Mapping[str, Any]) -> list[Html]:
    parts = [_figures(short["protection"], _NOT_MEASURED)] if short["protection"] else []
    if short["risk"]:
        headings = [
            Heading(Both("Risk", "Risque")),
            Heading(Both("Raw events", "Événements bruts"), True),
            Heading(Both("This bundle", "Cette livraison"), True),
            Heading(Both("Bound", "Borne"), True),
        ]
        rows: list[list[Child]] = [
            [_value(row[name]) for name in ("figure", "before", "after", "bound")] for row in short["risk"]
        ]
        parts.append(
            data_table(
                Both(
                    "Risk that decides; upper ends of intervals",
                    "Risques décisifs ; bornes hautes des intervalles",
                ),
                headings,
                rows,
                class_="sortable",
            )
        )
    return parts


def _figures(figures: Mapping[str, Any] | None, missing: Both) -> Html:
    if not figures:
        return missing_note(missing)
    rows: list[list[Child]] = [[name.replace("_", " "), value] for name, value in _plain(figures)]
    table = data_table(Both("As measured", "Telles que mesurées"), _NAME_AND_VALUE, rows)
    if len(rows) <= _MOST_UNFOLDED:
        return table
    count = number(len(rows)) + Both(" figures", " chiffres")
    return el("details", el("summary", count), table)


def _plain(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Both]]:
    rows: list[tuple[str, Both]] = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            rows += _plain(value, f"{prefix}{name} · ")
        else:
            rows.append((f"{prefix}{name}", _value(value, 6)))
    return rows


def _value(value: Any, digits: int = 4) -> Both:
    if isinstance(value, bool):
        return Both("yes", "oui") if value else Both("no", "non")
    if isinstance(value, list | tuple):
        return same(", ".join(map(str, value)))
    return same(DASH if value is None else f"{value:.{digits}g}" if isinstance(value, float) else value)


def _test(test: Mapping[str, Any]) -> Html:
    attacks = ", ".join(test["measured"] or ())
    measured = el("p", Both("Attacks: ", "Attaques : ") + same(attacks)) if attacks else None
    name = _TEST_NAMES.get(test["test"], same(test["test"].replace("_", " ")))
    said = [el("p", _told(test["question"])), el("p", _told(test["reading"]))]
    return join([el("h3", name), *said, measured])
