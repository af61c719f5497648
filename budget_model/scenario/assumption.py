"""An assumption: one value with its unit, range, source and confidence, and how a scenario field is declared as one.

A scenario file writes an assumption as a bare number, as `{value, unit, low, high, source, confidence, note}` with who owns
and who confirmed it, or as `{evidence: id}`, which takes an entry of the register of evidence (`evidence.py`).
What has no source is of low confidence, and is shown so.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
    field_serializer,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from budget_model.scenario.number_text import ANY_UNIT, PERCENT, Percent, UnclearNumberError, decimal_of, number_in, plain_number
from budget_model.timeline import FIRST_YEAR, LAST_YEAR, month_label, read_month

Confidence = Literal["high", "medium", "low"]
LEAST_CONFIDENCE: Confidence = "low"  # of what has no source
# What a number is: what can be looked up, what will show itself, what somebody charges, what somebody decides, what is asked of
# somebody and not granted. '' where nobody says. Only the first three are uncertain; the others are choices.
EvidenceKind = Literal["", "fact", "forecast", "price", "decision", "money asked"]
# Whether the scenario gives a value, leaves it at what holds when nothing is said, or a reader changed it.
Origin = Literal["given", "default", "changed"]
_MONTH_PATTERN = r"\d{4}-\d{1,2}"
_META = "budget_model"
UNSOURCED = "unsourced"
MONTH_UNIT = "month"
NUMBER_OF_THE_MONTH = "number of the month"  # in its year, 1 for January
_ONE_OF_A_KIND = (NUMBER_OF_THE_MONTH, "multiple ")  # units that no number of them is asked for
# Notes of values that stand for something the scenario leaves out.
LAST_MONTH, NO_MATCH = "the scenario's last month", "no match asked"
# What a reader is told of a value without a note.
_REMARKS: Mapping[Origin, str] = {"given": "", "default": "default", "changed": "changed from the saved scenario"}


def read_day(given: Any) -> Any:
    """Return a date as text, '' for none: YAML reads 2019-05-01 as a date. Raises what pydantic shows for another text."""
    try:
        day = datetime.date.fromisoformat(str(given)) if given else None
    except ValueError:
        raise PydanticCustomError("day", "expected a date written YYYY-MM-DD, such as 2019-05-01") from None
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("day", "expected a date from {first}-01-01 to {last}-12-31", {"first": FIRST_YEAR, "last": LAST_YEAR})
    return day.isoformat() if day else ""


class SourcedValue(BaseModel):
    """A value with what vouches for it. `date` says when the source was published or for which year it speaks.

    `kind` says what sort of number it is; `owner` is who can confirm it, a department or another partner. `confirmed_on` is a date
    as text, 2019-05-01.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: float | datetime.date
    unit: str = ""
    low: float | None = None
    high: float | None = None
    source: str = ""
    date: str = ""
    confidence: Confidence = LEAST_CONFIDENCE
    kind: EvidenceKind = ""
    note: str = ""
    owner: str = ""
    comment: str = ""
    confirmed_by: str = ""
    confirmed_on: Annotated[str, BeforeValidator(read_day)] = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody confirmed the value, by name and day; one without the other is no confirmation yet."""
        return bool(self.confirmed_by and self.confirmed_on)

    @property
    def confirmation(self) -> str:
        """Who confirmed the value and when, in words; '' where nobody did."""
        told = [f"by {self.confirmed_by}"] * bool(self.confirmed_by) + [f"on {self.confirmed_on}"] * bool(self.confirmed_on)
        return " ".join(["confirmed", *told]) if told else ""


class Assumption(SourcedValue):
    """One value of a scenario with its evidence: a `NumberAssumption` or a `MonthAssumption`.

    `evidence` is the entry of the register that it was taken from.
    """

    evidence: str = ""
    # How the value came is no part of what a scenario says: two assumptions are equal when they say the same and both, or
    # neither, are defaults.
    origin: Origin = "given"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assumption):
            return False
        one, two = self.__dict__, other.__dict__
        return one == two or (
            one["value"] == two["value"] and self.is_given is other.is_given and one | {"origin": ""} == two | {"origin": ""}
        )

    def __hash__(self) -> int:
        return hash((self.value, self.source, self.is_given))

    @model_validator(mode="after")
    def _confidence_has_a_source(self) -> Self:
        if not self.source and self.confidence != LEAST_CONFIDENCE:
            raise PydanticCustomError("unsourced", "confidence must be low where no source is given")
        return self

    @property
    def is_given(self) -> bool:
        """Whether the scenario gives the value, rather than leaving it at what holds when nothing is said."""
        return self.origin != "default"

    @property
    def is_changed(self) -> bool:
        """Whether the value was changed from the saved scenario."""
        return self.origin == "changed"

    @property
    def remark(self) -> str:
        """The note, or where there is none how the value came, in words."""
        return self.note or _REMARKS[self.origin]

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe to editors that a bare value is accepted as well; `origin` no file may give."""
        described = handler(core_schema)
        properties = handler.resolve_ref_schema(described)["properties"]
        properties.pop("origin")
        as_text = {"type": "string", "description": "A number as people write it: '1,000', '$5', '33%'"}
        return {"anyOf": [properties["value"], *([as_text] if cls is NumberAssumption else []), described]}


