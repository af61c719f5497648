"""The crosswalk of the Board's motion: figures that answer, agencies counted once, and words that rest on confirmations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import pytest
from conftest import ROOT

from budget_model import Change, Projection, Scenario, changed, load_scenario, project
from budget_model.analysis.change_table import change_table
from budget_model.analysis.motion import Answer, crosswalk
from budget_model.analysis.motion_clauses import CLAUSES, HOUSING, KINDS, TREATMENT, numbers_of_clauses
from budget_model.analysis.motion_figures import first_full_year
from budget_model.formats import dollars
from budget_model.scenario.agencies import agencies, by_stage, law_enforcement, parents
from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.choices import AgencyStage, AgencyType, BudgetTreatment, CostCategory, Readiness, SourceStatus
from budget_model.scenario.confirmation import State, confirmations, doubts
from budget_model.scenario.schema import Agency
from budget_model.scenario.tables import declared_fields


@pytest.fixture(scope="module")
def whole(expansion: Scenario) -> Projection:
    return project(expansion)


def answers(projection: Projection) -> dict[str, Answer]:
    return {answer.clause.id: answer for answer in crosswalk(projection)}


def confirmed(scenario: Scenario, tables: Collection[str], most: int = 10_000) -> Scenario:
    """Return a scenario in which somebody confirms the numbers of some tables, those of so many items at most."""
    word = {"confirmed_by": "R. Diaz", "confirmed_on": "2018-12-03"}
    found = {}
    for table in tables:
        items = []
        for index, item in enumerate(getattr(scenario, table)):
            fields = [field for field, _ in declared_fields(type(item)) if isinstance(getattr(item, field), NumberAssumption)]
            told = {field: getattr(item, field).model_copy(update=word) for field in fields}
            items.append(item.model_copy(update=told) if index < most else item)
        found[table] = tuple(items)
    return scenario.model_copy(update=found)


def test_every_number_that_a_plan_gives_belongs_to_one_clause(expansion: Scenario) -> None:
    numbers = numbers_of_clauses(expansion)
    assert sum(map(len, numbers.values())) == confirmations(expansion).needed
    found = answers(project(expansion))
    assert list(found) == [clause.id for clause in CLAUSES] == ["M0", "M1a", "M1b", "M1c", "M2a", "M2b", "M2c", "M2-A", "M2-B"]
    assert found["M0"].needed == confirmations(expansion).needed


def test_a_confirmation_moves_no_number_to_another_clause_and_counts_where_the_clause_stands(expansion: Scenario) -> None:
    """As in the workbook, which counts names and days beside the lines where a clause stands."""
    before = answers(project(expansion))
    word = {"confirmed_by": "R. Diaz", "confirmed_on": "2018-12-03"}
    for name in ("M1a", "M1c", "M2b", "M2c", "M2-A", "M2-B"):
        told = numbers_of_clauses(expansion)[name]
        changes = [Change(one.table, one.item, one.field, one.assumption.model_dump() | word) for one in told]
        after = answers(project(changed(expansion, changes)))
        assert (after[name].word, after[name].confirmed) == (State.CONFIRMED, len(told))
        assert {clause: answer.needed for clause, answer in after.items()} == {clause: answer.needed for clause, answer in before.items()}


def test_no_clause_is_answered_by_an_amount_alone(whole: Projection) -> None:
    """A7: what nobody has confirmed is a draft, whatever its value."""
    found = answers(whole)
    assert {found[name].word for name in ("M0", "M1a", "M1c", "M2a", "M2b", "M2c", "M2-A", "M2-B")} == {State.DRAFT}
    assert found["M2a"].figures[0].value > 0


def test_words_follow_who_confirmed_what(expansion: Scenario) -> None:
    # Months of slip stand beside the positions' own numbers; raises and savings are numbers of the same clause.
    staff = ("county_positions", "cost_of_living_adjustments", "benefit_components", "salary_savings")
    some = answers(project(confirmed(expansion, staff, most=1)))
    assert (some["M2b"].word, some["M2a"].word, some["M0"].word, some["M2c"].word) == (
        State.IN_PART, State.IN_PART, State.IN_PART, State.DRAFT,
    )  # fmt: skip
    word = {"confirmed_by": "R. Diaz", "confirmed_on": "2018-12-03"}
    general = expansion.general.model_copy(update={"cost_of_living_rate": expansion.general.cost_of_living_rate.model_copy(update=word)})
    everything = answers(project(confirmed(expansion.model_copy(update={"general": general}), staff)))
    assert everything["M2b"].word is State.CONFIRMED and everything["M2b"].confirmed == everything["M2b"].needed
    assert everything["M2a"].word is State.IN_PART, "the funding rests on other numbers too"
    by_name_alone = expansion.model_copy(
        update={"general": expansion.general.model_copy(update={"cost_of_living_rate": expansion.general.cost_of_living_rate.model_copy(
            update={"confirmed_by": "R. Diaz"})})}
    )  # fmt: skip
    assert answers(project(by_name_alone))["M2b"].confirmed == 0, "a name without a day confirms nothing"


def test_half_a_confirmation_and_a_day_still_to_come_are_said(expansion: Scenario) -> None:
    def with_word(**word: str) -> Scenario:
        first, *others = expansion.sites
        told = first.model_copy(update={"slots": first.slots.model_copy(update=word)})
        return expansion.model_copy(update={"sites": (told, *others)})

    label = expansion.sites[0].name
    (half,) = doubts(with_word(confirmed_by="R. Diaz"), date(2018, 12, 3))
    assert half.startswith("A name without a day, or a day without a name, confirms nothing: ") and label in half
    (ahead,) = doubts(with_word(confirmed_by="R. Diaz", confirmed_on="2018-12-04"), date(2018, 12, 3))
    assert "a day that is still to come" in ahead and label in ahead
    assert not doubts(with_word(confirmed_by="R. Diaz", confirmed_on="2018-12-03"), date(2018, 12, 3))
    assert half in answers(project(with_word(confirmed_by="R. Diaz")))["M0"].said


def test_positions_of_the_change_tables_are_reconciled_with_the_new_ones(whole: Projection) -> None:
    """5.5 new positions stood beside change tables that add 1.0 and 7.5."""
    added = sum(table.lines[-2].printed.budgeted_positions for table in (change_table(whole, year) for year in whole.timeline.years))
    assert f"+{added:.1f}" in answers(whole)["M2b"].said


def test_the_pilot_has_no_new_area_and_the_expansion_names_its_own(whole: Projection) -> None:
    """A7: M1a was answered by the pilot's two areas."""
    pilot = answers(project(load_scenario(ROOT / "scenarios" / "pilot_2017.yaml")))["M1a"]
    assert (pilot.word, pilot.figures[0].value, pilot.said) == (State.MISSING, 0, "No area of this plan opens after the motion.")
    areas = answers(whole)["M1a"]
    named = [figure.label.removesuffix(" opens") for figure in areas.figures[1:]]
    assert areas.figures[0].value == len(named) == 4
    assert not {"North Long Beach", "South LA and Compton"} & set(named)


