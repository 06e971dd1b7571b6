"""The map of the page: its controls, the static sheet, the legend."""

from jobs.report.cards import proposal_anchors
from jobs.report.demand import WHOLE_DAY
from jobs.report.ground import hexagon_ring
from jobs.report.markup import Attribute, Html, el, join, labelled
from jobs.report.palette import FLOW, RAMP, STATUS_COLOURS, STATUS_DASHES, classes, demand_breaks
from jobs.report.svgmap import (
    Projection,
    flow_layer,
    line_layer,
    proposal_layer,
    ramp_layer,
    status_of,
    svg_map,
    zone_layer,
)
from jobs.report.view import View
from jobs.report.words import Both, day_type_name, number, same, slot_name, status_name

_FLOWS_DRAWN = 40
_SLIDER_FIRST = 54
"""Of 100: about 50 of 1,500 flows. The slider counts flows on a logarithmic scale."""
_MAP_LABEL = Both(
    "Map of demand, flows and lines. The tables beside it hold the same figures.",
    "Carte de la demande, des flux et des lignes. Les tableaux à côté donnent les mêmes chiffres.",
)
DEMAND_UNIT = Both(
    "Trips from and to, per H3 cell and day", "Déplacements de et vers, par cellule H3 et jour"
)
_NETWORKS = (
    ("before", Both("Before", "Avant")),
    ("after", Both("After", "Après")),
    ("changes", Both("Changes", "Écarts")),
)


def map_figure(view: View) -> Html:
    """Make controls, canvas, static sheet and legend."""
    said = [el("div", id="place-said", class_="place-said", role="status"), _only_shown()]
    canvas = el("div", id="map", class_="canvas")
    stage = el("div", canvas, static_sheet(view), _zoom(), *said, *_hints(), class_="stage")
    named = labelled(Both("Map", "Carte"))
    return el("section", _controls(view), stage, _legend(view), class_="map", **named)


def _only_shown() -> Html:
    """What the map leaves out while a proposal or a budget is looked at, and the way back."""
    back = el("button", Both("Show all", "Tout montrer"), type="button", id="show-all")
    return el("p", el("span", id="only-said"), back, class_="only", id="only", hidden=True)


def static_sheet(view: View) -> Html:
    """Draw the first day type's whole day."""
    projection = Projection(view.frame)
    layers = [zone_layer(projection, view.zones, "land")]
    if view.has_demand:
        demand = view.demand.by_h3(view.day_type)
        hexagons = [hexagon_ring(int(cell)) for cell in view.demand.h3]
        layers.append(ramp_layer(projection, hexagons, classes(demand, demand_breaks(demand)), demand > 0))
    layers += [zone_layer(projection, view.zones, "outline"), line_layer(projection, view.lines)]
    if view.has_demand:
        layers.append(flow_layer(projection, view.demand.flows(view.day_type).top(_FLOWS_DRAWN), view.where))
    layers.append(proposal_layer(projection, proposal_anchors(view)))
    return svg_map(projection, layers, _MAP_LABEL)


def _zoom() -> Html:
    buttons = [
        el("button", sign, type="button", data_zoom=step, **labelled(name))
        for sign, step, name in (
            ("+", 1, Both("Zoom in", "Agrandir")),
            ("−", -1, Both("Zoom out", "Réduire")),
            ("⌂", 0, Both("Show the whole area", "Montrer toute la zone")),
        )
    ]
    return el("div", *buttons, class_="zoom")


def _hints() -> list[Html]:
    moves = Both(
        "Drag to move, scroll to zoom. Choose a hexagon for its flows and figures.",
        "Glisser pour déplacer, molette pour zoomer. Choisir un hexagone : ses flux, ses chiffres.",
    )
    stands = Both(
        "This browser offers no WebGL: the map stands still and shows the whole day. The tables follow "
        "the choice.",
        "Ce navigateur n’offre pas WebGL : la carte est fixe et montre la journée entière. Les tableaux "
        "suivent le choix.",
    )
    return [el("p", moves, class_="hint"), el("p", stands, class_="hint still")]


