"""What a chart is: a drawing, the same in one sentence and in a table."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import pandas as pd

from budget_model.timeline import TOTAL

_LABEL_LETTERS = 26


# Of each line of a chart's table: the row of the budget, then the names of the items, that it shows by fiscal year.
Figures = Mapping[str, tuple[str, ...]]
NO_FIGURES: Figures = MappingProxyType({})


class Course(NamedTuple):
    """One figure that a chart shows along an axis, so that the same of another plan can be drawn beside it.

    `line` is its line in the chart's table, '' where each place on the axis is a line of its own; `values` are by what stands on the
    axis: fiscal years, sites, or months in ISO form. `form` says how it is drawn: as bars, bars that lie, or a line, of which `what` is
    the name where its panel has several. `axes` are those of its panel.
    """

    line: str
    values: Mapping[str, float]
    form: Literal["bar", "across", "line"] = "bar"
    what: str = ""
    axes: Mapping[str, str] = MappingProxyType({})


class Drawing(NamedTuple):
    """What Plotly draws: its traces, and what of the layout is the chart's own."""

    traces: list[dict[str, Any]]
    layout: dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A drawing with what a reader who cannot see it needs: `summary` in words, `table` of the values in `unit`.

    `figures` say which row of the budget each line of the table is, so that a page can explain it; `courses` what of another plan can
    stand beside.
    """

    title: str
    drawing: Drawing
    summary: str
    table: pd.DataFrame
    unit: str
    figures: Figures = field(default_factory=lambda: NO_FIGURES)
    courses: tuple[Course, ...] = ()
    on_phone: Callable[[], Drawing] | None = None  # what is drawn there in its place

    @property
    def alt(self) -> str:
        """The text a screen reader says in place of the drawing."""
        return f"{self.title}. {self.summary}"


def course_of_years(line: str, values: pd.Series) -> tuple[Course, ...]:
    """Return the one course of a figure by fiscal year; its total is no place on the axis."""
    return (Course(line, {str(year): float(value) for year, value in values.items() if year != TOTAL}),)


def wrapped(name: str, letters: int = _LABEL_LETTERS) -> str:
    """Return a name broken into lines of that many letters."""
    return "<br>".join(textwrap.wrap(name, letters))
