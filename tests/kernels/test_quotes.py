import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.text.quotes import break_in_quotes


def found(text: str) -> int:
    return int(break_in_quotes(np.frombuffer(text.encode(), np.uint8), ord(","), ord('"')))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2\n3,4\n",
        '"1","2"\n',
        '"a,b",2\r\n',
        '"say ""A""",2\n',
        'it"s,2\n3,4\n',
        '"a"b",2\n3,4\n',
        '"",""\n""\n',
    ],
)
def test_values_that_end_on_their_line_are_fine(text):
    assert found(text) == -1


@pytest.mark.parametrize(
    ("text", "at"), [('"a\nb",2\n', 2), ('1,"2\n', 4), ('1,"2\r\n', 4), ('"a""\n', 4), ('x\n"a"",\n', 7)]
)
def test_the_first_break_inside_quotes_is_found(text, at):
    assert found(text) == at


@given(st.text(alphabet='a,"\n', max_size=30))
def test_as_many_lines_as_the_parser_sees_where_no_quote_stays_open(text):
    """Where no break is found, Arrow's parser ends a row at every line break."""
    if found(text + "\n") != -1:
        return
    rows = []
    options = pacsv.ParseOptions(invalid_row_handler=lambda row: rows.append(row) or "skip")
    names = pacsv.ReadOptions(column_names=[str(n) for n in range(40)])
    lines = [line for line in text.split("\n") if line]
    if lines:
        pacsv.read_csv(pa.py_buffer((text + "\n").encode()), names, options)
    assert len(rows) == len(lines)
