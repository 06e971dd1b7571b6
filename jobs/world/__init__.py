"""The simulated world: people, phones, antennas and buses with known truth."""

from jobs.world.make import make_world
from jobs.world.params import WorldParams

__all__ = ["WorldParams", "make_world"]
