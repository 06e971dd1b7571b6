"""A bundle on its way: what all its products share, and the periods that they are cut into."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from jobs.calendars.days import DAY_S
from jobs.release.layouts import LAYOUTS, LayoutName, Slice, first_of_month, month_of
from jobs.release.params import ReleaseParams
from jobs.release.places import Places, places_of
from jobs.release.raw_ids import distinct_ids
from jobs.release.recipients import Copy
from jobs.release.sample import Draw, PeriodKind, Sample, window_of
from pipelines.context import StageContext

_EPOCH = date(1970, 1, 1)


@dataclass
class Making:
    """A bundle on its way.

    Attributes
    ----------
    folder : the bundle, staged. private : beside it, what stays with the operator and is deleted.
    days : local days since 1970 that the data reach over.
    """

    context: StageContext
    folder: str
    private: str
    copy: Copy
    places: Places
    days: range
    figures: dict[str, Any] = field(default_factory=dict)
    id_files: list[str] | None = None
    samples: dict[str, tuple[Draw, Sample]] = field(default_factory=dict)

    @property
    def params(self) -> ReleaseParams:
        return self.context.config.release

    def days_by(self, kind: PeriodKind) -> dict[int, list[int]]:
        """Local days with data of each period."""
        found: dict[int, list[int]] = {}
        windows = {window_of(file) for file in self.context.files("events")}
        for day in self.days:
            window = int(self.context.config.pseudonyms.window_of(np.array([day * DAY_S]))[0])
            if window in windows:
                period = {"window": window, "month": month_of(day), "all": 0}[kind]
                found.setdefault(period, []).append(day)
        return found


def span_of(context: StageContext) -> range:
    """Local days since 1970 from the first event to the last."""
    told = context.records["ingest"].figures
    ends = context.config.calendar.clock.to_local(np.array([told["first_s"], told["last_s"]], np.int64))
    first, last = (ends // DAY_S).tolist()
    return range(first, last + 1)


def new_places(context: StageContext) -> Places:
    """Places that the bundle names."""
    params = context.config.release
    return places_of(context.table("cells"), context.table("zones"), params.places, params.coarse.h3_steps)


def identifiers(making: Making) -> list[str]:
    """Files of the distinct identifiers of the raw records; read once."""
    if making.id_files is None:
        context = making.context
        making.id_files = distinct_ids(
            context.spark(),
            context.store,
            context.config.cdr,
            context.cdr_files(),
            context.config.engine.slice_bytes,
            f"{making.private}/ids",
        )
    return making.id_files


def slices(making: Making, kind: PeriodKind) -> list[Slice]:
    """Files that a set is cut into, by window or month of the data."""
    by_period = sorted(making.days_by(kind).items())
    return [
        Slice(number, first_of_month(period) if kind == "month" else _EPOCH + timedelta(days=days[0]))
        for number, (period, days) in enumerate(by_period)
    ]


def slices_of_draw(making: Making, rule: Draw) -> dict[int, list[Slice]]:
    """Files of each period: one, or those of the layout where an identifier lasts for all of them."""
    if rule.kind == "all":
        return {0: slices(making, _natural(making.params.layouts))}
    return {p: [piece] for p, piece in zip(rule.periods, slices(making, rule.kind), strict=True)}


def _natural(layouts: tuple[LayoutName, ...]) -> PeriodKind:
    lengths = {LAYOUTS[name].slice for name in layouts if LAYOUTS[name].has("set3")}
    return "window" if lengths == {"window"} else "month"
