"""The map as static SVG: for paper, for browsers without WebGL, and for pages without scripts."""

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jobs.report.content import JsonObject, as_object
from jobs.report.demand import Flows
from jobs.report.ground import Frame, Zone, paths, polygons, way_after
from jobs.report.markup import Html, el, join, labelled
from jobs.report.palette import FLOW, RAMP, STATUS_COLOURS, STATUS_DASHES
from jobs.report.words import Both, same

_LONGER_SIDE = 1000.0
_BEND = 0.16
_MIN_STROKE, _MAX_STROKE = 0.8, 9.0
Point = tuple[float, float]


class Projection:
    """Web Mercator, scaled so that the longer side of the frame takes 1000 units."""

    def __init__(self, frame: Frame) -> None:
        west, south, east, north = frame
        self._west, self._top = west, _mercator(north)
        across, down = max(east - west, 1e-6), max(self._top - _mercator(south), 1e-6)
        self._scale = _LONGER_SIDE / max(across, down)
        self.width, self.height = across * self._scale, down * self._scale

    def __call__(self, lon: float, lat: float) -> Point:
        """Return x to the right and y downwards."""
        return (lon - self._west) * self._scale, (self._top - _mercator(lat)) * self._scale

    def trace(self, coordinates: Iterable[Iterable[float]], close: bool = False) -> str:
        """Write a path of (longitude, latitude) in tenths of a unit, by relative moves to keep it short."""
        units = [self(*list(position)[:2]) for position in coordinates]
        tenths = [(round(10 * x), round(10 * y)) for x, y in units]
        moves = [f"{_units(x - px)} {_units(y - py)}" for (px, py), (x, y) in pairwise(tenths)]
        start = f"M{_units(tenths[0][0])} {_units(tenths[0][1])}"
        return start + "l" + " ".join(moves) + ("z" if close else "")


def _mercator(lat: float) -> float:
    bounded = min(max(lat, -85.0), 85.0)
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


def _units(tenths: int) -> str:
    return f"{tenths / 10:g}"


def zone_layer(projection: Projection, zones: list[Zone], role: str) -> Html:
    """Draw zones: as `land` below the hexagons, as `outline` above them."""
    rings = [ring for zone in zones for polygon in polygons(zone.outline) for ring in polygon]
    drawn = "".join(projection.trace(ring, close=True) for ring in rings)
    return el("path", d=drawn, class_=role, fill_rule="evenodd") if drawn else Html("")


def ramp_layer(
    projection: Projection,
    hexagons: list[list[Point]],
    class_of: NDArray[np.int64],
    is_shown: NDArray[np.bool_],
    ramp: tuple[str, ...] = RAMP,
) -> Html:
    """Draw the H3 cells that have something to show, one path a class."""
    layers = []
    for level, colour in enumerate(ramp):
        inside = np.flatnonzero((class_of == level) & is_shown)
        drawn = "".join(projection.trace(hexagons[int(i)], close=True) for i in inside)
        if drawn:
            layers.append(el("path", d=drawn, fill=colour))
    return el("g", *layers, class_="hexagons")


def flow_layer(projection: Projection, flows: Flows, where: NDArray[np.float64]) -> Html:
    """Draw flows as curves bent to the right, as wide as they carry, with an arrow at the destination."""
    if not len(flows):
        return Html("")
    largest = float(flows.trips[0])
    drawn = []
    for o, d, trips in reversed(list(zip(flows.origin, flows.destination, flows.trips, strict=True))):
        start, end = projection(*where[o]), projection(*where[d])
        drawn.append(_flow(start, end, _stroke(float(trips), largest)))
    return el("g", *drawn, class_="flows", stroke=FLOW, fill=FLOW)


def _stroke(trips: float, largest: float) -> float:
    return _MIN_STROKE + (_MAX_STROKE - _MIN_STROKE) * trips / largest


def _flow(start: Point, end: Point, width: float) -> Html:
    (x0, y0), (x1, y1) = start, end
    bend = (x0 + x1) / 2 - _BEND * (y1 - y0), (y0 + y1) / 2 + _BEND * (x1 - x0)
    heading = math.atan2(y1 - bend[1], x1 - bend[0])
    size = 4 + 1.3 * width
    stop = x1 - size * math.cos(heading), y1 - size * math.sin(heading)
    curve = f"M{x0:.0f} {y0:.0f}Q{bend[0]:.0f} {bend[1]:.0f} {stop[0]:.1f} {stop[1]:.1f}"
    shaft = el("path", d=curve, fill="none", stroke_width=f"{width:.1f}")
    return join([shaft, el("path", d=_arrow(stop, heading, size), stroke="none")])


def _arrow(base: Point, heading: float, size: float) -> str:
    along, across = (math.cos(heading), math.sin(heading)), (-math.sin(heading), math.cos(heading))
    half = 0.55 * size
    corners = [
        (base[0] + size * along[0], base[1] + size * along[1]),
        (base[0] + half * across[0], base[1] + half * across[1]),
        (base[0] - half * across[0], base[1] - half * across[1]),
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "z"


def line_layer(projection: Projection, features: list[JsonObject]) -> Html:
    """Draw lines by what happens to them, those kept below, each on a light casing."""
    order = list(STATUS_COLOURS)
    ranked = sorted(features, key=lambda f: order.index(status_of(f)))
    drawn = [_line(projection, feature, status_of(feature)) for feature in ranked]
    return el("g", *drawn, class_="lines", fill="none")


def status_of(feature: JsonObject) -> str:
    """Return kept, changed, removed or new; an unknown status counts as kept."""
    status = str(as_object(feature.get("properties")).get("status"))
    return status if status in STATUS_COLOURS else "kept"


def _line(projection: Projection, feature: JsonObject, status: str) -> Html:
    drawn = "".join(projection.trace(path) for path in paths(way_after(feature)))
    width = 1.6 if status == "kept" else 3.6
    casing = el("path", d=drawn, stroke="#fff", stroke_width=width + 2.4)
    dashes = STATUS_DASHES.get(status)
    colour = STATUS_COLOURS[status]
    return join([casing, el("path", d=drawn, stroke=colour, stroke_width=width, stroke_dasharray=dashes)])


def proposal_layer(projection: Projection, anchors: list[tuple[str, float, float]]) -> Html:
    """Mark each proposal by its rank where it lies."""
    marks = []
    for rank, lon, lat in anchors:
        x, y = projection(lon, lat)
        circle = el("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=13)
        marks += [circle, el("text", rank, x=f"{x:.0f}", y=f"{y + 5:.0f}")]
    return el("g", *marks, class_="marks")


def svg_map(projection: Projection, layers: list[Html], label: Both) -> Html:
    """Put the layers on one sheet."""
    box = f"0 0 {projection.width:.0f} {projection.height:.0f}"
    return el("svg", *layers, viewBox=box, role="img", class_="sheet", **labelled(label))


def ramp_figure(
    projection: Projection, layers: list[Html], label: Both, ramp: tuple[str, ...], bounds: list[Both]
) -> Html:
    """Put a small map on its sheet, with its classes below."""
    shown = zip(ramp, [*bounds, same("")], strict=False)
    steps = [el("li", el("i", style=f"background:{colour}"), el("span", text)) for colour, text in shown]
    caption = el("figcaption", label, el("ol", *steps, class_="ramp"))
    return el("figure", svg_map(projection, layers, label), caption, class_="small-map")
