"""The privacy report of a bundle: what was done, what was measured, what a recipient could still do.

Three tests are those of the Article 29 Working Party, Opinion 05/2014 on Anonymisation Techniques:
singling out, linkability, inference. Figures of risk come from the privacy audit, by attack; this
module only sorts and tells them.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from jobs.release.facts import Facts
from jobs.release.params import MICRO_DATA
from jobs.release.privacy_summary import in_short

_TESTS = {
    "singling_out": ("unicity", "anchors", "k-anonymity"),
    "linkability": ("linkage",),
    "inference": ("membership", "recovery", "differencing"),
}
"""Which attacks speak to which test."""

Told = dict[str, str]
"""A sentence in English and French."""

_QUESTIONS: dict[str, Told] = {
    "singling_out": {
        "en": "Can a person be told apart from all others in the data?",
        "fr": "Peut-on isoler une personne parmi toutes les autres ?",
    },
    "linkability": {
        "en": "Can two records of the same person be brought together?",
        "fr": "Peut-on relier deux enregistrements d'une même personne ?",
    },
    "inference": {
        "en": "Can something not published about a person be concluded?",
        "fr": "Peut-on déduire sur une personne ce qui n'est pas publié ?",
    },
}


def privacy_report(facts: Facts) -> dict[str, Any]:
    """All that is known of the privacy of a bundle, as JSON."""
    return {
        "bundle": facts.name,
        "agreement": facts.agreement.id if facts.agreement else None,
        "products": list(facts.params.products),
        "in_short": in_short(facts),
        "protection": facts.protection,
        "risk": facts.risk or None,
        "policy": facts.params.policy.model_dump() if facts.params.policy else None,
        "wp29": [_test(facts, name, attacks) for name, attacks in _TESTS.items()],
        "recipient_could": _recipient_could(facts),
        "leak_scan": facts.leak_scan,
        "ego_graphs_accepted": _acceptance(facts),
    }


def _acceptance(facts: Facts) -> dict[str, Any] | None:
    graphs = facts.params.ego_graphs
    return graphs.model_dump() if graphs and "set4" in facts.params.products else None


def _test(facts: Facts, name: str, attacks: tuple[str, ...]) -> dict[str, Any]:
    measured = {
        attack: {"after": facts.risk[attack]["released"], "before": facts.risk[attack]["control"]}
        for attack in attacks
        if attack in facts.risk
    }
    return {
        "test": name,
        "question": _QUESTIONS[name],
        "measured": measured or None,
        "reading": _reading(facts, name, bool(measured)),
    }


def _reading(facts: Facts, name: str, measured: bool) -> Told:
    if not measured:
        open_ = MICRO_DATA & set(facts.params.products)
        if open_:
            return {
                "en": f"Not measured. {', '.join(sorted(open_))} hold rows about single persons: take it that the "
                "test fails.",
                "fr": f"Non mesuré. {', '.join(sorted(open_))} : des lignes par personne ; à tenir pour non satisfait.",
            }
        return {
            "en": "Not measured on this bundle. Only figures about groups leave; a threshold bounds the size of a "
            "group, and proves nothing about this test.",
            "fr": "Non mesuré sur cette livraison. Seuls des chiffres de groupes sortent ; un seuil borne la taille "
            "d'un groupe et ne prouve rien quant à ce critère.",
        }
    return {
        "en": "Measured on this bundle, and before on raw events. The risk that is left has to be borne by the "
        "agreement.",
        "fr": "Mesuré sur cette livraison, et avant sur les événements bruts. Le risque restant doit être couvert "
        "par la convention.",
    }


def _recipient_could(facts: Facts) -> list[Told]:
    products = set(facts.params.products)
    told: list[Told] = []
    if products & {"set2", "set3", "indicators"}:
        told.append(
            {
                "en": "Recognise a person of whom they already know a few places and times, and then read the rest "
                "of the trace of that window or month.",
                "fr": "Reconnaître une personne dont on connaît déjà quelques lieux et heures, puis lire le reste de "
                "sa trace sur la fenêtre ou le mois.",
            }
        )
        told.append(
            {
                "en": "Match traces of two windows by their usual places, although identifiers change.",
                "fr": "Rapprocher deux fenêtres par les lieux habituels, bien que les identifiants changent.",
            }
        )
    if "boxes" in products:
        told.append(_of_boxes(facts))
    if "set4" in products:
        told.append(
            {
                "en": "Link nodes across ego graphs by the degrees of their neighbours (Sharad and Danezis 2013).",
                "fr": "Relier des nœuds entre graphes par les degrés de leurs voisins (Sharad et Danezis 2013).",
            }
        )
    if products & {"od", "presence", "set1"}:
        told.append(
            {
                "en": "Subtract figures from known totals, or compare with another release, to bound one withheld.",
                "fr": "Soustraire d'un total connu, ou comparer à une autre livraison : encadrer un chiffre retenu.",
            }
        )
    if facts.params.places == "cell" and products & {"set1", "set2"}:
        told.append(
            {
                "en": "Look up the true antennas in public lists: the places are cells of the operator.",
                "fr": "Retrouver les antennes dans des listes publiques : les lieux sont des cellules de l'opérateur.",
            }
        )
    return told


def _of_boxes(facts: Facts) -> Told:
    k = facts.params.boxes.k
    return {
        "en": f"Narrow a person down to {k} or more equal traces by places and times they know, and read what these "
        "have in common: k-anonymity hides which trace is whose, not what all of a group did.",
        "fr": f"Réduire une personne à {k} traces égales ou plus par des lieux et heures connus, et lire ce "
        "qu'elles ont en commun : la k-anonymité cache laquelle est la sienne, non ce que tout un groupe a fait.",
    }


_HEADS = {
    "short": ("In short", "En bref"),
    "protection": ("What was done", "Ce qui a été fait"),
    "risk": ("What was measured", "Ce qui a été mesuré"),
    "wp29": ("The three tests of WP29, Opinion 05/2014", "Les trois critères du G29, avis 05/2014"),
    "could": ("What a recipient could still do", "Ce qu'un destinataire pourrait encore faire"),
    "scan": ("Search for identifiers", "Recherche d'identifiants"),
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem .5rem;"
    "text-align:left;vertical-align:top}h2{margin-top:2.5rem}.fr{color:#3d4f66}@media print{body{margin:0}}"
)


def privacy_page(report: dict[str, Any]) -> str:
    """The report as one page for people, in English and French."""
    parts = [
        f"<h1>{escape(report['bundle'])}</h1>",
        _head("short"),
        *_in_short(report["in_short"]),
        _head("protection"),
        _figures(report["protection"]),
        _head("risk"),
        _figures(report["risk"])
        if report["risk"]
        else "<p>Not measured. / <span class=fr>Non mesuré.</span></p>",
        _head("wp29"),
        *(_test_section(test) for test in report["wp29"]),
        _head("could"),
        _sentences(report["recipient_could"]),
        _head("scan"),
        _figures(report["leak_scan"])
        if report["leak_scan"]
        else "<p>Not done. / <span class=fr>Non faite.</span></p>",
    ]
    head = f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(report['bundle'])}</title>"
    return f"{head}<style>{_STYLE}</style><body>{''.join(parts)}</body></html>\n"


def _in_short(short: dict[str, Any]) -> list[str]:
    parts = [_figures(short["protection"])] if short["protection"] else []
    if short["risk"]:
        rows = [
            "<tr>"
            + "".join(f"<td>{escape(_cell(row[name]))}" for name in ("figure", "before", "after", "bound"))
            for row in short["risk"]
        ]
        head = "<tr><th>risk / risque<th>raw events / bruts<th>this bundle / livraison<th>bound / borne"
        parts.append(f"<table>{head}{''.join(rows)}</table>")
    return parts


def _cell(value: Any) -> str:
    return "–" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _head(name: str) -> str:
    english, french = _HEADS[name]
    return f"<h2>{escape(english)} / <span class=fr lang=fr>{escape(french)}</span></h2>"


def _figures(figures: Mapping[str, Any]) -> str:
    rows = [f"<tr><th>{escape(name)}<td>{escape(value)}" for name, value in _plain(figures)]
    return f"<table>{''.join(rows)}</table>"


def _plain(figures: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            rows += _plain(value, f"{prefix}{name}.")
        elif isinstance(value, float):
            rows.append((f"{prefix}{name}", f"{value:.6g}"))
        else:
            rows.append((f"{prefix}{name}", str(value)))
    return rows


def _test_section(test: dict[str, Any]) -> str:
    both = [test["question"], test["reading"]]
    measured = _figures(test["measured"]) if test["measured"] else ""
    return f"<h3>{escape(test['test'].replace('_', ' '))}</h3>{_sentences(both)}{measured}"


def _sentences(told: list[Told]) -> str:
    return "".join(
        f"<p>{escape(t['en'])}<br><span class=fr lang=fr>{escape(t['fr'])}</span></p>" for t in told
    )
