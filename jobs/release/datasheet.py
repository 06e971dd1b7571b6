"""The datasheet of a bundle for people, English and French.

Headings follow Gebru et al., Datasheets for Datasets, CACM 64(12), 2021.
"""

from jobs.release.facts import BundleFile, Facts
from jobs.release.layouts import LAYOUTS


def datasheet(facts: Facts, language: str) -> str:
    """Markdown in ``en`` or ``fr``."""
    say = _WORDS[language]
    first, last = facts.days
    lines = [
        f"# {facts.title}",
        "",
        f"{say['bundle']} `{facts.name}`, {say['made_by']} Maillage {facts.version}. {say['period']} {first} – {last}.",
        "",
        f"## {say['why']}",
        "",
        *_purpose(facts, say),
        "",
        f"## {say['what']}",
        "",
        f"| {say['file']} | {say['is']} | {say['columns']} |",
        "|---|---|---|",
        *(_row(file, say) for file in facts.files),
        "",
        *[f"- {line}" for line in _rules(facts, say)],
        "",
        f"## {say['how']}",
        "",
        say["collected"],
        "",
        f"## {say['done']}",
        "",
        *[f"- {name}: {value}" for name, value in sorted(_flat(facts.protection).items())],
        "",
        f"## {say['limits']}",
        "",
        say["limits_text"],
        "",
        f"## {say['care']}",
        "",
        say["care_text"],
        "",
    ]
    return "\n".join(lines)


def _purpose(facts: Facts, say: dict[str, str]) -> list[str]:
    agreement = facts.agreement
    if agreement is None:
        return [say["open"]]
    rows = [
        (say["agreement"], agreement.id),
        (say["giver"], agreement.assigner),
        (say["taker"], agreement.assignee),
        (say["purpose"], agreement.purpose),
        (say["territory"], agreement.territory),
        (say["expires"], str(agreement.expires)),
    ]
    return [*(f"- {name}: {value}" for name, value in rows), "", *(f"- {duty}" for duty in agreement.duties)]


def _row(file: BundleFile, say: dict[str, str]) -> str:
    columns = ", ".join(f"`{name}`" for name, _ in file.columns[:8]) + (" …" if len(file.columns) > 8 else "")
    return f"| `{file.path}` | {say.get(file.about, file.about)} | {columns} |"


def _rules(facts: Facts, say: dict[str, str]) -> list[str]:
    told = []
    if {"set2", "set3"} & set(facts.params.products):
        fit = facts.params.eligibility
        told.append(
            say["fit"].format(share=f"{fit.active_days_share:.0%}", most=f"{fit.interactions_per_week:,.0f}")
        )
        steps = {facts.params.time_step_s or LAYOUTS[name].time_step_s for name in facts.params.layouts}
        told.append(say["step"].format(step=", ".join(map(str, sorted(steps)))))
        if "set2" in facts.params.products:
            told.append(say["ids_set2"].format(window=facts.protection["window_days"]))
        if "set3" in facts.params.products:
            told.append(say[f"ids_set3_{facts.params.coarse.id_lasts}"])
        told.append(say["ranks"])
    told.append(say["unknown"])
    return told


