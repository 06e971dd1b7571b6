"""Search what a run made for identifiers of the raw records, in whatever they are wrapped."""

from jobs.leakscan.needles import Needles, needles_of, read_identifiers
from jobs.leakscan.scan import Finding, ScanResult, scan

__all__ = ["Finding", "Needles", "ScanResult", "needles_of", "read_identifiers", "scan"]
