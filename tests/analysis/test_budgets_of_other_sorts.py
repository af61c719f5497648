"""Budgets as funders of other sorts write them, with nothing worked out by hand: each comes to every total that it prints."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT

from budget_model import load_scenario, project
from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.findings import findings, grave
from budget_model.analysis.funder_forms.filled_form import filled_form
from budget_model.analysis.funder_forms.template import load_form

SORTS = sorted((ROOT / "tests" / "analysis" / "sorts").glob("*.yaml"))


@pytest.mark.parametrize("path", SORTS, ids=lambda path: path.stem)
def test_a_budget_comes_to_every_total_that_it_prints_and_is_sound(path: Path) -> None:
    now = project(load_scenario(path))
    assert now.scenario.control_totals and not [one.words for one in grave(findings(now))]
    assert not [one.words for one in findings(now) if one.check == "field_without_effect"]


def test_a_partners_cash_stands_beside_the_countys_own_on_federal_forms() -> None:
    """Of the match of 247,301 the city gives 120,000; each column foots."""
    now = project(load_scenario(next(path for path in SORTS if path.stem.startswith("federal_grant"))))
    totals = {name: [table.rows[-1].cells for table in filled_form(now, load_form(name)).tables] for name in ("budget_detail", "sf424a")}
    assert [cell.amount for cell in totals["budget_detail"][0] if cell] == [741_903, 247_301, 989_204]
    assert [cell.amount for cell in totals["sf424a"][3] if cell] == [41_186, 0, 39_024, 80_210]  # of the applicant, the State, others


def test_lines_rounded_up_add_up_to_the_total_of_all_months_of_a_fiscal_and_of_a_grant_year() -> None:
    now = project(load_scenario(next(path for path in SORTS if path.stem.startswith("state"))))
    totals = []
    for period in ("Total", "FY 2019-20", "2019-10 to 2020-09"):
        form = budget_form(now, year=period)
        assert form.total == sum((line.amount for line in form.lines), Decimal(0))
        assert all(Decimal(0) <= line.amount - Decimal(f"{line.exact:.15g}") < 1 for line in form.lines)
        totals.append(form.total)
    assert totals == [268_857, 136_868, 184_240]
