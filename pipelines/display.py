"""What a run shows: progress on a terminal, plain lines elsewhere, JSON lines for schedulers."""

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
from rich.table import Table
from rich.text import Text

from jobs.errors import MaillageError
from pipelines.progress import StepProgress

if TYPE_CHECKING:
    from pipelines.ledger import StageRecord
    from pipelines.planner import Decision
    from pipelines.runner import RunResult

_SO_FAR = re.compile(r"(\d[\d,]*) of (\d[\d,]*)")
"""How a stage tells how far it is: `day 3 of 14`."""

_MARKS = {"run": "●", "maybe": "○", "up to date": "✓", "unavailable": "–", "off": " ", "left out": " "}


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
        self._line(f"✓ {record.stage:<9} {record.seconds:7.1f} s  {rows or _files(record)}")
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


def _files(record: "StageRecord") -> str:
    count = len(record.artifacts)
    return f"{count} file{'s' if count != 1 else ''}"


class JsonListener:
    """Tells a run to a scheduler: one JSON object a line on standard output."""

    is_live = False

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


def show_plan(console: Console, decisions: "list[Decision]") -> None:
    """Print what would run, and why."""
    table = Table("", "stage", "what", "why", box=None, pad_edge=False)
    for decision in decisions:
        table.add_row(_MARKS[decision.action], decision.stage.name, decision.action, decision.reason)
    console.print(table)


def show_status(console: Console, records: "list[StageRecord]", missing: list[str]) -> None:
    """Print every stage of a workspace with rows and seconds."""
    table = Table("stage", "table", "rows", "seconds", "finished", box=None, pad_edge=False)
    table.columns[2].justify = table.columns[3].justify = "right"
    for record in records:
        seconds, finished = f"{record.seconds:.1f}", record.finished.replace("+00:00", "Z")
        rows = record.rows or {_files(record): 0}
        for number, (name, count) in enumerate(rows.items()):
            first = number == 0
            table.add_row(
                record.stage if first else "",
                name,
                f"{count:,}" if record.rows else "",
                seconds if first else "",
                finished if first else "",
            )
    for stage in missing:
        table.add_row(stage, "", "", "", "has not run")
    console.print(table)


def show_ending(console: Console, result: "RunResult", workspace: str) -> None:
    """Print the closing lines of a run."""
    if not result.ran:
        console.print(Text(f"Nothing to do: {len(result.up_to_date)} stages are up to date."))
    else:
        console.print(_summary(result.ran))
        console.print(
            Text(f"Done in {result.seconds:.0f} s. Run {result.run} in {workspace}"), soft_wrap=True
        )
    account = result.records["ingest"].figures if "ingest" in result.records else {}
    if account:
        console.print(Text(_account_line(account)), soft_wrap=True)


def _summary(ran: "list[StageRecord]") -> Table:
    """What each stage made: rows, seconds, and where it lies in the workspace."""
    table = Table("stage", "seconds", "made", "rows", "where", box=None, pad_edge=False)
    table.columns[1].justify = table.columns[3].justify = "right"
    for record in ran:
        made = [(name, f"{count:,}", _folder_of(record, name)) for name, count in record.rows.items()]
        made += (
            [(_files(record), "", record.artifacts[0]["path"].partition("/")[0])] if record.artifacts else []
        )
        for number, told in enumerate(made):
            first = (record.stage, f"{record.seconds:.1f}") if number == 0 else ("", "")
            table.add_row(*first, *told)
    return table


def _folder_of(record: "StageRecord", table: str) -> str:
    """Folder of a table in the workspace, of whatever run its files are."""
    return "/".join(record.tables[table][0].path.split("/")[:2]) if record.tables[table] else ""


def _account_line(account: dict[str, Any]) -> str:
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in account["reasons"].items())
    quarantined = f"{account['quarantined']:,} quarantined" + (f" ({reasons})" if reasons else "")
    return (
        f"Records: {account['rows_in']:,} in = {account['accepted']:,} accepted + {quarantined} + "
        f"{account['duplicates']:,} duplicates"
    )


def show_proposals(console: Console, proposals: dict[str, Any], most: int) -> None:
    """Print the first proposals of a planning run."""
    listed = proposals.get("proposals", [])
    if not listed:
        console.print(Text("No change of the network is worth proposing."))
        return
    console.print(Text("Top proposals:"))
    for proposal in listed[:most]:
        line = f"  {proposal['rank']}. {proposal['title']['en']}: {_worth(proposal)}"
        console.print(Text(line), soft_wrap=True)


def _worth(proposal: dict[str, Any]) -> str:
    """Say what a proposal brings: time that passengers feel, or vehicle-hours that it frees."""
    saved = float(proposal.get("generalised_minutes_saved_per_day") or 0.0) / 60
    hours = float(proposal.get("vehicle_hours_delta") or 0.0)
    if saved < 0:
        return f"frees {-hours:,.0f} vehicle-hours a day, costs {-saved:,.0f} perceived hours"
    return f"saves {saved:,.0f} perceived hours a day for {hours:+,.0f} vehicle-hours"
