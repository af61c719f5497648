"""The terms of funders' budgets stand in the workbook as live formulas, which another engine recomputes to the same figures."""

from __future__ import annotations

import io
import itertools
from typing import Any

import numpy as np
import openpyxl
import pytest

from budget_model import Scenario, project
from budget_model.analysis.findings import findings, of_kind
from budget_model.analysis.who_pays import cap_uses
from budget_model.budget import BUDGET
from budget_model.engine.rows import Kind
from budget_model.inputs import read_inputs
from budget_model.scenario.choices import AmountOf, RoundedTo, RoundingMode
from budget_model.simulation.compiled import Program
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.recompute import recomputed

LONGEST_FORMULA = 160  # letters: what a reader can follow
ALL: dict[str, Any] = {
    "treatment": "Revenue",
    "timing": "One-time",
    "first_month": "2019-09",
    "pays": ["Services and supplies", "County staff"],
}
MATCH = {"rate": 0.2, "basis": "grant spent", "pledged": 5_000}
TERMS: dict[str, Any] = {
    **{"name": "Terms", "first_month": "2019-07", "months": 15, "general": {"price_growth_rate": 0.1, "price_growth_month": 1}},
    "county_positions": [
        {"name": "Director", "number": 1, "hire_month": "2019-07", "annual_salary": 200_000, "employee_benefit_rate": 0.3}
    ],
    "services_and_supplies": [
        {"name": "Help", "first_month": "2019-07", "one_time_amount": 700_000},
        {"name": "Rent", "first_month": "2019-07", "monthly_amount": 9_000, "object_class": "Other"},
    ],
    "treatment_and_housing": [
        {"name": "Stays", "kind": "Recovery bridge housing", "category": "Interim housing", "first_month": "2019-07", "need_share": 1}
        | {"places": 5, "starting_people": 5, "stay_days": 600, "unit_rate": 228}
    ],
    "funding_sources": [
        ALL | {"name": "Grant", "award": 900_000},
        ALL
        | {
            "name": "Yearly",
            "yearly_amount": 60_000,
            "grant_year_month": 10,
            "pace": "Even over its period",
            "claimable_indirect_rate": 0.1,
        },
        ALL | {"name": "In parts"},
        ALL | {"name": "Open", "claimable_indirect_rate": 0.1, "match": MATCH},
    ],
    "amounts": [  # an award in parts, which stands over the end of June
        {"name": "First", "source": "In parts", "first_month": "2019-09", "last_month": "2020-04", "amount": 70_000},
        {"name": "Second", "source": "In parts", "first_month": "2020-05", "amount": 40_000},
    ],
    "funding_assignments": [
        {
            "name": "Salary",
            "source": "Grant",
            "position": "Director",
            "assigned_share": 1,
            "limit": 150_000,
            "limit_each": "Salary of a year",
        },
        {"name": "Stay", "source": "Grant", "care": "Stays", "assigned_share": 1, "limit": 125_000, "limit_each": "Stay"},
        {"name": "Each", "source": "Open", "service": "Help", "assigned_share": 0.5, "limit": 900, "limit_each": "Person", "people": 350},
    ],
    "object_classes": [{"name": "Beds", "category": "Interim housing", "object_class": "Other"}],
}


def test_a_plan_with_every_term_is_recomputed_to_the_same_figures() -> None:
    written = workbook_of(Scenario.model_validate(TERMS))
    assert recomputed(written).cells == len(written.cells)
    assert max(len(cell.formula) for cell in written.cells.values()) <= LONGEST_FORMULA


