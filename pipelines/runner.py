"""Run the stages that have to run: each table appears whole, or not at all."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from jobs.engine.cluster import is_lost_worker, is_out_of_space
from jobs.engine.locations import trouble
from jobs.engine.store import Store
from jobs.errors import MaillageError, RunError
from jobs.identity.pseudonyms import new_key_file
from kernels._jit import are_compiled
from pipelines.config import RunConfig
from pipelines.context import Engine, StageContext, StageOutput
from pipelines.ledger import Ledger
from pipelines.planner import (
    Decision,
    Selection,
    begins_on_spark,
    check_inputs,
    decide,
    plan,
    surely_on_spark,
)
from pipelines.progress import StepProgress, watched
from pipelines.publishing import publish_folder
from pipelines.records import StageRecord
from pipelines.run_log import RunLog, new_run_id
from pipelines.stages import STAGES, Stage
from pipelines.version import package_version

_FIRST_RUN = "First run here: kernels are compiled once, which takes a minute or more."


class Listener(Protocol):
    """Hears what a run does, stage by stage; a live one also hears how far a stage is."""

    is_live: bool

    def noted(self, text: str) -> None: ...
    def started(self, stage: str, reason: str) -> None: ...
    def said(self, stage: str, text: str) -> None: ...
    def progressed(self, stage: str, progress: StepProgress) -> None: ...
    def finished(self, record: StageRecord) -> None: ...
    def passed_over(self, stage: str, action: str, reason: str) -> None: ...


@dataclass
class RunResult:
    """What a run did."""

    run: str
    seconds: float = 0.0
    ran: list[StageRecord] = field(default_factory=list)
    up_to_date: list[str] = field(default_factory=list)
    unavailable: dict[str, str] = field(default_factory=dict)
    records: dict[str, StageRecord] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "version": package_version(),
            "seconds": round(self.seconds, 3),
            "ran": [record.stage for record in self.ran],
            "up_to_date": self.up_to_date,
            "unavailable": self.unavailable,
            "stages": {
                name: {"rows": r.rows, "seconds": r.seconds, "digests": r.digests(), "figures": r.figures}
                for name, r in self.records.items()
            },
        }


def run(config: RunConfig, selection: Selection, listener: Listener) -> RunResult:
    """Bring a workspace up to date with its config.

    Raises
    ------
    MaillageError
        A stage failed; what earlier stages made stays, and so do the tables of earlier runs.
    """
    ledger = Ledger(Store(config.workspace))
    with _telling(ledger.store.name), ledger.locked():
        ledger.sweep()
        with closing(new_engine(config, ledger, listener)) as engine:
            if ledger.store.is_local and surely_on_spark(config, ledger, selection):
                engine.start()
            decisions = plan(config, ledger, selection)
            check_inputs(config, decisions)
            _make_missing_key(config, decisions)
            ledger.make_private_folders()
            if begins_on_spark(decisions):
                engine.start()
            if any(decision.action == "run" for decision in decisions) and not are_compiled():
                listener.noted(_FIRST_RUN)
            return _run_locked(config, selection, listener, ledger, engine)


@contextmanager
def _telling(where: str) -> Iterator[None]:
    """Tell of what a disk, a store or lost workers refuse as an error of the run."""
    try:
        yield
    except OSError as error:
        what, mend = trouble(error)
        raise RunError(what, str(error.filename or where), mend) from error
    except Exception as error:
        if is_out_of_space(error):
            mend = "free some space where Spark keeps its files (the workspace, or TMPDIR for a remote one)"
            raise RunError("No space left on device", where, mend) from error
        if not is_lost_worker(error):
            raise
        what = "worker processes were lost again and again; most often the memory does not suffice"
        mend = "lower engine.rows_per_task, or run fewer tasks at once (engine.master); then run the same command"
        raise RunError(what, where, mend) from error


def _make_missing_key(config: RunConfig, decisions: list[Decision]) -> None:
    """Make the key that the config says to make, once a stage is to run that needs it."""
    key = config.pseudonyms.key
    if key.file and key.is_to_be_made and any(d.stage.keyed and d.action == "run" for d in decisions):
        new_key_file(Path(key.file))


def _run_locked(
    config: RunConfig, selection: Selection, listener: Listener, ledger: Ledger, engine: Engine
) -> RunResult:
    result = RunResult(new_run_id())
    log = RunLog(ledger.store, result.run)
    log.write("run_started", version=package_version(), name=config.name)
    began = time.monotonic()
    try:
        for stage in STAGES:
            _settle(stage, config, selection, listener, ledger, engine, result, log)
    except BaseException as error:
        log.write("run_failed", error=_loggable(error))
        raise
    finally:
        engine.close()
        ledger.sweep()
        result.seconds = time.monotonic() - began
    ledger.store.write_json(f"runs/{result.run}/manifest.json", result.as_json())
    log.write("run_finished", seconds=round(result.seconds, 3), ran=[r.stage for r in result.ran])
    return result


def new_engine(config: RunConfig, ledger: Ledger, listener: Listener) -> Engine:
    """Make the engine of a run; nothing starts before a stage asks for it."""
    return Engine(
        config.engine,
        ledger.scratch / ".spark",
        lambda text: listener.said("spark", text),
        hidden=config.pseudonyms.key.env or "",
    )


def _loggable(error: BaseException) -> str:
    """What may be logged of an error: our own messages hold no identifier, others only their type."""
    return error.what if isinstance(error, MaillageError) else type(error).__name__


def _settle(
    stage: Stage,
    config: RunConfig,
    selection: Selection,
    listener: Listener,
    ledger: Ledger,
    engine: Engine,
    result: RunResult,
    log: RunLog,
) -> None:
    """Run one stage, or note why not."""
    decision = decide(stage, config, ledger, selection, result.records, result.unavailable)
    if decision.action == "run":
        build = f"{result.run}-{stage.name}"
        say = partial(listener.said, stage.name)
        context = StageContext(
            config, ledger.store, ledger, engine, build, say, result.records, decision.recipe, decision.before
        )
        record = make(decision, context, listener, log)
        result.records[stage.name] = record
        result.ran.append(record)
        return
    listener.passed_over(stage.name, decision.action, decision.reason)
    if decision.record:
        result.records[stage.name] = decision.record
        result.up_to_date.append(stage.name)
        log.write("stage_up_to_date", stage=stage.name)
    elif decision.action == "unavailable":
        result.unavailable[stage.name] = decision.reason
        log.write("stage_unavailable", stage=stage.name, reason=decision.reason)


@contextmanager
def _told_of(stage: Stage, context: StageContext, listener: Listener) -> Iterator[None]:
    """Let a live listener hear how far the stage is."""
    if not listener.is_live:
        yield
        return
    rows = (sum(context.records[name].rows.values()) for name in stage.reads if name in context.records)
    with watched(
        context.spark.running, partial(listener.progressed, stage.name), max(rows, default=0), "rows"
    ):
        yield


def make(
    decision: Decision,
    context: StageContext,
    listener: Listener,
    log: RunLog,
    run_stage: Callable[[StageContext], StageOutput] | None = None,
) -> StageRecord:
    """Run a stage, or another way to make its tables, and publish what it made."""
    stage = decision.stage
    assert decision.recipe is not None
    listener.started(stage.name, decision.reason)
    log.write("stage_started", stage=stage.name, reason=decision.reason)
    began = time.monotonic()
    with _telling(stage.name), _told_of(stage, context, listener):
        output = (run_stage or stage.run)(context)
    run = context.build.removesuffix(f"-{stage.name}")
    record = StageRecord(
        stage.name,
        run,
        decision.recipe.as_json(),
        output.tables,
        publish_folder(context.ledger, stage.name, context.build, output),
        output.figures,
        output.remarks,
        time.monotonic() - began,
        memo=output.memo,
    )
    context.ledger.publish(record)
    listener.finished(record)
    log.write("stage_finished", stage=stage.name, rows=record.rows, seconds=round(record.seconds, 3))
    return record
