"""Read a YAML file with the line of each key, environment variables filled in."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from jobs.errors import ConfigError

KeyPath = tuple[str | int, ...]
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a config: which key, and what."""

    path: KeyPath
    message: str


@dataclass
class YamlSource:
    """Parsed content with, for error messages, the line on which each key stands."""

    file: str
    content: dict[str, Any]
    lines: dict[KeyPath, int]
    problems: list[Problem]
    overridden: dict[KeyPath, str] = field(default_factory=dict)

    def place(self, path: KeyPath) -> str:
        """Name a key for a message: ``file:line: a.b[0].c``, or the option that set it."""
        for n in range(len(path), 0, -1):
            if path[:n] in self.overridden:
                return f"--set {self.overridden[path[:n]]}: {dotted(path)}"
        line = next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), 1)
        return f"{self.file}:{line}: {dotted(path)}"


def dotted(path: KeyPath) -> str:
    """Write a key path as people do: ``cdr[0].columns.user``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".") or "(top level)"


def read_yaml(file: Path) -> YamlSource:
    """Read a config file.

    Raises
    ------
    ConfigError
        It is missing, is not YAML, or its top level is not a mapping.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", str(file), "check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8 text", str(file), "save it as UTF-8") from error
    try:
        content = yaml.safe_load(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else str(file)
        what = f"is not valid YAML: {getattr(error, 'problem', error)}"
        raise ConfigError(what, where, "check indentation and quotes there") from error
    except (ValueError, RecursionError) as error:
        what = f"holds a value that cannot be read: {error}"
        raise ConfigError(what, str(file), "mend it; dates are written YYYY-MM-DD") from error
    if not isinstance(content, dict):
        raise ConfigError(
            "has no keys at the top level", str(file), "start from one of the files in configs/"
        )
    source = YamlSource(str(file), content, {}, [])
    _note_lines(root, (), source)
    source.content = _filled(content, (), source.problems)
    return source


def _note_lines(node: yaml.Node | None, path: KeyPath, source: YamlSource) -> None:
    """Note the line of each key; a key given twice, of which YAML keeps the last, is a problem."""
    if node is None:
        return
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*path, str(key.value))
            if below in source.lines:
                source.problems.append(Problem(below, f"is given twice, first on line {source.lines[below]}"))
            source.lines[below] = key.start_mark.line + 1
            _note_lines(value, below, source)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _note_lines(value, (*path, number), source)


def _filled(value: Any, path: KeyPath, problems: list[Problem]) -> Any:
    """Put environment variables in place of ``${NAME}``; a missing one is a problem."""
    if isinstance(value, dict):
        return {key: _filled(item, (*path, str(key)), problems) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, (*path, number), problems) for number, item in enumerate(value)]
    if not isinstance(value, str):
        return value

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in os.environ:
            problems.append(Problem(path, f"environment variable {name} is not set"))
        return os.environ.get(name, "")

    return _VARIABLE.sub(fill, value)


def with_override(source: YamlSource, assignment: str) -> None:
    """Apply ``key.path=value`` from the command line; the value is read as YAML.

    Raises
    ------
    ConfigError
        There is no ``=``, or the path goes through something that has no keys.
    """
    key, equals, text = assignment.partition("=")
    steps: list[str | int] = [
        int(step) if step.isdigit() else step for step in re.split(r"\.|\[(\d+)\]\.?", key) if step
    ]
    if not equals or not steps:
        raise ConfigError(f"{assignment!r} is not key=value", "--set", "for instance --set grid.resolution=8")
    try:
        value = yaml.safe_load(text)
    except ValueError:  # looks like a date, but there is no such day: the key's own rule says so
        value = text
    except yaml.YAMLError as error:
        raise ConfigError(f"{text!r} is not a YAML value", f"--set {key}", "quote it") from error
    at: Any = source.content
    for step in steps[:-1]:
        at = _step_into(at, step, key)
    _assign(at, steps[-1], _filled(value, tuple(steps), source.problems), key)
    source.overridden[tuple(steps)] = key


def _step_into(at: Any, step: str | int, key: str) -> Any:
    if isinstance(at, dict):
        if at.get(str(step)) is None:
            at[str(step)] = {}
        return at[str(step)]
    if isinstance(at, list) and isinstance(step, int) and step < len(at):
        return at[step]
    raise ConfigError(f"there is no {step!r} to set something in", f"--set {key}", "check the key path")


def _assign(at: Any, step: str | int, value: Any, key: str) -> None:
    if isinstance(at, dict):
        at[str(step)] = value
    elif isinstance(at, list) and isinstance(step, int) and step < len(at):
        at[step] = value
    else:
        raise ConfigError(f"there is no {step!r} to set", f"--set {key}", "check the key path")
