import ast
from pathlib import Path

import pytest

from pipelines import code
from pipelines.code import code_digest
from pipelines.stages import STAGES

ROOT = Path(code.__file__).resolve().parent.parent


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """A tree of sources of its own, whose files tests change."""
    for cached in (code_digest, code._imports, code._needed):
        cached.cache_clear()
    monkeypatch.setattr(code, "_ROOT", tmp_path)
    files = {
        "jobs/__init__.py": "",
        "jobs/ingest/__init__.py": "from jobs.ingest.reader import (\n    read,\n)\n",
        "jobs/ingest/reader.py": "def read():\n    from kernels.text import parse\n",
        "jobs/page/__init__.py": "import jobs.ingest\n",
        "jobs/page/assets/page.js": "draw()",
        "kernels/__init__.py": "",
        "kernels/text.py": "import numpy\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    yield tmp_path
    for cached in (code_digest, code._imports, code._needed):
        cached.cache_clear()


def digests_after(sources, changed: str) -> tuple[bool, bool, bool]:
    """Whether the digests of ingest, of the page and of all change with a file."""
    asked = (("jobs.ingest",), ("jobs.page",), ())
    before = [code_digest(*modules) for modules in asked]
    with (sources / changed).open("a") as file:
        file.write("\n# more\n")
    for cached in (code_digest, code._imports, code._needed):
        cached.cache_clear()
    return tuple(code_digest(*modules) != old for modules, old in zip(asked, before, strict=True))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("kernels/text.py", (True, True, True)),
        ("jobs/__init__.py", (True, True, True)),
        ("jobs/page/__init__.py", (False, True, True)),
        ("jobs/page/assets/page.js", (False, True, True)),
    ],
)
def test_a_stage_depends_on_what_it_imports_near_and_far(sources, changed, expected):
    assert digests_after(sources, changed) == expected


def test_a_module_that_is_not_there_is_told():
    with pytest.raises(ModuleNotFoundError, match=r"jobs\.nowhere"):
        code_digest("jobs.nowhere")


def test_each_stage_depends_on_some_code_of_its_own():
    digests = {stage.name: code_digest(*stage.code) for stage in STAGES}
    assert len({digests[name] for name in ("world", "locate", "ingest", "stays", "anchors", "od")}) == 6


def imported_by_python(file: Path) -> set[str]:
    """Modules of `jobs` and `kernels` that the parser of Python sees a file import."""
    found = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] in ("jobs", "kernels")}


def test_no_import_of_the_product_is_overlooked():
    for package in ("jobs", "kernels"):
        for file in (ROOT / package).rglob("*.py"):
            for module in imported_by_python(file):
                assert code._file_of(module) in code._imports(file), (file, module)
