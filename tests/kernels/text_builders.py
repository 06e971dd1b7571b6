"""Columns of text as kernels take them."""

from itertools import pairwise

import numpy as np


def spans(values: list[str | bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Bytes of all values, and where each begins and ends, as of an array of Arrow."""
    encoded = [value if isinstance(value, bytes) else value.encode() for value in values]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.int32)
    offsets.flags.writeable = False
    return np.frombuffer(b"".join(encoded), np.uint8), offsets[:-1], offsets[1:]


def values_of(data: np.ndarray, offsets: np.ndarray) -> list[str]:
    """Texts that stand one after the other."""
    return [data[a:b].tobytes().decode() for a, b in pairwise(offsets)]
