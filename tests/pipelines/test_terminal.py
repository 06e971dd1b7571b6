"""What a person sees: a command that starts at once, suggestions, progress with time left, colour on demand."""

import io
import os
import subprocess
import sys
import threading
import time

import pytest
from rich.console import Console
from tiny_city import ROOT, TINY, write_config

from jobs.engine.cluster import tasks_under_way
from pipelines import runner
from pipelines.listeners import JsonListener, QuietListener, TerminalListener
from pipelines.progress import StepProgress, watched

HEAVY = ("pyspark", "numba", "numpy", "pandas", "pyarrow", "pydantic", "h3", "shapely", "highspy")


def python(code, **env):
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def terminal(**more):
    return Console(file=io.StringIO(), force_terminal=True, width=120, **more)


def test_nothing_heavy_is_loaded_before_a_command_asks_for_it():
    found = python(f"import sys, pipelines.cli; print([m for m in {HEAVY} if m in sys.modules])")
    assert found.strip() == "[]"


def test_the_version_is_told(command):
    told = command("--version")
    assert (told.code, told.out.split()[0]) == (0, "maillage")


@pytest.mark.parametrize(
    ("args", "meant"),
    [
        (["runn"], "Did you mean 'run'?"),
        (["transit", "purpose"], "Did you mean 'propose'?"),
        (["run", "x.yaml", "--forse"], "--force"),
        (["quarantine", "list", ".", "--reason", "unkown_cell"], "Did you mean unknown_cell?"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(command, args, meant):
    told = command(*args)
    assert told.code == 2
    assert meant in told.err


@pytest.mark.parametrize(
    ("args", "meant"),
    [
        (["--from", "presense"], "Did you mean presence?"),
        (["--set", "wrold.seed=3"], "wrold: unknown key. Did you mean world?"),
        (["--set", "disclosure.method=treshold"], "Did you mean threshold?"),
        (["--set", "cdr=[{path: ., dialect: d4d-sen2104}]"], "cdr[0].dialect: "),
        (["--set", "cdr=[{path: ., dialect: d4d-sen2104}]"], "Did you mean d4d-sen2014?"),
    ],
)
def test_a_slip_in_a_stage_a_key_or_a_dialect_too(command, tmp_path, args, meant):
    told = command("plan", write_config(tmp_path, TINY), *args)
    assert told.code == 2
    assert meant in told.err


def test_stages_are_completed_in_a_shell():
    ask = {"_MAILLAGE_COMPLETE": "complete_bash", "COMP_WORDS": "maillage run x --from p", "COMP_CWORD": "4"}
    code = "import sys; sys.argv = ['maillage']; from pipelines.cli import main; main()"
    assert python(code, **ask).split() == ["presence"]


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_errors_are_red_unless_no_colour_is_wanted(command, monkeypatch, no_color, coloured):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", no_color)
    assert ("\x1b[1;31m" in command("plan", "none.yaml").err) is coloured


_IN_A_KERNEL = """
from pipelines import cli
def stopped(**_):
    try:
        raise KeyboardInterrupt
    except KeyboardInterrupt as stop:
        raise SystemError('CPUDispatcher(...) returned a result with an exception set') from stop
cli.app = stopped
try:
    cli.main()
except SystemExit as leaving:
    print(leaving.code)
"""


def test_ctrl_c_within_compiled_code_is_an_interruption_too():
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_KERNEL], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
    assert "the same command goes on where it stopped" in done.stderr
    assert "SystemError" not in done.stderr


def test_a_quiet_run_says_nothing_and_a_quiet_failure_says_why(command, city, tmp_path):
    told = command("run", city.config, "--quiet")
    assert (told.code, told.out, told.err) == (0, "", "")
    told = command("run", tmp_path / "none.yaml", "--quiet")
    assert (told.code, told.out) == (2, "")
    assert "none.yaml" in told.err


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (StepProgress(0, 8, 1.0, 4e6, "rows"), "0 of 8 tasks"),
        (StepProgress(2, 8, 10.0, 8e6, "rows"), "2 of 8 tasks, 200 k rows/s, 0:30 left in this step"),
        (StepProgress(1, 100, 100.0), "1 of 100 tasks, 2:45:00 left in this step"),
        (StepProgress(8, 8, 10.0, 800, "rows"), "8 of 8 tasks, 80 rows/s"),
    ],
)
def test_progress_is_told_with_rate_and_time_left(progress, text):
    assert progress.text() == text


def test_it_is_known_whether_kernels_have_been_compiled_here(tmp_path):
    code = (
        "from kernels._jit import are_compiled; from kernels.text.columns import days_from_civil; "
        "before = are_compiled(); days_from_civil(2025, 3, 1); print(before, are_compiled())"
    )
    assert python(code, MAILLAGE_CACHE_DIR=str(tmp_path)).split() == ["False", "True"]


def test_the_first_run_on_a_machine_says_why_it_takes_longer(command, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "are_compiled", lambda: False)
    small = {**TINY["world"], "people": 300, "days": 1}
    config = write_config(tmp_path, {**TINY, "world": small})
    assert "kernels are compiled once" in command("synth", config).out
    assert "kernels are compiled once" not in command("synth", config).out


def test_a_stage_that_counts_days_gets_its_time_left():
    console, seconds = terminal(), iter([0.0, 20.0])
    listener = TerminalListener(console, 11, clock=lambda: next(seconds))
    listener.said("world", "records: day 1 of 5, 1,000 rows")
    listener.said("world", "records: day 3 of 5, 3,000 rows")
    listener.stop()
    assert "day 3 of 5, 3,000 rows, 0:20 left" in console.file.getvalue()


def test_only_a_terminal_hears_how_far_a_step_is():
    quiet = TerminalListener(Console(file=io.StringIO()), 11)
    live = TerminalListener(terminal(), 11)
    live.stop()
    told = [listener.is_live for listener in (live, quiet, JsonListener(), QuietListener())]
    assert told == [True, False, False, False]


def test_tasks_of_a_running_step_are_counted(spark):
    told = []

    def work(number):
        time.sleep(0.4)
        return number

    job = threading.Thread(target=lambda: spark.parallelize(range(6), 6).map(work).collect())
    with watched(lambda: spark, told.append, 600, "rows"):
        job.start()
        job.join()
    assert {step.total for step in told} == {6}
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert tasks_under_way(spark) is None
