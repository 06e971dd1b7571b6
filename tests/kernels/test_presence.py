from collections import Counter, defaultdict

from hypothesis import given
from towns_on_a_line import columns_of, events

from kernels.presence import user_hours


def found_hours(rows):
    event, hour, cell = user_hours(*columns_of(rows))
    return [(rows[e][0], h, c) for e, h, c in zip(event.tolist(), hour.tolist(), cell.tolist(), strict=True)]


@given(events(max_size=40, longest_gap_s=1200))
def test_each_user_and_hour_has_the_cell_of_most_events(rows):
    seen = defaultdict(list)
    for user, time, cell in rows:
        seen[user, time // 3600].append(cell)
    expected = [(user, hour, Counter(cells).most_common(1)[0][0]) for (user, hour), cells in seen.items()]
    assert found_hours(rows) == expected


def test_hours_of_many_events_count_like_short_ones():
    rows = [(1, t, t % 2 + (t == 7)) for t in range(200)] + [(1, 3600 + t, 5) for t in range(3)]
    assert found_hours(rows) == [(1, 0, 0), (1, 1, 5)]
