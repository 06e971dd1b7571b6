"""HMAC-SHA-256 of many short identifiers at once (FIPS 180-4, FIPS 198-1).

Sixteen messages advance in lockstep, lane by lane, so that LLVM turns each round into vector
instructions. State and message schedule share one scratch array: with a single base pointer the
vectoriser can prove that its loads and stores do not overlap (separate arrays were 3 times slower).
"""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel

LANES = 16
_BLOCK = 64
_PADDED_TAIL = 9  # one 0x80 byte and the 64-bit length

_H0 = np.array(
    [
        0x6A09E667,
        0xBB67AE85,
        0x3C6EF372,
        0xA54FF53A,
        0x510E527F,
        0x9B05688C,
        0x1F83D9AB,
        0x5BE0CD19,
    ],
    dtype=np.uint32,
)

_K_HEX = """
428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2
"""
_K = np.array([int(word, 16) for word in _K_HEX.split()], dtype=np.uint32)

_STATE = 8  # rows of the scratch array that hold the state; the schedule follows


@kernel
def _rotr(x: np.uint32, n: int) -> np.uint32:
    return np.uint32((x >> np.uint32(n)) | (x << np.uint32(32 - n)))


@kernel
def _round(v, a, b, c, d, e, f, g, h, w, k):  # type: ignore[no-untyped-def]
    """One SHA-256 round in every lane; the letters are rows of `v`."""
    for lane in range(LANES):
        ve, va = v[e, lane], v[a, lane]
        choose = (ve & v[f, lane]) ^ (~ve & v[g, lane])
        majority = (va & v[b, lane]) ^ (va & v[c, lane]) ^ (v[b, lane] & v[c, lane])
        sigma1 = _rotr(ve, 6) ^ _rotr(ve, 11) ^ _rotr(ve, 25)
        sigma0 = _rotr(va, 2) ^ _rotr(va, 13) ^ _rotr(va, 22)
        t1 = np.uint32(v[h, lane] + sigma1 + choose + k + v[w, lane])
        v[d, lane] = np.uint32(v[d, lane] + t1)
        v[h, lane] = np.uint32(t1 + sigma0 + majority)


@kernel
def _expand_schedule(v: NDArray[np.uint32]) -> None:
    """Fill schedule words 16..63 from words 0..15 (FIPS 180-4, 6.2.2 step 1)."""
    for t in range(_STATE + 16, _STATE + 64):
        for lane in range(LANES):
            w15, w2 = v[t - 15, lane], v[t - 2, lane]
            s0 = _rotr(w15, 7) ^ _rotr(w15, 18) ^ (w15 >> np.uint32(3))
            s1 = _rotr(w2, 17) ^ _rotr(w2, 19) ^ (w2 >> np.uint32(10))
            v[t, lane] = np.uint32(v[t - 16, lane] + s0 + v[t - 7, lane] + s1)


@kernel
def _compress(v: NDArray[np.uint32], state: NDArray[np.uint32]) -> None:
    """Absorb the block in rows 8..23 of `v` into `state` (8 x lanes), every lane at once."""
    _expand_schedule(v)
    for i in range(_STATE):
        for lane in range(LANES):
            v[i, lane] = state[i, lane]
    for t in range(0, 64, 8):
        w = _STATE + t
        _round(v, 0, 1, 2, 3, 4, 5, 6, 7, w, _K[t])
        _round(v, 7, 0, 1, 2, 3, 4, 5, 6, w + 1, _K[t + 1])
        _round(v, 6, 7, 0, 1, 2, 3, 4, 5, w + 2, _K[t + 2])
        _round(v, 5, 6, 7, 0, 1, 2, 3, 4, w + 3, _K[t + 3])
        _round(v, 4, 5, 6, 7, 0, 1, 2, 3, w + 4, _K[t + 4])
        _round(v, 3, 4, 5, 6, 7, 0, 1, 2, w + 5, _K[t + 5])
        _round(v, 2, 3, 4, 5, 6, 7, 0, 1, w + 6, _K[t + 6])
        _round(v, 1, 2, 3, 4, 5, 6, 7, 0, w + 7, _K[t + 7])
    for i in range(_STATE):
        for lane in range(LANES):
            state[i, lane] = np.uint32(state[i, lane] + v[i, lane])


@kernel
def _load_block(v, lane, message, start, stop, block, absorbed):  # type: ignore[no-untyped-def]
    """Put padded block number `block` of ``message[start:stop]`` into one lane of the schedule.

    `absorbed` is the number of bytes that the state has already taken (the key pad).
    """
    length = stop - start
    first = block * _BLOCK
    last_block = (length + _PADDED_TAIL + _BLOCK - 1) // _BLOCK - 1
    for word in range(16):
        value = np.uint32(0)
        for byte in range(4):
            at = first + 4 * word + byte
            octet = np.uint32(0)
            if at < length:
                octet = np.uint32(message[start + at])
            elif at == length:
                octet = np.uint32(0x80)
            value = np.uint32((value << np.uint32(8)) | octet)
        v[_STATE + word, lane] = value
    if block == last_block:
        bits = np.uint64((length + absorbed) * 8)
        v[_STATE + 14, lane] = np.uint32(bits >> np.uint64(32))
        v[_STATE + 15, lane] = np.uint32(bits & np.uint64(0xFFFFFFFF))


