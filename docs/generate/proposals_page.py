"""Reference of proposals.json, from its JSON Schema."""

from collections.abc import Iterator
from typing import Any

from tabular import code, table

Schema = dict[str, Any]


def page(schema: Schema) -> str:
    """Write the page."""
    rows = [(code(name), kind, meaning) for name, kind, meaning in fields(schema)]
    return (
        f"# proposals.json\n\n{schema.get('description', '')}. `maillage transit schema` prints the schema itself. "
        "`[]` stands for each entry of a list, `NAME` for each key of a mapping.\n\n"
        f"{table(('field', 'value', 'meaning'), rows)}"
    )


def fields(schema: Schema, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Walk a schema: path, kind and meaning of each field."""
    for name, given in schema.get("properties", {}).items():
        yield from _field(f"{prefix}{name}", given, name in schema.get("required", ()))


def _field(path: str, given: Schema, needed: bool) -> Iterator[tuple[str, str, str]]:
    kind = _kind(given) + ("" if needed else ", may be absent")
    yield path, kind, given.get("description", "")
    inside, mapped = given.get("items"), given.get("additionalProperties")
    if isinstance(inside, dict):
        yield from fields(inside, f"{path}[].")
    if isinstance(mapped, dict):
        yield from fields(mapped, f"{path}.NAME.")
    yield from fields(given, f"{path}.")


def _kind(given: Schema) -> str:
    if "enum" in given:
        return ", ".join(code(str(value)) for value in given["enum"])
    if "const" in given:
        return code(str(given["const"]))
    kinds = given.get("type", "any")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
