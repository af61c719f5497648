"""What a check that is missed means for an item, and what to do about it: a sentence or two with its amounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from budget_model.analysis.who_pays import BASES, BEYOND, cap_uses, match_in_words
from budget_model.engine.rows import Line
from budget_model.formats import dollars, in_unit, is_money
from budget_model.projection import Projection
from budget_model.scenario.choices import AppropriationClass, Driver
from budget_model.scenario.schema import Care, ControlTotal, Item, Position, Service, Source

Index = tuple[int, ...]


def said(amount: float, unit: str) -> str:
    """Return an amount with its unit, in whole dollars or to one decimal; below a dollar in cents.

    >>> said(14500.4, "dollars"), said(0.25, "dollars"), said(1.0, "days"), said(11.04, "places"), said(0.03, "share of salary")
    ('$14,500', '$0.25', '1 day', '11 places', '3%')
    """
    if is_money(unit):
        return dollars(amount) if amount >= 1 else f"${amount:.2f}"
    return in_unit(amount if unit.startswith("share") else round(amount, 1), unit)


@dataclass(frozen=True)
class Loss:
    """What a contract leaves a provider unpaid in a fiscal year: dollars, and their share of the provider's cost."""

    amount: float
    share: float
    year: str

    @property
    def words(self) -> str:
        """The loss, such as "$108,290 of the provider's cost unpaid in FY 2022-23, 11.1% of it"."""
        return f"{dollars(self.amount)} of the provider's cost unpaid in {self.year}, {said(round(self.share, 3), 'share')} of it"


def largest_loss(projection: Projection, contract: int) -> Loss:
    """Return the loss of a contract's provider in the fiscal year in which it is furthest beyond what it may lose."""
    year = int(projection.by_year("provider_loses_too_much")[contract, :-1].argmax())
    amount, *parts = (
        float(projection.by_year(row)[contract, year])
        for row in ("payment_beyond_provider_cost", "provider_direct_cost", "provider_indirect_cost")
    )
    return Loss(-amount, -amount / sum(parts) if sum(parts) else 0.0, projection.years[year])


def detail_of(projection: Projection, row: Line, index: Index, item: Item | None) -> str:
    """Return what it means that an item misses a check, in one sentence or two.

    `index` is the item's along the row's axis, () for the whole program; `item` is what the scenario says of it, None for what
    stands in no table.
    """
    return _DETAILS.get(row.name, _missed_by)(_Missed(projection, row, index, item))


@dataclass(frozen=True)
class _Missed:
    """An item that misses a check."""

    projection: Projection
    row: Line
    index: Index
    item: Item | None

    @property
    def amount(self) -> str:
        """By how much it is missed, in words."""
        return said(float(self.projection.missed(self.row)[self.index]), self.row.unit)

    def given(self, name: str) -> float:
        """Return an assumption of the item, or one of the whole program."""
        values = self.projection.monthly(name)
        return float(values[self.index] if values.ndim else values)

    def month(self, name: str) -> str:
        """Return a month of the item in words, such as 'September 2018'; '' where there is none."""
        month = self.projection.month_of(name, *self.index)
        return f"{month:%B %Y}" if month else ""

    def total(self, name: str) -> float:
        """Return another row of the item over all months."""
        return float(self.projection.by_year(name)[self.index][-1])


def _missed_by(missed: _Missed) -> str:
    """Return what is said of identities, which no plan can break."""
    return f"They differ by {missed.amount}: the model or the workbook is at fault."


def _overpaid(missed: _Missed) -> str:
    return f"{missed.amount} more is paid of it than it costs."


def _overdrawn(missed: _Missed) -> str:
    return f"{missed.amount} is drawn beyond the money that there is."


def _assigned_twice(missed: _Missed) -> str:
    return f"{missed.amount} more is assigned to sources than there is cost: lower the shares or amounts of the columns."


def _without_slot(missed: _Missed) -> str:
    return f"{missed.amount} more are there when the scenario begins than the site has slots."


