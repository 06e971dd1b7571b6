"""Bring events up to date with the record files that are there."""

from jobs import ingest as ingesting
from jobs.errors import ConfigError
from jobs.identity.optout import read_opt_outs
from jobs.identity.pseudonyms import check_value
from jobs.records.deliveries import Earlier
from jobs.records.slices import estimated_rows
from jobs.records.sources import check_files
from pipelines.config import RunConfig
from pipelines.context import StageContext, StageOutput
from pipelines.records import StageRecord

_OUTGROWN = 4
"""Times `engine.rows_per_task` that a unit may hold before users are cut anew."""

Files = list[tuple[int, str]]


def ingest_records(context: StageContext) -> StageOutput:
    """Turn raw records into pseudonymous events and a quarantine."""
    config = context.config
    for source in config.cdr:
        check_files(source)
    files = context.cdr_files()
    digests = digests_of(context, files)
    earlier = _earlier(context)
    _check_gone(context, earlier, files)
    plan = plan_of(context, files, earlier)
    result = ingesting.ingest(
        context.spark(),
        plan,
        files,
        config.quality,
        earlier,
        digests,
        config.gone_files == "keep",
        context.ledger.keep_refused,
    )
    context.ledger.keep_refused([])
    made = {"events": result.events, "quarantine/ingest": result.quarantine}
    figures = {**result.figures(), "key_check_value": check_value(context.key())}
    return StageOutput(
        made, figures=figures, remarks=remarks_on(config, result), memo=result.known.to_remember()
    )


def digests_of(context: StageContext, files: Files) -> dict[str, str]:
    """SHA-256 of each record file, by path."""
    assert context.recipe is not None
    return {path: context.recipe.files[path] for _, path in files}


def _earlier(context: StageContext) -> Earlier | None:
    """What an earlier run made, if it can be gone on from."""
    before = context.before
    assert context.recipe is not None
    if before is None or before.recipe["tables"] != context.recipe.tables:
        return None
    earlier = remembered(before)
    outgrown = earlier.largest_unit > _OUTGROWN * context.config.engine.rows_per_task
    if outgrown and context.config.engine.parts is None:
        context.say("users are cut into more parts, so all files are read again; engine.parts avoids that")
        return None
    return earlier


def remembered(record: StageRecord) -> Earlier:
    """What a run made, as its manifest tells."""
    return Earlier.remembered(record.memo, record.tables["events"], record.tables["quarantine/ingest"])


def _check_gone(context: StageContext, earlier: Earlier | None, files: Files) -> None:
    """Refuse to lose events that the config says to keep, when all has to be read again."""
    record = context.ledger.record("ingest")
    if context.config.gone_files != "keep" or earlier is not None or record is None or not record.memo:
        return
    gone = sorted(set(remembered(record).accounts) - {path for _, path in files})
    if gone:
        raise ConfigError(
            f"{len(gone)} record files whose events are to be kept are gone (the first is {gone[0]}), and "
            "all have to be read again",
            "gone_files",
            "put the files back; or set gone_files: drop, or name another workspace",
        )


def plan_of(context: StageContext, files: Files, earlier: Earlier | None) -> ingesting.IngestPlan:
    """Plan of an ingest, cut as an earlier one was."""
    config, key = context.config, context.key()
    tasks = _tasks(config, files)
    pads = ingesting.all_window_pads(key, config.pseudonyms, config.period)
    parts = config.engine.parts or (earlier.parts if earlier else _parts(config, tasks))
    return ingesting.IngestPlan(
        store=context.store,
        build=context.build,
        sources=config.cdr,
        known_cells=context.table("cells")["cell_id"].combine_chunks(),
        pseudonyms=config.pseudonyms,
        pads=pads,
        part_key=ingesting.part_key(key),
        zone=config.calendar.zone,
        period_utc=config.period.utc_bounds(config.calendar.zone) if config.period else None,
        parts=parts,
        partitions=max(tasks, parts),
        slice_bytes=config.engine.slice_bytes,
        opt_outs=read_opt_outs(config.opt_out, pads) if config.opt_out else None,
    )


def _tasks(config: RunConfig, files: Files) -> int:
    """Tasks that it takes to sort all rows, each as many as the config allows."""
    rows = sum(estimated_rows(config.cdr[source], path) for source, path in files)
    return max(1, -(-rows // config.engine.rows_per_task))


def _parts(config: RunConfig, tasks: int) -> int:
    """Parts for the users of one window: a period of many windows needs fewer in each."""
    if config.period is None:
        return tasks
    days = (config.period.end - config.period.start).days + 1
    return max(1, -(-tasks * config.pseudonyms.window_days // max(days, config.pseudonyms.window_days)))


def remarks_on(config: RunConfig, result: ingesting.IngestResult) -> list[str]:
    """What an operator should hear of: days unlike others, rows that came late."""
    fresh = {day for path in result.delivery.fresh for day in result.known.accounts[path].days}
    told: list[str] = []
    for day in result.days:
        if day.day in fresh:
            told += ingesting.unlike_before(day, config.quality)
    if result.late:
        rows, first = sum(result.late.values()), next(iter(result.late))
        told.append(
            f"{rows:,} rows came late, for {len(result.late)} days that were closed, the first {first}: "
            "their windows are made anew"
        )
    return told
