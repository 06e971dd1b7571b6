"""Planted identifiers are found wherever they hide, and never shown."""

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import random
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobs.errors import InputError
from jobs.leakscan import needles_of, read_identifiers, scan
from jobs.leakscan.needles import canonical_list
from jobs.leakscan.parquet_layers import ParquetFile
from jobs.leakscan.scan import scan_contents

CANARY = "221770123457"
PEOPLE = [str(221_770_000_000 + 7_919 * n) for n in range(2_000)] + [CANARY]


@pytest.fixture(scope="module")
def needles():
    return needles_of(sorted({p.encode() for p in PEOPLE}))


def parquet(column: pa.Array, **how) -> bytes:
    return parquet_of(pa.table({"x": column}), **how)


def parquet_of(table: pa.Table, **how) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **how)
    return sink.getvalue()


def arrow(column: pa.Array) -> bytes:
    table, sink = pa.table({"x": column}), io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as file:
        file.write_table(table)
    return sink.getvalue()


def unused_entry(content: str) -> bytes:
    """A dictionary with an entry that no row uses."""
    array = pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int32()), pa.array(["harmless", content]))
    return parquet(array, compression="zstd")


def in_statistics_alone(content: str) -> bytes:
    """A greatest value that is in no page any more, as after a careless redaction."""
    whole = parquet(pa.array(["0", content]), use_dictionary=False, compression="none")
    in_page = whole.index(len(content).to_bytes(4, "little") + content.encode()) + 4
    mended = whole[:in_page] + b"x" * len(content) + whole[in_page + len(content) :]
    assert pq.read_table(io.BytesIO(mended))["x"].to_pylist() == ["0", "x" * len(content)]
    return mended


def with_metadata(note: str) -> bytes:
    return parquet_of(pa.table({"x": [1]}).replace_schema_metadata({"note": note}))


def with_metadata_of_a_column(note: str) -> bytes:
    return parquet_of(pa.table([[1]], pa.schema([pa.field("x", pa.int64(), metadata={"note": note})])))


