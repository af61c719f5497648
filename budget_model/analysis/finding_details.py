"""What a check that is missed means for an item, and what to do about it: a sentence or two with its amounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.details_of_funding import DETAILS_OF_FUNDING
from budget_model.analysis.grant_years import names_of_grant_years, period_of
from budget_model.analysis.kept_months import lines_that_keep_their_months
from budget_model.analysis.late_lines import late_lines
from budget_model.analysis.missed_check import Index, Missed, said
from budget_model.analysis.rounding import in_words
from budget_model.engine.rows import Line
from budget_model.formats import HALF_A_CENT, dollars, listed, with_cents, worded
from budget_model.projection import Projection
from budget_model.scenario.choices import AppropriationClass, Driver, FormRoundedTo
from budget_model.scenario.schema import Care, ControlTotal, Item, Position, Service
from budget_model.timeline import TOTAL


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
    return _DETAILS.get(row.name, _missed_by)(Missed(projection, row, index, item))


def _missed_by(missed: Missed) -> str:
    """Return what is said of identities, which no plan can break but one whose columns assign more than there is cost."""
    if any(check.name == "no_cost_is_assigned_twice" and not check.passed for check in missed.projection.checks):
        return f"They differ by {missed.amount}, as columns assign more than there is cost: lower their shares or amounts."
    return f"They differ by {missed.amount}: the model or the workbook is at fault."


def _without_slot(missed: Missed) -> str:
    return f"{missed.amount} more are there when the scenario begins than the site has slots."


def _open_already(missed: Missed) -> str:
    return f"It has participants when the scenario begins, and is said to open {missed.amount} late: it is open already."


def _move_twice(missed: Missed) -> str:
    return f"The shares of people who leave a place here for permanent supportive housing add up to {missed.amount} above 100%."


def _crowded(missed: Missed) -> str:
    by_month, carried = (missed.projection.monthly(row)[missed.index] for row in (missed.row.name, "active_participants_per_case_manager"))
    without, too_many = (said(float(by_month[months].max(initial=0)), "participants") for months in (carried == 0, carried > 0))
    most = said(float(missed.projection.monthly("most_participants_per_case_manager")), "participants")
    found = {
        f"Up to {without} without a case manager: a contract begins too late or ends too soon, or nobody is hired.": carried == 0,
        f"Up to {too_many} more than the {most} that a case manager may carry: lower the caseload, or fill vacancies.": carried > 0,
    }
    return " ".join(words for words, months in found.items() if (by_month[months] > missed.row.tolerance).any())


def _site_late(missed: Missed) -> str:
    planned, opens = missed.month("site_go_live"), missed.month("site_opening")
    kept = lines_that_keep_their_months(missed.projection.scenario, missed.item.name if missed.item else "")
    but = f", but for what keeps its months: {listed(kept, 3, ', ')}." if kept else "."
    if not opens:
        return f"Planned for {planned}, it does not open within the scenario, nor does what belongs to it begin{but}"
    return f"Planned for {planned}, it opens in {opens}, and what belongs to it comes as late{but}"


def _contract_late(missed: Missed) -> str:
    planned, begins = missed.month("contract_first_month"), missed.month("contract_start")
    return f"Planned for {planned}, it {f'begins in {begins}' if begins else 'does not begin within the scenario'}."


def _lines_late(missed: Missed) -> str:
    return f"{listed((line.words for line in late_lines(missed.projection)), 3)}."


def _full(missed: Missed) -> str:
    stay = missed.given("mean_stay")
    leave = f"a participant stays {said(stay, 'months')} on average" if stay else "nobody leaves"
    return f"Up to {missed.amount} wait for a slot: {leave}."


def _put_out(missed: Missed) -> str:
    return f"{missed.amount} lose their place because places close, and wait again."


def _provider_loses(missed: Missed) -> str:
    loss = largest_loss(missed.projection, missed.index[0])
    most = said(float(missed.projection.monthly("provider_loss_share")), "share")
    return f"What is agreed leaves {loss.words}, more than {most}: set a floor or months at cost."


def _contract_sum(missed: Missed) -> str:
    paid, ceiling = missed.total("contract_spending_to_date"), missed.given("contract_ceiling")
    return f"{missed.money(paid)} is paid, the contract sum is {missed.money(ceiling)}: an amendment over {missed.amount} is needed before."


def _indirect(missed: Missed) -> str:
    rate, cap = (said(missed.given(field), "share") for field in ("contract_indirect_rate", "contract_indirect_cap"))
    return f"The indirect rate of {rate} is above the cap of {cap}: {missed.amount} is not paid, and a higher rate moves nothing."


def _costs_nothing(missed: Missed) -> str:
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


def _staff_cost_nothing(_: Missed) -> str:
    return "It costs nothing in any year: it has no number, no salary, or nobody to serve."


def _component_costs_nothing(_: Missed) -> str:
    return "It costs nothing in any year: its rate is 0, or no position with pay has its plan."


def _serves_nobody(_: Missed) -> str:
    return "It serves nobody in any month: its site has no engaged participants while it runs."


def _wait(missed: Missed) -> str:
    target = said(missed.given("care_target_wait_days"), "days")
    return f"The expected wait is up to {missed.amount} longer than the {target} that are acceptable."


def _short(missed: Missed) -> str:
    return f"Up to {missed.amount} more would be needed for the wait to be acceptable."


def _stacked(missed: Missed) -> str:
    yearly = said(float(missed.projection.monthly("cost_of_living_rate")), "share")
    return f"The raise of {missed.amount} comes on top of the yearly cost-of-living increase of {yearly}: salaries rise by both."


def _contradicts_price(missed: Missed) -> str:
    price, threshold = (worded(missed.given(name), "dollars") for name in ("service_unit_price", "capital_asset_threshold"))
    if missed.given("service_is_capital_asset"):
        return f"It stands in {AppropriationClass.CAPITAL_ASSETS}, and its price of {price} each is not above {threshold}."
    return f"Its price of {price} each is above {threshold}, and it does not stand in {AppropriationClass.CAPITAL_ASSETS}."


def _not_as_printed(missed: Missed) -> str:
    assert isinstance(missed.item, ControlTotal)
    printed, came = missed.given("control_total_printed"), missed.total("under_control")
    where = f" in {missed.item.printed_in}" if missed.item.printed_in else ""
    more = "more" if came > printed else "less"
    words = f"The lines come to {missed.money(came)}, printed{where} is {missed.money(printed)}: {missed.amount} {more}."
    return f"{words}{_on_its_form(missed)}"


def _on_its_form(missed: Missed) -> str:
    """Return what the rounded lines of the plan's form come to, where they are rounded and the total is of all cost in a period of it."""
    control, projection = missed.item, missed.projection
    rule, months = projection.scenario.rounding, projection.timeline.months
    assert isinstance(control, ControlTotal)
    if not control.all_cost or rule.to is FormRoundedTo.NONE or rule.applies_to != "each line":
        return ""
    of_it = (control.first_month.day, control.last_month.day if control.last_month else months[-1])
    for name in (TOTAL, *projection.timeline.years, *names_of_grant_years(projection)):
        period = period_of(projection, name)
        if (months[period.start], months[period.stop - 1]) == of_it:
            return f" On its form, {in_words(rule)}, they come to {missed.money(float(budget_form(projection, year=name).total))}."
    return ""


