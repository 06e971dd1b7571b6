import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.world.rows import order_by_second, render_rows

CELLS = ("7", "S001-A", "a-very-long-cell", "0")


@given(st.lists(st.integers(0, 86399), max_size=60))
def test_order_is_the_stable_order(seconds):
    second = np.array(seconds, np.int32)
    np.testing.assert_array_equal(order_by_second(second), np.argsort(second, kind="stable"))


@given(st.lists(st.tuples(st.integers(0, 10**12 - 1), st.integers(0, 86399), st.integers(0, 3)), max_size=30))
def test_rows_are_written_as_python_would_write_them(rows):
    number, second, cell = (np.array([row[k] for row in rows], np.int64) for k in range(3))
    encoded = [name.encode() for name in CELLS]
    text, line = render_rows(
        number,
        12,
        second.astype(np.int32),
        cell.astype(np.int32),
        np.frombuffer(b"2025-03-03T", np.uint8),
        np.frombuffer(b"".join(encoded), np.uint8),
        np.concatenate(([0], np.cumsum([len(name) for name in encoded]))),
    )
    expected = [
        f"{n:012d},2025-03-03T{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d},{CELLS[c]}\n"
        for n, s, c in rows
    ]
    assert text.tobytes().decode() == "".join(expected)
    assert line.tolist() == np.cumsum([0, *map(len, expected)]).tolist()
