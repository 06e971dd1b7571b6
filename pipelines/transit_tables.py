"""Transit networks as tables on a terminal."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobs.transit.findings import Finding


def show_findings(console: Console, feed: Path, found: Iterable[Finding]) -> None:
    """Print what is wrong with a feed, errors first."""
    rows = sorted(found, key=lambda f: (not f.is_error, f.file, f.row))
    if not rows:
        console.print(Text(f"{feed}: nothing to complain of."), soft_wrap=True)
    for finding in rows:
        kind = Text("error   ", style="bold red") if finding.is_error else Text("warning ", style="yellow")
        told = f"{finding.where}: {finding.what} [{finding.rule}]. Mend: {finding.mend}"
        console.print(kind + Text(told), soft_wrap=True)


def show_network(console: Console, told: dict[str, Any]) -> None:
    """Print the scorecard of a network."""
    totals, equity = told["totals"], told["equity"]
    table = Table(
        "line", "boardings", "veh-h", "boardings/veh-h", "max load", "overlap", "covers alone", box=None
    )
    for line in sorted(told["lines"], key=lambda row: -row["boardings"]):
        table.add_row(
            line["name"],
            f"{line['boardings']:,.0f}",
            f"{line['vehicle_hours']:,.1f}",
            _number(line["boardings_per_vehicle_hour"]),
            f"{line['max_load']:.2f}",
            f"{line['overlap']:.0%} {line['overlaps_with'] or ''}",
            f"{line['covers_alone_share']:.2%}",
        )
    console.print(table)
    reach = equity["opportunities_in_reach"]["45_min"]
    lines = [
        f"{told['planning_date']}: {totals['passengers']:,.0f} of {totals['trips']:,.0f} trips by transit, "
        f"{totals['generalised_min']:.1f} perceived minutes a trip, {totals['transfers']:.2f} changes",
        f"{totals['vehicle_hours']:,.0f} vehicle-hours, {totals['vehicle_km']:,.0f} km, "
        f"{totals['peak_vehicles']} vehicles at the peak",
        f"{equity['covered_share']:.1%} of {equity['people']} within {equity['coverage_m']:g} m of a stop; in 45 "
        f"minutes they reach {reach['mean']:.1%} of destinations on average, a tenth of them less than "
        f"{reach['p10']:.1%} (Gini {reach['gini']:.2f})",
    ]
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def show_changed_lines(console: Console, told: dict[str, Any]) -> None:
    """Print what changed from one feed to another."""
    table = Table("line", "what", "before", "after", box=None)
    for entry in told["lines_added"]:
        table.add_row(entry["name"], "added", "", f"{entry['trips']} trips, {_headways(entry)}")
    for entry in told["lines_removed"]:
        table.add_row(entry["name"], "removed", f"{entry['trips']} trips, {_headways(entry)}", "")
    for entry in told["lines_changed"]:
        for what, change in entry["changes"].items():
            table.add_row(entry["name"], what.replace("_", " "), *_sides(what, change))
    if table.row_count:
        console.print(table)
    console.print(
        Text(
            f"{len(told['lines_added'])} lines added, {len(told['lines_removed'])} removed, "
            f"{len(told['lines_changed'])} changed, {told['lines_unchanged']} as they were; "
            f"{len(told['stops_added'])} stops added, {len(told['stops_removed'])} left; "
            f"GTFS trips {told['trips'][0]:,} → {told['trips'][1]:,}"
        ),
        soft_wrap=True,
    )


def _sides(what: str, change: Any) -> tuple[str, str]:
    if what == "headway_min":
        slots = [slot for slot in change[0] if change[0][slot] != change[1].get(slot)]
        return tuple(  # type: ignore[return-value]
            ", ".join(f"{slot} {_number(side.get(slot))}" for slot in slots) for side in change
        )
    if what.endswith("_added"):
        return "", f"{len(change)}"
    if what.endswith("_removed"):
        return f"{len(change)}", ""
    return str(change[0]), str(change[1])


def _headways(entry: dict[str, Any]) -> str:
    return ", ".join(f"{slot} {_number(minutes)} min" for slot, minutes in entry["headway_min"].items())


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
