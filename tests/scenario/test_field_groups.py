"""Every field of every table stands in one group, and a table shows at first no more columns than one can read."""

from __future__ import annotations

import pytest

from budget_model.scenario.declarations import Group
from budget_model.scenario.field_groups import MOST_FIRST, fields_of, first_columns, groups_of
from budget_model.scenario.schema import Position, Source
from budget_model.scenario.tables import MODELS


@pytest.mark.parametrize("table", MODELS)
def test_every_field_has_a_group_and_a_table_begins_with_eight_columns_at_most(table: str) -> None:
    model = MODELS[table]
    grouped = [field for fields in groups_of(model).values() for field in fields]
    assert sorted(grouped) == sorted(fields_of(model)) and list(groups_of(model)) == [group for group in Group if group in groups_of(model)]
    declared = [field for fields in model.table.groups.values() for field in fields]
    assert len(declared) == len(set(declared)) and {*declared, *model.table.first} <= set(fields_of(model))
    first = first_columns(model)
    assert first[0] == "name" and len(set(first)) == len(first) <= MOST_FIRST == 8
    assert model.table.first == first[1:] or len(fields_of(model)) <= MOST_FIRST, "a wider table says which columns matter"


def test_a_field_of_which_nobody_says_the_group_falls_into_one_by_its_kind() -> None:
    groups = groups_of(Position)
    for field, group in {
        "hire_month": Group.WHEN,
        "slip_months": Group.WHEN,
        "number": Group.HOW_MANY,
        "department": Group.WHO_PAYS,
    }.items():
        assert field in groups[group] and field not in [one for fields in Position.table.groups.values() for one in fields]
    assert groups_of(Source)[Group.MATCH] == (
        "match.rate",
        "match.basis",
        "match.in_kind_counts_first",
        "match.pledged",
        "match.in_kind_share",
        "match.in_kind_pledged",
        "match.rounded_to",
        "match.rounding_mode",
    )
