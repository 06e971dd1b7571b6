"""Raw records to counted moves with Polars: one lazy frame, collected by the streaming engine."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars


def moves(raw: Path) -> "polars.LazyFrame":
    """Consecutive records of a subscriber in different cells, at most 8 h apart."""
    import polars as pl

    cells = pl.scan_parquet(raw / "cells.parquet")
    seen = (
        pl.scan_parquet(raw / "cdr" / "*.parquet")
        .filter(pl.col("time").is_not_null(), pl.col("msisdn").str.len_bytes() >= 5)
        .join(cells, on="cell_id")
        .select("msisdn", pl.col("time").dt.epoch("s").alias("came_s"), "cell", "h3")
        .sort("msisdn", "came_s", "cell")
    )
    before = seen.with_columns(
        same=pl.col("msisdn") == pl.col("msisdn").shift(1),
        origin=pl.col("h3").shift(1),
        origin_cell=pl.col("cell").shift(1),
        left_s=pl.col("came_s").shift(1),
    )
    return before.filter(
        pl.col("same"),
        pl.col("origin_cell") != pl.col("cell"),
        pl.col("came_s") - pl.col("left_s") <= 8 * 3600,
    )


def od(raw: Path) -> "polars.LazyFrame":
    """Moves by origin, destination, and day type and slot of the middle of their times."""
    import polars as pl

    middle = pl.from_epoch((pl.col("left_s") + pl.col("came_s")) // 2, time_unit="s")
    hour = middle.dt.hour()
    slot = (
        (hour >= 6).cast(pl.Int8)
        + (hour >= 10).cast(pl.Int8)
        + (hour >= 16).cast(pl.Int8)
        + (hour >= 20).cast(pl.Int8)
    )
    return (
        moves(raw)
        .select(
            "origin",
            pl.col("h3").alias("destination"),
            (middle.dt.weekday() - 5).clip(0).alias("day_type"),
            slot.alias("slot"),
        )
        .group_by("origin", "destination", "day_type", "slot")
        .agg(trips=pl.len())
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path, help="folder with cdr/ and cells.parquet")
    parser.add_argument("out", type=Path, help="Parquet file to write")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = str(args.threads)  # Polars reads it when it is imported
    od(args.raw).collect(engine="streaming").write_parquet(args.out)


if __name__ == "__main__":
    main()
