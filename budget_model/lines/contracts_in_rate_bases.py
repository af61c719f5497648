"""What rates count of contracts, each up to a limit: subawards in the modified total direct cost base (2 CFR 200.1).

The limit is of each contract's cost over all months, whatever the length of its term: once it is reached, no more of it counts.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, total
from budget_model.engine.vocabulary import when
from budget_model.scenario.axes import Axis

AREA = "services"
RATE_BASE, CONTRACT, MONTH = Axis.RATE_BASE, Axis.CONTRACT, Axis.MONTH


@line(unit="rate bases", over=(RATE_BASE,))
def base_counts_once():
    """1 for each rate base."""
    return 1


@total(unit="rate bases", over=(CONTRACT, RATE_BASE), of="base_counts_once", match={"contract": "contract"})
def contract_is_named():
    """1 where the base names the contract."""


@total(unit="rate bases", over=(CONTRACT, RATE_BASE), of="base_counts_once", match={"category": "category"})
def contract_is_of_category():
    """1 where the base names the contract's category."""


@total(unit="rate bases", over=(CONTRACT, RATE_BASE), of="base_counts_once", match={"class": "class"})
def contract_is_of_class():
    """1 where the base names the contract's class."""


@line(unit="rate bases", over=(RATE_BASE,))
def base_of_object_class_counts_once():
    """1 for each rate base: a row of its own, for sheets show at most three keys of a row."""
    return 1


@total(unit="rate bases", over=(CONTRACT, RATE_BASE), of="base_of_object_class_counts_once", match={"object_class": "object_class"})
def contract_is_of_object_class():
    """1 where the base names the contract's object class."""


@line(unit="contracts", over=(CONTRACT, RATE_BASE))
def contract_is_in_base(contract_is_named, contract_is_of_category, contract_is_of_class, contract_is_of_object_class, rate_base_all_lines):
    """1 where the base is of the contract, else 0."""
    return contract_is_named + contract_is_of_category + contract_is_of_class + contract_is_of_object_class + rate_base_all_lines


@line(unit="dollars", over=(CONTRACT, RATE_BASE, MONTH))
def contract_cost_before_limit(contract_is_in_base, contract_cost, ongoing_contract_cost, rate_base_leaves_out_start_up):
    """Cost of the contract that the base is of, with start-up or without, whatever its limit."""
    return contract_is_in_base * when(rate_base_leaves_out_start_up == 1, ongoing_contract_cost, contract_cost)


@carry(unit="dollars", over=(CONTRACT, RATE_BASE, MONTH), of="contract_cost_to_date_in_base", start=0, inline=True)
def opening_contract_cost_to_date_in_base():
    """That cost before the month."""


@line(unit="dollars", over=(CONTRACT, RATE_BASE, MONTH))
def contract_cost_to_date_in_base(opening_contract_cost_to_date_in_base, contract_cost_before_limit):
    """That cost since the scenario began."""
    return opening_contract_cost_to_date_in_base + contract_cost_before_limit


@line(unit="dollars", over=(CONTRACT, RATE_BASE, MONTH))
def contract_cost_above_limit(rate_base_contract_limit, contract_cost_to_date_in_base, opening_contract_cost_to_date_in_base):
    """The month's cost of the contract that is above the limit; nothing where there is no limit."""
    above = np.maximum(0, contract_cost_to_date_in_base - rate_base_contract_limit)
    before = np.maximum(0, opening_contract_cost_to_date_in_base - rate_base_contract_limit)
    return when(rate_base_contract_limit > 0, above - before, 0)


@line(unit="dollars", over=(CONTRACT, RATE_BASE, MONTH))
def contract_cost_that_counts(contract_cost_before_limit, contract_cost_above_limit):
    """The month's cost of the contract within the limit."""
    return contract_cost_before_limit - contract_cost_above_limit


@total(unit="dollars", over=(RATE_BASE, MONTH), of="contract_cost_that_counts", in_a_year="sum")
def contract_cost_in_base():
    """Cost of all contracts that the base is of, each within the limit."""


@total(unit="dollars", over=(RATE_BASE, MONTH), of="contract_cost_above_limit", in_a_year="sum")
def contract_cost_left_out_of_base():
    """Cost of contracts above the limit, which the base leaves out."""
