"""Known ways of writing records: each a set of defaults for a source, by name."""

from dataclasses import dataclass
from typing import Any, Literal

DialectName = Literal[
    "generic",
    "d4d-civ2012",
    "d4d-sen2014",
    "d4d-d4r2018",
    "multimno",
    "bupt",
    "flowkit-calls",
    "flowkit-sms",
]


@dataclass(frozen=True)
class Dialect:
    """What a dialect says of a source; keys that the config gives override it."""

    meaning: str
    defaults: dict[str, Any]


_FLOWDB = {
    "user": "msisdn",
    "time": {"column": "datetime"},
    "cell": "location_id",
    "direction": {"column": "outgoing", "outgoing": ["t", "true"], "incoming": ["f", "false"]},
    "counterparty": "msisdn_counterpart",
}
_IDS_OF_A_SAMPLE = {"user_kind": "opaque", "format": "csv", "header": False}

DIALECTS: dict[DialectName, Dialect] = {
    "generic": Dialect("nothing is assumed: the config says it all", {}),
    "d4d-civ2012": Dialect(
        "D4D challenge, Côte d'Ivoire 2012, SET2: user, time and antenna by tabs, no header",
        {
            **_IDS_OF_A_SAMPLE,
            "delimiter": "\t",
            "columns": {"user": 0, "time": {"column": 1, "zone": "Africa/Abidjan"}, "cell": 2},
        },
    ),
    "d4d-sen2014": Dialect(
        "D4D challenge, Senegal 2014, SET2: user, time and site by commas, no header",
        {
            **_IDS_OF_A_SAMPLE,
            "columns": {"user": 0, "time": {"column": 1, "zone": "Africa/Dakar"}, "cell": 2},
        },
    ),
    "d4d-d4r2018": Dialect(
        "Data for Refugees challenge, Türkiye 2018, fine traces: user, time and site by commas, no header",
        {
            **_IDS_OF_A_SAMPLE,
            "columns": {"user": 0, "time": {"column": 1, "zone": "Europe/Istanbul"}, "cell": 2},
        },
    ),
    "multimno": Dialect(
        "bronze events of Eurostat's multimno, Parquet, with country codes; say the zone of the clock",
        {
            "user_kind": "opaque",
            "format": "parquet",
            "columns": {"user": "user_id", "time": {"column": "timestamp"}, "cell": "cell_id", "mcc": "mcc"},
        },
    ),
    "bupt": Dialect(
        "data records of Beijing 2015 (BUPT): the beginning of each, cells named by lac and ci",
        {
            "user_kind": "opaque",
            "columns": {
                "user": "user",
                "time": {"column": "start", "zone": "Asia/Shanghai"},
                "cell": ["lac", "ci"],
            },
        },
    ),
    "flowkit-calls": Dialect(
        "calls as FlowKit's database has them (events.calls), CSV with header or Parquet, hashed numbers",
        {
            "user_kind": "opaque",
            "columns": {**_FLOWDB, "kind": {"always": "call"}, "duration_s": "duration"},
        },
    ),
    "flowkit-sms": Dialect(
        "texts as FlowKit's database has them (events.sms), CSV with header or Parquet, hashed numbers",
        {"user_kind": "opaque", "columns": {**_FLOWDB, "kind": {"always": "text"}}},
    ),
}


def with_defaults(given: Any) -> Any:
    """A source as the config gives it, filled in by its dialect; unknown names are left to the schema."""
    if not isinstance(given, dict) or given.get("dialect") not in list(DIALECTS):
        return given
    return _merged(DIALECTS[given["dialect"]].defaults, given)


def _merged(defaults: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Mappings key by key, what is given before what is assumed; a null is given too."""
    merged = {**defaults, **given}
    for key in defaults.keys() & given.keys():
        if isinstance(defaults[key], dict) and isinstance(given[key], dict):
            merged[key] = _merged(defaults[key], given[key])
    return merged
