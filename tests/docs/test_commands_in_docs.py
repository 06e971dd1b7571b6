"""Every command of README and docs works: console blocks are run in order, all others are parsed."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from blocks import Command, File, blocks, calls, lacking, mentions, steps

from pipelines.cli import app
from tests.in_process import call

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    str(file.relative_to(ROOT)): file.read_text("utf-8")
    for file in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
}
TUTORIAL = "docs/tutorial/own-records.md"
AFTER_IT = [name for name in PAGES if name.startswith("docs/how-to/")]

NOT_RUN = {
    "README.md": "clones and installs; the demo is run by tests/pipelines/test_demo.py",
    "CONTRIBUTING.md": "runs this suite, and installs packages",
    TUTORIAL: "its first block clones and installs",
    "docs/index.md": "clones and installs",
    "docs/architecture.md": "no block of commands",
    "docs/cluster.md": "needs a cluster and an object store; tests/pipelines/test_engines.py has one on loopback",
    "docs/how-to/cluster.md": "needs a cluster",
    "docs/how-to/dialect.md": "runs this suite",
    "docs/how-to/release.md": "on a file that turned up; tests/pipelines/test_release_commands.py runs the commands",
    "docs/how-to/schedule.md": "needs cron, systemd or Airflow",
    "docs/mobility.md": "measures on large worlds; tests/pipelines/test_score_command.py runs the commands",
    "docs/privacy.md": "on data of the reader; tests/pipelines/test_release_commands.py runs the commands",
    "docs/privacy-methods.md": "measures on large worlds; tests/pipelines/test_audit_command.py runs the commands",
    "docs/records.md": "takes minutes; tests/pipelines/test_release_commands.py makes these products",
    "docs/tndp.md": "takes minutes; tests/pipelines/test_transit_commands.py runs the commands",
    "docs/transit.md": "on a feed of the reader; tests/pipelines/test_transit_plan_commands.py runs the commands",
    "docs/schedule.md": "on data of the reader; tests/pipelines/test_daily_runs.py runs the commands",
    "docs/report.md": "on a run of the reader",
    "docs/defects.md": "needs data that are not redistributed; it is a test itself",
}
"""Pages with commands in `sh` blocks, which are parsed but not run, and why."""

_PLACEHOLDER = re.compile(r"[A-Z][A-Z_]*|…|\.\.\.")
_OURS = re.compile(r"(?:tests|benchmarks|configs|notebooks)/[\w./-]+")


def command_named(words):
    """Follow words through the groups of commands; the command, and the words that are left."""
    command, rest = typer.main.get_command(app), list(words)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    return command, rest


def refuse_unknown(words):
    """Parse a whole command line as the command would; nothing is run."""
    command, rest = command_named(words)
    if (
        hasattr(command, "commands")
        and rest
        and rest[0] not in ("-h", "--help")
        and not rest[0].startswith("-")
    ):
        raise AssertionError(f"there is no command {rest[0]!r}")
    if "--help" not in rest and "-h" not in rest:
        command.make_context("maillage", rest, resilient_parsing=False)


@pytest.mark.parametrize("name", PAGES)
def test_every_command_line_is_one_that_the_command_takes(name):
    faults = []
    for words in calls(PAGES[name]):
        try:
            refuse_unknown(words)
        except (typer.Exit, SystemExit):
            continue
        except Exception as error:
            faults.append(f"maillage {shlex.join(words)}: {getattr(error, 'message', error)}")
    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_every_command_named_in_a_sentence_exists_with_its_options(name):
    faults = []
    for words in mentions(PAGES[name]):
        command, rest = command_named(words)
        options = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
        unknown = [w for w in rest if w.startswith("--") and w.partition("=")[0] not in {*options, "--help"}]
        is_group = hasattr(command, "commands")
        if is_group and rest and not rest[0].startswith("-") and not _PLACEHOLDER.fullmatch(rest[0]):
            unknown.append(rest[0])
        if unknown:
            faults.append(f"maillage {' '.join(words)}: {', '.join(unknown)}")
    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_files_of_the_repository_that_commands_name_are_there(name):
    named = {
        path.rstrip(".")
        for block in blocks(PAGES[name])
        if block.language == "sh"
        for path in _OURS.findall(block.text)
    }
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_pages_with_commands_that_are_not_run_say_why():
    with_commands = {
        name for name, page in PAGES.items() if any(b.language in ("sh", "bash") for b in blocks(page))
    }
    assert with_commands - set(NOT_RUN) == set(), "write them as `console` blocks, or say in NOT_RUN why not"


def test_an_option_that_does_not_exist_is_noticed():
    page = "```sh\nmaillage run city.yaml --frobnicate  # no\n```\n"
    assert calls(page) == [["run", "city.yaml", "--frobnicate"]]
    with pytest.raises(Exception, match="frobnicate"):
        refuse_unknown(calls(page)[0])


def follow(page, folder, session):
    """Do what a page says, in a folder; every command has to print and to end as the page says."""
    for step in steps(page):
        if isinstance(step, File):
            (folder / step.name).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.name).write_text(step.text, "utf-8")
            continue
        code, output = typed(step, folder, session)
        assert code == step.exit_code, f"$ {step.line}\n{output}"
        missing = lacking(step, output)
        assert missing is None, f"$ {step.line}\ndoes not print: {missing}\nbut:\n{output}"


def typed(step, folder, session):
    """Type a command: our own in this process, others in a shell."""
    if step.line.startswith("maillage ") and not set("|<>;&") & set(step.line):
        told = call(shlex.split(step.line)[1:], session, folder)
        return told.code, told.out + told.err
    ours = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step.line],
        cwd=folder, env={**os.environ, "PATH": ours, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def session(request):
    return lambda: request.getfixturevalue("spark")


@pytest.fixture(scope="module")
def town(tmp_path_factory, session):
    """Follow the tutorial from the first line to the last."""
    folder = tmp_path_factory.mktemp("tutorial")
    follow(PAGES[TUTORIAL], folder, session)
    return folder


def test_the_tutorial_ends_with_a_bundle_and_proposals(town):
    assert any(isinstance(step, Command) for step in steps(PAGES[TUTORIAL]))
    assert list(town.glob("work/releases/*/manifest.sha256"))
    assert (town / "work" / "transit" / "proposals.json").exists()


@pytest.mark.parametrize("name", AFTER_IT)
def test_a_how_to_goes_on_from_the_tutorial(name, town, session, tmp_path):
    if not list(steps(PAGES[name])):
        assert name in NOT_RUN
        return
    shutil.copytree(town, tmp_path / "town")
    follow(PAGES[name], tmp_path / "town", session)
