"""The cell that a figure is said to stand in holds its value, recomputed by an engine that is not ours."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from conftest import ROOT
from spreadsheets import recomputed_by_ironcalc, without_stored_values
from written import WrittenWorkbooks

from budget_model import load_scenario, project
from budget_model.analysis.compare import HEADLINES
from budget_model.analysis.why.addresses import Address, as_text, axes_of, places, value_at
from budget_model.budget import BUDGET
from budget_model.engine.rows import MONTH, YEAR, Row
from budget_model.formats import HALF_A_CENT
from budget_model.projection import Projection
from budget_model.timeline import TOTAL
from budget_model.workbook.layout.figure_cells import figure_cells

pytestmark = pytest.mark.xdist_group("workbook")
_MOST_WITHOUT = 0.2  # of the rows: they stand in formulas, or nothing in the plan makes them up


def _times(row: Row, projection: Projection) -> list[str]:
    """Return times of a row: all months and the second fiscal year, the second and the last month, whatever it varies by."""
    months = places(projection).months
    by_year = [TOTAL, projection.years[1]] if row.in_a_year or YEAR in row.over else []
    return by_year + ([months[1], months[-1]] if MONTH in row.over else []) or [""]


@pytest.mark.parametrize("name", ["pilot_2017", "expansion_2018"])
def test_the_cell_named_holds_the_figure_recomputed(name: str, written: WrittenWorkbooks, tmp_path: Path) -> None:
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    projection, cells = project(scenario), figure_cells(scenario)
    expected: dict[tuple[str, str], tuple[str, float]] = {}
    without = set()
    for row in BUDGET.rows.values():
        items = product(*(range(len(projection.evaluation.members[axis])) for axis in axes_of(row)))
        for address in (Address(row.name, item, at) for item in items for at in _times(row, projection)):
            found = cells.cell_of(address)
            if found is None:
                without.add(row.name)
            elif not found.last:
                expected[found.sheet, found.cell] = (as_text(projection, address), value_at(projection, address))
    recomputed = recomputed_by_ironcalc(without_stored_values(written.workbook(scenario), tmp_path / "bare.xlsx"), list(expected))
    wrong = [
        f"{place}: {figure} is {value}, there stands {recomputed[place]!r}"
        for place, (figure, value) in expected.items()
        if not isinstance(recomputed[place], float) or abs(recomputed[place] - value) > HALF_A_CENT
    ]
    assert not wrong[:10]
    assert len(expected) > 4_000
    assert not without & {*HEADLINES.values()}
    assert len(without) < _MOST_WITHOUT * len(BUDGET.rows)
