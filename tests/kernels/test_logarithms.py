import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.logarithms import exp_of, log_of


@given(st.floats(1e-300, 1e300))
def test_logarithm_is_right_to_nine_places(x):
    assert log_of(x) == pytest.approx(np.log(x), abs=1e-9)


@given(st.floats(-700, 700))
def test_exponential_is_right_to_nine_places(x):
    assert exp_of(x) == pytest.approx(np.exp(x), rel=1e-9)


def test_exponential_stays_in_range():
    assert exp_of(-1e9) == exp_of(-700.0) > 0
    assert exp_of(1e9) == exp_of(700.0) < np.inf
