"""The model that the County's budget is calculated with: the rows of every area, put together."""

from __future__ import annotations

from budget_model.engine.model import Model, rows_of
from budget_model.inputs import WHOLE_PROGRAM, input_rows, keys_of_items
from budget_model.lines import (
    access,
    appropriation,
    checks,
    contracts,
    grant,
    openings,
    outcomes,
    participants,
    remarks,
    services,
    staffing,
    treatment_and_housing,
)
from budget_model.lines.funding import (
    caps,
    columns,
    county_money,
    drawdown,
    in_kind,
    match,
    money,
    pace,
    payable,
    plan,
    report,
    terms,
)
from budget_model.scenario.axes import Axis

_AREAS = (
    *(openings, participants, staffing, contracts, services, access, treatment_and_housing, appropriation),
    *(money, columns, payable, plan, pace, caps, drawdown, match, in_kind, terms, county_money, report),
    *(grant, outcomes, checks, remarks),
)
BUDGET = Model([*input_rows(), *rows_of(_AREAS)], tuple(Axis), keys_of_items(), WHOLE_PROGRAM)