def test_an_agency_counts_once_however_many_sites_it_serves(expansion: Scenario) -> None:
    """A6: six sites with a text were called six agencies."""
    first, second = (site.name for site in expansion.sites[:2])
    records = (
        Agency(
            name="Station A",
            agency_type=AgencyType.SHERIFF,
            parent_agency="Sheriff",
            sites=(first, second),
            stage=AgencyStage.SIGNED,
            agreement_date="2018-12-03",
        ),
        Agency(name="Station B", agency_type=AgencyType.SHERIFF, parent_agency="Sheriff", sites=(second,)),
        Agency(name="District Attorney", agency_type=AgencyType.PROSECUTOR, sites=(first,), stage=AgencyStage.SIGNED),
        Agency(name="To be found", agency_type=AgencyType.POLICE, sites=(second,), stage=AgencyStage.NONE_NAMED),
    )
    bare = {"law_enforcement_agencies": (), "prosecutors": ()}
    sites = [site.model_copy(update=bare) for site in expansion.sites]
    # A list of an earlier file names one of them again, and one that has no record, at two sites.
    listed = {"law_enforcement_agencies": ("station a", "Police of C"), "law_enforcement_readiness": Readiness.AGREED}
    sites[2:4] = [site.model_copy(update=listed) for site in sites[2:4]]
    plan = expansion.model_copy(update={"agencies": records, "sites": tuple(sites)})
    named = law_enforcement(plan)
    assert [agency.name for agency in named] == ["Station A", "Station B", "Police of C"]
    assert {stage: number for stage, number in by_stage(named).items() if number} == {
        AgencyStage.SIGNED: 1,
        AgencyStage.CONTACTED: 1,
        AgencyStage.NAMED: 1,
    }, "no record, no signature"
    assert set(named[0].sites) == {first, second, *(site.name for site in sites[2:4])}
    assert parents(named) == ("Sheriff", "Police of C")
    assert [agency.name for agency in agencies(plan) if agency.agency_type is AgencyType.PROSECUTOR] == ["District Attorney"]
    answer = answers(project(plan))["M1b"]
    assert (answer.word, answer.confirmation) == (State.IN_PART, "1 of 3 agencies signed")
    assert [(figure.label, figure.value) for figure in answer.figures] == [
        ("Law-enforcement agencies named, each once", 3), ("Agreement signed", 1), ("Agreement drafted", 0), ("Interested in writing", 0),
        ("Contacted", 1), ("Named", 1),
    ]  # fmt: skip


