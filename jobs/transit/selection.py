"""Choose options under a budget: a mixed-integer program with HiGHS, and a greedy way out."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from jobs.transit.changes import Kind, Option

_GRACE_S = 2.0

Rivals = Sequence[tuple[tuple[int, Kind], tuple[int, Kind]]]
"""Pairs of changes (line, kind) of which at most one is made."""


@dataclass(frozen=True)
class Budget:
    """What a plan may use more than today; less where negative."""

    vehicle_hours: float
    vehicles: tuple[int, ...]
    """By slot."""
    max_changes: int
    least_saving_min: float
    """What a changed line must be worth."""
    loser_trips: float = np.inf
    """Trips a day that may lose, added up over the options."""
    coverage_loss: float = np.inf
    """Share of residents that may lose their stop, added up over the options."""


@dataclass(frozen=True)
class Program:
    """The choice as a program: options x (binary) and touched lines y (binary); maximise ``worth``."""

    options: tuple[Option, ...]
    touched: tuple[int, ...]
    """Lines, one y each."""
    worth: np.ndarray
    rows: tuple[tuple[float, float, tuple[tuple[int, float], ...]], ...]
    """(lower, upper, ((column, coefficient), ...))."""


def choose(
    options: Sequence[Option],
    budget: Budget,
    rivals: Rivals,
    seconds: float,
    musts: Sequence[Sequence[Option]] = (),
    gap: float = 1e-6,
) -> list[Option]:
    """Options of highest total value within the budget.

    ``musts`` are groups of options of which one is chosen, first groups first, where that is possible.
    At most one option a line and slot, a change of the whole line instead of headways, and none of a line that is
    part of another's change; a new line runs in all slots or not at all; of two rivals at most one is chosen.

    The solver is stopped from outside after `seconds`, as its own limit is not always honoured, and its
    best selection is used if there is one; otherwise a greedy selection is.
    """
    if not options:
        return []
    for n_musts in range(len(musts), -1, -1):
        program = _program(tuple(options), budget, rivals, musts[:n_musts])
        x = _solved(program, seconds, gap)
        if x is not None:
            return [o for o, value in zip(program.options, x, strict=False) if value > 0.5]
    return greedy(options, budget, rivals)


def _program(
    options: tuple[Option, ...], budget: Budget, rivals: Rivals, musts: Sequence[Sequence[Option]] = ()
) -> Program:
    touched = tuple(sorted({o.line for o in options}))
    y = {line: len(options) + i for i, line in enumerate(touched)}
    worth = np.array([o.saves_min for o in options] + [-budget.least_saving_min] * len(touched))
    inf = highspy.kHighsInf
    rows = [(-inf, budget.vehicle_hours, tuple((i, o.vehicle_hours) for i, o in enumerate(options)))]
    for slot, limit in enumerate(budget.vehicles):
        rows.append((-inf, float(limit), tuple((i, float(o.vehicles[slot])) for i, o in enumerate(options))))
    rows.append((-inf, float(budget.max_changes), tuple((column, 1.0) for column in y.values())))
    if np.isfinite(budget.loser_trips):
        rows.append((-inf, budget.loser_trips, tuple((i, o.loser_trips) for i, o in enumerate(options))))
    if np.isfinite(budget.coverage_loss):
        losses = tuple((i, o.coverage_loss) for i, o in enumerate(options) if o.coverage_loss)
        rows.append((-inf, budget.coverage_loss, losses))
    for group in musts:
        wanted = {id(o) for o in group}
        rows.append((1.0, inf, tuple((i, 1.0) for i, o in enumerate(options) if id(o) in wanted)))
    for line in touched:
        rows += _line_rows(options, line, y[line], len(budget.vehicles))
    for line in sorted({other for o in options for other in o.also}):
        rows += _shared_line_rows(options, line, len(budget.vehicles))
    for a, b in rivals:
        rows += [
            (-inf, 1.0, ((i, 1.0), (j, 1.0)))
            for i in _stands_for(options, y, *a)
            for j in _stands_for(options, y, *b)
        ]
    return Program(options, touched, worth, tuple(rows))


def _stands_for(options: tuple[Option, ...], y: dict[int, int], line: int, kind: Kind) -> list[int]:
    """Columns that are 1 if a change is made."""
    own = [i for i, o in enumerate(options) if o.line == line and o.kind is kind]
    return [y[line]] if own and kind is Kind.NEW_LINE else own


def _line_rows(
    options: tuple[Option, ...], line: int, y: int, n_slots: int
) -> list[tuple[float, float, tuple[tuple[int, float], ...]]]:
    """One option a slot at most; exactly one for a line that is new."""
    own = [i for i, o in enumerate(options) if o.line == line]
    lower = 0.0 if options[own[0]].kind is Kind.NEW_LINE else -highspy.kHighsInf
    rows = []
    for slot in range(n_slots):
        here = tuple((i, 1.0) for i in own if options[i].slot in (slot, -1))
        if here:
            rows.append((lower, 0.0, (*here, (y, -1.0))))
    return rows


def _shared_line_rows(
    options: tuple[Option, ...], line: int, n_slots: int
) -> list[tuple[float, float, tuple[tuple[int, float], ...]]]:
    """A line that is part of another's change has no change of its own, nor is it part of two."""
    parts = [(i, 1.0) for i, o in enumerate(options) if line in o.also]
    return [
        (
            -highspy.kHighsInf,
            1.0,
            (*parts, *((i, 1.0) for i, o in enumerate(options) if o.line == line and o.slot in (slot, -1))),
        )
        for slot in range(n_slots)
    ]


