"""Transit stage: plan changes of a bus network from an OD matrix and a GTFS feed."""

from jobs.transit.params import TransitParams
from jobs.transit.plan import plan_network

__all__ = ["TransitParams", "plan_network"]
