"""The JSON Schema of proposals.json, for whoever reads that file."""

import json
from importlib.resources import files
from typing import Any


def proposals_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12). Keys may be added from version to version; none is taken away."""
    text = files("jobs.transit").joinpath("proposals.schema.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
