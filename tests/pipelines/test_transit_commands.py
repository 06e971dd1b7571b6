"""Commands of the transit network design problem, end to end on a town of six nodes."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipelines.interrupts import interruptible

LINKS = "from,to,travel_time\n1,2,3\n2,3,4\n3,4,2\n4,5,5\n5,6,3\n6,1,4\n2,5,6\n"
DEMAND = "from,to,demand\n1,4,100\n2,3,40\n6,3,60\n"
SEARCH = ("--routes", "2", "--min-nodes", "2", "--max-nodes", "5")


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "nodes.txt").write_text("id\n" + "".join(f"{n}\n" for n in range(1, 7)))
    (folder / "links.txt").write_text(LINKS)
    (folder / "demand.txt").write_text(DEMAND)
    return folder


def test_routes_are_scored(command, town, tmp_path):
    (tmp_path / "r.txt").write_text("1-2-3-4\n4-5-6\n")
    told = command("transit", "score-routes", town, tmp_path / "r.txt", "--json")
    assert told.code == 0
    assert json.loads(told.out) == {"att": 9.8, "trt": 17, "d0": 70.0, "d1": 30.0, "d2": 0.0, "dun": 0.0}
    plain = command("transit", "score-routes", town, tmp_path / "r.txt", "--routes", "2").out
    assert "ATT 9.8000 min, TRT 17 min" in plain


def test_routes_against_the_rules_end_with_exit_2(command, town, tmp_path):
    (tmp_path / "r.txt").write_text("1-2-3-4\n4-6\n")
    told = command("transit", "score-routes", town, tmp_path / "r.txt", "--json")
    assert told.code == 2
    assert "r.txt, line 2: no link joins 4 and 6" in told.err.replace("\n", " ")
    (tmp_path / "r.txt").write_text("1-2-3-4\n4-5-6\n")
    assert command("transit", "score-routes", town, tmp_path / "r.txt", "--max-nodes", "3").code == 2
    assert command("transit", "score-routes", town / "none", tmp_path / "r.txt").code == 2


def test_what_a_search_tells_is_what_its_file_scores(command, town, tmp_path):
    ask = ("transit", "benchmark", town, *SEARCH, "--iterations", "2000", "--seed", "4", "--json")
    told = json.loads(command(*ask, "--out", tmp_path / "best.txt").out)
    scored = json.loads(
        command("transit", "score-routes", town, tmp_path / "best.txt", *SEARCH, "--json").out
    )
    assert {name: told[name] for name in scored} == scored
    assert told["iterations"] == 2000
    assert told["seconds"] > 0
    assert not told["interrupted"]
    again = json.loads(command(*ask).out)
    assert again | {"seconds": 0} == told | {"seconds": 0}


def test_a_search_ends_with_its_time(command, town):
    command("transit", "benchmark", town, *SEARCH, "--iterations", "1")  # compiles
    began = time.monotonic()
    told = command("transit", "benchmark", town, *SEARCH, "--seconds", "1")
    assert time.monotonic() - began < 5
    assert "networks evaluated" in told.out


def test_a_search_sets_out_from_a_known_network(command, town, tmp_path):
    (tmp_path / "r.txt").write_text("1-2\n2-3-4\n4-5-6\n")
    ask = ("transit", "benchmark", town, "--start", tmp_path / "r.txt", "--keep-trt", "--max-nodes", "5")
    told = json.loads(command(*ask, "--iterations", "2000", "--json").out)
    assert told["start"]["trt"] == told["parameters"]["max_trt"] == 17
    assert told["trt"] <= 17
    assert told["att"] < told["start"]["att"]
    assert told["parameters"]["routes"] == 3
    assert "The start: ATT" in command(*ask, "--iterations", "2000", "--max-changed", "1").out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "--routes, --min-nodes, --max-nodes: has to be given"),
        (("--routes", "2", "--min-nodes", "5", "--max-nodes", "3"), "max_nodes (3) is below min_nodes (5)"),
        ((*SEARCH, "--keep-trt"), "needs a network to set out from"),
        ((*SEARCH, "--max-changed", "1"), "needs a network to set out from"),
        (("--routes", "1", "--min-nodes", "2", "--max-nodes", "3"), "1 routes of up to 3 nodes"),
    ],
)
def test_what_cannot_be_asked_is_refused(command, town, options, message):
    told = command("transit", "benchmark", town, *options)
    assert told.code == 2
    assert message in told.err.replace("\n", " ")


def test_an_interrupted_search_tells_the_best_so_far(town, tmp_path):
    """In a process of its own: the first Ctrl-C ends the search, not the command."""
    out = tmp_path / "best.txt"
    ask = ["transit", "benchmark", str(town), *SEARCH, "--seconds", "300", "--json", "--out", str(out)]
    running = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *ask],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
    for _ in range(3000):
        handled = Path(f"/proc/{running.pid}/status").read_text().split("SigCgt:")[1].split()[0]
        if int(handled, 16) >> (signal.SIGTERM - 1) & 1:  # SIGTERM is caught once the search begins
            break
        time.sleep(0.02)
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    told = json.loads(running.communicate(timeout=60)[0])
    assert running.returncode == 0
    assert told["interrupted"]
    assert len(out.read_text().splitlines()) == 2


@pytest.fixture
def plain_interrupts():
    """Spark of other tests handles interrupts in its own way."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("plain_interrupts")
def test_a_second_signal_interrupts_as_usual():
    with interruptible() as came:
        assert not came()
        signal.raise_signal(signal.SIGINT)
        assert came()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_threads_other_than_the_main_one_are_left_alone():
    seen = []

    def body():
        with interruptible() as came:
            seen.append(came())

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert seen == [False]
