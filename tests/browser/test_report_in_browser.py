"""The page in a browser: it draws, it answers, and it stays readable where it cannot draw."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h3
import numpy as np
import pyarrow as pa
import pytest
from pages import DRAWN, colours_of, picture
from report_town import CENTRE, network, plan, town
from test_run_report import content

from jobs.report import ReportContent, write_run_report

Open = Callable[..., Any]
HOSTILE = "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">"


@pytest.fixture(scope="module")
def drawn_page(webgl_browser: Any, town_page: Path) -> Any:
    """One page for all tests that leave it as they found it: starting WebGL in software is slow."""
    context = webgl_browser.new_context(
        viewport={"width": 1280, "height": 800}, offline=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.complaints, page.requests = [], []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    page.goto(town_page.as_uri() + "#en")
    page.wait_for_selector(DRAWN, timeout=40_000)
    page.wait_for_timeout(500)
    yield page
    context.close()


def chosen(page: Any, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def first_flow(page: Any) -> str:
    return page.locator("#flow-table tbody tr").first.inner_text()


def test_it_draws_without_error_or_request(drawn_page: Any, plain_browser: Any) -> None:
    assert colours_of(picture(drawn_page), plain_browser.new_page()) > 200, "the map is blank"
    assert drawn_page.complaints == []
    assert [url for url in drawn_page.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert not drawn_page.locator(".stage > .sheet").is_visible()


def test_a_slot_changes_map_table_and_headways(drawn_page: Any) -> None:
    whole_day, flow = picture(drawn_page), first_flow(drawn_page)
    chosen(drawn_page, "slot", "am_peak")
    assert first_flow(drawn_page) != flow
    assert picture(drawn_page) != whole_day
    headway = drawn_page.locator('#lines tbody tr:has-text("changed") .slots').first
    assert headway.inner_text().strip() == "12 → 7\u202fmin"
    assert "–" in drawn_page.locator("#flow-table tbody tr").first.locator("td").last.inner_text()
    chosen(drawn_page, "slot", "all")
    assert first_flow(drawn_page) == flow


def test_a_day_type_changes_the_table(drawn_page: Any) -> None:
    flow = first_flow(drawn_page)
    chosen(drawn_page, "day", "sunday")
    assert first_flow(drawn_page) != flow
    chosen(drawn_page, "day", "weekday")


def test_before_and_after_differ_on_the_map(drawn_page: Any) -> None:
    after = picture(drawn_page)
    chosen(drawn_page, "network", "before")
    assert picture(drawn_page) != after
    chosen(drawn_page, "network", "after")


def test_the_slider_says_how_many_flows_are_drawn(drawn_page: Any) -> None:
    slider, said = drawn_page.locator("#flow-share"), drawn_page.locator("#flow-said")
    first = said.inner_text()
    assert first.startswith("52 of ")
    slider.fill("0")
    assert said.inner_text() == "No flow is drawn."
    slider.fill("20")
    assert said.inner_text().startswith("4 of ")
    slider.fill("54")
    assert said.inner_text() == first


@pytest.mark.parametrize(
    ("hexagons", "says"),
    [
        ("service", "perceived minutes a trip"),
        ("unserved", "without a usable line"),
        ("change", "saved a trip"),
    ],
)
def test_hexagons_show_what_is_chosen(drawn_page: Any, hexagons: str, says: str) -> None:
    demand = picture(drawn_page)
    chosen(drawn_page, "hexagons", hexagons)
    assert picture(drawn_page) != demand
    assert says in drawn_page.locator("#ramp-title").inner_text()
    chosen(drawn_page, "hexagons", "demand")
    assert drawn_page.locator("#ramp-title").inner_text().startswith("Trips from and to")


def test_flows_are_taken_together_when_the_map_is_small(drawn_page: Any) -> None:
    said = drawn_page.locator("#flow-said")
    assert "taken together" not in said.inner_text()
    for _ in range(3):
        drawn_page.get_by_role("button", name="Zoom out").click()
    drawn_page.wait_for_function(
        "document.getElementById('flow-said').textContent.includes('taken together')"
    )
    drawn_page.get_by_role("button", name="Show the whole area").click()
    assert "taken together" not in said.inner_text()


def test_a_budget_shows_its_lines_its_changes_and_its_price(drawn_page: Any) -> None:
    plan_ = picture(drawn_page)
    step = drawn_page.locator(".step").nth(2)
    step.click()
    assert step.get_attribute("aria-pressed") == "true"
    assert "budget +10" in drawn_page.locator("#only").inner_text()
    assert "Split line 3" in drawn_page.locator("[data-step-changes='2'] li").inner_text()
    assert drawn_page.locator("[data-step-changes='2'] li").first.is_visible()
    assert picture(drawn_page) != plan_
    assert drawn_page.locator(".mark:visible").count() == 0
    drawn_page.locator("#hour-price").fill("20")
    assert drawn_page.locator(".priced").nth(2).inner_text() == "+2\u202f402"
    drawn_page.locator("#hour-price").fill("")
    drawn_page.locator("#show-all").click()
    assert step.get_attribute("aria-pressed") == "false"
    assert not drawn_page.locator("#only").is_visible()


def test_a_table_is_sorted_by_its_headings(drawn_page: Any) -> None:
    heading = drawn_page.locator("#lines th", has_text="Boardings")
    boardings = drawn_page.locator("#lines tbody tr td:last-child")
    for direction in ("descending", "ascending"):
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == direction
        after = [text.split("→")[-1].strip() for text in boardings.all_inner_texts()]
        known = [int(text.replace("\u202f", "")) for text in after if text != "–"]
        assert known == sorted(known, reverse=direction == "descending")
        assert after[-1] == "–"


def tabbed(page: Any, times: int) -> list[str]:
    """What the keyboard reaches, one name a step."""
    names = []
    for _ in range(times):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("(document.activeElement.name || document.activeElement.innerText || '').trim()")
        )
    return names


def test_everything_is_reached_by_keyboard(drawn_page: Any) -> None:
    drawn_page.locator("[data-language=en]").focus()
    names = tabbed(drawn_page, 40)
    for wanted in (
        "Français",
        "day",
        "network",
        "slot",
        "hexagons",
        "New line Cité des Enseignants – Vieux-Port",
    ):
        assert any(wanted in name for name in names), wanted
    drawn_page.locator(".step").first.focus()
    drawn_page.keyboard.press("Enter")
    assert drawn_page.locator(".step").first.get_attribute("aria-pressed") == "true"
    drawn_page.keyboard.press("Escape")
    assert drawn_page.locator(".step").first.get_attribute("aria-pressed") == "false"


def barriers(page: Any) -> list[str]:
    """Violations that axe-core calls serious or critical."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-core is not installed"
    ).Axe()
    found = axe.run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")
    ]


