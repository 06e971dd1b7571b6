"""One source of randomness a topic, so that a change in one part of the world leaves the others alone."""

from enum import IntEnum

import numpy as np


class Topic(IntEnum):
    """What random numbers are drawn for."""

    CITY = 1
    HOMES = 2
    WORK = 3
    SCHOOL = 4
    MARKET = 5
    LEISURE = 6
    POINTS = 7
    ROLES = 8
    SUBSCRIBERS = 9
    NUMBERS = 10
    RATES = 11
    CHAINS = 12
    SITES = 13
    SHADOWS = 14
    EVENTS = 15
    CELLS = 16  # EVENTS + 1: kernels.world.phones
    NOISE = 17
    BUS = 18
    SECOND_SIMS = 19
    MACHINES = 20
    SWITCHED_OFF = 21
    CONTACTS = 22
    FOREIGN_NUMBERS = 23
    CALLS = 24
    FAVOURITES = 25  # CALLS + 1: kernels.world.calls
    ANSWERS = 26


def generator(seed: int, topic: Topic, *more: int) -> np.random.Generator:
    """NumPy generator of `topic` (and, say, a day)."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, int(topic), *more])))
