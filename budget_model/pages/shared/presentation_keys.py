"""The keys of a presentation: arrows, Page Up, Page Down and the space bar turn, Escape ends it."""

from __future__ import annotations

import streamlit as st

SCRIPT = """
if (!window.presentationTurns) {
  window.presentationTurns = true;
  const WAYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "prev", PageUp: "prev", Escape: "up" };
  window.addEventListener("keydown", event => {
    const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    const foot = document.querySelector(".slide-foot");
    if (!foot || defaultPrevented || ctrlKey || metaKey || altKey || !(key in WAYS) || target.closest?.("input, textarea, dialog")) return;
    if (key === " " && target.closest?.("a, button")) return;
    if (key === "Escape" && document.querySelector(".why-panel")) return; // which it closes first
    event.preventDefault();
    foot.querySelector(`a[rel=${WAYS[key]}]`)?.click();
  });
}
"""


def follow() -> None:
    """Have the keys turn the slides of the page on the screen."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
