"""Parts that every page is made of: headings, sentences, tables in the County's form, charts with their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal

import pandas as pd
import streamlit as st

from budget_model.charts.chart import NO_FIGURES, Chart, Figures
from budget_model.charts.chart_form import in_form
from budget_model.charts.palette import GAP
from budget_model.formats import NIL, change, figure
from budget_model.pages.shared import glossary, why_links
from budget_model.pages.shared.address import quoted
from budget_model.pages.shared.legend import legend
from budget_model.pages.shared.paper import on_paper
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.projection import Projection
from budget_model.timeline import TOTAL

_PAGES = Path(__file__).resolve().parents[1]
# What Markdown could take for its own; a sign in it that works in pairs is harmless alone. A backslash is put only where it must
# be, for Streamlit hands labels on to screen readers as they are written.
_MARKDOWN = re.compile(r"[\\`*_\[\]$~<>|]|:(?=\S)|(?<!\w)[-+#=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=[A-Za-z])\.(?=[A-Za-z])")
_IN_PAIRS = "*_$~`"
_ONE_LINE = 20  # letters
_MANY_COLUMNS, _WORDY_COLUMNS = 9, 2
_LONG = 60  # letters under a name
UNLIKE = "unlike"  # months, of which the sidebar speaks
_OF_NOTHING = {NIL, "", change(0.0, "dollars"), UNLIKE}  # figures and differences
_YEAR, _ON_ONE_LINE = re.compile(r"FY (\d{4})-(\d\d)"), "FY\u00a0\\1\u2011\\2"  # with a space and a hyphen that do not break
Kind = Literal["", "total", "alert"]
Style = Literal["lead", "say", "quiet", "alert", "moved"]


@dataclass(frozen=True)
class Line:
    """A line of a table: its label, its cells as text, how it stands out, and what is said in small under the label.

    `figures` are the addresses of the cells' figures (analysis/why), '' for a cell that has none; each opens its reasons.
    """

    label: str
    cells: Sequence[str]
    kind: Kind = ""
    under: str = ""
    figures: Sequence[str] = ()


@cache
def page_file(name: str) -> Path:
    """Return where a page stands, such as `overview`: whole, for the program may stand elsewhere than its pages."""
    return _PAGES / f"{name}.py"


def plain(text: str) -> str:
    """Return a text that Markdown shows as it stands: `$` would begin a formula."""
    return _MARKDOWN.sub(lambda found: _escaped(found, text), text)


def _escaped(found: re.Match[str], text: str) -> str:
    alone = found[0] in _IN_PAIRS and text.count(found[0]) == 1 and found.start() > 0
    return found[0] if alone else f"\\{found[0]}"


def heading(title: str, screen: ScreenState, about: str) -> None:
    """Show a page's title and one line on what it is; the strip above it says whether it is saved."""
    st.title(title, anchor=False)
    st.html(said(f"{screen.now.scenario.name}. {about}", "quiet") + on_paper(title, screen))


def say(text: str, style: Style = "say") -> None:
    """Show a sentence as it stands; a fiscal year in it stays on one line."""
    st.html(said(text, style))


def show_notice(text: str, done: bool, in_passing: bool) -> None:
    """Say what was done or not, at the top of the page unless in passing and, for whoever has scrolled, over it."""
    if text:
        icon = ":material/check:" if done else ":material/info:"
        if not in_passing:
            (st.success if done else st.warning)(plain(text), icon=icon)
        st.toast(plain(text), icon=icon, duration="long")


def said(text: str, style: Style = "say") -> str:
    """Return a sentence as HTML."""
    return f'<p class="{style}">{escape(on_one_line(text))}</p>'


def on_one_line(text: str) -> str:
    """Return a text whose fiscal years do not break over lines."""
    return _YEAR.sub(_ON_ONE_LINE, text)


def sheet(
    head: Sequence[str],
    lines: Iterable[Line],
    caption: str = "",
    style: str = "",
    text_columns: int = 0,
    set_off: Collection[int] = (),
    kept: str = TOTAL,
) -> None:
    """Show a table whose first column names the lines. The first `text_columns` of the others hold words; some are set off.

    On a phone the column called `kept` stays in sight beside the names; a table of words stands there line by line, that column first.
    Terms are dotted. A line that is to stand out and has nothing but nil does not.
    """
    sides = ["t" if column <= text_columns else "n set-off" if column in set_off else "n" for column in range(1, len(head))]
    sides = [f"{side} kept" if name == kept else side for name, side in zip(head[1:], sides, strict=True)]
    shown = list(lines)
    wordy = text_columns >= _WORDY_COLUMNS or any(len(line.under) > _LONG for line in shown)
    opener, marked = why_links.opener(), glossary.marker()
    heads = [on_one_line(name) for name in head]
    labels = [f' data-head="{escape(name)}"' if wordy else "" for name in heads[1:]]
    names = "".join(column_head(name, side, marked) for name, side in zip(heads, ["", *sides], strict=True))
    body = "".join(
        f'<tr class="{_standing_out(line)}"><th scope="row">{marked(line.label)}{small(line.under)}</th>'
        + "".join(
            f'<td class="{_fitting(cell, side)}"{label}>{_cell(cell, figure, opener)}</td>'
            for label, cell, side, figure in zip(labels, line.cells, sides, line.figures or [""] * len(sides), strict=True)
        )
        + "</tr>"
        for line in shown
    )
    words = f"<caption>{escape(caption)}</caption>" if caption else ""
    style += " dense" * (len(head) > _MANY_COLUMNS) + " wordy" * wordy
    st.html(f'<div class="sheet {style}" tabindex="0"><table>{words}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>')


