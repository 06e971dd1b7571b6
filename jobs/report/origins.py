"""Where it all comes from: method, disclosure control, inputs with digests, stages."""

from pathlib import PurePath
from typing import Any

from jobs.report.content import JsonObject, as_number, as_object, as_objects, first_number
from jobs.report.figures import suppressed_share
from jobs.report.markup import Child, Heading, Html, data_table, el, join, missing_note, section, source_note
from jobs.report.view import View, slot_names
from jobs.report.words import DASH, Both, day_type_name, number, quantity, same, share, slot_name

_STEPS = (
    Both(
        "Call records are read once. Each identifier is replaced by a keyed pseudonym (HMAC-SHA-256, a "
        "new key every window) before anything else happens; the originals go no further.",
        "Les relevés d’appels sont lus une fois. Chaque identifiant est remplacé par un pseudonyme à "
        "clé (HMAC-SHA-256, une nouvelle clé par fenêtre) avant toute autre étape ; les originaux ne "
        "sont pas gardés.",
    ),
    Both(
        "Stays are dwells at one place, trips are the moves between two stays. Trips are counted by "
        "origin and destination H3 cell, day type and slot, and expanded from the observed subscribers "
        "to the population.",
        "Un séjour est un arrêt en un lieu, un déplacement relie deux séjours. Les déplacements sont "
        "comptés par cellule H3 d’origine et de destination, type de jour et tranche, puis redressés à "
        "la population.",
    ),
    Both(
        "Phones are silent most of the time: short trips and short stops are missed, and departure "
        "times are known as intervals. Figures are estimates, good for comparing places and options, "
        "not for counting single trips.",
        "Un téléphone est muet la plupart du temps : trajets et arrêts courts échappent, et l’heure de "
        "départ n’est connue que par intervalle. Ces estimations comparent des lieux et des options ; "
        "elles ne comptent pas chaque déplacement.",
    ),
    Both(
        "The present bus network is loaded with this demand by optimal strategies on frequencies "
        "(Spiess and Florian 1989). Changes are drawn up as candidates, chosen under a vehicle-hour "
        "budget, and the whole network is evaluated again.",
        "Cette demande est affectée au réseau actuel par stratégies optimales sur les fréquences "
        "(Spiess et Florian 1989). Des changements candidats sont choisis dans un budget "
        "d’heures-véhicules, puis tout le réseau est réévalué.",
    ),
)


def method_section(view: View) -> Html:
    """Tell the method in four steps, with the assumptions of the plan."""
    steps = el("ol", *(el("li", step) for step in _STEPS), class_="steps")
    return section("method", Both("Method", "Méthode"), steps, _planned_for(view), _assumptions(view))


def _planned_for(view: View) -> Html:
    date, day, slots = view.plan.get("planning_date"), view.plan.get("day_type"), slot_names(view.plan)
    if not (date or day or slots):
        return Html("")
    said = Both("Planned for: ", "Plan établi pour : ")
    said += " · ".join(str(part) for part in (date,) if part)
    if day:
        said += Both(" · ", " · ") + day_type_name(str(day))
    for slot in slots:
        said += same(" · ") + slot_name(slot)
    return el("p", said)


def _assumptions(view: View) -> Html:
    rows: list[list[Child]] = [[same(n), same(v)] for n, v in _flat(as_object(view.plan.get("assumptions")))]
    if not rows:
        return Html("")
    headings = [Heading(Both("Name", "Nom")), Heading(Both("Value", "Valeur"), True)]
    table = data_table(
        Both("As the transit stage wrote them", "Telles qu’écrites par l’étape transit"), headings, rows
    )
    return el("details", el("summary", Both("Assumptions of the plan", "Hypothèses du plan")), table)


def _flat(source: JsonObject, prefix: str = "") -> list[tuple[str, str]]:
    found = []
    for key, value in source.items():
        name = f"{prefix}{key}".replace("_", " ")
        if isinstance(value, dict):
            found += _flat(value, f"{name}: ")
        else:
            found.append((name, _plain(value)))
    return found


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(v) for v in value)
    return DASH if value is None else str(value)


def privacy_section(view: View) -> Html:
    """Say the threshold and what it cost."""
    disclosure = view.content.disclosure
    title = Both("Protection of people", "Protection des personnes")
    if not disclosure:
        why = Both(
            "Unknown: the run gave no record of disclosure control. Do not publish this page before it "
            "is known.",
            "Inconnue : l’exécution ne donne aucune trace du contrôle de divulgation. Ne pas publier "
            "cette page avant de la connaître.",
        )
        return section("privacy", title, missing_note(why))
    k = number(first_number(disclosure, ("k", "min_users")))
    rule = (
        Both(
            "A pair of places is shown for a slot only if at least ",
            "Une paire de lieux n’est montrée que si au moins ",
        )
        + k
        + Both(" subscribers made the trip in it", " abonnés ont fait le trajet dans la tranche")
        + Both(" (threshold k, distinct subscribers).", " (seuil k, abonnés différents).")
    )
    return section("privacy", title, el("p", rule), el("p", _held_back(disclosure)))


def _held_back(disclosure: JsonObject) -> Both:
    pairs = number(first_number(disclosure, ("suppressed_pairs", "flows_withheld")))
    trips = number(first_number(disclosure, ("suppressed_trips", "trips_withheld")))
    said = (
        Both("Held back: ", "Retenus : ") + pairs + Both(" pairs by slot, ", " paires par tranche, ") + trips
    )
    said += Both(" observed trips", " déplacements observés")
    lost = suppressed_share(disclosure)
    return said + ("." if lost is None else same(" (") + share(lost) + ").")