def _flat(values: dict[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[f"{prefix}{name}"] = value
    return found


_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "bundle": "Bundle",
        "made_by": "made by",
        "period": "Local days:",
        "why": "What it is for",
        "open": "Figures about groups, open to all under the rules of `agreement.odrl.jsonld`.",
        "agreement": "Agreement",
        "giver": "Given by",
        "taker": "Given to",
        "purpose": "Purpose",
        "territory": "Territory",
        "expires": "Expires, data deleted by",
        "what": "What it holds",
        "file": "file",
        "is": "what it is",
        "columns": "columns",
        "od": "trips by origin, destination, day type and slot",
        "od_margins": "sums of these trips over coarser places, slots and day types",
        "presence": "persons by H3 cell and hour",
        "presence_margins": "sums of these persons over coarser places, hours and days",
        "set1_call": "calls between places by hour",
        "set1_text": "texts between places by hour",
        "set2": "fine traces",
        "set3": "coarse traces",
        "set4": "ego graphs",
        "boxes": "k-anonymous traces: where a person was at some moment of the interval",
        "sites": "fine places",
        "zones": "zones",
        "fit": "Persons drawn were active on more than {share} of the days, "
        "with fewer than {most} interactions a week.",
        "step": "Times are local and cut to {step} seconds.",
        "ids_set2": "Identifiers of SET2 change every {window} days.",
        "ids_set3_window": "Identifiers of SET3 change with those of SET2.",
        "ids_set3_month": "Identifiers of SET3 change every month.",
        "ids_set3_all": "Identifiers of SET3 last for the whole period.",
        "ranks": "Identifiers are ranks in a keyed order and say nothing of the subscriber.",
        "unknown": "-1 stands for an unknown place.",
        "how": "How it was collected",
        "collected": "From records that a mobile network makes of calls, texts and data use. Nobody "
        "was asked.",
        "done": "What was done to it",
        "limits": "Limits",
        "limits_text": "Phones are seen where antennas are, and only when used. Subscribers of one operator are not "
        "the population. Short trips between two records are missing.",
        "care": "Care",
        "care_text": "`maillage release verify` tells whether the bundle is as it was made. Do not try to name a "
        "person, and do not join the data with others that would allow it. Report what you find.",
    },
    "fr": {
        "bundle": "Livraison",
        "made_by": "produite par",
        "period": "Jours locaux :",
        "why": "À quoi elle sert",
        "open": "Chiffres de groupes, ouverts à tous selon les règles de `agreement.odrl.jsonld`.",
        "agreement": "Convention",
        "giver": "Remise par",
        "taker": "Remise à",
        "purpose": "Finalité",
        "territory": "Territoire",
        "expires": "Expire, données effacées au plus tard le",
        "what": "Ce qu'elle contient",
        "file": "fichier",
        "is": "contenu",
        "columns": "colonnes",
        "od": "déplacements par origine, destination, type de jour et tranche horaire",
        "od_margins": "sommes de ces déplacements sur des lieux plus larges, tranches et types de jour",
        "presence": "personnes par cellule H3 et par heure",
        "presence_margins": "sommes de ces personnes sur des lieux plus larges, heures et jours",
        "set1_call": "appels entre lieux, par heure",
        "set1_text": "SMS entre lieux, par heure",
        "set2": "traces fines",
        "set3": "traces grossières",
        "set4": "graphes personnels",
        "boxes": "traces k-anonymes : où une personne était à un moment de l'intervalle",
        "sites": "lieux fins",
        "zones": "zones",
        "fit": "Les personnes tirées étaient actives plus de {share} des jours, avec moins de {most} interactions par "
        "semaine.",
        "step": "Les heures sont locales, tronquées à {step} secondes.",
        "ids_set2": "Les identifiants de SET2 changent tous les {window} jours.",
        "ids_set3_window": "Les identifiants de SET3 changent avec ceux de SET2.",
        "ids_set3_month": "Les identifiants de SET3 changent chaque mois.",
        "ids_set3_all": "Les identifiants de SET3 durent toute la période.",
        "ranks": "Les identifiants sont des rangs dans un ordre à clé, qui ne disent rien de l'abonné.",
        "unknown": "-1 : lieu inconnu.",
        "how": "Comment elle a été recueillie",
        "collected": "À partir des traces que le réseau garde des appels, des SMS et des données. Personne n'a été "
        "interrogé.",
        "done": "Ce qui a été fait",
        "limits": "Limites",
        "limits_text": "Un téléphone est vu là où sont les antennes, et seulement quand il sert. Les abonnés d'un "
        "opérateur ne sont pas la population. Les trajets courts entre deux traces manquent.",
        "care": "Précautions",
        "care_text": "`maillage release verify` dit si la livraison est intacte. Ne cherchez pas à nommer une "
        "personne, ne croisez pas avec d'autres données qui le permettraient. Signalez ce que vous trouvez.",
    },
}
