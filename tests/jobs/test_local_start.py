import json
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from jobs.engine import java_command, session
from jobs.engine.background import BackgroundStart, _warm_up
from jobs.engine.java import find_java
from jobs.engine.java_command import arguments_of_java
from jobs.engine.local_start import needs_no_scripts
from jobs.engine.session import EngineParams, starts_directly
from jobs.engine.worker_entry import WAITING_AT, hand_over
from jobs.errors import RunError

ROOT = Path(__file__).resolve().parent.parent.parent


def a_process(*words: str, **environment: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen([sys.executable, "-m", *words], stdin=-1, stdout=-1, env=env)


def waiting_for(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_process_that_waits_takes_over_streams_and_environment_and_both_end_together(tmp_path):
    place = tmp_path / "socket"
    waits = a_process("jobs.engine.worker_daemon", str(place))
    waiting_for(place.exists)
    entry = a_process("jobs.engine.worker_entry", "pyspark.worker", **{WAITING_AT: str(place)})
    assert entry.stdout is not None
    assert entry.stdin is not None
    (port,) = struct.unpack("!i", entry.stdout.read(4))
    listens = {c.laddr.port for c in psutil.Process(waits.pid).net_connections() if c.status == "LISTEN"}
    assert port in listens
    assert not place.exists()
    entry.stdin.close()
    waits.wait(20)
    assert entry.wait(20) == 0


def test_the_process_that_waits_ends_with_the_one_that_started_it(tmp_path):
    waits = a_process("jobs.engine.worker_daemon", str(tmp_path / "socket"))
    assert waits.stdin is not None
    waits.stdin.close()
    assert waits.wait(20) == 0
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_waits_nothing_is_handed_over(tmp_path):
    assert not hand_over(str(tmp_path / "socket"))


@pytest.mark.parametrize(
    ("master", "settings", "environment", "directly"),
    [
        ("local[2]", {}, {}, True),
        ("local[*]", {}, {}, True),
        ("spark://head:7077", {}, {}, False),
        ("local[2]", {"spark.jars": "a.jar"}, {}, False),
        ("local[2]", {}, {"SPARK_CONF_DIR": "/etc/spark"}, False),
        ("local[2]", {}, {"PYSPARK_GATEWAY_PORT": "4711"}, False),
    ],
)
def test_scripts_start_spark_where_more_is_asked_for(monkeypatch, master, settings, environment, directly):
    for name in ("SPARK_HOME", "SPARK_CONF_DIR", "PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert needs_no_scripts(master, settings) == directly


def a_java(folder: Path, script: str) -> Path:
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return folder


TELLS = r"""echo once >> "$0.asked"
printf '%s\0' java -cp 'a b:c/*' -Xmx1g --add-opens=x/y=ALL-UNNAMED org.apache.spark.deploy.SparkSubmit pyspark-shell"""
ARGUMENTS = ["-cp", "a b:c/*", "--add-opens=x/y=ALL-UNNAMED"]


def test_java_s_arguments_are_those_of_spark_s_launcher_which_is_asked_once(tmp_path):
    home, cache = a_java(tmp_path / "jdk", TELLS), tmp_path / "cache"
    assert [arguments_of_java(home, cache, {}) for _ in range(2)] == [ARGUMENTS, ARGUMENTS]
    asked = home / "bin" / "java.asked"
    assert asked.read_text().count("once") == 1
    (kept,) = cache.rglob("arguments-*.json")
    assert json.loads(kept.read_text()) == ARGUMENTS
    kept.write_text('["-cp", ')
    assert arguments_of_java(home, cache, {}) == ARGUMENTS
    assert asked.read_text().count("once") == 2


def test_a_java_that_has_been_started_before_is_not_asked_for_its_version(tmp_path):
    home, cache = a_java(tmp_path / "jdk", TELLS), tmp_path / "cache"
    (home / "release").write_text('IMPLEMENTOR="x"\nJAVA_VERSION="21.0.4"\n')
    environment = {"JAVA_HOME": str(home)}
    asked = home / "bin" / "java.asked"
    assert find_java(environment, cache)[0] != home  # this one tells no version
    arguments_of_java(home, cache, environment)
    before = asked.read_text()
    assert find_java(environment, cache) == (home, "")
    assert asked.read_text() == before


def test_a_launcher_that_fails_is_told_of_with_its_last_line(tmp_path):
    home = a_java(tmp_path / "jdk", "echo Picked up >&2; echo no jars >&2; exit 1")
    with pytest.raises(RunError, match=r"launcher failed: no jars(.|\n)*JAVA_HOME"):
        arguments_of_java(home, tmp_path / "cache", {})


def test_another_spark_or_java_is_asked_anew(tmp_path, monkeypatch):
    home = a_java(tmp_path / "jdk", TELLS)
    before = java_command.java_and_spark(home)
    (home / "release").write_text('JAVA_VERSION="21.0.4"')
    with_release = java_command.java_and_spark(home)
    monkeypatch.setattr(java_command, "_spark", lambda: (tmp_path, b"9.9"))
    assert len({before, with_release, java_command.java_and_spark(home)}) == 3


@pytest.fixture
def directly(monkeypatch):
    """Start a session in a process that may have the tests' own already: what comes of it is not kept."""
    monkeypatch.setattr(session, "starts_directly", lambda params: True)


@pytest.mark.usefixtures("directly")
def test_a_start_that_is_abandoned_leaves_no_process_and_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("CITY_KEY", "its secret value")
    before = set(psutil.Process().children(recursive=True))
    start = BackgroundStart(EngineParams(master="local[1]", memory="256m"), tmp_path / "s", "CITY_KEY")
    waiting_for(lambda: start._begun is not None)
    begun = set(psutil.Process().children(recursive=True)) - before
    assert begun
    for process in begun:
        assert "CITY_KEY" not in process.environ()
    start.abandon()
    assert not any(process.is_running() for process in begun)
    with pytest.raises(RunError, match=r"Spark did not start(.|\n)*engine.memory"):
        start.result()


@pytest.mark.usefixtures("directly")
def test_what_java_said_last_is_why_spark_did_not_start(tmp_path, monkeypatch):
    home = a_java(
        tmp_path / "jdk",
        'case "$1" in -version) echo version \\"17.0.1\\" >&2;; *) echo no room >&2; exit 1;; esac',
    )
    monkeypatch.setenv("JAVA_HOME", str(home))
    monkeypatch.setattr("jobs.engine.local_start.arguments_of_java", lambda *given: [])
    start = BackgroundStart(EngineParams(master="local[1]"), tmp_path / "scratch", "")
    with pytest.raises(RunError, match=r"Spark did not start: no room"):
        start.result()


def test_a_process_that_has_a_java_uses_it_again(spark):
    assert not starts_directly(EngineParams(master="local[2]"))


_ARRAY = """
import sys
from jobs.engine.no_pandas import refuse_pandas
refuse_pandas()
refuse_pandas()
import numpy, pyarrow
print(pyarrow.array(numpy.arange(3)).to_pylist(), "pandas" in sys.modules)
import pandas
"""


def test_arrays_are_made_without_pandas_which_cannot_be_loaded_any_more():
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", _ARRAY], env=env, capture_output=True, text=True)
    assert told.stdout.strip() == "[0, 1, 2] False"
    assert told.stderr.strip().endswith("ModuleNotFoundError: this process works without pandas")


def test_the_first_task_of_a_session_that_nobody_waits_for_leaves_nothing(spark):
    _warm_up(spark)
    assert spark.statusTracker().getActiveJobsIds() == []
