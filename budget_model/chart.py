"""What a chart is: a figure, the same in one sentence and in a table."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

_LEGEND_LETTERS = 26
pio.templates.default = None  # the charts bring their own form


@dataclass(frozen=True)
class Chart:
    """A figure with what a reader who cannot see it needs: `summary` in words, `table` of the values in `unit`."""

    title: str
    figure: go.Figure
    summary: str
    table: pd.DataFrame
    unit: str

    @property
    def alt(self) -> str:
        """The text a screen reader says in place of the figure."""
        return f"{self.title}. {self.summary}"


def figure_of(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Return the figure of traces and a layout, unchecked: checking takes ten times as long as all else. The tests check."""
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def wrapped(name: str, letters: int = _LEGEND_LETTERS) -> str:
    """Return a name broken into lines of that many letters."""
    return "<br>".join(textwrap.wrap(name, letters))