def provenance_section(view: View) -> Html:
    """List inputs, versions and stages, so that the page can be made again."""
    return provenance_part(view.content.provenance, view.content.stages)


def provenance_part(provenance: JsonObject, stages: list[dict[str, Any]]) -> Html:
    """The same, of a run's account of itself."""
    title = Both("Where it comes from", "Provenance")
    if not provenance and not stages:
        why = Both("Unknown: the run gave no manifest.", "Inconnue : l’exécution n’a pas donné de manifeste.")
        return section("provenance", title, missing_note(why))
    return section("provenance", title, _identity(provenance), _inputs(provenance), _stages(stages))


def _identity(provenance: JsonObject) -> Html:
    known = (
        (Both("Run", "Exécution"), ("run_id", "run")),
        (Both("Maillage version", "Version de Maillage"), ("version",)),
        (Both("Config digest", "Empreinte de la configuration"), ("config_digest", "config_sha256")),
    )
    pairs = [(label, next((provenance[k] for k in keys if provenance.get(k)), None)) for label, keys in known]
    items = [el("div", el("dt", label), el("dd", el("code", str(v)))) for label, v in pairs if v is not None]
    return el("dl", *items, class_="identity") if items else Html("")


def _inputs(provenance: JsonObject) -> Html:
    inputs = as_objects(provenance.get("inputs"))
    if not inputs:
        return missing_note(Both("No input file is listed.", "Aucun fichier d’entrée n’est listé."))
    headings = [
        Heading(Both("File", "Fichier")),
        Heading(Both("Rows", "Lignes"), True),
        Heading(Both("Accepted", "Acceptées"), True),
        Heading(Both("Duplicates", "Doublons"), True),
        Heading(Both("Quarantine", "Quarantaine"), True),
    ]
    caption = Both(
        "Inputs: rows = accepted + duplicates + quarantined",
        "Entrées : lignes = acceptées + doublons + quarantaine",
    )
    table = data_table(caption, headings, [_input_row(entry) for entry in inputs])
    source = Both("Run manifest, one row a file.", "Manifeste de l’exécution, une ligne par fichier.")
    return join([table, source_note(source), _digests(inputs)])


def _digests(inputs: list[JsonObject]) -> Html:
    pairs = [(_file_name(entry), entry.get("digest") or entry.get("sha256")) for entry in inputs]
    items = [el("div", el("dt", name), el("dd", el("code", str(digest)))) for name, digest in pairs if digest]
    if not items:
        return Html("")
    title = Both("Digests of the inputs", "Empreintes des entrées")
    return el("details", el("summary", title), el("dl", *items, class_="identity"))


def _file_name(entry: JsonObject) -> str:
    """Name a file by its folder and name: a page that travels need not tell where it was made."""
    given = str(entry.get("name") or entry.get("path") or entry.get("file") or DASH)
    path = PurePath(given)
    return "/".join(path.parts[-2:]) if path.is_absolute() and len(path.parts) > 2 else given


def _input_row(entry: JsonObject) -> list[Child]:
    rejected = quarantined_of(entry)
    accepted, duplicates = (as_number(entry.get(key)) for key in ("accepted", "duplicates"))
    given = first_number(entry, ("rows", "rows_in"))
    parts = [accepted, duplicates, rejected, as_number(entry.get("objected")) or 0.0]
    rows = given if given is not None else _total(parts)
    return [
        el("span", _file_name(entry), class_="file"),
        join([number(rows), _mismatch(rows, parts)]),
        number(accepted),
        number(duplicates),
        join([number(rejected), _reasons(entry)]),
    ]


def _total(parts: list[float | None]) -> float | None:
    known = [p for p in parts if p is not None]
    return sum(known) if known else None


def _mismatch(rows: float | None, parts: list[float | None]) -> Html | None:
    """Own up to a row count that does not add up."""
    if rows is None or None in parts or _total(parts) == rows:
        return None
    return el("small", Both("does not add up", "ne tombe pas juste"), class_="worse")


def quarantined_of(entry: JsonObject) -> float | None:
    """Rows in quarantine, given as a count or by reason."""
    quarantined = entry.get("quarantined")
    if isinstance(quarantined, dict):
        return sum(as_number(count) or 0.0 for count in quarantined.values())
    return as_number(quarantined)


def _reasons(entry: JsonObject) -> Html | None:
    quarantined = entry.get("quarantined")
    reasons: Any = quarantined if isinstance(quarantined, dict) else entry.get("reasons")
    counts = [(str(name), as_number(count)) for name, count in as_object(reasons).items()]
    said = [
        el("small", same(name.replace("_", " ")) + " " + number(count)) for name, count in counts if count
    ]
    return join(said) if said else None


def _stages(stages: list[dict[str, Any]]) -> Html:
    if not stages:
        return Html("")
    headings = [
        Heading(Both("Stage", "Étape")),
        Heading(Both("State", "État")),
        Heading(Both("Rows", "Lignes"), True),
        Heading(Both("Time", "Durée"), True),
    ]
    rows: list[list[Child]] = [
        [
            str(stage.get("name") or DASH),
            str(stage.get("status") or DASH),
            number(as_number(stage.get("rows"))),
            quantity(as_number(stage.get("seconds")), "s", 1),
        ]
        for stage in stages
    ]
    return data_table(Both("Stages of the run", "Étapes de l’exécution"), headings, rows)