@kernel
def _load_digest(v: NDArray[np.uint32], state: NDArray[np.uint32]) -> None:
    """Put each lane's 32-byte inner digest, padded after a 64-byte key block, in the schedule."""
    for lane in range(LANES):
        for word in range(8):
            v[_STATE + word, lane] = state[word, lane]
            v[_STATE + 8 + word, lane] = np.uint32(0)
        v[_STATE + 8, lane] = np.uint32(0x80000000)
        v[_STATE + 15, lane] = np.uint32((_BLOCK + 32) * 8)


@kernel
def _reset(state: NDArray[np.uint32], pad: NDArray[np.uint32]) -> None:
    for i in range(_STATE):
        for lane in range(LANES):
            state[i, lane] = pad[i]


@kernel
def _inner_hash(v, state, kept, message, offsets, first, n):  # type: ignore[no-untyped-def]
    """Absorb up to 16 messages of different lengths; `state` ends with each lane's own digest."""
    blocks = 1
    for lane in range(n):
        length = offsets[first + lane + 1] - offsets[first + lane]
        blocks = max(blocks, (length + _PADDED_TAIL + _BLOCK - 1) // _BLOCK)
    for block in range(blocks):
        for lane in range(n):
            _load_block(v, lane, message, offsets[first + lane], offsets[first + lane + 1], block, _BLOCK)
        _compress(v, state)
        for lane in range(n):
            length = offsets[first + lane + 1] - offsets[first + lane]
            if (length + _PADDED_TAIL + _BLOCK - 1) // _BLOCK == block + 1:
                for i in range(_STATE):
                    kept[i, lane] = state[i, lane]
    for i in range(_STATE):
        for lane in range(LANES):
            state[i, lane] = kept[i, lane]


@kernel
def hmac_sha256(
    inner: NDArray[np.uint32],
    outer: NDArray[np.uint32],
    message: NDArray[np.uint8],
    offsets: NDArray[np.int64],
) -> NDArray[np.uint32]:
    """HMAC-SHA-256 of many messages under one key.

    Parameters
    ----------
    inner, outer : uint32[8], the key's pads from `hmac_pads`.
    message : uint8[total], the messages one after the other.
    offsets : int64[n + 1], where each message starts; the last is the end.

    Returns
    -------
    uint32[n, 8], the digests as big-endian words.

    Notes
    -----
    RFC 2104; SHA-256 as in FIPS 180-4, 6.2.2.
    """
    count = offsets.size - 1
    digests = np.empty((count, _STATE), np.uint32)
    v = np.zeros((_STATE + 64, LANES), np.uint32)
    state = np.empty((_STATE, LANES), np.uint32)
    kept = np.zeros((_STATE, LANES), np.uint32)
    for first in range(0, count, LANES):
        n = min(LANES, count - first)
        _reset(state, inner)
        _inner_hash(v, state, kept, message, offsets, first, n)
        _load_digest(v, state)
        _reset(state, outer)
        _compress(v, state)
        for lane in range(n):
            for i in range(_STATE):
                digests[first + lane, i] = state[i, lane]
    return digests


@kernel
def _absorb_pad(key: NDArray[np.uint8], pad_byte: int) -> NDArray[np.uint32]:
    v = np.zeros((_STATE + 64, LANES), np.uint32)
    state = np.empty((_STATE, LANES), np.uint32)
    _reset(state, _H0)
    for word in range(16):
        value = np.uint32(0)
        for byte in range(4):
            at = 4 * word + byte
            octet = np.uint32(key[at]) if at < key.size else np.uint32(0)
            value = np.uint32((value << np.uint32(8)) | (octet ^ np.uint32(pad_byte)))
        v[_STATE + word, 0] = value
    _compress(v, state)
    return state[:, 0].copy()


def hmac_pads(key: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Hash states after the inner and the outer key pad: all that a worker needs of a key.

    Parameters
    ----------
    key : uint8[<= 64].

    Raises
    ------
    ValueError
        The key is longer than a block; hash it first (RFC 2104).
    """
    if key.size > _BLOCK:
        raise ValueError("an HMAC key longer than 64 bytes has to be hashed first")
    return _absorb_pad(key, 0x36), _absorb_pad(key, 0x5C)


@kernel
def leading_words(digests: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """First 128 bits of each digest as two big-endian words: uint32[n, 8] to uint64[n, 2]."""
    words = np.empty((digests.shape[0], 2), np.uint64)
    for row in range(digests.shape[0]):
        for half in range(2):
            high, low = np.uint64(digests[row, 2 * half]), np.uint64(digests[row, 2 * half + 1])
            words[row, half] = (high << np.uint64(32)) | low
    return words
