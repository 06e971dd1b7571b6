"""Routes as a proposal, before the network hears of it."""

from typing import NamedTuple

import numpy as np


class Draft(NamedTuple):
    """Proposed stops.

    Attributes
    ----------
    route, stops, size : int32 (2,), (2, longest), (2,), the routes to change and their stops.
    taken : bool (n,), scratch: nodes that the walk must not enter. All False between moves.
    bounds : int32 (2,), least and most nodes of a route.
    movable : int32, routes that may change.
    """

    route: np.ndarray
    stops: np.ndarray
    size: np.ndarray
    taken: np.ndarray
    bounds: np.ndarray
    movable: np.ndarray


def empty_draft(nodes: int, shortest: int, longest: int, movable: np.ndarray) -> Draft:
    """Room for proposals."""
    return Draft(
        np.zeros(2, np.int32),
        np.zeros((2, longest), np.int32),
        np.zeros(2, np.int32),
        np.zeros(nodes, np.bool_),
        np.array([shortest, longest], np.int32),
        movable.astype(np.int32),
    )
