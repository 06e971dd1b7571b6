"""No raw identifier and no key in any file of a run outside quarantine and world, Spark's own included."""

import base64
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray
from tiny_city import TINY, City

from jobs.identity.pseudonyms import PseudonymParams, canonical_ids, pseudonymise, window_pads
from jobs.identity.subjects import subjects_of

_NUMBER = re.compile(rb"(?=(999\d{9}))")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{120,}={0,2}")


class Scan:
    """Finds identifiers and the key in bytes, whatever they are wrapped in."""

    def __init__(self, numbers: list[str], key: bytes) -> None:
        self._numbers = {number.encode() for number in numbers}
        self._values = np.array(sorted(int(number) for number in numbers), np.int64)
        self._key = {key, key.hex().encode(), key.hex().upper().encode(), base64.b64encode(key).rstrip(b"=")}

    def folder(self, root: Path, without: tuple[str, ...] = ()) -> dict[str, set[str]]:
        """What was found in which file below a folder."""
        files = [p for p in sorted(root.rglob("*")) if p.is_file()]
        kept = [p for p in files if p.relative_to(root).parts[0] not in without]
        assert kept
        return {str(p): found for p in kept if (found := self.content(p.read_bytes()))}

    def content(self, data: bytes) -> set[str]:
        found = set()
        for layer in _layers(data):
            found |= {n.decode() for n in set(_NUMBER.findall(layer)) & self._numbers}
            found |= {"key" for form in self._key if form in layer}
            found |= {str(value) for value in self._packed(layer)}
        return found

    def _packed(self, data: bytes) -> Iterator[int]:
        """Identifiers as 64-bit numbers, at any byte, in either byte order."""
        for shift in range(8):
            words = np.frombuffer(data[shift:], np.uint8)
            words = words[: len(words) // 8 * 8].view("<i8")
            for values in (words, words.byteswap()):
                yield from self._known(values)

    def _known(self, values: NDArray[np.int64]) -> list[int]:
        near = values[(values >= self._values[0]) & (values <= self._values[-1])]
        return np.intersect1d(near, self._values).tolist()


def _layers(data: bytes) -> Iterator[bytes]:
    """The bytes as they are, then everything that is packed in them."""
    yield data
    for inner in _unpacked(data):
        yield from _layers(inner)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data[:4] == b"PAR1":
        yield from _columns(data)
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    else:
        for run in _BASE64.findall(data):
            decoded = base64.b64decode(run + b"=" * (-len(run) % 4))
            if decoded[:2] == b"\x1f\x8b" or decoded[:1] == b"\x78":
                try:
                    yield zlib.decompressobj(47).decompress(decoded)
                except zlib.error:
                    continue


def _columns(data: bytes) -> Iterator[bytes]:
    for column in pq.read_table(io.BytesIO(data), partitioning=None).columns:
        yield "\n".join(map(str, column.to_pylist())).encode()


@pytest.fixture(scope="module")
def numbers(finished: City) -> list[str]:
    key = pq.read_table(finished.workspace / "world" / "truth" / "key.parquet")
    named = next(n for n in key.column_names if "msisdn" in n or ("id" in n and key[n].type == pa.string()))
    found = [str(value) for value in key[named].to_pylist()]
    assert len(found) > 500
    for file in sorted((finished.workspace / "world" / "cdr").glob("*.csv")):
        others = pacsv.read_csv(
            file, parse_options=pacsv.ParseOptions(invalid_row_handler=lambda row: "skip")
        )
        found += [str(value) for value in others["counterparty"].unique().drop_null().to_pylist()]
    found = sorted(set(found))
    assert all(len(number) == 12 for number in found)
    return found


@pytest.fixture(scope="module")
def secret(finished: City) -> bytes:
    return (finished.config.parent / "tiny.key").read_bytes()


@pytest.fixture(scope="module")
def scan(numbers: list[str], secret: bytes) -> Scan:
    return Scan(numbers, secret)


def test_nothing_in_the_workspace_outside_quarantine_and_world(finished, scan):
    assert scan.folder(finished.workspace, without=("quarantine", "world")) == {}


def test_nothing_in_what_the_command_says(finished, scan):
    assert scan.content((finished.told.out + finished.told.err).encode()) == set()


def test_nothing_in_what_spark_keeps_on_disk_during_the_run(finished, scan):
    kept = {p.name.split("-", 1)[-1] for p in finished.spark_files.rglob("*")}
    assert any(name.startswith("shuffle_") and name.endswith(".data") for name in kept)
    assert "jvm.log" in kept
    assert [p for p in (finished.spark_files / "conf").rglob("*") if "local-" in p.name]  # the event log
    assert scan.folder(finished.spark_files) == {}


def test_what_spark_keeps_says_nothing_of_users_either(finished, numbers, secret):
    """Blocks are sealed: neither numbers nor pseudonyms can be read on their way through ingest."""
    manifest = finished.manifest("ingest")
    window = int(manifest["tables"]["events"]["files"][0]["name"].split("/")[0].removeprefix("window="))
    assert PseudonymParams.model_validate(TINY["pseudonyms"]).window_days == 14
    listed = pa.array(numbers, pa.binary())
    words = pseudonymise(canonical_ids(listed, "msisdn"), window_pads(secret, window))
    as_numbers = subjects_of(listed, "msisdn", np.zeros(2, np.uint64)).number
    kept_bytes = (p.read_bytes() for p in finished.spark_files.glob("*.data"))
    sealed = [content for content in kept_bytes if b"sealed" in content]
    assert sum(map(len, sealed)) > 8 * manifest["figures"]["accepted"]  # words of 8 bytes
    for content in sealed:
        assert not any(pair.tobytes() in content for pair in words)
        assert not any(number.tobytes() in content for number in as_numbers)
    kept = [pq.read_table(finished.workspace / f["path"]) for f in manifest["tables"]["events"]["files"]]
    users = {user for table in kept for user in table["user"].to_pylist()}
    machines = finished.manifest("world")["figures"]["machines"]  # they are nobody's, and not in the key
    assert 0 <= manifest["figures"]["users"] - len(users & set(words[:, 0].tolist())) <= machines
    assert len(users) == manifest["figures"]["users"] > 500


def test_control_the_raw_side_holds_identifiers(finished, scan):
    assert scan.folder(finished.workspace / "world" / "cdr")
    assert scan.folder(finished.workspace / "quarantine")


def _parquet(column: pa.Array) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"x": column}), sink, compression="zstd")
    return sink.getvalue()


