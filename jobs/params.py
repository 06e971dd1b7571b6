"""The base of all parameter objects: frozen, strict, and resolved against the config file's folder."""

import glob
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, ValidationInfo

from jobs.engine.locations import checked, is_remote, local_path, shown


class Params(BaseModel):
    """A frozen value object; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


GtfsId = Annotated[str, Field(coerce_numbers_to_str=True)]
"""An id of a GTFS feed; YAML reads `9` as a number."""


def _context(info: ValidationInfo) -> dict[str, Any]:
    return info.context if isinstance(info.context, dict) else {}


def _resolve(value: str, info: ValidationInfo) -> str:
    if is_remote(value):
        return checked(value)
    base, value = _context(info).get("base_dir"), local_path(value)
    if base is None:
        return value
    return str((Path(base) / Path(value).expanduser()).resolve(strict=False))


def _existing(value: str, info: ValidationInfo) -> str:
    resolved = _resolve(value, info)
    if "base_dir" in _context(info) and not is_remote(value) and not Path(resolved).exists():
        raise ValueError(f"no such file or folder: {resolved}. Paths are relative to the config file")
    return resolved


def _matching(value: str, info: ValidationInfo) -> str:
    resolved = _resolve(value, info)
    if "base_dir" in _context(info) and not is_remote(value) and not glob.glob(resolved, recursive=True):
        raise ValueError(f"no file matches: {resolved}. Paths are relative to the config file")
    return resolved


_as_shown = PlainSerializer(shown, return_type=str, when_used="json")
"""Manifests and recipes do not hold what says how a store is reached."""

Location = Annotated[str, AfterValidator(_resolve), _as_shown]
"""A path or URI that may not exist yet."""

ExistingPath = Annotated[str, AfterValidator(_existing), _as_shown]
"""A file or folder that must exist; at a URI that shows when it is read."""

InputFiles = Annotated[str, AfterValidator(_matching), _as_shown]
"""A file, a folder, or a glob pattern that matches at least one file; at a URI that shows when it is read."""
