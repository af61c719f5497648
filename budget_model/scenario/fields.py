"""What a field takes: its kind, unit, bounds, choices and default, from its declaration, and what may be typed, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from budget_model.formats import spoken, worded
from budget_model.scenario.assumption import MONTH_UNIT, Assumption, Declared, SourcedValue, declared, number_of
from budget_model.scenario.number_text import PERCENT, decimal_of, plain_number
from budget_model.timeline import FIRST_YEAR, LAST_YEAR

Kind = Literal["number", "share", "month", "day", "text", "choice", "choices", "texts", "flag", "none"]
REQUIRED = object()  # stands for the default of a field that has none
_MOST_LISTED = 12  # choices that a refusal names
_FIRST_MONTH, _LAST_MONTH = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 1)  # as in files


@dataclass(frozen=True)
class Field:
    """What may be typed into a field.

    `at_least`, `at_most` and `default` are values as the scenario keeps them (a share of 15 % is 0.15; a month its first day).
    `default` is what an emptied field comes to, `REQUIRED` where it must say something, None where it may say nothing.
    """

    label: str
    kind: Kind
    unit: str = ""
    at_least: float = -math.inf
    at_most: float = math.inf
    choices: tuple[str, ...] = ()
    default: Any = REQUIRED
    form: TypeAdapter[Any] | None = field(default=None, compare=False)  # what a text or a list must be beside

    @property
    def expected(self) -> str:
        """What may be typed, in words."""
        more = " ..." if len(self.choices) > _MOST_LISTED else ""
        choices = f"{', '.join(self.choices[:_MOST_LISTED])}{more}"
        words: dict[Kind, str] = {
            "number": f"{number_of(self.unit) if self.unit else 'a number'}{self._span(1)}",
            "share": f"a percentage{self._span(PERCENT)}, such as 15 or 15%",
            "month": f"a month from {worded(_FIRST_MONTH, MONTH_UNIT)} to {worded(_LAST_MONTH, MONTH_UNIT)}, such as Dec 2019",
            "day": "a day such as 2019-05-01 or May 1, 2019",
            "choice": f"one of: {choices}",
            "choices": f"some of: {choices}",
            "texts": "a list of texts",
            "flag": "yes or no",
            "none": "nothing: a month has no range",
        }
        return words.get(self.kind, "a text")

    def _span(self, scale: int) -> str:
        """Return the bounds in words, as they are typed."""
        low, high = (plain_number(decimal_of(bound) * scale) if math.isfinite(bound) else "" for bound in (self.at_least, self.at_most))
        if low and high:
            return f" from {low} to {high}"
        return f", {low} or more" if low else f", {high} or less" if high else ""


def field_from(name: str, info: FieldInfo, choices: tuple[str, ...] | None = None) -> Field:
    """Return what may be typed into a declared field; `choices` are the names that it chooses from, where it names items."""
    about, annotation = declared(info), info.annotation
    default: Any = REQUIRED if info.is_required() else info.get_default()
    if isinstance(default, Assumption):
        default = default.value
    if about:
        return _of_assumption(about, default)
    bare = [get_args(part)[0] if get_origin(part) is Annotated else part for part in (annotation, *get_args(annotation))]
    kinds = [kind for kind in bare if isinstance(kind, type)]
    enumerated = next((tuple(map(str, kind)) for kind in kinds if issubclass(kind, StrEnum)), ())
    default = str(default) if isinstance(default, StrEnum) else default
    constrained: Any = Annotated[(annotation, *info.metadata)] if info.metadata else annotation
    form: TypeAdapter[Any] = TypeAdapter(constrained)
    label = spoken(name)
    if get_origin(annotation) is tuple:
        default = default if default is REQUIRED else tuple(str(part) for part in default)
        kind: Kind = "texts" if choices is None and not enumerated else "choices"
        return Field(label, kind, choices=enumerated or choices or (), default=default, form=form)
    if enumerated or choices is not None:
        return Field(label, "choice", choices=enumerated or choices or (), default=default)
    if annotation is bool:
        return Field(label, "flag", default=default)
    if float in kinds:
        low, high = _bounds(part for kind in get_args(annotation) for part in get_args(kind)[1:])
        return Field(label, "number", "degrees", low, high, default=default)
    return Field(label, "text", default=default, form=form)


def evidence_field(part: str, value: Field) -> Field:
    """Return what may be typed into a part of an assumption's evidence (`low`, `source`, ...), beside its `value`."""
    info = SourcedValue.model_fields[part]
    label = f"{value.label}: {spoken(part).lower()}"
    if part in ("low", "high"):
        kind: Kind = value.kind if value.kind != "month" else "none"
        return Field(label, kind, value.unit, value.at_least, value.at_most, default=None)
    if part == "confirmed_on":
        return Field(label, "day", default="")
    if choices := get_args(info.annotation) if get_origin(info.annotation) is Literal else ():
        return Field(label, "choice", choices=tuple(choice for choice in choices if choice), default=info.get_default())
    return Field(label, "text", default=info.get_default())


def _of_assumption(about: Declared, default: Any) -> Field:
    if about.is_month:
        return Field(about.label, "month", MONTH_UNIT, default=default)
    kind: Kind = "share" if about.is_share else "number"
    return Field(about.label, kind, about.unit, about.at_least, about.at_most, default=default)


def _bounds(metadata: Iterable[Any]) -> tuple[float, float]:
    """Return the least and the most that the metadata of a number's type allow."""
    limits = [limit for part in metadata for limit in getattr(part, "metadata", [part])]
    low = next((limit.ge for limit in limits if hasattr(limit, "ge")), -math.inf)
    return low, next((limit.le for limit in limits if hasattr(limit, "le")), math.inf)
