"""The whole page: one HTML file that works offline, with everything it needs inside."""

import base64
import hashlib
from importlib import resources
from pathlib import Path
from typing import Any

from jobs.report.cards import proposals_section
from jobs.report.content import ReportContent
from jobs.report.demandtable import flows_section
from jobs.report.figures import five_figures
from jobs.report.mapfigure import map_figure
from jobs.report.markup import Html, el, labelled
from jobs.report.origins import method_section, privacy_section, provenance_section
from jobs.report.payload import packed, payload
from jobs.report.rhythm import rhythm_section
from jobs.report.scorecard import lines_section, scorecard_section
from jobs.report.view import View, view_of
from jobs.report.words import Both

_SUBTITLE = Both(
    "Where people travel, and the bus lines that would follow them",
    "Où les gens se déplacent, et les lignes de bus qui les suivraient",
)
_FOOT = Both(
    "Made with Maillage from call detail records. This page is one file: nothing is loaded, nothing is sent.",
    "Fait avec Maillage à partir de relevés d’appels. Cette page est un seul fichier : rien n’est "
    "chargé, rien n’est envoyé.",
)


def write_report(content: ReportContent, out_file: Path) -> dict[str, Any]:
    """Write the page of `content` to `out_file` and return a summary.

    The same content gives the same bytes. The folder of `out_file` must exist.

    Returns
    -------
    dict
        `bytes`, `h3_cells`, `flows`, `lines`, `proposals`, and `missing`: the parts that were not given.
    """
    view = view_of(content)
    written = out_file.write_bytes(render(view).encode())
    return {
        "bytes": written,
        "h3_cells": len(view.demand.h3),
        "flows": len(view.demand.flows(view.day_type)) if view.has_demand else 0,
        "lines": len(view.lines),
        "proposals": len(view.proposals),
        "missing": _missing(content),
    }


def _missing(content: ReportContent) -> list[str]:
    parts = ("presence", "zones_geojson", "cells", "proposals", "network", "provenance", "disclosure")
    return [part for part in parts if not _is_given(getattr(content, part))]


def _is_given(part: Any) -> bool:
    return part is not None and (not isinstance(part, dict) or bool(part))


def render(view: View) -> str:
    """Return the page as text."""
    waiting, loader, bundle = asset("waiting.js"), asset("loader.js"), asset("report.js")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(waiting, loader, bundle)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", f"{view.content.title} · Maillage"),
        el("style", Html(asset("report.css"))),
        el("script", Html(waiting)),
    )
    body = el("body", *_body(view), *_scripts(view, loader, bundle))
    return "<!doctype html>\n" + el("html", head, body, lang="en") + "\n"


def asset(name: str) -> str:
    """Return the text of a file that ships with the package."""
    return resources.files("jobs.report").joinpath("assets", name).read_text(encoding="utf-8")


def _policy(*scripts: str) -> str:
    """Let only the page's own scripts run, and let nothing be fetched or sent."""
    digests = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _body(view: View) -> list[Html]:
    sections = [
        proposals_section(view),
        scorecard_section(view),
        lines_section(view),
        flows_section(view),
        rhythm_section(view),
        method_section(view),
        privacy_section(view),
        provenance_section(view),
    ]
    return [
        el("header", _language_switch(), el("h1", view.content.title), el("p", _SUBTITLE, class_="subtitle"),
           five_figures(view), class_="masthead"),
        map_figure(view),
        el("main", *sections),
        el("footer", el("p", _FOOT)),
    ]  # fmt: skip


def _language_switch() -> Html:
    buttons = [
        el("button", name, type="button", data_language=code, aria_pressed=str(code == "en").lower())
        for code, name in (("en", "English"), ("fr", "Français"))
    ]
    return el("div", *buttons, class_="languages", role="group", **labelled(Both("Language", "Langue")))


def _scripts(view: View, loader: str, bundle: str) -> list[Html]:
    kind = "application/gzip;base64"
    return [
        el("script", Html(packed(payload(view))), type=kind, id="content"),
        el("script", Html(packed(bundle.encode())), type=kind, id="bundle"),
        el("script", Html(loader)),
    ]
