"""Attacks on counts: who is in them, whose traces follow from them; withheld ones that follow from others."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.calendars.days import DAY_TYPES
from jobs.counting.disclosure import forest_of
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Rollup, Rows, od_rollups, presence_rollups
from jobs.errors import InputError
from jobs.ground.weights import CellWeights, cell_weights
from jobs.od import flow_rows
from jobs.presence import presence_rows
from jobs.privacy import differencing as diff
from jobs.privacy.figures import Finding
from jobs.privacy.membership import MembershipParams, membership
from jobs.privacy.recovery import RecoveryParams, counts_of, hourly_places, recovery
from jobs.privacy.released import parquet_table
from jobs.privacy.rules import AsTheyAre
from jobs.privacy.traces import points_of, sampled
from pipelines.audited import Audited

_SURE = 0.9
_SUMMED = ("od", "presence")
_MOST_PEOPLE_IN_GAMES = 20_000


def audit_membership(audited: Audited, params: MembershipParams) -> Finding:
    """Membership in hourly presence by H3 cell, under the rule of the workspace; and as it is."""
    people = audited.raw_by_h3.of_users(sampled(audited.raw.users, _MOST_PEOPLE_IN_GAMES, params.seed))
    points = points_of(people, 3_600)
    control = membership(points, AsTheyAre(), params)
    released = membership(points, audited.rule, params)
    settings = {**params.model_dump(), "rule": type(audited.rule).__name__}
    return Finding("membership", released, control, control["auc"]["value"] >= _SURE, settings)


def audit_recovery(audited: Audited, params: RecoveryParams) -> Finding:
    """Traces recovered from hourly presence of some people, under the rule of the workspace; and as it is."""
    at = hourly_places(audited.raw_by_h3, params)
    used, place = np.unique(at, return_inverse=True)
    at = place.reshape(at.shape).astype(np.int32)
    lon, lat = _centres(audited, used)
    counts = counts_of(at, used.size)
    control = recovery(at, counts, lon, lat, params)
    released = recovery(at, audited.rule.published(counts, params.seed), lon, lat, params)
    settings = {**params.model_dump(), "rule": type(audited.rule).__name__}
    return Finding("recovery", released, control, control["gain"] > 0.05, settings)


def _centres(audited: Audited, used: NDArray[np.integer]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from jobs.locate import lon_lat_of

    h3 = np.unique(audited.workspace.table("cells")["h3"].to_numpy())
    both = np.array(lon_lat_of(h3[used]), np.float64).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def audit_differencing(audited: Audited, table: str) -> Finding:
    """Withheld flows or presence figures that follow from published ones."""
    params = audited.disclosure
    settings = {"table": table, "method": params.method, "min_users": params.min_users}
    if params.dp is not None:
        released = {"withheld": 0, "computable": 0, "about_few": 0, "shown_below_k": 0, "noise": True}
        return Finding("differencing", released, None, None, settings)
    levels, rollups, leaf_columns = _truth(audited, table)
    shown = diff.published_mask(
        levels, rollups, leaf_columns, _published(audited, table), _published(audited, f"{table}_margins")
    )
    released = diff.differencing(levels, rollups, shown, params.min_users)
    naive = diff.naive_mask(forest_of(levels, rollups), params.min_users)
    control = diff.differencing(levels, rollups, naive, params.min_users)
    rare = control["withheld"] > 0
    sure = control["computable"] + control["about_few"] > 0 if rare and rollups else None
    return Finding("differencing", _finite(released), _finite(control), sure, settings)


def audit_published(audited: Audited) -> Finding:
    """Differencing on every table of a bundle that has sums: by table, and what must not be added up."""
    assert audited.release is not None
    there = audited.release.names()
    found = {name: audit_differencing(audited, name) for name in _SUMMED if f"data/{name}.parquet" in there}
    controls = [one.control_succeeds for one in found.values() if one.control_succeeds is not None]
    return Finding(
        "differencing",
        _added({name: one.released for name, one in found.items()}),
        _added({name: one.control for name, one in found.items()}),
        all(controls) if controls else None,
        {name: one.settings for name, one in found.items()},
    )


def _added(told: dict[str, dict[str, Any] | None]) -> dict[str, Any] | None:
    known = {name: one for name, one in told.items() if one is not None}
    if not known:
        return None
    counts = ("computable", "about_few", "shown_below_k")
    return {**known, **{name: sum(one[name] for one in known.values()) for name in counts}}


def _finite(told: dict[str, Any]) -> dict[str, Any]:
    return {name: None if value == float("inf") else value for name, value in told.items()}


def _published(audited: Audited, table: str) -> pa.Table:
    """A published table: of the release, where it is there, else of the workspace."""
    schema = tables.named(table).schema
    if audited.release:
        name = f"data/{table}.parquet"
        if name in audited.release.names():
            return parquet_table(audited.release.read(name)).select(schema.names)
        if table.endswith("_margins"):
            return schema.empty_table()
        raise InputError(f"holds no {table}.parquet", audited.release.where, f"release {table}")
    workspace = audited.workspace
    if table.endswith("_margins") and not any(table in r.tables for r in workspace.records.values()):
        return schema.empty_table()
    return workspace.table(table)


def _truth(audited: Audited, table: str) -> tuple[list[Sums], tuple[Rollup, ...], dict[str, Any]]:
    """True figures by level, counted anew from trips or events."""
    workspace, params = audited.workspace, audited.disclosure
    weights = cell_weights(workspace.table("cell_h3"), workspace.table("cells").num_rows)
    slots = tuple(audited.calendar.slot_names)
    coarser = params.coarser if params.margins else 0
    if table == "od":
        rollups = od_rollups(weights.h3, coarser, DAY_TYPES, slots) if params.margins else ()
        levels = diff.true_levels(_files(audited, "trips", weights), rollups)
        return levels, rollups, diff.od_columns(levels[0].key, weights.h3, DAY_TYPES, slots)
    rollups = presence_rollups(weights.h3, coarser) if params.margins else ()
    levels = diff.true_levels(_files(audited, "events", weights), rollups)
    return levels, rollups, diff.presence_columns(levels[0].key, weights.h3)


def _files(audited: Audited, table: str, weights: CellWeights) -> Iterator[tuple[int, str, Rows]]:
    workspace = audited.workspace
    store = audited.store
    anchors = {file.name: file for file in workspace.records["anchors"].tables["anchors"]}
    stage = "trips" if table == "trips" else "ingest"
    for file in workspace.records[stage].tables[table]:
        if not file.rows:
            continue
        read, expansion = store.read_table(file), store.read_table(anchors[file.name])
        rows = (
            flow_rows(read, expansion, weights, audited.calendar)
            if table == "trips"
            else presence_rows(read, expansion, weights)
        )
        yield int(read["window"][0].as_py()), file.name, rows
