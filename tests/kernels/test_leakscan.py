import hashlib
import re

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from kernels.leaks.digests import (
    base64_runs,
    base64_values,
    hex_values,
    scan_raw_digests,
    scan_text_digests,
)
from kernels.leaks.digits import character_classes, scan_digits
from kernels.leaks.filter import (
    BASE64_DIGEST,
    DIGITS,
    DOUBLE,
    HEX_DIGEST,
    INSIDE,
    NUMBER,
    RAW_DIGEST,
    SPACED,
    filter_of,
    may_hold,
)
from kernels.leaks.numbers import digits_of_floats, scan_numbers
from kernels.leaks.text import lines_of, lines_of_prefixed, scan_text

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
    data, tables = np.frombuffer(content, np.uint8), (hex_values(), base64_values())
    if form == "raw":
        assert scan_raw_digests(data, keys, *filter_of(keys), hits) == 1
    else:
        assert scan_text_digests(data, *tables, keys, *filter_of(keys), hits) == 1
    assert hits[0, 0] == len(before) + len(separate)
    assert hits[0, 2] == {"raw": RAW_DIGEST, "base64": BASE64_DIGEST}.get(form, HEX_DIGEST)


@given(st.text("0123456789abcdefZz+/-_ ,;", max_size=90), st.sets(st.integers(0, 80), min_size=1, max_size=6))
def test_runs_of_text_hold_the_digests_that_a_look_at_every_byte_finds(content, places):
    text, tables = content.encode(), {10: (base64_values(), 6), 15: (hex_values(), 4)}

    def window(at: int, size: int) -> int:
        key, (table, bits) = 0, tables[size]
        for octet in text[at : at + size]:
            key = key << bits | int(table[octet]) & ((1 << bits) - 1)
        return key

    sought = np.unique(np.array([window(at, size) for at in places for size in tables], np.uint64))
    expected = {
        (at, at + size, BASE64_DIGEST if size == 10 else HEX_DIGEST)
        for size, (table, _) in tables.items()
        for at in range(len(text) - size + 1)
        if window(at, size) in sought.tolist() and all(table[octet] != 255 for octet in text[at : at + size])
        # ten hexadecimal digits are passed over as base64
        if size == 15 or any(hex_values()[octet] == 255 for octet in text[at : at + size])
    }
    hits = np.zeros((500, 3), np.int64)
    values = hex_values(), base64_values()
    count = scan_text_digests(np.frombuffer(text, np.uint8), *values, sought, *filter_of(sought), hits)
    assert set(map(tuple, hits[:count].tolist())) == expected


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


def sought_in(values, kinds, sought: list[str]) -> list[tuple[int, int]]:
    """Place and form of the values in which a kernel finds a number."""
    keys = np.sort(np.array([10 ** len(n) + int(n) for n in sought], np.uint64))
    lengths = np.unique([len(n) for n in sought])
    low = np.uint64(max(min(map(int, sought)), 10**6))
    hits, windows = np.empty((1000, 3), np.int64), np.zeros(lengths.size, np.int64)
    count = scan_numbers(values, kinds, low, keys, *filter_of(keys), lengths, hits, windows)
    return [(int(a), int(k)) for a, _, k in hits[:count]]


@given(numbers, st.lists(st.integers(0, 2**64 - 1), max_size=20), st.data())
def test_integers_as_a_look_at_their_digits_finds_them(sought, values, data):
    for before, after in data.draw(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 99)), max_size=5)):
        number = data.draw(st.sampled_from(sought))
        values += [int(number), int(f"{before}{number}"), int(f"{before}{number}{after}")]
    expected = []
    for place, value in enumerate(values):
        is_one = value >= 10**6 and any(int(n) == value and len(n) >= len(str(value)) for n in sought)
        if is_one or any(n in str(value) for n in sought):
            expected.append((place, NUMBER if is_one else INSIDE))
    assert sought_in(np.array(values, np.uint64), np.array([NUMBER], np.uint8), sought) == expected


@given(numbers, st.lists(st.decimals(0, 10**8, places=6), max_size=20), st.integers(1, 6), st.data())
def test_floats_as_a_look_at_their_digits_finds_them(sought, decimals, places, data):
    number = data.draw(st.sampled_from(sought))
    values = [float(d) for d in decimals] + [float(number), -int(number) / 10**places]
    expected = []
    for place, value in enumerate(values):
        digits = f"{abs(value):.15g}"
        if "e" in digits:
            digits = f"{abs(value):.22f}".rstrip("0")
        whole = value == int(value) and any(int(n) == abs(value) >= 10**6 for n in sought)
        plain = str(int(digits.replace(".", ""))) if "." in digits else digits
        if whole or any(n in plain for n in sought):
            expected.append((place, DOUBLE if whole else INSIDE))
    assert sought_in(*digits_of_floats(np.array(values), 15), sought) == expected


@given(st.integers(10**14, 10**15 - 1), st.integers(-22, 0))
@example(10**14, -22)
def test_digits_of_a_double_are_those_that_it_is_written_with(digits, exponent):
    value = float(f"{digits}e{exponent}")
    found, kinds = digits_of_floats(np.array([value, -value]), 15)
    whole = value == int(value)
    expected = int(value) if whole else int(str(digits).rstrip("0"))
    assert found.tolist() == [expected] * 2
    assert kinds.tolist() == [DOUBLE if whole else INSIDE] * 2


def test_numbers_that_are_none_hold_nothing():
    values = np.array([np.nan, np.inf, -np.inf, 0.0, 1e300, 5e-324, 2.0**63])
    assert sought_in(*digits_of_floats(values, 15), ["2217700"]) == []


@given(st.lists(st.binary(max_size=9), max_size=6))
def test_values_become_lines(values):
    data = b"".join(values)
    offsets = np.cumsum([0, *map(len, values)]).astype(np.int64)
    expected = b"".join(value + b"\n" for value in values)
    assert lines_of(np.frombuffer(data, np.uint8), offsets).tobytes() == expected
    prefixed = b"".join(len(value).to_bytes(4, "little") + value for value in values)
    assert lines_of_prefixed(np.frombuffer(prefixed, np.uint8)).tobytes() == expected


def test_a_length_beyond_the_page_is_cut():
    cut = (1000).to_bytes(4, "little") + b"abc"
    assert lines_of_prefixed(np.frombuffer(cut, np.uint8)).tobytes() == b"abc\n"


@given(st.text("aB3+/-_=, ", max_size=80), st.integers(1, 6))
def test_runs_of_base64(text, shortest):
    data = np.frombuffer(text.encode(), np.uint8)
    expected = [list(m.span()) for m in re.finditer(rf"[A-Za-z0-9+/_-]{{{shortest},}}", text)]
    assert base64_runs(data, base64_values(), shortest).tolist() == expected


@given(st.lists(st.integers(0, 2**60), max_size=300, unique=True))
def test_a_filter_never_loses_a_key(keys):
    array = np.array(keys, np.uint64)
    words, shift = filter_of(array)
    assert all(may_hold(words, shift, key) for key in array)
