"""Descriptions of raw record files, and the checks that need only a look at their beginning."""

import codecs
import csv
from pathlib import PurePath
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import AfterValidator, Field, model_validator

from jobs.engine.input_files import found_at, open_file, open_stream
from jobs.engine.locations import beside, shown, trouble
from jobs.errors import InputError
from jobs.params import InputFiles, Params
from jobs.records.csv_hints import hint
from jobs.records.dialects import DialectName, with_defaults
from jobs.records.interaction_columns import (
    ColumnRef,
    Counterparty,
    Direction,
    Duration,
    IdentifierKind,
    Kind,
)

_COMPRESSION = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd"}
_CSV_ENDINGS = tuple(f".{kind}{packed}" for kind in ("csv", "tsv", "txt") for packed in ("", *_COMPRESSION))
_PARQUET_ENDINGS = (".parquet", ".pq")
_LOOK_BYTES = 1 << 20
_DIGITS_OF_A_RECORD = 5


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"unknown time zone {name!r}; use an IANA name such as Africa/Dakar or UTC")
    ZoneInfo(name)
    return name


def known_encoding(name: str) -> str:
    """Refuse what no codec is called."""
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise ValueError(f"unknown encoding {name!r}; use a name such as utf-8, latin-1 or utf-16") from error
    return name


TimeZoneName = Annotated[str, AfterValidator(_known_zone)]


class TimeColumn(Params):
    """How a column of times is written."""

    column: ColumnRef = Field("time", description="name or position of the column")
    format: str = Field(
        "iso",
        description="iso (YYYY-MM-DD HH:MM:SS, also with T, fraction, offset), epoch_s, epoch_ms, "
        "or a strptime pattern such as %d/%m/%Y %H:%M:%S",
    )
    zone: TimeZoneName = Field("UTC", description="IANA zone of times that carry no offset")


class RecordColumns(Params):
    """Which columns say who, when and where."""

    user: ColumnRef = Field("user", description="raw identifier of the subscriber")
    time: TimeColumn = Field(default_factory=TimeColumn)
    cell: ColumnRef | tuple[ColumnRef, ...] = Field(
        "cell", description="cell identifier; several columns are joined with '-'"
    )
    mcc: ColumnRef | None = Field(None, description="mobile country code, checked when given")
    kind: Kind | None = Field(None, description="call, text, data or other")
    direction: Direction | None = Field(None, description="out: `user` began it; in: `user` was called")
    counterparty: Counterparty | None = Field(None, description="raw identifier of the other party")
    duration_s: Duration | None = Field(None, description="how long it took")

    @property
    def tells_interactions(self) -> bool:
        """Whether any column tells of kind, direction, other party or duration."""
        return any((self.kind, self.direction, self.counterparty, self.duration_s))

    def needed(self) -> list[ColumnRef]:
        """Columns to read, each once, in a fixed order."""
        cells = list(self.cell) if isinstance(self.cell, tuple) else [self.cell]
        more = [
            told.column for told in (self.kind, self.direction, self.counterparty, self.duration_s) if told
        ]
        wanted = [self.user, self.time.column, *cells, self.mcc, *more]
        return list(dict.fromkeys(column for column in wanted if column is not None))


class CdrSource(Params):
    """One set of record files that are written alike."""

    path: InputFiles = Field(
        description="file, folder or glob pattern, relative to the config file, or a URI"
    )
    dialect: DialectName = Field(
        "generic", description="a known way of writing, which fills in the keys below that are not given"
    )
    format: Literal["csv", "parquet"] | None = Field(None, description="by the file's ending when absent")
    columns: RecordColumns = Field(default_factory=RecordColumns)
    user_kind: IdentifierKind = Field(
        "msisdn", description="how identifiers are canonicalised; opaque takes any text as it is"
    )
    delimiter: str = Field(",", min_length=1, max_length=1, description="between values of a CSV file")
    header: bool = Field(True, description="whether the first line names the columns")
    quote: str = Field('"', min_length=1, max_length=1, description="around values that hold a delimiter")
    encoding: Annotated[str, AfterValidator(known_encoding)] = Field(
        "utf-8", description="of CSV files, such as latin-1 or utf-16"
    )
    newlines_in_values: bool = Field(False, description="quoted values may hold line breaks")

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        return with_defaults(given)

    @model_validator(mode="after")
    def _positions_without_header(self) -> "CdrSource":
        named = [c for c in self.columns.needed() if isinstance(c, str)]
        if self.format != "parquet" and not self.header and named:
            raise ValueError(f"header is false, so columns are positions from 0, not names: {named}")
        return self

    def files(self) -> list[str]:
        """Every file of the source by its name, sorted, folders searched to the bottom.

        Raises
        ------
        InputError
            There is none.
        """
        found = found_at(self.path, _CSV_ENDINGS + _PARQUET_ENDINGS)
        if not found:
            raise InputError("holds no record file", shown(self.path), "check the path, or the delivery")
        return found

    def place(self, file: str) -> str:
        """Where to open one of the source's files."""
        return beside(self.path, file)

    def format_of(self, path: str) -> str:
        """``csv`` or ``parquet``.

        Raises
        ------
        InputError
            The ending does not tell and the config does not say.
        """
        if self.format:
            return self.format
        name = path.lower()
        if name.endswith(_PARQUET_ENDINGS):
            return "parquet"
        if name.endswith(_CSV_ENDINGS):
            return "csv"
        raise InputError("its ending does not tell its format", path, "set cdr.format to csv or parquet")


