"""What a browser is told with every answer: which scripts may run, where from, and what the page may not do."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from streamlit import file_util

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_OFF = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")


def headers(*scripts: str) -> dict[str, str]:
    """Return the headers of every answer; `scripts` are the texts of the inline scripts that the pages themselves bring.

    Styles may stand inline because Streamlit and Plotly write them so; a script runs only from a file of this server, or if it
    is one of those named here, by its hash, or of Streamlit's own first page. The tables are drawn by WebAssembly.
    """
    first_page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    hashes = " ".join(_hash(script) for script in (*_INLINE.findall(first_page), *scripts))
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval' {hashes}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "frame-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _OFF),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
