"""The County's own money is authorized, or asked of the Board: what is not needed is no loss. What is lost is money from outside."""

from __future__ import annotations

from budget_model.engine.rows import Exactly, line, total
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import BudgetTreatment

AREA = "funding"
SOURCE, MONTH = Axis.SOURCE, Axis.MONTH


@total(unit="dollars", over=(MONTH,), of="money_awarded", match={"treatment": Exactly(BudgetTreatment.NET_COUNTY_COST)}, in_a_year="sum")
def county_money_named():
    """The County's own money that sources name, authorized or asked for. What is needed beyond it is the funding gap."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def county_money_authorized_of_source(money_awarded, source_is_county_money, source_is_awarded):
    """The County's own money of a source whose status says that it is authorized."""
    return money_awarded * source_is_county_money * source_is_awarded


@total(unit="dollars", over=(MONTH,), of="county_money_authorized_of_source", in_a_year="sum")
def county_money_authorized():
    """The County's own money that is authorized."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def county_money_asked_for(county_money_named, county_money_authorized):
    """The County's own money that is asked for, or whose status nobody states: it pays if the Board agrees."""
    return county_money_named - county_money_authorized


@total(unit="dollars", over=(MONTH,), of="lapse", match={"treatment": Exactly(BudgetTreatment.NET_COUNTY_COST)}, in_a_year="sum")
def county_money_not_asked_for():
    """The County's own money that sources name and that is not needed in time."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def outside_money_lost(lapse, source_is_county_money):
    """Money from outside the County's own that is not used in time and lost."""
    return lapse * (1 - source_is_county_money)


@total(unit="dollars", over=(MONTH,), of="outside_money_lost", in_a_year="sum")
def all_outside_money_lost():
    """Outside money lost, of all sources."""
