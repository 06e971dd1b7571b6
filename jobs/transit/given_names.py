"""Names that parameters give, held against the feed: a line that is to be kept and does not exist is not kept."""

from collections.abc import Iterable

from jobs.errors import ConfigError
from jobs.transit.feeds.feed import Feed
from jobs.transit.params import TransitParams

_MOST_LISTED = 8


def check_names(feed: Feed, params: TransitParams) -> None:
    """Hold lines, stops and slots that parameters name against those that there are.

    Raises
    ------
    ConfigError
        The feed has no such line or stop, or there is no such slot.
    """
    _require(params.keep_lines, feed.routes.ids, "keep_lines", "line", "route_id of routes.txt")
    _require(
        params.protected_terminals, feed.stops.ids, "protected_terminals", "stop", "stop_id of stops.txt"
    )
    _require(
        params.floors.longest_headway_min,
        params.slots,
        "floors.longest_headway_min",
        "slot",
        "slots of transit.slots",
    )


def _require(named: Iterable[str], known: Iterable[str], key: str, what: str, where: str) -> None:
    there = list(known)
    missing = sorted(set(named) - set(there))
    if missing:
        some = ", ".join(there[:_MOST_LISTED]) + (", …" if len(there) > _MOST_LISTED else "")
        raise ConfigError(
            f"there is no {what} {', '.join(map(repr, missing))}", f"transit.{key}", f"name {where}: {some}"
        )
