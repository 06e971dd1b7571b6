"""Input files, wherever they lie: found, opened, stamped, digested, and brought to this machine."""

import glob
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.fs as pafs

from jobs.engine.locations import beside, is_remote, local_path, named, opened, shown, trouble
from jobs.errors import InputError, MaillageError

_WILD = set("*[")
_CHUNK, _CHUNK_OF_STORE = 1 << 18, 1 << 24
"""Bytes read at once: what stays in the processor's cache; of a store, what is worth a request."""
_ABSENT = ("there is no such file or folder", "check the name, and the right to list and read it")


def found_at(location: str, endings: Sequence[str]) -> list[str]:
    """Files of a location by their shown names, sorted.

    Parameters
    ----------
    location : a file, a folder, or a pattern (``*``, ``[...]``, ``**``; ``?`` on this machine only).
    endings : lower-case endings of the files that count in a folder, which is searched to the bottom; names that begin
        with a dot or an underscore are passed over.

    Raises
    ------
    InputError
        The store cannot be read.
    """
    if is_remote(location):
        return _found_remotely(location, endings)
    files: list[str] = []
    for path in sorted(glob.glob(local_path(location), recursive=True)):
        if os.path.isdir(path):
            below = [p.relative_to(path).as_posix() for p in Path(path).rglob("*") if p.is_file()]
            files += sorted(os.path.join(path, name) for name in below if _counts(name, endings))
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _counts(name: str, endings: Sequence[str]) -> bool:
    hidden = any(part.startswith((".", "_")) for part in name.split("/"))
    return not hidden and name.lower().endswith(tuple(endings))


def _found_remotely(location: str, endings: Sequence[str]) -> list[str]:
    fs, pattern = opened(location)
    parts = pattern.split("/")
    wild = [i for i, part in enumerate(parts) if _WILD & set(part)]
    with _reading(location):
        if not wild and fs.get_file_info(pattern).type == pafs.FileType.File:
            return [shown(location)]
        base = "/".join(parts[: wild[0]] if wild else parts)
        listed = fs.get_file_info(pafs.FileSelector(base, allow_not_found=True, recursive=True))
    files = [info.path for info in listed if info.type == pafs.FileType.File]
    chosen = (path for path in files if _is_chosen(path.split("/"), parts, endings))
    return [named(location, path) for path in sorted(chosen)]


def _is_chosen(path: list[str], pattern: list[str], endings: Sequence[str]) -> bool:
    """Whether a file fits a pattern, or counts in a folder that does."""
    if _fits(path, pattern):
        return True
    return any(
        _counts("/".join(path[end:]), endings) and _fits(path[:end], pattern) for end in range(1, len(path))
    )


def _fits(path: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not path
    head, rest = pattern[0], pattern[1:]
    if head == "**":
        return any(_fits(path[skipped:], rest) for skipped in range(len(path) + 1))
    if not path or (path[0].startswith(".") and not head.startswith(".")):
        return False
    return fnmatchcase(path[0], head) and _fits(path[1:], rest)


@contextmanager
def _reading(location: str) -> Iterator[None]:
    """Turn what a store refuses into an error about the input."""
    try:
        yield
    except FileNotFoundError as error:
        raise InputError(_ABSENT[0], shown(location), _ABSENT[1]) from error
    except OSError as error:
        what, mend = trouble(error)
        raise InputError(f"cannot be read: {what}", shown(location), mend) from error


def open_stream(location: str, compression: str | None = None) -> pa.NativeFile:
    """Open a file to be read from its beginning, decompressed on the way."""
    fs, path = opened(location)
    return fs.open_input_stream(path, compression=compression)


def open_file(location: str) -> pa.NativeFile:
    """Open a file to be read at any place."""
    fs, path = opened(location)
    return fs.open_input_file(path)


def size_of(location: str) -> int:
    """Bytes of a file.

    Raises
    ------
    InputError
        There is none, or the store cannot be read.
    """
    fs, path = opened(location)
    with _reading(location):
        info = fs.get_file_info(path)
    if info.type != pafs.FileType.File:
        raise InputError(_ABSENT[0], shown(location), _ABSENT[1])
    return int(info.size)


def stamp_of(location: str) -> list[Any]:
    """What changes when a file does: size, time of change in ns, and on S3 the entity tag.

    Raises
    ------
    InputError
        There is no such file, or the store cannot be read.
    """
    if not is_remote(location):
        with _reading(location):
            status = os.stat(local_path(location))
        return [status.st_size, status.st_mtime_ns]
    fs, path = opened(location)
    with _reading(location):
        info = fs.get_file_info(path)
        if info.type != pafs.FileType.File:
            raise FileNotFoundError(path)
        with fs.open_input_file(path) as file:
            told = file.metadata() or {}
    tag = told.get("ETag", b"")
    return [info.size, info.mtime_ns, tag.decode() if isinstance(tag, bytes) else str(tag)]


def digest_of_file(location: str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises
    ------
    InputError
        It cannot be read to its end.
    """
    digest = hashlib.sha256()
    chunk = memoryview(bytearray(_CHUNK_OF_STORE if is_remote(location) else _CHUNK))
    with _reading(location), open_stream(location) as source:
        while size := source.readinto(chunk):
            digest.update(chunk[:size])
    return digest.hexdigest()


def companions(location: str) -> list[str]:
    """Shown names of a file and of all beside it with the same stem: a shapefile is four or more files."""
    if not is_remote(location):
        path = Path(local_path(location))
        return sorted(str(p) for p in path.parent.glob(f"{glob.escape(path.stem)}.*") if p.is_file())
    fs, path_there = opened(location)
    folder, _, name = path_there.rpartition("/")
    stem = PurePosixPath(name).stem
    with _reading(location):
        listed = fs.get_file_info(pafs.FileSelector(folder, allow_not_found=True))
    return sorted(
        named(location, info.path)
        for info in listed
        if info.type == pafs.FileType.File and info.base_name.startswith(f"{stem}.")
    )


@contextmanager
def on_this_machine(location: str) -> Iterator[str]:
    """Path of a file for libraries that read by path; a remote one is fetched, with its companions.

    Errors raised meanwhile speak of the file by its own name.

    Raises
    ------
    InputError
        There is no such file, or the store cannot be read.
    """
    if not is_remote(location):
        yield local_path(location)
        return
    size_of(location)
    name = shown(location).rpartition("/")[2]
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        for file in companions(location):
            _fetch(beside(location, file), f"{folder}/{file.rpartition('/')[2]}")
        try:
            yield f"{folder}/{name}"
        except MaillageError as error:
            told = [
                text.replace(f"{folder}/{name}", shown(location))
                for text in (error.what, error.where, error.mend)
            ]
            raise type(error)(*told) from error


def _fetch(location: str, path: str) -> None:
    with _reading(location), open_stream(location) as source, open(path, "wb") as out:
        while chunk := source.read(_CHUNK_OF_STORE):
            out.write(chunk)
