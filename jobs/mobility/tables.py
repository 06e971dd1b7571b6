"""Tables of `maillage mobility`: columns, units, null rules. All are about groups."""

import pyarrow as pa

from jobs.schema import Column, Privacy, Table

_GROUP = Privacy.AGGREGATE
_DAY_TYPE = Column("day_type", pa.string(), "weekday, saturday or sunday")
_H3 = Column("h3", pa.int64(), "H3 cell")


def _number(name: str, meaning: str, nullable: bool = False) -> Column:
    return Column(name, pa.float64(), meaning, _GROUP, nullable)


def _count(name: str, meaning: str, nullable: bool = False) -> Column:
    return Column(name, pa.int32(), meaning, _GROUP, nullable)


RHYTHMS = Table(
    "rhythms",
    "H3 cell x day_type x local hour",
    (
        _H3,
        _DAY_TYPE,
        Column("hour", pa.int8(), "local hour of the day, 0..23"),
        _count("days_known", "days with a figure in `presence` for this hour"),
        _count("days", "days of the type"),
        _number("persons", "mean persons seen; null: unknown", True),
        _number("share", "mean share of all persons seen in the hour; null: unknown", True),
    ),
    sorted_by=("h3", "day_type", "hour"),
)

RHYTHM_CELLS = Table(
    "rhythm_cells",
    "H3 cell x day_type",
    (
        _H3,
        _DAY_TYPE,
        _count("hours_known", "hours of the day that are known, 0..24"),
        _number("entropy", "of the profile over that of a flat one, 0..1; null: too few hours known", True),
        _count("peak_hour", "local hour with the largest share of all persons seen", True),
        _number("phase_h", "mean direction of the profile on the clock, hours from midnight", True),
        _number("strength", "length of the mean direction: 0 flat, 1 all in one hour", True),
    ),
    sorted_by=("h3", "day_type"),
)

DESYNCHRONISATION = Table(
    "desynchronisation",
    "living area x living area x day_type",
    (
        Column("area_a", pa.int32(), "living area: index in `areas`, smaller than area_b"),
        Column("area_b", pa.int32(), "living area"),
        _DAY_TYPE,
        _number("divergence_bits", "Jensen-Shannon divergence of the profiles, 0..1", True),
        _count("lag_h", "hours by which b runs behind a", True),
        _number("correlation_at_lag", "circular correlation of the profiles at that lag", True),
        _number("correlation", "the same without lag: -1 takes turns, 1 in step", True),
    ),
    sorted_by=("area_a", "area_b", "day_type"),
)

POLES = Table(
    "poles",
    "H3 cell with published flows",
    (
        _H3,
        Column("area", pa.int32(), "living area: index in `areas`"),
        _number("departures", "trips that leave the H3 cell, on an average day of the type"),
        _number("arrivals", "trips that come to it"),
        _number("internal", "trips within it"),
        _count("origins", "H3 cells that trips come from"),
        _count("destinations", "H3 cells that trips go to"),
        Column("is_pole", pa.bool_(), "among the hot spots of arrivals", _GROUP),
        _number("in_area", "share of its arrivals that come from its own living area", True),
    ),
    sorted_by=("h3",),
)

AREAS = Table(
    "areas",
    "living area",
    (
        Column("area", pa.int32(), "index, by trips that end there, most first"),
        _count("cells", "H3 cells"),
        Column("pole", pa.int64(), "its H3 cell with most arrivals"),
        _number("starting", "trips that begin there"),
        _number("ending", "trips that end there"),
        _number("internal", "trips within it"),
        _number("of_residents", "internal / starting: share of the trips that begin there which stay", True),
        _number(
            "of_visitors", "internal / ending: share of the trips that end there which began there", True
        ),
        Column("self_contained", pa.bool_(), "both shares are 2/3 or more", _GROUP),
        _number("population", "persons who live there by the `zones`", True),
    ),
    sorted_by=("area",),
)

AREA_FLOWS = Table(
    "area_flows",
    "living area x living area",
    (
        Column("origin", pa.int32(), "living area"),
        Column("destination", pa.int32(), "living area"),
        _number("trips", "on an average day of the type"),
    ),
    sorted_by=("origin", "destination"),
)

USUAL_ENVIRONMENT = Table(
    "usual_environment",
    "H3 cell x label",
    (
        _H3,
        Column("label", pa.string(), "home, work or regular"),
        _count("users", "distinct pseudonyms, largest count of any window"),
        _number("persons", "the same expanded, average of the windows"),
    ),
    sorted_by=("h3", "label"),
)

HOME_CHANGES = Table(
    "home_changes",
    "place of residence x place of residence",
    (
        Column(
            "origin", pa.string(), "zone, or H3 cell one coarser than the grid, of the home in the first half"
        ),
        Column("destination", pa.string(), "the same in the second half"),
        _count("users", "distinct pseudonyms, largest count of any window"),
        _number("persons", "the same expanded, average of the windows"),
    ),
    sorted_by=("origin", "destination"),
)

OD_PURPOSE = Table(
    "od_purpose",
    "origin x destination x day_type x purpose",
    (
        Column("origin", pa.int64(), "H3 cell"),
        Column("destination", pa.int64(), "H3 cell"),
        _DAY_TYPE,
        Column(
            "purpose", pa.string(), "HBW, HBO, NHB, unknown; other: all but HBW, where they are too few apart"
        ),
        _count("users", "distinct pseudonyms, largest count of any window"),
        _number("trips", "observed trips over the whole period"),
        _number("population_trips", "expanded trips per average day of the day type"),
    ),
    sorted_by=("origin", "destination", "day_type", "purpose"),
)

SIGNAL = Table(
    "signal",
    "day_type x local hour",
    (
        _DAY_TYPE,
        Column("hour", pa.int8(), "local hour of the day, 0..23"),
        _count("hours", "hours of the period with published figures"),
        _number("active", "mean users seen at all on the day (UTC) of the hour"),
        _number("seen", "mean users seen in the hour"),
        _number(
            "unknown_share",
            "share of them not seen in it: where they were is not known, nothing is filled in",
        ),
    ),
    sorted_by=("day_type", "hour"),
)

ALL: tuple[Table, ...] = (
    RHYTHMS,
    RHYTHM_CELLS,
    DESYNCHRONISATION,
    POLES,
    AREAS,
    AREA_FLOWS,
    USUAL_ENVIRONMENT,
    HOME_CHANGES,
    OD_PURPOSE,
    SIGNAL,
)


def conformed(table: Table, rows: pa.Table) -> pa.Table:
    """Rows in the declared order of columns and rows."""
    kept = rows.select([c.name for c in table.columns])
    return table.conform(kept.sort_by([(name, "ascending") for name in table.sorted_by]))
