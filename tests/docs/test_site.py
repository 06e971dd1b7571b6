"""The site is built without a warning and without network, every page is in its menu, and the reference is whole."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from jobs.records.reasons import Reason
from jobs.tables import ALL
from pipelines.config import RunConfig

pytest.importorskip("zensical", reason="the extra `docs` is not installed")

ROOT = Path(__file__).resolve().parents[2]
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_TAG = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=[\"']?(https?:[^\"' >]+)")


@pytest.fixture(scope="module")
def top(tmp_path_factory):
    """Build the site in a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    write = [
        sys.executable,
        str(ROOT / "docs" / "generate" / "reference.py"),
        str(folder / "build" / "pages"),
    ]
    subprocess.run(write, check=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})
    shutil.copy(ROOT / "mkdocs.yml", folder)
    build = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    done = subprocess.run(build, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, _COLOUR.sub("", done.stdout + done.stderr)
    return folder


def pages(folder):
    return {str(page.relative_to(folder)) for page in folder.rglob("*.md")}


def in_menu(entry):
    """Pages below an entry of the menu."""
    if isinstance(entry, str):
        return [entry]
    entries = entry.values() if isinstance(entry, dict) else entry
    return [page for below in entries for page in in_menu(below)]


def test_the_menu_has_every_page_once(top):
    menu = in_menu(yaml.safe_load((ROOT / "mkdocs.yml").read_text())["nav"])
    assert sorted(menu) == sorted(pages(top / "build" / "pages")), (
        "every page of docs/ stands in mkdocs.yml under nav"
    )


def test_every_page_is_built_and_nothing_is_fetched_from_elsewhere(top):
    for page in pages(top / "build" / "pages"):
        html = (top / "build" / "docs" / page).with_suffix(".html").read_text("utf-8")
        assert _TAG.findall(html) == [], page


def test_every_picture_is_there(top):
    for page in (top / "build" / "pages").rglob("*.md"):
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (page.parent / picture).is_file(), f"{page.name}: {picture}"


def test_the_reference_has_every_key_with_its_meaning(top):
    text = (top / "build" / "pages" / "reference" / "config.md").read_text("utf-8")
    assert [
        name for name in RunConfig.model_fields if f"`{name}`" not in text and f"## {name}\n" not in text
    ] == []
    assert "`cdr[].columns.time.format`" in text
    assert "`release.recipients.NAME.expires`" in text
    assert re.findall(r"^\| `([^`]+)` .*\|  \|$", text, re.M) == [], "each key needs a description"


def test_the_reference_has_every_column_and_every_code(top):
    tables = (top / "build" / "pages" / "reference" / "tables.md").read_text("utf-8")
    assert [t.name for t in ALL if f"## {t.name}\n" not in tables] == []
    assert [c.name for t in ALL for c in t.columns if f"| `{c.name}` |" not in tables] == []
    codes = (top / "build" / "pages" / "reference" / "codes.md").read_text("utf-8")
    assert [reason for reason in Reason if f"| `{reason}` |" not in codes] == []


def test_the_reference_has_every_command(top):
    text = (top / "build" / "pages" / "reference" / "commands.md").read_text("utf-8")
    for command in ("run", "keys destroy", "transit propose", "release verify", "audit unicity"):
        assert f"## maillage {command}\n" in text
    assert "`--quiet, -q`" in text.replace("-q, --quiet", "--quiet, -q")