def _open_already(missed: _Missed) -> str:
    return f"It has participants when the scenario begins, and is said to open {missed.amount} late: it is open already."


def _move_twice(missed: _Missed) -> str:
    return f"The shares of people who leave a place here for permanent supportive housing add up to {missed.amount} above 100%."


def _crowded(missed: _Missed) -> str:
    by_month, carried = (missed.projection.monthly(row)[missed.index] for row in (missed.row.name, "active_participants_per_case_manager"))
    without, too_many = (said(float(by_month[months].max(initial=0)), "participants") for months in (carried == 0, carried > 0))
    most = said(float(missed.projection.monthly("most_participants_per_case_manager")), "participants")
    found = {
        f"Up to {without} without a case manager: a contract begins too late or ends too soon, or nobody is hired.": carried == 0,
        f"Up to {too_many} more than the {most} that a case manager may carry: lower the caseload, or fill vacancies.": carried > 0,
    }
    return " ".join(words for words, months in found.items() if (by_month[months] > missed.row.tolerance).any())


def _site_late(missed: _Missed) -> str:
    planned, opens = missed.month("site_go_live"), missed.month("site_opening")
    if not opens:
        return f"Planned for {planned}, it does not open within the scenario, nor does what belongs to it begin."
    return f"Planned for {planned}, it opens in {opens}, and what belongs to it comes as late."


def _contract_late(missed: _Missed) -> str:
    planned, begins = missed.month("contract_first_month"), missed.month("contract_start")
    return f"Planned for {planned}, it {f'begins in {begins}' if begins else 'does not begin within the scenario'}."


def _full(missed: _Missed) -> str:
    stay = missed.given("mean_stay")
    leave = f"a participant stays {said(stay, 'months')} on average" if stay else "nobody leaves"
    return f"Up to {missed.amount} wait for a slot: {leave}."


def _put_out(missed: _Missed) -> str:
    return f"{missed.amount} lose their place because places close, and wait again."


def _provider_loses(missed: _Missed) -> str:
    loss = largest_loss(missed.projection, missed.index[0])
    most = said(float(missed.projection.monthly("provider_loss_share")), "share")
    return f"What is agreed leaves {loss.words}, more than {most}: set a floor or months at cost."


def _match(missed: _Missed) -> str:
    owed, pledged, drawn = missed.total("match_owed"), missed.given("source_match_pledged"), missed.total("drawdown")
    ahead = missed.total("grant_drawn_ahead_of_match")
    asked = f"Cash match owed {dollars(owed)} ({_basis(missed)})"
    if missed.given("match_has_own_lines"):
        columns = f"its columns of cash match come to {_or_nothing(missed.total('match_lines'))}"
        return f"{asked}; {columns}: {missed.amount} is short. Let columns of cash match pay more."
    words = f"{asked}, pledged {_or_nothing(pledged)}"
    if owed - pledged < 1:
        return f"{words}, but {missed.amount} of it finds no cost to pay in time: plan cost for it, or agree on less match."
    earned = f"the pledge earns {_or_nothing(drawn - ahead)} of the {dollars(drawn)} drawn"
    return f"{words}; {earned}. Pledge {dollars(owed - pledged)} more."


def _or_nothing(amount: float) -> str:
    return dollars(amount) if amount >= 1 else "$0"


def _basis(missed: _Missed) -> str:
    """Return what the match is a share of, such as '25% of the award, spent or not'."""
    assert isinstance(missed.item, Source)
    return match_in_words(missed.item).removeprefix("match ")


def _in_kind(missed: _Missed) -> str:
    owed, contributed = missed.total("in_kind_match_owed"), missed.total("contributions_in_kind")
    words = f"Match in kind owed {dollars(owed)} ({_basis(missed)}), pledged {_or_nothing(missed.given('source_match_in_kind_pledged'))}"
    counted = _or_nothing(missed.total("match_met_by_contributions"))
    listed = f", contributed {dollars(contributed)}, of which {counted} counts" if contributed >= 1 else ""
    return f"{words}{listed}: pledge or list {missed.amount} more in kind."


