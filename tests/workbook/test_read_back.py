"""An edited workbook comes back as a scenario: what was changed is found, and nothing that cannot be trusted is taken."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from shutil import copy
from typing import Any

import openpyxl
import pytest
import scale
from conftest import EXPANSION, PILOT, ROOT, SHIPPED, template_of_14_months
from drawn_edits import some_edits
from office import saved_by_libreoffice
from openpyxl.utils.cell import coordinate_to_tuple
from spreadsheets import differences, formula_cells, read, recomputed_by_ironcalc, stored, without_stored_values
from written import WrittenWorkbooks, shows_what_was_saved
from xlsxwriter.utility import xl_col_to_name

from budget_model import Change, Scenario, ScenarioError, changed, load_scenario, project
from budget_model.analysis.findings import judged_by_no_row
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.analysis.workbook_content import workbook_content
from budget_model.editing.typed_entries import with_evidence
from budget_model.errors import BudgetModelError, WorkbookError
from budget_model.projection import net_county_cost
from budget_model.scenario.assumption import LAST_MONTH
from budget_model.scenario.choices import AppropriationClass, CostCategory
from budget_model.scenario.text import whole
from budget_model.workbook.layout.assumption_columns import COLUMN
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, TOTAL, Book
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, NUMBER, entries
from budget_model.workbook.layout.evidence_cells import COLUMNS, EARLIER_COLUMNS, EARLIER_HEAD_ROW, LATER
from budget_model.workbook.layout.template import load_template
from budget_model.workbook.reading.assumption_layout import columns_of
from budget_model.workbook.reading.cells import read as cells_of
from budget_model.workbook.reading.edits import Imported
from budget_model.workbook.reading.reader import import_workbook
from budget_model.workbook.writing.export import workbook_of

RANDOM = range(0, scale.NOW.large + scale.NOW.small, 1 if scale.NOW.proof else 2)
# Sheets whose lines are those of the day the workbook was made: the order of changes, the first full year, how many numbers were given.
OF_THE_DAY = {"Change table", "Changes by unit", "Crosswalk"}
SMALL = template_of_14_months()


@pytest.fixture
def small(written: WrittenWorkbooks, tmp_path: Path) -> Path:
    """The workbook of the scenario to copy, cut to fourteen months."""
    return copy(written.workbook(SMALL), tmp_path / "small.xlsx")


def _book(scenario: Scenario) -> Book:
    return Book(workbook_content(scenario), load_template())


def comes_back(scenario: Scenario, written: WrittenWorkbooks) -> None:
    imported = read(written.workbook(scenario))
    assert imported.scenario == imported.base == scenario
    assert (imported.changes, imported.remarks) == ((), ())


@pytest.mark.parametrize("file", SHIPPED if scale.NOW.proof else [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_a_shipped_workbook_is_read_back_as_the_scenario_it_was_made_from(file: Path, written: WrittenWorkbooks) -> None:
    comes_back(load_scenario(file), written)


@pytest.mark.parametrize("number", RANDOM)
def test_a_random_workbook_is_read_back_as_the_scenario_it_was_made_from(
    number: int, random_scenarios: list[Scenario], written: WrittenWorkbooks
) -> None:
    comes_back(random_scenarios[number], written)


@pytest.mark.office
@pytest.mark.parametrize("number", range(scale.NOW.edited + 1))
def test_edits_made_in_libreoffice_are_found_and_give_what_the_workbook_shows(
    number: int, pilot: Scenario, random_scenarios: list[Scenario], written: WrittenWorkbooks, tmp_path: Path
) -> None:
    luck = random.Random(scale.NOW.seed + number)
    scenario = random_scenarios[-number] if number else pilot
    book = _book(scenario)
    edits = some_edits(scenario, book, luck)
    target = tmp_path / "edited.xlsx"
    saved_by_libreoffice([(written.workbook(scenario), target, {book.names[offset]: value for offset, (value, _) in edits.items()})])
    imported = read(target)
    moved = {offset: value for offset, (value, _) in edits.items() if value != book.entries[offset].value}
    assert sorted(change.address for change in imported.changes) == sorted(
        f"Assumptions!C{offset + FIRST_ASSUMPTION_ROW + 1}" for offset in moved
    )
    made = [change for offset, (_, change) in edits.items() if offset in moved]
    assert imported.scenario == changed(scenario, [*with_evidence(scenario, made, {})])
    assert imported.effect == pytest.approx(net_county_cost(project(imported.scenario)) - net_county_cost(project(scenario)))
    cells = workbook_of(imported.scenario).cells
    placed = {(sheet, f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"): cell for (sheet, row, column), cell in cells.items()}
    fixed = fixed_lines_of_the_cover(target)
    # What no row judges is judged when a workbook is made: a number typed may have no effect, or lose it.
    judged_alike = [*judged_by_no_row(imported.scenario)] == [*judged_by_no_row(scenario)]
    shown = {
        place: cell.value
        for place, cell in placed.items()
        if place[0] not in OF_THE_DAY
        and (judged_alike or not (place[0] in ("Checks", "Check results") or str(cell.value).startswith("Faults: ")))
        and not (place[0] == "Cover" and coordinate_to_tuple(place[1])[0] > fixed)
        and not shows_what_was_saved(place[0], cell.formula)
    }
    assert not differences(shown, stored(target))[:5]


def fixed_lines_of_the_cover(path: Path) -> int:
    """Return the line of the cover below which all stands lower the more there was to look at on the day of the export."""
    book = openpyxl.load_workbook(path, read_only=True)
    (found,) = (line for line, (text,) in enumerate(book["Cover"].iter_rows(max_col=1, values_only=True), 1) if _is_to_look_at(text))
    book.close()
    return found


def _is_to_look_at(text: object) -> bool:
    return isinstance(text, str) and text.startswith("What to look at")


@pytest.mark.office
def test_filled_spare_rows_count_in_the_workbook_and_come_back_as_additions(small: Path, tmp_path: Path) -> None:
    start = 43647.0  # July 2019
    values: Mapping[str, float | str] = {
        "in_position_name_spare_position": "Peer coordinator", "in_position_number_spare_position": 2.0,
        "in_position_monthly_salary_spare_position": 5000.0, "in_position_hire_month_spare_position": start,
        "in_contract_name_spare_contract": "Second provider", "in_contract_operating_cost_spare_contract": 1000.0,
        "in_service_name_spare_service": "Vans", "in_service_one_time_amount_spare_service": 90000.0,
        "in_source_name_spare_source": "Foundation gift", "in_source_award_spare_source": 50000.0,
        "in_source_pays_spare_source_equipment": 1.0, "in_source_pays_spare_source_services_and_supplies": 1.0,
    }  # fmt: skip
    target = tmp_path / "filled.xlsx"
    saved_by_libreoffice([(small, target, values)])
    imported = read(target)
    assert [(change.item, change.is_addition) for change in imported.changes] == [
        ("Peer coordinator", True), ("Second provider", True), ("Vans", True), ("Foundation gift", True),
    ]  # fmt: skip
    source = imported.scenario.funding_sources[-1]
    assert (source.name, source.award.number) == ("Foundation gift", 50_000)
    assert set(source.pays) == {CostCategory.EQUIPMENT, CostCategory.SERVICES_AND_SUPPLIES}
    shown = formula_cells(target)["Appropriation", _cell_of(small, "net_county_cost")]
    assert shown.stored == pytest.approx(net_county_cost(project(imported.scenario)), abs=0.005)
    label = next(cell for place, cell in formula_cells(target).items() if place[0] == "Position roster" and place[1].startswith("A"))
    assert label.stored == "Peer coordinator"


def _cell_of(path: Path, row: str) -> str:
    book = _book(read(path).base)
    return f"{openpyxl.utils.get_column_letter(TOTAL + 1)}{book.blocks[row].first + 1}"


@pytest.mark.office
def test_the_grant_attachment_comes_back_as_well(written: WrittenWorkbooks) -> None:
    assert read(written.workbook(SMALL, STATE_GRANT)).scenario == SMALL


def _set(sheet: str, place: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def tamper(book: openpyxl.Workbook) -> None:
        book[sheet][place].value = value

    return tamper


def _remove_sheet(book: openpyxl.Workbook) -> None:
    del book["Calendar"]


def _remove_name(book: openpyxl.Workbook) -> None:
    del book.defined_names["in_cost_of_living_rate"]


def _move_name(book: openpyxl.Workbook) -> None:
    book.defined_names["in_cost_of_living_rate"].attr_text = "Assumptions!$C$7"


def _remove_record(book: openpyxl.Workbook) -> None:
    del book["Record"]


def _property(name: str, value: str) -> Callable[[openpyxl.Workbook], None]:
    def tamper(book: openpyxl.Workbook) -> None:
        known = next(known for known in book.custom_doc_props.props if known.name == name)
        known.value = value

    return tamper


FIRST_INPUT = FIRST_ASSUMPTION_ROW + 1  # as people count rows


def _line(kind: str, label: str) -> str:
    """The cell of an input of the scenario to copy."""
    book = _book(SMALL)
    return f"C{FIRST_INPUT + next(offset for offset, entry in enumerate(book.entries) if entry.kind == kind and entry.label == label)}"


SALARY = _line(NUMBER, "Case manager salary")
MONTHS = _line(MONTH, "First month of referrals")
DRIVER = _line(CHOICE, "Driver")
PAYS = _line(FLAG, "Pays: County staff")
SHARE = _line(NUMBER, "Cost-of-living increase of county salaries, each July")
SLOTS = _line(NUMBER, "Participants the site can carry")
FIXED = f"C{FIRST_INPUT + 1 + len(_book(SMALL).entries)}"  # below the heading that follows the last line
SPARE_NAME = _line(NAME, "Name (fill in to use this spare row)")
BENEFITS = _line(NUMBER, "Employee benefits")
SERVED = _line(NUMBER, "Share of the site's participants served")
LAST = next(
    f"C{FIRST_INPUT + offset}"
    for offset, entry in enumerate(_book(SMALL).entries)
    if entry.placed and entry.placed.assumption.note == LAST_MONTH
)


def _beside(part: str, cell: str) -> str:
    """The cell of a part of the evidence beside an input."""
    return f"{xl_col_to_name(COLUMNS[part])}{cell[1:]}"


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (_set("Summary", "D6", "=1+1"), "Summary!D6 (Salaries and Employee Benefits, dollars, FY 2019-20) is =1+1; the formula was changed; only blue"),
        (_set("Appropriation", "C9", 12.5), "Appropriation!C9 (Cost, Contract monitor, Total) is 12.5; the formula was changed"),
        (_remove_sheet, "Calendar: the sheet was removed"),
        (_remove_name, f"Assumptions!{SHARE}: its name 'in_cost_of_living_rate' was removed"),
        (_move_name, f"Assumptions!{SHARE}: its name 'in_cost_of_living_rate' now names Assumptions!C7"),
        (_set("Assumptions", FIXED, 3), f"Assumptions!{FIXED} (Digits kept before a head count is rounded up, Now) is 3; 6 was written there"),
        (_remove_record, "the sheet 'Record' was removed"),
        (_set("Record", "C5", "B2 1+1"), "About!B11 is '"),
        (_set("Record", "C5", "here and there"), "Record!A5: the record of the workbook written there was changed"),
        (_set("Record", "A5", None), "Record!A5: the record of the workbook written there was changed"),
        (_property("record hash", "0"), "property 'record hash' is '0', but the record on the sheet 'Record' has the hash"),
        (_property("workbook form", "1"), "property 'workbook form' is '1', but the workbook is of form 2"),
        (_property("workbook form", "9"), "property 'workbook form' is '9'; this modeler reads form 1 to 2"),
        (_property("scenario hash", "0"), "property 'scenario hash' is '0', but the scenario on the sheet 'Scenario file' has the hash"),
        (_set("About", "B7", "0123456789abcdef"), "About!B7 is '0123456789abcdef', but the scenario on the sheet"),
        (_set("Scenario file", "B6", "{}"), "Scenario file!A5: the scenario written there was changed"),
        (_set("Assumptions", SALARY, "a lot"), f"Assumptions!{SALARY} (Provider, First Area: Case manager salary) is 'a lot'; expected a number of dollars"),
        (_set("Assumptions", SALARY, -5), f"Assumptions!{SALARY} (Provider, First Area: Case manager salary) is -5; expected a number of dollars a year from 0"),
        (_set("Assumptions", SALARY, "=40000*1.1"), "expected a value, not a formula"),
        (_set("Assumptions", SALARY, None), "is empty; expected a number of dollars a year"),
        (_set("Assumptions", _beside("low", SLOTS), 150), f"{_beside('low', SLOTS)} (Sites, First Area, Participants the site can carry) is 150 participants; low must not"),
        (_set("Assumptions", _beside("confidence", SLOTS), "high"), f"{_beside('confidence', SLOTS)} (Sites, First Area, Participants the site can carry) is high; confidence must be low where no"),
        (_set("Assumptions", SHARE, 3), "is 3; expected a share from 0 to 1 for each year"),
        (_set("Assumptions", MONTHS, date(2019, 10, 15)), "expected the first day of a month as a date"),
        (_set("Assumptions", MONTHS, datetime(2019, 10, 1, 6)), "(First Area: First month of referrals) is 2019-10-01T06:00:00; expected the first day of a month"),
        (_set("Assumptions", DRIVER, "slot"), "expected one of: none, open sites, slots"),
        (_set("Assumptions", DRIVER, "none "), "is 'none '; expected one of: none, open sites, slots"),
        (_set("Assumptions", PAYS, 2), "is 2; expected 1 for yes or 0 for no"),
        (_set("Assumptions", MONTHS, date(2018, 1, 1)), f"Assumptions!{MONTHS} (Sites, First Area, First month of referrals) is"),
        (_set("Assumptions", SPARE_NAME, "First Area deputy 1"), None),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused_by_its_cell(
    small: Path, tmp_path: Path, tamper: Callable[[openpyxl.Workbook], None], message: str | None
) -> None:
    book = openpyxl.load_workbook(small)
    tamper(book)
    book.save(tmp_path / "tampered.xlsx")
    if message is None:
        assert [change.is_addition for change in read(tmp_path / "tampered.xlsx").changes] == [True]
        return
    with pytest.raises(BudgetModelError) as refused:
        read(tmp_path / "tampered.xlsx")
    assert message in str(refused.value)
    assert str(refused.value).startswith("tampered.xlsx: ")


def test_values_that_cannot_be_are_refused_together_each_by_its_cell(small: Path, tmp_path: Path) -> None:
    """What a workbook itself shows with all checks passed, and what may not stand beside a number."""
    wrong = {
        MONTHS: (None, "First Area: First month of referrals) is empty; expected the first day of a month"),
        LAST: (time(6), "Last month budgeted) is 06:00:00; expected the first day of a month"),
        SLOTS: (-50, "First Area: Participants the site can carry) is -50; expected a number of participants from 0"),
        BENEFITS: (5, "Program manager: Employee benefits) is 5; expected a share of salary from 0 to 1"),
        SERVED: (1.6, "Provider, First Area: Share of the site's participants served) is 1.6; expected a share from 0 to 1"),
        _beside("low", SLOTS): ("60", "First Area: Participants the site can carry: low) is '60'; expected a number of participants from 0"),
        _beside("high", SLOTS): (-1, "First Area: Participants the site can carry: high) is -1; expected a number of participants from 0"),
        _beside("confidence", SLOTS): ("sure", "confidence) is 'sure'; expected one of: high, medium, low"),
        _beside("owner", SLOTS): ("=A1", "owner) is =A1; expected a text, not a formula"),
        _beside("comment", SLOTS): (True, "comment) is TRUE; expected a text"),
        _beside("kind", SLOTS): ("forcast", "kind) is 'forcast'; expected one of: fact, forecast, price, decision, money asked. Did you mean"),
        _beside("confirmed_on", SLOTS): ("in May", "confirmed_on) is 'in May'; expected a day such as 2019-05-01 or May 1, 2019"),
    }  # fmt: skip
    with pytest.raises(ScenarioError) as refused:
        _edited(small, tmp_path / "wrong.xlsx", {("Assumptions", cell): value for cell, (value, _) in wrong.items()})
    said = {problem.place.partition(" ")[0]: str(problem) for problem in refused.value.problems}
    assert said.keys() == {f"Assumptions!{cell}" for cell in wrong}
    assert [cell for cell, (_, message) in wrong.items() if message not in said[f"Assumptions!{cell}"]] == []


def test_a_workbook_of_another_scenario_is_refused(small: Path, expansion: Scenario) -> None:
    with pytest.raises(
        WorkbookError, match=r"small.xlsx: About!B7: the workbook was made from 'My scenario' .* not from 'LEAD expansion 2018'"
    ):
        import_workbook(small.read_bytes(), "small.xlsx", [expansion])


def test_a_spare_row_without_a_name_and_a_match_without_a_basis_are_refused(small: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(small)
    names = {name: defined.attr_text.rpartition("!")[2].replace("$", "") for name, defined in book.defined_names.items()}
    book["Assumptions"][names["in_service_monthly_amount_spare_service"]].value = 500
    book.save(tmp_path / "unnamed.xlsx")
    with pytest.raises(ScenarioError, match=r"Assumptions!C\d+ \(Spare service: Name\) is 'Spare service'; expected a name of its own"):
        read(tmp_path / "unnamed.xlsx")
    book["Assumptions"][names["in_source_match_rate_spare_source"]].value = 0.1
    book.save(tmp_path / "match.xlsx")
    with pytest.raises(ScenarioError, match="expected the line 'Match basis' of this source to be chosen as well"):
        read(tmp_path / "match.xlsx")


def _edited(path: Path, target: Path, cells: Mapping[tuple[str, str], object]) -> Imported:
    """Write into cells of a workbook and read it back."""
    book = openpyxl.load_workbook(path)
    for (sheet, place), value in cells.items():
        book[sheet][place].value = value
    book.save(target)
    return read(target)


def test_what_people_write_beside_a_number_comes_back_and_is_in_the_next_workbook(small: Path, tmp_path: Path) -> None:
    told = {
        "low": 60,
        "high": 140,
        "confidence": "medium",
        "source": "Board motion",
        "date": 2019,
        "owner": "SAPC",
        "comment": "Ask in May",
        "kind": "forecast",
        "confirmed_by": "Ana Ruiz",
        "confirmed_on": "2019-05-01",
    }
    cells: dict[tuple[str, str], object] = {("Assumptions", _beside(part, SLOTS)): text for part, text in told.items()}
    imported = _edited(small, tmp_path / "beside.xlsx", cells | {("Assumptions", _beside("note", SLOTS)): None})
    expected = told | {"date": "2019", "note": "", "value": 100.0}
    assert imported.scenario == changed(SMALL, [Change("sites", "First Area", "slots", expected)])
    assert [(one.address, one.part, one.after) for one in imported.of_evidence] == [
        (f"Assumptions!{_beside(part, SLOTS)}", part, f"{text} participants" if part in ("low", "high") else str(text or ""))
        for part, text in ((part, expected[part]) for part in COLUMNS)
    ]  # fmt: skip
    assert (imported.of_figures, imported.effect, imported.remarks) == ((), 0, ())
    assert imported.counted.startswith("No figure changes; ") and imported.counted.endswith(
        "1 kind, 1 name of who confirmed, 1 day of a confirmation"
    )
    (tmp_path / "next.xlsx").write_bytes(workbook_of(imported.scenario).content)
    sheet = openpyxl.load_workbook(tmp_path / "next.xlsx")["Assumptions"]
    assert {part: sheet[_beside(part, SLOTS)].value for part in COLUMNS} == told | {"date": "2019", "note": None}
    assert not any(sheet[_beside(part, SLOTS)].protection.locked for part in COLUMNS)
    assert any(
        _beside("confidence", SLOTS) in rule.sqref and rule.formula1 == '"high,medium,low"'
        for rule in sheet.data_validations.dataValidation
    )
    assert read(tmp_path / "next.xlsx").changes == ()


def test_half_a_confirmation_written_in_a_workbook_is_said(small: Path, tmp_path: Path) -> None:
    imported = _edited(small, tmp_path / "half.xlsx", {("Assumptions", _beside("confirmed_by", SLOTS)): "Ana Ruiz"})
    assert any("confirms nothing: First Area" in remark for remark in imported.remarks)


def test_what_an_earlier_workbook_has_in_the_columns_of_kind_and_confirmation_is_not_read_as_such(small: Path) -> None:
    """Its columns are told by that of what was saved, which it lacks."""
    cells = cells_of(small.read_bytes(), small.name)
    heads = {f"{xl_col_to_name(EARLIER_COLUMNS[part])}{EARLIER_HEAD_ROW + 1}": ("s", LATER[part]) for part in LATER}

    def found(values: Mapping[str, tuple[str, Any]]) -> Mapping[str, str]:
        return columns_of(replace(cells, values={**cells.values, "Assumptions": values}), "Assumptions")

    assert found(cells.values["Assumptions"]) == {part: xl_col_to_name(COLUMN[part]) for part in (*COLUMNS, "who", "why")}
    assert found(heads) == {part: xl_col_to_name(column) for part, column in EARLIER_COLUMNS.items()}
    assert found({}).keys() == EARLIER_COLUMNS.keys() - LATER.keys()


def test_a_changed_number_keeps_its_owner_and_what_is_written_with_it_and_the_rest_is_said_to_be_gone(small: Path, tmp_path: Path) -> None:
    owned = changed(SMALL, [Change("sites", "First Area", "slots", {"value": 100, "low": 80, "owner": "SAPC", "note": "Five caseloads"})])
    (tmp_path / "owned.xlsx").write_bytes(workbook_of(owned).content)
    cells = {("Assumptions", SLOTS): 120, ("Assumptions", _beside("source", SLOTS)): "Contract"}
    imported = _edited(tmp_path / "owned.xlsx", tmp_path / "changed.xlsx", cells)
    slots = imported.scenario.sites[0].slots
    assert (slots.value, slots.source, slots.owner, slots.low, slots.note) == (120, "Contract", "SAPC", None, "")
    assert imported.counted == "1 change of figures; 1 source"
    assert any(remark.endswith("Gone: First Area: Participants the site can carry (low, note).") for remark in imported.remarks)


def test_what_is_written_beside_a_month_that_nobody_gave_gives_it_as_it_stood(small: Path, tmp_path: Path) -> None:
    imported = _edited(small, tmp_path / "month.xlsx", {("Assumptions", _beside("comment", LAST)): "Ends with the grant"})
    (found,) = imported.changes
    position = next(one for one in imported.scenario.county_positions if one.name == found.item)
    assert position.last_month and position.last_month.comment == "Ends with the grant"
    assert position.last_month.day == SMALL.timeline.last and imported.effect == 0
    assert any(remark.startswith(f"Given now as it stood, for what was written beside it: {found.item}: ") for remark in imported.remarks)


def test_an_entry_of_the_register_edited_in_one_row_says_which_rows_stay(tmp_path: Path) -> None:
    names = [site.name for site in SMALL.sites]
    shared = changed(SMALL, [Change("sites", name, "ramp_months", {"value": 3, "evidence": "ramp_months"}) for name in names])
    (tmp_path / "shared.xlsx").write_bytes(workbook_of(shared).content)
    rows = {entry.item: offset + FIRST_INPUT for offset, entry in enumerate(_book(shared).entries) if entry.field == "ramp_months"}
    imported = _edited(tmp_path / "shared.xlsx", tmp_path / "one.xlsx", {("Assumptions", _beside("owner", f"C{rows[names[0]]}")): "CEO"})
    assert [site.ramp_months.owner for site in imported.scenario.sites] == ["CEO", *[""] * (len(names) - 1)]
    (told,) = imported.remarks
    alone = f"'ramp_months' of the register vouches for {len(names)} lines; Assumptions!{_beside('owner', f'C{rows[names[0]]}')} counts for its own line alone."
    assert told.startswith(f"{alone} Its other lines stay as they were: {names[1]}: ")


def test_the_change_log_of_an_earlier_workbook_says_who_and_why_and_where_it_and_the_changes_disagree(tmp_path: Path) -> None:
    earlier = ROOT / "tests" / "older" / "workbooks" / "scenario.xlsx"
    names = openpyxl.load_workbook(earlier).defined_names
    slots, rate = (
        names[name].attr_text.rpartition("!")[2].replace("$", "") for name in ("in_site_slots_first_area", "in_cost_of_living_rate")
    )
    log = {
        "A5": "What you change in this workbook, a line for each change",
        "A6": "first  area", "B6": "participants the site can carry", "E6": "Maria Lopez", "F6": "SAPC asked for it",
        "A7": "Hollywood", "B7": "Caseload", "E7": "CEO", "F7": "Never done",
    }  # fmt: skip
    cells = {("Assumptions", slots): 120, ("Assumptions", rate): 0.05} | {("Change log", place): text for place, text in log.items()}
    imported = _edited(earlier, tmp_path / "log.xlsx", cells)
    told = {change.address: (change.who, change.why) for change in imported.changes}
    assert told == {f"Assumptions!{slots}": ("Maria Lopez", "SAPC asked for it"), f"Assumptions!{rate}": ("", "")}
    assert (imported.who, imported.why) == (("Maria Lopez", "CEO"), ("SAPC asked for it", "Never done"))
    said = " ".join(imported.remarks)
    assert "The change log has lines of changes that were not found: Change log!A7 'Hollywood: Caseload'." in said
    assert "The change log says nothing of: Cost-of-living increase of county salaries, each July." in said


def test_a_cap_keeps_its_kind_in_a_workbook_and_one_on_a_class_may_name_another(written: WrittenWorkbooks, tmp_path: Path) -> None:
    """Only caps on a class have rows for each category: one that changed its kind would come to other figures than its cells show."""
    given = {"source": SMALL.funding_sources[0].name, "of": "Award", "share": 0.01}
    caps = [{"name": "Supplies", "category": "Services and supplies"}, {"name": "Charges", "appropriation_class": "Other Charges"}]
    path = written.workbook(Scenario.model_validate(whole(SMALL) | {"caps": [given | cap for cap in caps]}))
    book, target = openpyxl.load_workbook(path), tmp_path / "edited.xlsx"

    def edited(name: str, value: str) -> Path:
        cell = book["Assumptions"][book.defined_names[name].attr_text.rpartition("!")[2]]
        before, cell.value = cell.value, value
        book.save(target)
        cell.value = before
        return target

    def choices_of_caps(these: list[dict[str, str]]) -> dict[tuple[str, str], int]:
        projection = project(Scenario.model_validate(whole(SMALL) | {"caps": [given | cap for cap in these]}))
        listed = entries(projection.scenario, projection.evaluation.members, frozenset())
        chosen = [one for one in listed if one.table == "caps" and one.field in ("source", "category", "appropriation_class")]
        return {(one.item, one.field): len(one.choices) for one in chosen if one.choices != ("none",)}

    for name, value in (("in_cap_appropriation_class_supplies", "Other Charges"), ("in_cap_category_charges", "County staff")):
        with pytest.raises(ScenarioError, match=r"Assumptions!C\d+ \(.*; expected 'none', which a workbook can't change"):
            read(edited(name, value))
    with pytest.raises(ScenarioError, match=r"is 'none'; expected one of: County staff"):
        read(edited("in_cap_category_supplies", "none"))
    assert choices_of_caps([*caps, {"name": "More", "category": "County staff"}]) == {
        ("Supplies", "source"): 1, ("Supplies", "category"): 1, ("More", "source"): 1, ("More", "category"): 1,
        ("Charges", "source"): len(SMALL.funding_sources), ("Charges", "appropriation_class"): len(AppropriationClass),
    }, "which caps of a source are on the same is settled"  # fmt: skip
    moved = read(edited("in_cap_appropriation_class_charges", "Services and Supplies")).scenario
    assert [cap.appropriation_class for cap in moved.caps] == [None, "Services and Supplies"]
    shown = {
        place: cell.stored
        for place, cell in formula_cells(written.workbook(moved)).items()
        if place[0] not in OF_THE_DAY and not shows_what_was_saved(place[0], cell.formula)
    }
    assert not differences(shown, recomputed_by_ironcalc(without_stored_values(target, tmp_path / "bare.xlsx"), list(shown)))[:5]
