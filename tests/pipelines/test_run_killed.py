"""`kill -9` at any moment, then the same command: the same tables as an undisturbed run."""

import contextlib
import hashlib
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiny_city import City, start

from jobs.engine.store import Store
from pipelines.ledger import Ledger
from pipelines.stages import NAMES

_NAMES_THE_RUN = {
    *(f"releases/tiny/{name}" for name in ("lineage.json", "manifest.sha256", "manifest.sha256.sig")),
    "report/report.html",
    "report/run.html",
}


def made(workspace: Path) -> dict[str, Any]:
    """Digests of all tables, and of the files for people that do not name their run."""
    ledger = Ledger(Store(str(workspace)))
    records = [record for name in NAMES if (record := ledger.record(name)) is not None]
    digests = {
        f"{name}": digest
        for r in records
        for name, digest in r.digests().items()
        if not name.endswith("/files")
    }
    files = {a["path"]: a["sha256"] for r in records for a in r.artifacts if a["path"] not in _NAMES_THE_RUN}
    return {**digests, **files}


def assert_all_visible_is_whole(workspace: Path) -> None:
    ledger = Ledger(Store(str(workspace)))
    for name in NAMES:
        record = ledger.record(name)
        for file in [f for files in record.tables.values() for f in files] if record else []:
            assert hashlib.sha256((workspace / file.path).read_bytes()).hexdigest() == file.sha256


def killed_when(config: Path, moment: Callable[[str], bool]) -> None:
    """Run the command until a line of its output brings the moment, then kill the whole process group."""
    process = start("run", config, "--json")
    assert process.stdout is not None
    for line in process.stdout:
        if moment(line):
            break
    else:
        raise AssertionError(f"the moment never came: {process.communicate()}")
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def starts(stage: str) -> Callable[[str], bool]:
    return lambda line: '"stage_started"' in line and f'"{stage}"' in line


def starts_and_writes(stage: str, folder: Path) -> Callable[[str], bool]:
    """As soon as the stage has written a file that nobody may see yet."""

    def moment(line: str) -> bool:
        if not starts(stage)(line):
            return False
        deadline = time.monotonic() + 60
        while not any(folder.rglob("*.parquet")):
            assert time.monotonic() < deadline, f"{stage} wrote nothing"
            time.sleep(0.005)
        return True

    return moment


def said(stage: str, text: str) -> Callable[[str], bool]:
    return lambda line: '"said"' in line and f'"{stage}"' in line and text in line


def left_over(workspace: Path) -> list[str]:
    ledger = Ledger(Store(str(workspace)))
    listed = {f.path for n in NAMES for files in ledger.record(n).tables.values() for f in files}
    found = [
        workspace / ".spark",
        workspace / ".staged",
        *workspace.rglob("*.tmp"),
        *workspace.glob("*.old-*"),
    ]
    tables = [p for top in ("tables", "quarantine") for p in (workspace / top).rglob("*") if p.is_file()]
    found += [path for path in tables if str(path.relative_to(workspace)) not in listed]
    return [str(path) for path in found if path.exists()]


def test_killed_at_four_moments_and_run_again_the_tables_are_those_of_an_undisturbed_run(city: City):
    undisturbed = made(city.workspace)
    root = city.workspace
    shutil.rmtree(root)

    for moment, done in (
        (said("world", "records: day 2"), set()),
        (starts_and_writes("ingest", root / "quarantine"), {"world", "locate"}),
        (starts_and_writes("stays", root / "tables" / "stays"), {"world", "locate", "ingest"}),
        (said("transit", "candidates for new lines"), {*NAMES} - {"transit", "report"}),
    ):
        killed_when(city.config, moment)
        assert {path.stem for path in (root / "stages").glob("*.json")} == done
        assert_all_visible_is_whole(root)

    process = start("run", city.config, "--json")
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert made(root) == undisturbed
    assert left_over(root) == []


def test_a_run_that_is_interrupted_says_that_it_can_go_on(city: City):
    shutil.rmtree(city.workspace)
    process = start("run", city.config)
    assert process.stdout is not None
    with contextlib.closing(process.stdout):
        assert any("records: day 1" in line for line in process.stdout)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 1
        assert process.stderr is not None
        err = process.stderr.read()
    assert "the same command goes on where it stopped" in err
    assert "Traceback" not in err
    assert not (city.workspace / ".staged").exists()
