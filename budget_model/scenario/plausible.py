"""What may stand in place of the faulty parts of a file, so that the rules between its parts are checked in the same round.

A rule that is broken whatever stands there is broken; one that is broken by some values alone depends on the fault, which is
said already.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, get_args

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from budget_model.scenario.assumption import Declared, declared
from budget_model.scenario.tables import MODELS

_MOST_TRIED = 6
_FIELD = 3  # the length of the location of an item's field: its table, its index, its name
_AN_ORDINARY_NUMBER, _A_LARGE_NUMBER = 1.0, 1_000.0
_MONTHS = ("1900-01", "2199-12")


def without_faults(content: Mapping[str, Any], details: Sequence[ErrorDetails]) -> Iterator[dict[str, Any]]:
    """Yield the content with something plausible in each faulty place, each time something else.

    Keys that are not known are left out, as are items with a fault for which nothing plausible is known, and whole keys.
    """
    whole = {str(detail["loc"][0]) for detail in details if len(detail["loc"]) < _FIELD}
    of_items: dict[tuple[Any, ...], list[ErrorDetails]] = defaultdict(list)
    for detail in details:
        of_items[detail["loc"][:2]].append(detail)
    for attempt in range(_MOST_TRIED):
        yield {
            key: [*_items(value, key, of_items, attempt)] if isinstance(value, list) else value
            for key, value in content.items()
            if key not in whole
        }


def _items(items: list[Any], table: str, of_items: Mapping[tuple[Any, ...], list[ErrorDetails]], attempt: int) -> Iterator[Any]:
    for index, item in enumerate(items):
        mended = item
        for detail in of_items.get((table, index), []):
            field = str(detail["loc"][2]) if len(detail["loc"]) >= _FIELD else ""
            about = MODELS[table].model_fields.get(field) if table in MODELS else None
            if about is None and detail["type"] == "extra_forbidden" and len(detail["loc"]) == _FIELD:
                mended = {key: value for key, value in mended.items() if key != field}
            elif about is not None and (values := _values(about)):
                mended = {**mended, field: values[attempt % len(values)]}
            else:
                break
        else:
            yield mended


def _values(about: FieldInfo) -> Sequence[Any]:
    """Return values that a field may have, unlike each other; none where they are names."""
    if number := declared(about):
        return _MONTHS if number.is_month else _numbers(number)
    kinds = [kind for kind in (about.annotation, *get_args(about.annotation)) if isinstance(kind, type)]
    if chosen := next((kind for kind in kinds if issubclass(kind, StrEnum)), None):
        return [str(choice) for choice in chosen]
    if bool in kinds:
        return (True, False)
    return (None,) if about.default is None else ()


def _numbers(about: Declared) -> list[float]:
    largest = about.at_most if about.at_most < math.inf else _A_LARGE_NUMBER
    return [about.at_least, largest, min(max(_AN_ORDINARY_NUMBER, about.at_least), largest)]
