"""Who hears of a run: a person at a terminal, a scheduler, or nobody."""

import json
import re
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from jobs.errors import MaillageError
from pipelines.progress import StepProgress

if TYPE_CHECKING:
    from pipelines.records import StageRecord

_SO_FAR = re.compile(r"(\d[\d,]*) of (\d[\d,]*)")
"""How a stage tells how far it is: `day 3 of 14`."""


class TerminalListener:
    """Tells a run to a person: a bar over the stages on a terminal, plain lines elsewhere.

    Parameters
    ----------
    stages : how many stages there are.
    clock : seconds that never go back.
    """

    def __init__(self, console: Console, stages: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._console, self._clock = console, clock
        self.is_live = console.is_terminal
        self._began: dict[str, float] = {}
        self._bar = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=stages)
        if console.is_terminal:
            self._bar.start()

    def noted(self, text: str) -> None:
        self._line(text)

    def started(self, stage: str, reason: str) -> None:
        self._tell(f"{stage}: {reason}")

    def said(self, stage: str, text: str) -> None:
        left = self._left_by(stage, text) if self.is_live else ""
        self._tell(f"{stage}: {text}{left}")

    def progressed(self, stage: str, progress: StepProgress) -> None:
        self._tell(f"{stage}: {progress.text()}")

    def _left_by(self, stage: str, text: str) -> str:
        """Time left, where a stage says that it has done so many of so many."""
        found = _SO_FAR.search(text)
        if found is None:
            return ""
        now = self._clock()
        began = self._began.setdefault(stage, now)
        done, total = (int(number.replace(",", "")) for number in found.groups())
        left = StepProgress(done - 1, total - 1, now - began).left()
        return f", {left} left" if left else ""

    def finished(self, record: "StageRecord") -> None:
        self._bar.advance(self._task)
        rows = ", ".join(f"{name} {count:,}" for name, count in record.rows.items())
        self._line(f"✓ {record.stage:<9} {record.seconds:7.1f} s  {rows or files_told(record)}")
        for remark in record.remarks:
            self._line(f"  {remark}")

    def passed_over(self, stage: str, action: str, reason: str) -> None:
        self._bar.advance(self._task)
        if action in ("off", "left out"):
            return
        mark = "–" if action == "unavailable" else "✓"
        self._line(f"{mark} {stage:<9} {action}: {reason}")

    def failed(self, error: MaillageError) -> None:
        """Leave it to the command to say why."""

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def _tell(self, text: str) -> None:
        """Show what is going on: beside the bar, or as a line."""
        if self._console.is_terminal:
            self._bar.update(self._task, description=text)
        else:
            self._line(text)

    def _line(self, text: str) -> None:
        self._console.print(Text(text), soft_wrap=True)


def files_told(record: "StageRecord") -> str:
    """How many files for people a stage made."""
    count = len(record.artifacts)
    return f"{count} file{'s' if count != 1 else ''}"


class JsonListener:
    """Tells a run to a scheduler: one JSON object a line on standard output."""

    is_live = False

    def noted(self, text: str) -> None:
        _emit("noted", text=text)

    def started(self, stage: str, reason: str) -> None:
        _emit("stage_started", stage=stage, reason=reason)

    def said(self, stage: str, text: str) -> None:
        _emit("said", stage=stage, text=text)

    def progressed(self, stage: str, progress: StepProgress) -> None:
        """Say nothing: a scheduler reads what is done, not what is being done."""

    def finished(self, record: "StageRecord") -> None:
        _emit("stage_finished", stage=record.stage, rows=record.rows, seconds=round(record.seconds, 3))

    def passed_over(self, stage: str, action: str, reason: str) -> None:
        _emit("stage_passed_over", stage=stage, action=action, reason=reason)

    def failed(self, error: MaillageError) -> None:
        facts = {"what": error.what, "where": error.where, "mend": error.mend}
        _emit("run_failed", exit_code=error.exit_code, **facts)

    def stop(self) -> None:
        """Nothing to end."""


class QuietListener:
    """Says nothing: the command tells of errors."""

    is_live = False

    def noted(self, text: str) -> None: ...
    def started(self, stage: str, reason: str) -> None: ...
    def said(self, stage: str, text: str) -> None: ...
    def progressed(self, stage: str, progress: StepProgress) -> None: ...
    def finished(self, record: "StageRecord") -> None: ...
    def passed_over(self, stage: str, action: str, reason: str) -> None: ...
    def failed(self, error: MaillageError) -> None: ...
    def stop(self) -> None: ...


def _emit(event: str, **facts: Any) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
