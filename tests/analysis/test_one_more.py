"""What one more site truly costs: the difference of two projections, whatever the plan."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import Pool

from budget_model import Scenario, project
from budget_model.__main__ import main
from budget_model.analysis.one_more import one_more, one_more_of_each, without_site
from budget_model.errors import ScenarioError

CENT = 0.01
SITE = {"name": "A", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "starting_participants": 20}
OTHER = SITE | {"name": "B", "starting_participants": 15}
PLAN = {"name": "Year", "first_month": "2019-07", "months": 12, "sites": [SITE, OTHER]}


def test_the_true_cost_takes_in_the_step_of_shared_staff_and_what_sources_then_pay() -> None:
    """One manager for 30 people: B's 15 make it two. A city pays at B alone; the state has 9,000, which A's 6,000 leave 3,000 of."""
    pay = {"hire_month": "2019-07", "monthly_salary": 1_000}
    manager = {"name": "Manager", **pay, "driver": "active participants", "one_per": 30}
    services = [
        {"name": f"Police, {site}", "site": site, "first_month": "2019-07", "monthly_amount": 500, "category": "Public agencies"}
        for site in "AB"
    ]
    common = {"first_month": "2019-07", "last_month": "2020-06", "treatment": "Revenue", "timing": "One-time", "pays": ["Public agencies"]}
    sources = [
        {"name": "City", **common, "award": 1_000, "pays_only_at": ["B"]},
        {"name": "State", **common, "award": 9_000, "pays_only_at": ["A", "B"]},
    ]
    plan = Scenario.model_validate(PLAN | {"county_positions": [manager], "services_and_supplies": services, "funding_sources": sources})
    found = one_more(project(plan), "B")
    assert found.site_cost.tolist() == [6_000, 6_000]
    assert found.shared["County staff"].tolist() == [12_000, 12_000]
    assert found.gross_appropriation[-1] == pytest.approx(18_000)
    assert found.outside_money[-1] == pytest.approx(1_000 + 3_000)
    assert found.net_county_cost[-1] == pytest.approx(14_000)
    assert found.cost_per_participant_month[-1] == pytest.approx(18_000 / (15 * 12))
    lines, waits, money = found.reasons
    assert "Shared lines that move: Manager +$12,000" in lines and "hired sooner" in lines
    assert "are as many with the site as without it; no longest wait changes" in waits
    assert money == "Of the outside money that comes with it: +$4,000 status not stated."
    alone = without_site(plan, "B")
    assert [(source.name, source.pays_only_at) for source in alone.funding_sources] == [("State", ("A",))]


def test_the_only_site_has_no_true_cost_of_one_more() -> None:
    plan = project(Scenario.model_validate(PLAN | {"sites": [SITE]}))
    with pytest.raises(ScenarioError, match="two sites or more"):
        one_more(plan, "A")
    assert one_more_of_each(plan) == ()


def test_for_each_site_of_every_shipped_plan_it_is_the_difference_of_two_projections(shipped: Scenario) -> None:
    projection = project(shipped)
    found = one_more_of_each(projection)
    assert [one.site for one in found] == [site.name for site in shipped.sites]
    for place, one in enumerate(found):
        without = project(without_site(shipped, one.site))
        for row, more in (("gross_appropriation", one.gross_appropriation), ("net_county_cost", one.net_county_cost)):
            assert more == pytest.approx(projection.by_year(row) - without.by_year(row), abs=CENT, rel=0)
        assert one.site_cost == pytest.approx(projection.by_year("site_cost")[place], abs=CENT, rel=0)


def test_longer_waits_elsewhere_are_said_where_places_do_not_grow(expansion: Scenario) -> None:
    _, waits, money = one_more(project(expansion), "Antelope Valley").reasons
    assert "so waits change: " in waits and "Women's interim housing" not in waits, "it is at its longest with and without"
    assert "asked for" in money


def test_site_cost_and_what_is_shared_come_to_what_is_paid_whatever_the_plan(pool: Pool) -> None:
    for _, projection in pool:
        for one in one_more_of_each(projection):
            assert np.abs(one.site_cost + one.shared_cost - one.gross_appropriation).max() < 1
            assert np.abs(one.outside_money + one.net_county_cost - one.gross_appropriation).max() < CENT


def test_the_command_prints_it_and_names_the_sites_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["one-more", "pilot_2017", "North Long Beach"]) == 0
    printed = capsys.readouterr().out
    assert "True cost" in printed and "Site cost is what stands at the site." in printed
    assert main(["one-more", "pilot_2017", "north long  beach"]) == 0 and capsys.readouterr().out == printed
    assert main(["one-more", "pilot_2017", "Long Beach"]) == 2
    assert "expected one of: North Long Beach, South LA and Compton" in capsys.readouterr().err
