"""What to say when a file lacks the columns that a config names: most often it is written in another way."""

import csv
import difflib

_DELIMITERS = {",": '","', ";": '";"', "\t": r'"\t"', "|": '"|"'}
_NOT_DECODED = "\ufffd"


def hint(lacking: list[str], columns: list[str], delimiter: str, section: str) -> str:
    """Return the likeliest mend.

    Parameters
    ----------
    lacking : columns that the config names and the header has not.
    columns : names of the header, as the config's encoding and delimiter split it.
    section : where the keys stand, such as ``cells``.
    """
    line = delimiter.join(columns)
    if not line.isascii() and _NOT_DECODED in line:
        return f"the file is not in this encoding: set {section}.encoding, such as latin-1"
    for other, written in _DELIMITERS.items():
        split = next(csv.reader([line], delimiter=other), [])
        if (
            other != delimiter
            and len(split) > len(columns)
            and (set(lacking) & set(split) or len(columns) == 1)
        ):
            return f"set {section}.delimiter: {written}"
    near = {name: difflib.get_close_matches(name, columns, n=1) for name in lacking}
    meant = [f"{name!r} may be {found[0]!r}" for name, found in near.items() if found]
    return "; ".join([*meant, f"check {section}.columns"])
