"""How sheets go on paper: letter, landscape, no text below 7 points, whole parts on a page where they fit.

Every page begins where a break was set by hand, so that the number of pages is known when the workbook is written. Widths and
heights are those the sheet was given; rows without one are a line high.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from textwrap import shorten

from xlsxwriter.worksheet import Worksheet

LETTER = 1  # the number of that size of paper in a file
LINE, TITLE = 15.0, 21.75  # points: the height of a row, and of the first one with the title
_SIDE, _TOP, _BOTTOM, _FOOTER = 0.3, 0.4, 0.7, 0.3  # inches
_WIDTH, _HEIGHT = (11 - 2 * _SIDE) * 96, (8.5 - _TOP - _BOTTOM) * 72  # pixels and points of a page at its full size
_ROOM_ACROSS, _ROOM_DOWN = 0.935, 0.97  # of a page: Calibri's digits are 7.44 pixels wide, which screens round to 7 and printers don't
SMALLEST_SCALE = 66  # percent: letters of 11 points come to 7.3
_FULL_SIZE = 100
_LEAST = (0.4, 0.7, 0.9)  # of a page, before a part that does not fit begins the next: the more, the fewer pages and the more parts broken
_FEWEST_ROWS = 3  # of a part below its heading, at the bottom of a page
_FOOTER_LETTERS = 8  # points, as printed
_LEFT, _RIGHT = 62, 110  # letters of the footer's parts; a footer has 255 at most


@dataclass(frozen=True)
class Printed:
    """What of a sheet is printed: cells from A1 to the last row and column, counted from 0, and how they may be parted.

    `head` are the first and last row that each page repeats, `parts` the rows at which a part begins, such as a section or a
    fiscal year. With `whole` a part is broken only where it is longer than a page. Rows of `own_pages` begin a page. Where the columns
    are wider than a page those from `across` on are parted among pages, each of which repeats the columns before it.
    """

    last_row: int
    last_column: int
    head: tuple[int, int] | None = None
    parts: Sequence[int] = ()
    whole: bool = False
    own_pages: Sequence[int] = ()
    across: int = 0


@dataclass(frozen=True)
class Footer:
    """What stands at the bottom of every page of a scenario: what it is of, its version, who saved it, when and why."""

    name: str
    edition: str
    saved: str = ""
    reason: str = ""

    def text(self, page: str, scale: int) -> str:
        """Return the footer as spreadsheet programs read it, with the words for the page in the middle, on a sheet scaled in percent."""
        left = "\n".join(_cut(line, _LEFT) for line in (self.name, ", ".join(filter(None, (self.edition, self.saved)))))
        size = f"&{round(_FOOTER_LETTERS * _FULL_SIZE / scale)}"
        return f"&L{size}{left}&C{size}{page}&R{size}{_cut(self.reason, _RIGHT - len(page))}"


@dataclass
class Pages:
    """The pages of a workbook: how many each sheet has, in the order in which the sheets were laid out."""

    of_sheets: dict[str, int] = field(default_factory=dict)

    def count(self, sheets: Sequence[str]) -> int:
        """Return how many pages some sheets have; one that is not laid out yet, as the cover while it is written, counts as one."""
        return sum(self.of_sheets.get(name, 1) for name in sheets)


def lay_out(sheet: Worksheet, printed: Printed) -> int:
    """Set up a sheet for paper; return how many pages it has."""
    if 0 not in sheet.row_info:
        sheet.set_row(0, TITLE)
    heights = [_height(sheet, row) for row in range(printed.last_row + 1)]
    apart, width = _columns_apart(sheet, printed)
    widest = min(_FULL_SIZE, int(_FULL_SIZE * _ROOM_ACROSS * _WIDTH / width))
    breaks, scale = _best(heights, printed, widest)
    sheet.set_paper(LETTER)
    sheet.set_landscape()
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    sheet.center_horizontally()
    sheet.set_print_scale(scale)
    sheet.print_area(0, 0, printed.last_row, printed.last_column)
    if printed.head:
        sheet.repeat_rows(*printed.head)
    sheet.set_h_pagebreaks(breaks)
    if apart:
        sheet.repeat_columns(0, printed.across - 1)
        sheet.set_v_pagebreaks(apart)
    return (len(breaks) + 1) * (len(apart) + 1)


def columns_on_first_page(sheet: Worksheet, last_column: int, across: int) -> int:
    """Return how many columns stand on the first of the pages among which those from `across` on are parted."""
    apart, _ = _columns_apart(sheet, Printed(0, last_column, across=across))
    return apart[0] if apart else last_column + 1


def _columns_apart(sheet: Worksheet, printed: Printed) -> tuple[list[int], float]:
    """Return the columns at which pages begin, after the first, and the width in pixels of the widest page.

    There are as few pages as may be, and their widths are as much alike as may be.
    """
    widths = [column_width(sheet, column) for column in range(printed.last_column + 1)]
    if not printed.across:
        return [], sum(widths)
    room = int(_ROOM_ACROSS * _WIDTH * _FULL_SIZE / SMALLEST_SCALE)
    apart, widest = _parted(widths, printed.across, room)
    for narrower in range(room - 1, 0, -1):
        found, width = _parted(widths, printed.across, narrower)
        if len(found) > len(apart):
            break
        apart, widest = found, width
    return apart, widest


def _parted(widths: Sequence[float], across: int, room: float) -> tuple[list[int], float]:
    """Return the columns at which pages of so much room begin, after the first, where each repeats those before `across`."""
    apart: list[int] = []
    repeated = filled = widest = sum(widths[:across])
    for column in range(across, len(widths)):
        if filled + widths[column] > room:
            apart.append(column)
            filled = repeated
        filled += widths[column]
        widest = max(widest, filled)
    return apart, widest


def number_pages(sheets: Mapping[str, Worksheet], pages: Pages, together: Sequence[str], footers: Mapping[str, Footer]) -> None:
    """Write the footers of all sheets: the pages of the sheets printed together have one count, the others follow."""
    of = pages.count(together)
    page = 1
    for name, sheet in sheets.items():
        sheet.set_start_page(page)
        words = f"page &P of {of}" if name in together else "page &P"
        sheet.set_footer(footers[name].text(f"&A, {words}", sheet.print_scale), {"margin": _FOOTER})  # scaled with the sheet
        page += pages.of_sheets.get(name, 1)


def _cut(text: str, letters: int) -> str:
    """Return a text for a footer, shortened where it is too long; the whole of it stands on the cover."""
    return shorten(text, letters, placeholder=" ...").replace("&", "&&")


def _best(heights: Sequence[float], printed: Printed, widest: int) -> tuple[list[int], int]:
    """Return the breaks on the fewest pages, then those that keep most parts whole, then the largest scale in percent."""
    tops = [0.0, *accumulate(heights)]
    found: list[tuple[int, float, int, list[int]]] = []
    for least in (0.0,) if printed.whole else _LEAST:
        for scale in range(max(widest, SMALLEST_SCALE), SMALLEST_SCALE - 1, -1):
            breaks = page_breaks(tops, printed, _ROOM_DOWN * _HEIGHT * _FULL_SIZE / scale, least)
            found.append((len(breaks), least, -min(scale, widest), breaks))
    _, _, scale, breaks = min(found)
    return breaks, -scale


def page_breaks(tops: Sequence[float], printed: Printed, page: float, least: float) -> list[int]:
    """Return the rows at which pages begin, after the first; `tops` is where each row begins, in points, and the last one ends.

    A page ends before a part, if it is filled by `least` of its height; else where it is full.
    """
    first, last = printed.head or (0, -1)
    parts = [row for row in sorted(printed.parts) if row > last]
    breaks: list[int] = []
    start, room = 0, page
    while True:
        end = bisect_right(tops, tops[start] + room) - 1
        own = next((row for row in sorted(printed.own_pages) if start < row <= end), None)
        if own is not None:
            end = own
        elif end >= len(tops) - 1:
            return breaks
        else:
            end = _full(parts, tops, start, max(end, start + 1), least * room)
        breaks.append(end)
        start, room = end, page - (tops[last + 1] - tops[first])


def _full(parts: Sequence[int], tops: Sequence[float], start: int, end: int, least: float) -> int:
    """Return the row at which a page ends that begins at `start` and is full at `end`: before a part, where `least` points stand above."""
    begins = parts[bisect_right(parts, start) : bisect_right(parts, end)]
    well_filled = [row for row in begins if tops[row] - tops[start] >= least]
    if well_filled:
        return well_filled[-1]
    return begins[-1] if begins and begins[-1] >= end - _FEWEST_ROWS else end  # no heading alone at the bottom


def _height(sheet: Worksheet, row: int) -> float:
    """Return the height of a row in points; the sheet keeps pixels."""
    info = sheet.row_info.get(row)
    if info is None:
        return LINE
    return 0.0 if info.hidden else float(info.height) * 0.75


def column_width(sheet: Worksheet, column: int) -> float:
    """Return the width of a column in pixels, 0 where it is hidden."""
    info = sheet.col_info.get(column)
    if info is None or info.width is None:
        return float(sheet.default_col_width)
    return 0.0 if info.hidden else float(info.width)
