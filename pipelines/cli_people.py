"""`maillage leak-scan` and `maillage subject-export`: is anybody's number in a file; what is kept of one person."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from jobs.errors import PrivacyGate
from pipelines.cli_options import AsJson, Debug, out

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
    lines = [f"{f.file}{f.way} byte {f.offset:,}: {f.kind} {f.masked}" for f in result.findings]
    lines += [f"{name}: cannot be opened" for name in result.unread]
    looked = f"{result.files:,} files, {result.bytes:,} bytes and {result.bytes_unpacked:,} unpacked"
    lines.append(f"{result.found:,} places found in {looked}; {result.identifiers:,} identifiers sought")
    out(result.as_json(), "\n".join(lines), json_)
    if result.found:
        kinds = ", ".join(f"{count:,} as {name}" for name, count in sorted(result.counts.items()))
        raise PrivacyGate(
            f"identifiers stand in {result.found:,} places: {kinds}", str(path), "do not release it"
        )
