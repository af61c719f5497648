"""What a reader of a form must know beside its figures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from budget_model.analysis.funder_forms.chosen_source import is_federal
from budget_model.analysis.funder_forms.items import FormItems
from budget_model.analysis.funder_forms.payers import Payer
from budget_model.analysis.funder_forms.template import FormTemplate, months_of
from budget_model.analysis.funder_forms.terms import FormAmount
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.choices import SourceStatus


def remarks_of(template: FormTemplate, items: FormItems, month: FormAmount) -> Iterator[str]:
    """Yield what is to be said: of the source, and of money that lies in no period of the form."""
    source = items.source
    if template.source == "federal" and not is_federal(source):
        yield f'The source "{source.name}" is not said to be federal money: say so of it, and give its assistance listing number.'
    elif template.source == "federal" and not source.assistance_listing:
        yield f'The source "{source.name}" has no assistance listing number.'
    if source.status is not SourceStatus.AWARDED:
        yield (
            f"{source.name}: {str(source.status).lower()}."
            if source.status is not SourceStatus.NOT_STATED
            else f"{source.name}: its status is not stated."
        )
    outside = _outside(template, items, month)
    if outside > HALF_A_CENT:
        yield f"${outside:,.2f} of the source's money falls in no period of this form."


def _outside(template: FormTemplate, items: FormItems, month: FormAmount) -> float:
    """Return what the source pays outside all periods that the form names, in dollars; 0 where some column has the whole period."""
    periods = {
        months_of(row.period or column.period or table.period)
        for table in template.tables
        for row in table.rows
        for column in table.columns
        if not (row.total or column.total or column.text or column.nothing)
    }
    if None in periods:
        return 0.0
    spans = [span for span in periods if span]
    inside = np.any([(month.value >= first) & (month.value <= last) for first, last in spans], axis=0)
    return float(
        sum(np.sum(amount.value, where=~inside) for item in items.items for payer, amount in item.amounts.items() if payer is Payer.GRANT)
    )
