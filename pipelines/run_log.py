"""The name and the log of a run."""

import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from jobs.engine.store import Store


def new_run_id() -> str:
    """Name a run by its start, UTC, and four random digits."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class RunLog:
    """`log.jsonl` of a run: one JSON object a line, each with its time."""

    def __init__(self, store: Store, run: str) -> None:
        self._lines: list[str] = []
        self._path = f"runs/{run}/log.jsonl"
        self._store = store

    def write(self, event: str, **facts: Any) -> None:
        """Append one event; the file is whole after each."""
        stamp = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}.{time.time_ns() // 1_000_000 % 1000:03d}Z"
        line = json.dumps({"time": stamp, "event": event, **facts}, ensure_ascii=False)
        self._lines.append(line)
        self._store.write_bytes(self._path, ("\n".join(self._lines) + "\n").encode())
