"""ChaCha20 as a stream of random bits (RFC 8439, section 2.3): sixteen blocks in lockstep.

All rows stand in one scratch array, so that LLVM turns each step into vector instructions, as in
`kernels.hashing`.
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

LANES = 16
BUFFER_WORDS = 16 * LANES
_ROUNDS = 20
_CONSTANT = np.frombuffer(b"expand 32-byte k", np.uint32)


@kernel
def _rotl(x: np.uint32, n: int) -> np.uint32:
    return np.uint32((x << np.uint32(n)) | (x >> np.uint32(32 - n)))


@kernel
def _quarter_round(v, a, b, c, d):  # type: ignore[no-untyped-def]
    """The quarter round in every lane; the letters are rows of `v`."""
    for lane in range(LANES):
        va, vb, vc, vd = v[a, lane], v[b, lane], v[c, lane], v[d, lane]
        va = np.uint32(va + vb)
        vd = _rotl(vd ^ va, 16)
        vc = np.uint32(vc + vd)
        vb = _rotl(vb ^ vc, 12)
        va = np.uint32(va + vb)
        vd = _rotl(vd ^ va, 8)
        vc = np.uint32(vc + vd)
        vb = _rotl(vb ^ vc, 7)
        v[a, lane], v[b, lane], v[c, lane], v[d, lane] = va, vb, vc, vd


@kernel
def chacha20_blocks(
    key: NDArray[np.uint32], nonce: NDArray[np.uint32], counter: int, out: NDArray[np.uint32]
) -> None:
    """Write sixteen blocks of key stream.

    Parameters
    ----------
    key : uint32[8], nonce : uint32[3], little-endian words.
    counter : number of the first block, below 2**32.
    out : uint32[256], filled block by block.
    """
    v, start = np.empty((16, LANES), np.uint32), np.empty((16, LANES), np.uint32)
    for lane in range(LANES):
        for i in range(4):
            start[i, lane] = _CONSTANT[i]
        for i in range(8):
            start[4 + i, lane] = key[i]
        start[12, lane] = np.uint32(counter + lane)
        for i in range(3):
            start[13 + i, lane] = nonce[i]
    v[:] = start
    for _ in range(0, _ROUNDS, 2):
        _quarter_round(v, 0, 4, 8, 12)
        _quarter_round(v, 1, 5, 9, 13)
        _quarter_round(v, 2, 6, 10, 14)
        _quarter_round(v, 3, 7, 11, 15)
        _quarter_round(v, 0, 5, 10, 15)
        _quarter_round(v, 1, 6, 11, 12)
        _quarter_round(v, 2, 7, 8, 13)
        _quarter_round(v, 3, 4, 9, 14)
    for lane in range(LANES):
        for i in range(16):
            out[16 * lane + i] = np.uint32(v[i, lane] + start[i, lane])