class NumberAssumption(Assumption):
    """A number in `unit` with its evidence."""

    value: float

    @model_validator(mode="after")
    def _range_holds_value(self) -> Self:
        if self.low is not None and self.low > self.value:
            raise PydanticCustomError("range", "low must not be above the value")
        if self.high is not None and self.high < self.value:
            raise PydanticCustomError("range", "high must not be below the value")
        return self

    @property
    def number(self) -> float:
        """The value."""
        return self.value


class MonthAssumption(Assumption):
    """A month, by its first day, with its evidence; files write it as 2019-07."""

    value: Annotated[datetime.date, WithJsonSchema({"type": "string", "pattern": _MONTH_PATTERN})]

    @field_serializer("value", when_used="json")
    def _as_written(self, value: datetime.date) -> str:
        return month_label(value)

    @property
    def day(self) -> datetime.date:
        """The first day of the month."""
        return self.value


def number_of(unit: str) -> str:
    """Return what number a unit asks for.

    >>> number_of("participants"), number_of(NUMBER_OF_THE_MONTH)
    ('a number of participants', 'the number of the month')
    """
    return f"{'the' if unit.startswith(_ONE_OF_A_KIND) else 'a number of'} {unit}"


@dataclass(frozen=True)
class Declared:
    """What a scenario field says of its assumption: label, unit, bounds, and whether it is a month or counts whole things.

    One `only_if_said` has cells in a workbook where some line of the plan says it, and none where all are left at the default.
    """

    label: str
    unit: str
    at_least: float
    at_most: float
    once: bool = False
    whole: bool = False
    only_if_said: bool = False

    @property
    def is_month(self) -> bool:
        """Whether the value is a month rather than a number."""
        return self.unit == MONTH_UNIT

    @property
    def is_share(self) -> bool:
        """Whether the value is a share, which may be said in percent."""
        return self.unit.startswith("share")

    @property
    def expected(self) -> str:
        """What a value must be, in words."""
        if self.is_month:
            return "a month written YYYY-MM, such as 2019-07"
        low, high = f"{self.at_least:,.15g}", f"{self.at_most:,.15g}"
        span = f", {low} or more" if self.at_most == math.inf else f" from {low} to {high}"
        if self.unit.startswith("share"):
            share, _, each = self.unit.partition(" a ")
            return f"a {share}{span}{f' for each {each}' * bool(each)}"
        return f"{number_of(self.unit)}{span}"


def quantity(
    label: str,
    unit: str,
    *,
    default: float | None = None,
    at_least: float = 0.0,
    at_most: float = math.inf,
    once: bool = False,
    whole: bool = False,
    only_if_said: bool = False,
) -> Any:
    """Declare a number of a scenario; bounds and default are in the unit. Without a default it must be given.

    `once` marks money that is spent or comes a single time (convention A7). `whole` marks what is counted one by one, such as
    places, people, months and days: draws of its range are whole numbers.
    """
    about = Declared(label, unit, at_least, at_most, once, whole, only_if_said)
    if default is None:
        return _field(about)
    return _field(about, default=NumberAssumption(value=float(default), unit=unit, origin="default"))


