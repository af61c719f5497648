"""What money each source brings, and when: an award at once, an amount each fiscal year, or what the program earns."""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import Exactly, carry, line, over_period, total
from budget_model.engine.vocabulary import round_up, when
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import PROGRAM_WIDE, IncomeUse

AREA = "funding"
SOURCE, INCOME, MONTH = Axis.SOURCE, Axis.INCOME, Axis.MONTH


@line(unit="months", over=(SOURCE,))
def source_extension(source_extension_months):
    """Whole months by which the period ends later than planned."""
    return round_up(source_extension_months)


@carry(unit="months", over=(SOURCE, MONTH), of="months_past_planned_end", start=0, inline=True)
def opening_months_past_planned_end():
    """Months past the last one that is planned, before the month."""


@line(unit="months", over=(SOURCE, MONTH))
def months_past_planned_end(opening_months_past_planned_end, month, source_last_month):
    """Months past the last one that is planned for the source's period, this month included."""
    return opening_months_past_planned_end + when(month > source_last_month, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_ends(month, source_last_month, months_past_planned_end, source_extension):
    """1 in the last month of the source's period, else 0."""
    return when(month >= source_last_month, 1, 0) * when(months_past_planned_end == source_extension, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_is_open(month, source_first_month, months_past_planned_end, source_extension):
    """1 in the period of performance, else 0. It may straddle fiscal years (convention A17)."""
    return when(month >= source_first_month, 1, 0) * when(months_past_planned_end <= source_extension, 1, 0)


@line(unit="1 = yes", over=(SOURCE, MONTH))
def source_year_begins(source_is_open, month, source_first_month, source_grant_year_month, fiscal_year_starts, month_of_year):
    """1 in the first month of the period and of each of the source's years within it, from July or a month of its own, else 0."""
    of_year = when(source_grant_year_month == 0, fiscal_year_starts, when(month_of_year == source_grant_year_month, 1, 0))
    return source_is_open * np.maximum(when(month == source_first_month, 1, 0), of_year)


@line(unit="dollars", over=(SOURCE,))
def award_in_all(source_award, amounts_of_source):
    """The award for the whole period, at once or in parts that have their own months."""
    return source_award + amounts_of_source


@line(unit="1 = yes", over=(SOURCE, MONTH))
def money_expires(
    source_is_open, source_ends, source_grant_year_month, fiscal_year_ends, next_month_of_year, award_in_all, source_carries_over
):
    """1 in the month after which money left is lost: the last of the period, and of each year what is neither award nor kept."""
    of_year = when(source_grant_year_month == 0, fiscal_year_ends, when(next_month_of_year == source_grant_year_month, 1, 0))
    return source_is_open * np.maximum(source_ends, when(award_in_all + source_carries_over == 0, of_year, 0))


@line(unit="number", over=(SOURCE, MONTH))
def funding_period(
    source_is_open, source_yearly_amount, source_grant_year_month, fiscal_year_begins, number_of_calendar_year, month_of_year
):
    """The months in which the same money pays: an award's whole period is 1, of a yearly amount each of its years; 0 outside."""
    grant_year = number_of_calendar_year + when(month_of_year >= source_grant_year_month, 1, 0)
    return source_is_open * when(source_yearly_amount > 0, when(source_grant_year_month == 0, fiscal_year_begins, grant_year), 1)


@over_period(unit="months", over=(SOURCE, MONTH), of="source_is_open", by="funding_period")
def months_of_period():
    """Months of the period: of an award all, of a yearly amount those of its year."""


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def yearly_money(source_yearly_amount, source_year_begins, source_prorates_part_years, months_of_period):
    """The amount of a year, at its start; of a part year as many twelfths as it has months, or all where the source says so."""
    return source_yearly_amount * source_year_begins * when(source_prorates_part_years == 1, months_of_period / 12, 1)


@total(unit="driver units", over=(SOURCE, MONTH), of="driver_units", match={"driver": "driver", "site": Exactly(PROGRAM_WIDE)})
def source_driver_units():
    """Units by which the source earns money, program-wide."""


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def medi_cal_money(source_is_drug_medi_cal, all_federal_reimbursement, source_brings_nonfederal_share, all_nonfederal_share_of_claims):
    """The federal share of Drug Medi-Cal, or the other share of the same claims, to the source that brings it."""
    return source_is_drug_medi_cal * all_federal_reimbursement + source_brings_nonfederal_share * all_nonfederal_share_of_claims


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def money_earned(source_amount_per_unit, source_driver_units, medi_cal_money, source_is_open):
    """Money earned by what the program does: fees and program income by unit, shares of Drug Medi-Cal by treatment given."""
    return (source_amount_per_unit * source_driver_units + medi_cal_money) * source_is_open


@line(unit="dollars", over=(SOURCE, MONTH), in_a_year="sum")
def money_awarded(source_award, month, source_first_month, part_of_award_that_comes, yearly_money, money_earned):
    """Money that becomes available: the award, or its parts, a yearly amount each July, earnings monthly."""
    return source_award * when(month == source_first_month, 1, 0) + part_of_award_that_comes + yearly_money + money_earned


@total(unit="dollars", over=(INCOME, MONTH), of="money_awarded", match={"source": "source"})
def income_earned():
    """Money that the source earns, or that a partner gives in cash to the match of another source, as income of that one."""


@total(
    unit="dollars",
    over=(SOURCE, MONTH),
    of="income_earned",
    match={"income_of": "source", "income_use": Exactly(IncomeUse.DEDUCTED)},
    in_a_year="sum",
    inline=True,
)
def income_to_deduct():
    """Program income that is deducted from the source's money (2 CFR 200.307(e)(1))."""


@total(
    unit="dollars",
    over=(SOURCE, MONTH),
    of="income_earned",
    match={"income_of": "source", "income_use": Exactly(IncomeUse.COUNTED_AS_MATCH)},
    in_a_year="sum",
    inline=True,
)
def income_for_match():
    """Program income, and cash of partners, that counts towards the match which the source asks for (2 CFR 200.307(e)(3), 200.306)."""
