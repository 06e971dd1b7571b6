"""`maillage leak-scan` and `maillage subject-export`: is anybody's number in a file; what is kept of one person."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from jobs.errors import ConfigError, InputError, PrivacyGate
from pipelines.commands.options import AsJson, ConfigFile, Debug, Set, out, print_json

Kind = Annotated[
    Literal["msisdn", "imsi", "imei", "opaque"], typer.Option("--kind", help="how identifiers are written")
]


def leak_scan(
    path: Annotated[Path, typer.Argument(help="file or folder to search, whatever it is packed in")],
    ids: Annotated[Path, typer.Option("--ids", help="identifiers to look for: one a line, or Parquet")],
    kind: Kind = "msisdn",
    column: Annotated[str | None, typer.Option("--column", help="of a Parquet list; else the first")] = None,
    digests: Annotated[
        bool,
        typer.Option("--digests/--no-digests", help="also unkeyed MD5, SHA-1 and SHA-256 of identifiers"),
    ] = True,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Search files for identifiers of subscribers. Exit code 3 when one is found; none is ever shown."""
    from jobs.leakscan import needles_of, read_identifiers, scan

    result = scan(path, needles_of(read_identifiers(ids, kind, column), digests))
    lines = [f"{f.place}: {f.kind} {f.masked}" for f in result.findings]
    lines += [f"{name}: cannot be opened" for name in result.unread]
    looked = f"{result.files:,} files, {result.bytes:,} bytes and {result.bytes_unpacked:,} unpacked"
    lines.append(f"{result.found:,} places found in {looked}; {result.identifiers:,} identifiers sought")
    out(result.as_json(), "\n".join(lines), json_)
    if result.found:
        kinds = ", ".join(f"{count:,} as {name}" for name, count in sorted(result.counts.items()))
        raise PrivacyGate(
            f"identifiers stand in {result.found:,} places: {kinds}", str(path), "do not release it"
        )


def subject_export(
    config: ConfigFile,
    id_file: Annotated[
        Path | None, typer.Option("--id-file", help="file with the identifier; standard input when absent")
    ] = None,
    kind: Kind = "msisdn",
    to: Annotated[Path | None, typer.Option("--out", help="file to write, for its owner only")] = None,
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Give one person all that is kept of them, as JSON, while the key lives.

    The identifier is read from standard input or a file: a command line is seen by everybody on the machine.
    """
    from pipelines.config import load_config
    from pipelines.subject import exported

    identifier = _identifier(id_file)
    told = exported(load_config(config, tuple(set_ or ())), identifier, kind)
    if to is None:
        print_json(told)
        return
    _write_private(to, told)
    counts = {name: len(rows) for name, rows in told.items() if isinstance(rows, list)}
    out(
        {"file": str(to), **counts}, f"{to}: " + ", ".join(f"{n} {name}" for name, n in counts.items()), json_
    )


def _identifier(file: Path | None) -> bytes:
    try:
        content = file.read_bytes() if file else sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(file), "check the path") from error
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) != 1:
        where = str(file or "standard input")
        raise InputError(f"holds {len(lines)} identifiers", where, "give exactly one, on a line of its own")
    return lines[0]


def _write_private(file: Path, told: Any) -> None:
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ConfigError("exists already", str(file), "choose another name") from error
    except OSError as error:
        raise ConfigError(
            f"cannot be written: {error.strerror}", str(file), "choose another folder"
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8") as out_:
        out_.write(text)
