"""The run report's account of rows: what came in, what was rejected and why, day by day."""

from jobs.report.bars import bar_chart
from jobs.report.content import JsonObject, as_number, as_object, as_objects
from jobs.report.markup import Child, Heading, Html, data_table, el, join, missing_note, section, source_note
from jobs.report.run_content import RunContent
from jobs.report.words import DASH, Both, number, same, share

_MEANING = {
    "ragged_row": Both("more or fewer values than columns", "plus ou moins de valeurs que de colonnes"),
    "missing_user": Both("no identifier", "pas d’identifiant"),
    "bad_user": Both("identifier not of its kind", "identifiant mal formé"),
    "missing_time": Both("no time", "pas d’heure"),
    "bad_time": Both("time not as the config says", "heure non conforme à la configuration"),
    "nonexistent_time": Both("local time that the clock skipped", "heure locale sautée par l’horloge"),
    "outside_period": Both("outside the configured period", "hors de la période configurée"),
    "missing_cell": Both("no cell", "pas de cellule"),
    "unknown_cell": Both("cell not in the cell plan", "cellule absente du plan"),
    "bad_mcc": Both("no mobile country code", "pas d’indicatif de pays mobile"),
    "bad_kind": Both("unknown kind of event", "type d’événement inconnu"),
    "bad_direction": Both("unknown direction", "sens inconnu"),
    "bad_counterparty": Both("other party not of its kind", "correspondant mal formé"),
    "bad_duration": Both("impossible duration", "durée impossible"),
}
_SOURCE = Both(
    "Stage ingest. Rows in = accepted + rejected + duplicates + those of people who objected. Rejected rows "
    "stay in quarantine/ with file, row number and reason: maillage quarantine list.",
    "Étape ingest. Lignes lues = acceptées + rejetées + doublons + celles de personnes opposées. Les lignes "
    "rejetées restent dans quarantine/ avec fichier, numéro et raison : maillage quarantine list.",
)
_DAYS_SOURCE = Both(
    "Stage ingest, local days. Change: events against the median of the days before; silent: cells without an "
    "event among those in use on most of these days; a dash where these are too few.",
    "Étape ingest, jours locaux. Écart : événements par rapport à la médiane des jours précédents ; muettes : "
    "cellules sans événement parmi celles actives la plupart de ces jours ; un tiret s’il y en a trop peu.",
)
_FEW_HOURS = 12


def records_section(content: RunContent) -> Html:
    """Rows in, accepted, rejected by reason, by file."""
    told, title = content.ingest, Both("Records", "Enregistrements")
    rows_in = as_number(told.get("rows_in"))
    headings = [
        Heading(Both("What became of them", "Ce qu’ils sont devenus")),
        Heading(Both("Rows", "Lignes"), True),
        Heading(Both("Share", "Part"), True),
    ]
    kinds = (
        ("accepted", Both("accepted", "acceptées")),
        ("quarantined", Both("rejected", "rejetées")),
        ("duplicates", Both("duplicates", "doublons")),
        ("objected", Both("people who objected", "personnes opposées")),
    )
    rows = [_row(name, as_number(told.get(key)), rows_in) for key, name in kinds]
    table = data_table(Both("Rows in: ", "Lignes lues : ") + number(rows_in), headings, rows)
    return section("records", title, table, _reasons(told, rows_in), source_note(_SOURCE))


def _row(name: Child, count: float | None, rows_in: float | None) -> list[Child]:
    return [name, number(count), share(count / rows_in if count is not None and rows_in else None, 2)]


def _reasons(told: JsonObject, rows_in: float | None) -> Html:
    reasons = {str(name): as_number(count) for name, count in as_object(told.get("reasons")).items()}
    if not reasons:
        return el("p", Both("No row was rejected.", "Aucune ligne rejetée."))
    headings = [
        Heading(Both("Reason", "Raison")),
        Heading(Both("Rows", "Lignes"), True),
        Heading(Both("Share of rows in", "Part des lignes lues"), True),
    ]
    ranked = sorted(reasons.items(), key=lambda item: (-(item[1] or 0), item[0]))
    rows = [_row(_reason(name), count, rows_in) for name, count in ranked]
    return data_table(
        Both("Rejected rows by reason", "Lignes rejetées par raison"), headings, rows, class_="sortable"
    )


def _reason(name: str) -> Html:
    meaning = _MEANING.get(name)
    return join([name.replace("_", " "), el("small", meaning) if meaning else None])


def days_section(content: RunContent) -> Html:
    """Events and users of each local day, and what is missing."""
    title = Both("Day by day", "Jour par jour")
    days = as_objects(content.ingest.get("days"))
    if not days:
        return section(
            "days", title, missing_note(Both("No day has an event.", "Aucun jour n’a d’événement."))
        )
    events = [as_number(day.get("events")) or 0.0 for day in days]
    gaps = frozenset(i for i, day in enumerate(days) if _hours_missing(day))
    every = max(len(days) // 7, 1)
    names = {i: str(day.get("day"))[5:] for i, day in enumerate(days) if i % every == 0}
    label = Both(
        "Events a day; days that lack hours are dashed", "Événements par jour ; jours incomplets en pointillé"
    )
    headings = [
        Heading(Both("Day", "Jour")),
        Heading(Both("Events", "Événements"), True),
        Heading(Both("Change", "Écart"), True),
        Heading(Both("Users", "Abonnés"), True),
        Heading(Both("Rejected", "Rejetées"), True),
        Heading(Both("Silent cells", "Cellules muettes"), True),
        Heading(Both("Hours without an event", "Heures sans événement"), True),
    ]
    table = data_table(
        Both("Local days", "Jours locaux"), headings, [_day(day) for day in days], class_="sortable"
    )
    gist = el("p", _gaps(content, days))
    return section(
        "days", title, gist, bar_chart(events, names, label, gaps), table, source_note(_DAYS_SOURCE)
    )


def _hours_missing(day: JsonObject) -> list[object]:
    hours = day.get("missing_hours")
    return list(hours) if isinstance(hours, list | tuple) else []


def _day(day: JsonObject) -> list[Child]:
    rejected = sum(as_number(count) or 0 for count in as_object(day.get("rejected")).values())
    hours = _hours_missing(day)
    listed = ", ".join(str(hour) for hour in hours) if len(hours) <= _FEW_HOURS else str(len(hours))
    silent = join([number(as_number(day.get("silent_cells"))),
                   el("small", share(as_number(day.get("silent_share")), 1))])  # fmt: skip
    return [
        str(day.get("day", DASH)),
        number(as_number(day.get("events"))),
        share(as_number(day.get("events_change")), 0, signed=True),
        number(as_number(day.get("users"))),
        number(rejected),
        silent,
        listed or DASH,
    ]


def _gaps(content: RunContent, days: list[JsonObject]) -> Both:
    lacking = [str(day.get("day")) for day in days if _hours_missing(day)]
    said = (
        number(len(days))
        + Both(" days, ", " jours, ")
        + str(days[0].get("day"))
        + " – "
        + str(days[-1].get("day"))
    )
    if not lacking:
        return said + Both("; every hour has events.", " ; chaque heure a des événements.")
    some = ", ".join(lacking[:5]) + (" …" if len(lacking) > 5 else "")
    return said + Both("; hours without any event on ", " ; heures sans événement les ") + same(f"{some}.")
