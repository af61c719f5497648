"""A copied site asks for what must be its own, until each is given; what is true of one place alone is not copied."""

from __future__ import annotations

from budget_model import Change, Scenario, changed, project
from budget_model.analysis.findings import findings, is_sound
from budget_model.editing import items as editing
from budget_model.editing.copied_sites import still_to_be_given
from budget_model.scenario.choices import AgencyType
from budget_model.scenario.schema import Agency

SITE = "North Long Beach"


def copied(expansion: Scenario) -> Scenario:
    listed = [Change("sites", SITE, "law_enforcement_agencies", ("Long Beach Police Department",))]
    listed += [Change("sites", SITE, "eligible_people", 1_248.0), Change("sites", SITE, "service_planning_area", "SPA 8")]
    return editing.with_copy(changed(expansion, listed), "sites", SITE, "Pomona")


def asked(scenario: Scenario) -> str:
    return ", ".join(still_to_be_given(scenario, next(site for site in scenario.sites if site.name == "Pomona")))


def test_what_is_true_of_one_place_is_not_copied(expansion: Scenario) -> None:
    site = copied(expansion).sites[-1]
    assert (site.law_enforcement_agencies, site.prosecutors, site.service_planning_area) == ((), (), "")
    assert (site.copied_from, site.description) == (SITE, "")
    described = changed(copied(expansion), [Change("sites", "Pomona", "description", "The foothills.")])
    assert asked(described) == asked(copied(expansion)), "what it is called decides nothing"


def test_a_copied_site_asks_for_agencies_people_beds_and_contract_until_each_is_given(expansion: Scenario) -> None:
    plan = copied(expansion)
    assert all(word in asked(plan) for word in ("partner agencies", "People of the area who are eligible", "beds", "Provider, Pomona"))
    station = Agency(name="Pomona Police", agency_type=AgencyType.POLICE, sites=("Pomona",))
    plan = plan.model_copy(update={"agencies": (*plan.agencies, station)})
    assert "partner agencies" not in asked(plan)
    plan = changed(plan, [Change("provider_contracts", "Provider, Pomona", "operating_cost", 9_000.0)])
    assert "contract" not in asked(plan)
    people = [field for field in type(plan.sites[-1]).model_fields if field.endswith(("_people", "_referrals"))]
    for field in people:
        before = getattr(plan.sites[-1], field)
        if before.is_given:
            word = {**before.model_dump(exclude={"origin"}), "confirmed_by": "Ana", "confirmed_on": "2018-11-01"}
            plan = changed(plan, [Change("sites", "Pomona", field, word)])
    assert asked(plan).startswith("beds, units and treatment slots (it has none of its own"), "until it has some, or is seen to without"
    plan = changed(plan, [Change("sites", "Pomona", "copied_from", "")])
    assert asked(plan) == ""


def test_what_it_asks_for_is_a_remark_on_the_checks(expansion: Scenario) -> None:
    (remark,) = [finding for finding in findings(project(copied(expansion))) if finding.check == "copied_site_asks"]
    assert remark.item == "Pomona" and "partner agencies" in remark.words and is_sound([remark])
    assert not [finding for finding in findings(project(expansion)) if finding.check == "copied_site_asks"]
