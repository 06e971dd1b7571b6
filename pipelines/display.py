"""What is shown of plans, runs and workspaces on a terminal."""

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.listeners import files_told

if TYPE_CHECKING:
    from pipelines.planner import Decision
    from pipelines.records import StageRecord
    from pipelines.runner import RunResult

_MARKS = {"run": "●", "maybe": "○", "up to date": "✓", "unavailable": "–", "off": " ", "left out": " "}


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
        rows = record.rows or {files_told(record): 0}
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
            [(files_told(record), "", record.artifacts[0]["path"].partition("/")[0])]
            if record.artifacts
            else []
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
