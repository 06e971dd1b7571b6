"""Demand where there are no phone data: `maillage transit gravity`."""

from pathlib import Path
from typing import Annotated

import typer

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, Debug, Set, out
from pipelines.commands.transit_plan import set_params, transit_app


@transit_app.command()
def gravity(
    gtfs: Annotated[Path, typer.Option("--gtfs", metavar="FEED", help="GTFS zip or folder")],
    od: Annotated[Path, typer.Option("--out", metavar="FILE", help="Parquet file for the OD matrix")],
    population: Annotated[
        Path | None,
        typer.Option(
            "--population", metavar="TABLE", help="people by H3 cell: h3, population; none: as departures"
        ),
    ] = None,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Make an OD matrix by a gravity model, to try a feed where there are no phone data."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from jobs.transit.feeds.feed import read_feed
    from jobs.transit.gravity import GravityParams, gravity_od
    from jobs.transit.od_file import read_population

    params = set_params(GravityParams, {}, set_, "`maillage transit gravity --help`")
    table = gravity_od(read_feed(gtfs), read_population(population) if population else None, params)
    try:
        pq.write_table(table, od)
    except OSError as error:
        raise ConfigError(f"cannot be written ({error.strerror})", str(od), "name another file") from None
    trips = float(pc.sum(table["population_trips"]).as_py())
    told = {"out": str(od), "rows": table.num_rows, "trips": round(trips), "assumptions": params.model_dump()}
    out(told, f"{trips:,.0f} trips a weekday in {table.num_rows:,} rows: {od}", json_)


__all__ = ["transit_app"]