def test_no_serious_barrier(drawn_page: Any) -> None:
    drawn_page.locator("[data-language=fr]").click()
    found = barriers(drawn_page)
    drawn_page.locator("[data-language=en]").click()
    assert found == []


def test_the_run_report_is_sortable_bilingual_and_without_barrier(
    plain_browser: Any, tmp_path: Path, opened: Open
) -> None:
    write_run_report(content(), tmp_path / "run.html")
    seen = opened(plain_browser, tmp_path / "run.html", width=360)
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#records .sortable th:nth-child(2) button").click()
    rows = page.locator("#records .sortable tbody tr td:nth-child(2)").all_inner_texts()
    assert rows == ["9", "3"]
    page.locator("[data-language=fr]").click()
    assert "Jour par jour" in page.locator("main").inner_text()
    assert barriers(page) == []
    assert seen.complaints == []


def test_fifty_thousand_pairs_stay_usable(
    webgl_browser: Any, write_page: Callable[[ReportContent], Path], opened: Open
) -> None:
    file = write_page(ReportContent("Many", many_pairs(50_000)))
    assert file.stat().st_size < 3e6
    seen = opened(webgl_browser, file)
    seen.page.wait_for_selector(DRAWN, timeout=60_000)
    assert "taken together" in seen.page.locator("#flow-said").inner_text()
    first = first_flow(seen.page)
    chosen(seen.page, "slot", "pm_peak")
    assert first_flow(seen.page) != first
    seen.page.locator("#flow-share").fill("100")
    assert "1\u202f500 of " in seen.page.locator("#flow-said").inner_text()
    seen.page.wait_for_timeout(300)
    assert seen.complaints == []


def many_pairs(pairs: int) -> pa.Table:
    """So many pairs of 1,261 cells, in two slots."""
    rng = np.random.default_rng(5)
    cells = np.array([h3.str_to_int(c) for c in sorted(h3.grid_disk(h3.latlng_to_cell(*CENTRE, 9), 20))])
    ends = np.divmod(rng.choice(len(cells) ** 2, pairs, replace=False), len(cells))
    trips = rng.pareto(1.2, (2, pairs)) * 20 + 15
    return pa.table(
        {
            "origin": np.tile(cells[ends[0]], 2),
            "destination": np.tile(cells[ends[1]], 2),
            "day_type": ["weekday"] * (2 * pairs),
            "slot": ["am_peak"] * pairs + ["pm_peak"] * pairs,
            "population_trips": trips.ravel(),
        }
    )


