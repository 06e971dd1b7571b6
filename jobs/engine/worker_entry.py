"""What Spark starts for its Python workers: it hands over to a process that waits, or loads all that they need itself.

On one machine workers' modules are loaded while Java starts (`jobs/engine/worker_daemon.py`, which waits at
a socket). This is all that is left to start when Spark asks for them, so it imports next to nothing.
"""

import json
import os
import socket
import sys

WAITING_AT = "MAILLAGE_WORKERS"
"""Environment variable with the path of the socket."""


def hand_over(path: str) -> bool:
    """Give this process's standard streams, arguments and environment to the one that waits at a socket.

    Returns when that one has ended; False at once when nobody waits.
    """
    with socket.socket(socket.AF_UNIX) as there:
        try:
            there.connect(path)
            told = json.dumps({"arguments": sys.argv[1:], "environment": dict(os.environ)})
            socket.send_fds(there, [b"."], [0, 1, 2])
            there.sendall(told.encode() + b"\n")
        except OSError:
            return False
        for stream in (0, 1):  # their other ends are to see that the one who has them now has gone
            os.close(stream)
        there.recv(1)
    return True


if __name__ == "__main__":
    waiting_at = os.environ.pop(WAITING_AT, "")
    if not (waiting_at and hand_over(waiting_at)):
        from jobs.engine import worker_daemon

        worker_daemon.serve()
