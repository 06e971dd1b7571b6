"""Raw records to counted moves with PySpark's data frames, the straightforward way."""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from jobs.engine.java import find_java
from jobs.engine.session import cache_home

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def session(threads: int, scratch: str) -> "SparkSession":
    """Start Spark with its own defaults; a heap as large as a user of this machine would give it."""
    home, _ = find_java(dict(os.environ), cache_home())
    os.environ["JAVA_HOME"] = str(home)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.memory": "8g",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.local.dir": scratch,
        "spark.driver.bindAddress": "127.0.0.1",
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("od")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def od(spark: "SparkSession", raw: Path) -> "DataFrame":
    """Moves by origin, destination, and day type and slot of the middle of their times."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    cells = spark.read.parquet(str(raw / "cells.parquet"))
    seen = (
        spark.read.parquet(str(raw / "cdr"))
        .where("time is not null and length(msisdn) >= 5")
        .join(F.broadcast(cells), "cell_id")
        .select("msisdn", F.expr("unix_timestamp(cast(time as timestamp))").alias("came_s"), "cell", "h3")
    )
    by_subscriber = Window.partitionBy("msisdn").orderBy("came_s", "cell")
    moves = (
        seen.withColumn("origin", F.lag("h3").over(by_subscriber))
        .withColumn("origin_cell", F.lag("cell").over(by_subscriber))
        .withColumn("left_s", F.lag("came_s").over(by_subscriber))
        .where("origin_cell <> cell and came_s - left_s <= 8 * 3600")
        .withColumn("middle", F.expr("timestamp_seconds((left_s + came_s) div 2)"))
    )
    slot = F.expr(
        "case when hour(middle) < 6 then 0 when hour(middle) < 10 then 1 "
        "when hour(middle) < 16 then 2 when hour(middle) < 20 then 3 else 4 end"
    )
    keyed = moves.select(
        "origin",
        F.col("h3").alias("destination"),
        F.expr("greatest(weekday(middle) - 4, 0)").alias("day_type"),
        slot.alias("slot"),
    )
    return keyed.groupBy("origin", "destination", "day_type", "slot").agg(F.count("*").alias("trips"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path, help="folder with cdr/ and cells.parquet")
    parser.add_argument("out", type=Path, help="folder of Parquet files to write")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.out.parent) as scratch:
        spark = session(args.threads, scratch)
        od(spark, args.raw).write.mode("overwrite").parquet(str(args.out))
        spark.stop()


if __name__ == "__main__":
    main()
