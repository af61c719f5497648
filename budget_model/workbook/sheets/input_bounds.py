"""The least and the most that the cell of an input may hold: as its field declares them, and as other inputs of its item let it.

They stand beside each input, where the checks of inputs read them. What depends on another input is a formula and follows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from budget_model.engine.vocabulary import SMALLEST_AMOUNT, SMALLEST_AMOUNT_NAME
from budget_model.scenario.choices import NO_ITEM, BudgetTreatment, Driver, Payment
from budget_model.timeline import FIRST_YEAR, LAST_YEAR, serial
from budget_model.workbook.layout.assumption_columns import COLUMN, LEAST
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, VALUE_COLUMN, Book
from budget_model.workbook.layout.entries import DERIVED, FLAG, MONTH, NUMBER, Entry

NO_BOUND = 9.99e307  # about the largest number that a cell can hold
_BEGINNINGS = ("go_live", "hire_month", "first_month")  # which lie in the scenario's months
_EARLIEST, _LATEST = float(serial(date(FIRST_YEAR, 1, 1))), float(serial(date(LAST_YEAR, 12, 1)))


class Bound(NamedTuple):
    """A bound as it stands when the workbook is made, and the formula that it follows; '' where it is fixed."""

    value: float
    formula: str = ""


_ANY_LEAST, _ANY_MOST = Bound(-NO_BOUND), Bound(NO_BOUND)


class Bounds(NamedTuple):
    """The least and the most that an input may be: by its field alone, and as other inputs let it."""

    least: float
    most: float
    least_here: Bound = _ANY_LEAST
    most_here: Bound = _ANY_MOST


class _OnlyWith(NamedTuple):
    """A number that is 0 unless another input of its item is, or is not, a certain choice; `needed` where it then must be above 0."""

    input: str
    choice: str
    is_so: bool
    needed: bool = False


_ONLY_WITH: Mapping[str, _OnlyWith] = {
    "contract_fixed_monthly_amount": _OnlyWith("contract_payment", Payment.FIXED_MONTHLY, True, needed=True),
    "contract_fee_per_participant_month": _OnlyWith("contract_payment", Payment.FEE, True, needed=True),
    "contract_floor_participants": _OnlyWith("contract_payment", Payment.FEE, True),
    "contract_months_at_cost": _OnlyWith("contract_payment", Payment.COST_REIMBURSEMENT, False),
    "position_one_per": _OnlyWith("position_driver", Driver.NONE, False, needed=True),
    "position_employee_benefit_rate": _OnlyWith("position_benefit_plan", NO_ITEM, True),
    "position_overtime_benefit_rate": _OnlyWith("position_benefit_plan", NO_ITEM, True),
    "service_amount_per_unit": _OnlyWith("service_driver", Driver.NONE, False),
    "source_amount_per_unit": _OnlyWith("source_driver", Driver.NONE, False),
    "source_claimable_indirect_rate": _OnlyWith("source_treatment", BudgetTreatment.NET_COUNTY_COST, False),
}
# What must be above 0 where another number of the item is.
_NEEDED_WITH: Mapping[str, str] = {
    "contract_caseload": "contract_case_manager_salary",
    "contract_supervisor_span": "contract_supervisor_salary",
    "position_hours_a_year": "position_hourly_pay",
}
# What is 0 where another number of the item says the same.
_INSTEAD_OF: Mapping[str, tuple[str, ...]] = {
    "position_annual_salary": ("position_monthly_salary",),
    "position_hourly_pay": ("position_monthly_salary", "position_annual_salary"),
    "assignment_assigned_amount": ("assignment_assigned_share",),
    "in_kind_monthly_value": ("in_kind_total_value",),
    "in_kind_unit_value": ("in_kind_total_value", "in_kind_monthly_value"),
}


def bounds_of(book: Book, entry: Entry) -> Bounds | None:
    """Return the bounds of a number, a month or a yes-or-no, or of what follows from a choice; None for what is no number."""
    if entry.kind == FLAG:
        return Bounds(0.0, 1.0)
    if entry.kind == DERIVED:
        return Bounds(-NO_BOUND, NO_BOUND)
    if entry.kind == MONTH:
        return _of_month(book, entry)
    return _of_number(book, entry) if entry.kind == NUMBER else None


def _of_month(book: Book, entry: Entry) -> Bounds:
    """A month is its first day; what begins, begins in the plan's months; a last month is not before the first."""
    timeline, here = book.projection.timeline, _Cell(book, entry, entry.input)
    least, most = (serial(timeline.first), serial(timeline.last)) if entry.field in _BEGINNINGS else (_EARLIEST, _LATEST)
    first_day = Bound(here.number, f"=IFERROR({here.address}-DAY({here.address})+1,{here.address})")
    axis = entry.input.removesuffix(f"_{entry.field}")
    starts = [start for name in ("hire_month", "first_month") if (start := _Cell(book, entry, f"{axis}_{name}")).exists]
    not_before = starts[0].as_bound if entry.field == "last_month" and starts else _ANY_LEAST
    return Bounds(float(least), float(most), not_before, first_day)


