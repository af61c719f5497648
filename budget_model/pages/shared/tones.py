"""The tones of what the dashboard draws itself, light and dark; those of Streamlit's own parts stand in `.streamlit/config.toml`.

Style sheets call them by name (`var(--quiet)`). A test computes the contrast of each with every ground on which it stands.
"""

from __future__ import annotations

from budget_model.charts.hues import EDGE

TONES = {
    "page": ("#FFFFFF", "#12191F"),  # grounds: of the page and of a panel beside it
    "panel": ("#F6F8FA", "#18222A"),
    "quiet": ("#4A5862", "#B5C1C9"),  # texts: what explains, what warns, what leads somewhere, and what a button of the main color says
    "alert": ("#A84700", "#FF9B5E"),
    "link": ("#1F5A7A", "#8CC6E3"),
    "on-primary": ("#FFFFFF", "#0B1218"),
    "ink": ("#1C2B36", "#1C2B36"),  # on paper, which is white in both themes
    "edge": (EDGE, EDGE),  # around fields, and around what a chart draws
}
# Lines between the lines of a table: they part what stands apart already.
RULE = "rgba(128, 140, 150, 0.28)"

_NAMED = " ".join(f"--{name}: light-dark({light}, {dark});" for name, (light, dark) in TONES.items())
CSS = f"<style>:root {{ {_NAMED} --rule: {RULE}; }}</style>"
