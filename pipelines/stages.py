"""The stage graph: what each stage reads, which part of the config decides it, and how it runs."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs import ingest as ingesting
from jobs import release as releasing
from jobs.anchors import anchors
from jobs.calendar import DAY_S
from jobs.cell_scan import cells_in_records
from jobs.locate import cells_without_plan, locate
from jobs.od import od
from jobs.params import Params
from jobs.presence import presence
from jobs.pseudonyms import check_value, load_key, window_pads
from jobs.report import ReportContent, write_report
from jobs.sources import check_files
from jobs.stays import stays
from jobs.transit import plan_network
from jobs.transit.feed import read_feed
from jobs.trips import trips
from jobs.world import make_world
from jobs.zones import outlines
from pipelines.config import RunConfig, world_folder
from pipelines.context import StageContext, StageOutput
from pipelines.ledger import package_version

_NO_COORDINATES = (
    "needs coordinates, and no cell has any: give `cells` (a cell plan with lon and lat) in the config"
)


@dataclass(frozen=True)
class Stage:
    """One step of the product.

    Attributes
    ----------
    reads : stages whose tables or files it reads.
    sections : parts of the config that decide its result.
    inputs : raw files that it reads.
    also : what else of the config decides its result: parts of sections.
    keyed : whether the pseudonym key decides its result.
    asked : why the config does not ask for it; empty when it does.
    check : a look at its raw input, so that a run fails at once or not for the input.
    hindrance : why it cannot run although it is asked for; empty when it can.
    """

    name: str
    run: Callable[[StageContext], StageOutput]
    reads: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    inputs: Callable[[RunConfig], list[str]] = lambda config: []
    also: Callable[[RunConfig], dict[str, Any]] = lambda config: {}
    keyed: bool = False
    asked: Callable[[RunConfig], str] = lambda config: ""
    check: Callable[[RunConfig], int] = lambda config: 0
    hindrance: Callable[[StageContext], str] = lambda context: ""

    def config_part(self, config: RunConfig) -> dict[str, Any]:
        """The part of the config that decides the result, as JSON."""
        told = {section: _plain(getattr(config, section)) for section in self.sections}
        return {**told, **self.also(config)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.model_dump(mode="json") if isinstance(value, Params) else value


def _key_apart(config: RunConfig) -> dict[str, Any]:
    """How subscribers are renamed, without where the key lies: its check value counts."""
    return {"pseudonyms": config.pseudonyms.model_dump(mode="json", exclude={"key"})}


def _made_by_world(config: RunConfig, path: str) -> bool:
    return config.world is not None and Path(path).is_relative_to(world_folder(config))


# -- world -------------------------------------------------------------------------------------


def _world(context: StageContext) -> StageOutput:
    assert context.config.world is not None
    folder = context.staged()
    summary = make_world(context.config.world, folder, context.say)
    return StageOutput(folder=folder, target="world", figures=summary)


# -- locate ------------------------------------------------------------------------------------


def _locate(context: StageContext) -> StageOutput:
    config = context.config
    if config.cells is None:
        found = cells_in_records(context.spark(), config.cdr, context.cdr_files())
        located = cells_without_plan(found)
    else:
        located = locate(config.cells, config.zones, config.grid)
    made = {"cells": located.cells, "cell_h3": located.cell_h3, "zones": located.zones}
    files = {
        name: [context.store.write_table(f"tables/{name}/{context.build}", "part-00000", table)]
        for name, table in made.items()
    }
    with_position = located.cells.num_rows - located.cells["lon"].null_count
    return StageOutput(files, figures={"cells_with_position": with_position}, remarks=located.remarks)


# -- ingest ------------------------------------------------------------------------------------


def _reading(config: RunConfig) -> dict[str, Any]:
    """Of the calendar its clock, which bounds windows; of the engine not where it runs."""
    clock = {"calendar": {"zone": config.calendar.zone}}
    return {**_key_apart(config), **clock, "engine": {"rows_per_task": config.engine.rows_per_task}}


def _check_records(config: RunConfig) -> int:
    load_key(config.pseudonyms.key)
    given = [source for source in config.cdr if not _made_by_world(config, source.path)]
    return sum(len(check_files(source)) for source in given)


def _ingest(context: StageContext) -> StageOutput:
    config = context.config
    for source in config.cdr:
        check_files(source)
    files = context.cdr_files()
    key = context.key()
    plan = ingesting.IngestPlan(
        store=context.store,
        build=context.build,
        sources=config.cdr,
        known_cells=context.table("cells")["cell_id"].combine_chunks(),
        pseudonyms=config.pseudonyms,
        pads=ingesting.all_window_pads(key, config.pseudonyms, config.period),
        zone=config.calendar.zone,
        period_utc=config.period.utc_bounds(config.calendar.zone) if config.period else None,
        partitions=_partitions(config, files),
    )
    result = ingesting.ingest(context.spark(), plan, files, config.quality)
    made = {"events": result.events, "quarantine/ingest": result.quarantine}
    figures = {**result.figures(), "key_check_value": check_value(key)}
    return StageOutput(made, figures=figures)


def _partitions(config: RunConfig, files: list[tuple[int, str]]) -> int:
    rows = sum(
        ingesting.estimated_rows(config.cdr[source], path, Path(path).stat().st_size)
        for source, path in files
    )
    return max(1, -(-rows // config.engine.rows_per_task))


# -- mobility ----------------------------------------------------------------------------------


def _lacks_coordinates(context: StageContext) -> str:
    cells = context.table("cells")
    return _NO_COORDINATES if cells["lon"].null_count == cells.num_rows else ""


def _stays(context: StageContext) -> StageOutput:
    found = stays(
        context.spark(),
        context.store,
        context.build,
        context.files("events"),
        context.table("cells"),
        context.config.stays,
    )
    return StageOutput({"stays": found})


def _anchors(context: StageContext) -> StageOutput:
    found, figures = anchors(
        context.spark(),
        context.store,
        context.build,
        context.files("stays"),
        context.table("cells"),
        context.table("zones"),
        context.config.calendar,
        context.config.anchors,
    )
    return StageOutput({"anchors": found}, figures=figures)


def _trips(context: StageContext) -> StageOutput:
    found = trips(
        context.spark(),
        context.store,
        context.build,
        context.files("stays"),
        context.files("anchors"),
        context.table("cells"),
        context.config.trips,
    )
    return StageOutput({"trips": found})


def _presence(context: StageContext) -> StageOutput:
    found, figures = presence(
        context.spark(),
        context.store,
        context.build,
        context.files("events"),
        context.files("anchors"),
        context.table("cells"),
        context.table("cell_h3"),
        context.config.disclosure,
    )
    return StageOutput({"presence": found}, figures=figures)


def _od(context: StageContext) -> StageOutput:
    found, figures = od(
        context.spark(),
        context.store,
        context.build,
        context.files("trips"),
        context.files("anchors"),
        context.table("cells"),
        context.table("cell_h3"),
        context.config.calendar,
        context.config.disclosure,
        _days(context),
    )
    return StageOutput({"od": found}, figures=figures)


def _days(context: StageContext) -> tuple[int, int]:
    """First and last local day with events, in days since 1970."""
    told = context.records["ingest"].figures
    span = np.array([told["first_s"], told["last_s"]], np.int64)
    first, last = context.config.calendar.clock.to_local(span) // DAY_S
    return int(first), int(last)


# -- what leaves -------------------------------------------------------------------------------


def _release(context: StageContext) -> StageOutput:
    params, store = context.config.release, context.store
    folder = context.staged()
    staged = str(folder.relative_to(store.local()))
    for product in ("od", "presence"):
        if product in params.products:
            releasing.write_aggregate(store, staged, product, context.table(product))
    figures: dict[str, Any] = {}
    if "set2" in params.products:
        figures["set2"] = releasing.write_set2(
            context.spark(),
            store,
            staged,
            context.files("events"),
            context.table("cells"),
            _sample_rule(context),
            context.config.calendar,
            params,
        )
    manifest = {
        "name": params.name,
        "run": context.build.rsplit("-", 1)[0],
        "version": package_version(),
        "products": list(params.products),
        "min_users": context.config.disclosure.min_users,
        "withheld": {name: context.records[name].figures for name in ("od", "presence")},
        "files": releasing.digests(store, staged),
    }
    store.write_json(f"{staged}/manifest.json", manifest)
    return StageOutput(folder=folder, target=f"releases/{params.name}", figures=figures)


def _sample_rule(context: StageContext) -> releasing.SampleRule:
    key = context.key()
    windows = {int(file.name.split("/")[0].removeprefix("window=")) for file in context.files("events")}
    pads = {window: window_pads(key, window, "release") for window in windows}
    return releasing.SampleRule(pads, context.config.release.sample_users)


def _transit(context: StageContext) -> StageOutput:
    config = context.config
    folder = context.staged()
    flows = context.table("od")
    served = flows.filter(pc.is_in(flows["slot"], pa.array(list(config.transit.slots), pa.string())))
    zones, feed = context.table("zones"), Path(str(config.gtfs))
    summary = plan_network(served, zones, feed, folder, config.transit, context.say)
    return StageOutput(folder=folder, target="transit", figures=summary)


def _check_feed(config: RunConfig) -> int:
    if config.gtfs is None or _made_by_world(config, config.gtfs):
        return 0
    read_feed(Path(config.gtfs))
    return 1


def _report(context: StageContext) -> StageOutput:
    folder = context.staged()
    summary = write_report(_report_content(context), folder / "report.html")
    return StageOutput(folder=folder, target="report", figures=summary)


def _report_content(context: StageContext) -> ReportContent:
    config, records = context.config, context.records
    return ReportContent(
        title=config.name,
        od=context.table("od"),
        presence=context.table("presence"),
        zones_geojson=outlines(config.zones) if config.zones else None,
        cells=context.table("cells"),
        proposals=_json_beside(context, "transit/proposals.json"),
        network=_json_beside(context, "transit/network.geojson"),
        stages=[
            {"name": r.stage, "rows": sum(r.rows.values()), "seconds": r.seconds, "status": "done"}
            for r in records.values()
        ],
        provenance=_provenance(context),
        disclosure={
            "k": config.disclosure.min_users,
            **{name: value for name, value in records["od"].figures.items() if name != "min_users"},
        },
    )


def _json_beside(context: StageContext, path: str) -> Any:
    stage = path.split("/")[0]
    return context.store.read_json(path) if stage in context.records else None


def _provenance(context: StageContext) -> dict[str, Any]:
    config, told = context.config, context.records["ingest"]
    return {
        "run": context.build.rsplit("-", 1)[0],
        "version": package_version(),
        "config_digest": hashlib.sha256(config.model_dump_json().encode()).hexdigest(),
        "inputs": [
            {**account, "sha256": told.recipe["files"].get(account["file"], "")}
            for account in told.figures["files"]
        ],
    }


def _path_of(value: Any) -> list[str]:
    return [value.path] if value is not None else []


def _zone_files(config: RunConfig) -> list[str]:
    """The zones' file with its companions (a shapefile is four or more files)."""
    if config.zones is None:
        return []
    path = Path(config.zones.path)
    return sorted(str(p) for p in path.parent.glob(f"{path.stem}.*") if p.suffix != ".zip" and p.is_file())


