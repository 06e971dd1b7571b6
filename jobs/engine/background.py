"""Spark started in a thread while the run gets ready: its inputs are looked at, and modules loaded."""

import signal
import threading
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from jobs.engine.local_start import LocalStart
from jobs.engine.session import EngineParams, close_session, open_session

if TYPE_CHECKING:
    from pyspark import SparkContext


class BackgroundStart:
    """A session of this machine (`starts_directly`) on its way; `hidden` as of `open_session`."""

    def __init__(self, params: EngineParams, scratch: Path, hidden: str) -> None:
        self._given = (params, scratch, hidden)
        self._opened: tuple[SparkContext, str] | None = None
        self._error: BaseException | None = None
        self._begun: LocalStart | None = None
        self._unwanted, self._awaited, self._done = (threading.Event() for _ in range(3))
        self._thread = threading.Thread(target=self._open, name="spark-start", daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._opened = open_session(*self._given, self._hold)
        except BaseException as error:
            self._error = error
        self._done.set()
        if self._opened is not None and not (self._unwanted.is_set() or self._awaited.is_set()):
            with suppress(Exception):  # it may be stopped meanwhile
                _warm_up(self._opened[0])

    def _hold(self, begun: LocalStart) -> None:
        self._begun = begun
        if self._unwanted.is_set():
            begun.abandon()

    def result(self) -> "tuple[SparkContext, str]":
        """Wait for the session; what `open_session` returns and raises."""
        self._awaited.set()
        self._done.wait()
        if self._error is not None:
            raise self._error
        assert self._opened is not None
        _cancel_on_interrupt(self._opened[0])
        return self._opened

    def abandon(self) -> None:
        """End what was started: at once while Java starts, else when Spark can be stopped."""
        self._unwanted.set()
        if self._begun is not None:
            self._begun.abandon()
        self._done.wait()
        if self._opened is not None:
            close_session(self._opened[0], self._given[1])


def _warm_up(session: "SparkContext") -> None:
    """Run a task, for which Java loads as much as for any other: nobody waits for Spark yet."""
    session.parallelize([0], 1).map(_as_it_is).collect()


def _as_it_is(given: int) -> int:
    return given


def _cancel_on_interrupt(session: "SparkContext") -> None:
    """Let Ctrl-C cancel what Spark does, as it does by itself when a main thread starts it."""
    if threading.current_thread() is not threading.main_thread():
        return

    def interrupted(number: int, frame: FrameType | None) -> None:
        session.cancelAllJobs()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupted)
