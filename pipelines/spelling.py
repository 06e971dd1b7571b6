"""What somebody may have meant by a word that is not known."""

import difflib
import re
from collections.abc import Iterable

_QUOTED = re.compile(r"'([^']*)'")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``. Did you mean od?``, or nothing where no known word is near."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f". Did you mean {close[0]}?" if close else ""


def words_quoted_in(text: str) -> list[str]:
    """Words between single quotes: how pydantic lists what it expected."""
    return _QUOTED.findall(text)
