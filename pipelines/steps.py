"""What each stage does: read its tables, call its job, hand back what was made."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobs.anchors import anchors
from jobs.calendars.days import DAY_S
from jobs.engine.input_files import on_this_machine
from jobs.engine.store import StoredFile
from jobs.ground.cell_scan import cells_in_records
from jobs.locate import cells_without_plan, locate
from jobs.od import od
from jobs.presence import presence
from jobs.stays import stays
from jobs.trips import trips
from pipelines.budget import noise_of
from pipelines.context import StageContext, StageOutput
from pipelines.inputs import world_inputs_here

_NO_COORDINATES = (
    "needs coordinates, and no cell has any: give `cells` (a cell plan with lon and lat) in the config"
)

_NO_ZONES = "no `zones`: every user counts as one person, so that figures are of users, not of the population"


def make_city(context: StageContext) -> StageOutput:
    """Simulate people, phones, antennas and buses."""
    from jobs.world.make import make_world  # with all of the simulator, which other stages do without

    assert context.config.world is not None
    folder = context.staged()
    with world_inputs_here(context.config.world) as params:
        summary = make_world(params, folder, context.say)
    return StageOutput(folder=folder, target="world", figures=summary)


def place_cells(context: StageContext) -> StageOutput:
    """Put the cell plan on the H3 grid, or number the cells that records name."""
    config = context.config
    if config.cells is None:
        found = cells_in_records(context.spark(), config.cdr, context.cdr_files(), config.engine.slice_bytes)
        located = cells_without_plan(found)
    else:
        located = locate(config.cells, config.zones, config.grid)
        if config.zones is None:
            located.remarks.append(_NO_ZONES)
    made = {"cells": located.cells, "cell_h3": located.cell_h3, "zones": located.zones}
    files = {
        name: [context.store.write_table(f"tables/{name}/{context.build}", "part-00000", table)]
        for name, table in made.items()
    }
    with_position = located.cells.num_rows - located.cells["lon"].null_count
    return StageOutput(files, figures={"cells_with_position": with_position}, remarks=located.remarks)


def lacks_coordinates(context: StageContext) -> str:
    """Why nothing that needs places can run; empty when a cell has a position."""
    cells = context.table("cells")
    return _NO_COORDINATES if cells["lon"].null_count == cells.num_rows else ""


def lacks_flows(context: StageContext) -> str:
    """Why no network can be planned on what was released; empty when a flow between places is left."""
    transit, flows = context.config.transit, context.table("od")
    served = pc.and_(
        pc.is_in(flows["slot"], pa.array(list(transit.slots), pa.string())),
        pc.equal(flows["day_type"], transit.day_type),
    )
    if pc.any(pc.and_(served, pc.not_equal(flows["origin"], flows["destination"]))).as_py():
        return ""
    told = f"`od` has no flow between two places on a {transit.day_type} in the slots of `transit`"
    return f"{told}; {withheld_flows(context.records['od'].figures)}"


def withheld_flows(figures: dict[str, Any]) -> str:
    """Say how many flows were withheld, and what makes them fewer."""
    return (
        f"{figures['flows_withheld']:,} of {figures['flows']:,} flows are about fewer than "
        f"{figures['min_users']} users and withheld: a lower `grid.resolution` or more days make them fewer"
    )


def find_stays(context: StageContext) -> StageOutput:
    """Turn events into stays, of those users whose events changed."""
    events = context.files("events")
    kept = _kept(context, "stays", events)
    found = stays(
        context.spark(),
        context.store,
        context.build,
        [file for file in events if file.name not in kept],
        context.table("cells"),
        context.config.stays,
    )
    files = sorted([*kept.values(), *found], key=lambda file: file.name)
    return StageOutput({"stays": files}, memo={"events": {file.name: file.sha256 for file in events}})


def _kept(context: StageContext, table: str, made_from: list[StoredFile]) -> dict[str, StoredFile]:
    """Files of a table that an earlier run made from the same files of events, by name."""
    before, recipe = context.before, context.recipe
    if before is None or recipe is None or before.recipe["tables"]["cells"] != recipe.tables["cells"]:
        return {}
    known = before.memo.get("events", {})
    same = {file.name for file in made_from if known.get(file.name) == file.sha256}
    return {file.name: file for file in before.tables[table] if file.name in same}


def find_anchors(context: StageContext) -> StageOutput:
    """Find homes and works, and how many persons each user stands for."""
    found, figures = anchors(
        context.spark(),
        context.store,
        context.build,
        context.files("stays"),
        context.table("cells"),
        _zones_with_market_share(context),
        context.config.calendar,
        context.config.anchors,
    )
    return StageOutput({"anchors": found}, figures=figures)


def _zones_with_market_share(context: StageContext) -> pa.Table:
    """Read the zones with their optional column."""
    return pa.concat_tables([context.store.read_table(file) for file in context.files("zones")])


def find_trips(context: StageContext) -> StageOutput:
    """Turn stays into trips."""
    found = trips(
        context.spark(),
        context.store,
        context.build,
        context.files("stays"),
        context.files("anchors"),
        context.table("cells"),
        context.config.trips,
        context.config.calendar,
    )
    return StageOutput({"trips": found})


def count_presence(context: StageContext) -> StageOutput:
    """Count users by H3 cell and hour."""
    made = presence(
        context.spark(),
        context.store,
        context.build,
        context.files("events"),
        context.files("anchors"),
        context.table("cells"),
        context.table("cell_h3"),
        context.config.disclosure,
        noise_of(context, "presence", ("events", "anchors")),
        _span_s(context),
    )
    return StageOutput({"presence": made.files, "presence_margins": made.margins}, figures=made.figures)


def count_od(context: StageContext) -> StageOutput:
    """Count trips by origin, destination, day type and slot."""
    made = od(
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
        noise_of(context, "od", ("trips", "anchors")),
    )
    nothing_left = 0 < made.figures["flows"] == made.figures["flows_withheld"]
    return StageOutput(
        {"od": made.files, "od_margins": made.margins},
        figures=made.figures,
        remarks=[withheld_flows(made.figures)] if nothing_left else [],
    )


def _span_s(context: StageContext) -> tuple[int, int]:
    """First and last second with events, UTC."""
    told = context.records["ingest"].figures
    return int(told["first_s"]), int(told["last_s"])


def _days(context: StageContext) -> tuple[int, int]:
    """First and last local day with events, in days since 1970."""
    span = np.array(_span_s(context), np.int64)
    first, last = context.config.calendar.clock.to_local(span) // DAY_S
    return int(first), int(last)


def plan_transit(context: StageContext) -> StageOutput:
    """Plan changes of the network for the slots that it serves."""
    from jobs.transit.plan import plan_network  # with all of the planner, which other stages do without
    from jobs.transit.short_trips import with_short_trips
    from jobs.transit.withheld import completed

    config = context.config
    folder = context.staged()
    flows = completed(context.table("od"), context.table("od_margins"))
    served = flows.filter(pc.is_in(flows["slot"], pa.array(list(config.transit.slots), pa.string())))
    served = with_short_trips(served, config.transit.day_type, config.transit.short_trips_km)
    zones = context.table("zones")
    with on_this_machine(str(config.gtfs)) as feed:
        summary = plan_network(served, zones, Path(feed), folder, config.transit, context.say)
    return StageOutput(folder=folder, target="transit", figures=summary)
