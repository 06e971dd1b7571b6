"""Files of a workspace, through `pyarrow.fs`: local disk or an object store, by URI.

Nothing here renames: a table's files are written under names of their own, and become visible when
the stage manifest that lists them is written, last.
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from jobs.engine.locations import is_remote, opened, shown
from jobs.errors import RunError

ROWS_PER_GROUP = 1 << 20
_WRITTEN_TOGETHER = 1 << 16
_ALIKE = ("window",)
"""Columns of which a file holds one value."""


@dataclass(frozen=True)
class StoredFile:
    """One visible file of a table: where it is, and what a reader may rely on.

    `name` is stable from run to run (`window=3/part-00002`); `path`, relative to the workspace,
    also holds the attempt that wrote it.
    """

    name: str
    path: str
    rows: int
    bytes: int
    sha256: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(entry: dict[str, Any]) -> "StoredFile":
        return StoredFile(**entry)


@dataclass(frozen=True)
class Store:
    """A workspace root. Small and picklable, so that tasks can carry it."""

    uri: str

    def _open(self) -> tuple[pafs.FileSystem, str]:
        return opened(self.uri)

    @property
    def name(self) -> str:
        """The root as it is told to people."""
        return shown(self.uri)

    @property
    def is_local(self) -> bool:
        """Whether files can be reached by an ordinary path."""
        return not is_remote(self.uri)

    def local(self, path: str = "") -> Path:
        """Return the ordinary path of `path`; only for a local workspace."""
        return Path(self._open()[1]) / path

    def write_bytes(self, path: str, content: bytes) -> None:
        """Write a small file whole: readers see the old content or the new, never a part."""
        fs, root = self._open()
        if self.is_local:
            os.makedirs(os.path.dirname(f"{root}/{path}"), exist_ok=True)
            aside = f"{root}/{path}.{uuid.uuid4().hex[:8]}.tmp"
            _write_durably(aside, content)
            os.replace(aside, f"{root}/{path}")
            return
        with fs.open_output_stream(f"{root}/{path}", compression=None) as out:
            out.write(content)

    def read_bytes(self, path: str) -> bytes | None:
        """Content of a file, or None where there is none."""
        fs, root = self._open()
        if fs.get_file_info(f"{root}/{path}").type != pafs.FileType.File:
            return None
        with fs.open_input_stream(f"{root}/{path}", compression=None) as source:
            return cast(bytes, source.read())

    def write_json(self, path: str, content: Any) -> None:
        """Write `content` as indented, key-sorted JSON."""
        text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
        self.write_bytes(path, text.encode())

    def read_json(self, path: str) -> Any:
        """Parsed content, or None where there is no such file.

        Raises
        ------
        RunError
            The file is there but is not JSON.
        """
        content = self.read_bytes(path)
        if content is None:
            return None
        try:
            return json.loads(content)
        except ValueError as error:
            raise RunError(
                "is not valid JSON", f"{self.name}/{path}", "delete it; its stage then runs again"
            ) from error

    def size(self, path: str) -> int | None:
        """Bytes of a file, or None where there is none."""
        fs, root = self._open()
        info = fs.get_file_info(f"{root}/{path}")
        return info.size if info.type == pafs.FileType.File else None

    def sizes(self, paths: list[str]) -> list[int | None]:
        """Bytes of each file, None where there is none."""
        fs, root = self._open()
        found = fs.get_file_info([f"{root}/{path}" for path in paths])
        return [info.size if info.type == pafs.FileType.File else None for info in found]

    def folders_in(self, path: str) -> list[str]:
        """Names of the folders that lie directly in a folder, sorted."""
        fs, root = self._open()
        found = fs.get_file_info(pafs.FileSelector(f"{root}/{path}".rstrip("/"), allow_not_found=True))
        return sorted(info.base_name for info in found if info.type == pafs.FileType.Directory)

    def files_below(self, path: str) -> list[str]:
        """Every file below a folder, as paths relative to the workspace, sorted."""
        fs, root = self._open()
        selector = pafs.FileSelector(f"{root}/{path}".rstrip("/"), allow_not_found=True, recursive=True)
        found = fs.get_file_info(selector)
        return sorted(
            info.path.removeprefix(root).lstrip("/") for info in found if info.type == pafs.FileType.File
        )

    def delete(self, path: str) -> None:
        """Delete a file; fine if it is gone already."""
        fs, root = self._open()
        if fs.get_file_info(f"{root}/{path}").type == pafs.FileType.File:
            fs.delete_file(f"{root}/{path}")

    def delete_folder(self, path: str) -> None:
        """Delete a folder with all in it; fine if it is gone already."""
        fs, root = self._open()
        if fs.get_file_info(f"{root}/{path}").type == pafs.FileType.Directory:
            fs.delete_dir(f"{root}/{path}")

    def swap_folder(self, staged: str, final: str) -> None:
        """Put a finished folder in its place; on a local disk by renaming.

        A kill between the two renames leaves the old folder aside and none in place: the stage's
        manifest then lists files that are not there, and the stage runs again.
        """
        fs, root = self._open()
        aside = f"{final}.old-{uuid.uuid4().hex[:8]}"
        fs.create_dir(os.path.dirname(f"{root}/{final}"), recursive=True)
        if fs.get_file_info(f"{root}/{final}").type == pafs.FileType.Directory:
            fs.move(f"{root}/{final}", f"{root}/{aside}")
        fs.move(f"{root}/{staged}", f"{root}/{final}")
        self.delete_folder(aside)

    def put_folder(self, folder: Path, path: str) -> None:
        """Copy every file of a folder of this machine below `path`."""
        fs, root = self._open()
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                target = f"{root}/{path}/{file.relative_to(folder).as_posix()}"
                pafs.copy_files(str(file), target, pafs.LocalFileSystem(), fs)

    def copy_folder(self, path: str, to: str) -> None:
        """Copy every file of a folder below another, within the store."""
        fs, root = self._open()
        for file in self.files_below(path):
            fs.copy_file(f"{root}/{file}", f"{root}/{to}{file.removeprefix(path)}")

    def ages(self, folder: str) -> dict[str, float]:
        """Seconds since 1970 at which each file below a folder was written, by the store's own clock."""
        fs, root = self._open()
        found = fs.get_file_info(pafs.FileSelector(f"{root}/{folder}", allow_not_found=True, recursive=True))
        return {
            info.path.removeprefix(root).lstrip("/"): info.mtime_ns / 1e9
            for info in found
            if info.type == pafs.FileType.File
        }

    def delete_empty_folders(self, path: str) -> None:
        """Delete folders below `path`, and itself, that hold no file; object stores keep marks of them."""
        fs, root = self._open()
        found = fs.get_file_info(pafs.FileSelector(f"{root}/{path}", allow_not_found=True, recursive=True))
        files = [info.path for info in found if info.type == pafs.FileType.File]
        folders = [info.path for info in found if info.type == pafs.FileType.Directory]
        for folder in sorted([*folders, f"{root}/{path}"], key=len, reverse=True):
            if not any(file.startswith(f"{folder}/") for file in files):
                self.delete_folder(folder.removeprefix(root).lstrip("/"))

    def write_table(self, folder: str, name: str, table: pa.Table) -> StoredFile:
        """Write one Parquet file of a table under a name that no other attempt uses.

        The bytes depend on the content alone, so that equal tables have equal digests.
        """
        sink = pa.BufferOutputStream()
        # A dictionary of numbers takes longer to make than it spares, and so do differences: the bytes of near
        # values, parted by their place, pack as well. Bounds of columns would spare no reader anything: a file
        # holds users from the whole range of keys.
        text = [f.name for f in table.schema if _is_text(f.type)]
        pq.write_table(
            table,
            sink,
            compression="lz4",
            row_group_size=ROWS_PER_GROUP,
            use_dictionary=text or False,
            use_byte_stream_split=[f.name for f in table.schema if _has_near_values(f)],
            write_statistics=False,
            write_batch_size=_WRITTEN_TOGETHER,
            store_schema=False,
        )
        content = sink.getvalue()
        path = f"{folder}/{name}.{uuid.uuid4().hex[:12]}.parquet"
        fs, root = self._open()
        if self.is_local:
            os.makedirs(os.path.dirname(f"{root}/{path}"), exist_ok=True)
        with fs.open_output_stream(f"{root}/{path}", compression=None) as out:
            out.write(content)
        return StoredFile(name, path, table.num_rows, content.size, hashlib.sha256(content).hexdigest())

    def read_table(self, file: StoredFile | str, columns: list[str] | None = None) -> pa.Table:
        """Read one Parquet file, each column as one array.

        Raises
        ------
        RunError
            The file is gone, is not Parquet, or lacks a column.
        """
        path = file if isinstance(file, str) else file.path
        fs, root = self._open()
        try:
            with (
                fs.open_input_file(f"{root}/{path}") as opened,
                pq.ParquetFile(opened, pre_buffer=not self.is_local) as content,
            ):
                lacking = set(columns or ()) - set(content.schema_arrow.names)
                if lacking:
                    raise pa.ArrowInvalid(f"no column {sorted(lacking)}")
                # Tasks share the cores: a second thread would wait, and what it allocates is not used again.
                return content.read(columns, use_threads=False)
        except (OSError, pa.ArrowInvalid) as error:
            raise RunError(
                "cannot be read", f"{self.name}/{path}", "run again with --force to rebuild the table"
            ) from error

    def read_tables(self, files: list[StoredFile], schema: pa.Schema) -> pa.Table:
        """Read the columns of `schema` and concatenate files; an empty table when there are none."""
        parts: Iterator[pa.Table] = (self.read_table(file, columns=schema.names) for file in files)
        return pa.concat_tables([schema.empty_table(), *(part.cast(schema) for part in parts)])


def _is_text(kind: pa.DataType) -> bool:
    """Whether values are text, plain or by their codes."""
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(value) or pa.types.is_binary(value))


def _has_near_values(field: pa.Field) -> bool:
    """Whether values have their high bytes in common but do not repeat: times and numbers of things, not keys."""
    of_things = pa.types.is_integer(field.type) and field.type.bit_width == 32
    return bool((pa.types.is_timestamp(field.type) or of_things) and field.name not in _ALIKE)


def _write_durably(path: str, content: bytes) -> None:
    with open(path, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def digest_of(files: list[StoredFile]) -> str:
    """Digest of a table: over the stable names and contents of its files, whatever the attempt."""
    lines = sorted(f"{file.name} {file.sha256}" for file in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
