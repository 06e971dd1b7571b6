"""What a plan may be made of, and what of it excludes what else."""

from dataclasses import dataclass

from jobs.transit.changes import Change, Kind
from jobs.transit.coverage import Coverage
from jobs.transit.feeds.faults import Faults
from jobs.transit.lines import LineSet
from jobs.transit.selection import Rivals
from jobs.transit.twins import Twin

_SAME_PLACE_SHARE = 0.5
"""Candidates that share more of their stops are two drawings of one line."""


@dataclass(frozen=True)
class Candidates:
    """What a plan may be made of, and what it must mend or keep."""

    twins: list[Twin]
    changes: list[Change]
    """Changes of way."""
    faults: Faults
    rivals: Rivals
    coverage: Coverage


def rival_pairs(lines: LineSet) -> Rivals:
    """Of like new lines one is enough."""
    new, pairs = Kind.NEW_LINE, []
    candidates = [i for i, line in enumerate(lines.lines) if line.is_new and line.part_of < 0]
    for i, a in enumerate(candidates):
        for b in candidates[i + 1 :]:
            if _shared_places(lines, a, b) > _SAME_PLACE_SHARE:
                pairs.append(((a, new), (b, new)))
    return pairs


def _shared_places(lines: LineSet, a: int, b: int) -> float:
    places = [set(lines.places[lines.lines[i].patterns[0]].tolist()) for i in (a, b)]
    return len(places[0] & places[1]) / min(len(places[0]), len(places[1]))
