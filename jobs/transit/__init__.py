"""Transit stage: plan changes of a bus network from an OD matrix and a GTFS feed."""
