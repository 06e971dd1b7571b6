"""How long a search lasts: by a clock, or by a number of steps that gives equal results everywhere."""

import time
from collections.abc import Callable
from typing import Protocol

_ROUNDS = 400
_ROUND_STEPS, _ROUND_S = 2_000, 0.1
"""A round is no longer, so that a search can be interrupted."""


class Budget(Protocol):
    """Divides a search into rounds."""

    def spent(self) -> float:
        """Share of the search that is over, 0 to 1."""

    def ahead(self) -> float:
        """Share that the next round will take."""

    def steps(self) -> int:
        """Steps of the next round."""

    def done(self, steps: int, seconds: float) -> None:
        """Account for a round."""


class StepBudget:
    """A number of steps for each chain."""

    def __init__(self, steps: int) -> None:
        self._all, self._left = steps, steps
        self._round = min(_ROUND_STEPS, max(1, steps // _ROUNDS))

    def spent(self) -> float:
        """Share of the steps that are over."""
        return 1 - self._left / self._all

    def ahead(self) -> float:
        """Share of the next round."""
        return self.steps() / self._all

    def steps(self) -> int:
        """As many in each round, the last one aside."""
        return min(self._round, self._left)

    def done(self, steps: int, seconds: float) -> None:
        """Count the steps."""
        self._left -= steps


class TimeBudget:
    """Seconds until a moment of a clock; rounds are as long as the last one makes expect.

    Parameters
    ----------
    ends : moment at which the search is over.
    """

    def __init__(self, ends: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._began, self._ends = clock, clock(), ends
        self._round_s = min(_ROUND_S, max(0.001, (ends - self._began) / _ROUNDS))
        self._steps = 50

    def spent(self) -> float:
        """Share of the time that is over."""
        if self._ends <= self._began:
            return 1.0
        return min(1.0, (self._clock() - self._began) / (self._ends - self._began))

    def ahead(self) -> float:
        """Share of one round."""
        return self._round_s / max(1e-9, self._ends - self._began)

    def steps(self) -> int:
        """As many as the next round has time for."""
        return self._steps

    def done(self, steps: int, seconds: float) -> None:
        """Learn from how long a round took."""
        longer = self._round_s / max(seconds, 1e-6)
        self._steps = max(1, int(steps * min(4.0, max(0.25, longer))))
