"""Run as a driver: tasks of which one is slow at its first attempt, and writes a file before."""

import json
import os
import sys
import time
from pathlib import Path

import pyarrow as pa

from jobs.engine.blocks import run_tasks
from jobs.engine.session import EngineParams, open_session
from jobs.engine.store import Store

FAST = {
    "spark.speculation": "true",
    "spark.speculation.interval": "100ms",
    "spark.speculation.quantile": "0.5",
    "spark.speculation.multiplier": "1.1",
    "spark.speculation.minTaskRuntime": "200ms",
    "spark.driver.host": "127.0.0.1",
}


def main(master: str, folder: str) -> None:
    store = Store(f"{folder}/ws")

    def work(given):
        file = store.write_table(
            "tables/t/build", f"part-{given['number']}", pa.table({"x": [given["number"]]})
        )
        if given["number"] == 0 and _is_first_attempt(folder):
            time.sleep(60)
        return {"file": file.as_json()}

    params = EngineParams(master=master, memory="512m", settings=FAST)
    session, _ = open_session(params, Path(folder) / "scratch")
    reports = run_tasks(session, [{} for _ in range(4)], work)
    sys.stdout.write(json.dumps([report["file"] for report in reports]) + "\n")
    session.stop()


def _is_first_attempt(folder: str) -> bool:
    try:
        os.close(os.open(f"{folder}/attempted", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
