"""How blocks get from the tasks that make them to those that take them.

A cluster carries them itself, as bytes, through Spark's shuffle. On one machine they lie in files that all
its processes see, and only their places travel: Java would copy each byte through two sockets and a file.
"""

import ctypes
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from jobs.engine.cluster import is_local

if TYPE_CHECKING:
    from pyspark import SparkContext


_KEEP_SIZE, _PUNCH_HOLE = 1, 2


class Place(NamedTuple):
    """Where in a file of this machine a block lies."""

    path: str
    start: int
    size: int


Parcel = bytes | Place
"""A block as it travels: an Arrow stream, or where one lies."""


@contextmanager
def shared_folder(spark: "SparkContext") -> Iterator[str | None]:
    """Folder below Spark's scratch that every task sees, deleted in the end; None on a cluster."""
    scratch = spark.getConf().get("spark.local.dir", "").split(",")[0]
    if not scratch or not is_local(str(spark.master)):
        yield None
        return
    os.makedirs(scratch, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="blocks-", dir=scratch)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sent(blocks: Iterable[tuple[int, pa.Table]], folder: str | None) -> Iterator[tuple[int, Parcel]]:
    """Parcels of a task's blocks with the partition of each; `folder` as of `shared_folder`."""
    if folder is None:
        for partition, table in blocks:
            sink = pa.BufferOutputStream()
            _write(table, sink)
            yield partition, bytes(sink.getvalue())
        return
    path = f"{folder}/{uuid.uuid4().hex}.data"
    with pa.OSFile(path, "wb") as file:
        for partition, table in blocks:
            start = file.tell()
            _write(table, file)
            yield partition, Place(path, start, file.tell() - start)


def received(parcel: Parcel) -> pa.Table:
    """Block of a parcel; of one in a file, no byte is read before it is used."""
    if isinstance(parcel, bytes):
        return pa.ipc.open_stream(parcel).read_all()
    with pa.memory_map(parcel.path) as file:
        file.seek(parcel.start)
        return pa.ipc.open_stream(file.read_buffer(parcel.size)).read_all()


def given_back(parcels: Iterable[Parcel]) -> None:
    """Give the room of parcels in files back to the system, once nobody will read them again.

    Their pages are then there for the files that are written next. Only Linux can make holes (fallocate(2));
    elsewhere the room comes free with the folder.
    """
    by_path: dict[str, list[Place]] = {}
    for parcel in parcels:
        if isinstance(parcel, Place):
            by_path.setdefault(parcel.path, []).append(parcel)
    for path, places in by_path.items():
        try:
            file = os.open(path, os.O_WRONLY)
        except OSError:
            continue
        try:
            for place in places:
                _make_hole(file, place.start, place.size)
        finally:
            os.close(file)


def _make_hole(file: int, start: int, size: int) -> None:
    try:
        fallocate = ctypes.CDLL(None).fallocate
    except (OSError, AttributeError):
        return
    fallocate(file, _KEEP_SIZE | _PUNCH_HOLE, ctypes.c_int64(start), ctypes.c_int64(size))


def _write(table: pa.Table, sink: pa.NativeFile) -> None:
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
