"""Random valid scenarios, for what must hold whatever the plan is."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from budget_model import Scenario
from budget_model.scenario.choices import (
    NO_ITEM,
    PROGRAM_WIDE,
    AppropriationClass,
    BudgetTreatment,
    CareKind,
    CostCategory,
    Driver,
    MatchBasis,
    Payment,
    PositionStatus,
    Timing,
)
from budget_model.timeline import add_months, month_label

_amounts = st.floats(0, 250_000).map(lambda amount: round(amount, 2))
_rates = st.floats(0, 0.6).map(lambda rate: round(rate, 4))
_drivers = st.sampled_from([driver.value for driver in Driver if driver not in (Driver.NONE, Driver.ENTRANTS_WITH_SUBSTANCE_USE_DISORDER)])


@st.composite
def scenarios(draw: st.DrawFn, most_sites: int = 4, most_months: int = 40) -> Scenario:  # noqa: PLR0915 - one line a table
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
            "pre_booking_referrals": draw(st.integers(0, 100)) / 10,
            "social_contact_referrals": draw(st.integers(0, 100)) / 10,
            "community_referrals": draw(st.integers(0, 100)) / 10,
            "eligible_people": draw(st.integers(1, 600)),
            "newly_eligible_people": draw(st.integers(0, 10)),
            "ramp_months": draw(st.integers(0, 9)),
            "waiting_exit_rate": draw(_rates),
            "inactive_share": draw(_rates),
            "monthly_exit_rate": draw(_rates),
            "starting_participants": draw(st.integers(0, slots)) if early else 0,
        }

    sites = some(1, most_sites, site)
    places = st.sampled_from([PROGRAM_WIDE, *(entry["name"] for entry in sites)])

    def component(index: int) -> dict[str, Any]:
        plan = draw(st.sampled_from(["General", "Safety"]))
        return {"name": f"Component {index}", "plan": plan, "rate": draw(_rates), "applies_to_overtime": draw(st.booleans())}

    components = some(0, 3, component)
    plans = st.sampled_from([NO_ITEM, *(entry["plan"] for entry in components)])

    def position(index: int) -> dict[str, Any]:
        driver = draw(st.none() | _drivers)
        counted = {"driver": driver, "one_per": draw(st.integers(1, 60))} if driver else {}
        last = {key: value for key, value in period().items() if key == "last_month"}
        hired = month(0, 0) if last else month()
        pay = draw(st.sampled_from(["monthly_salary", "annual_salary", "hourly_pay"]))
        amount = {"monthly_salary": draw(_amounts) / 10, "annual_salary": draw(_amounts), "hourly_pay": draw(_amounts) / 2_500}[pay]
        plan = draw(plans)
        rates = {"employee_benefit_rate": draw(_rates), "overtime_benefit_rate": draw(_rates)}
        benefits = {"benefit_plan": plan, **(rates if plan == NO_ITEM else {})}
        return {
            "name": f"Position {index}", "site": draw(places), "number": draw(st.integers(0, 3)), "temporary": draw(st.booleans()), "hire_month": hired, **counted, **last,
            pay: amount, "hours_a_year": draw(st.integers(1, 2_080)), "time_share": draw(_rates), "status": draw(st.sampled_from(list(PositionStatus))),
            **benefits, "monthly_benefit_amount": draw(_amounts) / 1_000,
            "step_rate": draw(_rates) / 10, "top_step_multiple": 1 + draw(_rates), "salary_savings_rate": draw(_rates),
            "overtime_hours_a_year": draw(st.integers(0, 200)), "overtime_hourly_pay": draw(_amounts) / 2_500,
            "cost_per_new_hire": draw(_amounts) / 50,
        }  # fmt: skip

    positions = some(0, 4, position)
    mechanisms = some(0, 2, lambda index: {"name": f"Mechanism {index}", "lead_days": 0})

    def contract(index: int) -> dict[str, Any]:
        site, payment, span = sites[index % len(sites)], draw(st.sampled_from(list(Payment))), period()
        paid = {
            Payment.FIXED_MONTHLY: {"fixed_monthly_amount": 1 + draw(_amounts)},
            Payment.FEE: {"fee_per_participant_month": 1 + draw(_amounts) / 100},
        }
        begins = {**span, "first_month": min(span["first_month"], site["go_live"])}
        asked = {"mechanism": mechanisms[-1]["name"], "request_month": begins["first_month"]} if mechanisms else {}
        return {
            "name": f"Contract {index}", "site": site["name"], **begins, **asked, "payment": payment, **paid.get(payment, {}), "caseload": draw(st.integers(1, 40)),
            "participant_share": 1 / (1 + index // len(sites) + 2), "minimum_case_managers": draw(st.integers(0, 2)),
            "case_manager_salary": draw(_amounts), "supervisor_span": draw(st.integers(1, 9)), "supervisor_salary": draw(_amounts),
            "fringe_rate": draw(_rates), "vacancy_rate": draw(_rates), "participant_assistance": draw(_amounts) / 500, "operating_cost": draw(_amounts),
            "start_up_cost": draw(_amounts), "indirect_rate": draw(_rates), "indirect_cap": draw(_rates), "escalation_rate": draw(_rates) / 10,
            "ceiling": draw(st.sampled_from([0, 1_000_000])),
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
            "category": draw(st.sampled_from(list(CostCategory))), **period(), "monthly_amount": draw(_amounts), "one_time_grows": draw(st.booleans()),
            "one_time_amount": draw(_amounts), **({"driver": driver, "amount_per_unit": draw(_amounts) / 100} if driver else {}),
        }  # fmt: skip

    def care(index: int) -> dict[str, Any]:
        ordered = {
            "added_places": draw(st.integers(1, 9)),
            "order_month": month(),
            "lead_days": draw(st.integers(0, 300)),
            "cost_per_added_place": draw(_amounts),
        }
        return {
            "name": f"Care {index}", "kind": draw(st.sampled_from(list(CareKind))), "category": draw(st.sampled_from(list(CostCategory))),
            "site": draw(places), "driver": draw(_drivers), "need_share": draw(_rates) / 2, "places": draw(st.integers(0, 15)), **period(),
            **(ordered if draw(st.booleans()) else {}), "occupancy_share": 0.5 + draw(_rates) / 2, "stay_days": draw(st.sampled_from([1, 5, 28, 30, 45, 180, 700])),
            "waiting_exit_rate": draw(_rates), "starting_people": draw(st.integers(0, 5)), "starting_waiting": draw(st.integers(0, 5)),
            "target_wait_days": draw(st.integers(1, 60)), "unit_rate": draw(_amounts) / 500, "units_a_day": draw(_rates) * 4,
            "monthly_subsidy": draw(_amounts) / 100, "monthly_services": draw(_amounts) / 500, "cost_per_placement": draw(_amounts) / 50, "medi_cal_share": draw(_rates),
        }  # fmt: skip

    def source(index: int) -> dict[str, Any]:
        match = {
            "rate": draw(_rates), "basis": draw(st.sampled_from(list(MatchBasis))), "pledged": draw(_amounts), "in_kind_share": draw(st.sampled_from([0, 0.4, 1])),
            "in_kind_pledged": draw(_amounts) / 4,
        }  # fmt: skip
        money = draw(st.sampled_from([
            {"award": draw(st.integers(1, 5_000_000))}, {"yearly_amount": draw(st.integers(1, 5_000_000))}, {"drug_medi_cal": True},
            {"amount_per_unit": draw(st.integers(1, 500)), "driver": draw(_drivers)},
        ]))  # fmt: skip
        return {
            "name": f"Source {index}", "treatment": draw(st.sampled_from(list(BudgetTreatment))), "timing": draw(st.sampled_from(list(Timing))), **period(),
            "pays": draw(st.lists(st.sampled_from(list(CostCategory)), min_size=1, unique=True)), **money, "carries_over": draw(st.booleans()),
            "no_supplanting": draw(st.booleans()), "claiming_lag_months": draw(st.integers(0, 5)), "least_to_community_providers": draw(_rates), "administration_cap": draw(_rates),
            "evaluation_cap": draw(st.sampled_from([1, 0.05])),
            **({"match": match} if draw(st.booleans()) else {}),
        }  # fmt: skip

    sources = some(0, 4, source)

    def assignment(index: int) -> dict[str, Any]:
        source = sources[index % len(sources)]["name"]
        if index < len(positions):
            return {"name": f"Assignment {index}", "source": source, "position": positions[index]["name"], "assigned_share": 1}
        used = {(entry["site"], "County staff") for entry in positions}
        free = [(site["name"], category.value) for site in sites for category in CostCategory if (site["name"], category.value) not in used]
        site, category = free[index % len(free)]
        return {"name": f"Assignment {index}", "source": source, "site": site, "category": category, "assigned_share": draw(_rates)}

    federal = [{"name": "Federal", "first_month": month(), "newly_eligible": 0.9, "others": 0.5}] if draw(st.booleans()) else []
    raises = some(
        0,
        2,
        lambda index: {
            "name": f"Raise {index}",
            "effective": month(),
            "rate": draw(_rates) / 5,
            "applies_to_overtime": draw(st.booleans()),
        },
    )
    effect = {
        "name": "Jail days",
        "evidence_grade": "Promising",
        "effect": 39,
        "effect_low": 20,
        "effect_high": 41,
        "average_cost": 150,
        "cashable_share": 0.2,
    }
    return Scenario.model_validate(
        {
            "name": "Random", "first_month": month_label(first), "months": months,
            "general": {
                "cost_of_living_rate": draw(_rates) / 10, "price_growth_rate": draw(_rates) / 10, "referral_level": draw(st.sampled_from([1, 0.5, 1.5])),
                "pre_booking_enrollment_share": draw(_rates), "pre_booking_homeless_share": draw(_rates), "social_contact_homeless_share": draw(_rates),
                "community_homeless_share": draw(_rates), "substance_use_share": draw(_rates), "medi_cal_eligible_share": draw(_rates),
                "newly_eligible_share": draw(_rates), "county_baseline": draw(_amounts),
            },
            "sites": sites, "cost_of_living_adjustments": raises, "benefit_components": components, "county_positions": positions,
            "contracting_mechanisms": mechanisms, "provider_contracts": contracts,
            "provider_staff": some(0, 3, staff) if contracts else [], "services_and_supplies": some(0, 4, service),
            "treatment_and_housing": some(0, 3, care), "federal_shares": federal, "funding_sources": sources,
            "funding_assignments": some(0, len(positions) + 2, assignment) if sources else [],
            "outcomes": [effect],
        }
    )  # fmt: skip
