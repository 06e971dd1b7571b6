"""Every table that a stage writes, declared once: columns, units, null rule, privacy class."""

import pyarrow as pa

from jobs.schema import Column, Privacy, Table

_SECONDS = pa.timestamp("s", tz="UTC")
_PERSON = Privacy.PERSONAL
_GROUP = Privacy.AGGREGATE
_USER = Column("user", pa.uint64(), "64-bit key of the window's 128-bit pseudonym", _PERSON)
_WINDOW = Column("window", pa.int32(), "index of the pseudonym window since the origin")

EVENTS = Table(
    "events",
    "event",
    (
        _USER,
        _WINDOW,
        Column("time", _SECONDS, "start of the event, UTC", _PERSON),
        Column("cell", pa.int32(), "radio cell: index into `cells`", _PERSON),
    ),
    sorted_by=("user", "time", "cell"),
    optional=(
        Column("kind", pa.string(), "call, text, data or other; null: not told", _PERSON, nullable=True),
        Column(
            "direction", pa.string(), "out: `user` began it; in: `user` was called", _PERSON, nullable=True
        ),
        Column(
            "counterparty",
            pa.uint64(),
            "the other party's key in the same window, made as `user` is; null: unknown",
            _PERSON,
            nullable=True,
        ),
        Column(
            "duration_s", pa.int32(), "seconds of a call or session; null: not told", _PERSON, nullable=True
        ),
    ),
)

CELLS = Table(
    "cells",
    "radio cell",
    (
        Column("cell", pa.int32(), "index, by order of cell_id"),
        Column("cell_id", pa.string(), "as the operator writes it"),
        Column("lon", pa.float64(), "degrees, WGS84", nullable=True),
        Column("lat", pa.float64(), "degrees, WGS84", nullable=True),
        Column("h3", pa.int64(), "H3 cell of the site", nullable=True),
        Column("zone", pa.string(), "zone that holds the site", nullable=True),
        Column("azimuth_deg", pa.float64(), "clockwise from north", nullable=True),
        Column("beam_deg", pa.float64(), "horizontal width", nullable=True),
        Column("range_m", pa.float64(), "metres", nullable=True),
    ),
    sorted_by=("cell",),
)

CELL_H3 = Table(
    "cell_h3",
    "radio cell x H3 cell",
    (
        Column("cell", pa.int32(), "index into `cells`"),
        Column("h3", pa.int64(), "H3 cell"),
        Column("weight", pa.float64(), "share of the cell's users there; sums to 1 per cell"),
    ),
    sorted_by=("cell", "h3"),
)

ZONES = Table(
    "zones",
    "zone x H3 cell",
    (
        Column("zone", pa.string(), "zone identifier"),
        Column("h3", pa.int64(), "H3 cell whose centre lies in the zone, or the one nearest to it"),
        Column("population", pa.float64(), "persons of the zone attributed to the H3 cell"),
    ),
    sorted_by=("zone", "h3"),
    optional=(
        Column(
            "market_share",
            pa.float64(),
            "share of the zone's people who are subscribers of the operator, 0..1; null: not known",
            nullable=True,
        ),
    ),
)

STAYS = Table(
    "stays",
    "stay",
    (
        _USER,
        _WINDOW,
        Column("place", pa.int32(), "radio cell at the heart of the stay: index into `cells`", _PERSON),
        Column("start", _SECONDS, "first event of the stay", _PERSON),
        Column("end", _SECONDS, "last event of the stay", _PERSON),
        Column("events", pa.int32(), "events in the stay", _PERSON),
    ),
    sorted_by=("user", "start"),
)

TRIPS = Table(
    "trips",
    "trip",
    (
        _USER,
        _WINDOW,
        Column("origin", pa.int32(), "radio cell of the stay before", _PERSON),
        Column("destination", pa.int32(), "radio cell of the stay after", _PERSON),
        Column("earliest_departure", _SECONDS, "last event at the origin", _PERSON),
        Column("latest_arrival", _SECONDS, "first event at the destination", _PERSON),
        Column(
            "departure",
            _SECONDS,
            "likely departure: drawn in the interval as trips of the kind begin",
            _PERSON,
        ),
        Column("purpose", pa.string(), "HBW, HBO, NHB (needs anchors), else null", _PERSON, nullable=True),
        Column(
            "stands_for",
            pa.float64(),
            "trips of the user that it stands for, at least 1: quiet users show few of theirs",
            _PERSON,
        ),
    ),
    sorted_by=("user", "earliest_departure"),
)

