"""What a person typed, understood by one function: the value as a scenario keeps it, or a refusal in words.

Every typed field goes through `understood`: the cells of a table, the register of evidence, a lever, a correction. It reads
numbers, shares, months, days, choices, lists and texts as people write them. What has two readings is refused, for a guess
would be a silent change; and so is what could not be kept to its last digit.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from budget_model.engine.names import folded
from budget_model.errors import near_name
from budget_model.formats import singular, spoken, worded, written
from budget_model.scenario.assumption import MONTH_UNIT, Assumption, Declared, SourcedValue, declared
from budget_model.timeline import FIRST_YEAR, LAST_YEAR

Kind = Literal["number", "share", "month", "day", "text", "choice", "choices", "texts", "flag", "none"]
REQUIRED = object()  # stands for the default of a field that has none
_PERCENT = 100
_MOST_LISTED = 12  # choices that a refusal names
_MOST_SHOWN = 60  # characters of what was typed
_FIRST_MONTH, _LAST_MONTH = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 1)  # as in files


class NotUnderstoodError(ValueError):
    """What was typed is no value of its field; says what is expected there, as the end of "Expected ..."."""


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
            "number": f"a number{f' of {self.unit}' if self.unit else ''}{self._span(1)}",
            "share": f"a percentage{self._span(_PERCENT)}, such as 15 or 15%",
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
        low, high = (_plain(_decimal(bound) * scale) if math.isfinite(bound) else "" for bound in (self.at_least, self.at_most))
        if low and high:
            return f" from {low} to {high}"
        return f", {low} or more" if low else f", {high} or less" if high else ""


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
        return Field(label, "choice", choices=choices, default=info.get_default())
    return Field(label, "text", default=info.get_default())


def _of_assumption(about: Declared, default: Any) -> Field:
    if about.is_month:
        return Field(about.label, "month", MONTH_UNIT, default=default)
    kind: Kind = "share" if about.unit.startswith("share") else "number"
    return Field(about.label, kind, about.unit, about.at_least, about.at_most, default=default)


def _bounds(metadata: Iterable[Any]) -> tuple[float, float]:
    """Return the least and the most that the metadata of a number's type allow."""
    limits = [limit for part in metadata for limit in getattr(part, "metadata", [part])]
    low = next((limit.ge for limit in limits if hasattr(limit, "ge")), -math.inf)
    return low, next((limit.le for limit in limits if hasattr(limit, "le")), math.inf)


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


def as_typed(kept: Any, taken: Field) -> Any:
    """Return a kept value as a cell shows it, in a form that `understood` takes back to the very same value."""
    if kept is None or taken.kind == "flag":
        return kept
    if isinstance(kept, date):
        return worded(kept, MONTH_UNIT)
    if taken.kind == "share":
        return _plain(_decimal(kept) * _PERCENT)
    if taken.kind == "number":
        return written(kept)
    return [str(part) for part in kept] if taken.kind in ("choices", "texts") else str(kept)


def _is_blank(typed: Any) -> bool:
    if isinstance(typed, (list, tuple)):
        return all(_is_blank(part) for part in typed)
    return typed is None or (isinstance(typed, str) and not typed.strip())


def _decimal(value: float) -> Decimal:
    """Return the shortest decimal that is the number: what was typed, to its last digit."""
    return Decimal(repr(float(value)))


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_WIDE = re.compile(r"[\uff01-\uff5e]")
_MINUS = str.maketrans("\u2212\u2013\ufe63", "---")
_COUNT = r"\d+(?:\.\d*)?|\.\d+|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d{0,2}(?: \d{3})+(?:\.\d*)?"
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mm": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}
_NUMBER = re.compile(
    rf"(?P<open>\()? ?(?P<sign>[-+])? ?(?P<money>\$)? ?(?P<digits>{_COUNT})(?P<power>e[-+]?\d{{1,3}})?"
    rf" ?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})? ?(?P<percent>%|percent)? ?(?P<close>\))?",
    re.IGNORECASE | re.ASCII,
)
_COMMA_AS_POINT = re.compile(r"(\d+),(\d+)", re.ASCII)
_POINTS_AND_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)", re.ASCII)
_FRACTION = re.compile(r"(\d{1,9}) ?/ ?(\d{1,9})", re.ASCII)


def _spaced(typed: Any) -> str:
    """Return a text with plain digits, signs and single spaces: full-width forms and other spaces are the same to a reader."""
    text = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), str(typed)).translate(_MINUS)
    return " ".join(text.split())


def _number(typed: Any, taken: Field) -> float:
    """Return a number in the field's unit; a number that is no text is one that is kept so already."""
    if isinstance(typed, (int, float)) and not isinstance(typed, bool):
        exact = _decimal(typed) if math.isfinite(typed) else None
    elif isinstance(typed, str):
        exact = _decimal_of(typed, taken)
    else:
        exact = None
    if exact is None:
        raise NotUnderstoodError(taken.expected)
    value = float(exact)
    if not math.isfinite(value) or not taken.at_least <= value <= taken.at_most:
        raise NotUnderstoodError(taken.expected)
    if _decimal(value) != exact:
        raise NotUnderstoodError(f"{taken.expected}, with 15 digits at most")
    return value + 0.0  # no negative zero


def _decimal_of(typed: str, taken: Field) -> Decimal | None:
    text = _without_unit(_spaced(typed), taken.unit)
    found = _NUMBER.fullmatch(text)
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
        raise NotUnderstoodError(taken.expected + _hint(text, taken))
    if (found["money"] and not taken.unit.startswith("dollars")) or (found["percent"] and taken.kind != "share"):
        return None
    digits = found["digits"].replace(",", "").replace(" ", "")
    value = Decimal(f"{digits}{found['power'] or ''}").scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    value = value.scaleb(-2) if taken.kind == "share" else value
    return -value if found["open"] or found["sign"] == "-" else value


def _without_unit(text: str, unit: str) -> str:
    """Return a text without the unit, or its first words, at the end: "5 days"."""
    head = unit.partition(" a ")[0]
    for word in (unit, head, singular(head)):
        if word and text.lower().endswith(f" {word}"):
            return text[: -len(word) - 1]
    return text


def _hint(text: str, taken: Field) -> str:
    """Return what to write instead of a number that has two readings, or is none yet; or ''."""
    if found := _POINTS_AND_COMMA.fullmatch(text):
        return f'; for "{text}" write {found[1].replace(".", "")}.{found[2]}'
    if found := _COMMA_AS_POINT.fullmatch(text):
        return f'; "{text}" could be {found[1]}.{found[2]} or {found[1]}{found[2]}, write the one you mean'
    if (found := _FRACTION.fullmatch(text)) and int(found[2]):
        return f"; write {(_PERCENT if taken.kind == 'share' else 1) * int(found[1]) / int(found[2]):.4f}"
    return "; type the result of a formula" if text.startswith("=") else ""


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
    text = _spaced(typed)
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
        if found := pattern.fullmatch(_spaced(typed)):
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
    word = _spaced(typed).lower()
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
