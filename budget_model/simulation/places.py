"""Where an uncertain number stands among the inputs of a scenario."""

from __future__ import annotations

# For each cell that one uncertain number stands in: the input, as `Inputs.values` names it, and the item along its axis (None: no axis).
Places = tuple[tuple[str, int | None], ...]
