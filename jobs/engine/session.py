"""The one Spark session of a run. Each setting stands beside its reason."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from pydantic import Field

from jobs.engine.cluster import executor_settings, is_local, is_submitted, with_tries
from jobs.engine.java import find_java, quick_start
from jobs.engine.local_start import LocalStart, needs_no_scripts
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


_ALONE = {
    # Listen on loopback only when everything is on this machine.
    "spark.driver.bindAddress": "127.0.0.1",
    # Only places of blocks pass through Spark: a map task writes one file, not one for each part.
    "spark.shuffle.sort.bypassMergeThreshold": "1",
}

_IN_A_CLUSTER = {
    # Blocks are megabytes: fewer turns between Java and Python, and fewer writes.
    "spark.buffer.size": str(1 << 20),
    "spark.shuffle.file.buffer": "1m",
}


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


def _java_options(scratch: Path, java: Path, environment: dict[str, str]) -> list[str]:
    logging = scratch / "log4j2.properties"
    quick = quick_start(java, cache_home(), environment)
    return [f"-Dlog4j2.configurationFile=file:{logging}", "-XX:+UseSerialGC", *quick]


def _settings(params: EngineParams, scratch: Path, options: list[str]) -> dict[str, str]:
    return {
        # Blocks are encrypted, or packed by us: to compress them again costs time and spares nothing.
        "spark.shuffle.compress": "false",
        "spark.shuffle.spill.compress": "false",
        # Sealed blocks prove themselves.
        "spark.shuffle.checksum.enabled": "false",
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
        "spark.python.daemon.module": "jobs.engine.worker_entry",
        **(_ALONE if is_local(params.master) and not is_submitted() else _IN_A_CLUSTER),
        **executor_settings(params.master),
        **params.settings,
    }


def open_session(
    params: EngineParams,
    scratch: Path,
    hidden: str = "",
    begun: Callable[[LocalStart], None] = lambda start: None,
) -> "tuple[SparkContext, str]":
    """Start Spark.

    Parameters
    ----------
    scratch : a folder for Spark's own files; the caller deletes it afterwards.
    hidden : name of an environment variable that Java and the workers are not to inherit.
    begun : gets the start of a session on this machine as soon as its processes run, to end it if need be.

    Returns
    -------
    the session, and a sentence on the choice of Java (empty when there is nothing to say).
    """
    environment = {name: value for name, value in os.environ.items() if name != hidden}
    home, remark = find_java(environment, cache_home())
    told = {"JAVA_HOME": str(home), "PYSPARK_DRIVER_PYTHON": sys.executable}
    if is_local(params.master):
        told |= {"SPARK_LOCAL_IP": os.environ.get("SPARK_LOCAL_IP", "127.0.0.1")}
        told |= {"PYSPARK_PYTHON": sys.executable}
    told.setdefault("PYSPARK_PYTHON", os.environ.get("PYSPARK_PYTHON", sys.executable))
    os.environ.update(told)
    scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch.chmod(0o700)
    (scratch / "log4j2.properties").write_text(_LOGGING)
    options = _java_options(scratch, home, environment)
    settings = _settings(params, scratch, options)
    try:
        if starts_directly(params):
            memory = f"-Xmx{params.memory}"
            start = LocalStart(
                home, cache_home(), [memory, *options], scratch / _JVM_LOG, {**environment, **told}
            )
            begun(start)
            return _session(params, settings, start), remark
        with without_variable(hidden), _stderr_in(scratch / _JVM_LOG):
            return _session(params, settings), remark
    except Exception as error:
        raise RunError(
            f"Spark did not start: {_last_line(scratch / _JVM_LOG) or error}",
            f"engine.master {params.master}",
            "check the master URL, and that engine.memory fits this machine",
        ) from error


def starts_directly(params: EngineParams) -> bool:
    """Whether Spark is started without its scripts: then nothing of this process is changed meanwhile."""
    if not needs_no_scripts(params.master, params.settings):
        return False
    loaded = sys.modules.get("pyspark")
    return (
        loaded is None or loaded.SparkContext._gateway is None
    )  # a Java that this process has is used again


def _session(
    params: EngineParams, settings: dict[str, str], start: LocalStart | None = None
) -> "SparkContext":
    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setAppName("maillage").setAll(list(settings.items()))
    if not is_submitted():
        conf.setMaster(with_tries(params.master))
    return SparkContext(conf=conf, gateway=start.gateway()) if start else SparkContext.getOrCreate(conf)


def close_session(session: "SparkContext", scratch: Path) -> None:
    """Stop Spark and delete its files, which on one machine nobody waits for any more.

    The server of accumulators, of which we have none, looks once a second whether it is to end: not waited for.
    """
    server = getattr(session, "_accumulatorServer", None)
    if server is not None:
        setattr(session, "_accumulatorServer", None)  # noqa: B010 (typed as always there)
        Thread(target=server.shutdown, daemon=True).start()
    if is_local(str(session.master)):  # before Spark starts a process for each folder that it deletes
        shutil.rmtree(scratch, ignore_errors=True)
    session.stop()
    shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def without_variable(name: str) -> Iterator[None]:
    """Keep an environment variable from processes that are started meanwhile."""
    value = os.environ.pop(name, None) if name else None
    try:
        yield
    finally:
        if value is not None:
            os.environ[name] = value


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
