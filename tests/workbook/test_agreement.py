"""The workbook agrees with the screen: two engines that are not ours recompute every formula cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import scale
from conftest import PILOT, ROOT, SHIPPED, template_of_14_months
from office import saved_by_libreoffice
from spreadsheets import differences, disagreements, formula_cells, recomputed_by_ironcalc, stored, without_stored_values
from written import WrittenWorkbooks, shows_what_was_saved

from budget_model import Change, Scenario, changed, export_workbook, load_scenario, project
from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.errors import WorkbookError
from budget_model.workbook.sheets.sheet import FormulaCell
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.recompute import recomputed
from budget_model.workbook.writing.writer import Written

MOST_CELLS, MOST_BYTES = 250_000, 10_000_000  # of the largest scenario shipped: eight new areas, sixty months
FILES = sorted(SHIPPED, key=lambda path: "areas" not in path.stem) if scale.NOW.proof else [PILOT]
RANDOM = range(scale.NOW.large + scale.NOW.small)
SMALL = template_of_14_months()
GRANTS = range(1, scale.NOW.small // 4 + 1)
Recorded = Callable[[str, object], None]


def agrees(path: Path, folder: Path, record: Recorded) -> None:
    """Assert that both engines come to the stored value of every formula cell; record how many cells there were."""
    count, wrong = disagreements(path, folder)
    assert not wrong
    record("formula cells agree with NumPy in IronCalc and in LibreOffice", count)


# The largest first, so that no core waits for it at the end.
@pytest.mark.office
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_formula_of_a_shipped_scenario_agrees_in_two_engines(
    file: Path, written: WrittenWorkbooks, tmp_path: Path, record_property: Recorded
) -> None:
    agrees(written.workbook(load_scenario(file)), tmp_path, record_property)


def test_the_largest_workbook_keeps_to_its_size_and_agrees_in_ironcalc(written: WrittenWorkbooks, tmp_path: Path) -> None:
    """In LibreOffice too for a release."""
    path = written.workbook(load_scenario(ROOT / "scenarios" / "expansion_2018_eight_areas.yaml"))
    expected = stored(path)
    assert len(expected) < MOST_CELLS
    assert path.stat().st_size < MOST_BYTES
    bare = without_stored_values(path, tmp_path / "bare.xlsx")
    assert not differences(expected, recomputed_by_ironcalc(bare, list(expected)))[:5]


@pytest.mark.office
@pytest.mark.parametrize("number", RANDOM)
def test_every_formula_of_a_random_scenario_agrees_in_two_engines(
    number: int, random_scenarios: list[Scenario], written: WrittenWorkbooks, tmp_path: Path, record_property: Recorded
) -> None:
    agrees(written.workbook(random_scenarios[number]), tmp_path, record_property)


@pytest.mark.office
def test_the_grant_attachment_agrees_too(
    pilot: Scenario, random_scenarios: list[Scenario], written: WrittenWorkbooks, tmp_path: Path, record_property: Recorded
) -> None:
    for scenario in (pilot, *(one for number in GRANTS if (one := random_scenarios[-number]).funding_sources)):  # else there is no form
        agrees(written.workbook(scenario, STATE_GRANT), tmp_path, record_property)


@pytest.mark.office
def test_comparisons_agree_too(
    pilot: Scenario, random_scenarios: list[Scenario], written: WrittenWorkbooks, tmp_path: Path, record_property: Recorded
) -> None:
    pilots = [pilot, load_scenario(ROOT / "scenarios" / "pilot_cliff.yaml")]
    for several in (random_scenarios[-3:], *([pilots] if scale.NOW.proof else [])):
        agrees(written.comparison(several), tmp_path, record_property)


@pytest.mark.office
def test_caps_on_classes_agree_where_their_source_pays_a_constant_share(
    written: WrittenWorkbooks, tmp_path: Path, record_property: Recorded
) -> None:
    """Caps on two classes of one category, on one of them twice, and on a category, beside a line of the plan."""
    first, grant = {"first_month": "2018-06"}, {"source": "Grant"}
    source = {"treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies", "Equipment"], "award": 60_000}
    match = {"rate": 0.25, "basis": "grant spent", "pledged": 50_000}
    classes = {"Other Charges": 4_000, "Capital Assets": 3_000, "Services and Supplies": 2_000}
    lines = [first | {"name": name, "appropriation_class": name, "monthly_amount": amount} for name, amount in classes.items()]
    scenario = Scenario.model_validate({
        **first, "name": "Capped", "months": 14, "sites": [{"name": "A", "go_live": "2018-06"}],
        "services_and_supplies": [*lines, first | {"name": "Vans", "category": "Equipment", "monthly_amount": 500}],
        "funding_sources": [first | source | {"name": "Grant", "match": match}, first | source | {"name": "Next"}],
        "caps": [
            grant | {"name": "a", "appropriation_class": "Other Charges", "of": "Award", "share": 0.2},
            grant | {"name": "b", "appropriation_class": "Other Charges", "of": "Money spent", "share": 0.3},
            grant | {"name": "c", "appropriation_class": "Capital Assets", "of": "Award and match", "share": 0.2},
            grant | {"name": "d", "category": "Equipment", "of": "Award", "share": 0.05},
            grant | {"name": "e", "category": "Equipment", "of": "Money spent", "share": 0.04},
        ],
        "funding_plan": [grant | {"name": "p", "category": "Equipment", "fiscal_year": "FY 2018-19", "share": 0.5}],
    })  # fmt: skip
    beyond = project(scenario).monthly("share_beyond_cap")
    assert (beyond[0] > 0).any(axis=1).all(), "each cap leaves something out"
    agrees(written.workbook(scenario), tmp_path, record_property)


@pytest.mark.office
def test_a_planted_wrong_value_is_corrected(written: WrittenWorkbooks, tmp_path: Path) -> None:
    path, office = written.workbook(SMALL), tmp_path / "office.xlsx"
    planted = without_stored_values(path, tmp_path / "planted.xlsx", "<v>777</v>")
    assert {cell.stored for cell in formula_cells(planted).values() if isinstance(cell.stored, (int, float))} == {777}
    saved_by_libreoffice([(planted, office, {})])
    assert not differences(stored(path), stored(office))[:5]
    bare = without_stored_values(path, tmp_path / "bare.xlsx")
    assert {cell.stored for cell in formula_cells(bare).values()} == {None}, "the engines are given no value"


def test_a_workbook_that_does_not_recompute_is_not_handed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = workbook_of(SMALL)
    place = next(place for place, cell in written.cells.items() if place[0] == "Summary" and isinstance(cell.value, float) and cell.value)
    wrong = {**written.cells, place: FormulaCell(written.cells[place].formula, 1.0)}
    with pytest.raises(WorkbookError, match=r"not handed out: recomputed, Summary!D\d+ comes to"):
        recomputed(Written(written.content, wrong))
    monkeypatch.setattr("budget_model.workbook.writing.export.write_workbook", lambda *_: Written(written.content, wrong))
    with pytest.raises(WorkbookError, match="not handed out"):
        export_workbook(project(SMALL), tmp_path / "never.xlsx")
    assert not (tmp_path / "never.xlsx").exists()


@pytest.mark.office
def test_an_input_changed_in_the_workbook_gives_what_project_gives(pilot: Scenario, written: WrittenWorkbooks, tmp_path: Path) -> None:
    """A number, a month, a flag, a choice, and a choice that a flag follows from: each moves cells, all together come to what they mean."""
    path = written.workbook(pilot)
    contract, source, position = pilot.provider_contracts[0], pilot.funding_sources[0], pilot.county_positions[0]
    no_staff_paid = tuple(category for category in source.pays if category != "County staff")
    december = datetime.date(2018, 12, 1)
    edits: dict[str, tuple[float | str, Change]] = {
        f"in_contract_caseload_{_slug(contract.name)}": (12.0, Change("provider_contracts", contract.name, "caseload", 12)),
        f"in_source_last_month_{_slug(source.name)}": (
            float((december - datetime.date(1899, 12, 30)).days), Change("funding_sources", source.name, "last_month", december)
        ),
        f"in_source_pays_{_slug(source.name)}_county_staff": (0.0, Change("funding_sources", source.name, "pays", no_staff_paid)),
        f"in_position_site_{_slug(position.name)}": (
            pilot.sites[0].name, Change("county_positions", position.name, "site", pilot.sites[0].name)
        ),
        f"in_source_match_basis_{_slug(source.name)}": (
            "total project cost", Change("funding_sources", source.name, "match.basis", "total project cost")
        ),
    }  # fmt: skip
    before = stored(path)
    for name, (value, _) in edits.items():
        moved = len(differences(before, recomputed_by_ironcalc(path, list(before), {name: value})))
        assert moved > 100, f"{name} moves {moved} cells"
    together = [[*edits]] if not scale.NOW.proof else [*([name] for name in edits), [*edits]]
    for names in together:
        target = tmp_path / "edited.xlsx"
        saved_by_libreoffice([(path, target, {name: edits[name][0] for name in names})])
        # The order of the change table and the lines of the cover are those of the day each was made.
        made = formula_cells(written.workbook(changed(pilot, [edits[name][1] for name in names])))
        expected = {
            place: cell.stored
            for place, cell in made.items()
            if place[0] not in ("Change table", "Changes by unit", "Cover") and not shows_what_was_saved(place[0], cell.formula)
        }
        assert not differences(expected, stored(target))[:5], names


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
