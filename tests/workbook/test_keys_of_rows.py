"""Every row of the model shows on its sheet the keys by which totals find its items: there is a column for each."""

from __future__ import annotations

from budget_model.workbook.layout import book


def test_no_row_needs_more_keys_than_its_sheet_has_columns_for() -> None:
    needed = book._keys_needed()
    assert {name: list(keys) for name, keys in needed.items() if len(keys) > book.KEY_COUNT} == {}
