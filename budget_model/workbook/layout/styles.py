"""How cells look: number formats by unit, and the few styles of the workbook. Colors repeat what words already say."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_pixel_width

from budget_model.workbook.layout.sheet_kinds import TAB_COLORS, SheetKind

INK, ACCENT, PALE, RULE = "#1F2933", "#0B4F6C", "#E8F0F4", "#9FB3C8"
INPUT_INK, INPUT_FILL, SPARE_INK = "#0000FF", "#FFF2CC", "#8A97A6"
_ON_TAB = {kind: INK if kind in (SheetKind.INPUT, SheetKind.CALCULATION) else "#FFFFFF" for kind in SheetKind}
_INPUT = {"valign": "top", "font_color": INPUT_INK, "bg_color": INPUT_FILL, "locked": False, "border": 1, "border_color": RULE}
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "wrapped": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "top": {"valign": "top"},
    "top_left": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "shrunk": {"shrink": True, "valign": "top", "align": "left", "indent": 1},
    "left": {"align": "left", "indent": 1},
    "left_total": {"align": "left", "indent": 1, "bold": True, "top": 1},
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "status": {"italic": True, "font_color": INK},
    "note": {"italic": True, "font_color": INK, "text_wrap": True, "valign": "top"},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "align": "center", "valign": "vcenter", "text_wrap": True},
    "head_left": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "valign": "vcenter"},
    "block": {"bold": True, "bg_color": PALE, "font_color": ACCENT},
    "block_shrunk": {"bold": True, "bg_color": PALE, "font_color": ACCENT, "shrink": True},
    "rule": {"italic": True, "bg_color": PALE, "font_color": INK},
    "unit_of_block": {"italic": True, "bg_color": PALE, "font_color": INK, "align": "center", "shrink": True},
    "rule_line": {"italic": True, "font_color": "#52606D", "indent": 1},
    "small": {"font_color": "#52606D", "align": "center", "shrink": True},
    "small_total": {"font_color": "#52606D", "align": "center", "shrink": True, "top": 1},
    "key": {"font_color": "#52606D", "shrink": True},
    "item": {"indent": 1},
    "item_shrunk": {"indent": 1, "shrink": True},
    "unit": {"italic": True, "font_color": "#52606D", "align": "center", "valign": "top", "text_wrap": True, "bottom": 1},
    "unit_head": {"italic": True, "font_color": "#52606D", "indent": 1, "valign": "top", "bottom": 1},
    "total": {"bold": True, "top": 1},
    "input": _INPUT,
    "input_text": {**_INPUT, "text_wrap": True},
    "choice": {"font_color": INPUT_INK, "bg_color": INPUT_FILL, "locked": False, "border": 1, "border_color": RULE, "bold": True},
    "fill": {"font_color": INPUT_INK, "locked": False, "border": 1, "border_color": RULE, "text_wrap": True, "valign": "top"},
    "data": {"locked": False},
    "saved": {"valign": "top", "font_color": "#52606D"},
    "saved_text": {"valign": "top", "font_color": "#52606D", "text_wrap": True},
    "link": {"font_color": "#0B4F6C", "underline": 1, "valign": "top"},
    "wrapped_link": {"font_color": "#0B4F6C", "underline": 1, "valign": "top", "text_wrap": True},
    "strong": {"bold": True, "indent": 1},
    **{f"tab_{kind.lower()}": {"bg_color": TAB_COLORS[kind], "font_color": _ON_TAB[kind], "align": "center"} for kind in SheetKind},
    "verdict": {"bold": True, "underline": 1, "font_color": INK},
    "file": {"font_name": "Consolas", "font_size": 9},
}
# How a cell looks while a condition holds.
_CONDITIONS: dict[str, dict[str, Any]] = {
    "fails": {"font_color": "#9C0006", "bg_color": "#FFC7CE", "bold": True},
    "look": {"font_color": "#6B4E00", "bg_color": "#FFEB9C"},
    "passes": {"font_color": "#005A00", "bg_color": "#D9F0DD"},
    "spare": {"font_color": SPARE_INK, "italic": True},
    "cents": {"num_format": "#,##0.00;(#,##0.00)"},
}
_LINE = 15  # points
LETTER_PIXELS = 7  # the width of a digit, in which widths of columns are counted
_READ_ALIKE = 0.98  # of a column: programs break lines a little sooner or later
_NUMBERS = {
    "dollars": '#,##0;(#,##0);"--"',
    "date": "mmm yyyy;;",  # a month that does not come is 0, and empty
    "month": "mmm yyyy",
    "factor": "0.0000",
    "share": "0.0%",
    "exact dollars": "#,##0.00;(#,##0.00);0.00",
    "exact share": "0.0##%",
    "exact count": "#,##0.0###",
    "1 = yes": "0",
    "count": '#,##0.0;(#,##0.0);"--"',
}


@lru_cache(maxsize=20_000)
def lines_of(text: str, width: int) -> int:
    """Return how many lines a wrapped text takes in a column of a width in letters, by the widths of Calibri and a little more."""
    room, space = width * LETTER_PIXELS * _READ_ALIKE, xl_pixel_width(" ")
    lines = 0
    for paragraph in text.split("\n"):
        lines, filled = lines + 1, 0.0
        for word in paragraph.split(" "):
            taken = xl_pixel_width(word)
            if filled and filled + taken > room:
                lines, filled = lines + 1, 0.0
            lines += int(taken // room)  # of a word that is longer than a line
            filled += taken % room + space
    return lines


def height_of(lines: int) -> int:
    """Return the height of a row of so many lines, in points; no spreadsheet has taller rows than 409."""
    return min(_LINE * lines, 27 * _LINE)


def number_format(unit: str, *, exact: bool = False) -> str:
    """Return the number format of a unit; `exact` for inputs, whose zero is a figure and not a dash."""
    kinds = ("dollars", "date", "month", "factor", "share", "1 = yes")
    kind = next((name for name in kinds if unit == name or (unit.startswith(f"{name} ") and name != "month")), "count")
    return _NUMBERS[f"exact {kind}" if exact and kind in {"dollars", "share", "count"} else kind]


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str], Format] = {}

    def __call__(self, style: str = "plain", number: str = "") -> Format:
        """Return a style, with a number format if one is given."""
        if (style, number) not in self._made:
            properties = {"font_name": "Calibri", "font_size": 11, **_STYLES[style]}
            self._made[style, number] = self._workbook.add_format(properties | ({"num_format": number} if number else {}))
        return self._made[style, number]

    def condition(self, style: str) -> Format:
        """Return how a cell looks while a condition holds, over its own style."""
        if (style, "condition") not in self._made:
            self._made[style, "condition"] = self._workbook.add_format(_CONDITIONS[style])
        return self._made[style, "condition"]

    def number_condition(self, number: str) -> Format:
        """Return a number format that a cell has while a condition holds."""
        if (number, "condition") not in self._made:
            self._made[number, "condition"] = self._workbook.add_format({"num_format": number})
        return self._made[number, "condition"]
