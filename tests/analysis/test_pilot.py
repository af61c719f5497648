"""The pilot as proof: the motion's figures come out of the model, and none of them goes in."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ROOT

from budget_model import Change, Scenario, changed, load_scenario, project
from budget_model.analysis.motion import compared_with_motion
from budget_model.scenario.choices import CareKind
from budget_model.scenario.tables import placed_assumptions

PILOT = ROOT / "scenarios" / "pilot_2017.yaml"
WITHIN = {"persons": 0.5, "share": 0.005, "dollars": 0.005}  # half of the last digit that the motion gives; money to the cent


def test_the_motions_figures_come_out_all_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    found = compared_with_motion(project(load_scenario(PILOT)))
    with capsys.disabled():
        print("\nmotion, model, difference")
        for line in found:
            print(f"{line.label} ({line.unit}): {line.motion:,.2f}, {line.model:,.2f}, {line.difference:+,.2f}")
    assert [line.motion for line in found] == [109, 0.83, 26, 16, 5_900_000, 590_000]
    for line in found:
        assert abs(line.difference) < WITHIN[line.unit], line


def test_no_assumption_of_the_pilot_is_a_figure_of_the_motion_on_people() -> None:
    outcomes = {"lac_enrol_10mo", "lac_homeless_at_entry", "lac_interim_or_sud_bed", "lac_psh_10mo"}
    assert not outcomes & {cell.assumption.evidence for cell in placed_assumptions(load_scenario(PILOT))}


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
    assert not enough.monthly("people_waiting")[:, 2:].any(), "the women's site opens in the third month"
    as_planned = project(expansion)
    assert as_planned.by_year("longest_wait")[[item.name for item in care].index("Women's interim housing"), -1] == 365


def test_the_model_says_what_permanent_homes_that_end_interim_stays_change_in_the_expansion(expansion: Scenario) -> None:
    """docs/model.md: off in the shipped files; with a third of those placed leaving each interim line, two waits are shorter."""
    interim = [item.name for item in expansion.treatment_and_housing if item.kind is CareKind.INTERIM_HOUSING]
    before = project(expansion)
    after = project(changed(expansion, [Change("treatment_and_housing", name, "moves_on_share", 1 / len(interim)) for name in interim]))
    beyond = [projection.yearly_table("months_beyond_target")["Total"][interim].astype(int).tolist() for projection in (before, after)]
    assert beyond == [[53, 44, 0], [47, 29, 0]]
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
    assert len(fitted) == 8 and "the eight monthly shares of need that comes again" in (ROOT / "docs" / "model.md").read_text()
    for name, assumption in fitted.items():
        assert name.startswith("need_again_") and assumption.note.startswith("Fitted, not found") and assumption.confidence == "low"
