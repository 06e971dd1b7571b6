"""The largest flows as a table, for those who would rather read."""

from jobs.report.demand import WHOLE_DAY
from jobs.report.markup import Child, Heading, Html, data_table, missing_note, section, source_note
from jobs.report.view import View
from jobs.report.words import DASH, Both, number

_ROWS = 20
_SOURCE = Both(
    "Table od: expanded trips per average day of the day type, by H3 cell. Trips inside one H3 cell are "
    "counted in the hexagons and left out here. Places are named by their zone and the last digits of "
    "their H3 index. Intervals are known for single slots.",
    "Table od : déplacements redressés par jour moyen du type de jour, par cellule H3. Les déplacements "
    "internes à une cellule comptent dans les hexagones, pas ici. Les lieux portent le nom de leur zone "
    "et les derniers chiffres de leur indice H3. Les intervalles sont connus par tranche.",
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
        Heading(Both("Trips a day", "Déplacements/jour"), True),
        Heading(Both("90 % interval", "Intervalle à 90 %"), True),
    ]
    flows = view.demand.flows(view.day_type, WHOLE_DAY).top(_ROWS)
    ends = zip(flows.origin, flows.destination, flows.trips, strict=True)
    rows: list[list[Child]] = [
        [view.places[o], view.places[d], number(float(trips)), DASH] for o, d, trips in ends
    ]
    caption = Both("Between different places", "Entre lieux différents")
    table = data_table(caption, headings, rows, id="flow-table", class_="sortable")
    return section("flows", title, table, source_note(_SOURCE))
