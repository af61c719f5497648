"""The workbook agrees with the screen: two engines that are not ours recompute every formula cell."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest
from conftest import SHIPPED
from hypothesis import Phase, given, settings
from openpyxl.utils.cell import coordinate_to_tuple
from spreadsheets import differences, formula_cells, recomputed_by_ironcalc, recomputed_by_libreoffice, without_stored_values
from strategies import scenarios

from budget_model import Change, Scenario, changed, export_workbook, load_scenario, project

RANDOM = 25
LONGEST_FORMULA = 160
MOST_CELLS = 150_000  # formulas of the largest scenario shipped: eight new areas, sixty months
ALLOWED_LITERALS = {"0", "1", "12", "100"}


def random_scenarios() -> list[Scenario]:
    found: list[Scenario] = []

    @settings(max_examples=RANDOM, phases=[Phase.generate])
    @given(scenarios())
    def collect(scenario: Scenario) -> None:
        found.append(scenario)

    collect()
    return found


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("workbooks")
    paths = []
    for number, scenario in enumerate([*map(load_scenario, SHIPPED), *random_scenarios()]):
        paths.append(folder / f"{number:02d}.xlsx")
        export_workbook(project(scenario), paths[-1])
    return paths


@pytest.mark.office
def test_every_formula_cell_agrees_in_two_engines(workbooks: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(workbooks) >= len(SHIPPED) + RANDOM
    bare = [without_stored_values(path, tmp_path / path.name) for path in workbooks]
    compared = 0
    for path, stripped, office in zip(workbooks, bare, recomputed_by_libreoffice(bare, tmp_path), strict=True):
        cells = formula_cells(path)
        assert len(cells) < MOST_CELLS, path.name
        expected = {place: cell.stored for place, cell in cells.items()}
        assert {cell.stored for cell in formula_cells(stripped).values()} == {None}
        assert not differences(expected, recomputed_by_ironcalc(stripped, list(cells)))[:5], path.name
        assert not differences(expected, office)[:5], path.name
        compared += len(cells)
    with capsys.disabled():
        print(f"\n{compared:,} formula cells of {len(workbooks)} workbooks agree with NumPy in IronCalc and in LibreOffice")


@pytest.mark.office
def test_a_planted_wrong_value_is_corrected(workbooks: list[Path], tmp_path: Path) -> None:
    cells = formula_cells(workbooks[0])
    planted = without_stored_values(workbooks[0], tmp_path / "planted.xlsx", "<v>777</v>")
    assert {cell.stored for cell in formula_cells(planted).values() if isinstance(cell.stored, (int, float))} == {777}
    (office,) = recomputed_by_libreoffice([planted], tmp_path)
    expected = {place: cell.stored for place, cell in cells.items()}
    assert not differences(expected, office)[:5]


@pytest.mark.office
def test_an_input_changed_in_the_workbook_gives_what_project_gives(expansion: Scenario, tmp_path: Path) -> None:
    """One workbook for each kind of input: a number, a month, a flag, a choice."""
    path = tmp_path / "original.xlsx"
    export_workbook(project(expansion), path)
    contract, source, position = expansion.provider_contracts[2], expansion.funding_sources[0], expansion.county_positions[0]
    table = dict(expansion)
    no_staff_paid = tuple(category for category in source.pays if category != "County staff")
    edits = {
        f"in_contract_caseload_{_slug(contract.name)}": (12, changed(expansion, [Change("provider_contracts", contract.name, "caseload", 12)])),
        f"in_source_last_month_{_slug(source.name)}": (
            _date("2018-12"), changed(expansion, [Change("funding_sources", source.name, "last_month", _date("2018-12"))])
        ),
        f"in_source_pays_{_slug(source.name)}_county_staff": (
            0, Scenario(**table | {"funding_sources": (source.model_copy(update={"pays": no_staff_paid}), *expansion.funding_sources[1:])})
        ),
        f"in_position_site_{_slug(position.name)}": (
            expansion.sites[0].name,
            Scenario(**table | {"county_positions": (position.model_copy(update={"site": expansion.sites[0].name}), *expansion.county_positions[1:])}),
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
    for (name, (_, scenario)), office in zip(edits.items(), recomputed_by_libreoffice(paths, tmp_path), strict=True):
        export_workbook(project(scenario), tmp_path / "expected.xlsx")
        cells = {place: cell for place, cell in formula_cells(tmp_path / "expected.xlsx").items() if place[0] != "Cover"}
        moved = sum(cell.stored != before[place].stored for place, cell in cells.items())
        assert moved > 100, f"{name} moves {moved} cells"
        expected = {place: cell.stored for place, cell in cells.items()}
        assert not differences(expected, office)[:5], name


def test_each_row_has_one_formula_and_no_hidden_constant(workbooks: list[Path]) -> None:
    for path in workbooks[: len(SHIPPED)]:
        rows: dict[tuple[str, int, str], set[str]] = defaultdict(set)
        opening = 7 + _years(path)
        for (sheet, place), cell in formula_cells(path).items():
            row, column = coordinate_to_tuple(place)
            text = re.sub(r'"[^"]*"', '""', cell.formula)
            assert len(cell.formula) <= LONGEST_FORMULA, f"{sheet}!{place} is {len(cell.formula)} characters long"
            literals = set(re.findall(r"(?<![\w$.])\d+\.?\d*(?![\w:])", text)) - ALLOWED_LITERALS
            assert not literals, f"{sheet}!{place} holds {literals}: {cell.formula}"
            assert not re.search(r"\b(OFFSET|INDIRECT|NOW|TODAY|RAND)\(", text)
            if sheet not in {"Cover", "Summary", "Assumptions", "Checks"} and row > 5 and column > 5:
                kind = "total" if column == 6 else "years" if column < opening else "opening" if column == opening else "months"
                rows[sheet, row, kind].add(_relative(cell.formula, column))
        assert rows
        assert not [(key, found) for key, found in rows.items() if len(found) > 1][:5]


def test_the_same_scenario_gives_the_same_bytes(expansion: Scenario, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        export_workbook(project(expansion), tmp_path / name)
    one, two = (hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("one.xlsx", "two.xlsx"))
    assert one == two


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    hostile = "=cmd|' /C calc'!A1"
    scenario = load_scenario(SHIPPED[0])
    site = scenario.sites[0].model_copy(update={"law_enforcement_agencies": (hostile,)})
    scenario = scenario.model_copy(update={"name": hostile, "description": "@SUM(1)", "sites": (site, *scenario.sites[1:])})
    export_workbook(project(scenario), tmp_path / "hostile.xlsx")
    book = openpyxl.load_workbook(tmp_path / "hostile.xlsx")
    texts = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and ("cmd" in cell.value or "@SUM" in cell.value)
    ]
    assert len(texts) > 5
    assert {cell.data_type for cell in texts} == {"s"}


def _years(path: Path) -> int:
    head = next(openpyxl.load_workbook(path, read_only=True)["Participants"].iter_rows(min_row=5, max_row=5, values_only=True))
    return sum(str(text).startswith("FY ") for text in head)


def _relative(formula: str, column: int) -> str:
    """Return a formula with relative columns written as distances, as R1C1 does."""

    def distance(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        number = openpyxl.utils.column_index_from_string(found[2])
        return f"C[{number - column}]{found[3]}"

    return re.sub(r"(?<![A-Za-z!'_])(\$?)\b([A-Z]{1,3})(\$?\d+)\b(?!\()", distance, formula.replace("!", "! "))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _date(month: str) -> object:

    return datetime.date.fromisoformat(f"{month}-01")
