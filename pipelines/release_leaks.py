"""Search a bundle for every identifier of the raw records, before it leaves."""

from typing import Any

from jobs.errors import InputError, PrivacyGate
from jobs.leakscan import Needles, ScanResult, needles_of
from jobs.leakscan.scan import scan_contents
from pipelines.making import Making, identifiers


def needles_of_records(making: Making) -> Needles:
    """Every identifier of the raw records.

    Raises
    ------
    PrivacyGate
        The raw records are gone, so that nobody can tell what must not be in the bundle.
    """
    store = making.context.store
    try:
        paths = identifiers(making)
    except InputError as error:
        raise PrivacyGate(
            f"the bundle cannot be searched for identifiers: {error.what}",
            error.where,
            "put the records back; or set release.leak_scan: false, which the privacy report then tells",
        ) from error
    listed: set[bytes] = set()
    for path in paths:
        listed |= {value.split(b":", 1)[1] for value in store.read_table(path)["id"].to_pylist()}
    return needles_of(sorted(listed))


def searched(making: Making, needles: Needles, below: tuple[str, ...] = ()) -> dict[str, Any]:
    """Search the files of a bundle, all or those below some folders.

    Raises
    ------
    PrivacyGate
        An identifier is found, or a file cannot be opened.
    """
    store, folder = making.context.store, making.folder
    names = [path.removeprefix(f"{folder}/") for path in store.files_below(folder)]
    chosen = [name for name in names if not below or name.startswith(below)]
    result = scan_contents(((name, store.read_bytes(f"{folder}/{name}") or b"") for name in chosen), needles)
    if result.found or result.unread:
        raise PrivacyGate(_told(result), "release", "nothing was published; take out what let them through")
    return {key: value for key, value in result.as_json().items() if key not in ("findings", "unread")}


def _told(result: ScanResult) -> str:
    places = [f"{f.place} ({f.kind})" for f in result.findings[:5]]
    places += [f"{name} cannot be opened" for name in result.unread[:5]]
    return f"identifiers of subscribers stand in the bundle, {result.found:,} places: {'; '.join(places)}"
