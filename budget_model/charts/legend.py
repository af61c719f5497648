"""What the traces of a drawing are called and how they look, for the legend that stands above a chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from budget_model.charts.chart import Drawing

Look = Literal["area", "solid", "dash", "dot", "longdash", "longdashdot"]  # a filled area with or without a pattern, or a line


class Entry(NamedTuple):
    """A trace of the legend: the group in which it stands, if any, its name, its look and color, and a pattern of Plotly's or none."""

    group: str
    name: str
    look: Look
    color: str
    shape: str = ""


def entries(drawing: Drawing) -> list[Entry]:
    """Return the legend of a drawing in the order in which it is drawn; none where a single thing is drawn."""
    found = [_entry(trace) for trace in _named(drawing)]
    return found if len(found) > 1 else []


def _named(drawing: Drawing) -> Iterator[dict[str, Any]]:
    return (trace for trace in drawing.traces if trace.get("name") and trace.get("showlegend", True))


def _entry(trace: dict[str, Any]) -> Entry:
    group, name = trace.get("legendgroup", ""), trace["name"]
    group = "" if name == group or name.startswith(f"{group}: ") else group  # such as another plan beside
    if "fillcolor" in trace:
        return Entry(group, name, "area", trace["fillcolor"])
    if "line" in trace:
        return Entry(group, name, trace["line"].get("dash", "solid"), trace["line"]["color"])
    if trace["type"] == "bar":
        marked = trace["marker"]
        return Entry(group, name, "area", marked["color"], marked.get("pattern", {}).get("shape", ""))
    return Entry(group, name, "solid", trace["marker"].get("line", trace["marker"])["color"])
