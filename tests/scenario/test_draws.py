"""Draws of the ranges of the shipped scenarios, lead times and slips in months among them: each is a plan that can be followed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scale
from conftest import EXPANSION, PILOT, SHIPPED

from budget_model import Scenario, load_scenario, project
from budget_model.engine.arrays import Array
from budget_model.inputs import read_inputs
from budget_model.scenario.numbers import numbers_given
from budget_model.scenario.rules import broken_rules
from budget_model.simulation.draws import drawn
from budget_model.simulation.uncertain import UncertainNumber, uncertain_numbers

DRAWS, FEWER_DRAWS = 512, 64  # for a release, of those that the others build on; and of the others
# A rule of a published effect and its range, which each draw of it would break that lies beyond: no rule of a plan.
OF_RANGES = ".effect"


def with_values(scenario: Scenario, numbers: tuple[UncertainNumber, ...], values: Array) -> Scenario:
    """Return the scenario with a value of each number in place of that in it, wherever the number stands."""
    places = numbers_given(scenario)
    given = {
        (placed.table, placed.item, placed.field): float(value)
        for number, value in zip(numbers, values, strict=True)
        for placed in places[number.id]
    }

    def changed(table: str, part: object, name: str = "") -> object:
        update = {}
        for (where, item, field), value in given.items():
            if (where, item) == (table, name) and "." not in field:
                update[field] = getattr(part, field).model_copy(update={"value": value, "low": None, "high": None})
        return part.model_copy(update=update)  # type: ignore[attr-defined]

    tables = {table: tuple(changed(table, item, item.name) for item in items) for table, items in scenario.tables.items()}
    return scenario.model_copy(update=tables | {"general": changed("general", scenario.general)})


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_draw_of_the_shipped_ranges_is_refused(path: Path) -> None:
    scenario = load_scenario(path)
    numbers = uncertain_numbers(scenario)
    values = drawn(numbers, draws=DRAWS if path in (PILOT, EXPANSION) and scale.NOW.proof else FEWER_DRAWS, seed=2018)
    names = frozenset((table, item.name) for table, items in scenario.tables.items() for item in items)
    assert {"days", "months late"} <= {number.unit for number in numbers}, "lead times and slips are among them"
    assert "extension_months_grant" in {number.id for number in numbers}, "and the ends of grants"
    late = 0
    for column in values.T:
        one = with_values(scenario, numbers, column)
        assert [problem for problem in broken_rules(one, "", names) if not problem.place.endswith(OF_RANGES)] == []
        late += read_inputs(one).values["site_slip_months"].any()
    assert late
    projection = project(one)
    assert np.isfinite(projection.by_year("net_county_cost")).all()


def test_what_is_to_begin_after_the_first_month_of_a_shipped_scenario_may_be_months_late(shipped: Scenario) -> None:
    """Of low confidence and with its reason; what is there when the scenario begins is not late any more."""
    begins = {"sites": "go_live", "county_positions": "hire_month", "provider_contracts": "first_month"}
    later = [item for table, month in begins.items() for item in shipped.tables[table] if getattr(item, month).day > shipped.first_month]
    assert {type(item).__name__ for item in later} == {"Site", "Position", "Contract"}
    for item in later:
        slip = item.slip_months  # type: ignore[attr-defined]
        assert (slip.value, slip.confidence) == (0, "low") and slip.high and slip.note and slip.source, item.name
