"""What a stage leaves behind: its manifest, and the recipe that tells whether it has to run again."""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

from jobs.engine.store import StoredFile, digest_of
from pipelines.version import package_version


@dataclass(frozen=True)
class Recipe:
    """What the result of a stage depends on; equal recipes give equal tables."""

    code: str
    config: dict[str, Any]
    tables: dict[str, str]
    files: dict[str, str]
    key: str = ""
    """Check value of the pseudonym key; empty where none is needed, or none can be read."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def does_the_same(self, before: dict[str, Any]) -> bool:
        """Whether an earlier recipe differs in nothing but input files and tables."""
        return bool(
            before.get("code") == self.code
            and before.get("config") == self.config
            and before.get("key", "") == self.key
        )

    def difference(self, before: dict[str, Any]) -> str:
        """Say in a few words what differs from an earlier recipe; empty when nothing does."""
        if before.get("code") != self.code:
            return "the program changed"
        if self.key and before.get("key") != self.key:
            return "the pseudonym key changed"
        for kind, noun in (("config", "config"), ("files", "input file"), ("tables", "table")):
            changed = _changed_keys(before.get(kind, {}), getattr(self, kind))
            if changed:
                more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
                return f"{noun} changed: {', '.join(changed[:3])}{more}"
        return ""


def _changed_keys(before: dict[str, Any], now: dict[str, Any], prefix: str = "") -> list[str]:
    changed = []
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            changed += _changed_keys(old, new, f"{prefix}{key}.")
        elif old != new:
            changed.append(f"{prefix}{key}")
    return changed


@dataclass
class StageRecord:
    """The manifest of one stage: what it made, from what, and how long it took."""

    stage: str
    run: str
    recipe: dict[str, Any]
    tables: dict[str, list[StoredFile]] = field(default_factory=dict)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    finished: str = ""
    unavailable: str = ""
    memo: dict[str, Any] = field(default_factory=dict)
    """What the stage itself has to know to go on from here, when only some of its input changes."""

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: sum(file.rows for file in files) for name, files in self.tables.items()}

    def digests(self) -> dict[str, str]:
        """Digest of each table, and one over all artifacts."""
        found = {name: digest_of(files) for name, files in self.tables.items()}
        if self.artifacts:
            lines = sorted(f"{_artifact_name(a)} {a['sha256']}" for a in self.artifacts)
            found[f"{self.stage}/files"] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return found

    def artifact(self, name: str) -> str | None:
        """Where a file for people lies, by its stable name, such as ``transit/proposals.json``."""
        return next((str(a["path"]) for a in self.artifacts if _artifact_name(a) == name), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "schema_version": 1,
            "stage": self.stage,
            "run": self.run,
            "version": package_version(),
            "recipe": self.recipe,
            "tables": {
                name: {
                    "rows": sum(file.rows for file in files),
                    "digest": digest_of(files),
                    "files": [file.as_json() for file in files],
                }
                for name, files in self.tables.items()
            },
            "artifacts": self.artifacts,
            "figures": self.figures,
            "remarks": self.remarks,
            "seconds": round(self.seconds, 3),
            "finished": self.finished,
            "unavailable": self.unavailable,
            "memo": self.memo,
        }

    @staticmethod
    def from_json(told: dict[str, Any]) -> "StageRecord":
        tables = {
            name: [StoredFile.from_json(entry) for entry in table["files"]]
            for name, table in told["tables"].items()
        }
        kept = ("stage", "run", "recipe", "artifacts", "figures", "remarks", "seconds", "finished")
        memo = told.get("memo", {})
        return StageRecord(
            tables=tables, unavailable=told["unavailable"], memo=memo, **{k: told[k] for k in kept}
        )


def _artifact_name(artifact: dict[str, Any]) -> str:
    """Name of a file for people without the attempt that made it, which is part of a remote path."""
    return str(artifact.get("name", artifact["path"]))
