"""Pages of the invented town on disk."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs" / "report"))

from report_town import town

from jobs.report import ReportContent, write_report


@pytest.fixture(scope="session")
def write_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ReportContent], Path]:
    def write(content: ReportContent) -> Path:
        file = tmp_path_factory.mktemp("page") / "report.html"
        write_report(content, file)
        return file

    return write


@pytest.fixture(scope="session")
def town_page(write_page: Callable[[ReportContent], Path]) -> Path:
    return write_page(town())