def _of_number(book: Book, entry: Entry) -> Bounds:
    assert entry.placed is not None
    about = entry.placed.declared
    declared = Bounds(max(about.at_least, -NO_BOUND), min(about.at_most, NO_BOUND))
    if entry.input == "site_starting_participants":
        return declared._replace(most_here=_where_open_at_first(book, entry))
    if entry.input == "outcome_effect":
        low, high = (_Cell(book, entry, f"outcome_effect_{end}").as_bound for end in ("low", "high"))
        return declared._replace(least_here=low, most_here=high)
    if (other := _Cell(book, entry, _NEEDED_WITH.get(entry.input, ""))).exists:
        needed = SMALLEST_AMOUNT if other.number > 0 else 0.0
        return declared._replace(least_here=Bound(needed, f"=IF({other.address}>0,{SMALLEST_AMOUNT_NAME},0)"))
    if entry.input in _INSTEAD_OF:
        return declared._replace(most_here=_unless_said(book, entry))
    return _only_with(book, entry, declared)


def _unless_said(book: Book, entry: Entry) -> Bound:
    here, others = _Cell(book, entry, entry.input), [_Cell(book, entry, name) for name in _INSTEAD_OF[entry.input]]
    said = ",".join(other.address for other in others)
    value = 0.0 if any(other.number > 0 for other in others) else here.number
    return Bound(value, f"=IF(MAX({said})>0,0,{here.address})")


def _only_with(book: Book, entry: Entry, declared: Bounds) -> Bounds:
    rule = _ONLY_WITH.get(entry.input)
    if rule is None or not (other := _Cell(book, entry, rule.input)).exists:
        return declared
    here, allowed = _Cell(book, entry, entry.input), (other.value == rule.choice) is rule.is_so
    condition = f'{other.address}{"=" if rule.is_so else "<>"}"{rule.choice}"'
    least = Bound(SMALLEST_AMOUNT * allowed, f"=IF({condition},{SMALLEST_AMOUNT_NAME},0)") if rule.needed else _ANY_LEAST
    return declared._replace(least_here=least, most_here=Bound(here.number * allowed, f"=IF({condition},{here.address},0)"))


def _where_open_at_first(book: Book, entry: Entry) -> Bound:
    """A site has participants when the scenario begins only where it is open then, and no more than its slots."""
    opens, slots = _Cell(book, entry, "site_go_live"), _Cell(book, entry, "site_slots")
    is_open = opens.number == serial(book.projection.timeline.first)
    return Bound(slots.number * is_open, f"=IF({opens.address}={opens.least},{slots.address},0)")


class _Cell:
    """The cell of an input of the same item."""

    def __init__(self, book: Book, entry: Entry, name: str) -> None:
        self._book, self._place = book, (name, entry.index)

    @property
    def exists(self) -> bool:
        return self._place in self._book.address

    @property
    def value(self) -> float | str:
        return self._book.entries[self._book.address[self._place] - FIRST_ASSUMPTION_ROW].value

    @property
    def number(self) -> float:
        return float(self.value)

    @property
    def address(self) -> str:
        cell: str = xl_rowcol_to_cell(self._book.address[self._place], VALUE_COLUMN)
        return cell

    @property
    def least(self) -> str:
        """The cell of the least that it may be by its field alone: of a month in which something begins, the plan's first."""
        cell: str = xl_rowcol_to_cell(self._book.address[self._place], COLUMN[LEAST])
        return cell

    @property
    def as_bound(self) -> Bound:
        return Bound(self.number, f"={self.address}")
