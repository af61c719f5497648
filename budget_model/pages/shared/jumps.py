"""Places of a page that a link leads to: the address names one once, and the page is scrolled to it."""

from __future__ import annotations

import streamlit as st

CHECKS = "checks"
_AT, _JUMPS = "at", "jumps.made"
# What stands above the place may come later, as the grids do: it is scrolled to again until the reader does something.
SCRIPT = """{
  const there = document.querySelector(".jumped-to");
  const grows = new ResizeObserver(() => { if (there.isConnected) there.scrollIntoView(); });
  if (there) grows.observe(there.closest("[data-testid=stMainBlockContainer]"));
  const stop = () => grows.disconnect();
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) window.addEventListener(act, stop, { once: true });
}"""


def to(place: str) -> dict[str, str]:
    """Return what a link adds to the address of a page to lead to a place of it."""
    return {_AT: place}


def show_at(place: str, html: str) -> None:
    """Show HTML at a place, and scroll to it if the address asks for that; the address forgets it then."""
    if st.query_params.get(_AT) != place:
        st.html(html)
        return
    del st.query_params[_AT]
    made = st.session_state[_JUMPS] = st.session_state.get(_JUMPS, 0) + 1  # a script that stands there already does not run again
    st.html(f'<div class="jumped-to" data-jump="{made}">{html}</div><script>{SCRIPT}</script>', unsafe_allow_javascript=True)
