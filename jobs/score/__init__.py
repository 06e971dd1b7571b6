"""Hold a finished workspace against known truth: flows, homes, works, presence, and simple baselines."""

from jobs.score.accuracy import Finished, score

__all__ = ["Finished", "score"]
