"""Candidates for all changes that give lines another way, with the places and patterns that they need."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from jobs.transit import on_demand, rerouting, splitting, stop_changes, terminals
from jobs.transit.changes import Change, Kind, Reshape
from jobs.transit.evaluation import SlotResult
from jobs.transit.lines import LineSet
from jobs.transit.more_places import with_places
from jobs.transit.options import NOTICEABLE
from jobs.transit.params import TransitParams
from jobs.transit.scene import Scene
from jobs.transit.survey import Survey
from jobs.transit.workshop import Workshop

_ONE_LINE = (Kind.EXTEND, Kind.TRUNCATE, Kind.REROUTE, Kind.DROP_STOPS, Kind.ADD_STOPS)
"""Kinds whose line may take up the vehicle-hours that are freed, or pay for those that are spent."""


def with_reshapes(
    scene: Scene,
    lines: LineSet,
    before: list[SlotResult],
    params: TransitParams,
    progress: Callable[[str], None],
) -> tuple[Scene, LineSet, list[Change]]:
    """Look for candidates of each kind in an assignment of today's lines.

    Returns
    -------
    The scene with places that candidates need, all lines with the patterns of candidates, and the candidates.
    """
    wanted = params.reshapes.model_dump()
    if not any(wanted[str(kind)] for kind in Kind if str(kind) in wanted):
        return scene, lines, []
    survey = Survey.of(scene, lines, before, params)
    areas = on_demand.areas_for_demand(survey)
    doors = sorted({zone for area in areas for zone in area.zones})
    scene = with_places(scene, stop_changes.points_on_long_links(survey), doors, params)
    shop = Workshop(replace(survey, scene=scene))
    found = _looked_for(shop, areas, progress)
    reshaped = shop.finished()
    if params.reshapes.hours_neutral:
        found += [other for change in found if (other := at_equal_hours(reshaped, change, params))]
    counted = {kind: sum(change.kind is kind for change in found) for kind in Kind}
    told = ", ".join(f"{n} {str(kind).replace('_', ' ')}" for kind, n in counted.items() if n)
    progress(f"{len(found)} candidates for another way: {told or 'none'}")
    return scene, reshaped, found


def _looked_for(shop: Workshop, areas: list[on_demand.Area], progress: Callable[[str], None]) -> list[Change]:
    """Candidates of all kinds; those found by then where somebody interrupts."""
    counts, found = shop.survey.params.reshapes, []
    looks: list[tuple[int, Callable[[Workshop], list[tuple[float, Change]]]]] = [
        (counts.extend, terminals.extensions),
        (counts.truncate, terminals.truncations),
        (counts.reroute, rerouting.reroutings),
        (counts.split, splitting.splits),
        (counts.merge, splitting.merges),
        (counts.drop_stops, stop_changes.drops),
        (counts.add_stops, stop_changes.additions),
        (counts.drt_zone, lambda s: on_demand.demand_zones(s, areas)),
    ]
    try:
        for count, look in looks:
            found += [change for _, change in look(shop)] if count else []
    except KeyboardInterrupt:
        progress("interrupted: the candidates found so far are valued; interrupt again to end the search")
    return found


def at_equal_hours(lines: LineSet, change: Change, params: TransitParams) -> Change | None:
    """The same change at the shortest clock-face headways that take no more vehicle-hours than the line today.

    A line that would run more often than any clock-face headway runs as often as its hours allow. None where that
    is today's headway, or none within the floors.
    """
    reshape = change.reshape
    if reshape is None or change.kind not in _ONE_LINE:
        return None
    today = lines.departures
    after = change.applied(lines, today, today)
    own = list(lines.lines[change.line].patterns)
    hours = [lines.vehicle_hours(d)[own].sum(axis=0) for d in (today, after)]
    headway = lines.headways(change.line, today)
    scale = np.ones(headway.size)
    for slot in np.flatnonzero(np.isfinite(headway)).tolist():
        wanted = headway[slot] * hours[1][slot] / hours[0][slot]
        if abs(wanted / headway[slot] - 1.0) <= NOTICEABLE:
            continue
        longest = params.floors.longest_headway_min.get(lines.slots.names[slot], np.inf)
        steps = params.headways.levels
        steps = (wanted, *steps) if wanted < steps[0] else steps
        levels = [h for h in steps if wanted - 1e-9 <= h <= max(longest, headway[slot])]
        if not levels:
            return None
        scale[slot] = headway[slot] / levels[0]
    if (np.abs(scale - 1.0) <= NOTICEABLE).all():
        return None
    return replace(change, reshape=_scaled(reshape, scale))


def _scaled(reshape: Reshape, scale: np.ndarray) -> Reshape:
    pieces = [
        replace(
            piece,
            departures=tuple(
                max(1.0, float(np.floor(n * share + 1e-9))) if n else 0.0
                for n, share in zip(piece.departures, scale, strict=True)
            ),
        )
        for piece in reshape.pieces
    ]
    return replace(reshape, pieces=tuple(pieces), keeps_times=False)
