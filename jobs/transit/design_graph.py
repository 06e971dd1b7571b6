"""The graph on which new lines are drawn: places to stop, and ride minutes between neighbours."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from jobs.transit.lines import LineSet
from jobs.transit.places import Clusters, leaders

_NEIGHBOURS = 8
_LONGEST_LINK_M = 2000.0
_MOST_HASTE = 2.0
"""Times the network's speed: feeds with times to the minute have links that take no time at all."""
_SPEED_IF_UNKNOWN = 250.0
"""Metres a minute straight from stop to stop: 15 km/h, a city bus in traffic."""


@dataclass(frozen=True)
class DesignGraph:
    """N places and symmetric links between them, sorted by tail."""

    cluster: np.ndarray
    """Cluster of each node."""
    xy: np.ndarray
    first: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    minutes: np.ndarray

    def neighbours(self, node: int) -> np.ndarray:
        """Nodes one link away."""
        return np.asarray(self.head[self.first[node] : self.first[node + 1]])


def speed_m_per_min(lines: LineSet) -> float:
    """Speed of today's lines, straight from stop to stop."""
    minutes = sum(float((p.departures * p.run_min).sum()) for p in lines.patterns)
    metres = sum(float(p.departures.sum()) * p.length_km * 1000.0 for p in lines.patterns)
    return metres / minutes if minutes > 0 and metres > 0 else _SPEED_IF_UNKNOWN


def design_graph(clusters: Clusters, lines: LineSet, spacing_m: float, street_detour: float) -> DesignGraph:
    """Thin the clusters to the stop spacing, busiest first, and link them.

    Links are those that lines ride today, with their minutes, and the nearest neighbours at the
    network's speed, longer by `street_detour`. Streets are unknown: a link without a line is a straight guess,
    so that new lines keep to ways that buses take today where these serve as well.
    """
    weight = np.zeros(clusters.count)
    for pattern, places in zip(lines.patterns, lines.places, strict=True):
        np.add.at(weight, places, pattern.departures.sum())
    order = np.lexsort((np.arange(clusters.count), -weight))
    cluster, node_of = np.unique(leaders(clusters.xy, spacing_m, order), return_inverse=True)
    xy = clusters.xy[cluster]
    speed = speed_m_per_min(lines)
    links = _nearest_links(xy, speed / street_detour)
    for a, b, minutes in _ridden_links(lines, node_of):
        ridden = max(minutes, float(np.hypot(*(xy[a] - xy[b]))) / (_MOST_HASTE * speed))
        links[(a, b)] = min(ridden, links.get((a, b), np.inf))
    both = {key: min(m, links.get(key[::-1], np.inf)) for key, m in links.items()}
    both |= {key[::-1]: m for key, m in both.items()}
    keys = np.array(sorted(both), np.int64).reshape(-1, 2)
    link_min = np.array([both[(int(a), int(b))] for a, b in keys])
    first = np.searchsorted(keys[:, 0], np.arange(len(cluster) + 1)).astype(np.int32)
    return DesignGraph(
        cluster.astype(np.int32),
        xy,
        first,
        keys[:, 0].astype(np.int32),
        keys[:, 1].astype(np.int32),
        link_min,
    )


def _nearest_links(xy: np.ndarray, speed: float) -> dict[tuple[int, int], float]:
    links = {}
    for node, place in enumerate(xy):
        distance = np.hypot(*(xy - place).T)
        distance[node] = np.inf
        for other in np.argsort(distance, kind="stable")[:_NEIGHBOURS]:
            if distance[other] <= _LONGEST_LINK_M:
                links[(node, int(other))] = float(distance[other] / speed)
    return links


def _ridden_links(lines: LineSet, node_of: np.ndarray) -> list[tuple[int, int, float]]:
    """Links between consecutive design nodes of today's patterns, with mean minutes."""
    out = []
    for pattern, places in zip(lines.patterns, lines.places, strict=True):
        nodes = node_of[places]
        clock = np.concatenate([[0.0], np.cumsum(pattern.ride_min.mean(axis=0))])
        starts = np.flatnonzero(np.concatenate([[True], nodes[1:] != nodes[:-1]]))
        for i, j in pairwise(starts):
            minutes = float(clock[j] - clock[i])
            if minutes > 0:
                out.append((int(nodes[i]), int(nodes[j]), minutes))
    return out
