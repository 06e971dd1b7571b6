"""The rhythm of the day: people present by hour, as bars, one chart for each type of day."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, DAY_TYPES, HOUR_S, CalendarParams
from jobs.engine.columns import epoch_seconds
from jobs.report.bars import bar_chart, rounded
from jobs.report.markup import Html, el, join, missing_note, section, source_note
from jobs.report.view import View
from jobs.report.words import Both, day_type_name, number, same

_HOURS = 24
_NO_PRESENCE = Both(
    "No rhythm of the day: the table presence was not given to this page.",
    "Pas de rythme de la journée : la table presence n’a pas été donnée à cette page.",
)
_SOURCE = Both(
    "Table presence: people whose phones were active in an hour, expanded to the population, summed "
    "over H3 cells, mean of the days of each type. Silent phones are not seen: low hours are quiet "
    "hours, not empty ones. ",
    "Table presence : personnes dont le téléphone a été actif dans l’heure, redressées à la population, "
    "sommées sur les cellules H3, moyenne des jours de chaque type. Un téléphone muet n’est pas vu "
    ": une heure basse est calme, pas vide. ",
)
_LOCAL = Both("Hours are local.", "Heures locales.")
_UTC = Both("Hours are in UTC.", "Heures en UTC.")


def rhythm_section(view: View) -> Html:
    """Draw people present by hour of the day."""
    return rhythm_part(view.content.presence, view.content.calendar)


def rhythm_part(presence: pa.Table | None, calendar: CalendarParams | None) -> Html:
    """Draw people present by hour of the day, of a table `presence`."""
    title = Both("Rhythm of the day", "Rythme de la journée")
    if presence is None or presence.num_rows == 0:
        return section("rhythm", title, missing_note(_NO_PRESENCE))
    charts = [_chart(name, people) for name, people in present_by_hour(presence, calendar)]
    return section("rhythm", title, *charts, source_note(_SOURCE + (_LOCAL if calendar else _UTC)))


def present_by_hour(
    presence: pa.Table, calendar: CalendarParams | None
) -> list[tuple[Both, NDArray[np.float64]]]:
    """Mean people present in each hour (24 values) of each type of day; without calendar of all days, in UTC."""
    seconds = epoch_seconds(presence["hour"])
    local = calendar.clock.to_local(seconds) if calendar else seconds
    hour, day = local % DAY_S // HOUR_S, local // DAY_S
    people = np.nan_to_num(presence["population"].to_numpy())
    if calendar is None:
        days = int(np.unique(day).size)
        return [(Both("All days", "Tous les jours"), np.bincount(hour, people, minlength=_HOURS) / days)]
    kind = calendar.day_type_of_day(day)
    seen = calendar.day_type_of_day(np.unique(day))
    found = []
    for number_, name in enumerate(DAY_TYPES):
        days, of_kind = int((seen == number_).sum()), kind == number_
        if days:
            mean = np.bincount(hour[of_kind], people[of_kind], minlength=_HOURS) / days
            found.append((day_type_name(name), mean))
    return found


def _chart(name: Both, people: NDArray[np.float64]) -> Html:
    label = name + Both(": people present by hour", " : personnes présentes par heure")
    hours = {hour: f"{hour:02d}" for hour in range(0, _HOURS, 3)}
    return join([el("p", name + same(". ") + _peak(people)), bar_chart(people.tolist(), hours, label)])


def _peak(people: NDArray[np.float64]) -> Both:
    busiest, quietest = int(people.argmax()), int(people.argmin())
    return (
        Both("Most people are seen at ", "Le plus de monde est vu à ")
        + f"{busiest:02d}:00 ("
        + number(rounded(float(people[busiest])))
        + Both("), fewest at ", "), le moins à ")
        + f"{quietest:02d}:00 ("
        + number(rounded(float(people[quietest])))
        + ")."
    )
