"""The shipped scenarios are plans one can defend: what is wrong with one, or lost by it, its description says."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SHIPPED
from shipped_tables import COMPARED_YEAR, EXPANSION, GUIDE, PILOT, projected, use_after_opening, written_anew

from budget_model.scenario.choices import AgencyType, BudgetTreatment, SourceStatus

OF_THE_LAW = {AgencyType.POLICE, AgencyType.SHERIFF, AgencyType.OTHER_LAW_ENFORCEMENT}
EXPANSIONS = [path.stem for path in SHIPPED if path.stem.startswith(EXPANSION)]
LOST_MONEY, LOSING_PROVIDERS = "is lost", "provider_loses_too_much"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_passes_its_checks_or_says_which_it_fails_on_purpose(path: Path) -> None:
    projection = projected(path.stem)
    for check in projection.checks:
        assert check.passed or f"fails the check on {check.name.replace('_', ' ')} on purpose" in projection.scenario.description, check


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_money_from_outside_is_lost_unless_the_description_says_so(path: Path) -> None:
    projection = projected(path.stem)
    lost = projection.by_year("outside_money_lost")[..., -1].sum()
    says_so = f"money of FY 2019-20 {LOST_MONEY}" in " ".join(projection.scenario.description.split())
    assert (lost > 0.005) == says_so, f"{lost:,.2f}"


@pytest.mark.parametrize("name", EXPANSIONS)
def test_no_provider_loses_more_than_the_share_it_may(name: str) -> None:
    assert not projected(name).by_year(LOSING_PROVIDERS)[..., -1].any()


@pytest.mark.parametrize("name", EXPANSIONS)
def test_people_of_an_area_are_counted_once_and_referred_at_one_rate(name: str) -> None:
    scenario = projected(name).scenario
    counts = [site.homeless_people.evidence for site in scenario.sites]
    assert len(set(counts)) == len(counts) and all(counts)
    for site in scenario.sites:
        assert not site.pre_booking_referrals.value + site.social_contact_referrals.value, f"{site.name} has a rate of its own"
        assert site.supervisorial_district
        assert site.eligible_people.number == pytest.approx(0.18 * site.homeless_people.number, abs=3)
    for agency in scenario.agencies:
        assert set(agency.sites) <= {site.name for site in scenario.sites}
        assert agency.agency_type not in OF_THE_LAW or len(agency.sites) == 1, f"{agency.name} polices the ground of two sites"
    assert {site.name for site in scenario.sites} == {
        one for agency in scenario.agencies if agency.agency_type in OF_THE_LAW for one in agency.sites
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_an_agency_of_which_nothing_was_read_is_marked_as_background_knowledge(path: Path) -> None:
    for agency in projected(path.stem).scenario.agencies:
        assert agency.source or "Background knowledge; to be confirmed." in agency.note, agency.name


def test_slots_are_sized_to_use() -> None:
    projection = projected("expansion_2018_eight_areas")
    use = [use_after_opening(projection, place) for place in range(len(projection.scenario.sites))]
    assert all(0.88 <= share <= 0.95 for share in use), use


@pytest.mark.parametrize("name", EXPANSIONS)
def test_the_county_authorizes_nothing_before_the_board_can_act(name: str) -> None:
    pilot, scenario = projected(PILOT).scenario, projected(name).scenario
    of_the_pilot = {source.yearly_amount.number for source in pilot.funding_sources if source.treatment is BudgetTreatment.NET_COUNTY_COST}
    for source in scenario.funding_sources:
        if source.treatment is BudgetTreatment.NET_COUNTY_COST and f"{source.first_month.day:%Y-%m}" < "2019-07":
            assert source.yearly_amount.number in of_the_pilot and source.last_month and f"{source.last_month.day:%Y-%m}" == "2019-06"
    later = [one for one in scenario.funding_sources if one.treatment is BudgetTreatment.NET_COUNTY_COST and not one.last_month]
    assert {one.status for one in later} == {SourceStatus.REQUESTED} and "authorized" not in scenario.description, "it is asked for"


def test_the_countys_money_of_the_pilot_stands_alike_in_both_files() -> None:
    """What pilot and expansion have in FY 2018-19 is authorized; of what the pilot's file prolongs nothing is known."""
    standing = {}
    for name in (PILOT, EXPANSION, "pilot_cliff"):
        of_county = [one for one in projected(name).scenario.funding_sources if one.treatment is BudgetTreatment.NET_COUNTY_COST]
        standing[name] = of_county[0].status
    assert standing == {PILOT: "Awarded", EXPANSION: "Awarded", "pilot_cliff": "Not stated"}


def test_pilot_and_expansion_agree_on_the_year_that_both_have() -> None:
    """Money by category is compared, with reasons, in docs/scenarios.md."""
    pilot, expansion = projected(PILOT), projected(EXPANSION)
    then, now = pilot.years.index(COMPARED_YEAR), expansion.years.index(COMPARED_YEAR)
    by_community = 0.5 * 12 * len(pilot.scenario.sites) * 0.8  # referrals a month, a pathway that the pilot has not
    assert abs(expansion.by_year("all_enrollments")[now] - pilot.by_year("all_enrollments")[then] - by_community) < 0.1
    assert expansion.by_year("funding_gap")[now] == pilot.by_year("funding_gap")[then] == 0
    assert expansion.by_year("net_county_cost")[now] == pytest.approx(pilot.by_year("net_county_cost")[then], abs=50_000)


def test_where_agencies_do_not_refer_sites_stay_empty_and_no_slots_hide_it() -> None:
    planned, failed = projected(EXPANSION), projected("expansion_2018_low_referral")
    opened = [place for place, site in enumerate(failed.scenario.sites) if not site.starting_participants.number]
    assert len(opened) == 4
    for place in opened:
        slots = failed.scenario.sites[place].slots.number
        assert failed.by_year("active_participants")[place, -1] < 0.35 * slots < planned.by_year("active_participants")[place, -1]
        assert not failed.monthly("people_waiting_for_a_slot")[place].any()
    cost = [one.by_year("gross_appropriation")[-1] / one.by_year("participant_months")[..., -1].sum() for one in (planned, failed)]
    assert cost[1] > 1.3 * cost[0]


def test_the_tables_of_the_guide_are_those_of_the_projections() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert written_anew(text) == text, "python tests/scenario/shipped_tables.py writes them anew"