def _standing_out(line: Line) -> Kind:
    return "" if line.kind == "alert" and {*line.cells} <= _OF_NOTHING else line.kind


def column_head(name: str, side: str, marked: Callable[[str], str]) -> str:
    """Return the head of a column as HTML, its terms marked; one without a name is no head."""
    return f'<th scope="col" class="{side}">{marked(name)}</th>' if name else "<td></td>"


def _cell(cell: str, figure: str, opener: Callable[[str], str]) -> str:
    return why_links.linked(cell, opener(figure)) if figure and cell else escape(cell)


def small_table(head: Sequence[str], rows: Iterable[tuple[str, ...]], caption: str) -> str:
    """Return a narrow table as HTML, whose lines have their name above their figures."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head[1:])
    body = "".join(
        f'<tr><th scope="rowgroup" colspan="{len(head) - 1}">{escape(label)}</th></tr>'
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
        for label, *cells in rows
    )
    return f'<table class="effect"><caption>{escape(caption)}</caption><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'


def small(text: str) -> str:
    """Return a text as HTML that stands in small under another."""
    return f'<span class="under">{escape(text)}</span>' if text else ""


def _fitting(cell: str, side: str) -> str:
    """Return the style of a cell; a few words stay on one line."""
    return f"{side} s" if len(cell) <= _ONE_LINE else side


def yearly(table: pd.DataFrame, unit: str, first: str = "", caption: str = "", figures: Figures = NO_FIGURES) -> None:
    """Show a table with a column for each fiscal year; a line named Total, and the funding gap, stand out. What is missing stays empty.

    `figures` say of which row, and which items, each line is.
    """
    lines = [
        Line(
            str(name),
            ["" if pd.isna(value) else figure(value, unit) for value in values],
            "total" if name == TOTAL else "alert" if name == GAP else "",
            figures=why_links.of_years(map(str, table.columns), *figures[str(name)]) if str(name) in figures else (),
        )
        for name, values in zip(table.index, table.to_numpy(), strict=True)
    ]
    sheet([first, *(str(column) for column in table.columns)], lines, caption)


def show(chart: Chart, key: str) -> None:
    """Show a chart under its title and its sentence, with its table below."""
    st.header(chart.title, anchor=False, help=glossary.meanings(chart.title))
    drawing = chart.on_phone() if chart.on_phone and on_phone() else chart.drawing
    st.html(said(chart.summary) + legend(drawing))
    figure = in_form(drawing, st.context.theme.type or "light")
    st.plotly_chart(figure, theme=None, key=f"chart.{key}", config={"displayModeBar": False}, alt=chart.alt)
    with st.expander("The same as a table", key=f"{key}.table", on_change="rerun") as box:
        if box.open:  # most readers never do, and a lever waits for what is made
            yearly(chart.table, chart.unit, figures=chart.figures)


def on_phone() -> bool:
    """Return whether the page is read on a phone, which says so; how wide a window is, the server does not know."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def say_unknown(key: str, known: Collection[str], what: str, instead: str) -> None:
    """Say what a key of the address names that cannot be chosen, before the choice bound to the key forgets it."""
    unknown = [given for given in st.query_params.get_all(key) if given and given not in known]
    if unknown:
        st.warning(plain(f"The address asks for {what} {quoted(unknown)}, which is not here. {instead}"), icon=":material/link_off:")


def year_choice(projection: Projection) -> str:
    """Let the reader choose a fiscal year or the total; the choice stands in the address."""
    options = list(projection.years)
    say_unknown("year", options, "the fiscal year", "You see all of them together.")
    year: str | None = st.segmented_control("Fiscal year", options, default=TOTAL, required=True, key="year", bind="query-params")
    return year or TOTAL


def nil_as_missing(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with nil as missing, which sortable tables show as `--`."""
    numbers = table.select_dtypes("number")
    return table.assign(**{str(name): column.where(column.abs() >= 0.05) for name, column in numbers.items()})
