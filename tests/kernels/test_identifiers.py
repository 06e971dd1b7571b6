import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from text_builders import spans, values_of

from kernels.text.columns import canonical_digits
from kernels.text.identifiers import digits_of_numbers, numbers_of_digits

WRITTEN = st.text(alphabet="0123456789+-. ()x", max_size=22) | st.from_regex(
    r"(\+|00)?[0-9]{4,17}", fullmatch=True
)
RULES = [(5, 15, True), (14, 15, False), (14, 16, False)]


def texts(values):
    raw = [value.encode() for value in values]
    return np.frombuffer(b"".join(raw) or b"\0", np.uint8), np.cumsum([0, *map(len, raw)]).astype(np.int64)


@pytest.mark.parametrize("rule", RULES)
@given(written=st.lists(WRITTEN, min_size=1, max_size=8))
@example(written=["+0012345", "00+12345", "0000012345", "12 34-5", "+1+2345", "0012345678901234567", ""])
def test_numbers_stand_for_the_canonical_digits(rule, written):
    data, offsets = texts(written)
    canonical, ends, good = canonical_digits(data, offsets, *rule)
    numbers = numbers_of_digits(*spans(written), *rule)
    assert (numbers > 0).tolist() == good.tolist()
    digits = values_of(*digits_of_numbers(numbers[good]))
    assert digits == [text for text, fine in zip(values_of(canonical, ends), good, strict=True) if fine]


def test_leading_zeros_count():
    one, other = numbers_of_digits(*spans(["012345678901234", "12345678901234"]), 14, 15, False)
    assert one != other
    assert values_of(*digits_of_numbers(np.array([one, other]))) == ["012345678901234", "12345678901234"]
