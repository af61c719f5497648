"""A subaward is written as a form prints it: its amount over its term or by year, counted in bases up to their limit."""

from __future__ import annotations

from typing import Any

import pytest

from budget_model import Projection, Scenario, project
from budget_model.analysis.funder_forms.computation import line_worked_out
from budget_model.scenario.rules import problems_of
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.recompute import recomputed

FIRST = {"first_month": "2019-10"}
CLINIC = FIRST | {"name": "Clinic", "site": "Program", "participant_share": 0}
YEARS = [
    FIRST | {"name": "Year 1", "contract": "Clinic", "last_month": "2020-09", "amount": 40_000},
    {"name": "Year 2", "contract": "Clinic", "first_month": "2020-10", "amount": 56_000},
]


def planned(amounts: list[dict[str, Any]], **contract: Any) -> Projection:
    rates = [FIRST | {"name": "Indirect", "rate": 0.1}]
    bases = [{"name": "All", "rate": "Indirect", "all_lines": True, "contract_limit": 25_000}]
    plan = {"name": "Grant", "months": 24, **FIRST, "amounts": amounts, "rates": rates, "rate_bases": bases}
    return project(Scenario.model_validate(plan | {"provider_contracts": [CLINIC | contract]}))


def test_amounts_by_year_are_the_cost_of_a_contract_and_count_up_to_the_limit_of_a_base() -> None:
    now = planned(YEARS)
    assert now.by_year("contract_cost")[0] == pytest.approx([30_000, 10_000 + 42_000, 14_000, 96_000])
    assert now.by_year("rate_cost")[0] == pytest.approx([2_500, 0, 0, 2_500], abs=0.005)
    contract = now.scenario.provider_contracts[0]
    assert line_worked_out(now, contract, 0).words == "$40,000 from 2019-10 to 2020-09; $56,000 from 2020-10 to 2021-09; $96,000 in all"
    written = workbook_of(now.scenario)
    assert recomputed(written).cells == len(written.cells)


def test_what_is_paid_once_is_no_month_of_cost() -> None:
    now = planned([], start_up_cost=96_000)
    assert line_worked_out(now, now.scenario.provider_contracts[0], 0).words == "start-up $96,000 once"


@pytest.mark.parametrize(
    ("amounts", "contract", "expected"),
    [
        (YEARS, {"operating_cost": 100}, "expected 0: its amounts by year or month say it"),
        (YEARS, {"last_month": "2021-06"}, "expected months of 'Clinic', 2019-10 to 2021-06"),
        ([YEARS[0] | {"amount": -5}], {}, "expected 0 or more: it is of a contract"),
    ],
)
def test_what_no_contract_can_have_is_refused(amounts: list[dict[str, Any]], contract: dict[str, Any], expected: str) -> None:
    assert expected in [problem.expected for problem in problems_of(planned(amounts, **contract).scenario)]
