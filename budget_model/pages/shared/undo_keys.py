"""Undo and redo by keyboard, as people know them from other programs.

The buttons carry the keys. In a field the same keys undo what is typed there, which is the browser's own work: so they are
kept from the buttons while a text is being typed. A number or a choice that was taken is a step; in its field the keys are the
field's own from the first letter typed until it is taken. The keys type nothing into a grid, as letters with Alt do. There they wait
until what was typed last is sent, for that is what they undo.
"""

from __future__ import annotations

UNDO, REDO = "Ctrl+Z", "Ctrl+Shift+Z"
_FIELDS = "textarea, input:not([type=checkbox], [type=radio], [type=range]), [contenteditable=true]"
_TAKEN_AT_ONCE = "[type=number]:not(#portal *), [role=combobox]:not(#portal *)"
SCRIPT = f"""
if (!window.undoIsLeftToFields) {{
  window.undoIsLeftToFields = true;
  const SENT = 200; // milliseconds: so long Streamlit holds back what was typed into a grid, and a little more
  const FOLLOWED = 50; // tenths of a second for which a field is looked for that the page draws anew with another value
  const stayIn = (name, left = FOLLOWED) => {{
    const {{ activeElement }} = document, field = document.querySelector(`[aria-label="${{CSS.escape(name)}}"]`);
    if (activeElement === document.body && field) field.focus();
    else if (left && name) setTimeout(() => stayIn(name, left - 1), 100);
  }};
  let typedInto = null; // a field with letters that are still to be sent
  window.addEventListener("input", ({{ target, isTrusted }}) => {{ if (isTrusted) typedInto = target; }}, true);
  window.addEventListener("focusout", () => {{ typedInto = null; }}, true);
  window.addEventListener("keydown", event => {{
    const {{ target }} = event, field = event.composedPath().find(part => part.matches?.("{_FIELDS}"));
    const typing = field && (field === typedInto || !field.matches("{_TAKEN_AT_ONCE}"));
    if (event.key === "Enter") typedInto = null;
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (typing) event.stopImmediatePropagation();
    else if (field) {{
      event.preventDefault();
      stayIn(field.getAttribute("aria-label"));
    }}
    else if (event.isTrusted && target.closest?.("[data-testid=stDataFrame]")) {{
      event.preventDefault();
      event.stopImmediatePropagation();
      const again = new KeyboardEvent("keydown", event);
      setTimeout(() => (target.isConnected ? target : document.body).dispatchEvent(again), SENT);
    }}
  }}, true);
}}
"""
