"""`maillage flows`: flows by date, hour, activity and residence, in the columns of Spain's open mobility data."""

from pathlib import Path
from typing import Annotated

import typer

from jobs.errors import ConfigError
from pipelines.commands.options import AsJson, Debug, out
from pipelines.commands.score import FinishedRun


def flows(
    workspace: FinishedRun,
    file: Annotated[
        Path, typer.Option("--out", help="CSV file to write, columns parted by |; .gz is zipped")
    ],
    min_users: Annotated[
        int, typer.Option("--min-users", min=1, help="rows of fewer users are left out")
    ] = 15,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write flows by date, hour, activity and residence, for work at the operator (not for release)."""
    import pyarrow as pa
    import pyarrow.csv as pacsv

    from jobs.mobility.spanish_flows import spanish_flows
    from jobs.trips import TripParams
    from pipelines.commands.score import finished
    from pipelines.workspace import Workspace

    if not file.parent.is_dir():
        raise ConfigError("there is no such folder", str(file.parent), "make it, or name another --out")
    run = finished(workspace)
    recipe = Workspace(workspace).records["trips"].recipe["config"]
    anchors = {entry.name: entry for entry in run.files["anchors"]}
    table, withheld = spanish_flows(
        lambda: [
            (f.name, run.store.read_table(f), run.store.read_table(anchors[f.name]))
            for f in run.files["trips"]
        ],
        run.cells,
        run.table("cell_h3"),
        run.calendar,
        min_users,
        TripParams(**recipe["trips"]),
    )
    with (
        pa.CompressedOutputStream(str(file), "gzip")
        if file.suffix == ".gz"
        else pa.OSFile(str(file), "wb") as sink
    ):
        sink.write(("|".join(table.column_names) + "\n").encode())
        pacsv.write_csv(
            table, sink, pacsv.WriteOptions(include_header=False, delimiter="|", quoting_style="none")
        )
    told = {"file": str(file), "rows": table.num_rows, "withheld": withheld, "min_users": min_users}
    out(told, f"{file}: {table.num_rows:,} rows, {withheld:,} withheld (fewer than {min_users} users)", json_)
