"""Reference of the config: every key, from the pydantic models."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tabular import code, table

Schema = dict[str, Any]
_BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}


class Key(NamedTuple):
    """One key of the config, as a person looks it up."""

    name: str
    kind: str
    default: str
    meaning: str


def page(schema: Schema) -> str:
    """Write the page.

    Parameters
    ----------
    schema : JSON Schema of the config, as `maillage schema` prints it.
    """
    parts = [
        "# Config\n\nA run is described by one YAML file. Paths are relative to it; `${NAME}` is filled in from the "
        "environment; `--set KEY=VALUE` goes before the file. Keys that are not listed here are refused, with the line "
        "they stand on. "
        "`maillage schema` prints this page as JSON Schema, for editors.\n"
    ]
    plain = [key for key in keys(schema, schema) if not _deeper(key.name)]
    parts.append(_listed([key for key in plain if key.kind != "section"]))
    for name, field in schema["properties"].items():
        below = list(keys(schema, {"properties": {name: field}}))
        if len(below) > 1:
            section = below[0]
            parts.append(f"## {name}\n\n{section.meaning}\n\n{_listed(below[1:])}")
    return "\n".join(parts)


def _deeper(name: str) -> bool:
    return "." in name or "[]" in name


def _listed(found: list[Key]) -> str:
    rows = [(code(key.name), key.kind, key.default, key.meaning) for key in found]
    return table(("key", "value", "default", "meaning"), rows)


def keys(schema: Schema, model: Schema, prefix: str = "") -> Iterator[Key]:
    """Walk a model: each key, then the keys below it, with dots between them."""
    needed = model.get("required", ())
    for name, given in model.get("properties", {}).items():
        inner, suffix = _model_in(schema, given)
        resolved = _resolved(schema, given)
        path = f"{prefix}{name}"
        meaning = given.get("description") or (inner or resolved).get("description", "")
        if inner is None:
            yield Key(path, _kind(schema, given), _default(given, name in needed), meaning)
        else:
            yield Key(f"{path}{suffix}", "section", "**needed**" if name in needed else "", meaning)
            yield from keys(schema, inner, f"{path}{suffix}.")


def _resolved(schema: Schema, given: Schema) -> Schema:
    while "$ref" in given:
        given = schema["$defs"][given["$ref"].rpartition("/")[2]]
    return given


def _model_in(schema: Schema, given: Schema) -> tuple[Schema | None, str]:
    """Return the model that a key leads to, and how the path goes on: `[]` in a list, `.NAME` in a mapping."""
    given = _resolved(schema, given)
    for branch in given.get("anyOf", [given]):
        branch = _resolved(schema, branch)
        if "properties" in branch:
            return branch, ""
        for inside, suffix in (("items", "[]"), ("additionalProperties", ".NAME")):
            if isinstance(branch.get(inside), dict):
                found, more = _model_in(schema, branch[inside])
                if found is not None:
                    return found, suffix + more
    return None, ""


def _kind(schema: Schema, given: Schema) -> str:
    """Say in words what may stand there."""
    given = _resolved(schema, given)
    if "anyOf" in given:
        kinds = [_kind(schema, branch) for branch in given["anyOf"] if branch.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in given or "const" in given:
        return ", ".join(code(str(value)) for value in given.get("enum", [given.get("const")]))
    bounds = [f"{sign} {given[name]:g}" for name, sign in _BOUNDS.items() if name in given]
    if given.get("type") == "array":
        items = given.get("items") or next(iter(given.get("prefixItems", [])), {})
        return f"list of {_kind(schema, items)}" if items else "list"
    if given.get("type") == "object":
        inside = given.get("additionalProperties")
        return f"mapping to {_kind(schema, inside)}" if isinstance(inside, dict) else "mapping"
    names = {"string": "text", "boolean": "true or false", "integer": "whole number"}
    kind = given.get("format") or names.get(str(given.get("type")), given.get("type", "any"))
    return " ".join([str(kind), *bounds])


def _default(given: Schema, needed: bool) -> str:
    if needed:
        return "**needed**"
    value = given.get("default")
    return "" if value is None else code(json.dumps(value, ensure_ascii=False))
