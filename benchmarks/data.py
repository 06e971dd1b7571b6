"""Raw records for benchmarks: a simulated city of Dakar's size, made once and kept."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from jobs.ground.cell_plan import CellColumns, CellPlanParams
from jobs.locate import GridParams, locate
from jobs.world.make import make_world
from jobs.world.params import CityParams, PhoneParams, WorldParams

DAYS = 14
EVENTS_PER_DAY = 7.0
ZONE = "Africa/Dakar"
Form = Literal["parquet", "csv"]
START = date(2013, 1, 7)
_SITES = 500
_MARKET_SHARE = 0.6


@dataclass(frozen=True)
class RawData:
    """A folder of raw records.

    Attributes
    ----------
    folder : holds `cdr/` (a Parquet file a day), `cells.csv`, and `cells.parquet`: each cell's number in
        the order of the plan and its H3 cell, which every competitor may use as it is.
    form : how the records are given; CSV stands in `csv/`.
    """

    folder: Path
    form: Form = "parquet"

    @property
    def records(self) -> Path:
        """Folder of the records."""
        return self.folder / ("cdr" if self.form == "parquet" else "csv")

    @property
    def files(self) -> list[Path]:
        return sorted(self.records.glob(f"*.{self.form}"))

    @property
    def rows(self) -> int:
        return sum(pq.read_metadata(file).num_rows for file in replace(self, form="parquet").files)

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)

    def warm(self) -> None:
        """Read every file once, so that none of the competitors pays for the disk."""
        for file in self.files:
            with file.open("rb") as content:
                while content.read(1 << 24):
                    pass


def world_of(events: int) -> WorldParams:
    """World with about so many events: 98 a subscriber, in a city with 1,500 cells."""
    subscribers = max(100, round(events / (DAYS * EVENTS_PER_DAY)))
    return WorldParams(
        seed=2013,
        people=max(200, round(subscribers / _MARKET_SHARE)),
        subscribers=subscribers,
        start=START,
        days=DAYS,
        timezone=ZONE,
        city=CityParams(population=2_500_000, width_km=30.0, height_km=30.0, sites=_SITES),
        phones=PhoneParams(events_per_day=EVENTS_PER_DAY),
        plant_flaws=False,
        cdr_layout="parquet",
        od_resolutions=(6,),
    )


def _denser(world: WorldParams, events: int, subscribers: int) -> WorldParams:
    """Make the same city of so many subscribers, who call as often as that needs."""
    phones = world.phones.model_copy(update={"events_per_day": events / (subscribers * DAYS)})
    people = max(200, round(subscribers / _MARKET_SHARE))
    return world.model_copy(update={"phones": phones, "subscribers": subscribers, "people": people})


def raw_data(events: int, kept: Path, subscribers: int | None = None) -> RawData:
    """Make records of about `events` rows below `kept`, or find them there.

    `subscribers` : of so many people, in place of 98 events for each.
    """
    folder = kept / (f"raw-{events}" if subscribers is None else f"raw-{events}-of-{subscribers}")
    if not (folder / "done.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        params = world_of(events) if subscribers is None else _denser(world_of(events), events, subscribers)
        summary = make_world(params, folder, lambda text: print(f"  {text}", flush=True))
        shutil.rmtree(folder / "truth")
        _write_cells(folder)
        (folder / "done.json").write_text(json.dumps(summary, indent=1))
    return RawData(folder)


def as_csv(raw: RawData) -> RawData:
    """Write the same records as CSV, a file a day, or find them there."""
    text = replace(raw, form="csv")
    if not (raw.folder / "csv.done").exists():
        shutil.rmtree(text.records, ignore_errors=True)
        text.records.mkdir()
        for file in raw.files:
            records = pq.ParquetFile(file)
            schema = pa.schema(
                f.with_type(pa.timestamp("s")) if pa.types.is_timestamp(f.type) else f
                for f in records.schema_arrow
            )
            with csv.CSVWriter(
                text.records / f"{file.stem}.csv",
                schema,
                write_options=csv.WriteOptions(quoting_style="needed", delimiter=","),
            ) as out:
                for batch in records.iter_batches(1 << 20):
                    out.write_table(pa.table(batch.columns, names=batch.schema.names).cast(schema))
        (raw.folder / "csv.done").touch()
    return text


def cell_plan(folder: Path) -> CellPlanParams:
    """How the simulator writes its cell plan."""
    columns = CellColumns(azimuth_deg="azimuth", beam_deg="beam", range_m="range_m")
    return CellPlanParams(path=str(folder / "cells.csv"), columns=columns)


def _write_cells(folder: Path) -> None:
    cells = locate(cell_plan(folder), None, GridParams()).cells
    pq.write_table(cells.select(["cell_id", "cell", "h3"]), folder / "cells.parquet")
