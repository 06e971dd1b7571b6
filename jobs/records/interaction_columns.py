"""Which columns of raw records say what kind of event it is, who began it, with whom, and how long it took."""

from abc import abstractmethod
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from jobs.params import Params

ColumnRef = str | int
"""A column by its name in the header, or by position from 0 where there is no header."""

IdentifierKind = Literal["msisdn", "imsi", "imei", "opaque"]
KINDS = ("call", "text", "data", "other")
DIRECTIONS = ("out", "in")
ANY_OTHER = "*"


def _in_one_form(value: str) -> str:
    return value.strip().lower()


def _short(given: Any) -> Any:
    """A column alone stands for a mapping that names it."""
    return {"column": given} if isinstance(given, str | int) and not isinstance(given, bool) else given


class _Coded(Params):
    """A column of codes, or one value for all rows."""

    column: ColumnRef | None = Field(None, description="name or position of the column")

    def codes(self) -> dict[str, int]:
        """Number of the value that each code stands for, codes in small letters."""
        return {
            _in_one_form(code): number for number, (_, codes) in enumerate(self.listed()) for code in codes
        }

    @abstractmethod
    def listed(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every value with its codes."""

    @model_validator(mode="after")
    def _once_each(self) -> "_Coded":
        every = [_in_one_form(code) for _, codes in self.listed() for code in codes]
        twice = sorted({code for code in every if every.count(code) > 1})
        if twice:
            raise ValueError(f"these codes stand for two values: {', '.join(twice)}")
        if (self.column is None) == (getattr(self, "always", None) is None):
            raise ValueError("give either column, or always: a value for all rows")
        return self


class KindColumn(_Coded):
    """What kind of event a record is of. Codes are compared without regard to case."""

    always: Literal["call", "text", "data", "other"] | None = Field(
        None, description="all records of the source are of this kind"
    )
    call: tuple[str, ...] = Field(("call", "voice"), description="codes of calls")
    text: tuple[str, ...] = Field(("text", "sms"), description="codes of text messages")
    data: tuple[str, ...] = Field(("data",), description="codes of data sessions")
    other: tuple[str, ...] = Field(
        ("other",), description="codes of anything else; '*' stands for every code that is not listed"
    )

    def listed(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(name, getattr(self, name)) for name in KINDS]


class DirectionColumn(_Coded):
    """Whether `user` began the event, or the other party did."""

    always: Literal["out", "in"] | None = Field(None, description="all records of the source are so")
    outgoing: tuple[str, ...] = Field(("out", "outgoing", "mo"), description="codes: `user` began it")
    incoming: tuple[str, ...] = Field(("in", "incoming", "mt"), description="codes: `user` was called")

    def listed(self) -> list[tuple[str, tuple[str, ...]]]:
        return [("out", self.outgoing), ("in", self.incoming)]


class CounterpartyColumn(Params):
    """Raw identifier of the other party: as secret as the subscriber's."""

    column: ColumnRef = Field(description="name or position of the column")
    kind: IdentifierKind | None = Field(
        None, description="as user_kind, which it is when absent: a graph joins where both are the same kind"
    )
    if_bad: Literal["reject", "unknown"] = Field(
        "reject",
        description="what becomes of a row whose other party is no identifier, such as the name that a "
        "company texts under: quarantine, or an event with an unknown counterparty",
    )


class DurationColumn(Params):
    """How long an event took."""

    column: ColumnRef = Field(description="name or position of the column")
    unit: Literal["s", "ms", "min"] = Field("s", description="of its numbers")


Kind = Annotated[KindColumn, BeforeValidator(_short)]
Direction = Annotated[DirectionColumn, BeforeValidator(_short)]
Counterparty = Annotated[CounterpartyColumn, BeforeValidator(_short)]
Duration = Annotated[DurationColumn, BeforeValidator(_short)]
