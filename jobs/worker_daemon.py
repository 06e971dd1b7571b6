"""The process that Spark's Python workers are forked from: it has loaded what every task needs.

Spark starts it as ``python -m jobs.worker_daemon``; it is Spark's own daemon with our modules in it.
"""

import sys

from pyspark import daemon

import jobs.anchors
import jobs.ingest
import jobs.od
import jobs.presence
import jobs.stays
import jobs.trips  # noqa: F401

if __name__ == "__main__":
    sys.argv[0] = daemon.__file__
    daemon.manager()
