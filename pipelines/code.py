"""Which code a stage's tables depend on: the modules that it imports, near and far."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("jobs", "kernels")
_IMPORT = re.compile(
    r"^[ \t]*(?:from|import)[ ]+((?:jobs|kernels)[\w.]*)(?:[ ]+import[ ]+(\([^)]*\)|[^\n]*))?", re.MULTILINE
)
_NAME = re.compile(r"\w+")


@lru_cache(maxsize=32)
def code_digest(*modules: str) -> str:
    """Digest of the sources of some modules of `jobs` and `kernels`, of all that they import there, and of assets.

    Without modules, of all sources. So a change of the page does not read all records again.

    Raises
    ------
    ModuleNotFoundError
        There is no such module.
    """
    if modules:
        files = {file for module in modules for file in _needed(_file_of(module))}
    else:
        files = {file for package in _PACKAGES for file in (_ROOT / package).rglob("*.py")}
    files |= {asset for file in files for asset in _assets_beside(file)}
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(_ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _assets_beside(file: Path) -> Iterator[Path]:
    """What a package reads besides its modules: the script and the style of the page."""
    if file.name == "__init__.py":
        yield from (path for path in (file.parent / "assets").glob("*") if path.is_file())


def _file_of(module: str) -> Path:
    file = _sought(_ROOT, module)
    if file is None:
        raise ModuleNotFoundError(f"there is no module {module}")
    return file


@lru_cache(maxsize=4096)
def _sought(root: Path, module: str) -> Path | None:
    path = root.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)


@lru_cache(maxsize=512)
def _imports(file: Path) -> frozenset[Path]:
    """Files of `jobs` and `kernels` that a file imports, with the packages that they are in."""
    found: set[Path] = set()
    for module, names in _IMPORT.findall(file.read_text()):
        for name in [module, *(f"{module}.{name}" for name in _NAME.findall(names))]:
            found |= set(_files_on_the_way(name))
    return frozenset(found)


def _files_on_the_way(name: str) -> Iterator[Path]:
    """Packages that lead to a module, and the module; a name that is no module ends the way."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        file = _sought(_ROOT, ".".join(parts[:end]))
        if file is None:
            return
        yield file


@lru_cache(maxsize=64)
def _needed(file: Path) -> frozenset[Path]:
    found, waiting = {file}, [file]
    while waiting:
        new = _imports(waiting.pop()) - found
        found |= new
        waiting += new
    return frozenset(found)
