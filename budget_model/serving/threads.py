"""How the server's threads take turns."""

from __future__ import annotations

import sys

_TURN_SECONDS = 0.0005


def send_while_pages_run() -> None:
    """Have what is sent wait for a running page no longer than half a millisecond.

    Python lets a thread that calculates go on for five milliseconds before another has its turn. A page sends its figures and its chart
    first and calculates on; each message then waited so long, for each write gives the turn away.
    """
    sys.setswitchinterval(_TURN_SECONDS)
