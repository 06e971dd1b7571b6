"""Numba kernels on plain NumPy arrays: no Spark, no files, no configuration, no clock."""
