"""An edited workbook comes back as a scenario: what was changed is found, and nothing that cannot be trusted is taken."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import openpyxl
import pytest
import scale
from conftest import PILOT, SHIPPED, template_of_14_months
from drawn_edits import some_edits
from office import saved_by_libreoffice
from openpyxl.utils.cell import coordinate_to_tuple
from spreadsheets import differences, formula_cells, read, recomputed_by_ironcalc, stored, without_stored_values
from written import WrittenWorkbooks, shows_what_was_saved

from budget_model import Scenario, ScenarioError, changed, load_scenario, project
from budget_model.analysis.findings import judged_by_no_row
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.analysis.workbook_content import workbook_content
from budget_model.editing.typed_entries import with_evidence
from budget_model.inputs import budget_units
from budget_model.projection import net_county_cost
from budget_model.scenario.choices import AppropriationClass, CostCategory
from budget_model.scenario.text import whole
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW, TOTAL, Book
from budget_model.workbook.layout.entries import entries
from budget_model.workbook.layout.template import load_template
from budget_model.workbook.writing.export import workbook_of

RANDOM = range(0, scale.NOW.large + scale.NOW.small, 1 if scale.NOW.proof else 2)
# Sheets whose lines are those of the day the workbook was made: the order of changes, the first full year, how many numbers were given.
OF_THE_DAY = {"Change table", "Changes by unit", "Crosswalk"}
BY_UNIT = {"Budget units", "Units"}
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


@pytest.mark.parametrize("file", SHIPPED if scale.NOW.proof else [PILOT], ids=lambda path: path.stem)
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
    alike_in_order = budget_units(imported.scenario) == budget_units(scenario)  # units stand as the plan names them
    judged_alike = [*judged_by_no_row(imported.scenario)] == [*judged_by_no_row(scenario)]
    shown = {
        place: cell.value
        for place, cell in placed.items()
        if place[0] not in OF_THE_DAY
        and (alike_in_order or place[0] not in BY_UNIT)
        and (judged_alike or not (place[0] in ("Checks", "Check results") or str(cell.value).startswith("Faults: ")))
        and not (place[0] == "Cover" and coordinate_to_tuple(place[1])[0] > fixed)
        and not shows_what_was_saved(place[0], cell.formula)
    }
    assert not differences(shown, stored(target))[:5]


def fixed_lines_of_the_cover(path: Path) -> int:
    """Return the line of the cover below which all stands lower the more there was to look at on the day of the export."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
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
