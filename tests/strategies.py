"""Random valid scenarios, for what must hold whatever the plan is."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from budget_model import Scenario
from budget_model.scenario import PROGRAM_WIDE, AppropriationClass, BudgetTreatment, CostCategory, Driver, Timing
from budget_model.timeline import add_months, month_label

_amounts = st.floats(0, 250_000).map(lambda amount: round(amount, 2))
_rates = st.floats(0, 0.6).map(lambda rate: round(rate, 4))
_drivers = st.sampled_from([driver.value for driver in Driver if driver is not Driver.NONE])


@st.composite
def scenarios(draw: st.DrawFn, most_sites: int = 4, most_months: int = 40) -> Scenario:
    """Draw a scenario that the rules accept."""
    first = draw(st.dates(min_value=datetime.date(2017, 1, 1), max_value=datetime.date(2021, 12, 1))).replace(day=1)
    months = draw(st.integers(1, most_months))

    def month(least: int = 0, most: int = months - 1) -> str:
        return month_label(add_months(first, draw(st.integers(min(least, most), most))))

    def period() -> dict[str, str]:
        start = draw(st.integers(0, months - 1))
        ends = draw(st.booleans())
        last = {"last_month": month_label(add_months(first, start + draw(st.integers(0, 30))))} if ends else {}
        return {"first_month": month_label(add_months(first, start)), **last}

    def some(least: int, most: int, make: Any) -> list[dict[str, Any]]:
        return [make(index) for index in range(draw(st.integers(least, most)))]

    def site(index: int) -> dict[str, Any]:
        slots = draw(st.integers(0, 200))
        early = draw(st.booleans())
        return {
            "name": f"Site {index}",
            "go_live": month(0, 0) if early else month(),
            "slots": slots,
            "monthly_referrals": draw(st.integers(0, 300)) / 10,
            "enrollment_share": draw(_rates),
            "ramp_months": draw(st.integers(0, 9)),
            "monthly_exit_rate": draw(_rates),
            "starting_participants": draw(st.integers(0, slots)) if early else 0,
        }

    sites = some(1, most_sites, site)
    places = st.sampled_from([PROGRAM_WIDE, *(entry["name"] for entry in sites)])

    def position(index: int) -> dict[str, Any]:
        driver = draw(st.none() | _drivers)
        counted = {"driver": driver, "one_per": draw(st.integers(1, 60))} if driver else {}
        last = {key: value for key, value in period().items() if key == "last_month"}
        hired = month(0, 0) if last else month()
        return {
            "name": f"Position {index}", "site": draw(places), "number": draw(st.integers(0, 3)), "temporary": draw(st.booleans()), "hire_month": hired, **counted, **last,
            "monthly_salary": draw(_amounts) / 10, "employee_benefit_rate": draw(_rates), "step_rate": draw(_rates) / 10,
            "salary_savings_rate": draw(_rates),
        }  # fmt: skip

    def contract(index: int) -> dict[str, Any]:
        return {
            "name": f"Contract {index}", "site": sites[index % len(sites)]["name"], **period(), "caseload": draw(st.integers(1, 40)),
            "participant_share": 1 / (1 + index // len(sites) + 2), "minimum_case_managers": draw(st.integers(0, 2)),
            "case_manager_salary": draw(_amounts), "supervisor_span": draw(st.integers(1, 9)), "supervisor_salary": draw(_amounts),
            "fringe_rate": draw(_rates), "participant_assistance": draw(_amounts) / 500, "operating_cost": draw(_amounts),
            "start_up_cost": draw(_amounts), "indirect_rate": draw(_rates), "escalation_rate": draw(_rates) / 10,
        }  # fmt: skip

    contracts = some(0, 4, contract)

    def staff(index: int) -> dict[str, Any]:
        return {
            "name": f"Staff {index}", "contract": contracts[index % len(contracts)]["name"], "number": draw(st.integers(0, 20)) / 4,
            "participants_each": draw(st.sampled_from([0, 25, 50])), "annual_salary": draw(_amounts),
        }  # fmt: skip

    def service(index: int) -> dict[str, Any]:
        driver = draw(st.none() | _drivers)
        return {
            "name": f"Service {index}", "site": draw(places), "appropriation_class": draw(st.sampled_from(list(AppropriationClass))),
            "category": draw(st.sampled_from(list(CostCategory))), **period(), "monthly_amount": draw(_amounts),
            "one_time_amount": draw(_amounts), **({"driver": driver, "amount_per_unit": draw(_amounts) / 100} if driver else {}),
        }  # fmt: skip

    def source(index: int) -> dict[str, Any]:
        match = {"rate": draw(_rates), "basis": draw(st.sampled_from(["award", "total project cost"])), "pledged": draw(_amounts)}
        return {
            "name": f"Source {index}", "treatment": draw(st.sampled_from(list(BudgetTreatment))), "timing": draw(st.sampled_from(list(Timing))), **period(),
            "pays": draw(st.lists(st.sampled_from(list(CostCategory)), min_size=1, unique=True)),
            draw(st.sampled_from(["award", "yearly_amount"])): draw(st.integers(1, 5_000_000)),
            **({"match": match} if draw(st.booleans()) else {}),
        }  # fmt: skip

    return Scenario.model_validate(
        {
            "name": "Random", "first_month": month_label(first), "months": months,
            "general": {"cost_of_living_rate": draw(_rates) / 10, "price_growth_rate": draw(_rates) / 10},
            "sites": sites, "county_positions": some(0, 4, position), "provider_contracts": contracts,
            "provider_staff": some(0, 3, staff) if contracts else [], "services_and_supplies": some(0, 4, service),
            "funding_sources": some(0, 4, source),
        }
    )  # fmt: skip