def share(label: str, unit: str = "share", *, default: float | None = None, only_if_said: bool = False) -> Any:
    """Declare a share: a number from 0 to 1."""
    return quantity(label, unit, default=default, at_most=1.0, only_if_said=only_if_said)


def month(label: str, *, optional: bool = False) -> Any:
    """Declare a month; an optional one that is not given stands for the scenario's last month."""
    declared = Declared(label, MONTH_UNIT, 0.0, math.inf)
    return _field(declared, default=None) if optional else _field(declared)


def _field(declared: Declared, **default: Any) -> Any:
    """Return a field that remembers what it declares; no bound is written as infinity, which JSON does not know."""
    meta = {name: value for name, value in asdict(declared).items() if value != math.inf}
    return Field(json_schema_extra={_META: meta}, description=f"{declared.label} ({declared.unit})", **default)


def declared(info: FieldInfo) -> Declared | None:
    """Return what a field declares of its assumption, or None for a field of another kind."""
    extra = info.json_schema_extra
    meta: Any = extra.get(_META) if isinstance(extra, dict) else None
    return Declared(**{"at_most": math.inf, **meta}) if isinstance(meta, dict) else None


class Described(BaseModel):
    """A part of a scenario whose assumption fields accept a bare value and are checked against their declaration."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _read_assumption(cls, given: Any, info: ValidationInfo) -> Any:
        about = declared(cls.model_fields[info.field_name or ""])
        if about is None or isinstance(given, Assumption) or (given is None and about.is_month):
            return given
        parts = dict(given) if isinstance(given, Mapping) else {"value": given}
        if "value" not in parts:
            raise _expected(about, "a mapping with a 'value', or ")
        for key in ("value", "low", "high"):
            if parts.get(key) is not None:
                read = _month_of if about.is_month else _number_of
                parts[key] = read(parts[key], about, key if isinstance(given, Mapping) else "")
        unit = parts.setdefault("unit", about.unit)
        if unit != about.unit:
            raise PydanticCustomError("unit", "the unit must be '{unit}'", {"unit": about.unit})
        return parts


def _expected(about: Declared, before: str = "", after: str = "", *, part: str = "", given: Any = None) -> PydanticCustomError:
    """Return what is expected; of a mapping, `part` is the key at which `given` stands."""
    of_part = {"part": part, "given": given} if part else {}
    return PydanticCustomError("assumption", "expected {expected}", {"expected": f"{before}{about.expected}{after}", **of_part})


def _number_of(given: Any, about: Declared, part: str) -> float:
    """Return a number of a file: plain, or a text as people write it, where a share may be said in percent."""
    exact, hint = None, ""
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        if about.at_least <= given <= about.at_most and math.isfinite(given):
            return float(given)
        exact = decimal_of(given) if math.isfinite(given) else None
    elif isinstance(given, str):
        try:
            exact = number_in(given, about.unit, Percent.SAID if about.is_share or about.unit == ANY_UNIT else Percent.NONE)
        except UnclearNumberError as error:
            hint = str(error)
    if exact is None or not about.at_least <= exact <= about.at_most:
        raise _expected(about, after=hint or _as_share(exact, about), part=part, given=given)
    if decimal_of(float(exact)) != exact:
        raise _expected(about, after=", with 15 digits at most", part=part, given=given)
    return float(exact)


def _as_share(given: Decimal | None, about: Declared) -> str:
    """Say how a share is written that was given as a percentage without its sign."""
    if given is None or not about.is_share or not about.at_least <= given / PERCENT <= about.at_most:
        return ""
    return f"; for {plain_number(given)} percent write {plain_number(given / PERCENT)}"


def _month_of(given: Any, about: Declared, part: str) -> datetime.date:
    try:
        return read_month(given)
    except ValueError as error:
        of_part = {"part": part, "given": given} if part else {}
        raise PydanticCustomError("assumption", "{expected}", {"expected": str(error), **of_part}) from None
