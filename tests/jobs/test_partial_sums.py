from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.counting.level_counts import counted_together, tasks_of
from jobs.counting.partial_sums import Sums, add_up, distinct_keys

FILES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.dictionaries(st.integers(0, 5), st.tuples(st.integers(1, 9), st.floats(0, 9), st.floats(0, 9))),
    ),
    max_size=6,
)
"""Window, and users, trips and population by key."""


def block(window, name, figures):
    key = np.array(sorted(figures), np.int64)
    columns = [
        np.array([figures[k][i] for k in sorted(figures)], kind) for i, kind in enumerate([int, float, float])
    ]
    return Sums(key, *columns).as_block(window, name)


def blocks_of(files):
    return [block(window, f"window={window}/part-{i}", figures) for i, (window, figures) in enumerate(files)]


@given(FILES)
def test_users_add_up_in_a_window_and_the_largest_window_stands(files):
    users = defaultdict(lambda: defaultdict(int))
    trips = defaultdict(float)
    for window, figures in files:
        for key, (count, parts, _) in figures.items():
            users[key][window] += count
            trips[key] += parts
    sums = add_up(blocks_of(files))
    assert sums.key.tolist() == sorted(users)
    assert sums.users.tolist() == [max(users[key].values()) for key in sorted(users)]
    assert sums.trips.tolist() == pytest.approx([trips[key] for key in sorted(trips)])


@given(FILES, st.randoms())
def test_the_order_of_blocks_changes_not_a_bit(files, random):
    blocks = blocks_of(files)
    sums, again = add_up(blocks), add_up(random.sample(blocks, len(blocks)))
    for found, expected in zip(vars(again).values(), vars(sums).values(), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_the_same_persons_in_two_windows_do_not_pass_a_threshold_twice():
    two = [block(1, "window=1/part-0", {7: (9, 1.0, 2.0)}), block(2, "window=2/part-0", {7: (8, 1.0, 2.0)})]
    sums = add_up(two)
    assert (sums.users.tolist(), sums.trips.tolist(), sums.population.tolist()) == ([9], [2.0], [4.0])


def test_no_block_is_no_figure():
    assert add_up([]).key.size == 0


@given(FILES)
def test_files_counted_together_have_the_sums_of_files_counted_alone(files):
    blocks = {f"{i:05d}": block(window, f"{i:05d}", figures) for i, (window, figures) in enumerate(files)}
    windows = {name: window for name, (window, _) in zip(blocks, files, strict=True)}

    def count(given):
        return windows[given["name"]], iter([add_up([blocks[given["name"]]])])

    tasks = tasks_of([{"name": name, "rows": 900_000} for name in blocks])
    assert [len(task["inputs"]) for task in tasks] == [2] * (len(files) // 2) + [1] * (len(files) % 2)
    found = [
        sums.as_block(window, task["inputs"][0]["name"])
        for task in tasks
        for _, window, sums in counted_together(task["inputs"], count)
    ]
    together, alone = add_up(found), add_up(list(blocks.values()))
    assert together.key.tolist() == alone.key.tolist()
    assert together.users.tolist() == alone.users.tolist()
    assert together.trips.tolist() == pytest.approx(alone.trips.tolist())


@given(st.lists(st.integers(0, 10)), st.sampled_from([1, 2**40]))
def test_distinct_keys_are_those_of_sorting(keys, apart):
    key = np.array(keys, np.int64) * apart
    distinct, code = distinct_keys(key)
    assert distinct.tolist() == sorted(set(key.tolist()))
    assert distinct[code].tolist() == key.tolist()
