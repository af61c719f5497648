"""What opens over the page in the theme of the page: it hangs on the body, which Streamlit does not tell whether it is dark."""

from __future__ import annotations

SCRIPT = """{
  const app = document.querySelector('[data-testid="stApp"]');
  const tell = () => { document.body.style.colorScheme = getComputedStyle(app).colorScheme; };
  tell();
  new MutationObserver(tell).observe(app, { attributes: true, attributeFilter: ["class"] });
}"""
