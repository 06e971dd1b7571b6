"""Pieces of Markdown that the generated pages share."""

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; an empty one is left out."""
    lines = ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    if not lines:
        return ""
    head = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join([*head, *lines]) + "\n"


def _cell(value: str) -> str:
    return " ".join(value.replace("|", "\\|").split())


def code(value: str) -> str:
    """Write a word as code; nothing stays nothing."""
    return f"`{value}`" if value else ""