def _zip(content: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stops.txt", content)
    return sink.getvalue()


HIDEOUTS = {
    "text": lambda n: b"user=" + n + b"\n",
    "json": lambda n: json.dumps({"a": [n.decode()]}).encode(),
    "inside digits": lambda n: b"00999" + n + b"7",
    "parquet text": lambda n: _parquet(pa.array([n.decode()] * 3)),
    "parquet numbers": lambda n: _parquet(pa.array([1, int(n)])),
    "parquet dictionary": lambda n: _parquet(pa.array([n, b"x"]).dictionary_encode()),
    "packed number": lambda n: b"abc" + int(n).to_bytes(8, "little") + b"z",
    "packed number, network order": lambda n: b"a" + int(n).to_bytes(8, "big") + b"z",
    "gzip": lambda n: gzip.compress(b"x" * 100 + n),
    "zip": lambda n: _zip(b"x" * 100 + n),
    "page with a packed payload": lambda n: (
        b"<script>'" + base64.b64encode(gzip.compress(n + bytes(range(256)))) + b"'</script>"
    ),
}


@pytest.mark.parametrize("hideout", HIDEOUTS)
def test_control_a_planted_identifier_is_found(scan, numbers, hideout):
    assert scan.content(HIDEOUTS[hideout](numbers[7].encode())) == {numbers[7]}


@pytest.mark.parametrize("form", [bytes, bytes.hex, base64.b64encode], ids=["raw", "hex", "base64"])
def test_control_a_planted_key_is_found(scan, secret, form):
    written = form(secret)
    planted = written if isinstance(written, bytes) else written.encode()
    assert scan.content(b"x" + planted + b"y") == {"key"}
