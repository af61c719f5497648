"""Value in kind: who gives what to which source's match. It pays no cost and is in no appropriation; it is in the project total."""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import carry, line, over_period, total
from budget_model.engine.vocabulary import nothing_below_tolerance, ratio, when
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, IN_KIND, MONTH = Axis.SOURCE, Axis.IN_KIND, Axis.MONTH


@line(unit="1 = yes", over=(IN_KIND, MONTH))
def is_given_in_kind(month, in_kind_first_month, in_kind_last_month):
    """1 in the months in which the value is given."""
    return when(month >= in_kind_first_month, 1, 0) * when(month <= in_kind_last_month, 1, 0)


@over_period(unit="months", over=(IN_KIND, MONTH), of="is_given_in_kind", by="is_given_in_kind")
def months_given_in_kind():
    """Months in which it is given."""


@line(unit="dollars", over=(IN_KIND, MONTH), in_a_year="sum")
def value_of_contribution(
    in_kind_monthly_value, in_kind_total_value, in_kind_quantity_given, in_kind_unit_value, is_given_in_kind, months_given_in_kind
):
    """Value given in the month: as said by the month, or the whole value, or quantity x value of a unit, in equal parts."""
    whole = in_kind_total_value + in_kind_quantity_given * in_kind_unit_value
    return (in_kind_monthly_value + ratio(whole, months_given_in_kind)) * is_given_in_kind


@total(unit="dollars", over=(SOURCE, MONTH), of="value_of_contribution", match={"source": "source"}, in_a_year="sum")
def contributions_in_kind():
    """Value given in kind to the source's match."""


@line(unit="1 = yes", over=(IN_KIND,))
def contribution_counts():
    """1 for each contribution."""
    return 1


@total(unit="contributions", over=(SOURCE,), of="contribution_counts", match={"source": "source"})
def contributions_to_source():
    """Contributions that are given to the source's match."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="contributions_left", start=0, inline=True)
def opening_contributions_left():
    """Value given and not yet needed as match when the month begins."""


@carry(unit="dollars", over=(SOURCE, MONTH), of="in_kind_match_unmet", start=0, inline=True)
def opening_in_kind_match_unmet():
    """Match in kind owed and not yet given when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def in_kind_match_owed(grant_money_matched, in_kind_match_per_grant_dollar):
    """Match in kind that the source asks for in the month."""
    return grant_money_matched * in_kind_match_per_grant_dollar


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def match_met_by_contributions(
    in_kind_match_owed,
    opening_in_kind_match_unmet,
    opening_contributions_left,
    contributions_in_kind,
    contributions_to_source,
    source_is_open,
):
    """Match in kind that contributions meet in the source's period, what is owed from before among it."""
    owed = in_kind_match_owed + opening_in_kind_match_unmet
    met = np.minimum(owed, opening_contributions_left + contributions_in_kind) * source_is_open
    return when(contributions_to_source > 0, met, 0)  # so that a plan without contributions has none of these rows


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def contributions_left(opening_contributions_left, contributions_in_kind, match_met_by_contributions):
    """Value given and not yet needed as match."""
    return opening_contributions_left + contributions_in_kind - match_met_by_contributions


@carry(unit="dollars", over=(SOURCE, MONTH), of="in_kind_match_left", start="source_match_in_kind_pledged", inline=True)
def opening_in_kind_match_left():
    """Match in kind pledged and not yet counted when the month begins."""


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def pledge_in_kind_given(in_kind_match_owed, opening_in_kind_match_unmet, match_met_by_contributions, opening_in_kind_match_left):
    """Value of the pledge in kind that is counted as match, as far as the pledge reaches."""
    return np.minimum(in_kind_match_owed + opening_in_kind_match_unmet - match_met_by_contributions, opening_in_kind_match_left)


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def in_kind_match_left(opening_in_kind_match_left, pledge_in_kind_given):
    """Match in kind pledged and not yet counted at the end of the month."""
    return opening_in_kind_match_left - pledge_in_kind_given


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def in_kind_match_given(match_met_by_contributions, pledge_in_kind_given):
    """Value in kind counted as match; it pays no cost of this budget."""
    return match_met_by_contributions + pledge_in_kind_given


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def given_in_kind(contributions_in_kind, pledge_in_kind_given):
    """Value given in kind to the source's match, needed or not: contributions, and what is counted of the pledge."""
    return contributions_in_kind + pledge_in_kind_given


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="last")
def in_kind_match_unmet(opening_in_kind_match_unmet, in_kind_match_owed, in_kind_match_given):
    """Match in kind owed to date and not given."""
    return opening_in_kind_match_unmet + in_kind_match_owed - in_kind_match_given


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def in_kind_match_shortfall(in_kind_match_owed, in_kind_match_given, in_kind_match_unmet, contributions_to_source, source_closes):
    """Match in kind owed that nothing covers. Where contributions are given it is known when the source ends."""
    return nothing_below_tolerance(
        when(contributions_to_source > 0, in_kind_match_unmet * source_closes, in_kind_match_owed - in_kind_match_given)
    )


@total(unit="dollars", over=(MONTH,), of="value_of_contribution", in_a_year="sum")
def all_contributions_in_kind():
    """Value of all contributions in kind."""


@total(unit="dollars", over=(MONTH,), of="pledge_in_kind_given", in_a_year="sum")
def all_pledges_in_kind_given():
    """Value of all pledges in kind that is counted as match."""


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def value_in_kind(all_contributions_in_kind, all_pledges_in_kind_given):
    """Value given in kind: contributions, and what is counted of pledges. It is in no appropriation."""
    return all_contributions_in_kind + all_pledges_in_kind_given


@line(unit="dollars", over=(MONTH,), in_a_year="sum")
def project_total(gross_appropriation, value_in_kind):
    """All cost with the value given in kind, as a funder's budget shows it."""
    return gross_appropriation + value_in_kind
