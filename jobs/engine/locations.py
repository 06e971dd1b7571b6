"""Where data lie: a path on this machine, or the URI of an object store or of HDFS.

A URI may say behind a `?` how its store is reached: ``s3://bucket/cdr?endpoint_override=host:9000&scheme=http``.
That part opens files and is shown nowhere: not in a manifest, a recipe, a log or a message. Names of
files are therefore passed around without it, and opened by the location that the config gives.
Credentials do not belong into a URI at all; each store's own environment variables or files hold them.
"""

import errno
import os
import re
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.fs as pafs

from jobs.errors import ConfigError

_SCHEMES = ("s3", "gs", "gcs", "hdfs", "viewfs", "abfs", "abfss")
_LOCAL = "file://"
_REACHED_BY = (
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
)
"""Environment variables that decide which store an S3 client talks to, and as whom."""

_TROUBLE = {
    "NO_SUCH_BUCKET": ("its bucket does not exist", "check the bucket's name, or make it"),
    "NO_SUCH_KEY": ("there is no such object", "check its name, or deliver it again"),
    "ACCESS_DENIED": ("access is denied", "ask for the right to list, read and write there"),
    "INVALID_ACCESS_KEY_ID": ("the access key is not known", "check AWS_ACCESS_KEY_ID or the profile"),
    "SIGNATURE_DOES_NOT_MATCH": ("the secret key is wrong", "check AWS_SECRET_ACCESS_KEY or the profile"),
    "NETWORK_CONNECTION": ("the store does not answer", "check AWS_ENDPOINT_URL and the network"),
}
_AWS_ERROR = re.compile(r"AWS Error ([A-Z_]+)|HTTP status (\d+)")
_FORBIDDEN = "403"
_RETRY = "check the disk and the network; then run the same command again"
_SPACE = "free some space, or move the workspace or TMPDIR; then run the same command again"
_RIGHTS = "mend the permissions of the file or its folder; then run the same command again"
_MEND = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOENT: "check the name, or deliver it again; then run the same command again",
}


def local_path(location: str) -> str:
    """The path that a ``file://`` URI names; other locations as they are."""
    return location.removeprefix(_LOCAL) if location.startswith(_LOCAL) else location


def is_remote(location: str) -> bool:
    """Whether files are reached through a store's client, not by an ordinary path."""
    return "://" in location and not location.startswith(_LOCAL)


def checked(location: str) -> str:
    """Return a URI as it is, if it can be used.

    Raises
    ------
    ValueError
        Of an unknown kind, without a host or bucket, or with a secret in it; the message shows none.
    """
    parts = urlsplit(location)
    if parts.scheme not in _SCHEMES:
        raise ValueError(f"{parts.scheme}:// is not supported; use a path or {', '.join(_SCHEMES)}://")
    if not parts.netloc and parts.scheme not in ("hdfs", "viewfs"):
        raise ValueError(f"{parts.scheme}:// has to be followed by the name of a bucket")
    user, at, _ = parts.netloc.rpartition("@")
    if ":" in user or (at and parts.scheme == "s3"):
        raise ValueError(
            "holds credentials; give them by environment variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) "
            "or by a profile (AWS_PROFILE)"
        )
    return location


def shown(location: str) -> str:
    """A location as it may be told: without what says how to reach it."""
    return location.partition("?")[0].rstrip("/") if is_remote(location) else location


def join(location: str, path: str) -> str:
    """A file or folder below a location, reached in the same way."""
    if not is_remote(location):
        return os.path.join(local_path(location), path)
    head, mark, options = location.partition("?")
    return f"{head.rstrip('/')}/{path}{mark}{options}"


def beside(location: str, name: str) -> str:
    """`name`, as it is shown, to be reached in the way of `location`."""
    _, mark, options = location.partition("?")
    return f"{name}{mark}{options}" if is_remote(location) else name


def is_below(location: str, folder: str) -> bool:
    """Whether a file or folder is `folder` or lies in it."""
    inner, outer = shown(location).rstrip("/"), shown(folder).rstrip("/")
    return inner == outer or inner.startswith(f"{outer}/")


def opened(location: str) -> tuple[pafs.FileSystem, str]:
    """Filesystem of a location, and its path there.

    Raises
    ------
    ConfigError
        Its options are not understood, or the client for it is not installed.
    """
    if not is_remote(location):
        return pafs.LocalFileSystem(), os.path.abspath(local_path(location))
    fs, root = _store_of(location)
    rest = location.partition("?")[0].partition("://")[2].partition("/")[2]
    return fs, f"{root}/{rest}".rstrip("/")


def _store_of(location: str) -> tuple[pafs.FileSystem, str]:
    """Filesystem of a URI, and the path of its topmost folder, without a slash at its end."""
    _, _, options = location.partition("?")
    reached_by = tuple(os.environ.get(variable, "") for variable in _REACHED_BY)
    fs, root = _filesystem(_top(location), options, reached_by)
    return fs, root.rstrip("/")


def _top(location: str) -> str:
    """Scheme and bucket or host of a URI."""
    scheme, _, rest = location.partition("?")[0].partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/"


@lru_cache(maxsize=32)
def _filesystem(base: str, options: str, reached_by: tuple[str, ...]) -> tuple[pafs.FileSystem, str]:
    try:
        found = pafs.FileSystem.from_uri(f"{base}?{options}" if options else base)
    except (OSError, pa.ArrowInvalid, NotImplementedError) as error:
        told = str(error).splitlines()[0]
        raise ConfigError(
            f"cannot be reached: {told}", base, "check what stands behind `?`; docs/cluster.md tells more"
        ) from error
    return cast(tuple[pafs.FileSystem, str], found)


def named(location: str, path: str) -> str:
    """Shown name of a file, by the path that the filesystem of `location` tells."""
    _, root = _store_of(location)
    return _top(location) + path.removeprefix(root).lstrip("/")


def trouble(error: Exception) -> tuple[str, str]:
    """What went wrong in opening or writing a file, and the mend, without saying how a store is reached."""
    told = _AWS_ERROR.search(str(error))
    if told:
        kind = "ACCESS_DENIED" if told.group(2) == _FORBIDDEN else str(told.group(1))
        return _TROUBLE.get(kind, (f"the store refused: {kind.lower().replace('_', ' ')}", "try again later"))
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno), _MEND.get(error.errno, _RETRY)
    told_first = str(error).splitlines()[0] if str(error) else type(error).__name__
    return told_first, "check that the file is whole, or deliver it again"
