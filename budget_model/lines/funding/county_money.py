"""The County's own money is authorized, not awarded: what is not asked for is no loss. What is lost is money from outside."""

from __future__ import annotations

from budget_model.engine.rows import Exactly, line, total
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import BudgetTreatment

AREA = "funding"
SOURCE, MONTH = Axis.SOURCE, Axis.MONTH


@total(unit="dollars", over=(MONTH,), of="money_awarded", match={"treatment": Exactly(BudgetTreatment.NET_COUNTY_COST)}, in_a_year="sum")
def county_money_authorized():
    """The County's own money that is authorized by name. What is needed beyond it is the funding gap."""


@total(unit="dollars", over=(MONTH,), of="lapse", match={"treatment": Exactly(BudgetTreatment.NET_COUNTY_COST)}, in_a_year="sum")
def county_money_not_asked_for():
    """The County's own money that is authorized and not needed in time."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def outside_money_lost(lapse, source_is_county_money):
    """Money from outside the County's own that is not used in time and lost."""
    return lapse * (1 - source_is_county_money)


@total(unit="dollars", over=(MONTH,), of="outside_money_lost", in_a_year="sum")
def all_outside_money_lost():
    """Outside money lost, of all sources."""
