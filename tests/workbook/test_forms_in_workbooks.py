"""Funders' forms in workbooks: live formulas that come to what is printed, foot after an edit, and say what they do not list."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import ironcalc
import openpyxl
import pytest
import yaml
from conftest import ROOT
from edited_books import edited

from budget_model import Scenario, load_scenario
from budget_model.analysis.funder_forms import template as forms
from budget_model.analysis.funder_forms.template import BUDGET_DETAIL, SF_424A, form_names
from budget_model.errors import ScenarioError
from budget_model.scenario.choices import CostCategory, IncomeUse
from budget_model.scenario.schema import Rounding
from budget_model.workbook.layout import template as layouts
from budget_model.workbook.writing.export import file_name, workbook_of
from budget_model.workbook.writing.recompute import recomputed

PUBLISHED = ROOT / "tests" / "analysis" / "published"
THREE_COLUMNS = PUBLISHED / "three-column-template-federal-cash-inkind.yaml"
EVEN, OTHER_MODES = "half to even", ("half away from zero", "up", "down")
LAPTOP, SPARE = "in_service_one_time_amount_laptop", "in_service_one_time_amount_spare_service"
FORM_CHECKS = ("Form ties to Funding", "Form lists every line")


@pytest.fixture(scope="module")
def printed() -> Scenario:
    return load_scenario(THREE_COLUMNS)


def total_row(cells: Mapping[str, list[object]], label: str) -> list[object]:
    """Return the amounts of the row that a label begins, in the columns of the form."""
    return [value for value in cells[label] if isinstance(value, (int, float))]


def rows_of(path: Path, sheet: str, columns: int) -> dict[str, list[object]]:
    """Return the rows of a sheet by their label as IronCalc recomputes it."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    number = next(number for number, about in enumerate(model.get_worksheets_properties()) if about["name"] == sheet)
    rows = range(1, openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)[sheet].max_row + 1)
    return {
        str(model.get_cell_value(number, row, 1)).strip(): [model.get_cell_value(number, row, column) for column in range(2, columns + 1)]
        for row in rows
    }


@pytest.mark.parametrize(("name", "mode"), [*((name, EVEN) for name in form_names()), *((BUDGET_DETAIL, mode) for mode in OTHER_MODES)])
def test_the_formulas_come_to_what_is_printed_under_every_rule(name: str, mode: str, printed: Scenario) -> None:
    rounded = printed.model_copy(update={"rounding": Rounding(to="dollar", mode=mode)})
    written = workbook_of(rounded, name)
    assert recomputed(written).cells == len(written.cells)


def test_a_form_follows_an_edit_foots_and_fails_where_a_line_is_missing(tmp_path: Path, printed: Scenario) -> None:
    """A laptop of 1,500.40 is 160.40 more. What a grant comes to pay of a spare line is on the form with the next export, and said."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook_of(printed, BUDGET_DETAIL).content)
    before = total_row(rows_of(path, "Budget detail", 5), "Total project costs")
    assert before == [209_310, 60_707, 270_017]
    changed = tmp_path / "edited.xlsx"
    edited(path, changed, {LAPTOP: 1_500.4})
    rows = rows_of(changed, "Budget detail", 5)
    assert total_row(rows, "Total project costs") == [209_470, 60_707, 270_177]
    sections = [total_row(rows, label)[0] for label in rows if label[1:3] == ". "]
    assert sum(amount for amount in sections if isinstance(amount, (int, float))) == 209_470
    assert form_checks(changed) == {"PASS"}
    everything = printed.funding_sources[0].model_copy(update={"pays": tuple(CostCategory)})
    path.write_bytes(workbook_of(printed.model_copy(update={"funding_sources": (everything,)}), BUDGET_DETAIL).content)
    assert form_checks(path) == {"PASS"}
    edited(path, changed, {SPARE: 700})
    assert "FAIL" in form_checks(changed)


def form_checks(path: Path) -> set[object]:
    """Return the results of the checks of a form as IronCalc recomputes them."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    number = next(number for number, about in enumerate(model.get_worksheets_properties()) if about["name"] == "Checks")
    rows = range(9, openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)["Checks"].max_row + 1)
    lines = [[model.get_cell_value(number, row, column) for column in range(1, 7)] for row in rows]
    return {cell for line in lines if set(FORM_CHECKS).intersection(map(str, line)) for cell in line if cell in ("PASS", "FAIL")}


def test_a_second_funders_form_is_a_workbook_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: Scenario) -> None:
    city = {
        "title": "Budget of the City's fund", "short": "city form", "sheet": "City's uses", "widths": [30, 12, 12],
        "tables": [{"heading": "Uses", "first_column": "Use", "columns": [{"heading": "Fund", "payers": ["Grant"]}, {"heading": "All", "total": True}],
                    "rows": [{"label": "People", "classes": ["Personnel", "Fringe benefits"], "lines": True}, {"label": "Sum", "total": True}]}],
    }  # fmt: skip
    (tmp_path / "city.yaml").write_text(yaml.safe_dump(city), encoding="utf-8")
    monkeypatch.setattr(forms, "FORMS", tmp_path)
    monkeypatch.setattr(layouts, "FORMS", tmp_path)
    written = workbook_of(printed, "city")
    assert recomputed(written).cells
    sheet = openpyxl.load_workbook(io.BytesIO(written.content), data_only=True)["City's uses"]
    said = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert "What no line above takes" in said and sheet.cell(said.index("Sum") + 1, 2).value == 209_310
    assert file_name("Plan", "city") == "Plan city form draft.xlsx"


def test_the_form_is_on_paper_before_what_is_given_and_formulas_are_short(printed: Scenario) -> None:
    written = workbook_of(printed, SF_424A)
    assert written.printed[:2] == ("Cover", "SF-424A")
    cover = openpyxl.load_workbook(io.BytesIO(written.content), data_only=True)["Cover"]
    said = [str(cell.value) for row in cover.iter_rows(max_col=2) for cell in row]
    assert f"filled in for {printed.funding_sources[0].name}" in " ".join(said)
    assert not [text for text in said if "motion" in text.lower()], "which asked for no form"
    form = [cell.formula for (sheet, *_), cell in written.cells.items() if sheet in ("SF-424A", "Form amounts")]
    assert max(map(len, form)) <= 160


@pytest.mark.parametrize("name", form_names())
def test_a_plan_without_a_source_has_no_form_to_hand_in(pilot: Scenario, name: str) -> None:
    """The spare row of a source is none: its form would be empty, and sound."""
    with pytest.raises(ScenarioError, match="a form is filled in for a funding source"):
        workbook_of(pilot.model_copy(update={"funding_sources": ()}), name)


def test_a_position_that_a_partners_cash_pays_stands_on_the_form_with_its_parts(pilot: Scenario) -> None:
    """What a partner gives of a position is parted into pay and benefits, as what the source and its match give is."""
    matched = next(source for source in pilot.funding_sources if source.match)
    partner = matched.model_copy(
        update={"name": "Partner", "match": None, "income_of": matched.name, "income_use": IncomeUse.COUNTED_AS_MATCH}
    )
    plan = pilot.model_copy(update={"funding_sources": (partner, *pilot.funding_sources)})
    recomputed(workbook_of(plan, "state_grant", source=matched.name))
