"""Who pays: sources are used in their order, each in its period, for its categories, as far as its money and its caps reach.

Cost assigned to one source (a share of a position, or of a site's cost in one category) waits for that source; all other
cost is common. Within a month a source shares its money over its categories in proportion to what is still unpaid of
them. A matched grant pays its share of a cost and the County's cash match the rest, so match is spent side by side with
the grant (convention A16: rate and basis are parameters). What no source pays is the funding gap.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, carry, delay, line, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import PROGRAM_WIDE, CostCategory

ASSIGNMENT, SOURCE, CATEGORY = Axis.ASSIGNMENT, Axis.SOURCE, Axis.CATEGORY
MONTH, YEAR = Axis.MONTH, Axis.YEAR


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_is_open(month, source_first_month, source_last_month):
    """1 in the period of performance, else 0. It may straddle fiscal years (convention A17)."""
    return when(month >= source_first_month, 1, 0) * when(month <= source_last_month, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_year_begins(source_is_open, month, source_first_month, fiscal_year_starts):
    """1 in the first month of the period and in each July within it, else 0."""
    return source_is_open * np.maximum(when(month == source_first_month, 1, 0), fiscal_year_starts)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def money_expires(source_is_open, month, source_last_month, fiscal_year_ends, source_award, source_carries_over):
    """1 in the month after which money left is lost: the last of the period, and each June what is neither award nor kept."""
    each_june = fiscal_year_ends * when(source_award == 0, 1, 0) * (1 - source_carries_over)
    return source_is_open * np.maximum(when(month == source_last_month, 1, 0), each_june)


@total(unit="driver units", over=(SOURCE, MONTH), of="driver_units", match={"driver": "driver", "site": Exactly(PROGRAM_WIDE)})
def source_driver_units():
    """Units by which the source earns money, program-wide."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def money_earned(source_amount_per_unit, source_driver_units, source_is_drug_medi_cal, all_federal_reimbursement, source_is_open):
    """Money earned by what the program does: fees and program income by unit, the federal share by treatment given."""
    return (source_amount_per_unit * source_driver_units + source_is_drug_medi_cal * all_federal_reimbursement) * source_is_open


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def money_awarded(source_award, month, source_first_month, source_yearly_amount, source_year_begins, money_earned):
    """Money that becomes available: the award at once, a yearly amount at the start of each fiscal year, earnings monthly."""
    return source_award * when(month == source_first_month, 1, 0) + source_yearly_amount * source_year_begins + money_earned


@line(unit="dollars a grant dollar", over=(SOURCE,))
def match_per_grant_dollar(source_match_rate, source_match_is_of_total):
    """Match owed for each grant dollar: the rate, or rate / (1 - rate) where it is a share of total project cost."""
    return when(source_match_is_of_total == 1, ratio(source_match_rate, 1 - source_match_rate), source_match_rate)


@line(unit="dollars a grant dollar", over=(SOURCE,))
def in_kind_match_per_grant_dollar(match_per_grant_dollar, source_match_in_kind_share):
    """The part of it that is given in kind and pays no cost of this budget."""
    return match_per_grant_dollar * source_match_in_kind_share


@line(unit="dollars a grant dollar", over=(SOURCE,))
def cash_match_per_grant_dollar(match_per_grant_dollar, in_kind_match_per_grant_dollar):
    """The part of it that is paid in cash."""
    return match_per_grant_dollar - in_kind_match_per_grant_dollar


@line(unit="share", over=(SOURCE,))
def grant_share_of_cost(cash_match_per_grant_dollar):
    """Share of an eligible cost that the source itself pays; cash match pays the rest."""
    return ratio(1, 1 + cash_match_per_grant_dollar)


@carry(unit="dollars", over=(SOURCE, MONTH), of="project_budget_to_date", start=0)
def opening_project_budget_to_date():
    """Money of the source with its cash match that became available before the month."""


@line(unit="dollars", over=(SOURCE, MONTH))
def project_budget_to_date(opening_project_budget_to_date, money_awarded, cash_match_per_grant_dollar):
    """Money of the source with its cash match that has become available: what its caps are shares of."""
    return opening_project_budget_to_date + money_awarded * (1 + cash_match_per_grant_dollar)


@line(unit="share", over=(SOURCE, CATEGORY))
def share_allowed(category_is_administration, source_administration_cap, category_is_evaluation, source_evaluation_cap):
    """Most that the source's money with its match may give to the category: its caps, or all of it."""
    administration = category_is_administration * (1 - source_administration_cap)
    return 1 - administration - category_is_evaluation * (1 - source_evaluation_cap)


@total(unit="1 = yes", over=(ASSIGNMENT, MONTH), of="source_is_open", match={"source": "source"})
def assignment_is_open():
    """1 in the period of the source to which the cost is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="position_cost", match={"position": "position"})
def cost_of_assigned_position():
    """Cost of the position that is assigned."""


@total(unit="dollars", over=(ASSIGNMENT, MONTH), of="cost", match={"site": "site", "category": "category"})
def cost_of_assigned_site():
    """Cost of the site in the category that is assigned."""


@line(unit="dollars", over=(ASSIGNMENT, MONTH), in_a_year="sum")
def assigned_cost(cost_of_assigned_position, cost_of_assigned_site, assignment_assigned_share, assignment_is_open):
    """Cost that waits for its source, in the source's period."""
    return (cost_of_assigned_position + cost_of_assigned_site) * assignment_assigned_share * assignment_is_open


