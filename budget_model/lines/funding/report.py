"""What readers ask of a pace, a cap and a plan: the share of a year's cost, the cap's limit and use, the cost that a line gives."""

from __future__ import annotations

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CAP, PLAN, MONTH, YEAR = Axis.SOURCE, Axis.CAP, Axis.PLAN, Axis.MONTH, Axis.YEAR


@line(unit="share of cost", over=(SOURCE, YEAR))
def constant_share(all_cost_at_its_pace, all_cost_named_to_source, all_cost_to_pace, source_paces_by_share):
    """Constant share of the year's cost that the source and its match pay, where that is its pace and before its money ends."""
    return ratio(all_cost_at_its_pace - all_cost_named_to_source, all_cost_to_pace) * source_paces_by_share


@total(unit="dollars a grant dollar", over=(CAP,), of="cash_match_per_grant_dollar", match={"source": "source"})
def cash_match_beside_cap():
    """Cash match that the cap's source asks for beside each grant dollar."""


@total(unit="dollars", over=(CAP, MONTH), of="money_awarded_to_date", match={"source": "source"})
def money_awarded_beside_cap():
    """Money of the cap's source that has become available."""


@total(unit="dollars", over=(CAP, MONTH), of="drawn_to_date", match={"source": "source"}, inline=True)
def drawn_beside_cap():
    """Money drawn from the cap's source."""


@line(unit="dollars", over=(CAP, MONTH), in_a_year="last")
def cap_limit(
    cap_share, cap_is_of_money_spent, cap_is_of_award_and_match, money_awarded_beside_cap, cash_match_beside_cap, drawn_beside_cap
):
    """The most that the cap allows to date: its share of the money awarded, of that with its match, or of the money drawn."""
    awarded = money_awarded_beside_cap * (1 + cash_match_beside_cap * cap_is_of_award_and_match)
    return cap_share * when(cap_is_of_money_spent == 1, drawn_beside_cap, awarded)


@total(unit="dollars", over=(CAP, MONTH), of="counted_to_date", in_a_year="last")
def used_under_cap():
    """What counts under the cap to date."""


@total(unit="dollars", over=(PLAN, MONTH), of="payable_of_plan_line", inline=True)
def cost_left_to_plan_line():
    """Cost that earlier sources leave to the line of the funding plan."""


@total(unit="share of cost", over=(PLAN, MONTH), of="share_of_plan_line", inline=True)
def share_that_plan_line_gives():
    """Share of it that the line gives to its source and the source's match."""


@line(unit="dollars", over=(PLAN, MONTH), in_a_year="sum")
def planned_cost(cost_left_to_plan_line, share_that_plan_line_gives):
    """Cost that the line of the funding plan gives to its source and the source's match, as far as caps and money reach."""
    return cost_left_to_plan_line * share_that_plan_line_gives
