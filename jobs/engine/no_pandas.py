"""Commands and tasks work without pandas, which pyarrow loads with its first array: 0.2 s for nothing."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Tells pyarrow that there is none."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse pandas, and leave other modules to those who look for them next."""
        if name == "pandas":
            raise ModuleNotFoundError("this process works without pandas", name=name)
        return None


def refuse_pandas() -> None:
    """Load no pandas in this process from now on; where it has been loaded it stays."""
    if not any(isinstance(finder, _NoPandas) for finder in sys.meta_path):
        sys.meta_path.insert(0, _NoPandas())
