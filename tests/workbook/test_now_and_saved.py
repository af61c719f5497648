"""Each input stands beside the value it was saved with; what differs is listed by formulas, with who and why from its own row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from conftest import template_of_14_months
from edited_books import edited, recomputed
from spreadsheets import read
from written import WrittenWorkbooks

from budget_model.errors import ScenarioError
from budget_model.projection import net_county_cost, project
from budget_model.workbook.layout.assumption_columns import COLUMN
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.sheets.what_changed_sheet import FIRST_ROW, LINES

SMALL = template_of_14_months()
SLOTS, RATE, STATUS = "in_site_slots_first_area", "in_cost_of_living_rate", "in_source_status_state_grant"
CHANGED = {SLOTS: 120, RATE: 0.05, STATUS: "Requested"}
SAID = {(SLOTS, "who"): "Maria Lopez", (SLOTS, "why"): "SAPC asked for it", (RATE, "why"): "The new agreement"}


def test_every_input_stands_beside_the_value_it_was_saved_with(written: WrittenWorkbooks) -> None:
    sheet = openpyxl.load_workbook(written.workbook(SMALL))["Assumptions"]
    inputs = [row for row in sheet.iter_rows(min_row=FIRST_ASSUMPTION_ROW + 1) if row[COLUMN["id"]].value]
    assert len(inputs) > 500
    for row in inputs:
        now, saved = (row[COLUMN[name]] for name in ("now", "saved"))
        assert now.value == saved.value and not now.protection.locked and saved.protection.locked
        assert not any(row[COLUMN[name]].protection.locked for name in ("who", "why"))


@pytest.mark.office
def test_what_changed_lists_changed_inputs_with_who_and_why_and_what_they_come_to(written: WrittenWorkbooks, tmp_path: Path) -> None:
    path = tmp_path / "changed.xlsx"
    rows = edited(written.workbook(SMALL), path, CHANGED, SAID)
    imported = read(path)
    before, after = net_county_cost(project(SMALL)), net_county_cost(project(imported.scenario))
    assert imported.effect == pytest.approx(after - before) and abs(imported.effect) > 1
    for cells in recomputed(path, "What changed", tmp_path).values():
        costs = [line[1] for line in cells[4:8]]
        assert costs == [pytest.approx(before), pytest.approx(after), pytest.approx(after - before), len(CHANGED)]
        listed = [line for line in cells[FIRST_ROW : FIRST_ROW + LINES] if line[0] not in (None, "")]
        assert [line[7] for line in listed] == sorted(rows.values())
        of = {line[7]: [text or "" for text in line[:7]] for line in listed}
        assert of[rows[SLOTS]] == [
            "First Area", "Participants the site can carry", 100, 120, "participants", "Maria Lopez", "SAPC asked for it",
        ]  # fmt: skip
        assert of[rows[RATE]][:1] + of[rows[RATE]][2:] == ["Whole program", 0.03, 0.05, "share a year", "", "The new agreement"]
        assert of[rows[STATUS]][2:4] == ["Awarded", "Requested"]


@pytest.mark.office
def test_net_county_cost_saved_now_and_the_difference_stand_on_cover_and_assumptions(written: WrittenWorkbooks, tmp_path: Path) -> None:
    path = tmp_path / "changed.xlsx"
    edited(written.workbook(SMALL), path, CHANGED)
    before, after = net_county_cost(project(SMALL)), net_county_cost(project(read(path).scenario))
    for cells in recomputed(path, "Cover", tmp_path).values():
        shown = {line[0]: line[1] for line in cells}
        assert shown["Net county cost as saved ($)"] == pytest.approx(before)
        assert shown["Net county cost now ($)"] == pytest.approx(after)
        assert shown["Difference ($)"] == pytest.approx(after - before)
        assert shown["Inputs changed since"] == len(CHANGED)
    for cells in recomputed(path, "Assumptions", tmp_path).values():
        cost, difference = cells[FIRST_ASSUMPTION_ROW - 3], cells[FIRST_ASSUMPTION_ROW - 2]
        assert str(cost[0]).startswith("Net county cost over all months, now and as saved")
        assert [cost[COLUMN[name]] for name in ("now", "saved")] == pytest.approx([after, before])
        assert [difference[COLUMN[name]] for name in ("now", "saved")] == pytest.approx([after - before, len(CHANGED)])


def test_who_and_why_are_read_from_the_row_and_what_does_not_agree_is_said(written: WrittenWorkbooks, tmp_path: Path) -> None:
    path = tmp_path / "said.xlsx"
    spare = {"in_source_name_spare_source": "CalAIM", "in_source_award_spare_source": 1_000, "in_source_pays_spare_source_county_staff": 1}
    said = SAID | {("in_source_award_spare_source", "why"): "Offered in May", ("in_price_growth_rate", "who"): "Nobody"}
    rows = edited(written.workbook(SMALL), path, CHANGED | spare | {"in_price_growth_rate": 0.025}, said)
    imported = read(path)
    told = {change.address.rpartition("!C")[2]: (change.who, change.why) for change in imported.changes if not change.is_addition}
    assert told == {
        str(rows[SLOTS]): ("Maria Lopez", "SAPC asked for it"),
        str(rows[RATE]): ("", "The new agreement"),
        str(rows[STATUS]): ("", ""),
    }
    assert [(change.item, change.why) for change in imported.changes if change.is_addition] == [("CalAIM", "Offered in May")]
    assert set(imported.who) == {"Maria Lopez", "Nobody"}
    remarks = " ".join(imported.remarks)
    assert "Who or why stands beside inputs that were not changed: Price growth" in remarks
    assert "Nothing says who changed these inputs, or why: State grant: Status." in remarks


def test_a_formula_for_who_is_refused_by_its_cell(written: WrittenWorkbooks, tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    edited(written.workbook(SMALL), path, {SLOTS: 120}, {(SLOTS, "who"): "=A1"})
    with pytest.raises(ScenarioError, match=r"Assumptions!H\d+ \(First Area: Participants the site can carry: who changed it\) is =A1"):
        read(path)


def test_given_inputs_stand_first_in_an_item_and_the_filter_hides_defaults_alone(written: WrittenWorkbooks) -> None:
    sheet = openpyxl.load_workbook(written.workbook(SMALL))["Assumptions"]
    standing: dict[str, list[str]] = {}
    for row in sheet.iter_rows(min_row=FIRST_ASSUMPTION_ROW + 1):
        word = row[COLUMN["given"]].value
        if row[COLUMN["id"]].value:
            assert row[0].value and bool(sheet.row_dimensions[row[0].row].hidden) == (word == "default")
            standing.setdefault(row[0].value, []).append(word)
    assert all(words == sorted(words, reverse=True) for words in standing.values()), "given before default"
    assert {"given", "default"} <= set(standing["Second Area"]) and set(standing["Spare source"]) == {"spare row"}
    items = list(standing)
    assert items.index("Second Area") < items.index("Program manager") < items.index("Provider, First Area") < items.index("State grant")
    assert sheet.auto_filter.ref and not sheet.protection.autoFilter, "filters may be set under protection"
    titles = [rule.promptTitle or "" for rule in sheet.data_validations.dataValidation]
    labels = {row[1].value for row in sheet.iter_rows(min_row=FIRST_ASSUMPTION_ROW + 1)}
    assert {title for title in titles if title} <= labels | {"Confidence", "Kind"}, "no title is cut"
