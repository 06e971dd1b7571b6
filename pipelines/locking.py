"""Keep two runs out of one workspace.

On this machine the kernel holds the lock: it goes with the process. On an object store each run writes a
claim and renews it: a run that sees a claim of another that is not stale steps back. Stores list what was
written before (S3, GCS, HDFS: read after write), so of two runs that start together at least one sees the
other; both may step back. A claim that was not renewed for `STALE_S`, by the store's clock, is that of a
run that was killed: the next run deletes it. A run that was only held up for so long finds its claim gone,
and ends before it makes another table visible.
"""

import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from jobs.engine.locations import trouble
from jobs.engine.store import Store
from jobs.errors import ConfigError, MaillageError, RunError

STALE_S = 300.0
"""Seconds without renewal after which a claim counts as that of a run that was killed."""

_RENEW_S = 30.0
_CLAIMS = ".lock"
_AT_WORK = "another run is at work in this workspace"


@contextmanager
def locked(store: Store) -> Iterator[Callable[[], None]]:
    """Hold a workspace; yields a check that it is still held, to be made before anything becomes visible.

    Raises
    ------
    ConfigError
        It cannot be written to.
    RunError
        Another run is at work in it.
    """
    if store.is_local:
        with _locked_file(store):
            yield lambda: None
        return
    claim = _Claim(store, f"{_CLAIMS}/{secrets.token_hex(8)}.json")
    claim.make()
    try:
        with _renewed(claim):
            yield claim.check
    finally:
        with suppress(OSError):  # stale before long
            store.delete(claim.path)


@dataclass(frozen=True)
class _Claim:
    store: Store
    path: str

    def make(self) -> None:
        """Write the claim and step back if another run has one."""
        try:
            self.renew()
            others = self._others()
        except OSError as error:
            raise _unwritable(self.store, trouble(error)[0]) from error
        if others:
            self.store.delete(self.path)
            path, age_s = min(others.items(), key=lambda item: item[1])
            raise RunError(
                f"{_AT_WORK} ({self._owner(path)}; it showed {age_s:.0f} s ago)",
                self.store.name,
                f"wait for it to end; if it was killed, its claim lapses after {STALE_S:.0f} s without a sign",
            )

    def _others(self) -> dict[str, float]:
        """Claims of other runs and their ages; those that are stale are deleted."""
        written = self.store.ages(_CLAIMS)
        now = written.pop(self.path, time.time())
        ages = {path: now - then for path, then in written.items()}
        for path in [path for path, age_s in ages.items() if age_s > STALE_S]:
            self.store.delete(path)
            del ages[path]
        return ages

    def _owner(self, path: str) -> str:
        try:
            told = json.loads(self.store.read_bytes(path) or b"{}")
        except ValueError:
            told = {}
        return f"on {told.get('host', 'an unknown machine')}, process {told.get('process', 'unknown')}"

    def renew(self) -> None:
        """Write the claim anew, so that its time of change is of now."""
        since = datetime.now(UTC).isoformat(timespec="seconds")
        told = {"host": socket.gethostname(), "process": os.getpid(), "shown": since}
        self.store.write_json(self.path, told)

    def check(self) -> None:
        """Refuse to go on without the claim.

        Raises
        ------
        RunError
            Another run took the workspace over.
        """
        if self.store.size(self.path) is None:
            raise RunError(
                f"another run took the workspace over: this one gave no sign for {STALE_S:.0f} s",
                self.store.name,
                "run the same command again when it has ended",
            )


@contextmanager
def _renewed(claim: _Claim) -> Iterator[None]:
    """Renew a claim while the body runs, unless it was taken over."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(_RENEW_S):
            with suppress(OSError, MaillageError):
                claim.check()
                claim.renew()

    thread = threading.Thread(target=renew, name="claim", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def _locked_file(store: Store) -> Iterator[None]:
    import fcntl

    with _lock_file(store) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RunError(_AT_WORK, store.name, "wait for it to end") from error
        yield


def _lock_file(store: Store) -> IO[str]:
    try:
        store.local().mkdir(parents=True, exist_ok=True)
        return open(store.local(".lock"), "w")
    except OSError as error:
        raise _unwritable(store, str(error.strerror)) from error


def _unwritable(store: Store, why: str) -> ConfigError:
    mend = "mend its permissions, or name another one"
    return ConfigError(f"the workspace {store.name} cannot be written to ({why})", "workspace", mend)
