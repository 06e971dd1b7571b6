"""Hold a finished workspace against known truth: flows, homes, works, presence, and simple baselines."""

from jobs.score.accuracy import score
from jobs.score.counting import Finished
from jobs.score.truth import TRUTH_TABLES, folder_here

__all__ = ["TRUTH_TABLES", "Finished", "folder_here", "score"]
