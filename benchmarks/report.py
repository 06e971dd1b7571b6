"""How long a report takes to draw: `python -m benchmarks.report report.html [other.html ...]`.

Opens each page in headless Chromium with WebGL in software and the network off, `--runs` times, and prints its
size, the seconds until the map is on the screen, and the processor seconds that the browser spent, which say more
on a busy machine.
"""

import argparse
import os
import shutil
import time
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Browser, sync_playwright

_FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
_ON_THE_MAP = {"x": 700, "y": 350, "width": 300, "height": 200}


def spent_s() -> float:
    """Processor seconds of all processes of the browser."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            if "chrom" in process.name():
                times = process.cpu_times()
                total += times.user + times.system
        except psutil.Error:
            continue
    return total


def drawn(browser: Browser, page_file: Path) -> tuple[float, float]:
    """Seconds, and processor seconds, until the map's pixels can be read."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, offline=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("about:blank")
    before, began = spent_s(), time.monotonic()
    page.goto(page_file.resolve().as_uri() + "#en")
    page.wait_for_selector("html.is-drawn", timeout=120_000)
    page.screenshot(clip=_ON_THE_MAP)  # type: ignore[arg-type]
    took = time.monotonic() - began, spent_s() - before
    context.close()
    return took


def main() -> None:
    """Print one line a page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("pages", nargs="+", type=Path)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    chromium = (
        os.environ.get("MAILLAGE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    for page_file in given.pages:
        seen = []
        with sync_playwright() as driver:
            for _ in range(given.runs):
                with driver.chromium.launch(executable_path=chromium, args=list(_FLAGS)) as browser:
                    seen.append(drawn(browser, page_file))
        wall, cpu = (median(column) for column in zip(*seen, strict=True))
        size = page_file.stat().st_size / 1e6
        print(f"{page_file}: {size:.2f} MB, drawn after {wall:.1f} s, {cpu:.1f} processor seconds")


if __name__ == "__main__":
    main()
