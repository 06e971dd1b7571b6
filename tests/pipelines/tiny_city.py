"""A tiny simulated city, and the command run in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from jobs.identity.pseudonyms import new_key_file
from tests.in_process import Told

ROOT = Path(__file__).resolve().parent.parent.parent

TINY: dict[str, Any] = {
    "name": "Tiny city",
    "workspace": "ws",
    "world": {
        "seed": 3,
        "people": 1000,
        "days": 4,
        "bus": {"lines": 6},
        "phones": {"events_per_day": 20},
        "calls": {},
    },
    "pseudonyms": {"key": {"file": "tiny.key"}},
    "disclosure": {"min_users": 8},
    "release": {
        "name": "tiny",
        "products": ["od", "presence", "set2"],
        "sample_users": 200,
        "recipients": {
            "lab": {
                "id": "T-1",
                "assigner": "Tiny Telecom",
                "assignee": "Tiny University",
                "purpose": "Research on mobility in the tiny city",
                "territory": "SEN",
                "expires": "2099-12-31",
            }
        },
        "left_out_share": 0,
        "signing_key": {"file": "signing.key", "create": True},
    },
    "transit": {
        "slots": {"am_peak": [6, 10]},
        "trials": 2,
        "rounds": 1,
        "new_lines": {"candidates": 2},
    },
    "engine": {"master": "local[2]", "memory": "1g"},
}

_FAST_JAVA = "-XX:TieredStopAtLevel=1"


def environment(**more: str) -> dict[str, str]:
    """Environment of a process of its own, with a Java that starts fast."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "JAVA_TOOL_OPTIONS": _FAST_JAVA, **more}


def start(*args: str | Path, env: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    """Start the command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *map(str, args)],
        env=env or environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run_apart(*args: str | Path, env: dict[str, str] | None = None) -> Told:
    """Run the command in a process of its own."""
    process = start(*args, env=env)
    out, err = process.communicate(timeout=300)
    return Told(process.returncode, out, err)


def write_config(folder: Path, content: dict[str, Any], name: str = "run.yaml") -> Path:
    """Write a config and, beside it, the key that it names."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / content["pseudonyms"]["key"].get("file", "no.key")
    if not key.exists() and "file" in content["pseudonyms"]["key"]:
        new_key_file(key)
    file = folder / name
    file.write_text(yaml.safe_dump(content, sort_keys=False))
    return file


@dataclass
class City:
    """A finished run of the tiny city."""

    config: Path
    told: Told
    spark_files: Path
    """What Spark had on disk during the run."""
    pristine: Path = field(default_factory=Path)

    @property
    def workspace(self) -> Path:
        return self.config.parent / "ws"

    def manifest(self, stage: str) -> Any:
        return json.loads((self.workspace / "stages" / f"{stage}.json").read_text())

    def restore(self) -> None:
        """Put the folder back as it was, with times of change."""
        shutil.rmtree(self.config.parent)
        shutil.copytree(self.pristine, self.config.parent)


class Keeper(threading.Thread):
    """Links every file that appears below a folder to another, where it outlives its deletion."""

    def __init__(self, source: Path, target: Path) -> None:
        super().__init__(daemon=True)
        self._source, self._target, self._over = source, target, threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.02):
            self._keep()

    def _keep(self) -> None:
        for folder, _, names in os.walk(self._source):
            for name in names:
                file = Path(folder) / name
                status = file.stat() if file.exists() else None
                kept = self._target / f"{status.st_ino}-{name}" if status else None
                if kept and not kept.exists():
                    try:
                        os.link(file, kept)
                    except FileNotFoundError:
                        continue

    def stop(self) -> None:
        self._over.set()
        self.join()


def without_java(folder: Path) -> dict[str, str]:
    """An environment with no `java` on PATH and a JAVA_HOME that is too old for Spark."""
    tools = folder / "bin"
    tools.mkdir(parents=True)
    for directory in os.environ["PATH"].split(os.pathsep):
        for tool in sorted(Path(directory).glob("*")):
            if "java" not in tool.name and tool.is_file() and not os.path.lexists(tools / tool.name):
                (tools / tool.name).symlink_to(tool)
    old = folder / "old-java" / "bin" / "java"
    old.parent.mkdir(parents=True)
    old.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    old.chmod(0o755)
    return {"PATH": str(tools), "JAVA_HOME": str(old.parent.parent)}


_BLOCKS_STAY = """import jobs.engine.exchange
jobs.engine.exchange.given_back = lambda parcels: None
"""
"""Received blocks are looked at afterwards: their room is not given back during the run."""


def in_plain_sight(folder: Path) -> dict[str, str]:
    """Settings that leave nothing of Spark's own files compressed or emptied, and add its event log."""
    folder.mkdir(parents=True)
    (folder / "sitecustomize.py").write_text(_BLOCKS_STAY)
    (folder / "spark-defaults.conf").write_text(
        "spark.shuffle.compress false\n"
        "spark.shuffle.spill.compress false\n"
        "spark.broadcast.compress false\n"
        "spark.eventLog.enabled true\n"
        "spark.eventLog.compress false\n"
        f"spark.eventLog.dir {folder}\n"
    )
    return {"SPARK_CONF_DIR": str(folder), "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