ANCHORS = Table(
    "anchors",
    "pseudonym x window",
    (
        _USER,
        _WINDOW,
        Column("home", pa.int32(), "radio cell; null: too little to tell", _PERSON, nullable=True),
        Column("work", pa.int32(), "radio cell; null: too little to tell", _PERSON, nullable=True),
        Column("home_h3", pa.int64(), "H3 cell of home; null: not sure enough", _PERSON, nullable=True),
        Column("work_h3", pa.int64(), "H3 cell of work; null: not sure enough", _PERSON, nullable=True),
        Column("home_confidence", pa.float64(), "share of active nights spent there, 0..1", _PERSON),
        Column("work_confidence", pa.float64(), "share of active working days seen there, 0..1", _PERSON),
        Column("active_days", pa.int32(), "local days with an event", _PERSON),
        Column(
            "weight",
            pa.float64(),
            "persons that this pseudonym stands for; 0: no person, not counted",
            _PERSON,
        ),
    ),
    sorted_by=("user",),
)

PRESENCE = Table(
    "presence",
    "H3 cell x hour",
    (
        Column("h3", pa.int64(), "H3 cell"),
        Column("hour", _SECONDS, "start of the hour, UTC"),
        Column("users", pa.int32(), "distinct pseudonyms seen", _GROUP),
        Column("population", pa.float64(), "persons, expanded", _GROUP),
    ),
    sorted_by=("h3", "hour"),
)

OD = Table(
    "od",
    "origin x destination x day_type x slot",
    (
        Column("origin", pa.int64(), "H3 cell"),
        Column("destination", pa.int64(), "H3 cell"),
        Column("day_type", pa.string(), "weekday, saturday or sunday"),
        Column("slot", pa.string(), "named part of the day, local time"),
        Column("users", pa.int32(), "distinct pseudonyms, largest count of any window", _GROUP),
        Column("trips", pa.float64(), "observed trips over the whole period", _GROUP),
        Column("population_trips", pa.float64(), "expanded trips per average day of the day type", _GROUP),
        Column(
            "population_trips_low",
            pa.float64(),
            "lower bound of their 90 % interval: of who was seen, and where, and of what is not seen; null: not known",
            _GROUP,
            nullable=True,
        ),
        Column("population_trips_high", pa.float64(), "upper bound of the same", _GROUP, nullable=True),
    ),
    sorted_by=("origin", "destination", "day_type", "slot"),
)

_LEVEL = Column(
    "level", pa.string(), "what is added up: h3_<resolution>, then slot or hour, day_type or day, all"
)

OD_MARGINS = Table(
    "od_margins",
    "level x origin x destination x day_type x slot",
    (
        _LEVEL,
        Column("origin", pa.int64(), "H3 cell of the level's resolution; null: all", nullable=True),
        Column("destination", pa.int64(), "H3 cell of the level's resolution; null: all", nullable=True),
        Column("day_type", pa.string(), "weekday, saturday or sunday; null: all", nullable=True),
        Column("slot", pa.string(), "named part of the day, local time; null: all", nullable=True),
        Column("users", pa.int32(), "distinct pseudonyms, largest count of any window", _GROUP),
        Column("trips", pa.float64(), "observed trips over the whole period", _GROUP),
        Column("population", pa.float64(), "the same expanded, persons' trips over the whole period", _GROUP),
    ),
    sorted_by=("level", "origin", "destination", "day_type", "slot"),
)

PRESENCE_MARGINS = Table(
    "presence_margins",
    "level x H3 cell x hour",
    (
        _LEVEL,
        Column("h3", pa.int64(), "H3 cell of the level's resolution; null: all", nullable=True),
        Column("hour", _SECONDS, "start of the hour or day, UTC; null: all", nullable=True),
        Column("users", pa.int32(), "distinct pseudonyms, largest count of any window", _GROUP),
        Column("user_hours", pa.float64(), "hours in which a pseudonym was seen", _GROUP),
        Column("population", pa.float64(), "the same expanded, persons' hours", _GROUP),
    ),
    sorted_by=("level", "h3", "hour"),
)

ALL: tuple[Table, ...] = (
    EVENTS,
    CELLS,
    CELL_H3,
    ZONES,
    STAYS,
    TRIPS,
    ANCHORS,
    PRESENCE,
    PRESENCE_MARGINS,
    OD,
    OD_MARGINS,
)


def named(name: str) -> Table:
    """Return the declared table called `name`."""
    for table in ALL:
        if table.name == name:
            return table
    raise KeyError(name)
