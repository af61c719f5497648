"""An edited workbook comes back as a scenario: what was changed is found, and nothing that cannot be trusted is taken."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from shutil import copy

import openpyxl
import pytest
import scale
from conftest import EXPANSION, PILOT, ROOT, SHIPPED
from office import saved_by_libreoffice
from spreadsheets import differences, formula_cells, read, recomputed_by_ironcalc, stored, without_stored_values
from written import WrittenWorkbooks

from budget_model import Change, Scenario, ScenarioError, changed, load_scenario, project
from budget_model.analysis.workbook_content import workbook_content
from budget_model.errors import BudgetModelError, WorkbookError
from budget_model.projection import net_county_cost
from budget_model.scenario.choices import CostCategory
from budget_model.scenario.text import whole
from budget_model.timeline import from_serial
from budget_model.workbook.layout.book import Book
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, NUMBER, Entry
from budget_model.workbook.layout.template import STATE_GRANT, load_template
from budget_model.workbook.reading.reader import import_workbook
from budget_model.workbook.writing.export import workbook_of

MOST_EDITS = 7
RANDOM = range(0, scale.NOW.large + scale.NOW.small, 1 if scale.NOW.proof else 2)
SMALL = load_scenario(ROOT / "templates" / "scenario.yaml").model_copy(update={"months": 14})


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


def some_edits(scenario: Scenario, book: Book, luck: random.Random) -> dict[int, tuple[float | str, Change]]:
    """Choose sound edits of inputs by their offset: each with the value for the cell and the change it means."""
    found: dict[int, tuple[float | str, Change]] = {}
    made: list[Change] = []
    offsets = [offset for offset, entry in enumerate(book.entries) if entry.is_input and entry.item not in book.blank_rows]
    luck.shuffle(offsets)
    wanted = luck.randint(1, MOST_EDITS)
    for offset in offsets:
        entry = book.entries[offset]
        # A new department or plan would be a new row of the sheets; a match needs its basis chosen with it.
        if entry.field in {"department", "plan", "benefit_plan", "pays"} or entry.field.startswith("match."):
            continue
        edit = _edit(entry, luck)
        try:
            changed(scenario, [*made, edit[1]])
        except ScenarioError:
            continue
        found[offset] = edit
        made.append(edit[1])
        if len(found) == wanted:
            break
    return found


def _edit(entry: Entry, luck: random.Random) -> tuple[float | str, Change]:
    if entry.kind == CHOICE:
        value = luck.choice([choice for choice in entry.choices if choice != entry.value] or [str(entry.value)])
        return value, Change(entry.table, entry.item, entry.field, value)
    assert isinstance(entry.value, float)
    if entry.kind == FLAG:
        return 1 - entry.value, Change(entry.table, entry.item, entry.field, not entry.value)
    if entry.kind == MONTH:
        later = entry.value + luck.choice([31, 62, 92])
        month = from_serial(later).replace(day=1)
        return float((month - date(1899, 12, 30)).days), Change(entry.table, entry.item, entry.field, month)
    number = round(entry.value * luck.choice([0.5, 0.8, 1.25]) + luck.choice([0, 0.25]), 4)
    return number, Change(entry.table, entry.item, entry.field, number)


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
    assert sorted(change.address for change in imported.changes) == sorted(f"Assumptions!C{offset + 5}" for offset in moved)
    assert imported.scenario == changed(scenario, [change for offset, (_, change) in edits.items() if offset in moved])
    assert imported.effect == pytest.approx(net_county_cost(project(imported.scenario)) - net_county_cost(project(scenario)))
    cells = workbook_of(imported.scenario).cells
    shown = {
        (sheet, f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"): cell.value
        for (sheet, row, column), cell in cells.items()
        if sheet != "Change table"  # ordered as on the day it was made
    }
    assert not differences(shown, stored(target))[:5]


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
    return f"F{book.blocks[row].first + 1}"


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


def _line(kind: str, label: str) -> str:
    """The cell of an input of the scenario to copy."""
    book = _book(SMALL)
    return f"C{5 + next(offset for offset, entry in enumerate(book.entries) if entry.kind == kind and entry.label == label)}"


SALARY = _line(NUMBER, "Case manager salary")
MONTHS = _line(MONTH, "First month of referrals")
DRIVER = _line(CHOICE, "Driver")
PAYS = _line(FLAG, "Pays: County staff")
SHARE = _line(NUMBER, "Cost-of-living increase of county salaries, each July")
SLOTS = _line(NUMBER, "Participants the site can carry")
FIXED = f"C{6 + len(_book(SMALL).entries)}"  # below the heading that follows the last line
SPARE_NAME = _line(NAME, "Name (fill in to use this spare row)")


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (_set("Summary", "C6", "=1+1"), "Summary!C6 is =1+1; the formula was changed; only blue cells may be"),
        (_set("Appropriation", "F8", 12.5), "Appropriation!F8 is a value; the formula was changed"),
        (_remove_sheet, "Calendar: the sheet was removed"),
        (_remove_name, "Assumptions!C6: its name 'in_cost_of_living_rate' was removed"),
        (_move_name, "Assumptions!C6: its name 'in_cost_of_living_rate' was removed or no longer names one cell"),
        (_set("Assumptions", FIXED, 3), f"Assumptions!{FIXED} is 3; the model fixes it at 6"),
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
        (_set("Assumptions", SHARE, 3), "is 3; expected a number of share a year from 0 to 1"),
        (_set("Assumptions", MONTHS, date(2019, 10, 15)), "expected the first day of a month as a date"),
        (_set("Assumptions", DRIVER, "slot"), "expected one of: none, open sites, slots"),
        (_set("Assumptions", PAYS, 2), "is 2; expected 1 for yes or 0 for no"),
        (_set("Assumptions", MONTHS, date(2018, 1, 1)), f"Assumptions!{MONTHS} (sites[First Area].go_live)"),
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

    for name, value in (("in_cap_appropriation_class_supplies", "Other Charges"), ("in_cap_category_charges", "County staff")):
        with pytest.raises(ScenarioError, match=r"Assumptions!C\d+ \(.*; expected 'none', which a workbook can't change"):
            read(edited(name, value))
    with pytest.raises(ScenarioError, match=r"is 'none'; expected one of: County staff"):
        read(edited("in_cap_category_supplies", "none"))
    moved = read(edited("in_cap_appropriation_class_charges", "Services and Supplies")).scenario
    assert [cap.appropriation_class for cap in moved.caps] == [None, "Services and Supplies"]
    shown = {place: cell.stored for place, cell in formula_cells(written.workbook(moved)).items() if place[0] != "Change table"}
    assert not differences(shown, recomputed_by_ironcalc(without_stored_values(target, tmp_path / "bare.xlsx"), list(shown)))[:5]
