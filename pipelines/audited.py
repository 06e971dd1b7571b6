"""What is attacked: a workspace with raw events, a released folder, or both, read when an attack needs it."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from jobs.calendars.days import CalendarParams
from jobs.counting.disclosure import DisclosureParams
from jobs.engine.store import Store, StoredFile
from jobs.errors import InputError
from jobs.privacy.dp import plan_noise
from jobs.privacy.released import Bundle, released_traces, trace_files
from jobs.privacy.rules import NoisyCounts, Rule, Threshold
from jobs.privacy.traces import Traces, traces_of_events
from pipelines.workspace import Workspace


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
