"""The names of the stages, in order: apart from the stages themselves, which take seconds to load."""

NAMES: tuple[str, ...] = (
    "world",
    "locate",
    "ingest",
    "stays",
    "anchors",
    "trips",
    "presence",
    "od",
    "release",
    "transit",
    "report",
)
