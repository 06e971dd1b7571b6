"""The raw files of a run: which they are, and a look at them before anything runs."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow as pa

from jobs.engine.input_files import companions, on_this_machine
from jobs.engine.locations import beside, is_below
from jobs.errors import InputError
from jobs.ground.cell_plan import plan_files, read_cell_plan
from jobs.ground.zones import check_zones
from jobs.identity.pseudonyms import load_key
from jobs.records.first_rows import check_first_rows
from jobs.records.sources import check_files
from jobs.transit.feeds.feed import read_feed
from jobs.world.params import WorldParams
from pipelines.config import RunConfig, world_folder


def _made_by_world(config: RunConfig, path: str) -> bool:
    return config.world is not None and is_below(path, world_folder(config))


def check_records(config: RunConfig) -> int:
    """Read the key and look at the beginning of every record file; return how many."""
    if not config.pseudonyms.key.is_to_be_made:
        load_key(config.pseudonyms.key)
    given = [source for source in config.cdr if not _made_by_world(config, source.path)]
    count = sum(len(check_files(source)) for source in given)
    known = _known_cells(config) if given else None
    for source in given:
        check_first_rows(source, known, config.quality.max_rejected_share)
    return count


def _known_cells(config: RunConfig) -> pa.Array | None:
    """Identifiers of the cell plan, if there is one already and it can be read; its own check tells of faults."""
    if config.cells is None or _made_by_world(config, config.cells.path):
        return None
    try:
        return read_cell_plan(config.cells)[0]["cell_id"].combine_chunks()
    except InputError:
        return None


def check_places(config: RunConfig) -> int:
    """Read the cell plan and the zones; return how many files were looked at."""
    looked_at = 0
    if config.cells and not _made_by_world(config, config.cells.path):
        read_cell_plan(config.cells)
        looked_at += len(plan_files(config.cells.path))
    if config.zones and not _made_by_world(config, config.zones.path):
        check_zones(config.zones)
        looked_at += 1
    return looked_at


def check_feed(config: RunConfig) -> int:
    """Read the feed, if one is given; return how many files were looked at."""
    if config.gtfs is None or _made_by_world(config, config.gtfs):
        return 0
    with on_this_machine(config.gtfs) as feed:
        read_feed(Path(feed))
    return 1


def zone_files(config: RunConfig) -> list[str]:
    """The zones' file with its companions (a shapefile is four or more files)."""
    return _with_companions(config.zones.path) if config.zones else []


def _with_companions(path: str) -> list[str]:
    return [beside(path, name) for name in companions(path) if not name.endswith(".zip")]


def cell_files(config: RunConfig) -> list[str]:
    """Files of the cell plan, or the records where there is none."""
    if config.cells is None:
        return record_files(config)
    path = config.cells.path
    return [beside(path, name) for name in plan_files(path)]


def record_files(config: RunConfig) -> list[str]:
    """Every raw record file, sorted."""
    return sorted({source.place(name) for source in config.cdr for name in source.files()})


def world_files(config: RunConfig) -> list[str]:
    """Real files that the simulated world is built on."""
    world = config.world
    assert world is not None
    cells = [world.cells.path] if world.cells else []
    zones = [world.zones.path] if world.zones else []
    return [*cells, *zones, *([world.gtfs] if world.gtfs else [])]


@contextmanager
def world_inputs_here(world: WorldParams) -> Iterator[WorldParams]:
    """Description of the world with its real files on this machine."""
    with ExitStack() as stack:
        update: dict[str, object] = {}
        for name in ("cells", "zones"):
            source = getattr(world, name)
            if source:
                path = stack.enter_context(on_this_machine(source.path))
                update[name] = source.model_copy(update={"path": path})
        if world.gtfs:
            update["gtfs"] = stack.enter_context(on_this_machine(world.gtfs))
        yield world.model_copy(update=update)


def no_world(config: RunConfig) -> str:
    """Why no world is simulated; empty when one is."""
    return "" if config.world else "no `world` in the config: records are given"


def no_feed(config: RunConfig) -> str:
    """Why no network is planned; empty when there is a feed."""
    return "" if config.gtfs else "no `gtfs` in the config"
