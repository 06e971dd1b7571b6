"""Build a release bundle: data in published layouts, and all that a recipient has to know of them.

Only what disclosure control let through leaves as an aggregate. Traces carry no pseudonym: a released
identifier is a person's rank in an order that only the key holder can compute.
"""

from jobs.release.bundle import digests
from jobs.release.params import MICRO_DATA, ReleaseParams

__all__ = ["MICRO_DATA", "ReleaseParams", "digests"]
