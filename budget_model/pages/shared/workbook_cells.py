"""The cell of a figure in the workbook, for the panel *Why this number*: laid out once for a plan, while the panel is shown already."""

from __future__ import annotations

from budget_model.analysis.why.addresses import Address
from budget_model.errors import BudgetModelError
from budget_model.pages.shared import background
from budget_model.projection import Projection
from budget_model.scenario.text import cache_key
from budget_model.workbook.layout.figure_cells import FigureCells, figure_cells, in_words

_SLOT = "workbook_cells.waiting"


def said(projection: Projection, address: Address) -> str:
    """Return where a figure stands in the workbook of what is on the screen, in a sentence; '' while that is found out."""
    try:
        found: FigureCells | None = background.once_for_all(_SLOT, cache_key(projection.scenario), figure_cells, projection.scenario)
    except BudgetModelError:
        return "Its cell in the workbook could not be found out; open the panel again."
    return in_words(found, address) if found else ""


def follow(projection: Projection) -> None:
    """Show the page anew once it is known, where it is not yet."""
    if background.is_awaited(_SLOT, cache_key(projection.scenario)):
        background.follow(_SLOT)