def zipped(content: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", content)
    return sink.getvalue()


def lz4(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "lz4") as stream:
        stream.write(content)
    return sink.getvalue().to_pybytes()


def in_a_page(content: bytes) -> bytes:
    payload = base64.b64encode(gzip.compress(random.Random(1).randbytes(100) + content))
    return b"<!doctype html><script>const data='" + payload + b"'</script>"


FILLER = [str(n) for n in range(1000)]
N = CANARY.encode()
HIDEOUTS = {
    "csv": (b"user,time\n" + N + b",2013-01-07\n", "digits"),
    "log": (b"2013-01-07 12:00:01 ERROR bad row: '" + N + b"'\n", "digits"),
    "plus": (b"tel:+" + N, "digits"),
    "00": (b"call 00" + N + b" now", "digits"),
    "spaces": (b"+221 77 012 34 57", "digits with gaps"),
    "brackets": (b"(221) 770-123.457", "digits with gaps"),
    "no-break space": ("221\u00a0770\u00a0123457".encode(), "digits with gaps"),
    "utf-16": (f"x{CANARY}y".encode("utf-16"), "digits with gaps"),
    "inside": (b"99" + N + b"1", "digits inside a longer number"),
    "json": (json.dumps({"a": [int(CANARY)]}).encode(), "digits"),
    "little endian": (b"abc" + int(CANARY).to_bytes(8, "little") + b"z", "64-bit integer"),
    "big endian": (b"abc" + int(CANARY).to_bytes(8, "big") + b"z", "64-bit integer"),
    "double": (b"abc" + np.array([float(CANARY)]).tobytes() + b"z", "double"),
    "parquet text": (parquet(pa.array([*FILLER, CANARY]), compression="zstd"), "digits"),
    "parquet plain": (parquet(pa.array([*FILLER, CANARY]), use_dictionary=False), "digits"),
    "parquet v2": (parquet(pa.array([*FILLER, CANARY]), data_page_version="2.0"), "digits"),
    "parquet numbers": (
        parquet(pa.array([1, int(CANARY)]), column_encoding="DELTA_BINARY_PACKED", use_dictionary=False),
        "number of a column",
    ),
    "parquet numbers, plain": (
        parquet(pa.array([None, -int(CANARY)]), use_dictionary=False),
        "number of a column",
    ),
    "parquet numbers, by dictionary": (parquet(pa.array([7, int(CANARY)] * 9)), "number of a column"),
    "parquet number in longer": (
        parquet(pa.array([7, int("1" + CANARY + "5")])),
        "digits inside a longer number",
    ),
    "parquet times": (parquet(pa.array([int(CANARY)], pa.timestamp("ms"))), "number of a column"),
    "parquet decimals": (parquet(pa.array([Decimal(CANARY + ".50")])), "digits"),
    "parquet doubles": (parquet(pa.array([0.5, float(CANARY)]), compression="gzip"), "double"),
    "parquet doubles, split": (
        parquet(pa.array([0.5, float(CANARY)]), use_dictionary=False, column_encoding="BYTE_STREAM_SPLIT"),
        "double",
    ),
    "parquet doubles, scaled": (
        parquet(pa.array([0.5, int(CANARY) / 1000, int(CANARY) / 100])),
        "digits inside a longer number",
    ),
    "parquet bytes": (parquet(pa.array([b"\xff", b"\xfe" + N + b"\xff"])), "digits"),
    "parquet packed bytes": (
        parquet(pa.array([b"\xff", int(CANARY).to_bytes(8, "big")]), use_dictionary=False),
        "64-bit integer",
    ),
    "parquet bytes of fixed size": (parquet(pa.array([N + b"ab", b"x" * 14], pa.binary(14))), "digits"),
    "parquet digest": (parquet(pa.array([b"\xff", hashlib.sha1(N).digest()])), "unkeyed digest, bytes"),
    "parquet 00": (parquet(pa.array(["0", "00" + CANARY]), compression="snappy"), "digits"),
    "parquet +": (parquet(pa.array(["0", "+" + CANARY]), use_dictionary=False), "digits"),
    "parquet list": (parquet(pa.array([[1, 2], [], [3, int(CANARY)]])), "number of a column"),
    "parquet struct": (parquet(pa.array([{"a": {"b": ["x", CANARY]}}])), "digits"),
    "parquet map": (
        parquet(pa.array([[(CANARY, 1.5)]], pa.map_(pa.string(), pa.float64())), use_dictionary=False),
        "digits",
    ),
    "parquet dictionary": (unused_entry(CANARY), "digits"),
    "parquet page that goes over": (
        parquet(
            pa.array([*FILLER, CANARY, *(f"x{n}" for n in range(9_000))]), dictionary_pagesize_limit=4096
        ),
        "digits",
    ),
    "parquet statistics": (parquet(pa.array(["0", CANARY]), compression="brotli"), "digits"),
    "parquet statistics alone": (in_statistics_alone(CANARY), "digits"),
    "parquet metadata": (with_metadata(CANARY), "digits"),
    "parquet metadata of a column": (with_metadata_of_a_column(CANARY), "digits"),
    "parquet name of a column": (parquet_of(pa.table({f"calls of {CANARY}": [1]})), "digits"),
    "parquet packed values": (
        parquet(pa.array([b"a", gzip.compress(b"x" * 80 + N), gzip.compress(b"b")])),
        "digits",
    ),
    "parquet payload": (
        parquet(pa.array([base64.b64encode(gzip.compress(b"x" * 80 + N) * 3).decode()])),
        "digits",
    ),
    "arrow": (arrow(pa.array([1, int(CANARY)])), "number of a column"),
    "arrow dictionary": (arrow(pa.array(["a", CANARY]).dictionary_encode()), "digits"),
    "gzip": (gzip.compress(b"x" * 100 + N), "digits"),
    "zip": (zipped(b"x" * 100 + N), "digits"),
    "xz": (lzma.compress(b"x" * 100 + N), "digits"),
    "bz2": (bz2.compress(b"x" * 100 + N), "digits"),
    "lz4": (lz4(b"x" * 100 + N), "digits"),
    "gzip in zip": (zipped(gzip.compress(N)), "digits"),
    "page": (in_a_page(b"|" + N + b"|"), "digits"),
    "md5": (b'"' + hashlib.md5(N).hexdigest().encode() + b'"', "unkeyed digest, hexadecimal"),
    "SHA-1 upper": (hashlib.sha1(N).hexdigest().upper().encode(), "unkeyed digest, hexadecimal"),
    "sha256 of +": (hashlib.sha256(b"+" + N).hexdigest().encode(), "unkeyed digest, hexadecimal"),
    "sha256 bytes": (b"ab" + hashlib.sha256(N).digest() + b"cd", "unkeyed digest, bytes"),
    "sha256 base64": (b"'" + base64.b64encode(hashlib.sha256(N).digest()) + b"'", "unkeyed digest, base64"),
}


@pytest.mark.parametrize("hideout", HIDEOUTS)
def test_a_planted_identifier_is_found_in_its_form_and_not_shown(tmp_path, needles, hideout):
    content, kind = HIDEOUTS[hideout]
    (tmp_path / "made").write_bytes(content)
    result = scan(tmp_path, needles)
    assert result.found > 0
    assert kind in result.counts
    told = json.dumps(result.as_json(), ensure_ascii=False)
    assert CANARY not in told
    assert CANARY[3:] not in told
    assert not result.as_json()["clean"]


def test_an_offset_and_a_way_lead_to_it(tmp_path, needles):
    (tmp_path / "made.gz").write_bytes(gzip.compress(b"x" * 50 + b"\n" + N))
    (finding,) = scan(tmp_path / "made.gz", needles).findings
    assert (finding.file, finding.way, finding.offset, finding.masked) == (
        "made.gz",
        "!gzip",
        51,
        "221•••••••••",
    )


def test_a_name_of_a_file_counts(tmp_path, needles):
    (tmp_path / f"export-{CANARY}.csv").write_text("nothing")
    result = scan(tmp_path, needles)
    assert result.counts == {"file name": 1}
    assert CANARY not in json.dumps(result.as_json())


def test_across_the_border_of_two_pieces(tmp_path, needles, monkeypatch):
    monkeypatch.setattr(sys.modules["jobs.leakscan.searching"], "_CHUNK", 4096)
    for before in range(4080, 4100):
        (tmp_path / "made").write_bytes(b"\n" * before + N + b"\n" * 9000)
        assert [f.offset for f in scan(tmp_path, needles).findings] == [before]


def test_each_entry_of_a_dictionary_counts_once(tmp_path, needles):
    (tmp_path / "a.parquet").write_bytes(
        parquet(pa.array([5, int(CANARY)] * 1000), compression="zstd", write_statistics=False)
    )
    result = scan(tmp_path, needles)
    (finding,) = result.findings
    assert (finding.place, finding.masked) == ("a.parquet!x[0] dictionary value 1", "221•••••••••")


def test_an_offset_beside_pages_is_that_in_the_file(tmp_path, needles):
    content = in_statistics_alone(CANARY)
    (tmp_path / "a").write_bytes(content)
    for finding in scan(tmp_path, needles).findings:
        assert finding.way == ""
        assert content[finding.offset :].startswith(N)


def test_zeros_before_a_number_that_a_column_of_numbers_drops():
    imei = needles_of([b"012345678901237"])
    result = scan_contents([("a.parquet", parquet(pa.array([12345678901237])))], imei)
    assert result.counts["number of a column"] == 1


def test_numbers_that_zeros_make_long_are_not_sought_as_small_ones(tmp_path):
    few = needles_of([b"0000012", b"000000000012"])
    (tmp_path / "a.parquet").write_bytes(parquet(pa.array([12, 13])) + (12).to_bytes(8, "big"))
    (tmp_path / "b").write_bytes((12).to_bytes(8, "little"))
    assert scan(tmp_path, few).found == 0


def test_pages_with_more_than_the_rows_have_are_searched_as_bytes():
    file = ParquetFile(parquet(pa.array(["0", CANARY]), use_dictionary=False, compression="zstd"))
    (chunk,) = file._chunks
    assert "x[0] page 0" not in dict(file.inner())
    file._chunks = [replace(chunk, values=1)]
    assert N in dict(file.inner())["x[0] page 0"]


@pytest.mark.parametrize("cut", [40, 100])
def test_a_damaged_parquet_file_is_told_and_searched_as_bytes(tmp_path, needles, cut):
    whole = in_statistics_alone(CANARY)
    (tmp_path / "a").write_bytes(whole[:4] + bytes(cut) + whole[4 + cut :])
    result = scan(tmp_path, needles)
    assert result.unread
    assert result.found


def with_password() -> bytes:
    """A zip file that says that its entry is encrypted (PKWARE APPNOTE 4.4.4, bit 0)."""
    content = bytearray(zipped(b"x" * 100))
    for at in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1
    return bytes(content)


CLOSED = {
    "zip with a password": with_password(),
    "cut Parquet": parquet(pa.array(FILLER), compression="zstd")[:-20],
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "cut xz": lzma.compress(b"x" * 1000)[:-10],
    "too deep": gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x"))))),
}


@pytest.mark.parametrize("kind", CLOSED)
def test_what_is_not_opened_is_told(tmp_path, needles, kind):
    (tmp_path / "a").write_bytes(CLOSED[kind])
    result = scan(tmp_path, needles)
    assert len(result.unread) == 1
    assert not result.as_json()["clean"]


def test_encrypted_parquet_is_told(tmp_path, needles):
    whole = parquet(pa.array(["0"]))
    (tmp_path / "a").write_bytes(b"PARE" + bytes(reversed(whole[4:-4])) + b"PARE")
    assert scan(tmp_path, needles).unread


def test_values_that_only_begin_as_packed_ones_do_are_no_failure():
    column = pa.array([b"\x1f\x8b" + bytes(9), b"\x1f\x8b\x08" + b"\xff" * 20, b"PK\x03\x04"])
    result = scan_contents([("a.parquet", parquet(column))], needles_of([N]))
    assert result.as_json()["clean"]


def test_harmless_files_are_clean(tmp_path, needles):
    rng = np.random.default_rng(3)
    (tmp_path / "dates.csv").write_text(
        "".join(f"{n},2013-01-{n % 28 + 1:02d} 12:{n % 60:02d}:00,{n * 7}\n" for n in range(20_000))
    )
    (tmp_path / "random").write_bytes(rng.bytes(200_000))
    (tmp_path / "h3.parquet").write_bytes(parquet(pa.array(rng.integers(6 * 10**17, 7 * 10**17, 20_000))))
    (tmp_path / "keyed").write_text(hashlib.sha256(b"key" + N).hexdigest())
    result = scan(tmp_path, needles)
    assert result.found == 0
    assert result.as_json()["clean"]
    assert result.files == 4


def test_digits_that_chance_explains_are_told_and_do_not_count(tmp_path):
    """Thousands of numbers of seven digits: some stand inside of any long row of digits."""
    rng = np.random.default_rng(5)
    dense = needles_of([b"%d" % n for n in range(3_000_000, 3_050_000)])
    (tmp_path / "floats.txt").write_text("\n".join(f"0.{n}" for n in rng.integers(10**14, 10**15, 20_000)))
    result = scan(tmp_path, dense)
    assert result.counts["digits inside a longer number"] > 0
    assert result.found == 0


def test_what_cannot_be_opened_is_told(tmp_path, needles):
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"x" * 10_000)[:40])
    result = scan(tmp_path, needles)
    assert result.unread == ["cut.gz (EOFError)"]
    assert not result.as_json()["clean"]


def test_identifiers_that_are_no_numbers_are_found(tmp_path):
    opaque = needles_of(canonical_list(pa.array([b"sub-7f3a", b"x1", b"klmno9"]), "opaque", "list"))
    assert (opaque.count, opaque.too_short) == (3, 1)
    (tmp_path / "a").write_bytes(b"..klmno9..sub-7f3a")
    assert [f.offset for f in scan(tmp_path, opaque).findings] == [2, 10]


def test_a_list_is_read_in_any_spelling(tmp_path):
    (tmp_path / "ids.txt").write_text("+221 77 012 34 57\n00221770123457\n221-770-123-458\nnot a number\n")
    assert read_identifiers(tmp_path / "ids.txt", "msisdn") == [b"221770123457", b"221770123458"]
    pq.write_table(pa.table({"a": [1], "id": [221770123457]}), tmp_path / "ids.parquet")
    assert read_identifiers(tmp_path / "ids.parquet", "msisdn", "id") == [b"221770123457"]
    (tmp_path / "none.txt").write_text("abc\n")
    for name in ("none.txt", "missing.txt"):
        with pytest.raises(InputError):
            read_identifiers(tmp_path / name, "msisdn")
