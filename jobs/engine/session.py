"""The one Spark session of a run. Each setting stands beside its reason."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from jobs.engine.cluster import executor_settings, is_local, is_submitted, with_tries
from jobs.engine.java import find_java, quick_start
from jobs.errors import RunError
from jobs.params import Params

if TYPE_CHECKING:
    from pyspark import SparkContext

_JVM_LOG = "jvm.log"

_LOGGING = """
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
"""


class EngineParams(Params):
    """Where and how Spark runs."""

    master: str = Field("local[*]", description="Spark master URL; --master overrides it")
    settings: dict[str, str] = Field(
        {}, description="further settings of Spark, such as spark.executor.cores"
    )
    memory: str = Field("2g", pattern=r"^\d+[mg]$", description="heap of the driver and of each executor")
    rows_per_task: int = Field(
        4_000_000, ge=1_000, description="events that one task sorts in memory; about 100 bytes each"
    )
    parts: int | None = Field(
        None,
        ge=1,
        description="parts that the users of a pseudonym window are cut into; when absent, as many as "
        "rows_per_task asks for at the first run, kept from then on. Give it where files come day by day",
    )
    slice_bytes: int = Field(
        64 << 20, ge=1 << 20, description="larger record files are read in slices of this size, in parallel"
    )


def cache_home() -> Path:
    """Folder for compiled kernels and the Java launcher; a temporary one where home is read-only."""
    base = os.environ.get("MAILLAGE_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    try:
        Path(base).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=base):
            return Path(base)
    except OSError:
        return Path(tempfile.gettempdir())


def _settings(params: EngineParams, scratch: Path, java: Path) -> dict[str, str]:
    logging = scratch / "log4j2.properties"
    options = [
        f"-Dlog4j2.configurationFile=file:{logging}",
        "-XX:+UseSerialGC",
        *quick_start(java, cache_home()),
    ]
    return {
        # Blocks are encrypted, or packed by us: to compress them again costs time and spares nothing.
        "spark.shuffle.compress": "false",
        "spark.shuffle.spill.compress": "false",
        # Sealed blocks prove themselves.
        "spark.shuffle.checksum.enabled": "false",
        # Blocks are megabytes: fewer turns between Java and Python, and fewer writes.
        "spark.buffer.size": str(1 << 20),
        "spark.shuffle.file.buffer": "1m",
        "spark.driver.memory": params.memory,
        "spark.executor.memory": params.memory,
        "spark.driver.maxResultSize": "0",
        "spark.local.dir": str(scratch),
        # A crash of a worker prints where in Python it was.
        "spark.python.worker.faulthandler.enabled": "true",
        # No page, no bars, no banner: progress is told by the runner.
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.extraJavaOptions": " ".join(options),
        # Workers are forked from a process that has loaded what tasks need.
        "spark.python.daemon.module": "jobs.engine.worker_daemon",
        # Listen on loopback only when everything is on this machine.
        **({"spark.driver.bindAddress": "127.0.0.1"} if is_local(params.master) else {}),
        **executor_settings(params.master),
        **params.settings,
    }


def open_session(params: EngineParams, scratch: Path) -> "tuple[SparkContext, str]":
    """Start Spark.

    Parameters
    ----------
    scratch : a folder for Spark's own files; the caller deletes it afterwards.

    Returns
    -------
    the session, and a sentence on the choice of Java (empty when there is nothing to say).
    """
    home, remark = find_java(dict(os.environ), cache_home())
    os.environ["JAVA_HOME"] = str(home)
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    if is_local(params.master):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / "log4j2.properties").write_text(_LOGGING)

    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setAppName("maillage").setAll(list(_settings(params, scratch, home).items()))
    if not is_submitted():
        conf.setMaster(with_tries(params.master))
    try:
        with _stderr_in(scratch / _JVM_LOG):
            return SparkContext.getOrCreate(conf), remark
    except Exception as error:
        raise RunError(
            f"Spark did not start: {_last_line(scratch / _JVM_LOG) or error}",
            f"engine.master {params.master}",
            "check the master URL, and that engine.memory fits this machine",
        ) from error


@contextmanager
def _stderr_in(file: Path) -> Iterator[None]:
    """Send what Java prints while it starts, and later on its standard error, to a file.

    Spark's launcher greets every session with four lines that no logging setting silences.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    with open(file, "ab") as out:
        os.dup2(out.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _last_line(file: Path) -> str:
    lines = [line for line in file.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
