"""Attacks on a workspace and on what it released: read, attack, compare with the control."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs import tables
from jobs.calendar import DAY_TYPES, CalendarParams
from jobs.columns import epoch_seconds
from jobs.disclosure import DisclosureParams, forest_of
from jobs.errors import InputError
from jobs.od import flow_rows
from jobs.partial_sums import Sums
from jobs.presence import presence_rows
from jobs.privacy import differencing as diff
from jobs.privacy.anchor_sets import anonymity_sets
from jobs.privacy.box_unicity import box_unicity, boxes_of
from jobs.privacy.dp import plan_noise
from jobs.privacy.figures import Finding
from jobs.privacy.linkage import LinkageParams, linkage
from jobs.privacy.membership import MembershipParams, membership
from jobs.privacy.policy import NONE_RELEASED, PolicyParams, attacks_asked
from jobs.privacy.recovery import RecoveryParams, counts_of, hourly_places, recovery
from jobs.privacy.released import Bundle, box_files, parquet_table, released_traces, trace_files
from jobs.privacy.released_boxes import proof_of_k, read_boxes
from jobs.privacy.rules import AsTheyAre, NoisyCounts, Rule, Threshold
from jobs.privacy.traces import Traces, points_of, sampled, traces_of_events
from jobs.privacy.unicity import UnicityParams, unicity_of
from jobs.rollups import Rollup, Rows, od_rollups, presence_rollups
from jobs.store import Store, StoredFile
from jobs.weights import CellWeights, cell_weights
from pipelines.workspace import Workspace

_RAW_STEP_S = 600
_SURE = 0.9
_SUMMED = ("od", "presence")
_COUNTS = ("od", "presence", "set1", "SET1", "Dataset1")
_MOST_PEOPLE_IN_GAMES = 20_000


@dataclass(frozen=True, eq=False)
class Audited:
    """What is attacked: a workspace with raw events, a released folder, or both.

    Attributes
    ----------
    folder : path or URI of a workspace with raw pseudonymous events; None if only a release is at hand.
    release : a bundle; None if there is none to attack.
    part : only released files whose path holds this text.
    """

    folder: str | Path | None
    release: Bundle | None
    part: str = ""

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace, opened."""
        if self.folder is None:
            raise InputError("this attack needs raw events", "WORKSPACE", "name the folder of a run")
        return Workspace(self.folder)

    @property
    def store(self) -> Store:
        return Store(str(self.folder))

    def stage_config(self, stage: str, section: str) -> dict[str, Any]:
        """A section of the config that a stage ran with."""
        record = self.workspace.records.get(stage)
        if record is None:
            raise InputError(f"stage {stage} has not run", str(self.folder), "maillage run CONFIG")
        return dict(record.recipe["config"].get(section, {}))

    @cached_property
    def calendar(self) -> CalendarParams:
        told = self.stage_config("od", "calendar") if "od" in self.workspace.records else {}
        return CalendarParams(**(told or self.stage_config("ingest", "calendar")))

    @cached_property
    def disclosure(self) -> DisclosureParams:
        return DisclosureParams.model_validate(self.stage_config("od", "disclosure"))

    @cached_property
    def raw(self) -> Traces:
        """Events of the window with most of them, by cell, local time."""
        workspace = self.workspace
        record = workspace.records.get("ingest")
        files = record.tables.get("events", []) if record else []
        if not sum(file.rows for file in files):
            raise InputError("has no events", str(self.folder), "maillage run CONFIG")
        by_window: dict[str, list[StoredFile]] = {}
        for file in files:
            by_window.setdefault(file.name.split("/")[0], []).append(file)
        chosen = max(by_window.values(), key=lambda group: sum(file.rows for file in group))
        cells = workspace.table("cells").num_rows
        return traces_of_events(self.store, chosen, self.calendar.clock, cells)

    @cached_property
    def raw_by_h3(self) -> Traces:
        """Raw events by the H3 cell of the site."""
        h3, place = np.unique(self.workspace.table("cells")["h3"].to_numpy(), return_inverse=True)
        return self.raw.at(place.ravel(), h3.size)

    @cached_property
    def released(self) -> Traces | None:
        """Traces of the largest released file; None where there is no release."""
        if self.release is None:
            return None
        files = trace_files(self.release, self.part)
        if not files:
            raise InputError(
                "holds no traces (SET2, SET3)", self.release.where, "release set2, or leave out --release"
            )
        return released_traces(self.release, self.release.largest(files))

    @cached_property
    def rule(self) -> Rule:
        """How presence was published."""
        params = self.disclosure
        if params.dp is None:
            return Threshold(params.min_users)
        cap, part = params.dp.cap.presence, Fraction(9, 10)
        is_private = params.dp.keys == "private"
        plan = plan_noise(params.dp.epsilon * part, params.dp.delta, cap, 1, "laplace", is_private)
        return NoisyCounts(params.dp.epsilon * part, cap, plan.least or 0)


