"""The transit stage: from an OD matrix and a GTFS feed to a ranked list of changes and the changed feed."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from jobs.transit import line_table, outputs
from jobs.transit.candidate_lines import with_candidates
from jobs.transit.changes import timetable
from jobs.transit.feeds.edited import edited_files
from jobs.transit.feeds.feed import read_feed
from jobs.transit.given_names import check_names
from jobs.transit.lines import LineSet
from jobs.transit.network_score import coverage_of
from jobs.transit.params import TransitParams
from jobs.transit.planner import plan_changes
from jobs.transit.reshapes import with_reshapes
from jobs.transit.scene import Scene, read_scene
from jobs.transit.survey import protected_places
from jobs.transit.twins import Twin, find_twins

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""Earliest time that a zip can hold: bytes do not depend on the clock."""


def plan_network(
    od: pa.Table,
    zones: pa.Table | None,
    feed_path: Path,
    out_dir: Path,
    params: TransitParams,
    progress: Callable[[str], None],
) -> dict[str, Any]:
    """Plan the network and write proposals.json, the GeoJSON maps, lines.csv and gtfs.zip to `out_dir`.

    Parameters
    ----------
    od : table `od`, H3 cells of one resolution; ``population_trips`` per average day are used.
    zones : table `zones` with people by H3 cell, or None: people are spread evenly in OD cells.
    feed_path : GTFS zip or folder.
    out_dir : existing folder; files in it are replaced. Same input, same bytes.
    progress : called with a sentence now and then.

    Returns
    -------
    Figures for the run manifest and the terminal.

    Raises
    ------
    InputError, ConfigError
        The feed, the OD table or a slot is at fault.
    """
    feed = read_feed(feed_path)
    check_names(feed, params)
    scene = read_scene(feed, od, zones, params)
    progress(
        f"{len(scene.lines.lines)} lines with {len(scene.lines.patterns)} patterns on "
        f"{feed.days.date_of(scene.day)}, {scene.trips_by_slot.sum():,.0f} trips a day, "
        f"{scene.unseen.put_back:.1%} of them withheld and put back from sums, {scene.unseen.modelled:.1%} too "
        "short for records and modelled"
    )
    try:
        before = scene.evaluator.day(scene.lines, scene.lines.departures)
        lines = with_candidates(scene, before, params, progress)
        twins = _that_keep_terminals(scene, lines, find_twins(lines, scene.clusters, params), params)
        twins = _that_keep_coverage(scene, lines, twins, params)
        scene, lines, changes = with_reshapes(scene, lines, before, params, progress)
        coverage = coverage_of(scene, params)
        outcome = plan_changes(
            scene.evaluator, lines, twins, changes, coverage, params, scene.precision, progress
        )
    finally:
        scene.evaluator.close()
    content = outputs.proposals(scene, lines, outcome, params)
    rows = line_table.line_rows(scene, lines, outcome, params)
    _write_text(out_dir / "proposals.json", outputs.to_json(content))
    _write_text(out_dir / "proposals.geojson", outputs.to_json(outputs.proposals_geojson(content)))
    _write_text(
        out_dir / "network.geojson", outputs.to_json(line_table.network_geojson(scene, lines, outcome, rows))
    )
    _write_text(out_dir / "lines.csv", line_table.lines_csv(rows, scene.slots.names))
    write_zip(out_dir / "gtfs.zip", edited_files(scene, lines, outcome.plan, params))
    progress(f"{len(content['proposals'])} proposals, {scene.evaluator.runs} assignments of a slot")
    return {
        "planning_date": content["planning_date"],
        "lines": len(scene.lines.lines),
        "proposals": outputs.counts(outcome),
        "generalised_min_before": content["before"]["generalised_min"],
        "generalised_min_after": content["after"]["generalised_min"],
        "vehicle_hours_before": content["budget"]["vehicle_hours_before"],
        "vehicle_hours_after": content["budget"]["vehicle_hours_after"],
        "departures_after": float(timetable(lines, outcome.plan.values()).sum()),
    }


def _that_keep_terminals(
    scene: Scene, lines: LineSet, twins: list[Twin], params: TransitParams
) -> list[Twin]:
    """Twins whose end takes no line from a protected terminal, but for those where the line that stays ends too."""
    protected = protected_places(scene, params)

    def ends(line: int) -> set[int]:
        own = [lines.places[p] for p in lines.running(line)]
        return {int(places[k]) for places in own for k in (0, -1)} & protected

    return [t for t in twins if ends(t.line) <= ends(t.keeps)]


def _that_keep_coverage(scene: Scene, lines: LineSet, twins: list[Twin], params: TransitParams) -> list[Twin]:
    """Twins whose end leaves all but a few residents a stop in reach."""
    if not twins:
        return twins
    coverage, today = coverage_of(scene, params), lines.departures
    return [
        t for t in twins if coverage.alone(lines, today, t.line) <= params.floors.max_coverage_loss + 1e-12
    ]


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Write files to a zip whose bytes depend on nothing else."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
