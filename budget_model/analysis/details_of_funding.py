"""What a check of who pays means for a source, a column or the whole plan, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from budget_model.analysis.missed_check import Missed, said
from budget_model.analysis.who_pays import BASES, BEYOND, cap_uses, match_in_words
from budget_model.formats import HALF_A_CENT
from budget_model.scenario.schema import FundingAssignment, Source


def _overpaid(missed: Missed) -> str:
    return f"{missed.amount} more is paid of it than it costs."


def _overdrawn(missed: Missed) -> str:
    return f"{missed.amount} is drawn beyond the money that there is."


def _assigned_twice(missed: Missed) -> str:
    return f"{missed.amount} more is assigned to sources than there is cost: lower the shares or amounts of the columns."


def _match(missed: Missed) -> str:
    owed, pledged, drawn = missed.total("match_owed"), missed.given("source_match_pledged"), missed.total("drawdown")
    ahead, met = missed.total("grant_drawn_ahead_of_match"), missed.total("match_met_before_cash")
    others = f", of which income, cash of partners or value in kind meets {missed.money(met)}" if met else ""
    asked = f"Cash match owed {missed.money(owed)} ({_basis(missed)}){others}"
    if missed.given("match_has_own_lines"):
        columns = f"its columns of cash match come to {missed.money(missed.total('match_lines'))}"
        return f"{asked}; {columns}: {missed.amount} is short. Let columns of cash match pay more."
    words = f"{asked}, pledged {missed.money(pledged)}"
    short = owed - met - pledged
    if short < HALF_A_CENT:
        return f"{words}, but {missed.amount} of it finds no cost to pay in time: plan cost for it, or agree on less match."
    earned = f"{'the match met' if met else 'the pledge'} earns {missed.money(drawn - ahead)} of the {missed.money(drawn)} drawn"
    late = missed.missed_by - short  # of what is pledged
    besides = f" {said(late, 'dollars')} of what is pledged finds no cost to pay in time." if late >= HALF_A_CENT else ""
    return f"{words}; {earned}. Pledge {missed.money(short)} more.{besides}"


def _basis(missed: Missed) -> str:
    """Return what the match is a share of, such as '25% of the award, spent or not'."""
    assert isinstance(missed.item, Source)
    return match_in_words(missed.item).removeprefix("match ")


def _in_kind(missed: Missed) -> str:
    owed, contributed = missed.total("in_kind_match_owed"), missed.total("contributions_in_kind")
    pledged = missed.money(missed.given("source_match_in_kind_pledged"))
    words = f"Match in kind owed {missed.money(owed)} ({_basis(missed)}), pledged {pledged}"
    counted = missed.money(missed.total("match_met_by_contributions"))
    listed = f", contributed {missed.money(contributed)}, of which {counted} counts" if contributed >= 1 else ""
    return f"{words}{listed}: pledge or list {missed.amount} more in kind."


def _community_providers(missed: Missed) -> str:
    return _least(missed, "to community providers", "source_least_to_community_providers", "paid_to_community_providers")


def _evaluation(missed: Missed) -> str:
    return _least(missed, "for data and evaluation", "source_least_to_evaluation", "paid_for_evaluation")


def _least(missed: Missed, purpose: str, least: str, paid_row: str) -> str:
    drawn, paid = missed.total("drawdown"), missed.total(paid_row)
    words = f"At least {said(missed.given(least), 'share')} of what is drawn in a year must go {purpose}: {missed.amount} is missing"
    return f"{words} (over all years {missed.money(paid)} of {missed.money(drawn)} drawn)."


def _replaced(missed: Missed) -> str:
    baseline = missed.money(float(missed.projection.monthly("county_baseline")))
    return f"{missed.amount} stands where the County's own money stood, {baseline} a year, and the source's terms forbid it."


def _cap(missed: Missed) -> str:
    use = cap_uses(missed.projection)[missed.index[0]]
    cap = use.cap
    share = said(cap.share.value, "share")
    lets = f"At most {share} of {BASES[cap.of]} of {cap.source} may go to {cap.category or cap.appropriation_class}"
    others = [other for other in missed.projection.scenario.caps if other is not cap and other.source == cap.source]
    part = ", its part of what this cap and others on the same refuse together," * any(other.capped == cap.capped for other in others)
    crossing = any((other.category is None) is not (cap.category is None) for other in others)
    both = " Caps on a category and on a class both refuse of cost that is in both: together more than one of them would." * crossing
    return f"{lets}. {missed.amount} above it{part} is refused and left to: {use.payers}.{both}"


def _cut_short(missed: Missed) -> str:
    return f"In some months its money does not reach for its constant share: {missed.amount} is left to later sources or to the gap."


def _ahead(missed: Missed) -> str:
    drawn = missed.money(missed.total("drawdown"))
    return f"{missed.amount} of the {drawn} drawn is not earned by the cash match paid: the funder may ask it back."


def _beyond_need(missed: Missed) -> str:
    if missed.given("match_has_own_lines"):
        asked = f" ({basis})" if (basis := _basis(missed)) else ""
        given = "that columns pay, with what is given in kind," if missed.given("source_match_in_kind_counts_first") else "that columns pay"
        return f"{missed.amount} of the match {given} is beyond what is asked for{asked} and earns nothing."
    return f"{missed.amount} of the match pledged is not asked for and pays nothing: pledge less, or list it as a source."


def _lost(missed: Missed) -> str:
    drawn = missed.total("drawdown")
    pays = missed.projection.monthly("source_pays")[missed.index]
    rest = f"{missed.money(drawn)} is drawn." if drawn >= 1 else f"Nothing is drawn. {_without_cost(missed)}"
    rest += "" if pays.any() else " It pays no category, but what columns name."
    return f"{missed.amount} is not spent in time and lost. {rest}".rstrip()


def _without_cost(missed: Missed) -> str:
    """Return the sentence that a source meets no cost, where none is budgeted that it may pay."""
    pays = missed.projection.monthly("source_pays")[missed.index]
    assigned = missed.projection.by_year("assigned_cost")[:, -1]
    sources = [assignment.source for assignment in missed.projection.scenario.funding_assignments]
    own = any(cost for source, cost in zip(sources, assigned, strict=True) if missed.item and source == missed.item.name)
    budgeted = own or (pays * missed.projection.by_year("cost_by_category")[:, -1]).any()
    return "" if budgeted else "Nothing is budgeted in the categories that it pays."


def _not_reached(missed: Missed) -> str:
    amount = missed.money(missed.given("assignment_assigned_amount"))
    return f"{missed.amount} of its {amount} finds no cost in the period of its source: lower the amount, or let its line begin sooner."


def _above_limit(missed: Missed) -> str:
    column = missed.item
    assert isinstance(column, FundingAssignment)
    limit = f"{missed.money(column.limit.number)} for each {str(column.limit_each).lower()}"
    return f"{missed.amount} of what it names is above the limit of {limit}: no source pays it, and it is the County's own."


def _open_money(missed: Missed) -> str:
    return f"No amount is said of it, so it pays {missed.amount}: all that it may. Say its award or yearly amount where it is bounded."


def _pays_nothing(missed: Missed) -> str:
    if missed.total("money_awarded") < 1:
        return "It pays nothing in any year: it has no money."
    return "It pays nothing in any year. " + (
        _without_cost(missed) or "What it may pay is paid by sources before it, refused by its caps, or outside its period."
    )


def _pays_no_services(missed: Missed) -> str:
    return f"In {missed.amount} at the start and end of its period it pays no services to participants: later sources do, or the gap."


def _column_of_services(missed: Missed) -> str:
    return f"{missed.amount} is of months in which its source pays no services to participants: it is paid as if no column named it."


def _catches_nothing(_: Missed) -> str:
    return "It assigns no cost in any year: its share is 0, or what it names costs nothing in the period of the source."


def _gap(missed: Missed) -> str:
    return f"No source pays {missed.amount}: net county cost {BEYOND}."


def _cliff(missed: Missed) -> str:
    return f"{missed.amount} of cost that goes on rests on money that comes once, and on nothing when that ends."


def _passes_on(missed: Missed) -> str:
    return f"The unit receives {missed.amount} more than it budgets. Say under purchased by what it pays of other units' lines."


def _saved(missed: Missed) -> str:
    return f"Amounts below zero are {missed.amount} more than their category costs beside columns in a month: they lower net county cost."


DETAILS_OF_FUNDING: Mapping[str, Callable[[Missed], str]] = {
    "no_category_is_overpaid": _overpaid,
    "no_award_is_overdrawn": _overdrawn,
    "no_cost_is_assigned_twice": _assigned_twice,
    **dict.fromkeys(
        (f"columns_of_{line}_add_up" for line in ("position", "contract", "service", "care", "budget_line", "rate", "site")),
        _assigned_twice,
    ),
    "match_is_met": _match,
    "in_kind_match_is_met": _in_kind,
    "community_providers_get_their_share": _community_providers,
    "evaluation_gets_its_share": _evaluation,
    "county_money_is_not_replaced": _replaced,
    "cost_above_cap": _cap,
    "share_cut_short": _cut_short,
    "saved_beyond_what_is_paid": _saved,
    "grant_drawn_ahead_of_match": _ahead,
    "match_beyond_need": _beyond_need,
    "money_lost": _lost,
    "source_pays_nothing": _pays_nothing,
    "source_pays_no_services": _pays_no_services,
    "column_names_services_not_paid": _column_of_services,
    "assignment_catches_nothing": _catches_nothing,
    "column_amount_not_reached": _not_reached,
    "column_above_limit": _above_limit,
    "money_without_an_amount": _open_money,
    "cost_nobody_pays": _gap,
    "ongoing_cost_on_money_that_ends": _cliff,
    "unit_receives_more_than_it_budgets": _passes_on,
}
