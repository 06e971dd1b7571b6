"""Every notebook runs from top to bottom on a finished workspace, and is kept without outputs."""

import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client import KernelManager
from nbclient import NotebookClient
from tiny_city import City

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def kernel(finished: City) -> Iterator[KernelManager]:
    """One process for all notebooks, which begins in their folder: starting one costs more than most cells."""
    manager = KernelManager()
    places = {
        "MAILLAGE_WORKSPACE": str(finished.workspace),
        "MAILLAGE_BUNDLE": str(next((finished.workspace / "releases").iterdir())),
    }
    manager.start_kernel(cwd=str(NOTEBOOKS[0].parent), env={**os.environ, **places})
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_a_finished_workspace(path: Path, kernel: KernelManager) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))

    NotebookClient(notebook, timeout=120, km=kernel).execute()

    drawn = [
        o for cell in notebook.cells for o in cell.get("outputs", []) if "image/png" in o.get("data", {})
    ]
    assert drawn


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    assert all(not cell.get("outputs") for cell in notebook.cells)
