"""The transit network design problem (TNDP): instances, scores of route sets, and a search for better ones."""

from jobs.tndp.instance import TransitInstance
from jobs.tndp.score import Score, score

__all__ = ["Score", "TransitInstance", "score"]
