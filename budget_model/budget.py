"""The model that the County's budget is calculated with: the rows of every area, put together."""

from __future__ import annotations

from budget_model.engine.model import Model, rows_of
from budget_model.inputs import WHOLE_PROGRAM, input_rows, keys_of_items
from budget_model.lines import (
    access,
    adopted,
    appropriation,
    budget_units,
    checks,
    contracts,
    grant,
    offsets,
    openings,
    outcomes,
    participants,
    remarks,
    services,
    staffing,
    treatment_and_housing,
    unit_costs,
)
from budget_model.lines.funding import (
    caps,
    columns,
    county_money,
    drawdown,
    in_kind,
    limits,
    match,
    money,
    money_by_place,
    pace,
    payable,
    plan,
    report,
    terms,
)
from budget_model.scenario.axes import Axis

_AREAS = (
    *(openings, participants, staffing, contracts, services, access, treatment_and_housing, appropriation, budget_units, unit_costs),
    *(money, columns, limits, payable, plan, pace, caps, drawdown, match, in_kind, terms, county_money, report, money_by_place),
    *(grant, adopted, offsets, outcomes, checks, remarks),
)
BUDGET = Model([*input_rows(), *rows_of(_AREAS)], tuple(Axis), keys_of_items(), WHOLE_PROGRAM)
