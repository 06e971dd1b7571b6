"""The rhythm of the day: people present by hour, as bars."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.report.markup import Html, el, labelled, missing_note, section, source_note
from jobs.report.view import View
from jobs.report.words import Both, number, same

_HOURS = 24
_WIDTH, _HEIGHT, _LEFT, _FOOT = 480, 150, 62, 22
_STEP = (_WIDTH - _LEFT) / _HOURS
_NO_PRESENCE = Both(
    "No rhythm of the day: the table presence was not given to this page.",
    "Pas de rythme de la journée : la table presence n’a pas été donnée à cette page.",
)
_SOURCE = Both(
    "Table presence: people whose phones were active in an hour, expanded to the population, summed "
    "over H3 cells, mean of all days. Hours in UTC. Silent phones are not seen: low hours are quiet "
    "hours, not empty ones.",
    "Table presence : personnes dont le téléphone a été actif dans l’heure, redressées à la population, "
    "sommées sur les cellules H3, moyenne de tous les jours. Heures UTC. Un téléphone muet n’est pas vu "
    ": une heure basse est calme, pas vide.",
)


def rhythm_section(view: View) -> Html:
    """Draw people present by hour of the day."""
    title = Both("Rhythm of the day", "Rythme de la journée")
    presence = view.content.presence
    if presence is None or presence.num_rows == 0:
        return section("rhythm", title, missing_note(_NO_PRESENCE))
    people = present_by_hour(presence)
    return section("rhythm", title, el("p", _peak(people)), _bars(people), source_note(_SOURCE))


def present_by_hour(presence: pa.Table) -> NDArray[np.float64]:
    """Mean over days of the people present in each hour of the day (24 values, UTC)."""
    hour = pc.hour(presence["hour"]).to_numpy()
    days = len(pc.unique(pc.floor_temporal(presence["hour"], unit="day")))
    people = np.nan_to_num(presence["population"].to_numpy())
    return np.bincount(hour, people, minlength=_HOURS).astype(np.float64) / days


def _peak(people: NDArray[np.float64]) -> Both:
    busiest, quietest = int(people.argmax()), int(people.argmin())
    return (
        Both("Most people are seen at ", "Le plus de monde est vu à ")
        + f"{busiest:02d}:00 ("
        + number(_rounded(people[busiest]))
        + Both("), fewest at ", "), le moins à ")
        + f"{quietest:02d}:00 ("
        + number(_rounded(people[quietest]))
        + ")."
    )


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _bars(people: NDArray[np.float64]) -> Html:
    top = float(people.max()) or 1.0
    full = _HEIGHT - _FOOT - 8
    heights = [full * float(value) / top for value in people]
    bars = [
        el("rect", x=f"{_LEFT + i * _STEP + 1:.1f}", y=f"{_HEIGHT - _FOOT - h:.1f}",
           width=f"{_STEP - 2:.1f}", height=f"{h:.1f}")
        for i, h in enumerate(heights)
    ]  # fmt: skip
    hours = [
        el("text", f"{hour:02d}", x=f"{_LEFT + (hour + 0.5) * _STEP:.1f}", y=_HEIGHT - 6)
        for hour in range(0, _HOURS, 3)
    ]
    label = Both("People present by hour of the day", "Personnes présentes par heure de la journée")
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return el(
        "svg", *_grid(top, full), *bars, *hours, viewBox=box, role="img", class_="rhythm", **labelled(label)
    )


def _grid(top: float, full: float) -> list[Html]:
    lines = []
    for part in (0.5, 1.0):
        y = _HEIGHT - _FOOT - full * part
        lines.append(el("path", d=f"M{_LEFT} {y:.1f}H{_WIDTH}", class_="grid"))
        text = same(number(_rounded(top * part)).en)
        lines.append(el("text", text, x=_LEFT - 6, y=f"{y + 4:.1f}", class_="scale"))
    return lines
