"""The form that all charts share, in light and in dark: letters, lines and grounds, under what each chart says itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from budget_model.charts.chart import Drawing

pio.templates.default = None  # in its place stands the form below
_LETTERS = 13  # pixels
_FONT = '"Source Sans", "Source Sans 3", "Segoe UI", system-ui, sans-serif'
# Of a theme: text, lines of the grid, and the ground of what shows under the pointer.
_COLORS = {"light": ("#1C2B36", "#D9E0E5", "#FFFFFF"), "dark": ("#E6ECF0", "#34424D", "#1C262E")}
_CLEAR = "rgba(0,0,0,0)"


def in_form(drawing: Drawing, theme: str, larger: float = 1.0) -> go.Figure:
    """Return the figure of a drawing in the form of a theme (`light` or `dark`), such that Plotly draws it once; letters may be `larger`.

    Streamlit hands each chart to Plotly twice, the second time with the width of its place, and Plotly draws again whatever
    it cannot see to be the same. So the form is merged into the layout (a template never counts as the same), and
    `datarevision` is a digest of the data. The widths agree by a rule of the style sheet. The figure is not checked, which
    would take ten times as long as all else; the tests check.
    """
    text, faint, ground = _COLORS[theme]
    size = _LETTERS * larger
    letters = {"family": _FONT, "size": size, "color": text}
    axis = {"gridcolor": faint, "linecolor": faint, "zerolinecolor": faint, "title": {"font": {"size": size}}, "fixedrange": True}
    axes = {"xaxis": axis | {"showgrid": False, "automargin": True}, "yaxis": axis | {"automargin": True}}
    form = {
        "font": letters,
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "margin": {"l": 8, "r": 8, "t": 20, "b": 8},
        "hoverlabel": {"font": letters, "bgcolor": ground, "bordercolor": faint},
        "showlegend": False,  # it stands above the chart (charts/legend), where it flows with the page
        "bargap": 0.42,
        "dragmode": False,
    }
    layout = _over(form | axes, drawing.layout)
    layout |= {name: _over(axes[name[:5]], own) for name, own in drawing.layout.items() if name[:5] in axes}
    layout["annotations"] = [_over({"font": {"size": size, "color": text}}, note) for note in layout.get("annotations", ())]
    layout["datarevision"] = hashlib.sha256(repr(drawing.traces).encode()).hexdigest()
    return _AsItIs({"data": drawing.traces, "layout": layout})


def enlarged(drawing: Drawing, by: float) -> Drawing:
    """Return a drawing whose own letters are larger by a factor, as for a presentation; its height is left to its place."""
    layout = {key: said for key, said in drawing.layout.items() if key != "height"}
    traces = [_enlarged(trace, by) for trace in drawing.traces]
    return Drawing(traces, _enlarged(layout, by))


def _enlarged(part: Any, by: float, of_letters: bool = False) -> Any:
    if isinstance(part, Mapping):
        inner = {key: _enlarged(said, by, str(key).endswith("font")) for key, said in part.items()}
        return inner | ({"size": part["size"] * by} if of_letters and "size" in part else {})
    return [_enlarged(one, by) for one in part] if isinstance(part, list) and part and isinstance(part[0], Mapping) else part


class _AsItIs(go.Figure):  # type: ignore[misc]  # Plotly says no types
    """A figure that is handed on as it was made; Plotly's own copies all of it three times."""

    def __init__(self, made: dict[str, Any]) -> None:
        self._made = made

    def to_dict(self) -> dict[str, Any]:
        return self._made


def _over(form: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form with what a chart says itself over it, part by part."""
    return {**form, **{key: _over(form[key], said) if isinstance(form.get(key), Mapping) else said for key, said in own.items()}}