def _community_providers(missed: _Missed) -> str:
    return _least(missed, "to community providers", "source_least_to_community_providers", "paid_to_community_providers")


def _evaluation(missed: _Missed) -> str:
    return _least(missed, "for data and evaluation", "source_least_to_evaluation", "paid_for_evaluation")


def _least(missed: _Missed, purpose: str, least: str, paid_row: str) -> str:
    drawn, paid = missed.total("drawdown"), missed.total(paid_row)
    words = f"At least {said(missed.given(least), 'share')} of what is drawn in a year must go {purpose}: {missed.amount} is missing"
    return f"{words} (over all years {dollars(paid) if paid else '$0'} of {dollars(drawn)} drawn)."


def _replaced(missed: _Missed) -> str:
    baseline = dollars(float(missed.projection.monthly("county_baseline")))
    return f"{missed.amount} stands where the County's own money stood, {baseline} a year, and the source's terms forbid it."


def _contract_sum(missed: _Missed) -> str:
    paid, ceiling = missed.total("contract_spending_to_date"), missed.given("contract_ceiling")
    return f"{dollars(paid)} is paid, the contract sum is {dollars(ceiling)}: an amendment over {missed.amount} is needed before."


def _cap(missed: _Missed) -> str:
    use = cap_uses(missed.projection)[missed.index[0]]
    cap = use.cap
    share = said(cap.share.value, "share")
    lets = f"At most {share} of {BASES[cap.of]} of {cap.source} may go to {cap.category or cap.appropriation_class}"
    return f"{lets}. {missed.amount} above it is refused and left to: {use.payers}."


def _cut_short(missed: _Missed) -> str:
    return f"In some months its money does not reach for its constant share: {missed.amount} is left to later sources or to the gap."


def _indirect(missed: _Missed) -> str:
    rate, cap = (said(missed.given(field), "share") for field in ("contract_indirect_rate", "contract_indirect_cap"))
    return f"The indirect rate of {rate} is above the cap of {cap}: {missed.amount} is not paid, and a higher rate moves nothing."


def _ahead(missed: _Missed) -> str:
    drawn = dollars(missed.total("drawdown"))
    return f"{missed.amount} of the {drawn} drawn is not earned by the cash match paid: the funder may ask it back."


def _beyond_need(missed: _Missed) -> str:
    if missed.given("match_has_own_lines"):
        asked = f" ({basis})" if (basis := _basis(missed)) else ""
        return f"{missed.amount} of the match that columns pay is beyond what is asked for{asked} and earns nothing."
    return f"{missed.amount} of the match pledged is not asked for and pays nothing: pledge less, or list it as a source."


def _lost(missed: _Missed) -> str:
    drawn = missed.total("drawdown")
    pays = missed.projection.monthly("source_pays")[missed.index]
    rest = f"{dollars(drawn)} is drawn." if drawn >= 1 else f"Nothing is drawn. {_without_cost(missed)}"
    rest += "" if pays.any() else " It pays no category, but what columns name."
    return f"{missed.amount} is not spent in time and lost. {rest}".rstrip()


def _without_cost(missed: _Missed) -> str:
    """Return the sentence that a source meets no cost, where none is budgeted that it may pay."""
    pays = missed.projection.monthly("source_pays")[missed.index]
    assigned = missed.projection.by_year("assigned_cost")[:, -1]
    sources = [assignment.source for assignment in missed.projection.scenario.funding_assignments]
    own = any(cost for source, cost in zip(sources, assigned, strict=True) if missed.item and source == missed.item.name)
    budgeted = own or (pays * missed.projection.by_year("cost_by_category")[:, -1]).any()
    return "" if budgeted else "Nothing is budgeted in the categories that it pays."


def _open_money(missed: _Missed) -> str:
    return f"No amount is said of it, so it pays {missed.amount}: all that it may. Say its award or yearly amount where it is bounded."


def _pays_nothing(missed: _Missed) -> str:
    if missed.total("money_awarded") < 1:
        return "It pays nothing in any year: it has no money."
    return "It pays nothing in any year. " + (
        _without_cost(missed) or "What it may pay is paid by sources before it, refused by its caps, or outside its period."
    )


