"""Reference of codes: why rows are rejected, how commands end, and the known dialects."""

import ast
import inspect
from enum import StrEnum
from itertools import pairwise

from tabular import code, table

from jobs.errors import MaillageError
from jobs.records.dialects import DIALECTS
from jobs.records.reasons import Reason

_ENDINGS = {
    0: "done, also when there was nothing to do",
    1: "the run failed: disk, memory, a lost worker; the same command goes on",
    2: "the config or an input is at fault; the message says what, where and the mend",
    3: "a privacy rule refused",
    4: "a data quality rule refused",
}


def page() -> str:
    """Write the page."""
    endings = table(
        ("exit code", "meaning", "errors"),
        [
            (code(str(number)), told, ", ".join(map(code, _errors(number))))
            for number, told in _ENDINGS.items()
        ],
    )
    meanings = meanings_of(Reason)
    reasons = table(("reason", "meaning"), [(code(reason), meanings[reason.name]) for reason in Reason])
    dialects = table(
        ("dialect", "what it is"), [(code(name), dialect.meaning) for name, dialect in DIALECTS.items()]
    )
    return (
        f"# Codes\n\n## How a command ends\n\n{endings}\n"
        "## Why a row is rejected\n\nA rejected row has the first reason that applies, in this order. "
        f"`maillage quarantine list` counts them.\n\n{reasons}\n"
        f"## Dialects\n\nValues of `cdr[].dialect` ([what they do](../records.md)).\n\n{dialects}"
    )


def _errors(number: int) -> list[str]:
    return [error.__name__ for error in MaillageError.__subclasses__() if error.exit_code == number]


def meanings_of(kind: type[StrEnum]) -> dict[str, str]:
    """Sentences that stand below the members of an enumeration, by member.

    Python keeps no docstring of a member; the source has it.
    """
    body = ast.parse(inspect.getsource(kind)).body[0].body  # type: ignore[attr-defined]
    found = {}
    for member, told in pairwise(body):
        if isinstance(member, ast.Assign) and isinstance(told, ast.Expr):
            found[member.targets[0].id] = ast.literal_eval(told.value)  # type: ignore[attr-defined]
    return found
