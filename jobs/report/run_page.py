"""The run report: what went in, what was lost and why, what is known of days, places and people, and how well."""

from pathlib import Path

from jobs.report.content import as_number, as_object, as_objects
from jobs.report.document import document
from jobs.report.figures import Figure, figure_list
from jobs.report.markup import Heading, Html, data_table, section
from jobs.report.origins import provenance_part
from jobs.report.rhythm import rhythm_part
from jobs.report.run_accuracy import accuracy_section
from jobs.report.run_content import RunContent
from jobs.report.run_coverage import coverage_section
from jobs.report.run_people import people_section
from jobs.report.run_records import days_section, records_section
from jobs.report.words import Both, number, same, share

_SUBTITLE = Both(
    "Run report, for those who hold the records: what went in, what was lost, and how far the rest carries. "
    "It names input files: keep it with the operator.",
    "Rapport d’exécution, pour qui détient les relevés : ce qui est entré, ce qui s’est perdu, et ce que vaut le "
    "reste. Il nomme les fichiers d’entrée : à garder chez l’opérateur.",
)


def write_run_report(content: RunContent, out_file: Path) -> int:
    """Write the page and return its size in bytes; the same content gives the same bytes."""
    parts = [
        records_section(content),
        days_section(content),
        coverage_section(content),
        rhythm_part(content.presence, content.calendar),
        people_section(content),
        accuracy_section(content),
        _remarks(content),
        provenance_part(content.provenance, content.stages),
    ]
    page = document(content.title, _SUBTITLE, parts, figure_list(_figures(content)))
    return out_file.write_bytes(page.encode())


def _figures(content: RunContent) -> list[Figure]:
    told, source = content.ingest, Both("Stage ingest", "Étape ingest")
    rows_in, accepted = (as_number(told.get(key)) for key in ("rows_in", "accepted"))
    days = as_objects(told.get("days"))
    users = [n for day in days if (n := as_number(day.get("users"))) is not None]
    found = [
        Figure(number(rows_in), Both("rows in", "lignes lues"), source),
        Figure(share(accepted / rows_in if rows_in and accepted is not None else None, 2),
               Both("of them accepted", "d’entre elles acceptées"), source),
        Figure(number(len(days)), Both("local days with events", "jours locaux avec événements"), source),
        Figure(number(sorted(users)[len(users) // 2] if users else None),
               Both("users on a usual day", "abonnés un jour ordinaire"), source),
    ]  # fmt: skip
    return [*found, _truth(content)]


def _truth(content: RunContent) -> Figure:
    sets = next(iter(as_object(as_object(content.accuracy).get("flows")).values()), None)
    cpc = as_number(as_object(as_object(sets).get("estimate")).get("cpc"))
    label = Both("of trips where they truly are (CPC)", "des déplacements bien placés (CPC)")
    return Figure(
        share(cpc, 0),
        label,
        Both("Held against the truth; a dash: unknown", "Face à la vérité ; tiret : inconnu"),
    )


def _remarks(content: RunContent) -> Html:
    if not content.remarks:
        return Html("")
    rows = [[same(stage), same(said)] for stage, said in content.remarks]
    headings = [Heading(Both("Stage", "Étape")), Heading(Both("Remark", "Remarque"))]
    title = Both("Remarks", "Remarques")
    return section(
        "remarks",
        title,
        data_table(Both("What stages had to say", "Ce qu’ont dit les étapes"), headings, rows),
    )