def test_a_proposal_is_chosen_with_mouse_keyboard_and_on_the_map(drawn_page: Any) -> None:
    before = picture(drawn_page)
    card, button = drawn_page.locator(".card").nth(1), drawn_page.locator(".card .show").nth(1)
    card.locator(".reason").click()
    assert button.get_attribute("aria-pressed") == "true"
    assert picture(drawn_page) != before
    drawn_page.keyboard.press("Escape")
    assert button.get_attribute("aria-pressed") == "false"
    button.focus()
    drawn_page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    drawn_page.keyboard.press("Escape")
    drawn_page.locator(".mark", has_text="1").click()
    assert drawn_page.locator(".card .show").first.get_attribute("aria-pressed") == "true"
    assert "Only proposal 1" in drawn_page.locator("#only").inner_text()
    assert drawn_page.locator(".mark:visible").count() == 1
    drawn_page.keyboard.press("Escape")


def test_a_hexagon_shows_only_its_flows(drawn_page: Any) -> None:
    said, box = drawn_page.locator("#flow-said"), drawn_page.locator("#map").bounding_box()
    places = [(x / 10, y / 10) for y in range(3, 8) for x in range(2, 9)]
    for x, y in places:
        drawn_page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        drawn_page.wait_for_timeout(350)  # deck.gl waits for a second click
        if "largest of" in said.inner_text():
            break
    assert "largest of" in said.inner_text()
    place = said.inner_text().split("largest of ")[1].split(":")[0]
    assert all(place in row.inner_text() for row in drawn_page.locator("#flow-table tbody tr").all())
    drawn_page.keyboard.press("Escape")
    assert "largest of" not in said.inner_text()


def test_the_language_changes_everywhere(drawn_page: Any) -> None:
    drawn_page.get_by_role("button", name="Français").click()
    text = drawn_page.locator("body").inner_text()
    assert "Que changer" in text
    assert "What to change" not in text
    assert "58,4" in text
    assert "des déplacements entre lieux" in text
    assert drawn_page.locator("html").get_attribute("lang") == "fr"
    assert drawn_page.get_by_role("group", name="Langue").is_visible()
    drawn_page.get_by_role("button", name="English").click()
    assert "What to change" in drawn_page.locator("body").inner_text()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_sideways_scroll_at_360_px(
    plain_browser: Any, town_page: Path, opened: Open, language: str
) -> None:
    page = opened(plain_browser, town_page, width=360, height=740).page
    page.locator(f'[data-language="{language}"]').click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_webgl_the_static_map_and_tables_show(
    plain_browser: Any, town_page: Path, opened: Open
) -> None:
    seen = opened(plain_browser, town_page)
    seen.page.wait_for_selector("html.has-script")
    assert seen.page.locator(".stage > .sheet").is_visible()
    assert seen.page.locator(".mark").count() == 0
    assert seen.page.get_by_text("This browser offers no WebGL").is_visible()
    assert not seen.page.locator("#flow-share").is_visible()
    chosen(seen.page, "slot", "pm_peak")
    seen.page.locator(".card .show").first.click()
    assert seen.page.locator(".card.chosen").count() == 1
    assert seen.complaints == []


def test_without_scripts_the_static_map_and_tables_show(
    plain_browser: Any, town_page: Path, opened: Open
) -> None:
    page = opened(plain_browser, town_page, java_script_enabled=False).page
    assert page.locator(".stage > .sheet").is_visible()
    assert page.locator("#flow-table tbody tr").count() == 20
    assert not page.locator(".controls").is_visible()
    assert not page.get_by_text("Que changer").is_visible()


def test_hostile_names_stay_names(
    plain_browser: Any, write_page: Callable[[ReportContent], Path], opened: Open
) -> None:
    hostile_plan, lines = plan(), network()
    hostile_plan["proposals"][0]["title"] = HOSTILE
    lines["features"][0]["properties"]["name"] = HOSTILE
    file = write_page(town(proposals=hostile_plan, network=lines))
    seen = opened(plain_browser, file)
    seen.page.wait_for_selector("html.has-script")
    assert seen.page.title() == "Port-Mesh · Maillage"
    assert seen.page.locator("img").count() == 0
    assert seen.page.locator(".card .show").first.inner_text() == HOSTILE
    assert seen.complaints == []


def test_demand_alone_draws(
    webgl_browser: Any, write_page: Callable[[ReportContent], Path], opened: Open
) -> None:
    file = write_page(ReportContent("Bare", town().od))
    seen = opened(webgl_browser, file)
    seen.page.wait_for_selector(DRAWN, timeout=40_000)
    assert seen.complaints == []


def test_it_prints_on_a4_with_the_static_map(plain_browser: Any, town_page: Path, opened: Open) -> None:
    page = opened(plain_browser, town_page).page
    page.wait_for_selector("html.has-script")
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".stage > .sheet").is_visible()
    assert not page.locator(".controls").is_visible()
