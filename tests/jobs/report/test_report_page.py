"""The page as text: figures, escaping, missing parts, determinism."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from report_town import SLOTS, network, od_table, plan, town

from jobs.report import ReportContent, write_report

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & <b>"
VOID = {"meta", "input", "br", "hr", "col", "img"}


class Outline(HTMLParser):
    """Collects tags, text outside scripts, and attributes that hold code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [
            value or "" for name, value in attrs if name in {"src", "href", "srcset", "action"}
        ]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def written(content: ReportContent, folder: Path) -> str:
    write_report(content, folder / "report.html")
    return (folder / "report.html").read_text(encoding="utf-8")


def packed_content(html: str) -> dict[str, Any]:
    packed = re.search(r'id="content">([^<]+)</script>', html)
    assert packed
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


def test_figures_stand_in_the_page_itself(tmp_path: Path) -> None:
    text = Outline(written(town(), tmp_path)).text
    weekday = sum(r["population_trips"] for r in od_table().to_pylist() if r["day_type"] == "weekday")
    assert f"{float(f'{weekday:.3g}'):,.0f}".replace(",", "\u202f") in text
    for figure in (
        "58.4",
        "58,4",
        "52.7",
        "12.7",
        "8.1\u202f%",
        "1\u202f208",
        "6\u202f210\u202f400",
        "4.3\u202f%",
    ):
        assert figure in text
    told = "assignment of od to the lines; 15\u202f% of its trips put back from sums; 21\u202f% short trips, modelled"
    assert told in text
    for name in ("Line 8 every 7 minutes", "Ligne 8 toutes les 7 minutes", "bad timestamp", "Gare routière"):
        assert name in text


def test_summary_counts_what_is_shown(tmp_path: Path) -> None:
    summary = write_report(town(), tmp_path / "report.html")
    assert summary["bytes"] == (tmp_path / "report.html").stat().st_size
    assert summary["lines"] == 11
    assert summary["proposals"] == 4
    assert summary["missing"] == ["cells"]


def test_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    assert written(town(), tmp_path) == written(town(), tmp_path)


def test_row_order_of_the_input_does_not_matter(tmp_path: Path) -> None:
    od = od_table()
    backwards = od.take(list(range(od.num_rows))[::-1])
    first, second = (packed_content(written(town(od=table), tmp_path)) for table in (od, backwards))
    assert first["demand"] == second["demand"]


def test_page_fetches_nothing_and_runs_only_its_own_scripts(tmp_path: Path) -> None:
    html = written(town(), tmp_path)
    outline = Outline(html)
    assert outline.addresses == []
    assert outline.handlers == []
    assert "default-src &#x27;none&#x27;" in html
    assert "unsafe-inline&#x27;; img-src" in html  # styles only


def test_hostile_texts_do_not_break_out(tmp_path: Path) -> None:
    hostile_plan, hostile_network = plan(), network()
    hostile_plan["proposals"][0] |= {
        "title": HOSTILE, "reason": {"en": HOSTILE, "fr": HOSTILE}, "kind": HOSTILE, "stops": [HOSTILE],
    }  # fmt: skip
    hostile_plan["assumptions"] = {HOSTILE: HOSTILE}
    for feature in hostile_network["features"]:
        feature["properties"]["name"] = HOSTILE
    content = town(
        title=HOSTILE,
        proposals=hostile_plan,
        network=hostile_network,
        stages=[{"name": HOSTILE, "status": HOSTILE}],
        provenance={"run_id": HOSTILE, "inputs": [{"name": HOSTILE, "quarantined": {HOSTILE: 3}}]},
    )
    plain, hostile = Outline(written(town(), tmp_path)), Outline(written(content, tmp_path))
    assert hostile.tags.count("script") == plain.tags.count("script") == 4
    assert not {"img", "b"} & set(hostile.tags)
    assert hostile.handlers == []
    assert HOSTILE in hostile.text


@pytest.mark.parametrize(
    "absent",
    ["presence", "zones_geojson", "cells", "proposals", "network", "stages", "provenance", "disclosure"],
)
def test_a_missing_part_is_named_and_the_rest_shows(absent: str, tmp_path: Path) -> None:
    nothing: Any = [] if absent == "stages" else {} if absent in {"provenance", "disclosure"} else None
    outline = Outline(written(town(**{absent: nothing}), tmp_path))
    assert outline.open == []
    assert "Largest flows" in outline.text


def test_demand_alone_makes_a_page(tmp_path: Path) -> None:
    text = Outline(written(ReportContent("Bare", od_table()), tmp_path)).text
    for said in (
        "No proposals",
        "No before and after",
        "No lines",
        "gave no manifest",
        "no record of disclosure",
    ):
        assert said in text
    assert "median distance" in text


def test_an_empty_od_makes_a_page(tmp_path: Path) -> None:
    text = Outline(written(ReportContent("Empty", od_table().slice(0, 0)), tmp_path)).text
    assert "No flows: the table od is empty" in text


def test_missing_keys_become_dashes(tmp_path: Path) -> None:
    bare: dict[str, Any] = {
        "proposals": [{"kind": "headway"}, {"rank": 1, "geometry": {"type": "LineString"}}]
    }
    odd = {"type": "FeatureCollection", "features": [{"properties": {"route_id": 7}, "geometry": None}, {}]}
    outline = Outline(written(town(proposals=bare, network=odd), tmp_path))
    assert outline.open == []
    assert "Headway change" in outline.text


def test_rows_that_do_not_add_up_are_owned_up_to(tmp_path: Path) -> None:
    entry = {"name": "a.csv", "rows": 10, "accepted": 7, "duplicates": 1, "quarantined": {"ragged": 1}}
    assert "does not add up" in Outline(written(town(provenance={"inputs": [entry]}), tmp_path)).text
    entry["quarantined"] = {"ragged": 2}
    assert "does not add up" not in Outline(written(town(provenance={"inputs": [entry]}), tmp_path)).text


def test_content_for_the_map_keeps_all_trips_in_hexagons_and_totals(tmp_path: Path) -> None:
    content = packed_content(written(town(), tmp_path))
    od = od_table().to_pylist()
    for slot in SLOTS:
        part = content["demand"]["weekday"][slot]
        rows = [r for r in od if r["day_type"] == "weekday" and r["slot"] == slot]
        crossing = [r["population_trips"] for r in rows if r["origin"] != r["destination"]]
        inside = sum(r["population_trips"] for r in rows) - sum(crossing)
        assert part["total"] == pytest.approx(sum(crossing), abs=0.1)
        assert sum(part["byCell"]) == pytest.approx(
            2 * sum(crossing) + inside, abs=0.05 * len(part["byCell"])
        )
        assert part["trips"] == sorted(part["trips"], reverse=True)
        assert part["pairs"] == len(crossing)


def test_inputs_are_named_without_the_folders_above(tmp_path: Path) -> None:
    entry = {"file": "/srv/operator/secret/cdr/week1.csv", "accepted": 1}
    text = Outline(written(town(provenance={"inputs": [entry]}), tmp_path)).text
    assert "cdr/week1.csv" in text
    assert "operator" not in text
