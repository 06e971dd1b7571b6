"""A binary min-heap in two arrays, for kernels. Stale entries are left in and skipped by the caller."""

import numpy as np

from kernels._jit import kernel


@kernel
def push(keys: np.ndarray, items: np.ndarray, size: int, key: float, item: int) -> int:
    """Add `item` with `key`; return the new size. The arrays must have room."""
    child = size
    while child > 0:
        parent = (child - 1) >> 1
        if keys[parent] <= key:
            break
        keys[child] = keys[parent]
        items[child] = items[parent]
        child = parent
    keys[child] = key
    items[child] = item
    return size + 1


@kernel
def pop(keys: np.ndarray, items: np.ndarray, size: int) -> int:
    """Remove the smallest entry and leave it at position ``size - 1``; return the new size."""
    top_key, top_item = keys[0], items[0]
    last = size - 1
    key, item = keys[last], items[last]
    parent = 0
    while True:
        child = 2 * parent + 1
        if child >= last:
            break
        if child + 1 < last and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[parent] = keys[child]
        items[parent] = items[child]
        parent = child
    keys[parent] = key
    items[parent] = item
    keys[last] = top_key
    items[last] = top_item
    return last
