"""Forms that can be handed in: lines that come to what the source pays, whole dollars that foot, words, and what is missing."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import PILOT, ROOT, Pool

from budget_model import Projection, Scenario, ScenarioError, load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.by_object_class import by_object_class, object_class_totals
from budget_model.analysis.funder_forms import template as forms
from budget_model.analysis.funder_forms.filled_form import LEAVES, LINE, SECTION, FilledForm, FilledTable, filled_form
from budget_model.analysis.funder_forms.items import form_items
from budget_model.analysis.funder_forms.payers import Payer
from budget_model.analysis.funder_forms.record import funder_form_record
from budget_model.analysis.funder_forms.template import BUDGET_DETAIL, SF_424A, STATE_GRANT, form_names, load_form
from budget_model.analysis.rounding import closed
from budget_model.projection import MATCH_LABEL
from budget_model.scenario.choices import ObjectClass
from budget_model.scenario.schema import Rounding

COLUMNS = ROOT / "tests" / "analysis" / "published" / "three-column-template-federal-cash-inkind.yaml"
HALVES: dict[str, Any] = {
    "name": "Half dollars",
    "first_month": "2019-07",
    "months": 12,
    "sites": [{"name": "Area", "go_live": "2019-07", "slots": 1}],
    "services_and_supplies": [
        {"name": "A", "first_month": "2019-07", "one_time_amount": 1000.5, "category": "Equipment", "narrative": "Desks."},
        {"name": "B", "first_month": "2019-07", "one_time_amount": 2000.5, "category": "Data and evaluation"},
        {"name": "C", "first_month": "2019-07", "one_time_amount": {"value": 3000.5, "note": "6 x 500 + 0.5"}, "object_class": "Travel"},
    ],
    "funding_sources": [
        {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "award": 10_000, "first_month": "2019-07", "status": "Awarded",
         "pays": ["Equipment", "Data and evaluation", "Services and supplies"], "funder_type": "Federal", "assistance_listing": "16.838"}
    ],
}  # fmt: skip


def form(projection: Projection, name: str, source: str = "") -> FilledForm:
    return filled_form(projection, load_form(name), source)


def amounts(filled: FilledForm, heading: str, label: str) -> list[int | None]:
    """Return the printed amounts of the row of a table that begin with these words."""
    table = next(table for table in filled.tables if table.heading.startswith(heading))
    row = next(row for row in table.rows if row.label.startswith(label))
    return [None if cell is None else int(cell.amount) for cell in row.cells]


def foots(table: FilledTable) -> None:
    """Assert that whole dollars add up: lines to their section, sections and rows to each total, columns to the total beside them."""
    columns = table.declared.columns
    for number, column in enumerate(columns):
        if column.text or column.nothing:
            continue
        above, sections, lines = Decimal(0), Decimal(0), Decimal(0)
        for row in table.rows:
            cell = row.cells[number]
            assert cell is not None and cell.amount == cell.amount.to_integral_value()
            if row.kind in LEAVES:
                above += cell.amount
                lines += cell.amount * (row.kind == LINE)
            elif row.kind == SECTION:
                sections += cell.amount
            else:
                assert cell.amount == above, row.label
        assert sections == lines
    for row in table.rows:
        printed = [(column.total, cell.amount) for column, cell in zip(columns, row.cells, strict=True) if cell]
        assert {amount for total, amount in printed if total} <= {sum(amount for total, amount in printed if not total)}


def test_the_pilots_attachment_foots_and_says_how_each_line_is_worked_out(pilot: Scenario) -> None:
    """Rounded by themselves, the lines would come to an award of 5,900,001 and a match of 590,002."""
    filled = form(project(pilot), STATE_GRANT)
    assert amounts(filled, "Budget line items", "Total") == [None, 5_900_000, 590_000, 0, 6_490_000]
    closed = [(one.of, int(one.difference)) for one in filled.tables[0].closings]
    assert closed == [("Grant", -1), ("Cash match", -1), ("Cash match", -1)]
    for row in filled.tables[0].rows:
        assert all(abs(float(cell.amount) - cell.exact) < 1 for cell in row.cells if cell and row.kind == LINE), (
            "no line by a dollar or more"
        )
    manager = next(row for row in filled.tables[0].rows if row.label == "LEAD program manager")
    pay, benefits, set_up, of_cost = manager.texts[0].splitlines()
    assert pay.startswith(
        "Pay: 1 position x $9,500 a month x 100% of time x 26 months (2017-05 to 2019-06) = $247,000; raises and steps +$"
    )
    assert benefits.startswith("Benefits: 55% of $262,865.45 of salaries = $144,576; salary savings of 5% -$7,228.80; $137,347.20 in all")
    assert (set_up, of_cost) == ("Set-up: $3,000 once x 1 new hire = $3,000", "99.4% of this cost is on this form")
    assert "LEAD program manager" in filled.without_narrative


def test_a_published_budget_prints_its_columns_and_its_computations() -> None:
    filled = form(project(load_scenario(COLUMNS)), BUDGET_DETAIL)
    assert amounts(filled, "Budget detail", "Total project costs") == [None, 209_310, 60_707, 270_017]
    assert amounts(filled, "Budget detail", "G. Contractual") == [None, 150_000, 50_000, 200_000]
    visits = next(row for row in filled.tables[0].rows if row.label == "Visits - mileage")
    assert visits.texts[0] == "3 visits x 2 ways x 350 miles x $0.365 a mile = $766.50"
    assert filled.tables[0].difference == Decimal("0.50"), "60,706.50 rounds half up; its fringe lines half to even"


def test_the_sections_of_the_federal_form_tie_to_each_other(pilot: Scenario) -> None:
    filled = form(project(pilot), SF_424A)
    *_, federal, others, both = amounts(filled, "Section A", "5. Totals")
    assert federal is not None and others is not None and both == federal + others
    assert amounts(filled, "Section B", "k. Totals") == [federal, others, both] == amounts(filled, "Section F", "Total")
    assert amounts(filled, "Section C", "12.")[-1] == others
    assert [amounts(filled, "Section D", label)[0] for label in ("13.", "14.", "15.")] == [federal, others, both]
    later = amounts(filled, "Section E", "20.")
    assert federal + sum(amount or 0 for amount in later) == 5_900_000


def test_half_dollars_are_closed_on_the_largest_line_and_the_difference_is_said() -> None:
    """3,001, 2,001 and 1,001 come to 6,003, and the rounded total is 6,002: the largest line takes the dollar."""
    filled = form(project(Scenario.model_validate(HALVES)), BUDGET_DETAIL)
    table = filled.tables[0]
    assert {row.label: int(row.cells[1].amount) for row in table.rows if row.kind == LINE and row.cells[1]} == {
        "A": 1001,
        "B": 2001,
        "C": 3000,
    }
    assert [(one.of, one.at, one.difference) for one in table.closings] == [("Federal request", "C", -1)]
    assert table.difference == Decimal("0.50") and amounts(filled, "Budget detail", "Total project")[-1] == 6_002
    assert filled.narrative == (("A", "Desks."),) and filled.without_narrative == ("B", "C")
    assert amounts(filled, "Budget detail", "C. Travel")[-1] == 3_000, "the line says its class"


def test_a_quarter_is_of_the_grant_and_the_first_grant_year_may_be_a_part_year() -> None:
    monthly = {"name": "A", "first_month": "2019-07", "monthly_amount": 100, "category": "Equipment"}
    given = HALVES | {"months": 24, "services_and_supplies": [monthly]}
    whole = form(project(Scenario.model_validate(given)), SF_424A)
    assert amounts(whole, "Section D", "13.") == [1_200, 300, 300, 300, 300]
    (source,) = HALVES["funding_sources"]
    calendar = form(project(Scenario.model_validate(given | {"funding_sources": [source | {"grant_year_month": 1}]})), SF_424A)
    assert amounts(calendar, "Section D", "13.") == [600, 0, 0, 300, 300]
    assert amounts(calendar, "Section E", "16.") == [1_200, 600, 0, 0]


def test_a_second_funders_form_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = {
        "title": "Budget of the City's fund", "short": "city form", "sheet": "City", "widths": [30, 12, 12],
        "tables": [{"heading": "Uses", "first_column": "Use", "columns": [{"heading": "Fund", "payers": ["Grant"]}, {"heading": "All", "total": True}],
                    "rows": [{"label": "Things", "classes": ["Equipment", "Travel"], "lines": True}, {"label": "Sum", "total": True}]}],
    }  # fmt: skip
    (tmp_path / "city.yaml").write_text(yaml.safe_dump(city), encoding="utf-8")
    monkeypatch.setattr(forms, "FORMS", tmp_path)
    assert form_names() == ("city",)
    filled = form(project(Scenario.model_validate(HALVES)), "city")
    assert [row.label for row in filled.tables[0].rows] == ["Things", "A", "C", "What no line above takes", "B", "Sum"]
    assert amounts(filled, "Uses", "Sum") == [6_002, 6_002], "nothing that the source pays is left out in silence"
    (tmp_path / "bad.yaml").write_text("title: Bad\ntables: [{rows: [{label: A, period: soon}]}]\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"bad\.yaml, line 2: tables\[1\]\.rows\[1\]\.period.*year 1, year 2"):
        load_form("bad")


@pytest.mark.skipif(sys.platform != "linux", reason="links of that kind are Linux's")
def test_a_file_that_is_no_form_is_refused_with_its_fault_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "FORMS", tmp_path)
    (tmp_path / "nowhere.yaml").symlink_to("gone.yaml")
    (tmp_path / ".#kept_by_an_editor.yaml").symlink_to("gone.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name, content in {
        "open": "title: [\n",
        "list": "- 7\n",
        "deep": "[" * 50_000,
        "two": "title: A\ntitle: B\n",
        "Big Name": "a: 1\n",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(content)
    faults = {
        "nowhere": "it is a link that leads nowhere", "folder": "it is a folder, and no file", "open": "line 2: this is not valid YAML",
        "list": "line 1: expected a form", "deep": "line 1: expected at most 20 values within each other",
        "two": "line 2: the key 'title' stands twice", "Big Name": "rename the file",
    }  # fmt: skip
    assert set(form_names()) == set(faults)
    for name, fault in faults.items():
        with pytest.raises(ScenarioError) as refused:
            load_form(name)
        assert f"{name}.yaml" in str(refused.value) and fault in str(refused.value), name


def test_lines_of_every_source_come_to_what_it_pays_by_object_class(pool: Pool) -> None:
    for scenario, projection in pool:
        parts = by_object_class(projection)
        for position, source in enumerate(scenario.funding_sources):
            items = form_items(projection, position).items
            for payer, name in ((Payer.GRANT, source.name), (Payer.CASH_MATCH, f"{MATCH_LABEL}{source.name}")):
                expected = {of: float(cost.sum()) for of, cost in object_class_totals(parts, name).items()}
                if payer is Payer.GRANT:
                    claimed = float(projection.monthly("indirect_claimed")[position].sum())
                    expected[ObjectClass.INDIRECT] = expected.get(ObjectClass.INDIRECT, 0.0) + claimed
                for of in ObjectClass:
                    found = sum(
                        float(item.amounts[payer].value.sum()) for item in items if item.object_class is of and payer in item.amounts
                    )
                    assert found == pytest.approx(expected.get(of, 0.0), abs=0.01, rel=0), (source.name, payer, of)


def test_forms_foot_and_are_what_the_schema_describes(pool: Pool) -> None:
    schema = json.loads((ROOT / "docs" / "funder_form.schema.json").read_text(encoding="utf-8"))
    for scenario, projection in [*pool][:6]:
        if not scenario.funding_sources:
            continue
        for name in form_names():
            filled = form(projection, name, scenario.funding_sources[-1].name)
            for table in filled.tables:
                foots(table)
            record = json.loads(json.dumps(funder_form_record(filled)))
            jsonschema.validate(record, schema)
            assert list(record) == list(schema["properties"]), "in a stable order"


def test_the_command_prints_a_form_and_says_what_it_does_not_know(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["form", str(PILOT), "--template", "state_grant", "--json", str(tmp_path / "form.json")]) == 0
    printed = capsys.readouterr().out
    assert "Rounded to add up: Grant, -1 on Civil legal services." in printed and "Narrative is missing: LEAD program manager" in printed
    assert json.loads((tmp_path / "form.json").read_text(encoding="utf-8"))["source"] == "BSCC LEAD grant"
    for wrong in (["--template", "moon"], ["--template", "sf424a", "--source", "Moon"], ["--source", "BSCC LEAD grant"]):
        assert main(["form", str(PILOT), *wrong]) == 2
        assert "expected one of" in (told := capsys.readouterr().err) or "--template" in told


def test_the_years_of_the_federal_form_come_to_the_award_and_columns_to_their_line() -> None:
    """Thirds of 100,000 by grant year, and of a line by source: each rounds to 33,333, and all must print the whole."""
    thirds = {"name": "A", "first_month": "2019-07", "monthly_amount": 100_000 / 36, "category": "Equipment"}
    (source,) = HALVES["funding_sources"]
    three_years = HALVES | {"months": 36, "services_and_supplies": [thirds], "funding_sources": [source | {"award": 100_000}]}
    filled = form(project(Scenario.model_validate(three_years)), SF_424A)
    assert amounts(filled, "Section A", "1. ")[3] == 33_333
    assert amounts(filled, "Section E", "16. ") == [33_334, 33_333, 0, 0]
    assert [int(amount) for amount in closed([100 / 3] * 3, Rounding(to="dollar"))] == [34, 33, 33]
    assert [str(amount) for amount in closed([100 / 3] * 3, Rounding(to="cent"))] == ["33.34", "33.33", "33.33"]


def test_the_federal_form_says_what_the_state_gives_and_what_lies_in_none_of_its_years() -> None:
    monthly = {"name": "A", "first_month": "2019-07", "monthly_amount": 1_000, "category": "Equipment"}
    (source,) = HALVES["funding_sources"]
    grant = source | {"award": 72_000, "match": {"rate": 0.25, "basis": "grant spent", "pledged": 18_000}}
    state = {"name": "State", "treatment": "Revenue", "timing": "One-time", "award": 1_200, "first_month": "2019-07", "pays": ["Equipment"]}
    state |= {"funder_type": "State", "income_of": "Grant", "income_use": "Counted as match"}
    seven_years = HALVES | {"months": 84, "services_and_supplies": [monthly], "funding_sources": [grant, state]}
    projection = project(Scenario.model_validate(seven_years))
    filled = form(projection, SF_424A)
    assert amounts(filled, "Section C", "8. ")[1:3] == [int(projection.monthly("drawdown")[1][:12].sum() + 0.5), 0]
    years = [amounts(filled, "Section A", "1. ")[3], *amounts(filled, "Section E", "16. ")]
    later = float(projection.monthly("drawdown")[0].sum()) - sum(year or 0 for year in years)
    assert any(f"${later:,.2f} of the source's money falls in no period of this form" in remark for remark in filled.remarks), (
        filled.remarks
    )
