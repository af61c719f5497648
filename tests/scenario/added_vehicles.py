"""Run by test_adding_a_table.py beside a copy of the package to which vehicles were added: finds them wherever tables are."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from strategies import scenarios

from budget_model import Scenario, export_workbook, import_workbook, load_scenario, project
from budget_model.editing.changes import checked
from budget_model.editing.grid import columns
from budget_model.editing.items import renamed, with_copy, with_new, without
from budget_model.pages.shared.evidence_table import AREAS
from budget_model.scenario.declarations import Part
from budget_model.scenario.tables import tables_of
from budget_model.workbook.layout.entries import entries


def drawn() -> list[Scenario]:
    """Return a few random scenarios."""
    found: list[Scenario] = []

    @settings(
        max_examples=20, phases=[Phase.generate], database=None, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(scenarios())
    def collect(scenario: Scenario) -> None:
        found.append(checked(scenario))

    collect()
    return found


def main(folder: Path) -> None:
    """Assert that vehicles are found everywhere."""
    scenario = load_scenario(folder / "templates" / "scenario.yaml")
    projection = project(scenario)
    assert "vehicles" in Scenario.model_json_schema()["properties"]
    assert "vehicles" in tables_of(Part.SERVICES), "Build"
    assert "Vehicles" in AREAS.values(), "Evidence"
    site = next(column for column in columns(scenario, "vehicles") if column.field == "site")
    assert site.choices == (*(site.name for site in scenario.sites), "Program-wide")

    month = projection.monthly("vehicle_cost")[0][0]
    assert month == 2 * 850
    without_them = project(without(scenario, "vehicles", "Vans"))
    cost, spared = (float(one.monthly("gross_appropriation").sum()) for one in (projection, without_them))
    assert abs(cost - spared - projection.monthly("vehicle_cost").sum()) < 0.005 and cost > spared

    assert with_new(scenario, "vehicles", "Cars").vehicles[-1].number.value == 0
    assert with_copy(scenario, "sites", "First Area", "Other Area").vehicles[-1].site == "Other Area"
    assert [change.place for change in renamed(scenario, "sites", "First Area", "Area")][1:].count("vehicles[Vans].site") == 1

    listed = entries(scenario, projection.evaluation.members, frozenset())
    inputs = [entry.label for entry in listed if entry.table == "vehicles" and entry.is_input]
    assert sorted(inputs) == [
        "Budget unit", "Cost that the other unit purchases", "Lease, fuel and insurance", "Purchased by", "Site", "Vehicles",
    ]  # fmt: skip
    proof = export_workbook(projection, folder / "book.xlsx")  # refused where a cell is recomputed as another figure
    assert proof.cells
    book = folder / "book.xlsx"
    assert import_workbook(book.read_bytes(), book.name).scenario == scenario

    kinds = [vehicle for one in drawn() for vehicle in one.vehicles]
    for field in ("site", "number", "monthly_cost"):
        assert len({str(getattr(vehicle, field)) for vehicle in kinds}) > 1, f"random scenarios: {field}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
