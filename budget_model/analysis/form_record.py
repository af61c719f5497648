"""A funder's form as plain data, for other programs: the format of `form --json`."""

from __future__ import annotations

from typing import Any

from budget_model.analysis.budget_form import BudgetForm
from budget_model.analysis.lines_by_payer import lines_by_payer, payers
from budget_model.projection import Projection


def form_record(projection: Projection, form: BudgetForm, period: str) -> dict[str, Any]:
    """Return a form of a projection as plain data, in dollars; `period` is its fiscal year, or 'Total'.

    `columns` has each line of the budget by what pays it, over all months whatever the period.
    """
    sections = [
        {
            "name": name,
            "amount": float(amount),
            "lines": [
                {"label": line.label, "exact": line.exact, "amount": float(line.amount)} for line in form.lines if line.section == name
            ],
        }
        for name, amount in form.sections.items()
    ]
    return {
        "scenario": projection.scenario.name,
        "period": period,
        "rounding": form.rule,
        "sections": sections,
        "total": float(form.total),
        "exact_total": sum(line.exact for line in form.lines),
        "rounding_above_exact_cost": float(form.difference),
        "sections_above_total": float(form.sections_above_total),
        "columns": _columns(projection),
    }


def in_kind_lines(projection: Projection) -> list[tuple[str, str, float]]:
    """Return what is given in kind over all months: name, category and value in dollars; nil is left out."""
    given, values = projection.scenario.in_kind_contributions, projection.by_year("value_of_contribution")[:, -1]
    pledged = float(projection.by_year("all_pledges_in_kind_given")[-1])
    found = [(one.name, str(one.category), float(value)) for one, value in zip(given, values, strict=True)]
    return [line for line in [*found, ("Pledged in kind", "", pledged)] if line[2]]


def _columns(projection: Projection) -> dict[str, Any]:
    found, in_kind = lines_by_payer(projection), in_kind_lines(projection)
    lines = [
        {"name": line.name, "category": line.category, "paid_by": dict(line.paid), "in_kind": 0.0, "total": line.cost} for line in found
    ]
    lines += [{"name": name, "category": category, "paid_by": {}, "in_kind": value, "total": value} for name, category, value in in_kind]
    return {"payers": list(payers(found)), "lines": lines, "project_total": sum(line["total"] for line in lines)}
