"""Logarithms and exponentials of many numbers, so written that the compiler takes several at a time.

The C library's functions take them one by one. Here numbers are halved or doubled into a small range by way of the bits
of a float64 (IEEE 754), where a polynomial does; there is neither a branch nor a division, which would keep loops from
being vectorised. Both are right to 1e-9.
"""

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial

from kernels._jit import kernel

_LN2 = float(np.log(2.0))
_PER_LN2 = 1.0 / _LN2
_BITS = np.int64(52)
"""Of the fraction; those above are the exponent, which is 1023 for numbers from 1 to 2."""
_BIAS = np.int64(1023)
_ROOT_HALF = np.int64(np.sqrt(0.5).view(np.int64))
_FARTHEST = 700.0


def _coefficients(function: np.ufunc, degree: int, low: float, high: float) -> tuple[float, ...]:
    """Coefficients of the polynomial through the Chebyshev points of a range (Trefethen 2013, chapter 4)."""
    through = Chebyshev.interpolate(function, degree, [low, high])
    return tuple(float(c) for c in through.convert(kind=Polynomial).coef)


_L = _coefficients(np.log1p, 11, np.sqrt(0.5) - 1.0, np.sqrt(2.0) - 1.0)
_E = _coefficients(np.exp, 7, -0.5 * _LN2, 0.5 * _LN2)


@kernel
def log_of(x: float) -> float:
    """Natural logarithm of a positive, normal number."""
    bits = np.float64(x).view(np.int64)
    power = (bits - _ROOT_HALF) >> _BITS
    # What is left lies from the root of a half to that of 2; the polynomial is in what this exceeds 1 by.
    m = np.int64(bits - (power << _BITS)).view(np.float64) - 1.0
    p = _L[8] + m * (_L[9] + m * (_L[10] + m * _L[11]))
    p = _L[4] + m * (_L[5] + m * (_L[6] + m * (_L[7] + m * p)))
    return power * _LN2 + (_L[0] + m * (_L[1] + m * (_L[2] + m * (_L[3] + m * p))))


@kernel
def exp_of(x: float) -> float:
    """Exponential; of less than -700 as of -700, of more than 700 as of 700."""
    x = min(max(x, -_FARTHEST), _FARTHEST)
    power = np.floor(x * _PER_LN2 + 0.5)
    m = x - power * _LN2
    p = _E[4] + m * (_E[5] + m * (_E[6] + m * _E[7]))
    p = _E[0] + m * (_E[1] + m * (_E[2] + m * (_E[3] + m * p)))
    return p * np.int64((np.int64(power) + _BIAS) << _BITS).view(np.float64)
