"""Decide which stages have to run, and say why."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from jobs.errors import ConfigError
from jobs.identity.pseudonyms import check_value, load_key
from pipelines.code import code_digest
from pipelines.config import RunConfig
from pipelines.context import Engine, StageContext
from pipelines.ledger import Ledger
from pipelines.records import Recipe, StageRecord
from pipelines.spelling import did_you_mean
from pipelines.stages import NAMES, STAGES, Stage

Action = Literal["run", "maybe", "up to date", "unavailable", "off", "left out"]


def needed_for(name: str) -> set[str]:
    """A stage and all that it reads from, near and far."""
    reads = {stage.name: stage.reads for stage in STAGES}
    found, waiting = {name}, [name]
    while waiting:
        new = set(reads[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


@dataclass(frozen=True)
class Selection:
    """What the command line asks of the stage graph."""

    start: str | None = None
    until: str | None = None
    force: bool = False
    only: str | None = None

    def __post_init__(self) -> None:
        for option, name in (("--from", self.start), ("--until", self.until), ("--only", self.only)):
            if name is not None and name not in NAMES:
                what = f"there is no stage {name!r}{did_you_mean(name, NAMES)}"
                raise ConfigError(what, option, f"stages are: {', '.join(NAMES)}")
        if self.start and self.until and NAMES.index(self.start) > NAMES.index(self.until):
            raise ConfigError(f"{self.start} comes after {self.until}", "--from", "swap --from and --until")

    def leaves_out(self, stage: str) -> str:
        """Why a stage is not asked for; empty when it is."""
        if self.until is not None and NAMES.index(stage) > NAMES.index(self.until):
            return f"after --until {self.until}"
        if self.only is not None and stage not in needed_for(self.only):
            return f"{self.only} does not need it"
        return ""

    def forces(self, stage: str) -> bool:
        """Whether the stage is to run even if it is up to date."""
        return self.force or (self.start is not None and NAMES.index(stage) >= NAMES.index(self.start))


@dataclass(frozen=True)
class Decision:
    """What is to be done with a stage, and why.

    Attributes
    ----------
    record : what an earlier run made, if it is up to date; else `before`, if it can be gone on from.
    """

    stage: Stage
    action: Action
    reason: str
    recipe: Recipe | None = None
    record: StageRecord | None = None
    before: StageRecord | None = None


def recipe_of(stage: Stage, config: RunConfig, ledger: Ledger, records: dict[str, StageRecord]) -> Recipe:
    """What the stage's result would depend on if it ran now."""
    tables: dict[str, str] = {}
    for upstream in stage.reads:
        if upstream in records:
            tables.update(records[upstream].digests())
    files = ledger.file_digests(stage.inputs(config))
    key = _key_check(config) if stage.keyed else ""
    return Recipe(code_digest(*stage.code), stage.config_part(config), tables, files, key)


def _key_check(config: RunConfig) -> str:
    """Check value of the key, or nothing where it is gone: what was made with it stays of use."""
    try:
        return check_value(load_key(config.pseudonyms.key))
    except ConfigError:
        return ""


def decide(
    stage: Stage,
    config: RunConfig,
    ledger: Ledger,
    selection: Selection,
    records: dict[str, StageRecord],
    unavailable: Collection[str],
) -> Decision:
    """Decide on a stage whose upstream stages are settled: in `records`, `unavailable`, or off."""
    off = stage.asked(config)
    if off:
        return Decision(stage, "off", off)
    left_out = selection.leaves_out(stage.name)
    if left_out:
        return Decision(stage, "left out", left_out)
    needed = (name for name in stage.reads if name not in stage.spares)
    lacking = next((name for name in needed if name in unavailable), None)
    hindrance = f"needs {lacking}, which is not available" if lacking else ""
    hindrance = hindrance or stage.hindrance(_looking(config, ledger, records))
    if hindrance:
        return Decision(stage, "unavailable", hindrance)
    recipe = recipe_of(stage, config, ledger, records)
    record = ledger.record(stage.name)
    reason = _reason_to_run(stage, ledger, selection, recipe, record)
    if reason or record is None:
        return Decision(
            stage, "run", reason, recipe, before=_to_go_on(stage, ledger, selection, recipe, record)
        )
    return Decision(stage, "up to date", f"unchanged since {record.finished}", recipe, record)