@total(unit="dollars", over=(CATEGORY, MONTH), of="assigned_cost", match={"category": "category"}, inline=True)
def assigned_cost_by_category():
    """Cost of the category that waits for one source."""


@line(unit="dollars", over=(CATEGORY, MONTH), in_a_year="sum")
def common_cost(cost_by_category, assigned_cost_by_category):
    """Cost of the category that any source may pay."""
    return cost_by_category - assigned_cost_by_category


@total(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="assigned_cost", match={"source": "source", "category": "category"}, inline=True)
def cost_assigned_to_source():
    """Cost of the category that waits for the source."""


@carry(unit="dollars", over=(SOURCE, CATEGORY, MONTH), of="unpaid_after", start="common_cost", along=SOURCE)
def unpaid_before():
    """Cost of the category that earlier sources left unpaid."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="administration_to_date", start=0)
def opening_administration_to_date():
    """What the source and its match paid of administration and indirect cost before the month."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="evaluation_to_date", start=0)
def opening_evaluation_to_date():
    """What the source and its match paid of data and evaluation before the month."""


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def payable_cost(unpaid_before, source_pays, source_is_open, cost_assigned_to_source):
    """Unpaid cost of the source's categories in its period, and cost assigned to it."""
    return unpaid_before * source_pays * source_is_open + cost_assigned_to_source


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def eligible_cost(
    payable_cost,
    share_allowed,
    project_budget_to_date,
    category_is_administration,
    opening_administration_to_date,
    category_is_evaluation,
    opening_evaluation_to_date,
):
    """Unpaid cost that the source may pay in the month: of its categories, or assigned to it, as far as its caps allow."""
    allowed = share_allowed * project_budget_to_date - category_is_administration * opening_administration_to_date
    return np.minimum(payable_cost, allowed - category_is_evaluation * opening_evaluation_to_date)


@total(unit="dollars", over=(SOURCE, MONTH), of="eligible_cost", in_a_year="sum")
def all_eligible_cost():
    """Unpaid cost of all the source's categories."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="award_left", start=0)
def opening_award_left():
    """Money of the source left when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def drawdown(opening_award_left, money_awarded, all_eligible_cost, grant_share_of_cost):
    """Money drawn from the source in the month."""
    return np.minimum(opening_award_left + money_awarded, nothing_below_tolerance(all_eligible_cost) * grant_share_of_cost)


@line(unit="dollars", over=(SOURCE, MONTH))
def unspent_money(opening_award_left, money_awarded, drawdown):
    """Money of the source not drawn by the end of the month, before any of it expires."""
    return opening_award_left + money_awarded - drawdown


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def award_left(unspent_money, money_expires):
    """Money of the source left for the next month."""
    return unspent_money * (1 - money_expires)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def lapse(unspent_money, money_expires):
    """Money lost: what is left of an award when its period ends, and of a yearly amount each June unless it is kept."""
    return nothing_below_tolerance(unspent_money * money_expires)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def grant_money_matched(drawdown, lapse, source_match_is_of_award):
    """Grant money on which match is owed: what is drawn, and on the award what lapses as well."""
    return drawdown + lapse * source_match_is_of_award


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_owed(grant_money_matched, cash_match_per_grant_dollar):
    """Cash match that the source asks for in the month."""
    return grant_money_matched * cash_match_per_grant_dollar


@carry(unit="dollars", over=(SOURCE, MONTH), of="match_left", start="source_match_pledged")
def opening_match_left():
    """Match money pledged and not yet spent when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_paid(match_owed, opening_match_left, all_eligible_cost, drawdown):
    """Cash match paid, as far as the pledge and the cost reach."""
    return np.minimum(np.minimum(match_owed, opening_match_left), all_eligible_cost - drawdown)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def match_left(opening_match_left, match_paid):
    """Match money pledged and not yet spent at the end of the month."""
    return opening_match_left - match_paid


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_shortfall(match_owed, match_paid):
    """Match owed and not paid: the grant is at risk for it."""
    return nothing_below_tolerance(match_owed - match_paid)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def over_match(match_left, month, source_last_month):
    """Match pledged beyond what the source asked for, when its period ends."""
    return nothing_below_tolerance(match_left * when(month == source_last_month, 1, 0))


@carry(unit="dollars", over=(SOURCE, MONTH), of="in_kind_match_left", start="source_match_in_kind_pledged")
def opening_in_kind_match_left():
    """Match in kind pledged and not yet counted when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def in_kind_match_given(grant_money_matched, in_kind_match_per_grant_dollar, opening_in_kind_match_left):
    """Value in kind counted as match, as far as the pledge reaches; it pays no cost of this budget."""
    return np.minimum(grant_money_matched * in_kind_match_per_grant_dollar, opening_in_kind_match_left)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def in_kind_match_left(opening_in_kind_match_left, in_kind_match_given):
    """Match in kind pledged and not yet counted at the end of the month."""
    return opening_in_kind_match_left - in_kind_match_given


