import csv

import numpy as np
import pytest

from kernels.siphash import siphash_parts, siphash_texts, siphash_words

KEY = np.frombuffer(bytes(range(16)), np.uint64)


def texts(*values: bytes):
    data = np.frombuffer(b"".join(values), np.uint8)
    return data, np.concatenate([[0], np.cumsum([len(v) for v in values])]).astype(np.int64)


def test_the_example_of_the_paper():
    assert siphash_texts(KEY, *texts(bytes(range(15))))[0] == 0xA129CA6149BE45E5


def test_the_official_vectors(shared_data):
    path = shared_data / "test_vectors" / "siphash_2_4.csv"
    rows = [row for row in csv.DictReader(path.open()) if row["variant"] == "sip64"]
    expected = [int.from_bytes(bytes.fromhex(row["tag_hex"]), "little") for row in rows]
    messages = [bytes(range(int(row["message_length"]))) for row in rows]
    assert siphash_texts(KEY, *texts(*messages)).tolist() == expected
    assert len(rows) == 64


def test_words_are_texts_of_eight_bytes():
    words = np.random.default_rng(7).integers(0, 2**63, 50, np.uint64)
    as_text = texts(*(int(word).to_bytes(8, "little") for word in words))
    assert siphash_words(KEY, words).tolist() == siphash_texts(KEY, *as_text).tolist()


@pytest.mark.parametrize("parts", [1, 2, 7, 2**20 - 3, 2**20, 2**31 - 1])
def test_parts_are_remainders(parts):
    words = np.random.default_rng(8).integers(0, 2**63, 50, np.uint64)
    expected = [int(hashed) % parts for hashed in siphash_words(KEY, words)]
    assert siphash_parts(KEY, words, parts).tolist() == expected


@pytest.mark.parametrize("bit", [0, 63, 127])
def test_every_bit_of_the_key_counts(bit):
    other = np.frombuffer(
        (int.from_bytes(bytes(range(16)), "little") ^ (1 << bit)).to_bytes(16, "little"), np.uint64
    )
    words = np.arange(20, dtype=np.uint64)
    assert not (siphash_words(KEY, words) == siphash_words(other, words)).any()
