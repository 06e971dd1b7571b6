"""Weekly rest days and public holidays of a country, from the `holidays` package."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

EPOCH = date(1970, 1, 1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_MAIN_REST_DAY = {"IL": _SATURDAY}
"""Where the day of rest is neither Sunday nor, in a weekend without it, Friday."""


def known_country(code: str) -> str:
    """ISO 3166-1 alpha-2 code, in capitals.

    Raises
    ------
    ValueError
        The package does not know it.
    """
    from holidays import list_supported_countries

    country = code.upper()
    if len(country) != 2 or country not in list_supported_countries():
        raise ValueError(
            f"{code!r} is no country whose holidays are known; use two letters as in ISO 3166-1, such as SN or CI"
        )
    return country


def known_region(country: str, region: str) -> str:
    """Part of a country with holidays of its own.

    Raises
    ------
    ValueError
        The package does not know it; the message lists those that it knows.
    """
    from holidays import list_supported_countries

    regions = list_supported_countries()[country]
    if region not in regions:
        raise ValueError(f"{region!r} is no region of {country}; known are: {', '.join(regions) or 'none'}")
    return region


def weekly_rest(country: str | None) -> dict[int, int]:
    """Days of the week (Monday is 0) that are not working days, and what each counts as: 1 saturday, 2 sunday.

    The main day of rest counts as a sunday: Sunday where it is free, else Friday, else the last free day. Any
    other free day counts as a saturday.
    """
    free = {_SATURDAY, _SUNDAY} if country is None else set(_of(country, None, EPOCH.year).weekend)
    wanted = [_MAIN_REST_DAY.get(country or "", _SUNDAY), _SUNDAY, _FRIDAY, max(free, default=_SUNDAY)]
    main = next((day for day in wanted if day in free), None)
    return {day: 2 if day == main else 1 for day in sorted(free)}


@lru_cache(maxsize=256)
def public_holidays(country: str, region: str | None, year: int) -> frozenset[int]:
    """Public holidays of a year, as days since 1970, days off in lieu among them.

    Feasts that depend on the moon are estimates in years whose dates were not yet announced.
    """
    return frozenset((day - EPOCH).days for day in _of(country, region, year))


@lru_cache(maxsize=256)
def moved_working_days(country: str, year: int) -> frozenset[int]:
    """Days of the weekend that a government made working days, as days since 1970 (China moves some each year)."""
    moved = getattr(_of(country, None, year), "weekend_workdays", ())
    return frozenset((day - EPOCH).days for day in moved if day.year == year)


@lru_cache(maxsize=256)
def _of(country: str, region: str | None, year: int) -> "HolidayBase":
    from holidays import country_holidays

    found = country_holidays(country, subdiv=region, years=year)
    found.expand = False  # years that are only asked about stay out of it
    return found
