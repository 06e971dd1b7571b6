"""The stage `report`: the page for those who decide, and the account of the run for those who hold the records."""

import hashlib
from collections.abc import Mapping
from typing import Any

from jobs.calendars.days import CalendarParams
from jobs.engine.locations import join
from jobs.engine.store import Store, StoredFile
from jobs.ground.zones import outlines
from jobs.report import ReportContent, RunContent, people_of, write_report, write_run_report
from jobs.tables import named
from pipelines.context import StageContext, StageOutput
from pipelines.records import StageRecord
from pipelines.version import package_version

_SCORED_PEOPLE = 50_000
"""Of a simulated world: larger ones are scored when asked for (`maillage run-report --truth`), which takes its time."""

Records = Mapping[str, StageRecord]


def write_pages(context: StageContext) -> StageOutput:
    """Write report.html and run.html."""
    folder = context.staged()
    content = _report_content(context)
    summary = write_report(content, folder / "report.html")
    about_run = run_content(
        content.title,
        context.store,
        context.records,
        content.zones_geojson,
        content.provenance,
        _truth(context),
    )
    write_run_report(about_run, folder / "run.html")
    return StageOutput(folder=folder, target="report", figures=summary)


def _report_content(context: StageContext) -> ReportContent:
    config, records = context.config, context.records
    return ReportContent(
        title=config.name,
        od=context.table("od"),
        presence=context.table("presence"),
        zones_geojson=outlines(config.zones) if config.zones else None,
        cells=context.table("cells"),
        proposals=context.artifact("transit/proposals.json"),
        network=context.artifact("transit/network.geojson"),
        stages=stages_told(records),
        provenance=_provenance(context),
        disclosure={
            "k": config.disclosure.min_users,
            **{name: value for name, value in records["od"].figures.items() if name != "min_users"},
        },
        calendar=config.calendar,
    )


def stages_told(records: Records) -> list[dict[str, Any]]:
    """One object a stage: name, rows, seconds, status."""
    return [
        {"name": r.stage, "rows": sum(r.rows.values()), "seconds": r.seconds, "status": "done"}
        for r in records.values()
    ]


def inputs_told(records: Records) -> list[dict[str, Any]]:
    """What became of each input file, with its digest."""
    told = records["ingest"]
    digests = told.recipe["files"]
    return [{**account, "sha256": digests.get(account["file"], "")} for account in told.figures["files"]]


def _provenance(context: StageContext) -> dict[str, Any]:
    return {
        "run": context.build.rsplit("-", 1)[0],
        "version": package_version(),
        "config_digest": hashlib.sha256(context.config.model_dump_json().encode()).hexdigest(),
        "inputs": inputs_told(context.records),
    }


def _truth(context: StageContext) -> dict[str, Any] | None:
    """Accuracy against the truth of a small simulated world; nothing is known of the truth of any other run."""
    from jobs.score import TRUTH_TABLES, Finished, folder_here, score

    config = context.config
    if config.world is None or config.world.people > _SCORED_PEOPLE or "world" not in context.records:
        return None
    run = Finished(context.store, files_of(context.records), config.calendar, config.grid)
    with folder_here(join(config.workspace, "world/truth"), TRUTH_TABLES) as truth:
        return score(run, truth, (config.grid.resolution,), "weekday", context.say)


def files_of(records: Records) -> dict[str, list[StoredFile]]:
    """Files of every table."""
    return {name: made for record in records.values() for name, made in record.tables.items()}


def run_content(
    title: str,
    store: Store,
    records: Records,
    zones_geojson: Any,
    provenance: Mapping[str, Any],
    accuracy: Mapping[str, Any] | None,
) -> RunContent:
    """Gather what the run report tells; anchors are read part by part."""
    files, told = files_of(records), records["od"].recipe["config"]

    def table(name: str) -> Any:
        return store.read_tables(files[name], named(name).schema)

    min_users = int(told["disclosure"]["min_users"])
    return RunContent(
        title=title,
        ingest=records["ingest"].figures,
        calendar=CalendarParams(**told["calendar"]),
        od=records["od"].figures,
        presence=table("presence"),
        zones=table("zones"),
        zones_geojson=zones_geojson,
        people=people_of((store.read_table(file) for file in files["anchors"]), min_users),
        accuracy=accuracy,
        remarks=[(name, remark) for name, record in records.items() for remark in record.remarks],
        stages=stages_told(records),
        provenance=provenance,
    )
