"""What a person typed, understood by one function: the value as a scenario keeps it, or a refusal in words.

Every typed field goes through `understood`: the cells of a table, the register of evidence, a lever, a correction. It reads
numbers, shares, months, days, choices, lists and texts as people write them. What has two readings is refused, for a guess
would be a silent change; and so is what could not be kept to its last digit.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from budget_model.engine.names import folded
from budget_model.errors import near_name
from budget_model.formats import worded, written
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.fields import REQUIRED, Field, Kind
from budget_model.scenario.number_text import PERCENT, Percent, UnclearNumberError, decimal_of, number_in, plain_number, spaced
from budget_model.timeline import FIRST_YEAR, LAST_YEAR

_MOST_SHOWN = 60  # characters of what was typed


class NotUnderstoodError(ValueError):
    """What was typed is no value of its field; says what is expected there, as the end of "Expected ..."."""


@dataclass(frozen=True)
class Refused:
    """An entry that is not taken: its place, the field's label, what was typed, and what is expected there.

    `waits` says that the entry is understood by itself, and that `expected` is what stands against it in the scenario.
    """

    table: str
    item: str
    field: str
    label: str
    typed: Any
    expected: str
    waits: bool = False

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it was typed."""
        return self.table, self.item, self.field

    @property
    def where(self) -> str:
        """The place in words."""
        return f"{self.item}, {self.label.lower()}" if self.item else self.label

    @property
    def words(self) -> str:
        """The refusal in a sentence or two."""
        shown = typed_words(self.typed)
        what = f'"{shown}"' if shown else "emptying it"
        if self.waits:
            return f"{self.where}: {what} waits for another entry. {self.expected}"
        return f"{self.where}: {what} is not taken. Expected {self.expected}."


def whole_text(typed: Any) -> str:
    """Return what was typed as one line of text, which can be typed again; '' for an emptied field."""
    if isinstance(typed, Mapping):  # a number with its evidence
        return "; ".join(f"{part.replace('_', ' ')}: {said}" for part, said in typed.items())
    if isinstance(typed, (list, tuple)):
        return "; ".join(map(str, typed))
    if isinstance(typed, bool):
        return "yes" if typed else "no"
    if isinstance(typed, float):
        return written(typed) if math.isfinite(typed) else str(typed)
    return worded(typed, MONTH_UNIT) if isinstance(typed, date) else str(typed or "").strip()


def typed_words(typed: Any) -> str:
    """Return what was typed, shortened, as a sentence shows it; '' for an emptied field."""
    text = whole_text(typed)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 3]}..."


def understood(typed: Any, taken: Field) -> Any:
    """Return what was typed as the scenario keeps it: a number in the field's unit, a month's first day, a choice, a text.

    `typed` is text or, from a list, a box to tick or an older draft, the value itself. Nothing typed, or only spaces, comes to
    the field's default. Raises NotUnderstoodError with what is expected.
    """
    if _is_blank(typed):
        if taken.default is REQUIRED:
            raise NotUnderstoodError(f"{taken.expected}; it may not be empty")
        return taken.default
    return _READ[taken.kind](typed, taken)


def what_stands(kept: Any, taken: Field) -> Any:
    """Return what is said in a field: of a flag in a part that an item hasn't, its default, for a tick is never empty."""
    return taken.default if kept is None and taken.kind == "flag" else kept


def as_typed(kept: Any, taken: Field) -> Any:
    """Return a kept value as a cell shows it, in a form that `understood` takes back to the very same value."""
    if taken.kind == "flag":
        return what_stands(kept, taken)
    if kept is None:
        return None
    if isinstance(kept, date):
        return worded(kept, MONTH_UNIT)
    if taken.kind == "share":
        return plain_number(decimal_of(kept) * PERCENT)
    if taken.kind == "number":
        return written(kept)
    return [str(part) for part in kept] if taken.kind in ("choices", "texts") else str(kept)


def _is_blank(typed: Any) -> bool:
    if isinstance(typed, (list, tuple)):
        return all(_is_blank(part) for part in typed)
    return typed is None or (isinstance(typed, str) and not typed.strip())


def _number(typed: Any, taken: Field) -> float:
    """Return a number in the field's unit; a number that is no text is one that is kept so already."""
    if isinstance(typed, (int, float)) and not isinstance(typed, bool):
        exact = decimal_of(typed) if math.isfinite(typed) else None
    elif isinstance(typed, str):
        exact = _typed_decimal(typed, taken)
    else:
        exact = None
    if exact is None:
        raise NotUnderstoodError(taken.expected)
    value = float(exact)
    if not math.isfinite(value) or not taken.at_least <= value <= taken.at_most:
        raise NotUnderstoodError(taken.expected)
    if decimal_of(value) != exact:
        raise NotUnderstoodError(f"{taken.expected}, with 15 digits at most")
    return value + 0.0  # no negative zero


def _typed_decimal(typed: str, taken: Field) -> Decimal | None:
    try:
        return number_in(typed, taken.unit, Percent.MEANT if taken.kind == "share" else Percent.NONE)
    except UnclearNumberError as error:
        raise NotUnderstoodError(taken.expected + str(error)) from None


