"""Transit lines, walks and trips as arrays, for the assignment and what is like it."""

from typing import NamedTuple

import numpy as np


class LineNetwork(NamedTuple):
    """Lines and walking transfers as arrays. L positions, S stops.

    The last position of a line has ``ride_min = inf`` and ``frequency = 0``; positions of a line
    are consecutive. Walking links include each stop to itself with 0 minutes, and are symmetric.
    """

    position_stop: np.ndarray
    ride_min: np.ndarray
    frequency: np.ndarray
    """Departures a minute."""
    stop_first: np.ndarray
    """Positions at stop s are ``stop_position[stop_first[s]:stop_first[s + 1]]``."""
    stop_position: np.ndarray
    walk_first: np.ndarray
    walk_stop: np.ndarray
    walk_min: np.ndarray


class Access(NamedTuple):
    """Walks between zones and stops: zone z reaches ``stop[first[z]:first[z + 1]]``."""

    first: np.ndarray
    stop: np.ndarray
    walk_min: np.ndarray


class Demand(NamedTuple):
    """Trips sorted by destination zone; entry e is one origin-destination pair.

    ``fallback`` is the perceived minutes of the trip without transit (all on foot, or by other
    means); who finds no better strategy takes it.
    """

    first: np.ndarray
    origin: np.ndarray
    trips: np.ndarray
    fallback: np.ndarray


class Weights(NamedTuple):
    """Perceived minutes per minute, and the wait of a line alone as a share of its headway."""

    walk: float
    first_wait: float
    transfer_wait: float
    transfer_penalty: float
    wait_share: float
