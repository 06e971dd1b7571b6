"""Spark on this machine started without Spark's scripts, and its Python workers while Java starts.

`spark-submit` starts a Java to learn how to start Java, and looks through what only a cluster needs; Spark starts
the process that workers are forked from when the first task comes. Both are started here at once.
"""

import os
import struct
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from jobs.engine.cluster import is_local, is_submitted
from jobs.engine.java_command import arguments_of_java
from jobs.engine.worker_entry import WAITING_AT

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway

_GATEWAY = "org.apache.spark.api.python.PythonGatewayServer"
_WORKERS_LOG = "workers.log"
_LOOK_S = 0.005
_DEAF_TO_CTRL_C = ("/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""A process of our group gets it from the terminal too; what runs as it comes is for us to end."""
_LONGEST_SOCKET_PATH = 100
_FOR_SCRIPTS = (
    "SPARK_HOME",
    "SPARK_CONF_DIR",
    "SPARK_SUBMIT_OPTS",
    "PYSPARK_SUBMIT_ARGS",
    "SPARK_DIST_CLASSPATH",
    "SPARK_TESTING",
)
"""What an operator who sets one of these wants is a matter of Spark's scripts."""


def needs_no_scripts(master: str, settings: Mapping[str, str]) -> bool:
    """Whether Spark can be started directly: on this machine, with our settings alone."""
    scripts = any(os.environ.get(name) for name in _FOR_SCRIPTS)
    return is_local(master) and not settings and not is_submitted() and not scripts and os.name == "posix"


class LocalStart:
    """Java and the process of workers, as they start.

    Parameters
    ----------
    home, cache : of Java, and the folder where its arguments are kept.
    options : for Java, memory among them.
    log : gets what Java prints.
    environment : of both; Spark hands that of Java on to workers.
    """

    def __init__(
        self, home: Path, cache: Path, options: list[str], log: Path, environment: Mapping[str, str]
    ) -> None:
        self._connection = log.with_name(f"gateway-{uuid.uuid4().hex[:8]}")
        self._unwanted = Event()
        entry = str(log.with_name(f"workers-{uuid.uuid4().hex[:8]}"))
        told = {"_PYSPARK_DRIVER_CONN_INFO_PATH": str(self._connection), "SPARK_CONNECT_MODE": "0"}
        command = [
            str(home / "bin" / "java"),
            *arguments_of_java(home, cache, environment),
            *options,
            _GATEWAY,
        ]
        self._java = _started(command, {**environment, **told, WAITING_AT: entry}, log)
        self._workers = None
        if len(entry) <= _LONGEST_SOCKET_PATH:
            command = [sys.executable, "-m", "jobs.engine.worker_daemon", entry]
            # As Spark sets them before Python starts (PythonRunner.scala, SparkContext of PySpark).
            set_by_spark = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "YES"}
            self._workers = _started(command, {**set_by_spark, **environment}, log.with_name(_WORKERS_LOG))

    def gateway(self) -> "JavaGateway":
        """Connection to Java, once it listens.

        Raises
        ------
        RuntimeError
            It ended before.
        """
        while not self._connection.exists():
            if self._java.poll() is not None or self._unwanted.is_set():
                self._end()
                raise RuntimeError("Java ended before it could be spoken to")
            time.sleep(_LOOK_S)
        told = self._connection.read_bytes()
        self._connection.unlink()
        port, length = struct.unpack_from("!ii", told)
        gateway = _connected(port, told[8 : 8 + length].decode())
        gateway.proc, gateway.begun_by = self._java, self  # what we hold of both ends them when it is lost
        Thread(target=_load_ahead, args=(gateway,), name="spark-classes", daemon=True).start()
        return gateway

    def abandon(self) -> None:
        """End what has been started if nobody is connected to it yet."""
        self._unwanted.set()

    def _end(self) -> None:
        for process in (self._java, self._workers):
            if process is not None:
                process.terminate()
                process.wait()


def _load_ahead(gateway: "JavaGateway") -> None:
    """Let Java load, in a thread of its own while Spark starts, what Spark's first job would wait for.

    A serializer with all the classes that it knows, and a reader of JSON; a Spark that has them no more does without.
    """
    with suppress(Exception):
        spark = gateway.jvm.org.apache.spark
        spark.serializer.KryoSerializer(spark.SparkConf()).newKryo()
        spark.rdd.RDDOperationScope.fromJson('{"id": "0", "name": "first"}')


def _started(command: list[str], environment: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """Start a process that ends when we close its standard input, or end; Ctrl-C is for us alone."""
    with open(log, "ab") as out:
        return subprocess.Popen(
            [*_DEAF_TO_CTRL_C, *command], stdin=subprocess.PIPE, stdout=out, stderr=out, env=dict(environment)
        )


def _connected(port: int, secret: str) -> "JavaGateway":
    from pyspark import java_gateway

    connect: Callable[[], JavaGateway] = java_gateway.launch_gateway
    told = {"PYSPARK_GATEWAY_PORT": str(port), "PYSPARK_GATEWAY_SECRET": secret}
    os.environ.update(told)
    try:
        return connect()
    finally:
        for name in told:
            del os.environ[name]
