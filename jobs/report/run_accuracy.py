"""The run report's account of accuracy: flows, homes and works beside the truth, where it is known."""

from jobs.report.content import JsonObject, as_number, as_object
from jobs.report.markup import Child, Heading, Html, data_table, join, missing_note, section, source_note
from jobs.report.run_content import RunContent
from jobs.report.words import Both, day_type_name, number, quantity, same, share, slot_name

_UNKNOWN = Both(
    "Not known: nobody can tell what truly happened, except in a simulated world. maillage run-report "
    "--truth FOLDER scores this run where truth is known.",
    "Inconnue : nul ne sait ce qui s’est vraiment passé, sauf dans un monde simulé. maillage run-report "
    "--truth DOSSIER note cette exécution si la vérité est connue.",
)
_SETS = {
    "estimate": Both("Estimate, before disclosure control", "Estimation, avant contrôle de divulgation"),
    "published": Both("Published table od", "Table od publiée"),
    "location ceiling": Both("Best possible through these antennas", "Mieux possible avec ces antennes"),
    "naive": Both("Every change of cell is a trip", "Chaque changement de cellule est un trajet"),
    "gravity": Both("Gravity model", "Modèle gravitaire"),
}
_SOURCE = Both(
    "maillage score: CPC, the common part of commuters, 1 where both matrices agree and 0 where they share "
    "nothing (Lenormand et al. 2012); bias of all trips; RMSE over pairs. Areas are H3 cells.",
    "maillage score : CPC, part commune des trajets, 1 si les matrices s’accordent et 0 si elles n’ont rien "
    "en commun (Lenormand et al. 2012) ; biais du total ; RMSE sur les paires. Lieux : cellules H3.",
)


def accuracy_section(content: RunContent) -> Html:
    """Measures against the truth, or that there is none."""
    title = Both("Accuracy", "Exactitude")
    told = as_object(content.accuracy)
    if not told:
        return section("accuracy", title, missing_note(_UNKNOWN))
    tables = [
        _sets(resolution, told, as_object(sets)) for resolution, sets in as_object(told.get("flows")).items()
    ]
    parts = [
        _parts(as_object(as_object(sets).get("estimate"))) for sets in as_object(told.get("flows")).values()
    ]
    intervals = [
        _intervals(as_object(as_object(s).get("published"))) for s in as_object(told.get("flows")).values()
    ]
    return section("accuracy", title, *tables, *parts, *intervals, _anchors(told), source_note(_SOURCE))


def _sets(resolution: str, told: JsonObject, sets: JsonObject) -> Html:
    headings = [
        Heading(Both("Flows", "Flux")),
        Heading(same("CPC"), True),
        Heading(Both("CPC between cells", "CPC entre cellules"), True),
        Heading(Both("Bias", "Biais"), True),
        Heading(same("RMSE"), True),
    ]
    rows: list[list[Child]] = []
    for name, figures in sets.items():
        figures = as_object(figures)
        between = as_object(figures.get("between_cells"))
        rows.append(
            [
                _SETS.get(name, same(name)),
                number(as_number(figures.get("cpc")), 3),
                number(as_number(between.get("cpc")), 3),
                share(as_number(figures.get("bias")), 1, signed=True),
                number(as_number(figures.get("rmse"))),
            ]
        )
    caption = (
        Both("H3 resolution ", "Résolution H3 ")
        + f"{resolution} · "
        + day_type_name(str(told.get("day_type")))
    )
    return data_table(caption, headings, rows, class_="sortable")


def _parts(estimate: JsonObject) -> Html:
    """The estimate by slot, band of distance and type of area."""
    rows: list[list[Child]] = []
    for part in ("slots", "bands", "areas"):
        for name, figures in as_object(estimate.get(part)).items():
            figures = as_object(figures)
            if as_number(figures.get("true_trips")):
                rows.append(
                    [
                        slot_name(name) if part == "slots" else same(name),
                        number(as_number(figures.get("true_trips"))),
                        number(as_number(figures.get("cpc")), 3),
                        share(as_number(figures.get("bias")), 1, signed=True),
                    ]
                )
    if not rows:
        return Html("")
    headings = [
        Heading(Both("Of the estimate", "De l’estimation")),
        Heading(Both("True trips", "Déplacements vrais"), True),
        Heading(same("CPC"), True),
        Heading(Both("Bias", "Biais"), True),
    ]
    caption = Both("By slot, distance and type of area", "Par tranche, distance et type de lieu")
    return data_table(caption, headings, rows, class_="sortable")


def _intervals(published: JsonObject) -> Html:
    held = as_object(published.get("interval_coverage"))
    if not held:
        return Html("")
    headings = [
        Heading(Both("Slot", "Tranche")),
        Heading(Both("Hold the truth", "Contiennent la vérité"), True),
    ]
    rows: list[list[Child]] = [[slot_name(name), share(as_number(value), 0)] for name, value in held.items()]
    caption = Both("90 % intervals of published flows", "Intervalles à 90 % des flux publiés")
    return data_table(caption, headings, rows)


def _anchors(told: JsonObject) -> Html:
    anchors = as_object(told.get("anchors"))
    names = {"home": Both("Home", "Domicile"), "work": Both("Place of work", "Lieu de travail")}
    rows: list[list[Child]] = []
    for kind, figures in anchors.items():
        figures = as_object(figures)
        right = as_object(figures.get("right"))
        said = [
            same(f"H3 {resolution}: ") + share(as_number(value), 0) for resolution, value in right.items()
        ]
        rows.append(
            [
                names.get(kind, same(kind)),
                share(as_number(figures.get("answered")), 0),
                join([*said]),
                quantity(as_number(figures.get("median_error_m")), "m"),
            ]
        )
    if not rows:
        return Html("")
    headings = [
        Heading(Both("Anchor", "Ancrage")),
        Heading(Both("Answered", "Réponses"), True),
        Heading(Both("Right", "Justes"), True),
        Heading(Both("Median error", "Erreur médiane"), True),
    ]
    return data_table(Both("Homes and works", "Domiciles et lieux de travail"), headings, rows)
