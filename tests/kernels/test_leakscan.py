import hashlib
import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kernels.leakscan import (
    DIGITS,
    INSIDE,
    RAW_DIGEST,
    SPACED,
    base64_runs,
    base64_values,
    character_classes,
    filter_of,
    hex_values,
    scan_digests,
    scan_digits,
    scan_text,
    scan_text_digests,
)

numbers = st.lists(st.text("0123456789", min_size=7, max_size=9), min_size=1, max_size=5, unique=True)


def found_digits(content: bytes, sought: list[str]) -> set[tuple[int, int, int]]:
    keys = np.sort(np.array([10 ** len(n) + int(n) for n in sought], np.uint64))
    lengths = np.unique([len(n) for n in sought])
    hits = np.empty((1000, 3), np.int64)
    data = np.frombuffer(content, np.uint8)
    windows = np.zeros(lengths.size, np.int64)
    count = scan_digits(data, character_classes(), keys, *filter_of(keys), lengths, hits, windows)
    return {(a, b, k) for a, b, k in hits[:count].tolist()}


@given(numbers, st.text("0123456789 -x.", max_size=60), st.data())
def test_digits_as_a_regular_expression_finds_them(sought, filler, data):
    at = data.draw(st.integers(0, len(filler)))
    content = filler[:at] + data.draw(st.sampled_from(sought)) + filler[at:]
    expected = set()
    for number in sought:
        pattern = "[ .-]{0,2}".join(number)
        for match in re.finditer(f"(?=({pattern}))", content):
            first, end = match.span(1)
            alone = re.search(r"(^|[^0-9])(00)?$", content[:first]) and not content[end : end + 1].isdigit()
            kind = SPACED if end - first != len(number) else DIGITS if alone else INSIDE
            expected.add((first, end, kind))
    assert expected <= found_digits(content.encode(), sought)
    assert {hit[1] for hit in found_digits(content.encode(), sought)} == {hit[1] for hit in expected}


def test_a_number_longer_than_the_longest_keeps_rolling():
    digits = "9" * 40 + "221770000001" + "3" * 30
    assert found_digits(digits.encode(), ["221770000001"]) == {(40, 52, INSIDE)}


@given(st.binary(max_size=40), st.binary(max_size=40), st.sampled_from(["raw", "hex", "HEX", "base64"]))
def test_digests_are_found_in_every_form(before, after, form):
    import base64

    digest = hashlib.sha1(b"221770000001").digest()
    forms = {
        "raw": digest,
        "hex": digest.hex().encode(),
        "HEX": digest.hex().upper().encode(),
        "base64": base64.b64encode(digest),
    }
    separate = b"|" if form != "raw" else b""
    content = before + separate + forms[form] + separate + after
    keys = np.array([int.from_bytes(digest[:8], "big") >> 4], np.uint64)
    hits = np.empty((10, 3), np.int64)
    tables = hex_values(), base64_values()
    assert scan_digests(np.frombuffer(content, np.uint8), *tables, keys, *filter_of(keys), hits) == 1
    assert hits[0, 0] == len(before) + len(separate)


@given(st.text("0123456789abcdefZz+/-_ ,;", max_size=90), st.sets(st.integers(0, 80), min_size=1, max_size=6))
def test_runs_of_text_hold_the_digests_that_a_look_at_every_byte_finds(content, places):
    data = np.frombuffer(content.encode(), np.uint8)
    tables = hex_values(), base64_values()
    keys = []
    for at in places:
        for size, table, bits in ((10, tables[1], 6), (15, tables[0], 4)):
            key = 0
            for octet in content.encode()[at : at + size]:
                key = key << bits | int(table[octet]) & ((1 << bits) - 1)
            keys.append(key)
    sought = np.unique(np.array(keys, np.uint64))
    found = []
    for scan in (scan_digests, scan_text_digests):
        hits = np.zeros((500, 3), np.int64)
        count = scan(data, *tables, sought, *filter_of(sought), hits)
        found.append([hit for hit in hits[:count].tolist() if hit[2] != RAW_DIGEST])
    assert found[0] == found[1]


@given(
    st.lists(st.binary(min_size=3, max_size=12), min_size=1, max_size=4, unique=True), st.binary(max_size=30)
)
def test_text_as_plain_search_finds_it(sought, filler):
    content = filler + sought[0] + filler[::-1]
    size = min([8, *map(len, sought)])
    anchors = np.array([int.from_bytes(s[:size], "big") for s in sought], np.uint64)
    order = np.argsort(anchors, kind="stable")
    text = np.frombuffer(b"".join(sought), np.uint8)
    offsets = np.cumsum([0, *map(len, sought)])
    hits = np.empty((1000, 3), np.int64)
    found = scan_text(
        np.frombuffer(content, np.uint8),
        size,
        anchors[order],
        order,
        *filter_of(anchors),
        text,
        offsets,
        hits,
    )
    expected = sorted(
        (i, i + len(s)) for s in sought for i in range(len(content)) if content[i : i + len(s)] == s
    )
    assert sorted(map(tuple, hits[:found, :2].tolist())) == expected


@given(st.text("aB3+/-_=, ", max_size=80), st.integers(1, 6))
def test_runs_of_base64(text, shortest):
    data = np.frombuffer(text.encode(), np.uint8)
    expected = [list(m.span()) for m in re.finditer(rf"[A-Za-z0-9+/_-]{{{shortest},}}", text)]
    assert base64_runs(data, base64_values(), shortest).tolist() == expected


@given(st.lists(st.integers(0, 2**60), max_size=300, unique=True))
def test_a_filter_never_loses_a_key(keys):
    from kernels.leakscan import _may_hold

    array = np.array(keys, np.uint64)
    words, shift = filter_of(array)
    assert all(_may_hold(words, shift, key) for key in array)
