"""Every result of a projection as one long table, for other programs: a line for each row, item and period."""

from __future__ import annotations

from itertools import product

import pandas as pd

from budget_model.budget import BUDGET
from budget_model.engine.rows import Input, Row
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.timeline import month_label

_COLUMNS = ["row", "label", "unit", "item", "period", "value"]
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")  # a spreadsheet would read a text that begins so as a formula


def tidy(projection: Projection, *, by_month: bool) -> pd.DataFrame:
    """Return all calculated rows by month, or by fiscal year and in total: row, label, unit, item, period, value.

    `item` joins the names along the row's axes with ' | '. Rows without a yearly reading are left out of the yearly table.
    """
    periods = [month_label(month) for month in projection.timeline.months] if by_month else list(projection.years)
    parts = []
    for row in BUDGET.rows.values():
        if _is_in(row, by_month=by_month):
            values = projection.monthly(row.name) if by_month else projection.by_year(row.name)
            items = [" | ".join(member.name for member in members) for members in product(*projection.members(row))]
            lines = pd.MultiIndex.from_product([items, periods], names=["item", "period"]).to_frame(index=False)
            parts.append(lines.assign(row=row.name, label=row.label, unit=row.unit, value=values.reshape(-1)))
    return pd.concat(parts, ignore_index=True)[_COLUMNS]


def _is_in(row: Row, *, by_month: bool) -> bool:
    if isinstance(row, Input):
        return False
    if by_month:
        return Axis.MONTH in row.over
    return Axis.YEAR in row.over or (Axis.MONTH in row.over and row.in_a_year is not None)


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV whose texts no spreadsheet reads as formulas; numbers are whole."""
    safe = table.copy()
    for name in safe.select_dtypes(exclude="number"):
        safe[name] = [harmless(str(text)) for text in safe[name]]
    return safe.to_csv(index=False)


def harmless(text: str) -> str:
    """Return a text as a table in CSV holds it: no spreadsheet reads it as a formula (convention E1).

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text
