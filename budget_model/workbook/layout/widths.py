"""How wide the columns of a sheet with months are, so that a year of months is on the screen beside label, total and fiscal years."""

from __future__ import annotations

from textwrap import wrap

LABEL_WIDTH, UNIT_WIDTH, TOTAL_WIDTH, YEAR_WIDTH, KEY_WIDTH, OPENING_WIDTH, MONTH_WIDTH = 34, 14, 11, 10.5, 16, 11, 9  # letters
MONTHS_SEEN = 12
SCREEN = 1_600  # pixels across
_BESIDE_CELLS = 100  # pixels: row numbers, outline, scroll bar
_LETTER, _EDGES = 7, 5  # pixels at 100 %
LETTERS_A_WIDTH = 1.15  # of running text, which has narrower letters than the digits by which widths are counted
_LEAST_ZOOM, _STEP = 60, 5


def pixels(width: float) -> int:
    """Return the pixels of a column of a width in letters, at 100 %."""
    return int(_LETTER * width + 0.5) + _EDGES


def pixels_to_months(years: int) -> int:
    """Return how many pixels label, unit, total, so many fiscal years and the months seen take, at 100 %.

    Counted with the month after the last one seen: programs differ in what stands beside the cells, and its edge says that more follow.
    """
    shown = (LABEL_WIDTH, UNIT_WIDTH, TOTAL_WIDTH, *[YEAR_WIDTH] * years, *[MONTH_WIDTH] * (MONTHS_SEEN + 1))
    return sum(map(pixels, shown))


def zoom(years: int) -> int:
    """Return the largest zoom in percent, 100 at most, at which twelve months are seen beside so many fiscal years."""
    fits = 100 * (SCREEN - _BESIDE_CELLS) // pixels_to_months(years)
    return max(_LEAST_ZOOM, min(100, fits // _STEP * _STEP))


def lines_beside_years(text: str, years: int) -> list[str]:
    """Return a text broken into lines as wide as label, unit, total and so many fiscal years together, which is what is printed."""
    width = LABEL_WIDTH + UNIT_WIDTH + TOTAL_WIDTH + years * YEAR_WIDTH
    return wrap(" ".join(text.split()), int(width * LETTERS_A_WIDTH))
