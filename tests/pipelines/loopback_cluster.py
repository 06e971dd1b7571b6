"""A Spark standalone cluster on loopback: a master and workers, each a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyspark
from tiny_city import ROOT

from jobs.engine.java import find_java
from jobs.engine.session import cache_home

SPARK_BIN = Path(pyspark.__file__).parent / "bin"
_DEPLOY = "org.apache.spark.deploy"


def cluster_environment() -> dict[str, str]:
    """Environment of daemons and drivers: the Java that a run would choose, all on loopback."""
    home, _ = find_java(dict(os.environ), cache_home())
    return {
        **os.environ,
        "JAVA_HOME": str(home),
        "SPARK_HOME": str(SPARK_BIN.parent),
        "PYTHONPATH": str(ROOT),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "PYSPARK_PYTHON": sys.executable,
    }


@dataclass
class Cluster:
    """Where the master listens, and its workers by host."""

    folder: Path
    port: int
    workers: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def master(self) -> str:
        return f"spark://127.0.0.1:{self.port}"

    def add_worker(self, host: str) -> None:
        """Start a worker with one core; loopback has many hosts."""
        options = ["--host", host, "--cores", "1", "--memory", "1g", "--webui-port", "0"]
        options += ["--work-dir", str(self.folder / f"work-{host}")]
        environment = {**cluster_environment(), "SPARK_LOCAL_IP": host}
        self.workers[host] = _daemon(
            self.folder / f"worker-{host}.log", ["worker.Worker", *options, self.master], environment
        )

    def wait_for_worker(self, host: str) -> None:
        wait_until(
            lambda: "Successfully registered with master" in (self.folder / f"worker-{host}.log").read_text()
        )

    def wait_for_executor(self, host: str) -> None:
        """Until an application has an executor there."""
        wait_until(lambda: any((self.folder / f"work-{host}").glob("app-*/*/stderr")))


def wait_until(happened: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def _daemon(log: Path, command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    settings = log.parent / "daemons.properties"
    settings.write_text(
        "rootLogger.level = info\nrootLogger.appenderRef.e.ref = e\nappender.e.type = Console\n"
        "appender.e.name = e\nappender.e.target = SYSTEM_ERR\nappender.e.layout.type = PatternLayout\n"
        "appender.e.layout.pattern = %m%n\n"
    )
    environment["SPARK_DAEMON_JAVA_OPTS"] = f"-Dlog4j2.configurationFile=file:{settings}"
    class_and_options = [f"{_DEPLOY}.{command[0]}", *command[1:]]
    with log.open("wb") as out:
        return subprocess.Popen(
            [str(SPARK_BIN / "spark-class"), *class_and_options], env=environment, stdout=out, stderr=out
        )


@contextmanager
def loopback_cluster(folder: Path) -> Iterator[Cluster]:
    """Start a master and two workers; stop them all at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
    master = _daemon(folder / "master.log", ["master.Master", *options], cluster_environment())
    cluster = Cluster(folder, port)
    try:
        wait_until(lambda: "Starting Spark master" in (folder / "master.log").read_text())
        for host in ("127.0.0.1", "127.0.0.2"):
            cluster.add_worker(host)
        for host in ("127.0.0.1", "127.0.0.2"):
            cluster.wait_for_worker(host)
        yield cluster
    finally:
        for process in [*cluster.workers.values(), master]:
            process.terminate()
        for process in [*cluster.workers.values(), master]:
            process.wait(timeout=60)
