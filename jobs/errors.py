"""The errors a user may meet. Each says what is wrong, where, and how to mend it."""


class MaillageError(Exception):
    """Base of all errors that are shown as a message, not as a stack trace.

    Parameters
    ----------
    what : the problem in one sentence, never with an identifier of a person or a key in it.
    where : file, row or configuration key; empty when `what` says it.
    mend : what the user can do.
    """

    exit_code = 1

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.mend:
            parts.append(f"Mend: {self.mend}")
        return "\n".join(parts)

    def __reduce__(self) -> tuple[type["MaillageError"], tuple[str, str, str]]:
        return (type(self), (self.what, self.where, self.mend))


class RunError(MaillageError):
    """The run failed for a reason outside config and input: disk, memory, a lost worker."""

    exit_code = 1


class ConfigError(MaillageError):
    """The configuration is at fault."""

    exit_code = 2


class InputError(MaillageError):
    """An input file is at fault."""

    exit_code = 2


class PrivacyGate(MaillageError):
    """A privacy rule refused."""

    exit_code = 3


class QualityGate(MaillageError):
    """A data quality rule refused."""

    exit_code = 4


def together(problems: list[MaillageError]) -> MaillageError:
    """One error that tells of one or more, with the exit code of the first."""
    if len(problems) == 1:
        return problems[0]
    told = "\n".join(f"{number}. {problem}" for number, problem in enumerate(problems, 1))
    return type(problems[0])(f"{len(problems)} problems\n{told}")
