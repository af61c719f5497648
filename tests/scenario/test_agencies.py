"""Partner agencies as a file says them: what contradicts itself is refused, and names of earlier files are still read."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT

from budget_model import Scenario, ScenarioError, load_scenario, project
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.motion_clauses import AGENCIES
from budget_model.editing.changes import checked
from budget_model.scenario.agencies import law_enforcement, names_by_stage, prosecutors, stages_in_words
from budget_model.scenario.choices import AgencyStage, AgencyType, Readiness, SourceConfidence
from budget_model.scenario.confirmation import State
from budget_model.scenario.schema import Agency


def with_agency(scenario: Scenario, **told: Any) -> Scenario:
    agency = Agency.model_validate({"name": "A Station", "agency_type": "Sheriff's station", **told})
    return scenario.model_copy(update={"agencies": (agency,)})


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"confidence": "high"}, "agencies[A Station].confidence is 'high'; expected 'low' where no source is given"),
        ({"sites": ["Nowhere"]}, "agencies[A Station].sites is 'Nowhere'; expected the name of an entry of sites"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(pilot: Scenario, told: dict[str, Any], refusal: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        checked(with_agency(pilot, **told))
    assert refusal in str(refused.value)


def test_a_signed_agreement_has_its_date_and_a_source_vouches_for_it(pilot: Scenario) -> None:
    told = {"stage": "Agreement signed", "agreement_date": "2017-11-01", "source": "Agreement 17-04", "confidence": "high"}
    (agency,) = checked(with_agency(pilot, **told)).agencies
    assert (agency.stage, agency.agreement_date, agency.confidence) == (AgencyStage.SIGNED, "2017-11-01", SourceConfidence.HIGH)


def test_an_agency_can_be_set_back_and_its_day_is_kept_and_said(pilot: Scenario) -> None:
    """A workbook, where the stage may be chosen anew and the day may not, was refused."""
    told = {"stage": "Contacted", "agreement_date": "2017-11-01", "sites": [pilot.sites[0].name]}
    plan = checked(with_agency(pilot, **told))
    answer = next(answer for answer in crosswalk(project(plan)) if answer.clause.id == AGENCIES)
    assert plan.agencies[0].agreement_date == "2017-11-01"
    assert "The day of an agreement stands, but not that it is signed: A Station." in answer.said


def test_agencies_are_named_by_how_far_they_have_come(expansion: Scenario) -> None:
    """'Agreement signed 1; Contacted 1' and two names after it did not say which."""
    said = names_by_stage(prosecutors(expansion, "North Long Beach"), Readiness.NOT_KNOWN)
    assert said == "Agreement signed: Long Beach City Prosecutor. Contacted: Los Angeles County District Attorney"
    assert names_by_stage((), Readiness.APPROACHED).endswith(": none named")


def test_signed_without_a_day_or_a_site_confirms_nothing_and_says_so(pilot: Scenario) -> None:
    whole = {"stage": "Agreement signed", "agreement_date": "2017-11-01", "sites": [pilot.sites[0].name]}
    bare = pilot.model_copy(update={"sites": tuple(site.model_copy(update={"law_enforcement_agencies": ()}) for site in pilot.sites)})
    for told, word in ((whole, State.CONFIRMED), (whole | {"agreement_date": ""}, State.DRAFT), (whole | {"sites": []}, State.DRAFT)):
        answer = next(answer for answer in crosswalk(project(with_agency(bare, **told))) if answer.clause.id == AGENCIES)
        assert answer.word is word
        assert ("not counted as confirmed: A Station" in answer.said) is (word is State.DRAFT)


def test_a_file_of_an_earlier_form_keeps_its_names_and_its_word() -> None:
    older = load_scenario(ROOT / "tests" / "older" / "templates" / "scenario.yaml")
    assert older.agencies == () and any(site.law_enforcement_agencies for site in older.sites)
    for site in older.sites:
        named = law_enforcement(older, site.name)
        assert tuple(agency.name for agency in named) == site.law_enforcement_agencies
        assert all(agency.agency_type is AgencyType.OTHER_LAW_ENFORCEMENT for agency in named)
        assert stages_in_words(named, Readiness.AGREED) == "Agreed", "the site's own word"
        assert tuple(agency.name for agency in prosecutors(older, site.name)) == site.prosecutors
