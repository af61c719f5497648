"""Names of a grid's lines: whole on a desk; on a phone a column of them filled the window, and no other could be moved into sight."""

from __future__ import annotations

from unittest import mock

from budget_model.pages.shared import line_names

NAMES = ("Project manager", "Outreach and peer navigators, Hollywood and West Hollywood")
PHONE = 390


def test_names_are_whole_on_a_desk_and_leave_room_for_other_columns_on_a_phone() -> None:
    for phone in (False, True):
        with mock.patch.object(line_names, "on_phone", lambda phone=phone: phone):
            width, look = line_names.width(NAMES), line_names.of_lines(NAMES)
        assert (width < PHONE / 2) is phone and bool(look) is phone
    assert look["row_height"] > 3 * 15, "the longest stands on three lines"
    assert line_names.width(()) < PHONE / 2
