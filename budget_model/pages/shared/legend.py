"""The legend of a chart as text of the page: it flows with the width, is read aloud, and can be printed and searched."""

from __future__ import annotations

from html import escape

from budget_model.charts.chart import Drawing
from budget_model.charts.legend import Entry, entries

# What the style sheet calls the patterns of Plotly.
_PATTERNS = {"": "", "/": "rising", "\\": "falling", "x": "crossed", "-": "lying", "|": "upright", "+": "checked", ".": "dotted"}


def legend(drawing: Drawing) -> str:
    """Return the legend of a drawing as HTML; '' where a single thing is drawn."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries(drawing):
        groups.setdefault(entry.group, []).append(entry)
    parts = [_part(group, groups[group]) for group in sorted(groups, key="".__eq__)]  # what stands in no group comes last
    return f'<div class="legend">{"".join(parts)}</div>' if parts else ""


def _part(group: str, members: list[Entry]) -> str:
    title = f'<li class="group">{escape(group)}</li>' if group else ""
    return f"<ul>{title}{''.join(map(_line, members))}</ul>"


def _line(entry: Entry) -> str:
    look = f"{entry.look} {_PATTERNS[entry.shape]}".strip()
    return f'<li><i class="{look}" style="--hue: {entry.color}"></i>{escape(entry.name)}</li>'