def _cell_files(config: RunConfig) -> list[str]:
    from jobs.cell_plan import plan_files

    return plan_files(config.cells.path) if config.cells else _cdr_paths(config)


def _cdr_paths(config: RunConfig) -> list[str]:
    return sorted({path for source in config.cdr for path in source.files()})


def _world_files(config: RunConfig) -> list[str]:
    world = config.world
    assert world is not None
    return [*_path_of(world.cells), *_path_of(world.zones), *([world.gtfs] if world.gtfs else [])]


def _records_as_plan(config: RunConfig) -> dict[str, Any]:
    """Without a cell plan, the way records are written decides the cells."""
    return {} if config.cells else {"cdr": _plain(config.cdr)}


def _no_world(config: RunConfig) -> str:
    return "" if config.world else "no `world` in the config: records are given"


def _no_feed(config: RunConfig) -> str:
    return "" if config.gtfs else "no `gtfs` in the config"


STAGES: tuple[Stage, ...] = (
    Stage("world", _world, sections=("world",), inputs=_world_files, asked=_no_world),
    Stage(
        "locate",
        _locate,
        ("world",),
        ("cells", "zones", "grid"),
        lambda c: _cell_files(c) + _zone_files(c),
        also=_records_as_plan,
    ),
    Stage(
        "ingest",
        _ingest,
        ("world", "locate"),
        ("cdr", "period", "quality"),
        _cdr_paths,
        also=_reading,
        keyed=True,
        check=_check_records,
    ),
    Stage("stays", _stays, ("ingest", "locate"), ("stays",), hindrance=_lacks_coordinates),
    Stage("anchors", _anchors, ("stays", "locate"), ("anchors", "calendar")),
    Stage("trips", _trips, ("stays", "anchors", "locate"), ("trips",)),
    Stage("presence", _presence, ("ingest", "anchors", "locate"), ("disclosure",)),
    Stage("od", _od, ("trips", "anchors", "locate", "ingest"), ("calendar", "disclosure")),
    Stage(
        "release",
        _release,
        ("od", "presence", "ingest", "locate"),
        ("release", "disclosure", "calendar"),
        also=_key_apart,
        keyed=True,
    ),
    Stage(
        "transit",
        _transit,
        ("od", "locate"),
        ("transit",),
        lambda c: [c.gtfs] if c.gtfs else [],
        asked=_no_feed,
        check=_check_feed,
    ),
    Stage(
        "report",
        _report,
        ("od", "presence", "ingest", "locate", "transit"),
        ("name", "zones", "disclosure"),
        _zone_files,
    ),
)

NAMES: tuple[str, ...] = tuple(stage.name for stage in STAGES)
