import hmac

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.hashing import LANES, hmac_pads, hmac_sha256, leading_words

# Plain NumPy scalars warn where SHA-256 wraps around on purpose; compiled code does not.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered")

EXAMPLES = 2 if numba.config.DISABLE_JIT else 50

RFC_4231 = [
    ("0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe".hex(),
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    ("aa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (
        bytes(range(1, 26)).hex(),
        b"\xcd" * 50,
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ),
]


def digests_of(key: bytes, messages: list[bytes]) -> list[bytes]:
    pads = hmac_pads(np.frombuffer(key, np.uint8))
    joined = np.frombuffer(b"".join(messages), np.uint8)
    offsets = np.cumsum([0, *map(len, messages)]).astype(np.int64)
    return [row.astype(">u4").tobytes() for row in hmac_sha256(*pads, joined, offsets)]


@pytest.mark.parametrize(("key", "message", "digest"), RFC_4231)
def test_published_vectors_hold(key, message, digest):
    assert digests_of(bytes.fromhex(key), [message])[0].hex() == digest


def test_published_vectors_in_the_shared_file_hold(shared_data):
    file = shared_data / "test_vectors" / "hmac" / "rfc-4231-sha256.txt"
    if not file.is_file():
        pytest.skip(f"no such file: {file}")
    told = [
        line.split(" = ")[1] for line in file.read_text().splitlines() if line[:3] in ("Key", "Msg", "MD ")
    ]
    cases = [bytes.fromhex(value) for value in told]
    short_keys = [
        case for case in zip(cases[0::3], cases[1::3], cases[2::3], strict=True) if len(case[0]) <= 64
    ]
    assert len(short_keys) >= 4
    for key, message, digest in short_keys:
        assert digests_of(key, [message]) == [digest]


@settings(max_examples=EXAMPLES)
@given(
    st.binary(max_size=64),
    st.lists(st.integers(0, 300), max_size=2 * LANES + 3 if EXAMPLES > 2 else 3),
    st.integers(0, 255),
)
def test_any_number_of_messages_of_any_length_as_the_standard_library(key, lengths, first):
    messages = [bytes((first + i + k) % 256 for k in range(length)) for i, length in enumerate(lengths)]
    assert digests_of(key, messages) == [hmac.digest(key, message, "sha256") for message in messages]


@pytest.mark.parametrize("length", [54, 55, 56, 63, 64, 65, 119, 120])
def test_lengths_about_the_padding_of_a_block(length):
    messages = [b"x" * length, b"", b"y" * length]
    assert digests_of(b"k", messages) == [hmac.digest(b"k", message, "sha256") for message in messages]


def test_a_key_longer_than_a_block_is_refused():
    with pytest.raises(ValueError, match="hashed first"):
        hmac_pads(np.zeros(65, np.uint8))


def test_leading_words_are_the_first_sixteen_bytes():
    digest = hmac.digest(b"k", b"m", "sha256")
    words = leading_words(np.frombuffer(digest, ">u4").astype(np.uint32).reshape(1, 8))
    assert words.astype(">u8").tobytes() == digest[:16]
