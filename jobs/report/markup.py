"""HTML by construction: whatever is not already `Html` is escaped, so no text of the data can break out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from jobs.report.words import THIN, Both

_BEFORE_SIGN = re.compile(r" ([:;?!»])")
_AFTER_QUOTE = re.compile(r"(«) ")
_VOID = {"meta", "input", "br", "hr", "col"}


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = Html | str | Both | None
Attribute = str | int | float | bool | None


def french_spaces(text: str) -> str:
    """Bind signs to their words as French sets them, so that no line starts with a colon."""
    return _BEFORE_SIGN.sub(f"{THIN}\\1", _AFTER_QUOTE.sub(f"\\1{THIN}", text))


def html_of(child: Child) -> Html:
    """Escape a text; write a pair of texts once where both languages agree, else one element each."""
    if child is None:
        return Html("")
    if isinstance(child, Html):
        return child
    if isinstance(child, Both):
        if child.en == child.fr:
            return html_of(child.en)
        french = escape(french_spaces(child.fr))
        return Html(f'<span lang="en">{escape(child.en)}</span><span lang="fr">{french}</span>')
    return Html(escape(child))


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    plain = name.rstrip("_").replace("_", "-")
    return f" {plain}" if value is True else f' {plain}="{escape(str(value))}"'


def el(tag: str, *children: Child, **attributes: Attribute) -> Html:
    """Make an element. `class_` is `class`, `aria_label` is `aria-label`; None and False leave out."""
    opening = tag + "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{join(children)}</{tag}>")


def join(children: Iterable[Child]) -> Html:
    """Put children one after the other."""
    return Html("".join(html_of(child) for child in children))


def svg_text(text: Both, **attributes: Attribute) -> Html:
    """Write a text of a drawing in both languages: SVG knows no spans."""
    return join(
        el("text", said, lang=code, **attributes) for code, said in zip(("en", "fr"), text, strict=True)
    )


def labelled(text: Both) -> dict[str, Attribute]:
    """Attributes of an accessible name in both languages; the page's script keeps it in step."""
    return {"aria_label": text.en, "data_label_en": text.en, "data_label_fr": text.fr}


@dataclass(frozen=True)
class Heading:
    """A column of a table; figures stand to the right, `role` is a class of its cells for the style sheet."""

    text: Both
    is_figure: bool = False
    role: str = ""


def before_after(first: Both) -> list[Heading]:
    """Columns of a table that compares the network of today with the plan."""
    return [
        Heading(first),
        Heading(Both("Before", "Avant"), True),
        Heading(Both("After", "Après"), True),
        Heading(Both("Change", "Écart"), True),
    ]


def data_table(
    caption: Both, headings: Sequence[Heading], rows: Iterable[Sequence[Child]], **attributes: Attribute
) -> Html:
    """Make a table with a caption; the first cell of each row is its header.

    With ``class_="sortable"`` the page's script lets readers sort by any column.
    """
    head = el("tr", *(el("th", h.text, scope="col", class_=_align(h)) for h in headings))
    body = join(_row(headings, row) for row in rows)
    return el(
        "div",
        el("table", el("caption", caption), el("thead", head), el("tbody", body), **attributes),
        class_="table",
        tabindex=0,
        role="group",
        **labelled(caption),
    )


def _align(heading: Heading) -> str | None:
    return " ".join(filter(None, ("num" if heading.is_figure else "", heading.role))) or None


def _row(headings: Sequence[Heading], row: Sequence[Child]) -> Html:
    first, *rest = zip(headings, row, strict=True)
    return el(
        "tr",
        el("th", first[1], scope="row", class_=_align(first[0])),
        *(el("td", child, class_=_align(heading)) for heading, child in rest),
    )


def section(anchor: str, title: Both, *children: Child) -> Html:
    """Make a titled part of the page."""
    return el("section", el("h2", title, id=f"{anchor}-title"), *children, id=anchor,
              aria_labelledby=f"{anchor}-title")  # fmt: skip


def source_note(text: Both) -> Html:
    """Say where figures come from: table or stage, and method."""
    return el("p", text, class_="source")


def missing_note(text: Both) -> Html:
    """Say what the page lacks, and why."""
    return el("p", text, class_="missing")
