"""How a page of a run is opened in a browser, and what every report has to do there."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

DRAWN = "html.is-drawn"
COLOURS = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return seen.size;
}"""


def picture(page: Any) -> bytes:
    """What the map shows, once it has settled."""
    page.wait_for_timeout(400)
    return page.locator("#map canvas").first.screenshot()


def colours_of(png: bytes, reader: Any) -> int:
    """How many colours a picture has; `reader` is a page of a browser."""
    return reader.evaluate(COLOURS, base64.b64encode(png).decode())


def assert_it_draws_and_answers(file: Path, opened: Callable[..., Any], webgl: Any, plain: Any) -> None:
    """Slot, proposal, budget and language of a report with a plan, from disk, without network."""
    seen = opened(webgl, file)
    page = seen.page
    page.wait_for_selector(DRAWN, timeout=60_000)
    at_first = picture(page)
    assert colours_of(at_first, plain.new_page()) > 200, "the map is blank"
    page.locator('input[name="slot"][value="pm_peak"]').check()
    in_the_evening = picture(page)
    assert in_the_evening != at_first
    page.locator(".card .show").first.click()
    assert page.locator(".mark:visible").count() == 1
    assert picture(page) != in_the_evening
    page.keyboard.press("Escape")
    page.locator(".step").first.click()
    assert page.locator(".step").first.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Français").click()
    assert "Que changer" in page.locator("main").first.inner_text()
    assert seen.complaints == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []
