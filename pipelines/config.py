"""The run configuration: YAML in, one frozen object out, all problems at once."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from jobs.anchors import AnchorParams
from jobs.calendars.days import CalendarParams
from jobs.counting.disclosure import DisclosureParams
from jobs.engine.locations import join
from jobs.engine.session import EngineParams
from jobs.errors import ConfigError
from jobs.ground.cell_plan import CellColumns, CellPlanParams
from jobs.ground.zones import ZoneParams
from jobs.identity.optout import OptOutParams
from jobs.identity.pseudonyms import PseudonymParams
from jobs.ingest import Period
from jobs.locate import GridParams
from jobs.mobility.params import MobilityParams
from jobs.params import ExistingPath, Location, Params
from jobs.records.accounts import QualityParams
from jobs.records.sources import CdrSource, RecordColumns, TimeColumn
from jobs.release import ReleaseParams
from jobs.stays import StayParams
from jobs.transit.params import TransitParams
from jobs.trips import TripParams
from jobs.world.params import WorldParams
from pipelines.problems import problem_of
from pipelines.yaml_source import Problem, YamlSource, dotted, read_yaml, with_override

_FIRST_SERVICE_HOUR = 5
_SECRET = ("pseudonyms", "key")
"""What stands here by mistake may be a key: it is not shown."""


class RunConfig(Params):
    """Everything a run depends on. Paths are relative to the config file."""

    name: str = Field(description="name of the run, shown on the report")
    workspace: Location = Field(description="folder or URI for tables, releases, proposals and the report")
    world: WorldParams | None = Field(None, description="simulate the input that is not given below")
    cdr: tuple[CdrSource, ...] = Field((), description="raw records; each source is one way of writing")
    opt_out: OptOutParams | None = Field(
        None, description="people who objected: their records are dropped before anything else"
    )
    gone_files: Literal["drop", "keep"] = Field(
        "drop", description="what becomes of events whose record file is no longer there"
    )
    cells: CellPlanParams | None = Field(None, description="the cell plan")
    zones: ZoneParams | None = Field(None, description="areas with known population, for expansion")
    gtfs: ExistingPath | None = Field(None, description="GTFS feed (zip) of the present network: path or URI")
    pseudonyms: PseudonymParams
    period: Period | None = Field(None, description="days accepted; rows outside go to quarantine")
    calendar: CalendarParams = Field(default_factory=CalendarParams)
    quality: QualityParams = Field(default_factory=QualityParams)
    grid: GridParams = Field(default_factory=GridParams)
    stays: StayParams = Field(default_factory=StayParams)
    anchors: AnchorParams = Field(default_factory=AnchorParams)
    trips: TripParams = Field(default_factory=TripParams)
    disclosure: DisclosureParams = Field(default_factory=DisclosureParams)
    release: ReleaseParams = Field(default_factory=ReleaseParams)
    transit: TransitParams = Field(default_factory=TransitParams)
    mobility: MobilityParams = Field(
        default_factory=MobilityParams, description="what `maillage mobility` makes of a finished run"
    )
    engine: EngineParams = Field(default_factory=EngineParams)

    @model_validator(mode="after")
    def _has_records(self) -> "RunConfig":
        if not self.cdr and self.world is None:
            raise ValueError("nothing to read: give cdr (raw records), or world (simulate them)")
        return self

    @model_validator(mode="after")
    def _one_calendar(self) -> "RunConfig":
        if self.world and "calendar" in self.model_fields_set and self.world.timezone != self.calendar.zone:
            raise ValueError(
                f"calendar.zone is {self.calendar.zone} but world.timezone is {self.world.timezone}; "
                "they have to be the same"
            )
        clocks = sorted({source.columns.time.zone for source in self.cdr} - {"UTC"})
        if clocks and self.world is None and "zone" not in self.calendar.model_fields_set:
            raise ValueError(
                f"calendar.zone is missing, and records are in {', '.join(clocks)}: "
                "name the zone in which days and slots are counted (UTC, if it is so meant)"
            )
        unknown = sorted(set(self.transit.slots) - set(self.calendar.slots))
        if "slots" in self.transit.model_fields_set and unknown:
            raise ValueError(f"transit.slots names {unknown}, which calendar.slots does not have")
        return self


def load_config(file: Path, overrides: tuple[str, ...] = ()) -> RunConfig:
    """Read, fill in and validate a config file.

    Raises
    ------
    ConfigError
        Anything is wrong: the message lists every problem with its place in the file.
    """
    source = read_yaml(file)
    for assignment in overrides:
        with_override(source, assignment)
    problems = list(source.problems)
    config = None
    try:
        config = RunConfig.model_validate(source.content, context={"base_dir": str(file.resolve().parent)})
    except ValidationError as error:
        problems += [problem_of(entry, RunConfig, _SECRET) for entry in error.errors()]
    if problems or config is None:
        raise _config_error(source, problems)
    return with_world_outputs(config)


def _config_error(source: YamlSource, problems: list[Problem]) -> ConfigError:
    lines = [f"{source.place(p.path)}: {p.message}" for p in problems]
    if len(lines) == 1:
        return ConfigError(problems[0].message, source.place(problems[0].path), _MEND)
    head = f"{len(lines)} problems in {source.file}"
    return ConfigError("\n  ".join([head, *lines]), "", _MEND)


_MEND = "`maillage schema` prints every key with its meaning"


def world_folder(config: RunConfig) -> str:
    """Where the simulated world of a run lies."""
    return join(config.workspace, "world")


def with_world_outputs(config: RunConfig) -> RunConfig:
    """Point everything that the config leaves out at the simulated world, and share its clock."""
    update: dict[str, Any] = {}
    if config.world is not None:
        update = _world_inputs(config, config.world, world_folder(config))
    calendar = update.get("calendar", config.calendar)
    if "slots" not in config.transit.model_fields_set:
        served = {name: hours for name, hours in calendar.slots.items() if hours[0] >= _FIRST_SERVICE_HOUR}
        update["transit"] = config.transit.model_copy(update={"slots": served})
    return config.model_copy(update=update)


def _world_inputs(config: RunConfig, world: WorldParams, folder: str) -> dict[str, Any]:
    update: dict[str, Any] = {}
    if not config.cdr:
        update["cdr"] = (_world_source(world, folder),)
    if config.cells is None:
        columns = CellColumns(azimuth_deg="azimuth", beam_deg="beam", range_m="range_m")
        update["cells"] = CellPlanParams(path=join(folder, "cells.csv"), columns=columns)
    if config.zones is None:
        update["zones"] = ZoneParams(path=join(folder, "zones.geojson"), name="name")
    if config.gtfs is None:
        update["gtfs"] = join(folder, "gtfs.zip")
    if "calendar" not in config.model_fields_set:
        update["calendar"] = config.calendar.model_copy(update={"zone": world.timezone})
    calendar = update.get("calendar", config.calendar)
    if "slots" not in world.model_fields_set:
        update["world"] = world.model_copy(update={"slots": calendar.slots})
    return update


def _world_source(world: WorldParams, folder: str) -> CdrSource:
    """How the simulator writes records."""
    if world.cdr_layout == "d4d-set2":
        time = TimeColumn(column=1, zone=world.timezone)
        columns = RecordColumns(user=0, time=time, cell=2)
        return CdrSource(path=join(folder, "cdr"), format="csv", header=False, columns=columns)
    time = TimeColumn(column="time", zone=world.timezone)
    told: dict[str, Any] = {}
    if world.calls is not None:
        told = {name: {"column": name} for name in ("kind", "direction", "counterparty", "duration_s")}
    columns = RecordColumns(user="msisdn", time=time, cell="cell_id", **told)
    return CdrSource(path=join(folder, "cdr"), columns=columns)


def schema() -> dict[str, Any]:
    """JSON Schema of the config, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **RunConfig.model_json_schema()}


__all__ = ["RunConfig", "dotted", "load_config", "schema", "with_world_outputs", "world_folder"]
