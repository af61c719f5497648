"""Object classes: said once for a category, by a line in its place; pay and benefits apart; grant years of any month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from conftest import Pool

from budget_model import Projection, Scenario, project
from budget_model.analysis.by_object_class import by_object_class, object_class_totals
from budget_model.analysis.detail_record import detail_record
from budget_model.analysis.lines_by_payer import lines_by_payer
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.rules import problems_of

SITE = {"name": "Area", "go_live": "2019-07", "slots": 10}
MANAGER = {
    "name": "Manager",
    "number": 1,
    "hire_month": "2019-07",
    "annual_salary": 60_000,
    "employee_benefit_rate": 0.5,
    "cost_per_new_hire": 900,
}
TRAVEL = {"name": "Trips", "first_month": "2019-07", "monthly_amount": 100, "object_class": "Travel"}
CITY = {"name": "City", "first_month": "2019-07", "monthly_amount": 200, "category": "Public agencies"}
VAN = {"name": "Van", "first_month": "2019-07", "one_time_amount": 30_000, "appropriation_class": "Capital Assets"}


def plan(**parts: Any) -> Projection:
    given = {"name": "Plan", "first_month": "2019-07", "months": 24, "sites": [SITE]}
    return project(Scenario.model_validate(given | parts))


def classes(projection: Projection) -> dict[str, float]:
    return {str(name): round(float(amounts.sum()), 2) for name, amounts in object_class_totals(by_object_class(projection)).items()}


def test_a_line_is_of_its_own_class_of_its_categorys_or_of_the_usual_one() -> None:
    tables = {"county_positions": [MANAGER], "services_and_supplies": [TRAVEL, CITY, VAN]}
    usual = {
        "Personnel": 120_000.0,
        "Fringe benefits": 60_000.0,
        "Travel": 2_400.0,
        "Equipment": 30_000.0,
        "Supplies": 900.0,
        "Contractual": 4_800.0,
    }
    assert classes(plan(**tables)) == usual
    mapped = {"object_classes": [{"name": "Cities", "category": "Public agencies", "object_class": "Other"}]}
    expected = {name: amount for name, amount in usual.items() if name != "Contractual"} | {"Other": 4_800.0}
    assert classes(plan(**tables, **mapped)) == expected
    contracted = {**tables, "county_positions": [MANAGER | {"object_class": "Contractual"}]}
    assert classes(plan(**contracted))["Contractual"] == 180_000 + 4_800, "benefits follow pay that is not personnel"


def test_parts_add_up_to_their_line_and_payers_to_their_part(pool: Pool) -> None:
    for _, projection in pool:
        parts = by_object_class(projection)
        within = max(HALF_A_CENT, 1e-6 * float(projection.by_year("gross_appropriation")[-1]))  # a payer of less is left out
        total = sum((part.cost for part in parts), np.zeros(projection.timeline.count))
        assert total == pytest.approx(projection.monthly("gross_appropriation"), abs=within)
        for part in parts:
            assert sum(part.paid.values()) == pytest.approx(part.cost, abs=within)
        for line in lines_by_payer(projection):
            assert sum(line.paid_by_month.values()).sum() == pytest.approx(line.cost, abs=within)


GRANT = {
    "name": "Grant",
    "treatment": "Revenue",
    "timing": "One-time",
    "pays": ["Public agencies"],
    "first_month": "2019-08",
    "pace": "As cost arises",
}


def test_grant_years_begin_in_any_month_and_add_up() -> None:
    grant = GRANT | {"award": 3_000}
    found = detail_record(plan(services_and_supplies=[CITY], funding_sources=[grant]))["sources"]["Grant"]
    assert found["paid"]["grant_years"] == {"2019-08 to 2020-07": 2_400.0, "2020-08 to 2021-06": 600.0}
    found = detail_record(plan(services_and_supplies=[CITY], funding_sources=[grant | {"grant_year_month": 10}]))["sources"]["Grant"]
    years = {"2019-08 to 2019-09": 400.0, "2019-10 to 2020-09": 2_400.0, "2020-10 to 2021-06": 200.0}
    assert found["paid"]["grant_years"] == years
    assert found["object_classes"]["Contractual"]["grant_years"] == years


@pytest.mark.parametrize("pace", ["As cost arises", "Even over its period", "Constant share of cost"])
def test_a_yearly_amount_comes_by_the_grant_year(pace: str) -> None:
    """$1,200 a grant year from October: $200 for two months of the first, all of the second, 9 twelfths of the third."""
    grant = GRANT | {"yearly_amount": 1_200, "grant_year_month": 10, "pace": pace}
    projection = plan(services_and_supplies=[CITY], funding_sources=[grant])
    awarded = projection.monthly("money_awarded")[0]
    assert {int(at): round(float(awarded[at])) for at in awarded.nonzero()[0]} == {1: 200, 3: 1_200, 15: 900}
    found = detail_record(projection)["sources"]["Grant"]["paid"]["grant_years"]
    assert list(found.values()) == pytest.approx([200, 1_200, 900]), "and what is not used in the year is lost"


def test_prices_grow_in_their_month() -> None:
    general = {"price_growth_rate": 0.1, "price_growth_month": 1}
    cost = plan(services_and_supplies=[CITY], general=general).monthly("service_cost")[0]
    assert cost[[5, 6, 17, 18]] == pytest.approx([200, 220, 220, 242])
    same = plan(services_and_supplies=[CITY], general=general | {"price_growth_month": 7}).monthly("service_cost")[0]
    assert same[[0, 11, 12]] == pytest.approx([200, 200, 220]), "the first month has the prices given"


def test_a_category_has_one_object_class() -> None:
    twice = [{"name": name, "category": "Equipment", "object_class": name} for name in ("Other", "Supplies")]
    scenario = Scenario.model_validate({"name": "Plan", "first_month": "2019-07", "months": 1, "sites": [SITE], "object_classes": twice})
    assert "expected 'Other', which 'Other' says of Equipment, or one line for the category" in str(problems_of(scenario)[0])
