"""A small plan of fourteen months from June 2018 and what sources pay of it: one month of a fiscal year, a whole one, one of the next."""

from __future__ import annotations

from budget_model import Projection, Scenario, project

MONTHS = 14
PROVIDERS, STAFF, ADMINISTRATION = "Community providers", "County staff", "Administration and indirect"
EVALUATION = "Data and evaluation"
PROVIDER = {"name": "Provider", "category": PROVIDERS, "first_month": "2018-06", "monthly_amount": 1_000}
OVERHEAD = PROVIDER | {"name": "Overhead", "category": ADMINISTRATION}
POSITION = {"name": "Position", "number": 1, "hire_month": "2018-06", "monthly_salary": 1_000}
AWARD = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": [PROVIDERS, STAFF, ADMINISTRATION], "award": 7_000,
    "first_month": "2018-06",
}  # fmt: skip
YEARLY = {key: value for key, value in AWARD.items() if key != "award"} | {"name": "Yearly", "yearly_amount": 6_000}
AS_COST_ARISES, EVENLY = {"pace": "As cost arises"}, {"pace": "Even over its period"}
MATCH = {"match": {"rate": 0.25, "basis": "grant spent"}}


def planned(*sources: dict[str, object], services: tuple[dict[str, object], ...] = (PROVIDER,), **parts: object) -> Projection:
    sites = [{"name": name, "go_live": "2018-07", "slots": 10, "social_contact_referrals": 5, "eligible_people": 500} for name in "AB"]
    scenario = {"name": "Small", "first_month": "2018-06", "months": MONTHS, "sites": sites, "services_and_supplies": services}
    return project(Scenario.model_validate({**scenario, "funding_sources": sources, **parts}))


def failed(projection: Projection) -> set[str]:
    return {check.name for check in projection.checks if not check.passed}


def said(projection: Projection, row: str) -> float:
    return float(projection.by_year(row)[..., -1].sum())
