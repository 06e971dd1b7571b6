"""Counts of people: partial sums, coarser levels, expansion, intervals, and what may leave."""
