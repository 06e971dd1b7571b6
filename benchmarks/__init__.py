"""Benchmarks: scripts that print ratios side by side with peers."""
