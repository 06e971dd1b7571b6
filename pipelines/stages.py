"""The stage graph: what each stage reads, which part of the config decides it, and how it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobs.engine.input_files import digest_of_file
from jobs.params import Params
from pipelines.config import RunConfig
from pipelines.context import StageContext, StageOutput
from pipelines.ingesting import ingest_records
from pipelines.inputs import (
    cell_files,
    check_feed,
    check_places,
    check_records,
    no_feed,
    no_world,
    record_files,
    world_files,
    zone_files,
)
from pipelines.stage_names import NAMES
from pipelines.steps import (
    count_od,
    count_presence,
    find_anchors,
    find_stays,
    find_trips,
    lacks_coordinates,
    lacks_flows,
    make_city,
    place_cells,
    plan_transit,
)


@dataclass(frozen=True)
class Stage:
    """One step of the product.

    Attributes
    ----------
    reads : stages whose tables or files it reads.
    sections : parts of the config that decide its result.
    code : modules of `jobs` whose code decides its result, with all that they import; none: all code.
    spares : of the stages that it reads, those it can do without when they are not available.
    inputs : raw files that it reads.
    also : what else of the config decides its result: parts of sections.
    keyed : whether the pseudonym key decides its result.
    asked : why the config does not ask for it; empty when it does.
    check : a look at its raw input, so that a run fails at once or not for the input.
    hindrance : why it cannot run although it is asked for; empty when it can.
    on_spark : whether it always needs Spark.
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
    spares: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    on_spark: bool = False

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


def _reading(config: RunConfig) -> dict[str, Any]:
    """Of the calendar its clock, which bounds windows; of the engine not where it runs."""
    clock = {"calendar": {"zone": config.calendar.zone}}
    engine = {"rows_per_task": config.engine.rows_per_task, "parts": config.engine.parts}
    # A list that changed is a change of the plan: everybody on it is taken out of every day.
    listed = digest_of_file(config.opt_out.file) if config.opt_out else ""
    return {**_key_apart(config), **clock, "engine": engine, "opt_out": listed}


def _records_as_plan(config: RunConfig) -> dict[str, Any]:
    """Without a cell plan, the way records are written decides the cells."""
    return {} if config.cells else {"cdr": _plain(config.cdr)}


def _build_release(context: StageContext) -> StageOutput:
    from pipelines.releasing import build_release  # takes long to load, and most runs end before

    return build_release(context)


def _check_release(config: RunConfig) -> int:
    from pipelines.releasing import check_release

    return check_release(config)


def _write_pages(context: StageContext) -> StageOutput:
    from pipelines.reporting import write_pages

    return write_pages(context)


STAGES: tuple[Stage, ...] = (
    Stage(
        "world", make_city, sections=("world",), inputs=world_files, asked=no_world, code=("jobs.world.make",)
    ),
    Stage(
        "locate",
        place_cells,
        ("world",),
        ("cells", "zones", "grid"),
        lambda c: cell_files(c) + zone_files(c),
        also=_records_as_plan,
        check=check_places,
        code=("jobs.locate", "jobs.ground.cell_scan"),
    ),
    Stage(
        "ingest",
        ingest_records,
        ("world", "locate"),
        ("cdr", "period", "quality", "gone_files"),
        record_files,
        also=_reading,
        keyed=True,
        check=check_records,
        code=("jobs.ingest",),
        on_spark=True,
    ),
    Stage(
        "stays",
        find_stays,
        ("ingest", "locate"),
        ("stays",),
        hindrance=lacks_coordinates,
        code=("jobs.stays",),
        on_spark=True,
    ),
    Stage(
        "anchors",
        find_anchors,
        ("stays", "locate"),
        ("anchors", "calendar"),
        code=("jobs.anchors",),
        on_spark=True,
    ),
    Stage(
        "trips",
        find_trips,
        ("stays", "anchors", "locate"),
        ("trips", "calendar"),
        code=("jobs.trips",),
        on_spark=True,
    ),
    Stage(
        "presence",
        count_presence,
        ("ingest", "anchors", "locate"),
        ("disclosure",),
        code=("jobs.presence",),
        on_spark=True,
    ),
    Stage(
        "od",
        count_od,
        ("trips", "anchors", "locate", "ingest"),
        ("calendar", "disclosure"),
        code=("jobs.od",),
        on_spark=True,
    ),
    Stage(
        "release",
        _build_release,
        ("od", "presence", "ingest", "locate"),
        ("release", "disclosure", "calendar"),
        also=_key_apart,
        keyed=True,
        check=_check_release,
    ),
    Stage(
        "transit",
        plan_transit,
        ("od", "locate"),
        ("transit",),
        lambda c: [c.gtfs] if c.gtfs else [],
        asked=no_feed,
        check=check_feed,
        hindrance=lacks_flows,
        code=("jobs.transit.plan", "jobs.transit.withheld", "jobs.transit.short_trips"),
    ),
    Stage(
        "report",
        _write_pages,
        ("od", "presence", "ingest", "locate", "anchors", "transit"),
        ("name", "zones", "disclosure", "calendar"),
        zone_files,
        spares=("transit",),
    ),
)

assert tuple(stage.name for stage in STAGES) == NAMES, "pipelines/stage_names.py names the stages in order"

__all__ = ["NAMES", "STAGES", "Stage"]
