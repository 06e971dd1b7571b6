"""A Chromium without network, for tests of pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
NO_WEBGL = ("--disable-gpu", "--disable-3d-apis")


def chromium_path() -> str:
    """Return the browser to test with, or skip."""
    found = [os.environ.get("MAILLAGE_CHROMIUM"), *(shutil.which(name) for name in NAMES)]
    path = next((p for p in found if p), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} on PATH, and MAILLAGE_CHROMIUM is not set")
    return path


@dataclass
class Opened:
    """A page, and what it said and asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium_path()
    with sync_api.sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def webgl_browser(playwright_driver: Any) -> Iterator[Any]:
    with playwright_driver.chromium.launch(executable_path=chromium_path(), args=[*QUIET, *WEBGL]) as browser:
        yield browser


@pytest.fixture(scope="session")
def plain_browser(playwright_driver: Any) -> Iterator[Any]:
    with playwright_driver.chromium.launch(
        executable_path=chromium_path(), args=[*QUIET, *NO_WEBGL]
    ) as browser:
        yield browser


@pytest.fixture
def opened() -> Iterator[Callable[..., Opened]]:
    """Open a file from disk with the network off; everything the page says or asks for is kept."""
    contexts = []

    def open_page(browser: Any, file: Path, width: int = 1280, height: int = 800, **options: Any) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce", **options
        )
        contexts.append(context)
        seen = Opened(context.new_page())
        seen.page.on("console", lambda m: seen.complaints.append(m.text) if m.type == "error" else None)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.goto(file.as_uri() + "#en")
        return seen

    yield open_page
    for context in contexts:
        context.close()
