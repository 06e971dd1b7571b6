"""The privacy report of a bundle: what was done, what was measured, what a recipient could still do.

Three tests are those of the Article 29 Working Party, Opinion 05/2014 on Anonymisation Techniques:
singling out, linkability, inference. Figures of risk come from the privacy audit, by attack; this
module only sorts and tells them.
"""

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

_MADE_ON: dict[str, Told] = {
    "traces": {
        "en": "{attacks}: made on the traces of this bundle.",
        "fr": "{attacks} : sur les traces de cette livraison.",
    },
    "boxes": {
        "en": "{attacks}: true points of raw events were looked for in the boxes of this bundle.",
        "fr": "{attacks} : de vrais points des événements bruts, cherchés dans les boîtes de cette livraison.",
    },
    "files": {
        "en": "{attacks}: counted in the files of this bundle alone.",
        "fr": "{attacks} : compté dans les seuls fichiers de cette livraison.",
    },
    "published": {
        "en": "{attacks}: computed from the published figures of this bundle; true counts tell which withheld "
        "figures are hit.",
        "fr": "{attacks} : calculé à partir des chiffres publiés ; les vrais comptes disent quels chiffres retenus "
        "sont touchés.",
    },
    "rule": {
        "en": "{attacks}: made on counts of sampled persons, published by the rule of this bundle. They judge the "
        "rule: the attack needs counts with and without a person, which a bundle does not hold.",
        "fr": "{attacks} : sur des comptes de personnes tirées, publiés selon la règle de cette livraison. Ces "
        "chiffres jugent la règle : l'attaque demande des comptes avec et sans une personne, qu'une livraison n'a pas.",
    },
}
_BASIS = {
    "anchors": "traces",
    "linkage": "traces",
    "k-anonymity": "files",
    "differencing": "published",
    "membership": "rule",
    "recovery": "rule",
}
_ROUNDED: Told = {
    "en": "All are made on true data, outside of any epsilon, and are rounded here: counts from 100 on to two digits, "
    "shares to two decimal places, so that 0 may stand for up to 0.005. Bounds were held against the exact figures.",
    "fr": "Tous sont faits sur les données vraies, hors de tout epsilon, et arrondis ici : comptes à partir de 100 à "
    "deux chiffres, parts à deux décimales ; 0 peut valoir jusqu'à 0,005. Les bornes ont été vérifiées sur les "
    "chiffres exacts.",
}

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
        "risk_made_on": _made_on(facts),
        "policy": facts.params.policy.model_dump() if facts.params.policy else None,
        "wp29": [_test(facts, name, attacks) for name, attacks in _TESTS.items()],
        "recipient_could": _recipient_could(facts),
        "leak_scan": facts.leak_scan,
        "ego_graphs_accepted": _acceptance(facts),
    }


def _made_on(facts: Facts) -> list[Told]:
    """What the figures of risk were computed from, and how they are shown."""
    by_basis: dict[str, list[str]] = {}
    for attack in facts.risk:
        of_boxes = "boxes" in facts.params.products
        basis = _BASIS.get(attack, "boxes" if of_boxes else "traces")
        by_basis.setdefault(basis, []).append(attack)
    told = [
        {
            language: sentence.format(attacks=", ".join(attacks))
            for language, sentence in _MADE_ON[basis].items()
        }
        for basis, attacks in by_basis.items()
    ]
    return [*told, _ROUNDED] if told else []


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
                "en": f"Not measured. Rows about single persons are in {', '.join(sorted(open_))}: take it that the "
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
        "en": "Measured, after and before; what on is told under “What was measured”. The risk that is left has to be "
        "borne by the agreement.",
        "fr": "Mesuré, après et avant ; sur quoi, la rubrique « Ce qui a été mesuré » le dit. Le risque restant doit "
        "être couvert par la convention.",
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
