"""The frame of every page: one HTML file that works offline, in two languages, with the same look.

Pages without a map are made by `document`: the run report here, the privacy report of a bundle in `jobs.release`.
"""

import base64
import hashlib
from collections.abc import Iterable
from importlib import resources

from jobs.report.markup import Child, Html, el, labelled
from jobs.report.words import Both

_FOOT = Both(
    "Made with Maillage from call detail records. This page is one file: nothing is loaded, nothing is sent.",
    "Fait avec Maillage à partir de relevés d’appels. Cette page est un seul fichier : rien n’est "
    "chargé, rien n’est envoyé.",
)


def document(title: str, subtitle: Both, parts: Iterable[Child], lead: Child = None) -> str:
    """Return a page without a map: a masthead, then one part after the other.

    Parameters
    ----------
    lead : what stands in the masthead below the subtitle, such as a few figures.
    """
    script = asset("document.js")
    masthead = masthead_of(title, subtitle, lead)
    body = el("body", masthead, el("main", *parts), footer(), el("script", Html(script)), class_="document")
    return whole_page(title, body, [script])


def whole_page(title: str, body: Html, scripts: list[str], first_script: str | None = None) -> str:
    """Put a body under a head that lets the given scripts run, and nothing be fetched or sent."""
    allowed = [*scripts, *([first_script] if first_script else [])]
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(allowed)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", f"{title} · Maillage"),
        el("style", Html(asset("report.css"))),
        el("script", Html(first_script)) if first_script else None,
    )
    return "<!doctype html>\n" + el("html", head, body, lang="en") + "\n"


def masthead_of(title: str, subtitle: Both, lead: Child) -> Html:
    """Title, subtitle and the switch of languages."""
    heading = el("h1", title)
    return el(
        "header", _language_switch(), heading, el("p", subtitle, class_="subtitle"), lead, class_="masthead"
    )


def footer() -> Html:
    """What made the page, and that it is alone."""
    return el("footer", el("p", _FOOT))


def asset(name: str) -> str:
    """Return the text of a file that ships with the package."""
    return resources.files("jobs.report").joinpath("assets", name).read_text(encoding="utf-8")


def _policy(scripts: list[str]) -> str:
    """Let only the page's own scripts run, and let nothing be fetched or sent."""
    digests = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _language_switch() -> Html:
    buttons = [
        el("button", name, type="button", data_language=code, aria_pressed=str(code == "en").lower())
        for code, name in (("en", "English"), ("fr", "Français"))
    ]
    return el("div", *buttons, class_="languages", role="group", **labelled(Both("Language", "Langue")))
