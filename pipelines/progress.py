"""How far a stage is: tasks of Spark that are done, their rate, and the time left."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jobs.engine.cluster import tasks_under_way

_EVERY_S = 0.5


@dataclass(frozen=True)
class StepProgress:
    """Work that is done, of all of it.

    Attributes
    ----------
    seconds : since it began.
    amount : how much there is to go through in all, in `unit`; 0 where that is not known.
    """

    done: int
    total: int
    seconds: float
    amount: float = 0.0
    unit: str = ""

    def text(self) -> str:
        """Say it in a line: ``12 of 48 tasks, 1.3 M rows/s, 0:14 left in this step``."""
        left = self.left()
        parts = [f"{self.done:,} of {self.total:,} tasks", self._rate(), left and f"{left} left in this step"]
        return ", ".join(part for part in parts if part)

    def left(self) -> str:
        """Time left at the speed so far; empty before anything is done and once all is."""
        if self.done <= 0 or self.done >= self.total:
            return ""
        seconds = round(self.seconds * (self.total - self.done) / self.done)
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"

    def _rate(self) -> str:
        if not self.amount or self.done <= 0 or self.seconds <= 0:
            return ""
        rate = self.amount * self.done / self.total / self.seconds
        power, letter = next((p for p in ((1e9, "G"), (1e6, "M"), (1e3, "k")) if rate >= p[0]), (1.0, ""))
        return f"{rate / power:.3g} {letter} {self.unit}/s" if letter else f"{rate:.0f} {self.unit}/s"


@contextmanager
def watched(
    session: Callable[[], Any], tell: Callable[[StepProgress], None], amount: float = 0.0, unit: str = ""
) -> Iterator[None]:
    """Tell of Spark's tasks while a stage runs.

    Parameters
    ----------
    session : returns the session that runs, or None.
    tell : hears of the step that is under way, twice a second.
    amount : what each step goes through, in `unit`.
    """
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(over, session, tell, amount, unit), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(
    over: threading.Event,
    session: Callable[[], Any],
    tell: Callable[[StepProgress], None],
    amount: float,
    unit: str,
) -> None:
    step, began = -1, 0.0
    while not over.wait(_EVERY_S):
        running = session()
        found = tasks_under_way(running) if running is not None else None
        if found is None:
            continue
        if found.step != step:
            step, began = found.step, time.monotonic()
        tell(StepProgress(found.done, found.total, time.monotonic() - began, amount, unit))