def _pays_no_services(missed: _Missed) -> str:
    monthly = missed.projection.monthly
    pays = monthly("source_pays_at")[missed.index][:, np.newaxis] * monthly("source_pays")[missed.index] * monthly("is_of_services")
    unpaid = monthly("unpaid_before")[missed.index] * pays[..., np.newaxis]  # (place, category, month)
    left = float((unpaid * monthly("months_without_services")[missed.index]).sum())
    words = f"In {missed.amount} at the start and end of its period it pays no services to participants"
    if left < 1:
        return f"{words}, and none that it may pay else are left to it then."
    return f"{words}: {dollars(left)} of those that it else may pay is left to later sources or to the gap."


def _column_of_services(missed: _Missed) -> str:
    return f"{missed.amount} is of months in which its source pays no services to participants: it is paid as if no column named it."


def _costs_nothing(missed: _Missed) -> str:
    return f"It costs nothing in any year: {_why_nothing(missed.item)}."


def _why_nothing(item: Item | None) -> str:
    """Return why a position, contract, service or place of care costs nothing."""
    if isinstance(item, Position) and item.driver is Driver.NONE and not item.number.value:
        return "it has no number of positions"
    if isinstance(item, Position) and not item.monthly_salary.value + item.annual_salary.value + item.hourly_pay.value:
        return "it has no pay"
    if isinstance(item, Service) and not item.monthly_amount.value + item.amount_per_unit.value + item.one_time_amount.value:
        return "it has no amount"
    if isinstance(item, Care) and not any(getattr(item, field).value for field in _COSTS_OF_CARE):
        return "it has no rate and no other cost"
    return "its numbers, rates and shares come to nothing in its months"


_COSTS_OF_CARE = ("unit_rate", "monthly_subsidy", "monthly_services", "cost_per_placement", "cost_per_added_place")


def _staff_cost_nothing(_: _Missed) -> str:
    return "It costs nothing in any year: it has no number, no salary, or nobody to serve."


def _component_costs_nothing(_: _Missed) -> str:
    return "It costs nothing in any year: its rate is 0, or no position with pay has its plan."


def _serves_nobody(_: _Missed) -> str:
    return "It serves nobody in any month: its site has no engaged participants while it runs."


def _catches_nothing(_: _Missed) -> str:
    return "It assigns no cost in any year: its share is 0, or what it names costs nothing in the period of the source."


def _gap(missed: _Missed) -> str:
    return f"No source pays {missed.amount}: net county cost {BEYOND}."


def _cliff(missed: _Missed) -> str:
    return f"{missed.amount} of cost that goes on rests on money that comes once, and on nothing when that ends."


def _wait(missed: _Missed) -> str:
    target = said(missed.given("care_target_wait_days"), "days")
    return f"The expected wait is up to {missed.amount} longer than the {target} that are acceptable."


def _short(missed: _Missed) -> str:
    return f"Up to {missed.amount} more would be needed for the wait to be acceptable."


def _stacked(missed: _Missed) -> str:
    yearly = said(float(missed.projection.monthly("cost_of_living_rate")), "share")
    return f"The raise of {missed.amount} comes on top of the yearly cost-of-living increase of {yearly}: salaries rise by both."


def _contradicts_price(missed: _Missed) -> str:
    price, threshold = (said(missed.given(name), "dollars") for name in ("service_unit_price", "capital_asset_threshold"))
    if missed.given("service_is_capital_asset"):
        return f"It stands in {AppropriationClass.CAPITAL_ASSETS}, and its price of {price} each is not above {threshold}."
    return f"Its price of {price} each is above {threshold}, and it does not stand in {AppropriationClass.CAPITAL_ASSETS}."


def _passes_on(missed: _Missed) -> str:
    return f"The unit receives {missed.amount} more than it budgets. Say under purchased by what it pays of other units' lines."