def test_limits_stand_beside_lines_by_quantity_and_rates_in_one_plan() -> None:
    """With a saving that is more than the cost of its category in some months, and columns of a line, a rate and a site."""
    site = {"name": "A", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "social_contact_referrals": 5}
    first: dict[str, Any] = {"first_month": "2019-07"}
    lines = [
        first | {"name": "Rides", "amount_is": "Each month", "site": "A", "grows_with_prices": True},
        first | {"name": "Discount", "site": "A", "may_be_below_zero": True},
        first | {"name": "Fees saved", "may_be_below_zero": True, "category": "Data and evaluation", "purchased_by": "Health Services"},
    ]
    both: dict[str, Any] = {
        "sites": [site],
        "budget_lines": lines,
        "factors": [
            {"name": "Number", "budget_line": "Rides", "number": 45},
            {"name": "Fare", "budget_line": "Rides", "number": 20},
        ],
        "amounts": [
            *TERMS["amounts"],
            first | {"name": "Less", "budget_line": "Discount", "last_month": "2019-09", "amount": -9_000},
            {"name": "More", "budget_line": "Discount", "first_month": "2019-10", "last_month": "2019-10", "amount": 400},
            first | {"name": "Fees", "budget_line": "Fees saved", "amount": -1_500},
        ],
        "rates": [first | {"name": "Indirect", "rate": 0.1, "category": "Data and evaluation", "at_most": 20_000}],
        "rate_bases": [{"name": "All", "rate": "Indirect", "all_lines": True, "contract_limit": 25_000}],
        "object_classes": [*TERMS["object_classes"], {"name": "Studies", "category": "Data and evaluation", "object_class": "Other"}],
        "funding_sources": [
            source | first | {"pays": ["Services and supplies", "County staff", "Data and evaluation"]}
            for source in TERMS["funding_sources"]
        ],
        "funding_assignments": [
            *TERMS["funding_assignments"],
            {"name": "Rate", "source": "Yearly", "rate": "Indirect", "assigned_share": 0.5},
            {"name": "Site", "source": "Open", "site": "A", "category": "Services and supplies", "assigned_share": 0.5},
        ],
    }
    scenario = Scenario.model_validate(TERMS | both)
    projection = project(scenario)
    assert projection.by_year("cost_above_limit")[:3, -1].all() and projection.by_year("saved_beyond_cost")[-1] > 0
    assert not of_kind(findings(projection), Kind.FAULT)
    written = workbook_of(scenario)
    assert recomputed(written).cells == len(written.cells)


def test_rates_rounded_in_every_way_are_recomputed_and_compiled_to_the_same_figures() -> None:
    """Each counts all lines or one, and the rate above it; half of what is counted is half a cent or half a dollar now and then."""
    first: dict[str, Any] = {"first_month": "2019-07"}
    rates, bases = list[dict[str, Any]](), list[dict[str, Any]]()
    for number, (mode, period) in enumerate(itertools.product(RoundingMode, AmountOf)):
        to = {"rounded_to": list(RoundedTo)[number % 3], "base_rounded_to": list(RoundedTo)[(number + 1) % 3]}
        terms = to | {"rounding_mode": mode, "rounding_period": period, "at_most": 200 * (number % 5 == 0)}
        rates.append(first | {"name": f"Rate {number}", "rate": (0.5, 0.1, 0.25)[number % 3]} | terms)
        bases.append({"name": f"Lines {number}", "rate": f"Rate {number}"} | ({"service": "Rent"} if number % 2 else {"all_lines": True}))
        if number:
            bases.append({"name": f"Above {number}", "rate": f"Rate {number}", "other_rate": f"Rate {number - 1}"})
    services = [first | {"name": "Rent", "monthly_amount": 10.25}]
    scenario = Scenario.model_validate(first | {"name": "T", "months": 15, "services_and_supplies": services, "sites": [{"name": "A", "go_live": "2019-07"}], "rates": rates, "rate_bases": bases})  # fmt: skip
    written = workbook_of(scenario)
    assert recomputed(written).cells == len(written.cells)
    assert max(len(cell.formula) for cell in written.cells.values()) <= LONGEST_FORMULA
    rows = ("rounding_of_base", "rounding_of_rate", "rate_cost")
    compiled = Program(BUDGET, rows, True).calculated(read_inputs(scenario), [], np.empty((0, 1)))
    for row, found in zip(rows, compiled, strict=True):
        assert found[0] == pytest.approx(project(scenario).monthly(row), abs=1e-9), row


def test_the_sheet_of_caps_says_who_pays_what_each_refuses() -> None:
    """As the page says it, with its amounts; a cap that refuses nothing says so."""
    given = {"source": "Grant", "of": "Award"}
    caps = [
        given | {"name": "Binds", "category": "Services and supplies", "share": 0.05},
        given | {"name": "Does not", "appropriation_class": "Other Charges", "share": 0.5},
    ]
    scenario = Scenario.model_validate(TERMS | {"caps": caps})
    uses = cap_uses(project(scenario))
    assert "In parts" in uses[0].payers and not uses[1].payers
    cells = openpyxl.load_workbook(io.BytesIO(workbook_of(scenario).content), read_only=True)["Caps"].iter_rows(values_only=True)
    rows = [row[:2] for row in cells]
    head = next(place for place, row in enumerate(rows) if row[1] == "Left to")
    assert "day of the export" in str(rows[head - 1][0])
    assert [row[1] for row in rows[head + 2 : head + 4]] == [uses[0].payers, "--"]
