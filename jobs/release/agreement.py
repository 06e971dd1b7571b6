"""The agreement under which a bundle leaves, and its form in ODRL 2.2 (W3C)."""

from datetime import date
from typing import Any

from pydantic import Field

from jobs.errors import PrivacyGate
from jobs.params import Params

_CONTEXT = ["http://www.w3.org/ns/odrl.jsonld", {"dcterms": "http://purl.org/dc/terms/"}]
_XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"
_REGIONS = "http://publications.europa.eu/resource/authority/country/"
PERMITTED = ("reproduce", "derive", "aggregate")
PROHIBITED = ("distribute", "sell", "commercialize", "reidentify", "link")
"""The first three are terms of ODRL, the last two of this vocabulary: to name a person, and to join the
data with others that would allow it."""


class Agreement(Params):
    """Who may use a bundle, for what, where, until when, and what they owe."""

    id: str = Field(min_length=1, description="number or name of the signed agreement")
    assigner: str = Field(min_length=1, description="who gives the data: the operator")
    assignee: str = Field(min_length=1, description="who gets them")
    purpose: str = Field(min_length=10, description="what they may be used for")
    territory: str = Field(min_length=2, description="where they may be used: country codes or names")
    expires: date = Field(description="last day of use; the data are deleted by then")
    duties: tuple[str, ...] = Field(
        (
            "Delete the data and all copies by the day of expiry, and confirm it in writing",
            "Report any re-identification, and any loss or breach, within 72 hours",
            "Show results to the assigner before publication, and share them with the territory's people",
        ),
        description="what the assignee has to do",
    )


def check_in_force(agreement: Agreement, today: date, where: str = "release.recipients") -> None:
    """Refuse an agreement that has run out.

    Raises
    ------
    PrivacyGate
        Its last day is over.
    """
    if agreement.expires < today:
        raise PrivacyGate(
            f"agreement {agreement.id} expired on {agreement.expires}; no bundle may leave under it",
            where,
            "conclude it anew, and give its new date in `expires`",
        )


def odrl_policy(agreement: Agreement | None, bundle: str) -> dict[str, Any]:
    """ODRL agreement with its assignee; without one, the offer that anybody may take up."""
    if agreement is None:
        return {"@context": _CONTEXT, **odrl_offer(bundle, None)}
    return {
        "@context": _CONTEXT,
        "@type": "Agreement",
        "uid": f"urn:maillage:agreement:{_urn(agreement.id)}",
        "dcterms:expires": str(agreement.expires),
        **_rules(agreement, bundle),
    }


def odrl_offer(bundle: str, agreement: Agreement | None) -> dict[str, Any]:
    """ODRL offer: the same rules without an assignee."""
    rules = _rules(agreement, bundle)
    for rule in (*rules["permission"], *rules["prohibition"]):
        rule.pop("assignee", None)
    return {"@type": "Offer", "uid": f"urn:maillage:offer:{_urn(bundle)}", **rules}


def _rules(agreement: Agreement | None, bundle: str) -> dict[str, Any]:
    parties = {"target": f"urn:maillage:bundle:{_urn(bundle)}"}
    permission: dict[str, Any] = {"action": list(PERMITTED)}
    if agreement is not None:
        parties |= {"assigner": agreement.assigner, "assignee": agreement.assignee}
        permission |= {"constraint": _constraints(agreement), "duty": _duties(agreement)}
    return {
        "permission": [{**parties, **permission}],
        "prohibition": [{**parties, "action": list(PROHIBITED if agreement else PROHIBITED[3:])}],
    }


def _constraints(agreement: Agreement) -> list[dict[str, Any]]:
    day = {"@value": str(agreement.expires), "@type": _XSD_DATE}
    return [
        {"leftOperand": "purpose", "operator": "eq", "rightOperand": agreement.purpose},
        {"leftOperand": "spatial", "operator": "eq", "rightOperand": _place(agreement.territory)},
        {"leftOperand": "dateTime", "operator": "lteq", "rightOperand": day},
    ]


def _place(territory: str) -> Any:
    is_code = len(territory) == 3 and territory.isalpha() and territory.isupper()
    return {"@id": _REGIONS + territory} if is_code else territory


def _duties(agreement: Agreement) -> list[dict[str, Any]]:
    day = {"@value": str(agreement.expires), "@type": _XSD_DATE}
    due = {"leftOperand": "dateTime", "operator": "lteq", "rightOperand": day}
    told = [{"action": "inform", "dcterms:description": duty} for duty in agreement.duties]
    return [{"action": "delete", "constraint": [due]}, *told]


def _urn(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in name)
