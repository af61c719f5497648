"""Leaving a page while something stands on it that the server does not have: the browser asks before it lets go.

That is an entry still being typed, in a field or in a cell of a table, and changes that the database did not take yet.
"""

from __future__ import annotations

import streamlit as st

HELD = "held-on-this-screen"
SCRIPT = f"""
if (!window.asksBeforeLeaving) {{
  window.asksBeforeLeaving = true;
  window.addEventListener("beforeunload", event => {{
    const typing = document.querySelector("#portal textarea, #portal input");
    const unsent = [...document.querySelectorAll('[data-testid="InputInstructions"]')].some(one => one.innerText.includes("Press"));
    if (typing || unsent || document.querySelector(".{HELD}")) event.preventDefault();
  }});
}}
"""


def mark_as_held() -> None:
    """Have the browser ask because changes are on this screen only."""
    st.html(f'<span class="{HELD}"></span>')
