"""The raw files of a run: which they are, and a look at them before anything runs."""

from pathlib import Path
from typing import Any

from jobs.cell_plan import plan_files, read_cell_plan
from jobs.pseudonyms import load_key
from jobs.sources import check_files
from jobs.transit.feed import read_feed
from jobs.zones import check_zones
from pipelines.config import RunConfig, world_folder


def _made_by_world(config: RunConfig, path: str) -> bool:
    return config.world is not None and Path(path).is_relative_to(world_folder(config))


def check_records(config: RunConfig) -> int:
    """Read the key and look at the beginning of every record file; return how many."""
    if not config.pseudonyms.key.is_to_be_made:
        load_key(config.pseudonyms.key)
    given = [source for source in config.cdr if not _made_by_world(config, source.path)]
    return sum(len(check_files(source)) for source in given)


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
    read_feed(Path(config.gtfs))
    return 1


def _path_of(value: Any) -> list[str]:
    return [value.path] if value is not None else []


def zone_files(config: RunConfig) -> list[str]:
    """The zones' file with its companions (a shapefile is four or more files)."""
    if config.zones is None:
        return []
    path = Path(config.zones.path)
    return sorted(str(p) for p in path.parent.glob(f"{path.stem}.*") if p.suffix != ".zip" and p.is_file())


def cell_files(config: RunConfig) -> list[str]:
    """Files of the cell plan, or the records where there is none."""
    return plan_files(config.cells.path) if config.cells else record_files(config)


def record_files(config: RunConfig) -> list[str]:
    """Every raw record file, sorted."""
    return sorted({path for source in config.cdr for path in source.files()})


def world_files(config: RunConfig) -> list[str]:
    """Real files that the simulated world is built on."""
    world = config.world
    assert world is not None
    return [*_path_of(world.cells), *_path_of(world.zones), *([world.gtfs] if world.gtfs else [])]


def no_world(config: RunConfig) -> str:
    """Why no world is simulated; empty when one is."""
    return "" if config.world else "no `world` in the config: records are given"


def no_feed(config: RunConfig) -> str:
    """Why no network is planned; empty when there is a feed."""
    return "" if config.gtfs else "no `gtfs` in the config"
