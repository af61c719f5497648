"""What the pilot was fitted to, and what it was not: agreement where inputs were set for it, and the figures held out."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ROOT

from budget_model import Change, Projection, Scenario, changed, load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.pilot import HEADING, How, PilotFigure, freedom, pilot_figures, shows_the_pilot
from budget_model.scenario.choices import CareKind
from budget_model.scenario.tables import placed_assumptions

PILOT, CLIFF = (ROOT / "scenarios" / f"{name}.yaml" for name in ("pilot_2017", "pilot_cliff"))
WITHIN = {"persons": 1.0, "share": 0.005, "dollars": 0.005}  # people to one, a share to half of the motion's last digit, money to the cent


@pytest.fixture(scope="module")
def pilot_projection() -> Projection:
    return project(load_scenario(PILOT))


@pytest.fixture(scope="module")
def figures(pilot_projection: Projection) -> tuple[PilotFigure, ...]:
    return pilot_figures(pilot_projection, project(load_scenario(CLIFF)))


def test_what_was_fitted_comes_out_all_at_once(figures: tuple[PilotFigure, ...]) -> None:
    fitted = [figure for figure in figures if figure.how is How.FITTED]
    assert [figure.published for figure in fitted] == [109, 0.83, 26, 16]
    assert [figure.published for figure in figures if figure.how is How.INPUT] == [5_900_000, 590_000, 700_000]
    for figure in (*fitted, *figures[4:6]):
        assert abs(figure.difference) <= WITHIN[figure.unit], figure


def test_each_number_that_was_set_to_fit_says_so_and_they_are_no_fewer_than_what_they_reach(
    pilot_projection: Projection, figures: tuple[PilotFigure, ...]
) -> None:
    counted = freedom(pilot_projection, figures)
    assert (counted.fitted, counted.inputs, counted.held_out) == (4, 3, 3)
    assert len(counted.numbers) >= counted.fitted
    assert f"{len(counted.numbers)} numbers of the pilot were set so that the model reproduces 4 figures" in counted.sentence
    assert "is a condition of a good forecast, and no evidence of one" in counted.sentence
    labels = " ".join(counted.numbers)
    assert all(word in labels for word in ("Officers' referrals", "homeless", "Beds", "need")), labels


def test_the_figures_held_out_are_shown_as_they_are_and_none_is_an_input(
    pilot_projection: Projection, figures: tuple[PilotFigure, ...]
) -> None:
    target, cost, later = (figure for figure in figures if figure.how is How.HELD_OUT)
    enrolled = float(pilot_projection.by_year("all_enrollments")[-1])  # the pilot's months end with the 26 of the target
    assert pilot_projection.timeline.count == 26
    assert (target.published, target.model) == (300, pytest.approx(enrolled))
    gross = float(pilot_projection.by_year("gross_appropriation")[-1])
    assert (cost.published, cost.model) == (21_633, pytest.approx(gross / enrolled))
    assert later.published == 300 and later.model > target.model
    assert target.difference < -30, "the pilot of the model enrolls far fewer than were expected, and the table says so"
    outcomes = {"lac_enrol_10mo", "lac_homeless_at_entry", "lac_interim_or_sud_bed", "lac_psh_10mo"}
    assert not outcomes & {cell.assumption.evidence for cell in placed_assumptions(pilot_projection.scenario)}


def test_without_the_prolonged_program_what_speaks_of_later_years_is_left_out(pilot_projection: Projection) -> None:
    assert sum(figure.how is How.HELD_OUT for figure in pilot_figures(pilot_projection)) == 2


def test_a_plan_that_goes_on_is_put_beside_the_grant_up_to_its_end_alone(figures: tuple[PilotFigure, ...]) -> None:
    """All months of the prolonged program were divided by the people whom the grant's months enrolled."""
    cliff = project(load_scenario(CLIFF))
    for one, other in zip(figures, pilot_figures(cliff, cliff), strict=True):
        assert (one.label, one.published) == (other.label, other.published)
        assert other.model == pytest.approx(one.model, rel=1e-9), one.label