def _not_as_printed(missed: _Missed) -> str:
    assert isinstance(missed.item, ControlTotal)
    printed, came = missed.given("control_total_printed"), missed.total("under_control")
    where = f" in {missed.item.printed_in}" if missed.item.printed_in else ""
    more = "more" if came > printed else "less"
    return f"The lines come to {dollars(came)}, printed{where} is {dollars(printed)}: {missed.amount} {more}."


def _factors_apart(missed: _Missed) -> str:
    return "Factors of another line stand between its own, so they are not multiplied: put them one below the other."


def _below_zero(missed: _Missed) -> str:
    return f"It is {missed.amount} below zero and does not say that it may be."


def _saved(missed: _Missed) -> str:
    return f"Amounts below zero are {missed.amount} more than the cost of their category in a month: they lower net county cost."


def _rate_limited(missed: _Missed) -> str:
    return f"The amount at most, {dollars(missed.given('rate_at_most'))}, holds back {missed.amount} of the rate of its base."


def _rate_rounded(missed: _Missed) -> str:
    added = float(missed.projection.by_year("added_by_rounding")[missed.index][-1])
    adds = "takes away" if added < 0 else "adds"
    before = ", before the amount at most holds any back" if missed.given("rate_at_most") else ""
    return f"Rounding {adds} ${abs(added):,.2f} over all months, each time in the last month of a period{before}."


def _rate_counts_nothing(missed: _Missed) -> str:
    return "What it is of costs nothing in any year, so the rate counts nothing of it: name another line, category or class."


_DETAILS: Mapping[str, Callable[[_Missed], str]] = {
    "no_category_is_overpaid": _overpaid,
    "no_award_is_overdrawn": _overdrawn,
    "no_cost_is_assigned_twice": _assigned_twice,
    **dict.fromkeys(
        (f"columns_of_{line}_add_up" for line in ("position", "contract", "service", "care", "budget_line", "rate", "site")),
        _assigned_twice,
    ),
    "sites_hold_those_who_are_there": _without_slot,
    "sites_with_participants_are_open": _open_already,
    "people_move_on_once": _move_twice,
    "case_managers_can_carry_their_participants": _crowded,
    "match_is_met": _match,
    "in_kind_match_is_met": _in_kind,
    "community_providers_get_their_share": _community_providers,
    "evaluation_gets_its_share": _evaluation,
    "county_money_is_not_replaced": _replaced,
    "contract_sums_hold": _contract_sum,
    "cost_above_cap": _cap,
    "share_cut_short": _cut_short,
    "indirect_cost_above_cap": _indirect,
    "control_totals_are_met": _not_as_printed,
    "factors_stand_together": _factors_apart,
    "line_is_above_zero": _below_zero,
    "saved_beyond_what_is_paid": _saved,
    "rate_above_its_limit": _rate_limited,
    "rate_is_rounded": _rate_rounded,
    "rate_base_counts_nothing": _rate_counts_nothing,
    "grant_drawn_ahead_of_match": _ahead,
    "match_beyond_need": _beyond_need,
    "money_lost": _lost,
    "source_pays_nothing": _pays_nothing,
    "source_pays_no_services": _pays_no_services,
    "column_names_services_not_paid": _column_of_services,
    "line_costs_nothing": _costs_nothing,
    "provider_staff_cost_nothing": _staff_cost_nothing,
    "benefit_component_costs_nothing": _component_costs_nothing,
    "contract_serves_nobody": _serves_nobody,
    "assignment_catches_nothing": _catches_nothing,
    "money_without_an_amount": _open_money,
    "cost_nobody_pays": _gap,
    "ongoing_cost_on_money_that_ends": _cliff,
    "wait_above_target": _wait,
    "places_short": _short,
    "raise_on_yearly_increase": _stacked,
    "site_opens_late": _site_late,
    "contract_begins_late": _contract_late,
    "site_is_full": _full,
    "places_close_on_people": _put_out,
    "provider_loses_too_much": _provider_loses,
    "class_contradicts_unit_price": _contradicts_price,
    "unit_receives_more_than_it_budgets": _passes_on,
}
