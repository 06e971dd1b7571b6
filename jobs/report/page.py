"""The whole page: one HTML file that works offline, with everything it needs inside."""

from pathlib import Path
from typing import Any

from jobs.report.budget import budget_section
from jobs.report.cards import proposals_section
from jobs.report.certainty import certainty_section
from jobs.report.content import ReportContent
from jobs.report.demandtable import flows_section
from jobs.report.document import asset, footer, masthead_of, whole_page
from jobs.report.equity import equity_section
from jobs.report.figures import five_figures
from jobs.report.mapfigure import map_figure
from jobs.report.markup import Html, el
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
_SECTIONS = (
    proposals_section,
    budget_section,
    scorecard_section,
    equity_section,
    certainty_section,
    lines_section,
    flows_section,
    rhythm_section,
    method_section,
    privacy_section,
    provenance_section,
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
    parts = [
        masthead_of(view.content.title, _SUBTITLE, five_figures(view)),
        map_figure(view),
        el("main", *(section(view) for section in _SECTIONS)),
        footer(),
    ]
    body = el("body", *parts, *_scripts(view, loader, bundle))
    return whole_page(view.content.title, body, [loader, bundle], waiting)


def _scripts(view: View, loader: str, bundle: str) -> list[Html]:
    kind = "application/gzip;base64"
    return [
        el("script", Html(packed(payload(view))), type=kind, id="content"),
        el("script", Html(packed(bundle.encode())), type=kind, id="bundle"),
        el("script", Html(loader)),
    ]
