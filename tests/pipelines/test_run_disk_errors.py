"""Disks that are full or closed, files that are damaged or go: a message with the name, and the tables of before."""

import bz2
import gzip
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from test_run_errors import CELLS, RECORDS, content
from tiny_city import Told, write_config

from jobs.engine.store import Store
from jobs.errors import InputError
from jobs.records.reading import read_batches
from jobs.records.sources import CdrSource
from pipelines import runner
from pipelines.ledger import Ledger

UNTIL = ("--until", "stays")


@pytest.fixture
def before(tmp_path: Path, command: Callable[..., Told]) -> Path:
    """A folder in which a run has gone well."""
    (tmp_path / "cdr.csv").write_text(RECORDS)
    (tmp_path / "cells.csv").write_text(CELLS)
    config = write_config(tmp_path, content())
    told = command("run", config, *UNTIL)
    assert told.code == 0, told.err
    return tmp_path


def visible(folder: Path) -> dict[str, str]:
    """Digests of all files that manifests list, as they are on the disk."""
    ledger = Ledger(Store(str(folder / "ws")))
    records = [record for name in ("locate", "ingest", "stays") if (record := ledger.record(name))]
    assert len(records) == 3
    files = [file for record in records for files in record.tables.values() for file in files]
    found = {
        file.path: hashlib.sha256((folder / "ws" / file.path).read_bytes()).hexdigest() for file in files
    }
    assert found == {file.path: file.sha256 for file in files}
    return found


@pytest.fixture
def fails(before: Path, command: Callable[..., Told]):
    """Run again, and check what holds for every failure; return the message."""
    tables = visible(before)

    def run(*options: str, code: int) -> str:
        told = command("run", before / "run.yaml", *UNTIL, *options)
        assert told.code == code, told.out + told.err
        assert "Mend: " in told.err
        assert "Traceback" not in told.err + told.out
        assert "org.apache" not in told.err + told.out
        assert visible(before) == tables
        listed = {path.relative_to(before / "ws").as_posix() for path in (before / "ws").rglob("*.parquet")}
        assert listed == set(tables), "files are left over"
        return told.err

    return run


# -- damaged input -----------------------------------------------------------------------------


def packed(text: str) -> bytes:
    return gzip.compress((text * 3000).encode(), 1)


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return (
        content[:middle] + bytes(byte ^ 0xFF for byte in content[middle : middle + 8]) + content[middle + 8 :]
    )


def as_parquet() -> bytes:
    lines = RECORDS.splitlines(keepends=True)
    text = lines[0] + "".join(lines[1:]) * 200
    as_text = pacsv.ConvertOptions(column_types={"msisdn": pa.string(), "time": pa.string()})
    sink = pa.BufferOutputStream()
    table = pacsv.read_csv(pa.BufferReader(text.encode()), convert_options=as_text)
    pq.write_table(table, sink, compression="zstd", use_dictionary=False, write_page_checksum=True)
    return sink.getvalue().to_pybytes()


DAMAGED = {
    "half.csv.gz": (lambda: packed(RECORDS)[:-2000], "cannot be read to its end"),
    "flipped.csv.gz": (lambda: flipped(packed(RECORDS)), "cannot be read to its end"),
    "half.csv.bz2": (lambda: bz2.compress((RECORDS * 400).encode())[:-500], "cannot be read"),
    "no.csv.gz": (lambda: RECORDS.encode(), "cannot be read"),
    "half.parquet": (lambda: as_parquet()[:-100], "is not a whole Parquet file"),
    "flipped.parquet": (lambda: flipped(as_parquet()), "cannot be read to its end"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_input_is_named(before, fails, name):
    make, told = DAMAGED[name]
    (before / name).write_bytes(make())
    message = fails("--set", f"cdr[0].path={name}", code=2)
    assert f"{before}/{name}: {told}" in message


# -- files that go -----------------------------------------------------------------------------


@pytest.fixture
def lost_before(monkeypatch: pytest.MonkeyPatch):
    """Delete a file when a stage has been decided upon, and before it runs."""

    def lose(stage: str, file: Callable[[], Path]) -> None:
        decide = runner.decide

        def decide_and_lose(*args, **more):
            decision = decide(*args, **more)
            if decision.stage.name == stage:
                file().unlink()
            return decision

        monkeypatch.setattr(runner, "decide", decide_and_lose)

    return lose


def test_an_input_that_goes_before_it_is_read_is_named(before, fails, lost_before):
    (before / "more.csv").write_text(RECORDS.replace(":15:", ":25:"))
    lost_before("ingest", lambda: before / "more.csv")
    message = fails("--set", "cdr[0].path=more.csv", code=2)
    assert f"{before}/more.csv" in message


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "parquet"])
def test_an_input_that_goes_before_its_task_begins_is_named(tmp_path, ending):
    source = CdrSource(path=str(tmp_path))
    with pytest.raises(InputError, match=f"gone.{ending}: .*No such file or directory"):
        list(read_batches(source, str(tmp_path / f"gone.{ending}")))


def test_a_table_that_goes_during_a_run_is_named_and_made_anew_by_the_next(before, command, lost_before):
    def file_of_events() -> Path:
        return next((before / "ws" / "tables" / "events").rglob("*.parquet"))

    lost_before("stays", file_of_events)
    told = command("run", before / "run.yaml", *UNTIL, "--from", "stays")
    assert told.code == 1
    assert f"{before}/ws/tables/events/" in told.err
    assert "Mend: run again with --force" in told.err
    again = command("run", before / "run.yaml", *UNTIL, "--json")
    assert again.last["ran"][0] == "ingest"


# -- disks -------------------------------------------------------------------------------------


def test_a_file_where_a_folder_is_to_be_is_named(before, command):
    (before / "other").mkdir()
    (before / "other" / "tables").write_text("not a folder")
    told = command("run", before / "run.yaml", "--set", "workspace=other", *UNTIL)
    assert told.code == 1
    assert f"{before}/other: Not a directory\nMend: " in told.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_named(before, fails):
    (before / "ws" / "tables").chmod(0o500)
    assert f"{before}/ws" in fails("--force", code=2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)], capture_output=True
    ).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_ends_the_run_and_leaves_what_was_there(before, command, small_disk):
    options = ("--set", f"workspace={small_disk}/ws", *UNTIL)
    assert command("run", before / "run.yaml", *options).code == 0
    (before / "ws").rename(before / "elsewhere")
    (before / "ws").symlink_to(small_disk / "ws")
    tables = visible(before)

    rows = [
        f"9990000{user:05d},2025-03-0{day} {(user + day) % 24:02d}:{user**2 * 7 % 60:02d}:{user % 59:02d},c{user % 3}\n"
        for user in range(40_000)
        for day in (3, 4)
    ]
    (before / "large.csv").write_text("msisdn,time,cell\n" + "".join(rows))
    told = command("run", before / "run.yaml", *options, "--set", "cdr[0].path=large.csv")
    assert told.code == 1
    assert "No space left on device" in told.err
    assert "Mend: free some space" in told.err
    assert visible(before) == tables
    again = command("run", before / "run.yaml", *options, "--json")
    assert again.code == 0
    assert visible(before) == tables
