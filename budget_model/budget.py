"""The model that the County's budget is calculated with: the rows of every area, put together."""

from __future__ import annotations

from budget_model.engine.model import Model, rows_of
from budget_model.inputs import WHOLE_PROGRAM, input_rows, keys_of_items
from budget_model.lines import (
    access,
    adopted,
    amounts,
    appropriation,
    budget_lines,
    budget_units,
    checks,
    contracts,
    contracts_in_rate_bases,
    control_totals,
    costs_in_object_classes,
    grant,
    object_classes_in_rate_bases,
    offsets,
    openings,
    outcomes,
    participants,
    products,
    rate_bases,
    rates,
    remarks,
    rounding_of_rates,
    services,
    staffing,
    treatment_and_housing,
    unit_costs,
)
from budget_model.lines.funding import (
    below_zero,
    caps,
    caps_over_period,
    columns,
    county_money,
    drawdown,
    in_kind,
    joint_caps,
    limits,
    match,
    money,
    money_by_place,
    pace,
    payable,
    plan,
    report,
    rounding_of_match,
    service_months,
    terms,
)
from budget_model.scenario.axes import Axis

_AREAS = (
    *(openings, participants, staffing, contracts, services, access, treatment_and_housing),
    *(budget_lines, products, amounts, contracts_in_rate_bases, rate_bases, object_classes_in_rate_bases, rates, rounding_of_rates),
    *(appropriation, budget_units, unit_costs),
    *(money, service_months, columns, limits, payable, below_zero, plan, pace, caps, caps_over_period, joint_caps),
    *(drawdown, match, rounding_of_match, in_kind, terms),
    *(county_money, report, money_by_place),
    *(grant, adopted, offsets, outcomes, checks, costs_in_object_classes, control_totals, remarks),
)
BUDGET = Model([*input_rows(), *rows_of(_AREAS)], tuple(Axis), keys_of_items(), WHOLE_PROGRAM)
