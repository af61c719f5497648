"""What the classes of tables declare names fields, tables and axes that there are."""

from __future__ import annotations

import pytest
from conftest import SHIPPED

from budget_model import Scenario
from budget_model.editing.blank_items import blank_item
from budget_model.scenario.declarations import Part
from budget_model.scenario.file import load_scenario
from budget_model.scenario.tables import MODELS, TABLES, choices_of, tables_of


@pytest.mark.parametrize("key", MODELS)
def test_a_declaration_names_what_there_is(key: str) -> None:
    model = MODELS[key]
    table, fields = model.table, set(model.model_fields)
    named = {
        *table.keys.values(),
        *table.references,
        *table.blank,
        *table.added,
        *(flag.field.partition(".")[0] for flag in table.flags.values()),
    }
    assert named <= fields
    assert not set(table.keys) & set(table.fixed_keys)
    for field, reference in table.references.items():
        assert reference.by in MODELS[reference.table].model_fields
        assert not choices_of(model, field), "a field is a choice or a reference"


def test_each_table_has_an_axis_of_its_own_and_is_edited_in_one_part() -> None:
    assert len({axis for axis, _, _ in TABLES}) == len(TABLES) == len(load_scenario(SHIPPED[0]).tables)
    assert sorted(key for part in Part for key in tables_of(part)) == sorted(MODELS)
    assert all(MODELS[tables_of(part)[0]].table.is_main for part in Part)


@pytest.mark.parametrize("key", MODELS)
def test_a_blank_line_can_be_made_of_every_table(expansion: Scenario, key: str) -> None:
    assert blank_item(expansion, key, "Blank").name == "Blank"
