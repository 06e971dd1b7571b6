"""Which version of the program is at work."""

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version


@lru_cache(maxsize=1)
def package_version() -> str:
    """Version of the installed distribution."""
    try:
        return version("maillage")
    except PackageNotFoundError:
        return "unknown"
