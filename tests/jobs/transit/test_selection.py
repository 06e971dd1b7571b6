"""The choice under a budget against trying everything."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.transit.changes import Change, Kind, Option, Reshape
from jobs.transit.selection import Budget, choose, greedy


@st.composite
def problems(draw):
    options = []
    n_lines = draw(st.integers(1, 4))
    for line in range(n_lines):
        kind = draw(st.sampled_from([Kind.NEW_LINE, Kind.HEADWAY, Kind.REMOVE_DUPLICATE, Kind.MERGE]))
        if kind is Kind.MERGE:
            other = draw(st.integers(0, n_lines - 1))
            change = Change(line, kind, reshape=Reshape((), (), (other,) if other != line else ()))
            hours, saves = draw(st.integers(-9, 9)), draw(st.integers(-50, 100))
            lost = draw(st.sampled_from([0.0, 0.1, 0.2]))
            options.append(Option(line, kind, -1, 0.0, saves, hours, (0, 0), change, coverage_loss=lost))
            continue
        if kind is Kind.REMOVE_DUPLICATE:
            options.append(
                Option(
                    line,
                    kind,
                    -1,
                    0.0,
                    -draw(st.integers(0, 50)),
                    -draw(st.integers(1, 9)),
                    (-1, -1),
                    Change(line, kind),
                )
            )
            continue
        for slot in range(2):
            for level in range(draw(st.integers(1, 2))):
                hours = draw(st.integers(1, 9)) * (
                    1 if kind is Kind.NEW_LINE else draw(st.sampled_from([1, -1]))
                )
                saves = draw(st.integers(0, 100)) * (1 if hours > 0 else -1)
                vehicles = tuple(int(s == slot) * (1 if hours > 0 else -1) for s in range(2))
                options.append(Option(line, kind, slot, 10.0 + level, saves, hours, vehicles))
    vehicles = (draw(st.integers(0, 2)),) * 2
    coverage = draw(st.sampled_from([0.05, 0.15, np.inf]))
    budget = Budget(draw(st.integers(0, 8)), vehicles, draw(st.integers(0, 3)), 1.0, coverage_loss=coverage)
    return options, budget


def is_allowed(chosen, budget):
    lines = {o.line for o in chosen}
    slots = [(o.line, s) for o in chosen for s in ((0, 1) if o.slot < 0 else (o.slot,))]
    is_whole = all(
        {o.slot for o in chosen if o.line == line} == {0, 1}
        for line in lines
        if next(o for o in chosen if o.line == line).kind is Kind.NEW_LINE
    )
    touched = [*lines, *(line for o in chosen for line in o.also)]
    return (
        len(slots) == len(set(slots))
        and len(touched) == len(set(touched))
        and sum(o.coverage_loss for o in chosen) <= budget.coverage_loss + 1e-12
        and is_whole
        and len(lines) <= budget.max_changes
        and sum(o.vehicle_hours for o in chosen) <= budget.vehicle_hours
        and all(sum(o.vehicles[s] for o in chosen) <= budget.vehicles[s] for s in range(2))
    )


def value(chosen, budget):
    return sum(o.saves_min for o in chosen) - budget.least_saving_min * len({o.line for o in chosen})


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_choice_is_the_best_of_all(problem):
    options, budget = problem
    chosen = choose(options, budget, [], 5.0)
    assert is_allowed(chosen, budget)
    subsets = (
        [o for o, is_in in zip(options, mask, strict=True) if is_in]
        for mask in product((0, 1), repeat=len(options))
    )
    best = max(value(s, budget) for s in subsets if is_allowed(s, budget))
    assert abs(value(chosen, budget) - best) < 1e-4


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_greedy_way_out_keeps_the_budget(problem):
    options, budget = problem
    assert is_allowed(greedy(options, budget, []), budget)


def test_of_two_rivals_one_is_chosen():
    kind = Kind.NEW_LINE
    options = [Option(line, kind, 0, 10.0, 50.0 + line, 1.0, (0,)) for line in (0, 1)]
    chosen = choose(options, Budget(9.0, (9,), 9, 1.0), [((0, kind), (1, kind))], 5.0)
    assert [o.line for o in chosen] == [1]
