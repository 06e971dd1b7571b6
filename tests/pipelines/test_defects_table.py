"""Every damaged file that others published, accounted for to the row; docs/defects.md holds the figures."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tiny_city import ROOT, Told, write_config

from jobs.records.reading import as_binary, read_batches
from jobs.records.sources import CdrSource

TABLE = ROOT / "docs" / "defects.md"
SPECTRUM = {  # file: (user, time, cell), and how it is written
    "comma_in_quotes": ("first", "zip", "address"),
    "empty": ("a", "b", "c"),
    "empty_crlf": ("a", "b", "c"),
    "escaped_quotes": ("b", "a", "a"),
    "json": ("val", "key", "key"),
    "location_coordinates": ("Contact Phone Number", "Contact Phone Number", "Location Coordinates"),
    "newlines": ("a", "b", "c"),
    "newlines_crlf": ("a", "b", "c"),
    "quotes_and_newlines": ("b", "a", "a"),
    "simple": ("a", "b", "c"),
    "simple_crlf": ("a", "b", "c"),
    "utf8": ("a", "b", "c"),
}


def sources(shared: Path) -> list[dict[str, Any]]:
    errors = shared / "cdr_multimno"
    parquet = errors / "synth_errors_parquet"
    zone = {"time": {"zone": "UTC"}}
    told: list[dict[str, Any]] = [
        {
            "path": str(errors / "synth_errors"),
            "dialect": "multimno",
            "format": "csv",
            "newlines_in_values": True,
            "columns": zone,
        },
        {"path": str(parquet / "*.parquet"), "dialect": "multimno", "columns": zone},
        {"path": str(parquet / "year=2022"), "dialect": "multimno", "columns": zone},
        {"path": str(shared / "cdr_bupt"), "dialect": "bupt"},
    ]
    for name, (user, time, cell) in SPECTRUM.items():
        columns = {"user": user, "time": {"column": time, "format": "epoch_s"}, "cell": cell}
        path = str(shared / "test_vectors" / "csv-spectrum" / "csvs" / f"{name}.csv")
        how = {"encoding": "latin-1"} if name == "location_coordinates" else {}
        told.append(
            {"path": path, "columns": columns, "user_kind": "opaque", "newlines_in_values": True, **how}
        )
    return told


@pytest.fixture
def accounts(shared_data: Path, tmp_path: Path, command: Callable[..., Told]) -> list[dict[str, Any]]:
    config = write_config(
        tmp_path,
        {
            "name": "Defects",
            "workspace": "ws",
            "cdr": sources(shared_data),
            "pseudonyms": {"key": {"file": "defects.key"}},
            "calendar": {"zone": "UTC"},
            "quality": {"max_rejected_share": 1.0},
        },
    )
    told = command("run", config, "--json", "--until", "ingest")
    assert told.code == 0, told.err
    found: list[dict[str, Any]] = told.last["stages"]["ingest"]["figures"]["files"]
    return found


def records_in(path: str) -> int:
    """Records of a file, counted without our reader."""
    if path.endswith(".parquet"):
        return int(pq.read_metadata(path).num_rows)
    content = Path(path).read_bytes()
    content = gzip.decompress(content) if path.endswith(".gz") else content
    return sum(1 for _ in csv.reader(io.StringIO(content.decode("latin-1"), newline=""))) - 1


def nulls_in(path: str, column: str) -> int:
    return int(pq.read_table(path, columns=[column], partitioning=None)[column].null_count)


def line_of(account: dict[str, Any], shared: Path) -> str:
    name = Path(account["file"]).relative_to(shared.resolve()).as_posix()
    name = "/".join(part if len(part) < 40 else f"{part[:10]}…{part[-14:]}" for part in name.split("/"))
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in account["reasons"].items())
    figures = [f"{account[key]:,}" for key in ("rows_in", "accepted", "duplicates", "quarantined")]
    return f"| {' | '.join([f'`{name}`', *figures, reasons])} |"


def test_the_table_of_defects_is_what_a_run_finds(accounts, shared_data):
    assert len(accounts) == 1 + 1 + 12 + 1 + len(SPECTRUM)
    for account in accounts:
        assert account["rows_in"] == records_in(account["file"]), account["file"]
        parts = account["accepted"] + account["duplicates"] + account["quarantined"]
        assert account["rows_in"] == parts, account["file"]
        assert account["quarantined"] == sum(account["reasons"].values())
        if account["file"].endswith(".parquet"):
            assert account["reasons"].get("missing_user", 0) == nulls_in(account["file"], "user_id")
    lines = [line_of(account, shared_data) for account in accounts]
    told = TABLE.read_text(encoding="utf-8")
    assert [line for line in lines if line not in told] == [], "\n".join(lines)


@pytest.mark.parametrize("name", [name for name in SPECTRUM if name != "location_coordinates"])
def test_values_of_tricky_csv_files_are_those_that_they_publish(shared_data, name):
    path = str(shared_data / "test_vectors" / "csv-spectrum" / "csvs" / f"{name}.csv")
    (given,) = (told for told in sources(shared_data) if told["path"] == path)
    source = CdrSource.model_validate(given)
    told = (shared_data / "test_vectors" / "csv-spectrum" / "json" / f"{name}.json").read_text("utf-8")
    if (
        b"\r" not in Path(path).read_bytes()
    ):  # some copies have lost the returns of files that are named for them
        told = told.replace(r"\r\n", r"\n")
    expected = json.loads(told)
    read: dict[str, list[str]] = {}
    for batch in read_batches(source, path):
        assert not batch.ragged
        for column, values in batch.columns.items():
            read.setdefault(str(column), []).extend(as_binary(values).cast("string").to_pylist())
    assert read == {column: [row[column] for row in expected] for column in read}
    assert set(read) == set(SPECTRUM[name])
