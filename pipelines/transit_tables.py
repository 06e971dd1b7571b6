"""Transit networks as tables on a terminal of 80 columns."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobs.transit.findings import Finding

_MOST_STOPS = 4


def show_findings(console: Console, feed: Path, found: Iterable[Finding]) -> None:
    """Print what is wrong with a feed, errors first, and whether it can be used."""
    rows = sorted(found, key=lambda f: (not f.is_error, f.file, f.row))
    for finding in rows:
        kind = Text("error   ", style="bold red") if finding.is_error else Text("warning ", style="yellow")
        told = f"{finding.where}: {finding.what} [{finding.rule}]. Mend: {finding.mend}"
        console.print(kind + Text(told), soft_wrap=True)
        if finding.more:
            console.print(
                Text(f"        … and {_counted(finding.more, 'row')} more of {finding.file} [{finding.rule}]")
            )
    errors = sum(1 + finding.more for finding in rows if finding.is_error)
    warnings = sum(1 + finding.more for finding in rows if not finding.is_error)
    verdict = "cannot be used" if errors else "can be used"
    counts = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    console.print(Text(f"{feed}: {verdict}; {counts}"), soft_wrap=True)


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _table(*columns: str, texts: int = 1) -> Table:
    """A table whose first columns are texts, and the others numbers."""
    table = Table(box=None, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number < texts else "right")
    return table


def show_network(console: Console, told: dict[str, Any]) -> None:
    """Print the scorecard of a network."""
    names = {line["route_id"]: line["name"] for line in told["lines"]}
    table = _table(
        "line", "every (min)", "boardings", "veh-h", "per veh-h", "fullest", "overlap", "covers alone"
    )
    for line in sorted(told["lines"], key=lambda row: -row["boardings"]):
        other = names.get(line["overlaps_with"], "")
        table.add_row(
            line["name"],
            _span(line["headway_min"]),
            f"{line['boardings']:,.0f}",
            f"{line['vehicle_hours']:,.1f}",
            _number(line["boardings_per_vehicle_hour"], 1),
            f"{line['max_load']:.0%}",
            f"{line['overlap']:.0%} {other}".rstrip(),
            f"{line['covers_alone_share']:.2%}",
        )
    console.print(table)
    for text in (_MEANINGS, *_sums(told)):
        console.print(Text(text))


_MEANINGS = (
    "every: shortest and longest headway of the slots; per veh-h: boardings a vehicle-hour; fullest: most aboard "
    "of what a vehicle holds; overlap: stops that another line serves too; covers alone: residents without a stop "
    "if the line went."
)


def _sums(told: dict[str, Any]) -> list[str]:
    totals, equity = told["totals"], told["equity"]
    reach = equity["opportunities_in_reach"]["45_min"]
    put_back, modelled = totals["trips_put_back_share"], totals["trips_modelled_share"]
    unseen = f", {put_back:.1%} of it put back from sums" if put_back else ""
    unseen += f", {modelled:.1%} short trips modelled" if modelled else ""
    people = "residents" if equity["people"] == "residents" else "trips, which stand for residents,"
    share = told["assumptions"]["mode_share"]
    return [
        f"{told['day_type'].capitalize()} {told['planning_date']}: {totals['trips']:,.0f} trips may use transit "
        f"(mode_share {share:.0%} of the OD matrix{unseen}), {totals['passengers']:,.0f} do: "
        f"{totals['generalised_min']:.1f} perceived minutes a trip, {totals['transfers']:.2f} changes",
        f"{totals['vehicle_hours']:,.0f} vehicle-hours, {totals['vehicle_km']:,.0f} km, "
        f"{totals['peak_vehicles']} vehicles at the peak",
        f"{equity['covered_share']:.1%} of {people} within {equity['coverage_m']:g} m of a stop; in 45 "
        f"minutes people reach {reach['mean']:.1%} of destinations on average, a tenth of them less than "
        f"{reach['p10']:.1%} (Gini {reach['gini']:.2f})",
    ]


def _span(headways: dict[str, float | None]) -> str:
    """Shortest and longest headway of the slots with service."""
    known = [minutes for minutes in headways.values() if minutes is not None]
    if not known:
        return "–"
    ends = [f"{minutes:.0f}" for minutes in (min(known), max(known))]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def show_plan(console: Console, content: dict[str, Any]) -> None:
    """Print what a plan does as a whole: time, budget, winners and losers."""
    before, after, budget = content["before"], content["after"], content["budget"]
    texts = [
        f"Perceived minutes a trip {before['generalised_min']:.1f} → {after['generalised_min']:.1f}; "
        f"passengers {before['passengers']:,.0f} → {after['passengers']:,.0f}; "
        f"{content['winners_share']:.1%} of trips win more than 5 %, {content['losers_share']:.1%} lose",
        f"Vehicle-hours {budget['vehicle_hours_before']:,.0f} → {budget['vehicle_hours_after']:,.0f} "
        f"(allowed {budget['vehicle_hours_allowed']:,.0f}); vehicles at the peak {before['peak_vehicles']} → "
        f"{after['peak_vehicles']}",
    ]
    for text in texts:
        console.print(Text(text))


def show_changed_lines(console: Console, told: dict[str, Any]) -> None:
    """Print what changed from one feed to another."""
    table = _table("line", "what", "before", "after", texts=4)
    for entry in told["lines_added"]:
        table.add_row(entry["name"], "added", "", f"{entry['trips']} trips, {_headways(entry)}")
    for entry in told["lines_removed"]:
        table.add_row(entry["name"], "removed", f"{entry['trips']} trips, {_headways(entry)}", "")
    for entry in told["lines_changed"]:
        for what, change in entry["changes"].items():
            sides = _sides(what, change, told["stop_names"])
            table.add_row(entry["name"], _WORDS.get(what, what.replace("_", " ")), *sides)
    if table.row_count:
        console.print(table)
    console.print(
        Text(
            f"{told['day_type'].capitalize()}, {told['days'][0]} and {told['days'][1]}: "
            f"{len(told['lines_added'])} lines added, {len(told['lines_removed'])} removed, "
            f"{len(told['lines_changed'])} changed, {told['lines_unchanged']} as they were; "
            f"{len(told['stops_added'])} stops added, {len(told['stops_removed'])} left; "
            f"GTFS trips {told['trips'][0]:,} → {told['trips'][1]:,}"
        ),
        soft_wrap=True,
    )


_WORDS = {"headway_min": "headway (min)", "trips": "GTFS trips"}


def _sides(what: str, change: Any, names: dict[str, str]) -> tuple[str, str]:
    if what == "headway_min":
        slots = [slot for slot in change[0] if change[0][slot] != change[1].get(slot)]
        return tuple(  # type: ignore[return-value]
            ", ".join(f"{slot} {_number(side.get(slot))}" for slot in slots) for side in change
        )
    if what.startswith("patterns_"):
        told = f"{len(change)}"
    elif what.startswith("stops_"):
        told = ", ".join(names.get(stop, stop) for stop in change[:_MOST_STOPS])
        told += f" and {len(change) - _MOST_STOPS} more" if len(change) > _MOST_STOPS else ""
    else:
        return str(change[0]), str(change[1])
    return ("", told) if what.endswith("_added") else (told, "")


def _headways(entry: dict[str, Any]) -> str:
    return ", ".join(f"{slot} {_number(minutes)} min" for slot, minutes in entry["headway_min"].items())


def _number(value: float | None, decimals: int | None = None) -> str:
    if value is None:
        return "–"
    return f"{value:g}" if decimals is None else f"{value:,.{decimals}f}"
