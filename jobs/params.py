"""The base of all parameter objects: frozen, strict, and resolved against the config file's folder."""

import glob
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo


class Params(BaseModel):
    """A frozen value object; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


def _context(info: ValidationInfo) -> dict[str, Any]:
    return info.context if isinstance(info.context, dict) else {}


def _resolve(value: str, info: ValidationInfo) -> str:
    base = _context(info).get("base_dir")
    if base is None or "://" in value:
        return value
    return str((Path(base) / Path(value).expanduser()).resolve(strict=False))


def _existing(value: str, info: ValidationInfo) -> str:
    resolved = _resolve(value, info)
    if "base_dir" in _context(info) and not Path(resolved).exists():
        raise ValueError(f"no such file or folder: {resolved}. Paths are relative to the config file")
    return resolved


def _matching(value: str, info: ValidationInfo) -> str:
    resolved = _resolve(value, info)
    if "base_dir" in _context(info) and not glob.glob(resolved, recursive=True):
        raise ValueError(f"no file matches: {resolved}. Paths are relative to the config file")
    return resolved


Location = Annotated[str, AfterValidator(_resolve)]
"""A path that may not exist yet."""

ExistingPath = Annotated[str, AfterValidator(_existing)]
"""A file or folder that must exist."""

InputFiles = Annotated[str, AfterValidator(_matching)]
"""A file, a folder, or a glob pattern that matches at least one file."""
