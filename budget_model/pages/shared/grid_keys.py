"""Keys typed into a grid sooner than it takes them.

Streamlit fetches the editor of cells when it is first used, and until it stands each key begins the cell anew: of -5 typed at
once after the page has come, 5 would be left. And Enter at the heels of the last letter, or a letter at the heels of Enter, is
lost, for the grid then writes into the editor that it is closing. So the editor is fetched with the page, and such keys wait a
moment and are given to the grid one by one.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_EDITOR = next((file.name for file in Path(st.__file__).parent.glob("static/static/js/data-grid-overlay-editor.*.js")), "")
SCRIPT = f"""
if (!window.gridKeysWait) {{
  window.gridKeysWait = true;
  const longest = 3000, keys = [];  // milliseconds; a cell that opens no editor lets the keys go on after that
  let giving = false, there = false;
  if ("{_EDITOR}") import(new URL("./static/js/{_EDITOR}", document.baseURI)).catch(() => {{}});
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const inEditor = part => Boolean(part?.closest?.("#portal"));
  const until = async (holds, most) => {{
    const end = performance.now() + most;
    do await drawn(); while (!holds() && performance.now() < end);
  }};
  const open = () => inEditor(document.activeElement);
  const give = async () => {{
    giving = true;
    await until(open, longest);
    there ||= open();
    while (keys.length) {{
      const editor = document.querySelector("#portal textarea, #portal input"), opened = Boolean(editor);
      const field = editor && !open() ? editor : document.activeElement, given = keys.shift(), types = given.key.length === 1;
      if (opened && types) document.execCommand("insertText", false, given.key);
      else field.dispatchEvent(new KeyboardEvent("keydown", {{ ...given, bubbles: true, cancelable: true, composed: true }}));
      const holds = types ? open : opened ? () => !field.isConnected : () => true;
      await until(holds, field.matches("textarea") || types ? longest : 0);  // a list of choices may stay open
      if (opened && !types && field.matches("textarea") && field.isConnected) {{  // the grid was busy and did not hear it
        field.dispatchEvent(new KeyboardEvent("keydown", {{ ...given, bubbles: true, cancelable: true, composed: true }}));
        await until(holds, longest);
      }}
    }}
    giving = false;
  }};
  window.addEventListener("keydown", event => {{
    if (!event.isTrusted || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const {{ key, code, keyCode, shiftKey, target }} = event;
    const first = !there && target.closest?.("[data-testid=stDataFrame]") && (key.length === 1 || key === "Enter");
    const ends = inEditor(target) && ((key === "Enter" && !shiftKey) || key === "Tab");
    if (giving || ends) {{
      event.preventDefault();
      event.stopImmediatePropagation();
      keys.push({{ key, code, keyCode, shiftKey }});
    }}
    if (!giving && (first || ends)) give();
  }}, true);
}}
"""


def wait_for_the_editor() -> None:
    """Have keys that come before the editor of a grid wait for it."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
