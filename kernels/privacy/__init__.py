"""Noise, k-anonymity, suppression, and attacks that measure them."""
