"""Limits of a grantor for a salary, a stay or a person: the part above is the County's, and no other source pays it."""

from __future__ import annotations

from typing import Any

import pytest

from budget_model import Projection, Scenario, project
from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.scenario.rules import problems_of

GIVEN = {"name": "Plan", "first_month": "2019-07", "months": 12}
SITE = {"name": "Area", "go_live": "2019-07", "slots": 10}
EVERYTHING = ["County staff", "Services and supplies", "Interim housing"]
DIRECTOR = {"name": "Director", "number": 1, "hire_month": "2019-07", "annual_salary": 200_000, "employee_benefit_rate": 0.3}
HELP = {"name": "Help", "first_month": "2019-07", "one_time_amount": 700_000}
STAYS = {
    **{"name": "Stays", "kind": "Recovery bridge housing", "category": "Interim housing", "first_month": "2019-07", "need_share": 1},
    **{"places": 5, "starting_people": 5, "stay_days": 600, "unit_rate": 228},
}


def source(name: str, pays: list[str]) -> dict[str, Any]:
    money = {"award": 5_000_000, "pace": "As cost arises", "first_month": "2019-07"}
    return {"name": name, "treatment": "Revenue", "timing": "One-time", "pays": pays, **money}


def scenario(column: dict[str, Any]) -> Scenario:
    tables = {"county_positions": [DIRECTOR], "services_and_supplies": [HELP], "treatment_and_housing": [STAYS]}
    sources = [source("Grant", []), source("Other", EVERYTHING)]
    columns = [{"name": "Column", "source": "Grant", "assigned_share": 1, **column}]
    return Scenario.model_validate(GIVEN | tables | {"sites": [SITE], "funding_sources": sources, "funding_assignments": columns})


def paid(projection: Projection, line: str) -> dict[str, float]:
    (found,) = (one for one in lines_by_payer(projection) if one.name == line)
    assert sum(found.paid.values()) == pytest.approx(found.cost)
    return {name: round(amount, 2) for name, amount in found.paid.items() if abs(amount) > 0.005}


@pytest.mark.parametrize(
    ("line", "column", "within"),
    [
        ("Director", {"position": "Director", "limit": 150_000, "limit_each": "Salary of a year"}, 150_000 / 200_000),
        ("Stays", {"care": "Stays", "limit": 125_000, "limit_each": "Stay"}, 125_000 / (228 * 600)),
        ("Help", {"service": "Help", "limit": 1_500, "limit_each": "Person", "people": 350}, 1_500 / 2_000),
        ("Help", {"service": "Help", "limit": 2_500, "limit_each": "Person", "people": 350}, 1.0),
    ],
)
def test_a_source_pays_up_to_its_limit_and_the_county_what_is_above(line: str, column: dict[str, Any], within: float) -> None:
    projection = project(scenario(column))
    cost = next(one.cost for one in lines_by_payer(projection) if one.name == line)
    found = paid(projection, line)
    assert found.pop("Grant") == pytest.approx(cost * within, abs=0.01)
    assert sum(found.values()) == pytest.approx(cost * (1 - within), abs=0.01)
    assert "Other" not in found, "the part above is the County's"
    assert float(projection.by_year("funding_gap")[-1]) == pytest.approx(cost * (1 - within), abs=0.01)
    assert float(projection.by_year("net_county_cost")[-1]) == pytest.approx(cost * (1 - within), abs=0.01)
    assert all(check.passed for check in projection.checks)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ({"position": "Director", "limit": 5}, "limit_each is missing; expected what is limited: Salary of a year, Stay, Person"),
        ({"position": "Director", "limit_each": "Stay"}, "limit is 0; expected the most that the source pays of each: stay"),
        ({"position": "Director", "limit": 5, "limit_each": "Stay"}, "limit_each is 'Stay'; expected a column of a care"),
        ({"service": "Help", "limit": 5, "limit_each": "Person"}, "people is 0; expected the people for whom the line pays in all months"),
        ({"service": "Help", "people": 5}, "people is 5; expected 0: the source limits nothing by the person"),
    ],
)
def test_a_limit_says_of_what_it_is(column: dict[str, Any], expected: str) -> None:
    assert expected in "\n".join(map(str, problems_of(scenario(column))))
