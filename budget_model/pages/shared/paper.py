"""What stands on paper and not on the screen: the scenario, its version, the date and the page, at the edges of each sheet."""

from __future__ import annotations

from datetime import datetime
from html import escape

from budget_model.pages.shared.screen_state import ScreenState


def on_paper(title: str, screen: ScreenState) -> str:
    """Return what a page adds when it is printed, as HTML; browsers that know no edges of a sheet print it once, above the page."""
    what, today = screen.in_words(screen.saved.scenario.name), datetime.now().astimezone()
    date = f"{today:%b} {today.day}, {today.year}"
    edges = {
        "top-left": f'"LEAD Budget Modeler, {_quoted(title)}"',
        "top-right": f'"{_quoted(what)}"',
        "bottom-left": f'"{date}"',
        "bottom-right": '"Page " counter(page) " of " counter(pages)',
    }
    rules = "".join(f"@{edge} {{ content: {content}; font: 9pt sans-serif; color: #4A5862; }}" for edge, content in edges.items())
    return f'<p class="on-paper">{escape(what)}. {date}.</p><style>@media print {{ @page {{ {rules} }} }}</style>'


def _quoted(text: str) -> str:
    """Return a text as it stands within quotes of a style sheet, where no letter of it can end them."""
    return "".join(one if one.isascii() and (one.isalnum() or one in " ,.-") else f"\\{ord(one):06x}" for one in text)
