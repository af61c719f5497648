"""How the amount of a line is worked out, as a person writes it on a form: rates, quantities, months, and what they come to."""

from __future__ import annotations

from budget_model.analysis.funder_forms.computation_of_lines import budget_line_worked_out, rate_worked_out
from budget_model.analysis.funder_forms.computation_of_services import care_worked_out, contract_worked_out, service_worked_out
from budget_model.analysis.funder_forms.worked_out import (
    Part,
    WorkedOut,
    amount,
    beyond,
    money,
    months,
    noted,
    percent,
    price,
    sum_of,
    worked_out,
)
from budget_model.formats import written
from budget_model.projection import Projection
from budget_model.scenario.schema import BudgetLine, Care, Contract, InKindContribution, Item, Rate, Service, Source


def line_worked_out(projection: Projection, item: Item, at: int) -> WorkedOut:
    """Return how the cost of a line of the budget that is no position, by its place in its table, is worked out."""
    if isinstance(item, Contract):
        return contract_worked_out(projection, item, at)
    if isinstance(item, Service):
        return service_worked_out(projection, item, at)
    if isinstance(item, BudgetLine):
        return budget_line_worked_out(projection, item, at)
    if isinstance(item, Rate):
        return rate_worked_out(projection, item, at)
    assert isinstance(item, Care)
    return care_worked_out(projection, item, at)


def contribution_worked_out(projection: Projection, given: InKindContribution, at: int) -> WorkedOut:
    """Return how the value of what is given in kind, by its place in its table, is worked out."""
    on = projection.monthly("is_given_in_kind")[at]
    monthly, whole, each = given.monthly_value, given.total_value, given.unit_value.number
    by_unit = f"{written(given.quantity_given.number)} {given.counts or 'units'} x {price(each)}"
    note = f"given by {given.giver}" if given.giver else "given in kind by the applicant"
    if not on.any():
        return worked_out(note=note)
    return worked_out(
        Part(f"{price(monthly.number)} a month x {months(projection, on)}{noted(monthly)}", monthly.number * float(on.sum())),
        amount(f"{price(whole.number)} over all its months{noted(whole)}", whole.number),
        Part(by_unit, given.quantity_given.number * each),
        note=note,
    )


def indirect_worked_out(projection: Projection, source: Source, at: int) -> WorkedOut:
    """Return how overhead that is claimed beside the money drawn from a source, by its place in its table, is worked out."""
    drawn, rate = sum_of(projection, "drawdown", at), source.claimable_indirect_rate.number
    claimed = Part(f"{percent(rate)} of {money(drawn)} of money drawn, for overhead that is budgeted elsewhere", rate * drawn)
    return worked_out(claimed, beyond("as far as money is left", sum_of(projection, "indirect_claimed", at), [claimed]))