def test_the_command_shows_the_pilot_beside_any_plan_as_the_page_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["motion", "expansion_2018"]) == 0
    printed = capsys.readouterr().out
    assert HEADING in printed and "those of the plan 'LEAD pilot 2017'" in printed and "People diverted in the pilot" in printed
    assert "Part of the grant that the City of Long Beach gets: The model has the part of the 29 months" in printed, "why an input differs"


def test_only_a_plan_with_the_months_of_the_motions_figures_is_put_beside_them(pilot_projection: Projection, expansion: Scenario) -> None:
    assert shows_the_pilot(pilot_projection)
    assert not shows_the_pilot(project(expansion))


def test_the_cliff_is_what_the_pilot_costs_after_its_grant() -> None:
    cliff = project(load_scenario(ROOT / "scenarios" / "pilot_cliff.yaml"))
    before, after = cliff.years.index("FY 2018-19"), cliff.years.index("FY 2019-20")
    assert cliff.by_year("funding_gap")[before] == 0
    assert cliff.by_year("funding_gap")[after] > 0.9 * cliff.by_year("gross_appropriation")[after]
    assert cliff.by_year("ongoing_cost_on_one_time_money")[before] > 0.5 * cliff.by_year("gross_appropriation")[before]


def test_after_two_full_years_the_expansion_has_as_many_in_care_as_the_pilot_where_places_suffice(expansion: Scenario) -> None:
    """The motion: 26 of 109 participants in interim housing or inpatient treatment, 24%; where beds are too few the wait says so."""
    care = expansion.treatment_and_housing
    kinds = [list(CareKind).index(kind) for kind in (CareKind.INTERIM_HOUSING, CareKind.INPATIENT_TREATMENT)]
    enough = project(changed(expansion, [Change("treatment_and_housing", item.name, "places", 5_000) for item in care]))
    shares = enough.monthly("people_in_place_by_kind")[kinds].sum(axis=0) / enough.monthly("all_active_participants")
    two_years = int(enough.monthly("all_open_sites").argmax()) + 24  # after the last area opened
    assert (np.abs(shares[two_years:] - 0.24) <= 0.05).all(), shares[two_years:]
    said = f"with places enough, {shares[two_years:].mean():.0%} of participants"
    assert all(said in item.need_again_share.note for item in care if item.need_again_share.evidence)
    assert not enough.monthly("people_waiting")[:, 2:].any(), "the women's site opens in the third month"
    as_planned = project(expansion)
    beds = [item.name for item in care].index("Stabilization interim housing")
    late = as_planned.monthly("expected_wait")[beds] > care[beds].target_wait_days.number
    assert late.sum() == as_planned.by_year("months_beyond_target")[beds, -1] == 25 and as_planned.monthly("places")[beds][late].all()


def test_the_model_says_what_permanent_homes_that_end_interim_stays_change_in_the_expansion(expansion: Scenario) -> None:
    """docs/model.md: off in the shipped files; with a half of those placed leaving each interim line, two waits are shorter."""
    interim = [item.name for item in expansion.treatment_and_housing if item.kind is CareKind.INTERIM_HOUSING]
    before = project(expansion)
    after = project(changed(expansion, [Change("treatment_and_housing", name, "moves_on_share", 1 / len(interim)) for name in interim]))
    beyond = [projection.yearly_table("months_beyond_target")["Total"][interim].astype(int).tolist() for projection in (before, after)]
    assert beyond == [[53, 25], [49, 3]]
    said = " ".join((ROOT / "docs" / "model.md").read_text().split())
    assert (
        f"in {beyond[1][0]} months rather than {beyond[0][0]} and stabilization housing in {beyond[1][1]} rather than {beyond[0][1]}"
        in said
    )
    assert after.by_year("gross_appropriation") == pytest.approx(before.by_year("gross_appropriation"), abs=0.005)


def test_what_was_fitted_to_the_pilot_says_so_and_the_model_lists_it(expansion: Scenario) -> None:
    fitted = {
        placed.assumption.evidence: placed.assumption
        for placed in placed_assumptions(expansion)
        if placed.field == "need_again_share" and placed.assumption.is_given
    }
    assert len(fitted) == 6 and "the six monthly shares of need that comes again" in (ROOT / "docs" / "model.md").read_text()
    for name, assumption in fitted.items():
        assert name.startswith("need_again_") and assumption.note.startswith("Fitted, not found") and assumption.confidence == "low"
