"""Plans that run late: contracts and sites begin when they can, and what belongs to a site slips with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from conftest import Pool
from hypothesis import given
from hypothesis import strategies as st

from budget_model import Change, Projection, Scenario, changed, project
from budget_model.analysis.findings import findings
from budget_model.analysis.late_lines import late_lines
from budget_model.timeline import from_serial, month_label, serial

SITE = {"name": "A", "go_live": "2018-09", "slots": 100, "social_contact_referrals": 5, "eligible_people": 500}
PROPOSALS = {"name": "Request for proposals", "lead_days": 100}
CONTRACT = {
    "name": "C", "site": "A", "first_month": "2018-09", "caseload": 10, "case_manager_salary": 48_000, "start_up_cost": 700,
    "mechanism": "Request for proposals", "request_month": "2018-06", "minimum_case_managers": 1,
}  # fmt: skip
HIRE = {"name": "Liaison", "site": "A", "number": 1, "hire_month": "2018-08", "monthly_salary": 1_000}
POLICE = {"name": "Police time", "site": "A", "first_month": "2018-09", "monthly_amount": 300, "one_time_amount": 50}
BEDS = {
    "name": "Beds", "kind": "Interim housing", "category": "Interim housing", "site": "A", "need_share": 0.5, "places": 2, "first_month": "2018-09",
    "stay_days": 90, "unit_rate": 10, "added_places": 1, "order_month": "2018-07", "lead_days": 61, "cost_per_added_place": 400,
}  # fmt: skip
LINES: dict[str, Any] = {
    "budget_lines": [{"name": "Rides", "site": "A", "first_month": "2018-09", "amount_is": "Each month"}],
    "factors": [{"name": "Number", "budget_line": "Rides", "number": 45}, {"name": "Fare", "budget_line": "Rides", "number": 20}],
    "rates": [{"name": "Indirect", "site": "A", "first_month": "2018-09", "rate": 0.1}],
    "rate_bases": [{"name": "All", "rate": "Indirect", "all_lines": True}],
}


def late(**parts: Any) -> Projection:
    content = {
        "name": "Late", "first_month": "2018-06", "months": 14, "sites": [SITE], "contracting_mechanisms": [PROPOSALS], "provider_contracts": [CONTRACT],
        "county_positions": [HIRE], "services_and_supplies": [POLICE], "treatment_and_housing": [BEDS],
    }  # fmt: skip
    return project(Scenario.model_validate(content | parts))


def begins(projection: Projection, row: str) -> list[str | None]:
    """Return the month in which each item of a row by month is first above 0."""
    months, values = projection.timeline.months, projection.monthly(row)
    return [month_label(months[int((item > 0).argmax())]) if item.any() else None for item in values]


def test_a_contract_begins_when_its_mechanism_lets_it_and_its_site_after_its_start_up() -> None:
    """A hundred days from June 1 are September 9: the contract begins in October, a site with two months of start-up in December."""
    projection = late(provider_contracts=[CONTRACT | {"start_up_months": 2}])
    assert projection.monthly("earliest_contract_start")[0] == 43_252 + 100
    assert begins(projection, "contract_is_running") == ["2018-10"]
    assert from_serial(projection.monthly("contract_start")[0]) == date(2018, 10, 1)
    assert begins(projection, "open_sites") == begins(projection, "enrollments") == ["2018-12"]
    assert from_serial(projection.monthly("site_opening")[0]) == date(2018, 12, 1)
    assert begins(projection, "start_up_cost") == ["2018-10"] and projection.by_year("start_up_cost")[0][-1] == 700
    assert begins(projection, "position_cost") == ["2018-11"], "three months late, as its site"
    assert begins(projection, "service_cost") == begins(projection, "places") == ["2018-12"]
    assert projection.monthly("one_time_service_cost")[0].tolist() == [0] * 6 + [50] + [0] * 7
    ordered = projection.monthly("care_cost")[0] - projection.monthly("ongoing_care_cost")[0]
    assert ordered.tolist() == [0] * 4 + [400] + [0] * 9
    assert projection.monthly("places")[0].tolist() == [0] * 6 + [3] * 8
    said = {finding.check: finding for finding in findings(projection)}
    assert said["contract_begins_late"].detail == "Planned for September 2018, it begins in October 2018."
    assert said["site_opens_late"].detail == "Planned for September 2018, it opens in December 2018, and what belongs to it comes as late."


def test_lines_by_quantity_and_rate_and_rates_slip_with_their_site_and_amounts_by_month_do_not() -> None:
    """Three months late: $900 a month from December; $600 over the months to February comes as $200 in each of three, not $100 in six."""
    first = LINES["budget_lines"][0]
    whole, printed = first | {"name": "Study", "amount_is": "All its months", "last_month": "2019-02"}, first | {"name": "Printed"}
    factors = [*LINES["factors"], {"name": "Price", "budget_line": "Study", "number": 600}]
    amount = {"name": "Autumn", "budget_line": "Printed", "first_month": "2018-09", "last_month": "2018-10", "amount": 80}
    parts = LINES | {"budget_lines": [first, whole, printed], "factors": factors, "amounts": [amount]}
    projection = late(**parts, sites=[SITE | {"slip_months": 3}])
    assert projection.monthly("budget_line_cost").tolist() == pytest.approx(
        np.array([[0] * 6 + [900] * 8, [0] * 6 + [200] * 3 + [0] * 5, [0] * 3 + [40] * 2 + [0] * 9])
    )
    assert begins(projection, "rate_cost") == begins(projection, "open_sites") == ["2018-12"]
    said = next(finding.detail for finding in findings(projection) if finding.check == "site_opens_late")
    assert said.endswith("and what belongs to it comes as late, but for what keeps its months: Printed.")


def test_what_keeps_its_months_is_paid_although_the_site_is_closed() -> None:
    tables = {"county_positions": [HIRE], "services_and_supplies": [POLICE], "treatment_and_housing": [BEDS], **LINES}
    for table in ("county_positions", "services_and_supplies", "treatment_and_housing", "budget_lines", "rates"):
        tables[table] = [item | {"keeps_its_months": True} for item in tables[table]]
    projection = late(provider_contracts=[], **tables)
    waits = late(provider_contracts=[], sites=[SITE | {"slip_months": 3}], **tables)
    assert (begins(projection, "open_sites"), begins(waits, "open_sites")) == (["2018-09"], ["2018-12"])
    for row in ("position_cost", "service_cost", "places", "budget_line_cost", "rate_cost"):
        assert begins(waits, row) == begins(projection, row)
    said = next(finding.detail for finding in findings(waits) if finding.check == "site_opens_late")
    assert said.endswith("but for what keeps its months: Liaison, Police time, Beds and 2 more.")


def test_a_hire_and_a_service_that_are_late_are_said_with_the_month_that_can_be_kept() -> None:
    """The hire comes two months late of its own and three with its site: five months, and the service three."""
    projection = late(provider_contracts=[], sites=[SITE | {"slip_months": 3}], county_positions=[HIRE | {"slip_months": 2}])
    said = next(finding for finding in findings(projection) if finding.check == "hires_or_services_begin_late")
    assert (said.since, said.amount) == ("2018-08", 5 + 3)
    hire = "Liaison begins in January 2019, planned for August 2018"
    assert said.detail == f"{hire}; Police time begins in December 2018, planned for September 2018."
    never = late(provider_contracts=[], services_and_supplies=[], county_positions=[HIRE | {"slip_months": 13}])
    assert late_lines(never)[0].words == "Liaison does not begin within the scenario, planned for August 2018"
    assert not late_lines(late(provider_contracts=[]))


def test_a_site_that_does_not_open_within_the_scenario_takes_what_belongs_to_it_along() -> None:
    projection = late(contracting_mechanisms=[PROPOSALS | {"lead_days": 700}])
    assert not projection.monthly("open_sites").any() and projection.by_year("gross_appropriation")[-1] == 0
    said = {finding.check: finding.detail for finding in findings(projection)}
    assert said["site_opens_late"] == "Planned for September 2018, it does not open within the scenario, nor does what belongs to it begin."
    assert said["contract_begins_late"] == "Planned for September 2018, it does not begin within the scenario."


def test_the_site_opens_with_the_first_of_its_contracts_that_serves_participants() -> None:
    """The other one keeps to its own plan; one that serves nobody opens no site and slips with it."""
    second = CONTRACT | {"name": "D", "participant_share": 0.5, "mechanism": "none", "first_month": "2018-11"}
    projection = late(provider_contracts=[CONTRACT | {"participant_share": 0.5}, second])
    assert begins(projection, "open_sites") == ["2018-10"]
    assert begins(projection, "contract_is_running") == ["2018-10", "2018-11"]
    idle = late(provider_contracts=[CONTRACT, second | {"first_month": "2018-06", "participant_share": 0}])
    assert (begins(idle, "open_sites"), begins(idle, "contract_is_running")) == (["2018-10"], ["2018-10", "2018-07"])


@given(st.data(), st.integers(1, 12))
def test_slipping_a_site_by_some_months_shifts_its_people_staff_and_gross_cost(data: st.DataObject, slip: int) -> None:
    """Without raises by date, growth of prices, fixed months, shared places and days of care, which months have more or fewer of."""
    whole, share = (lambda least, most: data.draw(st.integers(least, most))), (lambda: data.draw(st.integers(0, 100)) / 100)
    month = lambda: f"2018-{whole(7, 12):02}"  # noqa: E731
    terms = {"escalation": "anniversary", "escalation_rate": share(), "minimum_case_managers": whole(0, 2), "caseload": whole(1, 30)}
    plan = {
        "name": "Late", "first_month": "2018-07", "months": 60,
        "sites": [SITE | {"go_live": month(), "slots": whole(0, 60), "ramp_months": whole(0, 6), "monthly_exit_rate": share(), "inactive_share": share(), "waiting_exit_rate": share()}],
        "provider_contracts": [{key: value for key, value in CONTRACT.items() if key not in ("mechanism", "request_month")} | {"first_month": month(), "start_up_months": whole(0, 4), "months_at_cost": 0} | terms],
        "county_positions": [HIRE | {"hire_month": month(), "step_rate": share(), "driver": "active participants", "one_per": whole(1, 40), "slip_months": whole(0, 3)}],
        "services_and_supplies": [POLICE | {"first_month": month(), "driver": "enrollments", "amount_per_unit": whole(0, 100)}],
        **LINES,
    }  # fmt: skip
    plan["rates"] = [LINES["rates"][0] | {"first_month": month(), "at_most": whole(0, 100_000)}]
    scenario = Scenario.model_validate(plan)
    before = project(scenario)
    waited = int(before.monthly("site_slip")[0])  # what the contract makes it wait is within what is said
    after, longer = (project(changed(scenario, [Change("sites", "A", "slip_months", waited + more)])) for more in (0, slip))
    assert waited or before.monthly("gross_appropriation") == pytest.approx(after.monthly("gross_appropriation"))
    for row in ("enrollments", "active_participants", "people_waiting_for_a_slot", "case_managers", "budgeted_positions", "service_cost", "budget_line_cost", "rate_cost", "contract_cost", "gross_appropriation"):  # fmt: skip
        then, now = after.monthly(row), longer.monthly(row)
        assert now[..., slip:] == pytest.approx(then[..., :-slip], abs=1e-6), row
        assert not now[..., :slip].any(), row


def test_no_site_opens_before_a_contract_and_nothing_of_it_is_paid_before_unless_its_line_says_so(pool: Pool) -> None:
    for scenario, projection in pool:
        opened, ready = projection.monthly("open_sites"), projection.monthly("contracts_ready_at_site")
        serving = projection.monthly("contracts_that_serve_the_site")[:, np.newaxis]
        there = np.array([[site.starting_participants.value] for site in scenario.sites])
        assert ((opened == 0) | (ready > 0) | (serving == 0) | (there > 0)).all()
        assert (np.diff(opened, axis=-1) >= 0).all(), "a site that is open stays open"
        names = [site.name for site in scenario.sites]
        fixed = {amount.budget_line for amount in scenario.amounts}  # amounts name their months
        for table, row, begin in (
            ("county_positions", "position_cost", "hire_month"),
            ("services_and_supplies", "service_cost", "first_month"),
            ("treatment_and_housing", "ongoing_care_cost", "first_month"),
            ("budget_lines", "budget_line_cost", "first_month"),
            ("rates", "rate_cost", "first_month"),
        ):
            for item, cost in zip(getattr(scenario, table), projection.monthly(row), strict=True):
                if item.site in names and not item.keeps_its_months and not (table == "budget_lines" and item.name in fixed):
                    place = names.index(item.site)
                    if getattr(item, begin).day >= scenario.sites[place].go_live.day:
                        assert not cost[opened[place] == 0].any(), item.name
        for contract, running in zip(scenario.provider_contracts, projection.monthly("contract_is_running"), strict=True):
            assert not running[projection.monthly("month") < serial(contract.first_month.day)].any()


def test_a_period_that_is_extended_pays_and_ends_later_and_slips_with_nothing() -> None:
    """Ten months of 100 each; a grant of 1,000 to August 2018, or to November: three months more are paid, and less is lost."""
    grant = {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "award": 1_000, "pace": "As cost arises", "first_month": "2018-06", "last_month": "2018-08"}  # fmt: skip
    monthly = {"name": "Cost", "first_month": "2018-06", "monthly_amount": 100}
    parts = {"services_and_supplies": [monthly], "provider_contracts": [], "county_positions": [], "treatment_and_housing": []}
    planned, extended, part, beyond = (late(funding_sources=[grant | {"extension_months": more}], **parts) for more in (0, 3, 2.5, 60))
    for projection, months in ((planned, 3), (extended, 6), (part, 6)):
        assert projection.monthly("drawdown")[0].tolist() == [100] * months + [0] * (14 - months)
        assert projection.by_year("lapse")[0][-1] == 1_000 - 100 * months
        assert projection.monthly("lapse")[0].argmax() == months - 1
    assert beyond.by_year("lapse")[0][-1] == 0 and beyond.by_year("drawdown")[0][-1] == 1_000
    slipped = late(funding_sources=[grant], sites=[SITE | {"slip_months": 4}], **parts)
    assert begins(slipped, "open_sites") == ["2019-01"]
    assert (slipped.monthly("source_is_open") == planned.monthly("source_is_open")).all(), "money does not wait for a site"
