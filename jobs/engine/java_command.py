"""With which arguments Spark starts Java: its own launcher tells, once for each Java and Spark."""

import json
import os
import subprocess
from collections.abc import Mapping
from functools import cache as remembered
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jobs.errors import RunError

_LAUNCHER = "org.apache.spark.launcher.Main"
_SUBMIT = "org.apache.spark.deploy.SparkSubmit"
_ANY_SCALA = "2.13"
"""The launcher looks for no build of Spark's sources when it is told of a version."""


@remembered
def _spark() -> tuple[Path, bytes]:
    """Folder of PySpark, or its place in an archive, and the source that tells its version; it is not imported."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent
    loader: Any = found.loader  # reads from an archive too, under `spark-submit`
    return folder, loader.get_data(str(folder / "version.py"))


def java_and_spark(home: Path) -> str:
    """Twelve digits that change with the Java, the Spark, and where Spark lies."""
    release, (spark, version) = home / "release", _spark()
    told = release.read_bytes() if release.exists() else str(home).encode()
    return sha256(told + version + str(spark).encode()).hexdigest()[:12]


def arguments_of_java(home: Path, cache: Path, environment: Mapping[str, str]) -> list[str]:
    """Class path, opened modules and properties that this Spark gives this Java: not memory, not the main class.

    Raises
    ------
    RunError
        Spark's launcher does not tell.
    """
    kept = _kept(home, cache)
    try:
        return [str(argument) for argument in json.loads(kept.read_bytes())]
    except (OSError, ValueError):
        told = _asked(home, environment)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        aside = kept.with_name(f"{kept.name}.{os.getpid()}")
        aside.write_text(json.dumps(told))
        aside.replace(kept)
    except OSError:
        pass  # asked again next time
    return told


def has_started(home: Path, cache: Path) -> bool:
    """Whether Spark's launcher has told arguments for this Java before: so it runs."""
    return (home / "release").exists() and _kept(home, cache).exists()


def _kept(home: Path, cache: Path) -> Path:
    return cache / "maillage" / "java" / f"arguments-{java_and_spark(home)}.json"


def _asked(home: Path, environment: Mapping[str, str]) -> list[str]:
    spark, _ = _spark()
    command = [str(home / "bin" / "java"), "-Xmx128m", "-cp", str(spark / "jars" / "*"), _LAUNCHER, _SUBMIT]
    environment = {**environment, "JAVA_HOME": str(home), "SPARK_HOME": str(spark)}
    environment |= {"SPARK_SCALA_VERSION": _ANY_SCALA, "SPARK_CONF_DIR": str(spark / "conf")}
    done = subprocess.run([*command, "pyspark-shell"], capture_output=True, text=True, env=environment)
    told = done.stdout.strip("\0\n").split("\0")
    if done.returncode or _SUBMIT not in told:
        said = done.stderr.strip().rpartition("\n")[2]
        raise RunError(
            f"Spark's launcher failed: {said}", str(home), "check JAVA_HOME, and that Spark is whole"
        )
    arguments = told[1 : told.index(_SUBMIT)]
    return [argument for argument in arguments if not argument.startswith("-Xmx")]
