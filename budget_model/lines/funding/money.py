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
def source_year_begins(source_is_open, month, source_first_month, fiscal_year_starts):
    """1 in the first month of the period and in each July within it, else 0."""
    return source_is_open * np.maximum(when(month == source_first_month, 1, 0), fiscal_year_starts)


@line(unit="dollars", over=(SOURCE,), inline=True)
def award_in_all(source_award, amounts_of_source):
    """The award for the whole period, at once or in parts that have their own months."""
    return source_award + amounts_of_source


@line(unit="1 = yes", over=(SOURCE, MONTH))
def money_expires(source_is_open, source_ends, fiscal_year_ends, award_in_all, source_carries_over):
    """1 in the month after which money left is lost: the last of the period, and each June what is neither award nor kept."""
    each_june = fiscal_year_ends * when(award_in_all == 0, 1, 0) * (1 - source_carries_over)
    return source_is_open * np.maximum(source_ends, each_june)


@line(unit="number", over=(SOURCE, MONTH))
def funding_period(source_is_open, source_yearly_amount, fiscal_year_begins):
    """The months in which the same money pays: an award's whole period is 1, of a yearly amount each fiscal year; 0 outside."""
    return source_is_open * when(source_yearly_amount > 0, fiscal_year_begins, 1)


@over_period(unit="months", over=(SOURCE, MONTH), of="source_is_open", by="fiscal_year_begins")
def months_open_in_year():
    """Months of the fiscal year in which the source is open."""


@line(unit="dollars", over=(SOURCE, MONTH), inline=True)
def yearly_money(source_yearly_amount, source_year_begins, source_prorates_part_years, months_open_in_year):
    """The amount of a fiscal year, at its start; of a part year as many twelfths as it has months, or all where the source says so."""
    return source_yearly_amount * source_year_begins * when(source_prorates_part_years == 1, months_open_in_year / 12, 1)


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


@total(unit="dollars", over=(INCOME, MONTH), of="money_earned", match={"source": "source"})
def income_earned():
    """Money that the source earns, as income of another source."""


@total(
    unit="dollars",
    over=(SOURCE, MONTH),
    of="income_earned",
    match={"income_of": "source", "income_use": Exactly(IncomeUse.DEDUCTED)},
    in_a_year="sum",
)
def income_to_deduct():
    """Program income that is deducted from the source's money (2 CFR 200.307(e)(1))."""


@total(
    unit="dollars",
    over=(SOURCE, MONTH),
    of="income_earned",
    match={"income_of": "source", "income_use": Exactly(IncomeUse.COUNTED_AS_MATCH)},
    in_a_year="sum",
)
def income_for_match():
    """Program income that counts towards the cash match which the source asks for (2 CFR 200.307(e)(3))."""