def _to_go_on(
    stage: Stage, ledger: Ledger, selection: Selection, recipe: Recipe, record: StageRecord | None
) -> StageRecord | None:
    """An earlier result that differs in its input alone, so that only what changed has to be made."""
    if record is None or selection.forces(stage.name) or not recipe.does_the_same(record.recipe):
        return None
    return record if ledger.is_whole(record) else None


def _reason_to_run(
    stage: Stage, ledger: Ledger, selection: Selection, recipe: Recipe, record: StageRecord | None
) -> str:
    """Why a stage has to run; empty when it is up to date."""
    if record is None:
        return "has not run yet"
    changed = recipe.difference(record.recipe)
    if changed:
        return changed
    if not ledger.is_whole(record):
        return "files that it made are missing"
    return "asked for" if selection.forces(stage.name) else ""


def _looking(config: RunConfig, ledger: Ledger, records: dict[str, StageRecord]) -> StageContext:
    """A context in which a stage only looks at tables."""
    engine = Engine(config.engine, ledger.scratch / ".spark", lambda text: None)
    return StageContext(config, ledger.store, ledger, engine, "", lambda text: None, records)


def check_inputs(config: RunConfig, decisions: list[Decision]) -> int:
    """Look at the raw input of stages that will run; return the number of files looked at.

    Raises
    ------
    ConfigError, InputError
        As the first of those stages would, hours later.
    """
    return sum(d.stage.check(config) for d in decisions if d.action == "run")


def _behind(stage: Stage, upstream: str, ledger: Ledger, selection: Selection) -> Decision:
    """Decide on a stage before `upstream` has run."""
    if ledger.record(stage.name) is None:
        return Decision(stage, "run", "has not run yet")
    if selection.forces(stage.name):
        return Decision(stage, "run", "asked for")
    return Decision(stage, "maybe", f"if {upstream} changes")


def plan(config: RunConfig, ledger: Ledger, selection: Selection) -> list[Decision]:
    """Look ahead over all stages without running any.

    Behind a stage that has to run the look is blind: whether its tables will change shows only then.
    """
    decisions: list[Decision] = []
    records: dict[str, StageRecord] = {}
    unsettled: set[str] = set()
    unavailable: set[str] = set()
    for stage in STAGES:
        waiting = [name for name in stage.reads if name in unsettled]
        if waiting and not stage.asked(config) and not selection.leaves_out(stage.name):
            decision = _behind(stage, waiting[0], ledger, selection)
        else:
            decision = decide(stage, config, ledger, selection, records, unavailable)
        decisions.append(decision)
        if decision.record:
            records[stage.name] = decision.record
        elif decision.action == "unavailable":
            unavailable.add(stage.name)
        elif decision.action in ("run", "maybe"):
            unsettled.add(stage.name)
    return decisions


def surely_on_spark(config: RunConfig, ledger: Ledger, selection: Selection) -> bool:
    """Whether a glance tells, before any input is digested, that the next thing to run needs Spark."""
    stage = next(stage for stage in STAGES if stage.on_spark)
    if config.world or selection.leaves_out(stage.name):
        return False
    return selection.forces(stage.name) or ledger.record(stage.name) is None


def begins_on_spark(decisions: list[Decision]) -> bool:
    """Whether Spark is needed as soon as the run begins: not where a world has to be made first."""
    runs = [decision.stage for decision in decisions if decision.action == "run"]
    return any(stage.on_spark for stage in runs) and runs[0].name != "world"