def _controls(view: View) -> Html:
    days = [(name, day_type_name(name)) for name in view.demand.day_types]
    slots = [(name, slot_name(name)) for name in (WHOLE_DAY, *view.demand.slots)]
    hexagons = [("demand", Both("Demand", "Demande")), *((m.name, m.label) for m in view.measures)]
    groups = [
        _choice("day", Both("Day", "Jour"), days, view.day_type),
        _choice("network", Both("Lines", "Lignes"), list(_NETWORKS), "after", class_="map-only")
        if view.lines
        else None,
        _choice("slot", Both("Time", "Moment"), slots, WHOLE_DAY),
        _choice("hexagons", Both("Hexagons", "Hexagones"), hexagons, "demand", class_="map-only")
        if view.measures
        else None,
        _flow_slider() if view.has_demand else None,
    ]
    return el(
        "form", *groups, class_="controls", **labelled(Both("What the map shows", "Contenu de la carte"))
    )


def _choice(
    name: str, title: Both, options: list[tuple[str, Both]], chosen: str, **attributes: Attribute
) -> Html:
    shown = [
        el(
            "label",
            el("input", type="radio", name=name, value=value, checked=value == chosen, autocomplete="off"),
            el("span", text),
        )
        for value, text in options
    ]
    return el("fieldset", el("legend", title), el("div", *shown, class_="choices"), **attributes)


def _flow_slider() -> Html:
    slider = el("input", type="range", id="flow-share", min=0, max=100, step=1, value=_SLIDER_FIRST,
                autocomplete="off", aria_describedby="flow-said")  # fmt: skip
    label = el("label", Both("Flows, down to a number of trips", "Flux, jusqu’à un nombre de déplacements"),
               for_="flow-share")  # fmt: skip
    return el("div", label, slider, el("output", id="flow-said", for_="flow-share"), class_="slider map-only")


def _legend(view: View) -> Html:
    parts = [_demand_legend(view), _flow_key()] if view.has_demand else []
    seen = {status_of(feature) for feature in view.lines}
    parts += [_line_key(status) for status in STATUS_COLOURS if status in seen]
    return el("div", *parts, class_="legend")


def _demand_legend(view: View) -> Html:
    breaks = demand_breaks(view.demand.by_h3(view.day_type))
    return el(
        "div",
        el("span", DEMAND_UNIT, id="ramp-title"),
        el("ol", *demand_steps(breaks), class_="ramp", id="ramp"),
        class_="key ramp-key",
    )


def demand_steps(breaks: list[float]) -> list[Html]:
    """One swatch a class; a bound stands where two classes meet."""
    bounds = [*(number(b) for b in breaks), same("")]
    shown = zip(RAMP, bounds, strict=False)
    return [el("li", el("i", style=f"background:{colour}"), el("span", text)) for colour, text in shown]


def _flow_key() -> Html:
    arrow = el("path", d="M2 9Q16 1 30 6", fill="none", stroke=FLOW, stroke_width=3)
    head = el("path", d="M29 1L39 8L28 11z", fill=FLOW)
    text = Both("Flow; width = trips", "Flux ; largeur = déplacements")
    return el("div", _swatch(arrow, head), el("span", text), class_="key")


def _line_key(status: str) -> Html:
    width = 2 if status == "kept" else 4
    stroke = el("path", d="M2 6H38", stroke=STATUS_COLOURS[status], stroke_width=width,
                stroke_dasharray=STATUS_DASHES.get(status))  # fmt: skip
    text = join([Both("Line ", "Ligne "), status_name(status)])
    return el("div", _swatch(stroke), el("span", text), class_="key")


def _swatch(*shapes: Html) -> Html:
    return el("svg", *shapes, viewBox="0 0 40 12", class_="swatch", aria_hidden="true")
