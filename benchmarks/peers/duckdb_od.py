"""Raw records to counted moves with DuckDB: `od.sql`, two threads or as many as asked for."""

import argparse
from pathlib import Path

import duckdb

RECORDS = {
    "parquet": "read_parquet('{folder}/cdr/*.parquet')",
    "csv": "read_csv('{folder}/csv/*.csv', header = true, "
    "columns = {{'msisdn': 'varchar', 'time': 'timestamp_s', 'cell_id': 'varchar'}})",
}
SUBSCRIBERS = {"as-given": "raw.msisdn", "number": "try_cast(raw.msisdn as bigint)"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("raw", type=Path, help="folder with cdr/ and cells.parquet")
    parser.add_argument("out", type=Path, help="Parquet file to write")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--subscriber", choices=sorted(SUBSCRIBERS), default="as-given")
    parser.add_argument("--format", choices=sorted(RECORDS), default="parquet")
    parser.add_argument("--memory", default="12GB")
    args = parser.parse_args()
    query = (Path(__file__).parent / "od.sql").read_text()
    query = query.format(
        subscriber=SUBSCRIBERS[args.subscriber],
        records=RECORDS[args.format].format(folder=args.raw),
        cells=args.raw / "cells.parquet",
    )
    settings = {
        "threads": args.threads,
        "memory_limit": args.memory,
        "temp_directory": f"{args.out}.spill",
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute(f"copy ({query}) to '{args.out}' (format parquet)")


if __name__ == "__main__":
    main()
