"""What a table of a scenario declares of itself, once, beside its fields.

Files, rules, lines, editing, pages, the workbook and the tests read it from there; `scenario/tables.py` gathers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from budget_model.scenario.axes import Axis


class Part(StrEnum):
    """The parts of a plan under which tables are edited, in the order in which they are offered."""

    SITES = "Sites"
    POSITIONS = "Positions"
    CONTRACTS = "Contracts"
    TREATMENT_AND_HOUSING = "Treatment and housing"
    SERVICES = "Services"
    FUNDING = "Funding"


class Group(StrEnum):
    """The groups under which the fields of a line are shown, in the order in which one thinks of them."""

    WHAT = "What it is"
    PARTNERS = "Partners"
    WHEN = "When"
    HOW_MANY = "How many"
    PEOPLE = "Who comes and who leaves"
    PAY = "Pay"
    BENEFITS = "Benefits"
    COST = "Cost"
    PAYMENT = "How it is paid"
    MONEY = "How much money"
    PAYS = "What it pays"
    MATCH = "Match"
    WHO_PAYS = "Who pays"


class Blank(Enum):
    """What a blank line takes from the scenario, where no value serves every scenario."""

    FIRST_NAMED = "the first item that the field may name"
    AS_THE_FIRST = "what the first item of the table has"
    FIRST_MONTH_OF_SOURCE = "the first month of the source that the line names"
    FIRST_FREE = "the first choice that no line of the table has for the same source"


@dataclass(frozen=True)
class Reference:
    """A field that names an item of another table, or a list of them: by its name, or by another field of it (`by`).

    `none` is what stands there for no item; '' where an item must be named. An item is removed, and copied, with the one
    that it names, unless said otherwise.
    """

    table: str
    none: str = ""
    by: str = "name"
    removed_with_it: bool = True
    copied_with_it: bool = True


@dataclass(frozen=True)
class Flag:
    """Something an item is or does, read as 1 for yes and 0 for no: a field that is true, or one that has a certain choice."""

    label: str
    field: str
    choice: StrEnum | None = None

    def holds(self, item: object) -> bool:
        """Whether it is so for an item."""
        given = field_of(item, self.field)
        return given is self.choice if self.choice else bool(given)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of named items. Its key in the file is the name of the scenario's field that holds it.

    axis: what rows of the budget vary over when they have a value for each item.
    title, singular: what the table and one line of it are called on pages and in workbooks.
    part: where it is edited; the main table of a part stands first there.
    keys: by what totals find an item: the key, and the field that holds it.
    fixed_keys: keys that are the same for all items.
    derived_keys: keys that follow from what an item names.
    worked_out_keys: keys that are worked out from the whole scenario; in a workbook they are texts of the day on which it is made.
    references: the fields that name items of other tables.
    flags: what an item is or does, by the name that lines read after the axis.
    blank: what a blank line needs to cost, pay and carry nothing, beside its required numbers, which are the least that
        they may be, and its required months, which are the scenario's first.
    added: what a line that is added on a page has beside.
    blank_rows: how many blank lines to fill in the workbook ends the table with.
    groups: the fields of which their kind does not tell the group (`field_groups.py`).
    first: the columns that matter most, shown at first, in their order; the name stands before them. Nothing for a table that is
        narrow enough to be shown whole.
    """

    axis: Axis
    title: str
    singular: str
    part: Part
    is_main: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    fixed_keys: Mapping[str, str] = field(default_factory=dict)
    derived_keys: tuple[str, ...] = ()
    worked_out_keys: tuple[str, ...] = ()
    references: Mapping[str, Reference] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)
    blank: Mapping[str, Any] = field(default_factory=dict)
    added: Mapping[str, Any] = field(default_factory=dict)
    blank_rows: int = 0
    groups: Mapping[Group, tuple[str, ...]] = field(default_factory=dict)
    first: tuple[str, ...] = ()

    @property
    def grouping(self) -> Mapping[str, str]:
        """The keys by which items are grouped that name no item: the key, and the field that holds a text or a choice."""
        return {key: field for key, field in self.keys.items() if field != "name" and field not in self.references}


def field_of(item: object, field: str) -> Any:
    """Return an item's field by its name; of `match.basis` the field of the part, or None where there is no such part."""
    part, _, inner = field.partition(".")
    found = getattr(item, part)
    return getattr(found, inner, None) if inner else found


def named_in(item: object, field: str) -> tuple[str, ...]:
    """Return the names that a reference holds: one, or those of a list."""
    given = getattr(item, field)
    return given if isinstance(given, tuple) else (given,)
