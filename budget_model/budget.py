"""The model that the County's budget is calculated with: the rows of every area, put together."""

from __future__ import annotations

from budget_model.inputs import input_rows
from budget_model.lines import appropriation, checks, contracts, funding, participants, services, staffing
from budget_model.model import Model, rows_of

BUDGET = Model([*input_rows(), *rows_of([participants, staffing, contracts, services, appropriation, funding, checks])])
