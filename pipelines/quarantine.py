"""What an operator does about rejected rows: look at them, and try them again."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from jobs.engine.store import Store, StoredFile
from jobs.errors import ConfigError
from jobs.identity.pseudonyms import check_value
from jobs.ingest.replay import replay as replay_rows
from pipelines import runner
from pipelines.config import RunConfig
from pipelines.context import StageContext, StageOutput
from pipelines.ingesting import digests_of, plan_of, remarks_on, remembered
from pipelines.ledger import Ledger
from pipelines.planner import Decision, Selection, recipe_of
from pipelines.records import StageRecord
from pipelines.run_log import RunLog, new_run_id
from pipelines.stages import STAGES

_TABLE = "quarantine/ingest"


def rejected_by_file(store: Store, refused: bool = False) -> list[dict[str, Any]]:
    """Rejected rows of a workspace, or of the run that was refused, counted by file and reason.

    Raises
    ------
    ConfigError
        Nothing was read yet.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for file in _files(store, refused):
        rows = store.read_table(file, columns=["file", "reason"])
        counted.update(zip(rows["file"].to_pylist(), rows["reason"].to_pylist(), strict=True))
    return [
        {"file": file, "reason": reason, "rows": rows} for (file, reason), rows in sorted(counted.items())
    ]


def rejected_rows(store: Store, reason: str | None, most: int, refused: bool = False) -> list[dict[str, Any]]:
    """Some rejected rows with the text that they came with: it may name a subscriber."""
    found: list[dict[str, Any]] = []
    for file in sorted(_files(store, refused), key=lambda stored: stored.name):
        rows = store.read_table(file).to_pylist()
        found += [row for row in rows if reason in (None, row["reason"])]
        if len(found) >= most:
            break
    return found[:most]


def _files(store: Store, refused: bool) -> list[StoredFile]:
    ledger = Ledger(store)
    return ledger.refused() if refused else _ingested(ledger).tables[_TABLE]


def _ingested(ledger: Ledger) -> StageRecord:
    record = ledger.record("ingest")
    if record is None:
        raise ConfigError("has no events yet", ledger.store.name, "maillage run CONFIG")
    return record


@dataclass(frozen=True)
class Replayed:
    """How many rows were looked at, and what became of them."""

    rows: int
    accepted: int
    duplicates: int
    left: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        return {**vars(self)}


def replay(config: RunConfig, listener: runner.Listener) -> Replayed:
    """Bring the cells up to date, then check rejected rows again and add the good ones to the events.

    Stages after ingest are not run: `maillage run` does that.

    Raises
    ------
    ConfigError
        Nothing was read yet, or the plan lacks a cell that events are in.
    """
    ledger = Ledger(Store(config.workspace))
    _ingested(ledger)
    runner.run(config, Selection(until="locate"), listener)
    stage = next(stage for stage in STAGES if stage.name == "ingest")
    with ledger.locked():
        before = _ingested(ledger)
        records = {s.name: r for s in STAGES if s.name in stage.reads and (r := ledger.record(s.name))}
        run, recipe = new_run_id(), recipe_of(stage, config, ledger, records)
        engine = runner.new_engine(config, ledger, listener)
        context = StageContext(
            config,
            ledger.store,
            ledger,
            engine,
            f"{run}-ingest",
            lambda text: listener.said("ingest", text),
            records,
            recipe,
            before,
        )
        decision = Decision(stage, "run", "rejected rows are replayed", recipe, before=before)
        try:
            record = runner.make(decision, context, listener, RunLog(ledger.store, run), run_stage=_replayed)
        finally:
            engine.close()
            ledger.sweep()
    return _told(before.figures, record.figures)


def _replayed(context: StageContext) -> StageOutput:
    assert context.before is not None
    files = context.cdr_files()
    earlier = remembered(context.before)
    plan = plan_of(context, files, earlier)
    quality = context.config.quality
    result = replay_rows(context.spark(), plan, files, quality, earlier, digests_of(context, files))
    figures = {**result.figures(), "key_check_value": check_value(context.key())}
    made = {"events": result.events, _TABLE: result.quarantine}
    remarks = remarks_on(context.config, result)
    return StageOutput(made, figures=figures, remarks=remarks, memo=result.known.to_remember())


def _told(before: dict[str, Any], now: dict[str, Any]) -> Replayed:
    return Replayed(
        before["quarantined"],
        now["accepted"] - before["accepted"],
        now["duplicates"] - before["duplicates"],
        now["reasons"],
    )
