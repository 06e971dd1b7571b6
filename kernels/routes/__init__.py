"""Kernels of the transit network design problem: sets of routes, scored and changed."""
