"""Contrast of every tone, light and dark, by WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for fields and for what charts draw (1.4.11)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest

from budget_model import Projection, Scenario, project
from budget_model.charts import figures
from budget_model.charts.chart import Chart
from budget_model.charts.chart_form import in_form
from budget_model.charts.hues import EDGE
from budget_model.charts.site_map import site_map
from budget_model.pages.shared import style, why_style
from budget_model.pages.shared.tones import TONES

ROOT = Path(__file__).parents[2]
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
TEXT, MARK = 4.5, 3.0


def luminance(color: str) -> float:
    """Relative luminance of a color such as #1F5A7A, from 0 for black to 1 for white.

    >>> luminance("#FFFFFF")
    1.0
    """
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colors, from 1 to 21.

    >>> round(contrast("#767676", "#FFFFFF"), 2)
    4.54
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tones(theme: Theme) -> dict[str, str]:
    """Every tone of a theme by its name: those of Streamlit's settings, its sidebar's, and those of our own style sheets."""
    given: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    sidebar = {f"sidebar.{name}": color for name, color in given.pop("sidebar").items()}
    return given | sidebar | {name: pair[THEMES.index(theme)] for name, pair in TONES.items()} | {"paper": "#FFFFFF"}


GROUNDS = ("backgroundColor", "secondaryBackgroundColor", "sidebar.backgroundColor", "sidebar.secondaryBackgroundColor", "page", "panel")
TEXTS = ("textColor", "linkColor", "primaryColor", "quiet", "alert", "link")
# Pairs of their own: text on its ground.
ON = (("on-primary", "primaryColor"), ("ink", "paper"), ("blueTextColor", "blueBackgroundColor"))
BETWEEN = {"borderColor"}  # parts what stands apart already; fields have an edge
FIELDS = ("edge",)


@pytest.mark.parametrize("theme", THEMES)
def test_every_tone_stands_out_from_every_ground(theme: Theme) -> None:
    found = tones(theme)
    assert set(found) == {*GROUNDS, *TEXTS, *(name for pair in ON for name in pair), *FIELDS} | BETWEEN, "each tone is a ground, or on one"
    assert found["page"] == found["backgroundColor"] and found["link"] == found["linkColor"]
    pairs = [
        *((text, ground, TEXT) for text, ground in (*product(TEXTS, GROUNDS), *ON)),
        *((one, at, MARK) for one, at in product(FIELDS, GROUNDS)),
    ]
    poor = {(one, at): round(contrast(found[one], found[at]), 2) for one, at, least in pairs if contrast(found[one], found[at]) < least}
    assert poor == {}


def test_style_sheets_name_their_tones() -> None:
    """A color written beside the tones would escape the test above; white in a pattern of the legend is that of the chart."""
    for sheet in (style.CSS, why_style.CSS):
        assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)) <= {"#FFFFFF"}
        assert set(re.findall(r"var\(--([a-z-]+)", sheet)) <= {*TONES, "rule", "hue", "line", "over", "cut"}
        assert not re.search(r"opacity: 0?\.\d", sheet), "text let through is text of another color"


@pytest.fixture(scope="module")
def expanded(expansion: Scenario) -> Projection:
    return project(expansion)


def drawn(projection: Projection) -> Iterator[Chart]:
    yield figures.cost_by_year(projection, "cost_by_class", "Cost")
    yield figures.sources_by_year(projection)
    yield figures.sources_by_month(projection)
    yield figures.funding_gap(projection)
    yield figures.effect_by_year(projection, projection)
    yield figures.participants(projection)
    yield figures.people_and_places(projection)
    yield figures.award_left(projection)
    yield figures.site_years(projection, "site_cost", "Site cost", "dollars")
    yield figures.by_site(projection, "site_cost", "Total", "Site cost")
    yield site_map(projection, "Total")


@pytest.mark.parametrize("theme", THEMES)
def test_what_charts_draw_stands_out_by_its_edge_or_by_itself(expanded: Projection, theme: Theme) -> None:
    """Bars of two hues may be alike to an eye; the edge between them is not. Lines have none."""
    ground = tones(theme)["backgroundColor"]
    assert contrast(EDGE, ground) >= MARK
    for chart in drawn(expanded):
        shown = in_form(chart.drawing, theme).to_dict()
        assert contrast(shown["layout"]["font"]["color"], ground) >= TEXT
        for trace in shown["data"]:
            if trace["type"] == "bar":
                assert trace["marker"]["line"]["color"] == EDGE and trace["marker"]["line"]["width"] > 0, chart.title
            elif "lines" in trace["mode"] and trace["line"].get("width"):
                assert contrast(trace["line"]["color"], ground) >= MARK, (chart.title, trace.get("name"))


def test_no_sentence_beside_a_chart_needs_a_color(expanded: Projection) -> None:
    words = re.compile(r"\b(blue|green|amber|vermilion|orange|yellow|purple|gray|red)\b", re.IGNORECASE)
    for chart in drawn(expanded):
        assert not words.search(chart.summary), chart.summary