def _factors_apart(missed: Missed) -> str:
    return "Factors of another line stand between its own, so they are not multiplied: put them one below the other."


def _below_zero(missed: Missed) -> str:
    return f"It is {missed.amount} below zero and does not say that it may be."


def _rate_limited(missed: Missed) -> str:
    return f"The amount at most, {missed.money(missed.given('rate_at_most'))}, holds back {missed.amount} of the rate of its base."


def _rate_rounded(missed: Missed) -> str:
    added = float(missed.projection.by_year("added_by_rounding")[missed.index][-1])
    before = ", before the amount at most holds any back" if missed.given("rate_at_most") else ""
    return f"{_rounding(missed, added)} over all months{before}."


def _line_rounded(missed: Missed) -> str:
    return f"{_rounding(missed, missed.total('added_by_rounding_product'))} over all months, shared by the months of each amount."


def _rounding(missed: Missed, added: float) -> str:
    """Return what rounding adds in all, and what it moves up and down where these are not the same."""
    moves = "" if missed.missed_by - abs(added) < HALF_A_CENT else f"moves {with_cents(missed.missed_by)}, up and down, and in all "
    return f"Rounding {moves}{'takes away' if added < 0 else 'adds'} {with_cents(abs(added))}"


def _rate_counts_nothing(missed: Missed) -> str:
    return "What it is of costs nothing in any year, so the rate counts nothing of it: name another line, category or class."


_DETAILS: Mapping[str, Callable[[Missed], str]] = {
    **DETAILS_OF_FUNDING,
    "sites_hold_those_who_are_there": _without_slot,
    "sites_with_participants_are_open": _open_already,
    "people_move_on_once": _move_twice,
    "case_managers_can_carry_their_participants": _crowded,
    "contract_sums_hold": _contract_sum,
    "indirect_cost_above_cap": _indirect,
    "control_totals_are_met": _not_as_printed,
    "factors_stand_together": _factors_apart,
    "line_is_above_zero": _below_zero,
    "rate_above_its_limit": _rate_limited,
    "rate_is_rounded": _rate_rounded,
    "line_is_rounded": _line_rounded,
    "rate_base_counts_nothing": _rate_counts_nothing,
    "line_costs_nothing": _costs_nothing,
    "provider_staff_cost_nothing": _staff_cost_nothing,
    "benefit_component_costs_nothing": _component_costs_nothing,
    "contract_serves_nobody": _serves_nobody,
    "wait_above_target": _wait,
    "places_short": _short,
    "raise_on_yearly_increase": _stacked,
    "site_opens_late": _site_late,
    "contract_begins_late": _contract_late,
    "hires_or_services_begin_late": _lines_late,
    "site_is_full": _full,
    "places_close_on_people": _put_out,
    "provider_loses_too_much": _provider_loses,
    "class_contradicts_unit_price": _contradicts_price,
}