def _solved(program: Program, seconds: float, gap: float) -> np.ndarray | None:
    """Solve with HiGHS on one thread (same result each time); None if nothing was found in time."""
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("time_limit", seconds)
    n = program.worth.size
    for worth in program.worth:
        highs.addVar(0.0, 1.0)
        highs.changeColCost(highs.getNumCol() - 1, -float(worth))
    highs.changeColsIntegrality(
        n, np.arange(n, dtype=np.int32), np.full(n, highspy.HighsVarType.kInteger, dtype=object)
    )
    for lower, upper, row in program.rows:
        index = np.array([i for i, _ in row], np.int32)
        highs.addRow(lower, upper, index.size, index, np.array([v for _, v in row], np.float64))
    worker = threading.Thread(target=highs.run, daemon=True)
    worker.start()
    worker.join(seconds + _GRACE_S)
    if worker.is_alive():
        return None
    status = highs.getInfo().primal_solution_status
    if status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return None
    return np.array(highs.getSolution().col_value)[: len(program.options)]


def greedy(options: Sequence[Option], budget: Budget, rivals: Rivals) -> list[Option]:
    """Savings first that cost passengers least, then spending that saves most a vehicle-hour, while it fits.

    Works on whole lines: of each line and slot the option with the best ratio.
    """
    bundles = sorted(_bundles(options), key=_ratio, reverse=True)
    savers = [b for b in bundles if sum(o.vehicle_hours for o in b) <= 0]
    spenders = [b for b in bundles if sum(o.vehicle_hours for o in b) > 0]
    best: list[Option] = []
    best_value = 0.0
    for n_savers in range(len(savers) + 1):
        chosen: list[list[Option]] = []
        for bundle in savers[:n_savers] + spenders:
            if _fits([*chosen, bundle], budget, rivals):
                chosen.append(bundle)
        flat = [o for b in chosen for o in b]
        value = sum(o.saves_min for o in flat) - budget.least_saving_min * len(chosen)
        if value > best_value and is_within(flat, budget):
            best, best_value = flat, value
    return best


def _bundles(options: Sequence[Option]) -> list[list[Option]]:
    """For each line its removal, and its best headway of each slot; spending and saving apart."""
    out: dict[tuple[int, bool, bool], dict[int, Option]] = {}
    for option in options:
        key = (option.line, option.slot < 0, option.vehicle_hours > 0)
        slots = out.setdefault(key, {})
        if option.slot not in slots or _ratio([option]) > _ratio([slots[option.slot]]):
            slots[option.slot] = option
    return [list(slots.values()) for slots in out.values()]


def _ratio(bundle: list[Option]) -> float:
    hours = sum(o.vehicle_hours for o in bundle)
    value = sum(o.saves_min for o in bundle)
    return value / max(abs(hours), 1e-6)


def _fits(bundles: list[list[Option]], budget: Budget, rivals: Rivals) -> bool:
    made = {(b[0].line, b[0].kind) for b in bundles}
    pairs_ok = not any(a in made and b in made for a, b in rivals)
    touched = [line for b in bundles for line in (b[0].line, *b[0].also)]
    return (
        len(bundles) <= budget.max_changes
        and len(set(touched)) == len(touched)
        and pairs_ok
        and is_within([o for b in bundles for o in b], budget)
    )


def is_within(options: Sequence[Option], budget: Budget) -> bool:
    """Whether options keep to the vehicle-hours, vehicles by slot, losers and coverage of a budget."""
    hours = sum(o.vehicle_hours for o in options)
    vehicles = [sum(o.vehicles[s] for o in options) for s in range(len(budget.vehicles))]
    losers = sum(o.loser_trips for o in options)
    return (
        hours <= budget.vehicle_hours + 1e-9
        and losers <= budget.loser_trips + 1e-6
        and sum(o.coverage_loss for o in options) <= budget.coverage_loss + 1e-12
        and all(n <= limit for n, limit in zip(vehicles, budget.vehicles, strict=True))
    )
