"""Names in grids as dark as other cells: a grid draws what is pinned faded, as if it were locked, and names are read first.

The grid draws on a canvas, faded text at an opacity of its own; where a page says that its names are not faded, that is left out.
"""

from __future__ import annotations

import streamlit as st

_MARK = "names-are-not-faded"
SCRIPT = f"""
if (!window.namesAreNotFaded) {{
  window.namesAreNotFaded = true;
  const FADED = 0.6, canvas = CanvasRenderingContext2D.prototype;
  const alpha = Object.getOwnPropertyDescriptor(canvas, "globalAlpha");
  Object.defineProperty(canvas, "globalAlpha", {{
    ...alpha,
    set(value) {{ alpha.set.call(this, value === FADED && document.querySelector(".{_MARK}") ? 1 : value); }},
  }});
}}
"""


def are_not_faded() -> None:
    """Have the names in the grids of this page drawn like other cells."""
    st.html(f'<span class="{_MARK}"></span><script>{SCRIPT}</script>', unsafe_allow_javascript=True)
