"""Raw records to events: checked, pseudonymised, de-duplicated, sorted by user and time.

Readers run inside Spark tasks and hand on sealed blocks; the receiving side sees each user whole, opens
the blocks and names users by keyed pseudonyms. Rejected rows are written by the reader itself, to the
quarantine, which never leaves the operator: raw text does not pass through Spark.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jobs.engine.blocks import map_reduce
from jobs.engine.store import StoredFile
from jobs.errors import QualityGate
from jobs.ingest.plan import IngestPlan, Period, all_window_pads, part_key, quarantine_name
from jobs.ingest.reader import read_slice
from jobs.ingest.receiver import Rework, receive
from jobs.records.accounts import (
    FileAccount,
    QualityParams,
    assert_balanced,
    check_quality,
    file_accounts,
    slice_accounts,
    totals_of,
)
from jobs.records.daily import DayFigures, figures_by_day, summed_up
from jobs.records.deliveries import Delivery, Earlier, Lateness, UnitFigures, what_to_read
from jobs.records.quarantine import numbered_through
from jobs.records.slices import reading_tasks

if TYPE_CHECKING:
    from pyspark import SparkContext

__all__ = ["IngestPlan", "IngestResult", "Period", "all_window_pads", "ingest", "part_key", "unlike_before"]


@dataclass(frozen=True, eq=False)
class IngestResult:
    """Files of all events and rejected rows, and what a later run has to know of them."""

    events: list[StoredFile]
    quarantine: list[StoredFile]
    known: Earlier
    delivery: Delivery
    late: dict[str, int]
    days: list[DayFigures]

    @property
    def accounts(self) -> list[FileAccount]:
        """What became of the rows of each file, in the order of the input."""
        return list(self.known.accounts.values())

    @property
    def users(self) -> int:
        """Users of all windows: a person counts once in each."""
        return sum(unit.users for unit in self.known.units.values())

    def figures(self) -> dict[str, Any]:
        """For the stage manifest."""
        units = self.known.units.values()
        return {
            **totals_of(self.accounts),
            "users": self.users,
            "first_s": min((unit.first_s for unit in units), default=0),
            "last_s": max((unit.last_s for unit in units), default=0),
            "days": [day.as_json() for day in self.days],
            "late": self.late,
        }


def ingest(
    spark: "SparkContext",
    plan: IngestPlan,
    files: list[tuple[int, str]],
    quality: QualityParams,
    earlier: Earlier | None = None,
    digests: Mapping[str, str] | None = None,
    keep_gone: bool = False,
    refused: Callable[[list[StoredFile]], None] = lambda files: None,
) -> IngestResult:
    """Read, check, pseudonymise, shuffle by user, de-duplicate and write events.

    Parameters
    ----------
    files : (index of the source, path) of every input file.
    earlier : what an earlier run made of files of the same plan; only what changed since is done.
    digests : SHA-256 of each file, by path; needed for `earlier`, and for a later run.
    keep_gone : whether rows of files that are gone stay.
    refused : gets the files of rejected rows if there are too many, so that somebody can look at them.

    Raises
    ------
    QualityGate
        More rows are rejected than `quality` allows, or a day is unlike those before it and `quality`
        says to block; no table is published.
    PrivacyGate
        Two pseudonyms share their 64-bit key.
    ConfigError
        A day has to be rebuilt, and a file with rows on it, which are to be kept, is gone.
    """
    digests = digests or {path: "" for _, path in files}
    delivery = what_to_read(digests, earlier, keep_gone)
    rework = Rework.of(delivery, earlier)
    reports = map_reduce(
        spark,
        _tasks(plan, files, delivery),
        lambda given: read_slice(plan, given),
        lambda part, blocks: receive(plan, rework, part, blocks),
        plan.partitions,
    )
    slices = slice_accounts(reports)
    paths = [path for _, path in files]
    fresh = file_accounts(paths, slices)
    rejected = numbered_through(spark, plan.store, plan.quarantine, slices)
    _gate(fresh, quality, rejected, refused)
    late = Lateness.of(fresh, earlier)
    known = put_together(plan, delivery, earlier, fresh, reports, paths, rejected, digests)
    assert_balanced(list(known.events.values()), list(known.accounts.values()))
    days = days_of(plan, known, quality)
    _check_days(days, fresh, quality)
    events = [known.events[name] for name in sorted(known.events)]
    return IngestResult(
        events, list(known.quarantine), known, delivery, dict(sorted(late.rows.items())), days
    )


def _gate(
    fresh: dict[str, FileAccount],
    quality: QualityParams,
    rejected: list[StoredFile],
    refused: Callable[[list[StoredFile]], None],
) -> None:
    try:
        check_quality(fresh.values(), quality)
    except QualityGate:
        refused(rejected)
        raise


def _tasks(plan: IngestPlan, files: list[tuple[int, str]], delivery: Delivery) -> list[dict[str, Any]]:
    """What readers read: fresh files, and of others the days that are rebuilt."""
    wanted = [(i, file) for i, file in enumerate(files) if file[1] in delivery.fresh | delivery.again]
    tasks = reading_tasks(plan.sources, [file for _, file in wanted], plan.slice_bytes)
    days = sorted(delivery.rebuilt)
    return [
        {
            **task,
            "file": wanted[task["file"]][0],
            "days": days if task["path"] in delivery.again else None,
        }
        for task in tasks
    ]


def put_together(
    plan: IngestPlan,
    delivery: Delivery,
    earlier: Earlier | None,
    fresh: dict[str, FileAccount],
    reports: list[dict[str, Any]],
    paths: list[str],
    rejected: list[StoredFile],
    digests: Mapping[str, str],
) -> Earlier:
    """What was known, with what was made now in its place."""
    accounts, events, units, quarantine, known = dict(fresh), {}, {}, list(rejected), {}
    if earlier is not None:
        kept = {path: earlier.accounts[path] for path in delivery.kept}
        accounts |= {path: _without_repeated(account, delivery.rebuilt) for path, account in kept.items()}
        events, units = dict(earlier.events), dict(earlier.units)
        prefixes = tuple(quarantine_name(path) for path in delivery.kept)
        quarantine += [file for file in earlier.quarantine if file.name.startswith(prefixes)]
        known = {path: earlier.digests[path] for path in delivery.kept}
    for report in reports:
        for name, file in report["events"].items():
            events.pop(name, None)
            units.pop(name, None)
            if file is not None:
                events[name] = StoredFile.from_json(file)
                units[name] = UnitFigures(**report["units"][name])
        for number, day, rows in report["repeated"]:
            accounts[paths[number]].repeated[day] += rows
        for number, rows in report["objected"]:
            if paths[number] in fresh:
                accounts[paths[number]].objected += rows
    digests = {**known, **{path: digests[path] for path in fresh}}
    gone = sorted(set(accounts) - set(paths))
    accounts = {path: accounts[path] for path in [*paths, *gone] if path in accounts}
    quarantine.sort(key=lambda file: file.name)
    cells = tuple(plan.known_cells.to_pylist())
    return Earlier(plan.parts, digests, accounts, events, tuple(quarantine), units, cells)


def _without_repeated(account: FileAccount, days: frozenset[str]) -> FileAccount:
    """Account of a file before repetitions on some days are counted anew."""
    left = Counter({day: rows for day, rows in account.repeated.items() if day not in days})
    return replace(account, repeated=left)


def days_of(plan: IngestPlan, known: Earlier, quality: QualityParams) -> list[DayFigures]:
    """Figures of every day that is known."""
    rejected: dict[str, Counter[str]] = {}
    for account in known.accounts.values():
        for day, reasons in account.rejected_days.items():
            rejected.setdefault(day, Counter()).update(reasons)
    days = summed_up((unit.days for unit in known.units.values()), len(plan.known_cells))
    return figures_by_day(days, rejected, quality.lookback_days)


def _check_days(days: list[DayFigures], fresh: dict[str, FileAccount], quality: QualityParams) -> None:
    """Stop at a day that was read now and is unlike those before it, if the config says so."""
    if quality.on_break == "warn":
        return
    read_now = {day for account in fresh.values() for day in account.days}
    breaks = [text for day in days if day.day in read_now for text in unlike_before(day, quality)]
    if breaks:
        raise QualityGate(
            f"{len(breaks)} breaks against the days before: {'; '.join(breaks[:5])}",
            "quality.on_break",
            "ask for the delivery again; if the break is real, set quality.on_break: warn",
        )


def unlike_before(day: DayFigures, quality: QualityParams) -> list[str]:
    """Say in what a day is unlike those before it, beyond the bounds of the config."""
    return day.breaks(quality.max_change, quality.max_silent_share)
