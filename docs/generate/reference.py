"""Write the pages of the documentation site: those of docs/, and the reference from the code itself.

    python docs/generate/reference.py build/pages

The reference is not kept in git, so that it cannot be out of date: what it says stands in the pydantic models,
the Typer app and the declarations of tables.
"""

import os
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
_SHOWN = {
    "benchmarks/RESULTS.md": "benchmarks.md",
    "benchmarks/against_multimno.md": "against_multimno.md",
}
"""Pages of the repository that do not lie in docs/."""

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)#\s]+)(#[^)]*)?\)")


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
        **{page: _with_links(ROOT / file, page) for file, page in _SHOWN.items()},
    }


def write_pages(target: Path) -> None:
    """Fill a folder with all pages of the site, in place of what is in it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target, ignore=shutil.ignore_patterns("generate", "__pycache__"))
    for page in target.rglob("*.md"):
        place = str(page.relative_to(target))
        page.write_text(_with_links(ROOT / "docs" / place, place), "utf-8")
    for place, text in generated().items():
        (target / place).parent.mkdir(exist_ok=True)
        (target / place).write_text(text, "utf-8")


def _with_links(file: Path, place: str) -> str:
    """Text of a page whose links that leave docs/ lead to the page that shows their file; else their words stay.

    Parameters
    ----------
    place : where the page stands in the site.

    Raises
    ------
    FileNotFoundError
        A link leads to a file that is not in the repository.
    """

    def led(found: re.Match[str]) -> str:
        words, path, anchor = found[1], found[2], found[3] or ""
        target = (file.parent / path).resolve()
        is_beside = file.is_relative_to(ROOT / "docs") and target.is_relative_to(ROOT / "docs")
        if ":" in path or is_beside:
            return found[0]
        if not target.exists():
            raise FileNotFoundError(f"{file.relative_to(ROOT)}: there is no {path}")
        page = _page_of(target.relative_to(ROOT))
        return f"[{words}]({os.path.relpath(page, Path(place).parent)}{anchor})" if page else words

    return _LINK.sub(led, file.read_text("utf-8"))


def _page_of(file: Path) -> str:
    """The page that shows a file of the repository; empty where there is none."""
    if file.parts[0] == "configs" and len(file.parts) == 2:
        return f"reference/configs.md#{file.name.replace('.', '')}"
    if file.parts[0] == "docs":
        return str(file.relative_to("docs"))
    return _SHOWN.get(str(file), "")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
