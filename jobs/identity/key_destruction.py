"""Destroy a key for good, with a record that it is gone: what was made with it cannot be made again.

Without the key a pseudonym cannot be computed from an identifier any more, so that nobody can tell whose
it was. Copies of the key elsewhere (backups, snapshots, worn blocks of a flash disk) are beyond this.
"""

import json
import os
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

from jobs.errors import ConfigError

_ENDING = ".destroyed.json"


def _record_of(file: Path) -> Path:
    return file.with_name(file.name + _ENDING)


def is_destroyed(file: Path) -> bool:
    """Whether a key of this name was destroyed."""
    return _record_of(file).is_file()


def refuse_destroyed(file: Path) -> None:
    """Say when a key was destroyed, if it was.

    Raises
    ------
    ConfigError
        It was.
    """
    if not is_destroyed(file):
        return
    record = json.loads(_record_of(file).read_text(encoding="utf-8"))
    raise ConfigError(
        f"this key (check value {record['check_value']}) was destroyed on {record['destroyed']}: what was made "
        "with it stays, and cannot be made again",
        str(file),
        "name another key; it makes other pseudonyms",
    )


def destroy_key(file: Path, check_value: str, when: datetime, reason: str) -> dict[str, Any]:
    """Overwrite a key, delete it, and leave a record beside it.

    Parameters
    ----------
    check_value : of the key, as manifests have it.

    Raises
    ------
    ConfigError
        It is no ordinary file, or cannot be written to.
    """
    record = {
        "check_value": check_value,
        "destroyed": f"{when:%Y-%m-%dT%H:%M:%SZ}",
        "reason": reason,
        "method": "overwritten once with random bytes, synchronised, deleted",
        "windows": "all windows of this key",
    }
    try:
        _overwrite(file)
        _record_of(file).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        file.unlink()
    except OSError as error:
        raise ConfigError(f"cannot be destroyed ({error.strerror})", str(file), "run as its owner") from error
    return record


def _overwrite(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_NOFOLLOW)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "not an ordinary file")
        os.write(handle, os.urandom(status.st_size))
        os.fsync(handle)
    finally:
        os.close(handle)
