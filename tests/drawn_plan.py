"""A plan while it is drawn: fields by what the scenario declares of them, items with what they name, the months of the plan."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_origin

from hypothesis import strategies as st

from budget_model.scenario.assumption import NUMBER_OF_THE_MONTH, Declared, Described, declared
from budget_model.scenario.choices import NO_ITEM, OFFICE_OF_DIVERSION
from budget_model.scenario.schema import Item
from budget_model.scenario.tables import choices_of, inner_parts
from budget_model.timeline import add_months, month_label

Fields = dict[str, Any]
Mend = Callable[["Plan", list[Fields]], None]
# The most that is drawn of a unit, where its bound is far above what a plan has; of any other unit at most MOST.
MOST = 100
USUAL: Mapping[str, float] = {
    "days": 700, "full-time equivalents": 5, "hours a year": 2_080, "months": 9, "months late": 4, "participants": 200, "people": 600, "people a month": 10,
    "places": 15, "positions": 3, "referrals a month": 10, "units a position": 60, "share": 1.5, "dollars": 1_000_000,
}  # fmt: skip
# Units of the budget, which several tables name: who budgets, who buys if anyone, who receives.
UNITS = (OFFICE_OF_DIVERSION, "Unit two", "Unit three")
UNITS_OF = {"budget_unit": UNITS, "receiving_unit": UNITS, "purchased_by": (NO_ITEM, *UNITS)}
LEFT_OUT = object()  # a field that stands at its default
STARTS = ("hire_month", "first_month")


@cache
def number(about: Declared) -> st.SearchStrategy[float]:
    """Draw a number of what is declared: shares in thousandths, money in cents, anything else whole or in quarters."""
    most = min(about.at_most, _usual(about.unit))
    if about.unit == NUMBER_OF_THE_MONTH:
        return st.integers(int(about.at_least), int(most)).map(float)
    parts = 1_000 if about.unit.startswith("share") else 100 if about.unit.startswith("dollars") else 1
    whole = st.integers(math.ceil(about.at_least * parts), math.floor(most * parts)).map(lambda drawn: drawn / parts)
    return whole if parts > 1 else whole | st.integers(math.ceil(about.at_least * 4), math.floor(most * 4)).map(lambda drawn: drawn / 4)


def _usual(unit: str) -> float:
    """Return the most that is drawn of a unit: of money a tenth for each "a" that it is counted by."""
    if unit.startswith("dollars"):
        return USUAL["dollars"] / 10 ** sum(word in {"a", "an"} for word in unit.split())
    return USUAL["share"] if unit.startswith("share") else USUAL.get(unit, MOST)


@cache
def fields_of(model: type[Described]) -> st.SearchStrategy[Fields]:
    """Draw what needs nothing but the declaration: numbers, choices, lists of choices, yes or no, and parts of such fields."""
    drawn = {}
    for name, info in model.model_fields.items():
        if (alone := _alone(model, name)) is not None:
            may_be_left_out = not info.is_required() and not choices_of(model, name) and info.annotation is not bool
            drawn[name] = alone | alone | st.just(LEFT_OUT) if may_be_left_out else alone
    return st.fixed_dictionaries(drawn).map(lambda found: {name: value for name, value in found.items() if value is not LEFT_OUT})


def _alone(model: type[Described], name: str) -> st.SearchStrategy[Any] | None:
    info = model.model_fields[name]
    about, parts = declared(info), dict(inner_parts(model))
    if about:
        return None if about.is_month else number(about)
    if name in parts:
        return fields_of(parts[name])
    if choices := choices_of(model, name):
        several = get_origin(info.annotation) is tuple
        return st.lists(st.sampled_from(choices), unique=True) if several else st.sampled_from(choices)
    if info.annotation is bool:
        return st.booleans()
    return None


@dataclass
class Plan:
    """What was drawn so far: the period, and the items of each table; what the rules demand of the items of some, which are mended so."""

    draw: st.DrawFn
    first: datetime.date
    months: int
    mended: Mapping[str, Mend]
    tables: dict[str, list[Fields]] = field(default_factory=dict)

    def month(self, least: int = 0, most: int | None = None) -> str:
        """Draw a month by its distance from the first; by default one of the plan."""
        most = self.months - 1 if most is None else most
        return self.label(self.draw(st.integers(min(least, most), most)))

    def label(self, distance: int) -> str:
        return month_label(add_months(self.first, distance))

    def distance(self, label: str) -> int:
        year, month = map(int, label.split("-"))
        return (year - self.first.year) * 12 + month - self.first.month

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def some(self, model: type[Described], name: str) -> float:
        """Draw a number that is not 0."""
        about = declared(model.model_fields[name])
        assert about
        return self.draw(number(about)) or 1.0

    def nameable(self, table: str, by: str = "name") -> list[str]:
        return [item[by] for item in self.tables[table]]

    def items(self, key: str, model: type[Item], least: int, most: int) -> list[Fields]:
        """Draw the items of a table; none where they must name an item and there is none."""
        required = [reference for field, reference in model.table.references.items() if model.model_fields[field].is_required()]
        if any(not (reference.none or self.tables[reference.table]) for reference in required):
            return []
        count = self.draw(st.integers(least, most))
        found = [self._item(model, index) for index in range(count)]
        if key in self.mended:
            self.mended[key](self, found)
        return found

    def _item(self, model: type[Item], index: int) -> Fields:
        item: Fields = {"name": f"{model.table.singular.capitalize()} {index}", **self.draw(fields_of(model))}
        for name, info in model.model_fields.items():
            about, reference = declared(info), model.table.references.get(name)
            if reference and get_origin(info.annotation) is tuple:
                item[name] = self.draw(st.lists(st.sampled_from(self.nameable(reference.table)), unique=True, max_size=2) | st.just([]))
            elif reference and reference.table not in self.tables:
                continue  # it names an item of its own table, and is mended
            elif reference:
                item[name] = self.draw(st.sampled_from([*self.nameable(reference.table, reference.by), *filter(None, [reference.none])]))
            elif about and about.is_month and (info.is_required() or self.chance()):
                item[name] = self.month()
            elif info.annotation is str and name not in item and (info.is_required() or name in model.table.keys.values()):
                # A text that must be given, or that items are found by.
                item[name] = self.draw(st.sampled_from(UNITS_OF.get(name, (f"{name.capitalize()} one", f"{name.capitalize()} two"))))
        if item.get("purchased_by") == item.get("budget_unit"):
            item.pop("purchased_by", None)  # no unit buys from itself
        start = next((name for name in STARTS if name in item), None)
        if start and "last_month" in item:
            item["last_month"] = self.label(self.distance(item[start]) + self.draw(st.integers(0, 30)))
        return item


def only(item: Fields, kept: str | None, among: tuple[str, ...]) -> None:
    """Leave one of several fields in place."""
    for name in among:
        if name != kept:
            item.pop(name, None)
