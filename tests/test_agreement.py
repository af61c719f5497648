"""The workbook agrees with the screen: two engines that are not ours recompute every formula cell."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import openpyxl
import pytest
from conftest import RANDOM_LARGE, RANDOM_SMALL, ROOT, SHIPPED
from spreadsheets import (
    differences,
    disagreements,
    formula_cells,
    on_both_cores,
    recomputed_by_libreoffice,
    stored,
    without_stored_values,
)

from budget_model import Change, Scenario, changed, export_workbook, load_scenario, project
from budget_model.errors import WorkbookError
from budget_model.workbook.comparison import write_comparison
from budget_model.workbook.recompute import recomputed
from budget_model.workbook.sheet import FormulaCell
from budget_model.workbook.template import STATE_GRANT, load_template
from budget_model.workbook.writer import Written, write_workbook

MOST_CELLS, MOST_BYTES = 150_000, 6_000_000  # of the largest scenario shipped: eight new areas, sixty months
Made = list[tuple[Scenario, Path]]


def compare_in_two_engines(paths: list[Path], folder: Path) -> int:
    """Assert that both engines come to the stored value of every formula cell; return how many cells there were."""
    bare = [without_stored_values(path, folder / path.name) for path in paths]
    assert {cell.stored for cell in formula_cells(bare[0]).values()} == {None}
    found = on_both_cores(disagreements, list(zip(paths, bare, recomputed_by_libreoffice(bare, folder), strict=True)))
    assert not [line for _, lines in found for line in lines][:5]
    return sum(count for count, _ in found)


@pytest.mark.office
def test_every_formula_cell_agrees_in_two_engines(workbooks: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(workbooks) == len(SHIPPED) + RANDOM_LARGE + RANDOM_SMALL
    compared = compare_in_two_engines([path for _, path in workbooks], tmp_path)
    with capsys.disabled():
        print(f"\n{compared:,} formula cells of {len(workbooks)} workbooks agree with NumPy in IronCalc and in LibreOffice")


@pytest.mark.office
def test_the_grant_attachment_and_the_comparison_agree_too(
    random_scenarios: list[Scenario], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "made").mkdir()
    paths = []
    for number, scenario in enumerate([load_scenario(SHIPPED[0]), *random_scenarios[-10:]]):
        paths.append(tmp_path / "made" / f"grant{number}.xlsx")
        paths[-1].write_bytes(write_workbook(scenario, load_template(STATE_GRANT)).content)
    pilots = [load_scenario(ROOT / "scenarios" / f"{name}.yaml") for name in ("pilot_2017", "pilot_cliff")]
    for number, several in enumerate((pilots, random_scenarios[-3:], [*pilots, *random_scenarios[-3:]])):
        paths.append(tmp_path / "made" / f"comparison{number}.xlsx")
        paths[-1].write_bytes(write_comparison(several).content)
    compared = compare_in_two_engines(paths, tmp_path)
    with capsys.disabled():
        print(f"\n{compared:,} formula cells of {len(paths)} grant attachments and comparisons agree in both engines")


def test_the_largest_workbook_stays_within_its_bounds(workbooks: Made) -> None:
    path = next(path for scenario, path in workbooks if len(scenario.sites) == 10)
    assert len(formula_cells(path)) < MOST_CELLS
    assert path.stat().st_size < MOST_BYTES


@pytest.mark.office
def test_a_planted_wrong_value_is_corrected(workbooks: Made, tmp_path: Path) -> None:
    path = next(path for scenario, path in workbooks if scenario.name == "LEAD pilot 2017")
    planted = without_stored_values(path, tmp_path / "planted.xlsx", "<v>777</v>")
    assert {cell.stored for cell in formula_cells(planted).values() if isinstance(cell.stored, (int, float))} == {777}
    (office,) = recomputed_by_libreoffice([planted], tmp_path)
    assert not differences(stored(path), stored(office))[:5]


def test_a_workbook_that_does_not_recompute_is_not_handed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load_scenario(ROOT / "templates" / "scenario.yaml")
    written = write_workbook(scenario, load_template())
    place = next(place for place, cell in written.cells.items() if place[0] == "Summary" and isinstance(cell.value, float) and cell.value)
    wrong = {**written.cells, place: FormulaCell(written.cells[place].formula, 1.0)}
    with pytest.raises(WorkbookError, match=r"not handed out: recomputed, Summary!C\d+ comes to"):
        recomputed(Written(written.content, wrong))
    monkeypatch.setattr("budget_model.workbook.export.write_workbook", lambda *_: Written(written.content, wrong))
    with pytest.raises(WorkbookError, match="not handed out"):
        export_workbook(project(scenario), tmp_path / "never.xlsx")
    assert not (tmp_path / "never.xlsx").exists()


@pytest.mark.office
def test_an_input_changed_in_the_workbook_gives_what_project_gives(tmp_path: Path) -> None:
    """One workbook for each kind of input: a number, a month, a flag, a choice, and a choice that a flag follows from."""
    pilot = load_scenario(ROOT / "scenarios" / "pilot_2017.yaml")
    path = tmp_path / "original.xlsx"
    path.write_bytes(write_workbook(pilot, load_template()).content)
    contract, source, position = pilot.provider_contracts[0], pilot.funding_sources[0], pilot.county_positions[0]
    no_staff_paid = tuple(category for category in source.pays if category != "County staff")
    edits = {
        f"in_contract_caseload_{_slug(contract.name)}": (12, Change("provider_contracts", contract.name, "caseload", 12)),
        f"in_source_last_month_{_slug(source.name)}": (_date("2018-12"), Change("funding_sources", source.name, "last_month", _date("2018-12"))),
        f"in_source_pays_{_slug(source.name)}_county_staff": (0, Change("funding_sources", source.name, "pays", no_staff_paid)),
        f"in_position_site_{_slug(position.name)}": (
            pilot.sites[0].name, Change("county_positions", position.name, "site", pilot.sites[0].name)
        ),
        f"in_source_match_basis_{_slug(source.name)}": (
            "total project cost", Change("funding_sources", source.name, "match.basis", "total project cost")
        ),
    }  # fmt: skip
    paths = []
    for name, (value, _) in edits.items():
        book = openpyxl.load_workbook(path)
        ((sheet, cell),) = book.defined_names[name].destinations
        book[sheet][cell.replace("$", "")].value = value
        paths.append(tmp_path / f"{name}.xlsx")
        book.save(paths[-1])
    before = formula_cells(path)
    for (name, (_, change)), office in zip(edits.items(), recomputed_by_libreoffice(paths, tmp_path), strict=True):
        written = tmp_path / "expected.xlsx"
        written.write_bytes(write_workbook(changed(pilot, [change]), load_template()).content)
        # The change table's order and headings are those of the day it was made.
        cells = {place: cell for place, cell in formula_cells(written).items() if place[0] != "Change table"}
        moved = sum(cell.stored != before[place].stored for place, cell in cells.items())
        assert moved > 100, f"{name} moves {moved} cells"
        expected = {place: cell.stored for place, cell in cells.items()}
        assert not differences(expected, stored(office))[:5], name


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _date(month: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{month}-01")