_CENTURIES = "|".join(map(str, range(FIRST_YEAR // 100, LAST_YEAR // 100 + 1)))
_YEAR = rf"(?P<year>(?:{_CENTURIES})\d\d)"
_NAMED = r"(?P<name>[a-z]{3,9})\.?"
_MONTHS = [
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}[-/](?P<number>\d\d?)",
        rf"{_YEAR}-(?P<number>\d\d)-01",
        rf"{_YEAR}(?P<number>\d\d)",
        rf"(?P<number>\d\d?)[-/]{_YEAR}",
        rf"{_NAMED}[ ,-]{{0,2}}{_YEAR}",
        rf"{_YEAR}[ ,-]{{1,2}}{_NAMED}",
    )
]
_SHORT_YEAR = re.compile(rf"{_NAMED}[ '-]{{1,2}}(?P<year>\d\d)", re.IGNORECASE | re.ASCII)
_WITH_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[/.-]\d\d?[/.-]\d{2,4}", re.ASCII)


def _month(typed: Any, taken: Field) -> date:
    if isinstance(typed, date):
        return date(typed.year, typed.month, 1)
    text = spaced(typed)
    for pattern in _MONTHS:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            number = int(parts["number"]) if "number" in parts else _month_named(parts["name"])
            if 1 <= number <= 12:
                return date(int(parts["year"]), number, 1)
    if (short := _SHORT_YEAR.fullmatch(text)) and (number := _month_named(short["name"])):
        name, year = calendar.month_abbr[number], short["year"]
        raise NotUnderstoodError(f'{taken.expected}; "{text}" could be a day or a year, write {name} 20{year} if it is the year')
    raise NotUnderstoodError(taken.expected + ("; a month has no day" if _WITH_DAY.fullmatch(text) else ""))


def _month_named(name: str) -> int:
    """Return the number of the month that a name, or its first three letters or more, stands for; 0 for none."""
    return next((number for number in range(1, 13) if calendar.month_name[number].lower().startswith(name.lower())), 0)


_DAYS = [
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)",
        rf"{_NAMED} (?P<day>\d\d?),? {_YEAR}",
        rf"(?P<day>\d\d?) {_NAMED} {_YEAR}",
    )
]


def _day(typed: Any, taken: Field) -> str:
    """Return a day as text, 2019-05-01, as evidence keeps it."""
    for pattern in _DAYS:
        if found := pattern.fullmatch(spaced(typed)):
            parts = found.groupdict()
            number = int(parts["number"]) if "number" in parts else _month_named(parts["name"])
            try:
                return date(int(parts["year"]), number, int(parts["day"])).isoformat()
            except ValueError:
                break
    raise NotUnderstoodError(taken.expected)


def _chosen(typed: Any, taken: Field) -> str:
    """Return the choice that was typed, whatever its capitals and spaces."""
    text = str(typed).strip()
    known = {folded(choice): choice for choice in taken.choices}
    found = text if text in taken.choices else known.get(folded(text))
    if found is None:
        raise NotUnderstoodError(f"{taken.expected}.{near_name(text, taken.choices)}".removesuffix("."))
    return found


def _list(typed: Any, taken: Field) -> tuple[str, ...]:
    given = typed if isinstance(typed, (list, tuple)) else str(typed).split(";")
    parts = [str(part).strip() for part in given if not _is_blank(part)]
    return tuple(map(str, _formed(tuple(_chosen(part, taken) if taken.choices else part for part in parts), taken)))


_YES, _NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0"}


def _flag(typed: Any, taken: Field) -> bool:
    if isinstance(typed, bool):
        return typed
    word = spaced(typed).lower()
    if word not in _YES | _NO:
        raise NotUnderstoodError(taken.expected)
    return word in _YES


def _nothing(_: Any, taken: Field) -> Any:
    raise NotUnderstoodError(taken.expected)


def _text(typed: Any, taken: Field) -> str:
    return str(_formed(str(typed).strip(), taken))


def _formed(value: Any, taken: Field) -> Any:
    """Return a text or a list in the form that its declaration asks for."""
    if taken.form is None:
        return value
    try:
        return taken.form.validate_python(value)
    except ValidationError as error:
        raise NotUnderstoodError(_plain_words(error.errors()[0], taken)) from None


def _plain_words(detail: Any, taken: Field) -> str:
    """Return what the validator expects, in a sentence of the screen."""
    context = detail.get("ctx", {})
    if detail["type"] == "string_too_long":
        return f"at most {context['max_length']:,} characters; it has {len(detail['input']):,}"
    if detail["type"] == "too_long":
        return f"at most {context['max_length']:,} entries; it has {len(detail['input']):,}"
    said: str = detail["msg"]
    return said.removeprefix("expected ") if " " in detail["type"] or said.startswith("expected ") else taken.expected


_READ: Mapping[Kind, Callable[[Any, Field], Any]] = {
    "number": _number,
    "share": _number,
    "month": _month,
    "day": _day,
    "choice": _chosen,
    "choices": _list,
    "texts": _list,
    "flag": _flag,
    "text": _text,
    "none": _nothing,
}
