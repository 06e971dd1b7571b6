"""What is wrong with parameters, in the words of somebody who wrote them."""

from typing import Any, get_args

from pydantic import BaseModel

from pipelines.spelling import did_you_mean, words_quoted_in
from pipelines.yaml_source import KeyPath, Problem


def problem_of(entry: Any, model: type[BaseModel], secret: KeyPath = ()) -> Problem:
    """Translate an entry of a `ValidationError`; a value below the key path `secret` is not repeated."""
    path = tuple(part for part in entry["loc"] if not _is_branch(part))
    message = str(entry["msg"]).removeprefix("Value error, ")
    if entry["type"] == "extra_forbidden":
        message = f"unknown key{_did_you_mean(model, path)}"
    elif entry["type"] == "missing":
        message = "is missing"
    elif entry["type"] in ("tuple_type", "list_type"):
        message = "is a list: write it in brackets, such as [a, b]"
    elif entry["type"] in ("model_type", "model_attributes_type"):
        keys = ", ".join(_fields_at(model, path))
        message = f"has keys of its own below it: {keys}" if keys else message
    elif _shows_value(entry, path, secret):
        meant = words_quoted_in(entry["ctx"]["expected"]) if entry["type"] == "literal_error" else []
        message = f"{message}; this is {entry['input']!r}{did_you_mean(str(entry['input']), meant)}"
    return Problem(path, message)


def _shows_value(entry: Any, path: KeyPath, secret: KeyPath) -> bool:
    """Whether a message is to repeat the value: our own rules do so themselves."""
    plain = isinstance(entry["input"], str | int | float)
    may_be_a_key = bool(secret) and path[: len(secret)] == secret[: len(path)]
    return plain and entry["type"] != "value_error" and not may_be_a_key


def _is_branch(part: str | int) -> bool:
    """Whether a part of pydantic's location names a branch of a union, not a key."""
    return isinstance(part, str) and (part in ("str", "int") or part.startswith("tuple["))


def _did_you_mean(model: type[BaseModel], path: KeyPath) -> str:
    known = _fields_at(model, path[:-1])
    listed = f"; known here: {', '.join(sorted(known))}" if known else ""
    return did_you_mean(str(path[-1]), known) or listed


def _fields_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Field names of the model that a key path leads to."""
    at: Any = model
    for part in path:
        if isinstance(part, int):
            continue
        field = at.model_fields.get(str(part)) if at is not None else None
        at = _model_in(field.annotation) if field else None
    return list(at.model_fields) if at is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