@line(unit="dollars", over=(SOURCE, YEAR))
def in_kind_match_shortfall(grant_money_matched, in_kind_match_per_grant_dollar, in_kind_match_given):
    """Match in kind owed that no pledge covers."""
    return nothing_below_tolerance(grant_money_matched * in_kind_match_per_grant_dollar - in_kind_match_given)


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH), in_a_year="sum")
def paid_by_category(eligible_cost, drawdown, match_paid, all_eligible_cost):
    """What the source and its match pay of the category, in proportion to what is unpaid."""
    return eligible_cost * ratio(drawdown + match_paid, all_eligible_cost)


@total(unit="dollars", over=(SOURCE, MONTH), of="paid_by_category", match={"category": Exactly(CostCategory.INDIRECT)})
def paid_for_administration():
    """What the source and its match pay of administration and indirect cost."""


@total(unit="dollars", over=(SOURCE, MONTH), of="paid_by_category", match={"category": Exactly(CostCategory.DATA_AND_EVALUATION)})
def paid_for_evaluation():
    """What the source and its match pay of data and evaluation."""


@line(unit="dollars", over=(SOURCE, MONTH))
def administration_to_date(opening_administration_to_date, paid_for_administration):
    """What the source and its match have paid of administration and indirect cost."""
    return opening_administration_to_date + paid_for_administration


@line(unit="dollars", over=(SOURCE, MONTH))
def evaluation_to_date(opening_evaluation_to_date, paid_for_evaluation):
    """What the source and its match have paid of data and evaluation."""
    return opening_evaluation_to_date + paid_for_evaluation


@line(unit="dollars", over=(SOURCE, CATEGORY, MONTH))
def unpaid_after(unpaid_before, cost_assigned_to_source, paid_by_category):
    """Cost of the category left to later sources, what was assigned to this one and not paid among it."""
    return np.maximum(0, unpaid_before + cost_assigned_to_source - paid_by_category)


@total(
    unit="dollars",
    over=(SOURCE, MONTH),
    of="paid_by_category",
    match={"category": Exactly(CostCategory.COMMUNITY_PROVIDERS)},
    in_a_year="sum",
)
def paid_to_community_providers():
    """What the source and its match pay to community providers."""


@line(unit="dollars", over=(SOURCE, YEAR))
def short_of_community_minimum(source_least_to_community_providers, drawdown, paid_to_community_providers):
    """What is missing to the least share for community providers, as Proposition 47 asks of an award."""
    return nothing_below_tolerance(source_least_to_community_providers * drawdown - paid_to_community_providers)


@delay(unit="dollars", over=(SOURCE, MONTH), of="drawdown", by="source_claiming_lag_months", in_a_year="sum")
def cash_received():
    """Money of the source that reaches the County's cash, months after it is claimed."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="claims_outstanding", start=0)
def opening_claims_outstanding():
    """Money claimed and not received when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def claims_outstanding(opening_claims_outstanding, drawdown, cash_received):
    """Money claimed and not received, which the County advances."""
    return nothing_below_tolerance(opening_claims_outstanding + drawdown - cash_received)


@line(unit="dollars", over=(SOURCE, YEAR))
def drawdown_that_may_not_supplant(drawdown, source_forbids_supplanting):
    """Money drawn from sources that may not replace the County's own."""
    return drawdown * source_forbids_supplanting


@total(unit="dollars", over=(YEAR,), of="drawdown_that_may_not_supplant")
def all_drawdown_that_may_not_supplant():
    """Money drawn from all sources that may not replace the County's own."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def county_baseline_spending(county_baseline):
    """What the County spent before the program, by month."""
    return county_baseline / 12


@total(unit="dollars", over=(MONTH,), of="drawdown", in_a_year="sum")
def all_drawdown():
    """Money drawn from all sources."""


@total(unit="dollars", over=(MONTH,), of="match_paid", in_a_year="sum")
def all_match_paid():
    """Cash match paid beside all grants."""


@total(unit="dollars", over=(MONTH,), of="claims_outstanding", in_a_year="last")
def all_claims_outstanding():
    """Money of all sources claimed and not received."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def funding_gap(gross_appropriation, all_drawdown, all_match_paid):
    """Cost that no source pays."""
    return nothing_below_tolerance(gross_appropriation - all_drawdown - all_match_paid)


@line(unit="dollars", over=(YEAR,), in_a_year="sum")
def money_that_supplants(all_drawdown_that_may_not_supplant, county_baseline_spending, net_county_cost, funding_gap):
    """Grant money that stands where the County's own stood before, though its terms forbid it, year by year (convention A18)."""
    return np.minimum(all_drawdown_that_may_not_supplant, nothing_below_tolerance(county_baseline_spending - net_county_cost + funding_gap))
