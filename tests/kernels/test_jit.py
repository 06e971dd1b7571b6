"""Compiled kernels are kept by the sources that they were made of."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from kernels._jit import sources_digest
from kernels.siphash import siphash_words

_WHERE = "from numba.core import config; import kernels._jit; print(config.CACHE_DIR)"


def _cache_of_a_new_process(base: Path) -> Path:
    environment = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
    told = subprocess.run(
        [sys.executable, "-c", _WHERE],
        env={**environment, "MAILLAGE_CACHE_DIR": str(base)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(told.stdout.strip())


def test_a_change_of_any_module_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    callee, caller = tmp_path / "below" / "callee.py", tmp_path / "caller.py"
    callee.write_text("x = 1\n")
    caller.write_text("from below import callee\n")
    before = sources_digest(tmp_path)
    assert before == sources_digest(tmp_path)
    callee.write_text("x = 2\n")
    changed = sources_digest(tmp_path)
    callee.rename(tmp_path / "below" / "renamed.py")
    assert len({before, changed, sources_digest(tmp_path)}) == 3


def test_compiled_code_lies_below_the_folder_asked_for_and_what_is_a_month_old_is_deleted(
    tmp_path: Path,
) -> None:
    old, recent = tmp_path / "maillage" / "numba-0.1-old", tmp_path / "maillage" / "numba-0.1-recent"
    for folder in (old, recent):
        folder.mkdir(parents=True)
    os.utime(old, (time.time() - 40 * 86_400,) * 2)
    found = _cache_of_a_new_process(tmp_path)
    assert found.parent == tmp_path / "maillage"
    assert found.is_dir()
    assert recent.is_dir()
    assert not old.exists()
    assert _cache_of_a_new_process(tmp_path) == found


_LOADED = """
from kernels import siphash
from kernels._jit import load_compiled
loaded = load_compiled()
print(loaded > 0, len(siphash.siphash_words.signatures), sum(siphash.siphash_words.stats.cache_misses.values()))
"""


def test_what_an_earlier_process_compiled_is_loaded_before_it_is_called() -> None:
    siphash_words(np.zeros(2, np.uint64), np.zeros(1, np.uint64))
    told = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    has_loaded, signatures, compiled = told.stdout.split()
    assert (has_loaded, compiled) == ("True", "0")
    assert int(signatures) >= 1
