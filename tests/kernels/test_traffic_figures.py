import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.traffic import callers_and_calls, distinct_in_groups

CALLS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 90)), max_size=40)


@given(CALLS, st.integers(1, 4))
def test_figures_are_sums_in_which_each_caller_is_bounded(calls, cap):
    calls = sorted(calls)
    key, caller, seconds = (np.array([call[i] for call in calls], np.int64) for i in range(3))
    found = callers_and_calls(key, caller.astype(np.uint64), seconds, cap)
    expected = []
    for k in sorted(set(key.tolist())):
        own = {c: [s for kk, cc, s in calls if (kk, cc) == (k, c)] for kk, c, _ in calls if kk == k}
        number = sum(min(len(spoken), cap) for spoken in own.values())
        duration = sum(sum(spoken) * min(len(spoken), cap) // len(spoken) for spoken in own.values())
        expected.append((k, len(own), number, duration))
    assert list(zip(*(column.tolist() for column in found), strict=True)) == expected


@given(CALLS)
def test_distinct_values_of_each_key(calls):
    calls = sorted(calls)
    key, value = (np.array([call[i] for call in calls], np.int64) for i in range(2))
    expected = [len({v for kk, v, _ in calls if kk == k}) for k in sorted(set(key.tolist()))]
    assert distinct_in_groups(key, value.astype(np.uint64)).tolist() == expected
