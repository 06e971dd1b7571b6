"""Write the pages of the documentation site: those of docs/, and the reference from the code itself.

    python docs/generate/reference.py build/pages

The reference is not kept in git, so that it cannot be out of date: what it says stands in the pydantic models,
the Typer app and the declarations of tables.
"""

import re
import shutil
import sys
from pathlib import Path

import cli_page
import codes_page
import config_page
import configs_page
import proposals_page
import tables_page

ROOT = Path(__file__).resolve().parents[2]
_TO_CONFIGS = re.compile(r"\]\((?:\.\./)+configs/([\w.]+)\)")
"""Links of pages to files that are not pages: the generated page of configurations shows them."""


def generated() -> dict[str, str]:
    """Markdown of every generated page, by its place below docs/."""
    import typer

    from jobs.mobility.tables import ALL as MOBILITY
    from jobs.tables import ALL
    from jobs.transit.proposals_schema import proposals_schema
    from pipelines.cli import app
    from pipelines.config import schema

    return {
        "reference/config.md": config_page.page(schema()),
        "reference/commands.md": cli_page.page(typer.main.get_command(app)),
        "reference/tables.md": tables_page.page((*ALL, *MOBILITY)),
        "reference/codes.md": codes_page.page(),
        "reference/proposals.md": proposals_page.page(proposals_schema()),
        "reference/configs.md": configs_page.page(ROOT / "configs"),
    }


def write_pages(target: Path) -> None:
    """Fill a folder with all pages of the site, in place of what is in it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target, ignore=shutil.ignore_patterns("generate", "__pycache__"))
    for page in target.rglob("*.md"):
        page.write_text(_with_links_to_pages(page.read_text("utf-8"), page.relative_to(target)), "utf-8")
    for place, text in generated().items():
        (target / place).parent.mkdir(exist_ok=True)
        (target / place).write_text(text, "utf-8")


def _with_links_to_pages(text: str, place: Path) -> str:
    up = "../" * (len(place.parts) - 1)
    return _TO_CONFIGS.sub(lambda m: f"]({up}reference/configs.md#{m[1].replace('.', '')})", text)


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
