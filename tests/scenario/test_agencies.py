"""Partner agencies as a file says them: what contradicts itself is refused, and names of earlier files are still read."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import ROOT

from budget_model import Scenario, ScenarioError, load_scenario
from budget_model.editing.changes import checked
from budget_model.scenario.agencies import law_enforcement, prosecutors, stages_in_words
from budget_model.scenario.choices import AgencyStage, AgencyType, Readiness, SourceConfidence
from budget_model.scenario.schema import Agency


def with_agency(scenario: Scenario, **told: Any) -> Scenario:
    agency = Agency.model_validate({"name": "A Station", "agency_type": "Sheriff's station", **told})
    return scenario.model_copy(update={"agencies": (agency,)})


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (
            {"agreement_date": "2018-05-01", "stage": "Contacted"},
            "agencies[A Station].stage is 'Contacted'; expected 'Agreement signed', for the line has the date of an agreement",
        ),
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


def test_a_file_of_an_earlier_form_keeps_its_names_and_its_word() -> None:
    older = load_scenario(ROOT / "tests" / "older" / "templates" / "scenario.yaml")
    assert older.agencies == () and any(site.law_enforcement_agencies for site in older.sites)
    for site in older.sites:
        named = law_enforcement(older, site.name)
        assert tuple(agency.name for agency in named) == site.law_enforcement_agencies
        assert all(agency.agency_type is AgencyType.OTHER_LAW_ENFORCEMENT for agency in named)
        assert stages_in_words(named, Readiness.AGREED) == "Agreed", "the site's own word"
        assert tuple(agency.name for agency in prosecutors(older, site.name)) == site.prosecutors