def audit_unicity(audited: Audited, params: UnicityParams) -> Finding:
    """Unicity of released traces; of raw events at ten minutes and by cell.

    Where only k-anonymous traces are released, points are known as they were, to the second and the cell.
    """
    control = None
    if audited.folder:
        raw = params.model_copy(update={"time_step_s": min(_RAW_STEP_S, params.time_step_s)})
        control = unicity_of(audited.raw, raw)
    most = str(max(params.points))
    sure = control["unicity"][most]["value"] >= _SURE if control else None
    return Finding("unicity", _released_unicity(audited, params), control, sure, params.model_dump())


def _released_unicity(audited: Audited, params: UnicityParams) -> dict[str, Any] | None:
    bundle = audited.release
    if bundle and audited.folder and box_files(bundle) and not trace_files(bundle, audited.part):
        cells = audited.workspace.table("cells")
        lon, lat = (cells[axis].to_numpy() for axis in ("lon", "lat"))
        return box_unicity(boxes_of(_boxes_of_the_window(audited, bundle)), audited.raw, lon, lat, params)
    return unicity_of(audited.released, params) if audited.released else None


def _boxes_of_the_window(audited: Audited, bundle: Bundle) -> pa.Table:
    """Released boxes of the window of the raw events: those of the file that most events lie within."""

    def events_within(table: pa.Table) -> int:
        if not table.num_rows:
            return 0
        first, last = (epoch_seconds(table[name]) for name in ("start", "end"))
        return int(((audited.raw.time_s >= first.min()) & (audited.raw.time_s < last.max())).sum())

    return max(released_boxes(bundle), key=events_within)


def audit_anchors(audited: Audited, k: int) -> Finding:
    """Sets of people with the same home and work."""
    control = anonymity_sets(audited.raw, k) if audited.folder else None
    released = anonymity_sets(audited.released, k) if audited.released else None
    return Finding("anchors", released, control, control["alone_share"] > 0 if control else None, {"k": k})


def audit_linkage(audited: Audited, params: LinkageParams) -> Finding:
    """People found again in the other half of their window."""
    control = linkage(audited.raw, params) if audited.folder else None
    released = linkage(audited.released, params) if audited.released else None
    sure = control["matched"]["low"] > 2 * control["chance"] if control else None
    return Finding("linkage", released, control, sure, params.model_dump())


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


def audit_k_anonymity(tables: list[pa.Table]) -> Finding:
    """Proof of k from files of k-anonymous traces alone; the smallest group of all files counts."""
    proofs = [proof_of_k(table) for table in tables]
    worst = min((p for p in proofs if p["users"]), key=lambda p: int(p["smallest_group"]), default=proofs[0])
    return Finding("k-anonymity", {**worst, "files": len(tables)}, None, None, {})


def released_boxes(bundle: Bundle) -> list[pa.Table]:
    """Every file of k-anonymous traces of a bundle."""
    return [read_boxes(bundle.read(name), f"{bundle.where}/{name}") for name in box_files(bundle)]


def measured(
    folder: str | Path, release: Bundle, policy: PolicyParams, known: dict[str, Any], part: str = ""
) -> dict[str, dict[str, Any]]:
    """Make the attacks that a policy bounds, on a release and on the events it was made of.

    Parameters
    ----------
    folder : of the workspace; release : the bundle, which may still be staged.
    known : what was found already, by attack: these attacks are not made again.
    part : only released files whose path holds this text.

    Returns
    -------
    what was found, by attack, with what was known.
    """
    audited = Audited(folder, release, part)
    attacks: dict[str, Callable[[], Finding]] = {
        "unicity": lambda: audit_unicity(audited, UnicityParams(points=(policy.unicity_points,))),
        "k-anonymity": lambda: audit_k_anonymity(released_boxes(release)),
        "anchors": lambda: audit_anchors(audited, policy.min_k or 15),
        "linkage": lambda: audit_linkage(audited, LinkageParams()),
        "membership": lambda: audit_membership(audited, MembershipParams()),
        "recovery": lambda: audit_recovery(audited, RecoveryParams()),
        "differencing": lambda: audit_published(audited),
    }
    has_traces, has_boxes = bool(trace_files(release)), bool(box_files(release))
    has_counts = any(f"data/{name}" in file for name in _COUNTS for file in release.names())
    is_there = {
        **dict.fromkeys(("membership", "recovery", "differencing"), has_counts),
        "unicity": has_traces or has_boxes,
        "anchors": has_traces,
        "linkage": has_traces,
        "k-anonymity": has_boxes,
    }
    nothing = Finding("", {NONE_RELEASED: True}, None, None)
    asked = [name for name in attacks_asked(policy) if name not in known]
    return known | {
        name: (attacks[name]() if is_there[name] else replace(nothing, attack=name)).as_json()
        for name in asked
    }