def is_compressed(path: str) -> bool:
    """Whether a file's ending says that it is packed."""
    return PurePath(path).suffix.lower() in _COMPRESSION


def open_text(source: CdrSource, path: str) -> pa.NativeFile:
    """Open a CSV file as bytes of UTF-8, decompressed by its ending, without loading it."""
    packed = _COMPRESSION.get(PurePath(path).suffix.lower())
    return as_utf8(open_stream(source.place(path), packed), source.encoding)


def as_utf8(stream: pa.NativeFile, encoding: str) -> pa.NativeFile:
    """The same text in UTF-8."""
    if encoding.lower().replace("-", "").replace("_", "") in ("utf8", "ascii", "utf8sig"):
        return stream
    return pa.transcoding_input_stream(stream, encoding, "utf-8")


def csv_columns(source: CdrSource, path: str) -> list[str]:
    """Column names of a CSV file: its header, or ``0``, ``1``, ... where it has none.

    Raises
    ------
    InputError
        The file is empty, cannot be decompressed, or lacks a column that the config names.
    """
    try:
        with open_text(source, path) as stream:
            beginning = stream.read(_LOOK_BYTES)
    except (OSError, UnicodeError, LookupError) as error:
        what, mend = trouble(error)
        raise InputError(f"cannot be read: {what}", path, mend) from error
    if not beginning.strip():
        raise InputError("is empty", path, "leave it out, or deliver it again")
    first_line = (
        beginning.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").splitlines()[0].decode("utf-8", "replace")
    )
    names = next(csv.reader([first_line], delimiter=source.delimiter, quotechar=source.quote))
    columns = names if source.header else [str(i) for i in range(len(names))]
    _check_columns(source, path, columns)
    return columns


def _check_columns(source: CdrSource, path: str, columns: list[str]) -> None:
    lacking = [str(c) for c in source.columns.needed() if str(c) not in columns]
    if not lacking:
        return
    has_names = source.header and not _looks_like_a_record(columns)
    raise InputError(
        f"has no column {', '.join(repr(c) for c in lacking)}. Split by {source.delimiter!r} it has "
        f"{_columns_shown(columns) if source.header else f'{len(columns)} column(s)'}",
        path,
        hint(lacking, columns, source.delimiter, "cdr")
        if has_names
        else "check cdr.delimiter, cdr.header and cdr.columns",
    )


def _columns_shown(columns: list[str]) -> str:
    """Names of a header, unless it looks like a record: messages must not name a subscriber."""
    if _looks_like_a_record(columns):
        return f"{len(columns)} column(s), and its first line looks like a record, not like a header"
    return ", ".join(repr(name) for name in columns[:12])


def _looks_like_a_record(columns: list[str]) -> bool:
    return any(sum(letter.isdigit() for letter in name) >= _DIGITS_OF_A_RECORD for name in columns)


def parquet_schema(source: CdrSource, path: str) -> pa.Schema:
    """Schema of a Parquet file.

    Raises
    ------
    InputError
        The file is not Parquet, is cut short, or lacks a column that the config names.
    """
    try:
        with open_file(source.place(path)) as file:
            schema = pq.read_schema(file)
    except (OSError, pa.ArrowInvalid) as error:
        what = f"is not a whole Parquet file ({trouble(error)[0]})"
        raise InputError(what, path, "deliver it again") from error
    lacking = [str(c) for c in source.columns.needed() if c not in schema.names]
    if lacking:
        raise InputError(
            f"has no column {', '.join(map(repr, lacking))}; it has {', '.join(schema.names)}",
            path,
            "check cdr.columns",
        )
    return schema


def check_files(source: CdrSource) -> list[str]:
    """Look at the beginning of every file of a source before anything runs; return the files."""
    files = source.files()
    for path in files:
        if source.format_of(path) == "parquet":
            parquet_schema(source, path)
        else:
            csv_columns(source, path)
    return files
