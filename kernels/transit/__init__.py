"""Passengers on a network of lines: paths, strategies, loads, and what a line more would save."""