def test_outside_money_is_told_apart_and_the_countys_own_is_no_resource(whole: Projection) -> None:
    """F6: M2c counted the County's own money."""
    found = answers(whole)["M2c"].figures
    claimed, sources = whole.by_year("money_claimed")[:, -1], whole.scenario.funding_sources
    outside = [source.treatment is not BudgetTreatment.NET_COUNTY_COST for source in sources]
    awarded = [source.status is SourceStatus.AWARDED for source in sources]
    assert found[0].value == pytest.approx(claimed[outside].sum())
    assert found[1].value == pytest.approx(claimed[np.array(outside) & np.array(awarded)].sum())
    earned = [source.status is SourceStatus.EARNED_BY_CLAIMS for source in sources]
    assert found[2].value == pytest.approx(claimed[earned].sum()) != 0
    assert found[0].value == pytest.approx(found[1].value + found[2].value + found[3].value)


def test_treatment_and_housing_have_costs_and_longest_waits_of_their_own(whole: Projection) -> None:
    """F6, F8: housing was all care, and a wait was looked at on the last day of the last year alone."""
    found = answers(whole)
    treatment, housing = found[TREATMENT].figures, found[HOUSING].figures
    assert treatment[-1].value + housing[-1].value == pytest.approx(float(whole.by_year("all_care_cost")[-1]))
    assert treatment[-1].value > 0 < housing[-1].value
    waits = {figure.label.partition(":")[0]: figure.value for figure in (*treatment, *housing) if "longest wait" in figure.label}
    for index, care in enumerate(whole.scenario.treatment_and_housing):
        assert waits[care.name] == pytest.approx(float(whole.monthly("expected_wait")[index].max()))
        assert care.kind in (*KINDS[TREATMENT], *KINDS[HOUSING])


def test_a_wait_at_the_longest_that_is_counted_is_that_or_more_and_what_the_cost_of_places_leaves_out_is_said(whole: Projection) -> None:
    found = answers(whole)
    waits = [figure for name in (TREATMENT, HOUSING) for figure in found[name].figures if "longest wait" in figure.label]
    assert {figure.words for figure in waits if figure.value == 365} == {"365 days or more"}
    assert not any("or more" in figure.words for figure in waits if figure.value < 365)
    places = list(CostCategory).index(CostCategory.SUBSTANCE_USE_TREATMENT)
    beside = float(whole.by_year("cost_by_category")[places, -1]) - found[TREATMENT].figures[-1].value
    assert dollars(beside) in found[TREATMENT].said and "navigators" in found[TREATMENT].said


def test_the_first_full_year_has_every_site_open_from_its_first_day(whole: Projection) -> None:
    year = first_full_year(whole)
    assert year is not None
    start, stop = whole.timeline.spans[year]
    opened = whole.monthly("open_sites")
    assert stop - start == 12 and (opened[:, start:stop] == 1).all()
    assert not (opened[:, whole.timeline.spans[year - 1][0]] == 1).all()
    gross = answers(whole)["M2a"].figures[0]
    assert gross.in_full_year == pytest.approx(float(whole.by_year("gross_appropriation")[year])) and gross.value > gross.in_full_year
    last = whole.scenario.sites[int(whole.monthly("site_opening").argmax())].name
    later = project(changed(whole.scenario, [Change("sites", last, "slip_months", 3)]))
    assert first_full_year(later) == year + 1, "a year in which the last one opens is not full"


def test_whatever_the_plan_the_parts_add_up_and_each_number_stands_once(random_scenarios: list[Scenario]) -> None:
    for scenario in random_scenarios[-30:]:
        projection = project(scenario)
        found = answers(projection)
        assert found["M0"].needed == confirmations(scenario).needed
        assert all(np.isfinite(figure.value) for answer in found.values() for figure in answer.figures)
        care = found[TREATMENT].figures[-1].value + found[HOUSING].figures[-1].value
        assert care == pytest.approx(float(projection.by_year("all_care_cost")[-1]), abs=0.005, rel=0)
        agencies_named = found["M1b"].figures
        assert agencies_named[0].value == sum(figure.value for figure in agencies_named[1:])
        assert float(projection.monthly("all_law_enforcement_agencies")) <= agencies_named[0].value
