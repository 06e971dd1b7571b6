"""Decide which stages have to run, and say why."""

from dataclasses import dataclass
from typing import Literal

from jobs.errors import ConfigError
from pipelines.config import RunConfig
from pipelines.ledger import Ledger, Recipe, StageRecord, code_digest
from pipelines.stages import NAMES, STAGES, Stage

Action = Literal["run", "maybe", "up to date", "unavailable", "off", "left out"]


@dataclass(frozen=True)
class Selection:
    """What the command line asks of the stage graph."""

    start: str | None = None
    until: str | None = None
    force: bool = False

    def __post_init__(self) -> None:
        for option, name in (("--from", self.start), ("--until", self.until)):
            if name is not None and name not in NAMES:
                raise ConfigError(f"there is no stage {name!r}", option, f"stages are: {', '.join(NAMES)}")
        if self.start and self.until and NAMES.index(self.start) > NAMES.index(self.until):
            raise ConfigError(f"{self.start} comes after {self.until}", "--from", "swap --from and --until")

    def covers(self, stage: str) -> bool:
        """Whether the stage lies before the end asked for."""
        return self.until is None or NAMES.index(stage) <= NAMES.index(self.until)

    def forces(self, stage: str) -> bool:
        """Whether the stage is to run even if it is up to date."""
        return self.force or (self.start is not None and NAMES.index(stage) >= NAMES.index(self.start))


@dataclass(frozen=True)
class Decision:
    """What is to be done with a stage, and why."""

    stage: Stage
    action: Action
    reason: str
    recipe: Recipe | None = None
    record: StageRecord | None = None


def recipe_of(stage: Stage, config: RunConfig, ledger: Ledger, records: dict[str, StageRecord]) -> Recipe:
    """What the stage's result would depend on if it ran now."""
    tables: dict[str, str] = {}
    for upstream in stage.reads:
        if upstream in records:
            tables.update(records[upstream].digests())
    files = ledger.file_digests(stage.inputs(config))
    return Recipe(code_digest(), stage.config_part(config), tables, files)


def decide(
    stage: Stage, config: RunConfig, ledger: Ledger, selection: Selection, records: dict[str, StageRecord]
) -> Decision:
    """Decide on a stage whose upstream stages are settled in `records`."""
    off = stage.asked(config)
    if off:
        return Decision(stage, "off", off)
    if not selection.covers(stage.name):
        return Decision(stage, "left out", f"after --until {selection.until}")
    recipe = recipe_of(stage, config, ledger, records)
    record = ledger.record(stage.name)
    if record is None:
        return Decision(stage, "run", "has not run yet", recipe)
    changed = recipe.difference(record.recipe)
    if changed:
        return Decision(stage, "run", changed, recipe)
    if not ledger.is_whole(record):
        return Decision(stage, "run", "files that it made are missing", recipe)
    if selection.forces(stage.name):
        return Decision(stage, "run", "asked for", recipe)
    return Decision(stage, "up to date", f"unchanged since {record.finished}", recipe, record)


def plan(config: RunConfig, ledger: Ledger, selection: Selection) -> list[Decision]:
    """Look ahead over all stages without running any.

    Behind a stage that has to run the look is blind: whether its tables will change shows only then.
    """
    decisions: list[Decision] = []
    records: dict[str, StageRecord] = {}
    unsettled: set[str] = set()
    for stage in STAGES:
        waiting = [name for name in stage.reads if name in unsettled]
        if waiting and not stage.asked(config) and selection.covers(stage.name):
            known = ledger.record(stage.name) is not None
            reason = f"if {waiting[0]} changes" if known else "has not run yet"
            decision = Decision(stage, "maybe" if known else "run", reason)
        else:
            decision = decide(stage, config, ledger, selection, records)
        decisions.append(decision)
        if decision.record:
            records[stage.name] = decision.record
        elif decision.action in ("run", "maybe"):
            unsettled.add(stage.name)
    return decisions
