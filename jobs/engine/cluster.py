"""What differs between Spark on this machine and Spark on a cluster."""

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark import SparkContext

_LOCAL = re.compile(r"local(\[(?P<threads>\*|\d+)(?P<tries>,\s*\d+)?\])?")
_TRIES = 3
_FORWARDED = ("MAILLAGE_CACHE_DIR", "NUMBA_CACHE_DIR")
_LOST = re.compile(
    r"Python worker exited unexpectedly|Python worker failed to connect back|ExecutorLostFailure|"
    r"most recent failure: Lost task [^\n]*(?:EOFException|Connection reset)"
)


def is_local(master: str) -> bool:
    """Whether all of Spark runs in one process of this machine."""
    return _LOCAL.fullmatch(master) is not None


def with_tries(master: str) -> str:
    """A local master that tries a task again whose worker process was lost, as a cluster does by itself.

    Tasks tell of errors as data, so that only a crash or the kernel's memory killer makes one fail.
    """
    found = _LOCAL.fullmatch(master)
    if found is None or found["tries"]:
        return master
    return f"local[{found['threads'] or 1},{_TRIES}]"


def is_submitted() -> bool:
    """Whether `spark-submit` started this process: master, memory and Java are then its choice."""
    return "PYSPARK_GATEWAY_PORT" in os.environ


def executor_settings(master: str) -> dict[str, str]:
    """Settings for executors on other machines."""
    if is_local(master):
        return {}
    return {f"spark.executorEnv.{name}": os.environ[name] for name in _FORWARDED if os.environ.get(name)}


def is_lost_worker(error: BaseException) -> bool:
    """Whether Spark gave up because processes were lost, not because of what a task did."""
    return _LOST.search(str(error)) is not None


def is_out_of_space(error: BaseException) -> bool:
    """Whether Spark's own files found no room: blocks on their way, in the scratch of a machine."""
    return "java.io.IOException: No space left on device" in str(error)


@dataclass(frozen=True)
class Tasks:
    """Tasks of the step (a stage, in Spark's words) that is under way."""

    step: int
    done: int
    total: int


def tasks_under_way(session: "SparkContext") -> Tasks | None:
    """Count the tasks of the step that runs now, the latest where several do; None when none does."""
    tracker = session.statusTracker()
    found = [info for step in tracker.getActiveStageIds() if (info := tracker.getStageInfo(step)) is not None]
    if not found:
        return None
    latest = max(found, key=lambda info: info.stageId)
    return Tasks(latest.stageId, latest.numCompletedTasks, latest.numTasks)
