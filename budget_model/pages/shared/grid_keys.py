"""Keys typed into a grid sooner than it takes them: `grid_keys.js` has them wait.

What stands in the way of an analyst who types cell after cell:

- Streamlit fetches the editor of cells when it is first used, and until it stands each key begins the cell anew: of -5 typed at
  once after the page has come, 5 would be left. So the editor is fetched with the page.
- Each key leaves a timer in the editor. Where the page is busy, the timer of the last letter may come after Enter was pressed,
  and closes the editor without its text. So Enter waits for the timers, and is given again where a busy grid did not hear it.
- A letter at the heels of Enter is written into the editor that is closing. So the keys behind Enter wait for it to close.
- Letters begin no entry in a column that is pinned, as names are: the grid takes it for out of sight. So Enter opens the cell first.

That a grid is not drawn anew while somebody types in it is the work of `typed_cells.py`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_EDITOR = next((file.name for file in Path(st.__file__).parent.glob("static/static/js/data-grid-overlay-editor.*.js")), "")
SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8").replace("EDITOR", _EDITOR)


def wait_for_the_editor() -> None:
    """Have keys that come before the editor of a grid wait for it."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
