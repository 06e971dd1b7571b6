"""Kernels of the simulated city."""
