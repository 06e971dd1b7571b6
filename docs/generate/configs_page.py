"""The configurations that come with Maillage, to read and to copy."""

from pathlib import Path


def page(folder: Path) -> str:
    """Write the page: each YAML file of `configs/` and what `spark-submit` runs."""
    files = [*sorted(folder.glob("*.yaml")), folder / "submit.py"]
    parts = [
        "# Configurations to copy\n\nThese lie in `configs/`. Data sets that they name are not redistributed.\n"
    ]
    parts += [
        f"## {file.name}\n\n```{_language(file)}\n{file.read_text('utf-8').rstrip()}\n```\n" for file in files
    ]
    return "\n".join(parts)


def _language(file: Path) -> str:
    return {".yaml": "yaml", ".py": "python"}[file.suffix]
