"""The run report's account of places: for how many hours each has a figure."""

import h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import HOUR_S
from jobs.engine.columns import epoch_seconds
from jobs.report.content import as_number
from jobs.report.ground import centres, frame_of, ground_zones, hexagon_ring
from jobs.report.markup import Child, Heading, Html, data_table, el, missing_note, section, source_note
from jobs.report.palette import SERVICE_RAMP, classes
from jobs.report.run_content import RunContent
from jobs.report.svgmap import Projection, ramp_figure, ramp_layer, zone_layer
from jobs.report.words import Both, number, quantity, same, share

_BREAKS = [0.1, 0.25, 0.5, 0.75, 0.95]
_ZONES_LISTED = 12
_SOURCE = Both(
    "Table presence: an hour counts as known at an H3 cell when it has a published figure there. Below the "
    "threshold k it has none: a blank place may be empty, quiet, or too thin to show. Zones by where people "
    "live (table zones), weighted by population.",
    "Table presence : une heure est connue pour une cellule H3 si un chiffre y est publié. Sous le seuil k il "
    "n’y en a pas : un lieu blanc peut être vide, calme ou trop mince. Zones selon le lieu de résidence (table "
    "zones), pondérées par la population.",
)


def coverage_section(content: RunContent) -> Html:
    """Map the share of hours that each place is known, and list the zones known least."""
    title = Both("Coverage by place", "Couverture par lieu")
    presence = content.presence
    if presence is None or presence.num_rows == 0:
        why = Both(
            "No place has a figure: the table presence is empty.",
            "Aucun chiffre : la table presence est vide.",
        )
        return section("coverage", title, missing_note(why))
    cells, known = hours_known(presence)
    gist = number(len(cells)) + Both(
        " H3 cells have figures, half of them for ", " cellules H3 ont des chiffres, "
    )
    gist += share(float(np.median(known)), 0)
    gist += Both(" of all hours or more.", " des heures ou plus pour la moitié d’entre elles.")
    parts = [el("p", gist), _map(content, cells, known), _zones(content, cells, known), _withheld(content)]
    return section("coverage", title, *parts, source_note(_SOURCE))


def hours_known(presence: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return H3 cells, ascending, and the share of the hours from first to last that have a figure there."""
    hour = epoch_seconds(presence["hour"]) // HOUR_S
    cells, at = np.unique(presence["h3"].to_numpy(), return_inverse=True)
    hours = int(hour.max() - hour.min()) + 1
    return cells.astype(np.int64), np.bincount(at) / hours


def _map(content: RunContent, cells: NDArray[np.int64], known: NDArray[np.float64]) -> Html:
    where = centres(cells)
    frame = frame_of(where, np.asarray(known), None)
    projection, zones = Projection(frame), ground_zones(content.zones_geojson, frame)
    ramp = SERVICE_RAMP[::-1]  # pale is well known, dark is what to look at
    rings = [hexagon_ring(int(cell)) for cell in cells]
    hexagons = ramp_layer(projection, rings, classes(known, _BREAKS), np.ones(len(cells), bool), ramp)
    layers = [zone_layer(projection, zones, "land"), hexagons, zone_layer(projection, zones, "outline")]
    label = Both("Map: share of hours with a figure; dark is seldom known",
                 "Carte : part des heures avec un chiffre ; sombre = rarement connu")  # fmt: skip
    bounds = [quantity(100 * bound, "%") for bound in _BREAKS]
    return ramp_figure(projection, layers, label, ramp, bounds)


def _zones(content: RunContent, cells: NDArray[np.int64], known: NDArray[np.float64]) -> Html:
    """The zones whose people live where least is known."""
    zones = content.zones
    if zones is None or zones.num_rows == 0:
        return Html("")
    resolution = h3.get_resolution(h3.int_to_str(int(cells[0])))
    at = {int(cell): float(value) for cell, value in zip(cells, known, strict=True)}
    name = np.array(zones["zone"].to_pylist(), dtype=object)
    people = np.nan_to_num(zones["population"].to_numpy())
    share_of = np.array(
        [at.get(_at_resolution(int(cell), resolution), 0.0) for cell in zones["h3"].to_numpy()]
    )
    found, group = np.unique(name.astype(str), return_inverse=True)
    total = np.bincount(group, people)
    mean = np.divide(np.bincount(group, people * share_of), total, out=np.zeros(len(found)), where=total > 0)
    order = [int(i) for i in np.lexsort((found, mean)) if total[i] > 0][:_ZONES_LISTED]
    rows: list[list[Child]] = [
        [str(found[i]), number(float(total[i])), share(float(mean[i]), 0)] for i in order
    ]
    headings = [
        Heading(Both("Zone", "Zone")),
        Heading(Both("People", "Habitants"), True),
        Heading(Both("Hours known", "Heures connues"), True),
    ]
    caption = Both("Zones of which least is known, of ", "Zones les moins connues, sur ") + number(len(found))
    return data_table(caption, headings, rows, class_="sortable")


def _at_resolution(cell: int, resolution: int) -> int:
    text = h3.int_to_str(cell)
    return int(h3.str_to_int(h3.cell_to_parent(text, min(resolution, h3.get_resolution(text)))))


def _withheld(content: RunContent) -> Html:
    told = content.od
    flows, lost, trips, gone = (
        as_number(told.get(key)) for key in ("flows", "flows_withheld", "trips", "trips_withheld")
    )
    if not flows:
        return Html("")
    said = number(lost) + Both(" of ", " sur ") + number(flows)
    said += Both(" flows are withheld to protect people", " flux sont retenus pour protéger les personnes")
    if trips and gone is not None:
        said += (
            same(", ") + share(gone / trips) + Both(" of the observed trips", " des déplacements observés")
        )
    return el("p", said + same("."))
