"""Tables by fiscal year: a column for each year and the total and, where the reader asks for them, columns of the plans beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from budget_model.analysis.shared_months import alike
from budget_model.analysis.why.addresses import text_of
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.formats import figure, shown_change
from budget_model.pages.shared.screen_state import EVERY_YEAR, Beside, ScreenState
from budget_model.pages.shared.widgets import UNLIKE, Kind, Line, say, sheet
from budget_model.projection import Projection
from budget_model.timeline import TOTAL


@dataclass(frozen=True)
class YearLine:
    """A line of a table by fiscal year: its label, and its amounts in `unit`, one for each year of its plan and the total last.

    A heading has no amounts. `figure` is the row of the budget, and the items of it, that the line shows: its cells lead to their
    reasons.
    """

    label: str
    amounts: Sequence[float] | Array = ()
    unit: str = "dollars"
    kind: Kind = ""
    under: str = ""
    figure: tuple[str, ...] = ()


_Lines = Mapping[tuple[str, int], YearLine]  # by label, and its number where several have the same


def of_row(projection: Projection, label: str, row: str, kind: Kind = "") -> YearLine:
    """Return the line of a row of the budget that has no items."""
    return YearLine(label, projection.by_year(row), BUDGET.rows[row].unit, kind, figure=(row,))


def year_table(screen: ScreenState, lines_of: Callable[[Projection], Iterable[YearLine]], first: str = "") -> None:
    """Show lines of the plan on the screen by fiscal year, with columns of the plans beside it for the years that are asked for.

    `lines_of` makes the lines of a plan. They are matched by their labels; a line that a plan has not counts as nil there. A plan that
    has none of them takes no part, which is said.
    """
    own = _keyed(lines_of(screen.now))
    others = {one: _keyed(lines_of(one.projection)) for one in screen.beside} if screen.differences else {}
    with_lines = {one: lines for one, lines in others.items() if lines}
    years = _years(screen, with_lines)
    beside = {year: with_lines if screen.differences in (year, EVERY_YEAR) else {} for year in years}
    head, set_off = [first], set[int]()
    for year in years:
        head.append(year)
        for one in beside[year]:
            set_off |= {len(head), len(head) + 1}
            head += [f"{one.name}, {year}", "Difference"]
    keys = _merged([own, *with_lines.values()])
    sheet(head, [_line(screen.now, own, key, beside) for key in keys], set_off=set_off)
    for one in others:
        if one not in with_lines:
            say(f"{one.name} has nothing of this.", "quiet")


def _keyed(lines: Iterable[YearLine]) -> _Lines:
    seen = Counter[str]()
    found = {}
    for line in lines:
        seen[line.label] += 1
        found[line.label, seen[line.label]] = line
    return found


def _merged(each: Sequence[_Lines]) -> list[tuple[str, int]]:
    """Return the keys of all lines: those of the first in their order, each other after the one that it follows in its plan."""
    merged = list(each[0])
    for lines in each[1:]:
        at = 0
        for key in lines:
            if key not in merged:
                merged.insert(at, key)
            at = merged.index(key) + 1
    return merged


def _years(screen: ScreenState, beside: Iterable[Beside]) -> list[str]:
    """Return the fiscal years of the plan on the screen, and of others those that are asked for; the total last."""
    theirs = {year for one in beside for year in one.projection.years if screen.differences in (year, EVERY_YEAR)}
    return [*sorted({*screen.now.timeline.years} | theirs - {TOTAL}), TOTAL]


def _line(now: Projection, own: _Lines, key: tuple[str, int], beside: Mapping[str, Mapping[Beside, _Lines]]) -> Line:
    """Return a line with a cell of the plan for each year and, behind it, of each plan beside its figure and the difference."""
    shown = next(lines[key] for lines in (own, *(lines for each in beside.values() for lines in each.values())) if key in lines)
    cells, figures = list[str](), list[str]()
    for year, others in beside.items():
        before = _amount(now, own.get(key), year)
        cells.append(_cell(before, shown))
        is_explained = key in own and shown.figure and year in now.years
        figures.append(text_of(shown.figure[0], year, shown.figure[1:]) if is_explained else "")
        for one, lines in others.items():
            after = _amount(one.projection, lines.get(key), year)
            cells += [_cell(after, shown), _difference(before, after, shown, is_alike=alike(now.timeline, one.projection.timeline, year))]
            figures += ["", ""]
    return Line(shown.label, cells, shown.kind, shown.under, figures)


def _amount(projection: Projection, line: YearLine | None, year: str) -> float | None:
    """Return a line's amount in a fiscal year, 0 of a line that the plan has not; None where the plan does not cover the year."""
    if year not in projection.years:
        return None
    return float(line.amounts[projection.years.index(year)]) if line and len(line.amounts) else 0.0


def _cell(amount: float | None, shown: YearLine) -> str:
    return "" if amount is None or not len(shown.amounts) else figure(amount, shown.unit)


def _difference(before: float | None, after: float | None, shown: YearLine, *, is_alike: bool) -> str:
    if before is None or after is None or not len(shown.amounts):
        return ""
    return shown_change(before, after, shown.unit) if is_alike else UNLIKE
