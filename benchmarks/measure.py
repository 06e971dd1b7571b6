"""Run a command and measure it: wall clock, processor time of the whole process tree, peak memory."""

import ctypes
import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PR_SET_CHILD_SUBREAPER = 36
_SAMPLE_S = 0.2


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Attributes
    ----------
    cpu_s : user and system seconds of the process and of all that descend from it: as the kernel
        tells a parent, or as sampled from each process where that is more (a Spark worker that nobody
        waits for is not in its parent's account: 30 s were told of 90).
    peak_bytes : highest sum of resident memory over the tree, sampled five times a second; pages that
        forked workers share count once for each.
    others_cpu_s : processor seconds that the rest of the machine took meanwhile: how quiet it was.
    """

    wall_s: float
    cpu_s: float
    peak_bytes: int
    others_cpu_s: float


class CommandFailed(RuntimeError):
    """The measured command ended with an error."""


def measured(command: list[str], log: Path, environment: dict[str, str]) -> Cost:
    """Run a command to its end, with its output in `log`.

    Raises
    ------
    CommandFailed
        The command's exit code is not 0; the message ends with the last lines of its output.
    """
    _adopt_orphans()
    before, busy_before = _children_s(), _machine_busy_s()
    with log.open("wb") as out:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        watch = _Watch(process.pid)
        code = process.wait()
        wall_s = time.monotonic() - began
        watch.stop()
    _reap_orphans()
    cpu_s = max(_children_s() - before, watch.cpu_s)
    busy_s = _machine_busy_s() - busy_before
    if code:
        last = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
        raise CommandFailed(f"{command[1:3]} ended with {code}:\n{last}")
    return Cost(wall_s, cpu_s, watch.peak_bytes, max(busy_s - cpu_s, 0.0))


def _adopt_orphans() -> None:
    """Become the parent of descendants that outlive theirs (a JVM), so that their time is counted."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap_orphans() -> None:
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


def _children_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _machine_busy_s() -> float:
    """Seconds that all cores have not been idle since the machine started (proc(5), /proc/stat)."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _iowait, irq, softirq, steal = fields
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


class _Watch:
    """Watches the memory and the processor time of each process of a tree."""

    def __init__(self, pid: int) -> None:
        self.peak_bytes = 0
        self._seconds: dict[int, float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,))
        self._thread.start()

    @property
    def cpu_s(self) -> float:
        """Own seconds of every process, as it was last seen."""
        return sum(self._seconds.values())

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self, pid: int) -> None:
        import psutil

        while not self._done.wait(_SAMPLE_S):
            try:
                root = psutil.Process(pid)
                tree = [root, *root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.peak_bytes = max(self.peak_bytes, sum(self._look(process) for process in tree))

    def _look(self, process: Any) -> int:
        """Note a process's time; return its resident bytes."""
        import psutil

        try:
            with process.oneshot():
                times = process.cpu_times()
                self._seconds[process.pid] = times.user + times.system
                return int(process.memory_info().rss)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return 0
