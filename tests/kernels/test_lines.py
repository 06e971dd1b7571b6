from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.text.lines import count_structure, joined, separators, values_of_lines

TEXT = st.binary(max_size=400) | st.text(alphabet='a,"\n\r', max_size=400).map(str.encode)
COMMA, QUOTE = ord(","), ord('"')


def as_bytes(text):
    return np.frombuffer(text, np.uint8)


@given(TEXT)
def test_structure_is_counted_and_found(text):
    delimiters, feeds, returns, quotes = count_structure(as_bytes(text), COMMA, QUOTE)
    assert (delimiters, feeds, returns, quotes) == tuple(
        text.count(sign) for sign in (b",", b"\n", b"\r", b'"')
    )
    places = separators(as_bytes(text), COMMA, delimiters + feeds).tolist()
    assert places == [at for at, byte in enumerate(text) if byte in b",\n"]


def regular_values(line, columns):
    """Values of a line by a slow look at its text; None if it is not regular."""
    values = []
    for piece in line.split(b","):
        is_open = values and values[-1][:1] == b'"' and (len(values[-1]) < 2 or values[-1][-1:] != b'"')
        if is_open:
            values[-1] += b"," + piece
        else:
            values.append(piece)
    for value in values:
        if value[:1] == b'"' and (len(value) < 2 or value[-1:] != b'"' or b'"' in value[1:-1]):
            return None
    return [v[1:-1] if v[:1] == b'"' else v for v in values] if len(values) == columns else None


@given(text=TEXT, columns=st.integers(1, 3))
def test_values_of_regular_lines(text, columns):
    text += b"\n"
    data = as_bytes(text)
    delimiters, feeds, _, _ = count_structure(data, COMMA, QUOTE)
    place = separators(data, COMMA, delimiters + feeds)
    wanted = np.arange(columns)[::-1].copy()
    start, end, odd, odd_ends, _, told = values_of_lines(data, place, feeds, wanted, columns, QUOTE, True)
    lines = [line.removesuffix(b"\r") for line in text.split(b"\n")[:-1]]
    lines = [line for line in lines if line]
    assert told == text.count(b"\r\n")
    assert [text[a:b] for a, b in odd_ends] == [lines[row] for row in odd]
    for row, line in enumerate(lines):
        values = [text[start[c, row] : end[c, row]] for c in range(columns)][::-1]
        expected = regular_values(line, columns)
        assert (expected is None) == (row in odd)
        assert values == (expected or [b""] * columns)


@given(text=TEXT, columns=st.integers(1, 3))
def test_no_quote_is_hidden_where_as_many_are_told_as_there_are(text, columns):
    data = as_bytes(text + b"\n")
    delimiters, feeds, _, quotes = count_structure(data, COMMA, QUOTE)
    shape = (data, separators(data, COMMA, delimiters + feeds), feeds, np.arange(columns), columns, QUOTE)
    *quick, told, _ = values_of_lines(*shape, False)
    assert told <= quotes
    if told == quotes:
        *thorough, _, _ = values_of_lines(*shape, True)
        assert all(np.array_equal(a, b) for a, b in zip(quick, thorough, strict=True))


@given(st.lists(st.binary(max_size=9), max_size=9), st.integers(0, 2))
def test_joined_texts(texts, between):
    ends = np.cumsum([0, *map(len, texts)]).astype(np.int32)
    data, offsets = joined(as_bytes(b"".join(texts)), ends[:-1], ends[1:], between)
    assert [data[a:b].tobytes() for a, b in pairwise(offsets)] == [t + b"\n" * between for t in texts]
