"""The largest flows as a table, for those who would rather read."""

from jobs.report.demand import WHOLE_DAY
from jobs.report.markup import Heading, Html, data_table, missing_note, section, source_note
from jobs.report.view import View
from jobs.report.words import Both, number

_ROWS = 20
_SOURCE = Both(
    "Table od: expanded trips per average day of the day type, by H3 cell. Trips inside one H3 cell are "
    "counted in the hexagons and left out here. Places are named by their zone and the last digits of "
    "their H3 index.",
    "Table od : déplacements redressés par jour moyen du type de jour, par cellule H3. Les déplacements "
    "internes à une cellule comptent dans les hexagones, pas ici. Les lieux portent le nom de leur zone "
    "et les derniers chiffres de leur indice H3.",
)
_NO_DEMAND = Both(
    "No flows: the table od is empty. Either the input is too small, or every pair stayed under the "
    "threshold k.",
    "Pas de flux : la table od est vide. L’entrée est trop petite, ou chaque paire est restée sous le "
    "seuil k.",
)


def flows_section(view: View) -> Html:
    """List the largest flows of the whole day; the page's script lists those of the chosen slot."""
    title = Both("Largest flows", "Plus grands flux")
    if not view.has_demand:
        return section("flows", title, missing_note(_NO_DEMAND))
    headings = [
        Heading(Both("From", "De")),
        Heading(Both("To", "Vers")),
        Heading(Both("Trips a day", "Déplacements par jour"), True),
    ]
    flows = view.demand.flows(view.day_type, WHOLE_DAY).top(_ROWS)
    ends = zip(flows.origin, flows.destination, flows.trips, strict=True)
    rows = [[view.places[o], view.places[d], number(float(trips))] for o, d, trips in ends]
    caption = Both("Between different places", "Entre lieux différents")
    return section("flows", title, data_table(caption, headings, rows, id="flow-table"), source_note(_SOURCE))
