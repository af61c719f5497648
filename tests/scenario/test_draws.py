"""Draws of the ranges of the shipped scenarios, lead times and slips in months among them: each is a plan that can be followed."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import EXPANSION, PILOT

from budget_model import Scenario, load_scenario, project
from budget_model.inputs import read_inputs
from budget_model.scenario.rules import broken_rules
from budget_model.scenario.tables import PlacedAssumption, placed_assumptions

DRAWS = 500
WHOLE = {"months", "months late", "days"}


def uncertain(scenario: Scenario) -> dict[str, list[PlacedAssumption]]:
    """Return the numbers with a range: those of one entry of the register are one number."""
    found: dict[str, list[PlacedAssumption]] = {}
    for placed in placed_assumptions(scenario):
        given = placed.assumption
        if given.is_given and not placed.declared.is_month and (given.low, given.high) != (None, None):
            found.setdefault(given.evidence or f"{placed.table}.{placed.item}.{placed.field}", []).append(placed)
    return found


def drawn(scenario: Scenario, numbers: dict[str, list[PlacedAssumption]], random: np.random.Generator) -> Scenario:
    """Return the scenario with a value of each range in place of the value in it, from a triangle."""
    values: dict[tuple[str, str, str], float] = {}
    for places in numbers.values():
        given = places[0].assumption
        low, high = (given.value if end is None else end for end in (given.low, given.high))
        value = float(random.triangular(low, given.value, high)) if low < high else given.value
        for placed in places:
            values[placed.table, placed.item, placed.field] = round(value) if placed.declared.unit in WHOLE else value

    def with_values(table: str, part: object, name: str = "") -> object:
        update = {}
        for (where, item, field), value in values.items():
            if (where, item) == (table, name) and "." not in field:
                update[field] = getattr(part, field).model_copy(update={"value": value, "low": None, "high": None})
        return part.model_copy(update=update)  # type: ignore[attr-defined]

    tables = {table: tuple(with_values(table, item, item.name) for item in items) for table, items in scenario.tables.items()}
    return scenario.model_copy(update=tables | {"general": with_values("general", scenario.general)})


@pytest.mark.parametrize("path", [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_no_draw_of_the_shipped_ranges_is_refused(path: object) -> None:
    scenario = load_scenario(path)  # type: ignore[arg-type]
    numbers, random = uncertain(scenario), np.random.default_rng(2018)
    names = frozenset((table, item.name) for table, items in scenario.tables.items() for item in items)
    units = {placed.declared.unit for places in numbers.values() for placed in places}
    assert {"days", "months late"} <= units, "lead times and slips are among them"
    assert "extension_months_grant" in numbers, "and the ends of grants"
    late = 0
    for _ in range(DRAWS):
        one = drawn(scenario, numbers, random)
        assert list(broken_rules(one, "", names)) == []
        late += read_inputs(one).values["site_slip_months"].any()
    assert late or path == PILOT
    projection = project(one)
    assert np.isfinite(projection.by_year("net_county_cost")).all()
