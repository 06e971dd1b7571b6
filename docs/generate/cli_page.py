"""Reference of the command line: every command and option, from the Typer app."""

from collections.abc import Iterator
from typing import Any

from tabular import code, table


def page(root: Any) -> str:
    """Write the page.

    Parameters
    ----------
    root : the command that Typer makes of the app.
    """
    parts = [
        "# Commands\n\n`maillage --help` and `maillage COMMAND --help` say the same in a terminal; "
        "`maillage --install-completion` teaches a shell the commands, options and stages. "
        "`NO_COLOR=1` takes colours away.\n\n"
        "Exit codes: 0 done, 1 the run failed, 2 the config or an input is at fault, 3 a privacy rule refused, "
        "4 a data quality rule refused.\n"
    ]
    parts += [_of_command(path, command) for path, command in commands_below(root)]
    return "\n".join(parts)


def commands_below(
    group: Any, path: tuple[str, ...] = ("maillage",)
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its words."""
    for name, command in sorted(group.commands.items()):
        if getattr(command, "commands", None):
            yield from commands_below(command, (*path, name))
        else:
            yield (*path, name), command


def _of_command(path: tuple[str, ...], command: Any) -> str:
    context = command.make_context(" ".join(path), [], resilient_parsing=True)
    usage = command.get_usage(context).removeprefix("Usage: ")
    told = (p.get_help_record(context) for p in command.params if p.name != "help")
    rows = [(code(_names(record[0])), record[1]) for record in told if record is not None]
    return (
        f"## {' '.join(path)}\n\n```text\n{usage}\n```\n\n{_prose(command.help)}\n\n"
        f"{table(('argument or option', 'meaning'), rows)}"
    )


def _names(text: str) -> str:
    """Names of a parameter, without the placeholder of one that takes no value."""
    return text.replace("<bool>", "").strip()


def _prose(text: str | None) -> str:
    return "\n".join(line.strip() for line in (text or "").splitlines())
