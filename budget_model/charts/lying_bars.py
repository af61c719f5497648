"""The layout of bars that lie below each other, each under its name, so that bars have the whole width, on a phone as well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budget_model.charts.chart import wrapped

_LETTERS = 46  # of a line of a name: as many as a phone has room for
_EACH, _AROUND, _OVER = 64, 70, 13  # pixels: of a bar with its name, of the axis, from the middle of a bar to its name
_GAP = 0.67  # of what a bar has: room for two lines of its name


def lying_bars(names: Sequence[str]) -> dict[str, Any]:
    """Return what the layout says of lying bars with these names, the first on top; no two may be alike."""
    named = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "yanchor": "bottom", "yshift": _OVER, "showarrow": False}
    return {
        "height": _AROUND + _EACH * len(names),
        "bargap": _GAP,
        "waterfallgap": _GAP,
        "margin": {"l": 8, "r": 90, "t": 28, "b": 8},
        "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False, "showticklabels": False},
        "annotations": [{"y": name, "text": wrapped(name.strip(), _LETTERS), "align": "left", **named} for name in names],
    }
