"""How the column that names the lines of a grid looks: whole, and on a phone over several lines, so that others have room beside it."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

from budget_model.pages.shared.widgets import on_phone

_LETTER, _MARGIN = 6.3, 24  # pixels
_ON_PHONE = 150  # pixels: less than half of a phone's window
_LINE, _ROOM = 20, 15  # pixels of a line of text, and around several of them
_LEAST_LINES, _MOST_LINES = 3, 4  # a grid breaks texts over lines where its own are as high as three


def width(names: Collection[str]) -> int:
    """Return how many pixels wide a column is that shows names whole, on a phone over several lines."""
    whole = round(max(map(len, names), default=0) * _LETTER + _MARGIN)
    return min(whole, _ON_PHONE) if on_phone() else whole


def of_lines(names: Collection[str]) -> dict[str, Any]:
    """Return the look of a grid whose lines are as high as the longest of their names needs."""
    lines = math.ceil(max(map(len, names), default=0) * _LETTER / (_ON_PHONE - _MARGIN))
    return {"row_height": min(max(lines, _LEAST_LINES), _MOST_LINES) * _LINE + _ROOM} if on_phone() and lines > 1 else {}
