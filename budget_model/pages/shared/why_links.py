"""Links to the reasons of a figure: a figure on a page opens the panel *Why this number*, which has an address of its own.

The address of the page says it: `why=net_county_cost@FY 2020-21`, once for each figure on the way, the one that is shown last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote_plus, urlencode

import streamlit as st

from budget_model.analysis.why.addresses import text_of
from budget_model.pages.shared.address import of_the_work

WHY, CELL = "why", "cell"
# In the page: a link to a reason changes the address alone, as the way back and forward does, and the page follows it.
SCRIPT = Path(__file__).with_name("why_links.js").read_text(encoding="utf-8")


def href(*trail: str) -> str:
    """Return the address of this page with the panel open at the last figure of a trail; closed where there is none."""
    return f"?{urlencode([*_kept(), *((WHY, one) for one in trail)])}"


def opener(*trail: str) -> Callable[[str], str]:
    """Return the function from a figure to the address that opens the panel there, after a trail; for many figures at once."""
    begins = urlencode([*_kept(), *((WHY, one) for one in trail), (WHY, "")])
    return lambda figure: f"?{begins}{quote_plus(figure)}"


def of_years(years: Iterable[str], row: str, *items: str) -> tuple[str, ...]:
    """Return a row's figures of some fiscal years, or of an item of it, as a table's cells name them."""
    return tuple(text_of(row, year, items) for year in years)


def _kept() -> list[tuple[str, str]]:
    """Return what the address of this page says beside the figure that is explained."""
    return [(key, value) for key in st.query_params for value in st.query_params.get_all(key) if key != WHY]


def href_of_build(part: str, place: Sequence[str], trail: Sequence[str]) -> str:
    """Return the address of a place in Build, with the work on the screen and the panel as it is."""
    kept = of_the_work().items()
    return f"build?{urlencode([*kept, ('part', part), *((CELL, one) for one in place), *((WHY, one) for one in trail)])}"


def linked(text: str, address: str, label: str = "") -> str:
    """Return a figure as HTML that opens its reasons; `label` names it for who does not see where it stands."""
    named = f' aria-label="{escape(f"{text}, {label}: why")}"' if label else ""
    return f'<a class="why" href="{escape(address)}"{named}>{escape(text)}</a>'
