"""The keys of a presentation: arrows, Page Up, Page Down and the space bar turn, Escape ends it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def follow() -> None:
    """Have the keys turn the slides of the page on the screen."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
