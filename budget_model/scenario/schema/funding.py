"""Who pays: funding sources and their match."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from budget_model.scenario.assumption import NUMBER_OF_THE_MONTH, Described, MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    BudgetTreatment,
    CostCategory,
    Driver,
    FunderType,
    IncomeUse,
    MatchBasis,
    Pace,
    RoundingMode,
    SourceStatus,
    Timing,
)
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text

_AMOUNTS, _EARNED = ("award", "yearly_amount", "amount_per_unit"), ("drug_medi_cal", "nonfederal_drug_medi_cal")
_WAYS = (
    "award, yearly_amount, amount_per_unit with a driver, drug_medi_cal: true, nonfederal_drug_medi_cal: true, "
    "or none of them (pays_what_arises: true)"
)


class Match(Described):
    """The local share that a funding source asks for, in cash from the County's own money or in kind."""

    rate: NumberAssumption = quantity("Match rate", "share", at_most=5.0)
    basis: MatchBasis = MatchBasis.AWARD
    in_kind_counts_first: bool = False
    pledged: NumberAssumption = quantity("Cash match pledged", "dollars", default=0, at_most=10_000_000_000)
    in_kind_share: NumberAssumption = share("Share of the match given in kind", default=0.0)
    in_kind_pledged: NumberAssumption = quantity("In-kind match pledged", "dollars", default=0, at_most=10_000_000_000)
    rounded_to: NumberAssumption = quantity(
        "What its cash match is rounded to (0: not rounded)", "dollars", default=0, at_most=1_000, only_if_said=True
    )
    rounding_mode: RoundingMode = RoundingMode.HALF_AWAY_FROM_ZERO


class Source(Item):
    """A funding source: after columns and assignments, sources pay in the order in which they are listed, each at its pace."""

    table: ClassVar[Table] = Table(
        axis=Axis.SOURCE,
        title="Funding sources",
        singular="source",
        part=Part.FUNDING,
        is_main=True,
        keys={
            "treatment": "treatment",
            "timing": "timing",
            "source": "name",
            "driver": "driver",
            "income_of": "income_of",
            "income_use": "income_use",
            "budget_unit": "receiving_unit",
        },
        references={
            "pays_only_at": Reference("sites", removed_with_it=False, copied_with_it=False),
            "income_of": Reference("funding_sources", none=NO_ITEM, removed_with_it=False, copied_with_it=False),
        },
        flags={
            "is_county_money": Flag("The County's own money", "treatment", BudgetTreatment.NET_COUNTY_COST),
            "is_awarded": Flag("The money is awarded", "status", SourceStatus.AWARDED),
            "paces_evenly": Flag("Its money comes evenly over its period", "pace", Pace.EVEN),
            "pays_constant_share": Flag("It pays a constant share of cost", "pace", Pace.CONSTANT_SHARE),
            "prorates_part_years": Flag("A yearly amount is less in a year of which the period has a part", "prorates_part_years"),
            "is_drug_medi_cal": Flag("Brings the federal share of Drug Medi-Cal", "drug_medi_cal"),
            "brings_nonfederal_share": Flag("Brings the non-federal share of Drug Medi-Cal", "nonfederal_drug_medi_cal"),
            "pays_what_arises": Flag("It has no amount: it pays whatever cost arises", "pays_what_arises"),
            "carries_over": Flag("A yearly amount not spent by June is kept", "carries_over"),
            "forbids_supplanting": Flag("May not replace the County's own money", "no_supplanting"),
            "match_is_of_total": Flag("Match is a share of total project cost", "match.basis", MatchBasis.TOTAL_PROJECT_COST),
            "match_in_kind_counts_first": Flag("Value in kind counts to its match first", "match.in_kind_counts_first"),
            "match_is_of_award": Flag("Match is owed on the award, spent or not", "match.basis", MatchBasis.AWARD),
            "match_rounds_half_to_even": Flag("Half of its match is rounded to even", "match.rounding_mode", RoundingMode.HALF_TO_EVEN),
            "match_rounds_up": Flag("Its match is rounded up", "match.rounding_mode", RoundingMode.UP),
            "match_rounds_down": Flag("Its match is rounded down", "match.rounding_mode", RoundingMode.DOWN),
        },
        blank={"treatment": BudgetTreatment.REVENUE, "timing": Timing.ONE_TIME, "award": 0},
        added={"pays": tuple(CostCategory)},
        blank_rows=2,
        groups={
            Group.WHAT: ("status", "treatment", "timing", "receiving_unit", "justification"),
            Group.MONEY: (
                *("award", "yearly_amount", "amount_per_unit", "driver", "pace", "prorates_part_years", "carries_over"),
                *("drug_medi_cal", "nonfederal_drug_medi_cal", "income_of", "income_use"),
            ),
            Group.PAYS: (
                *("pays", "pays_only_at", "no_supplanting", "least_to_community_providers", "least_to_evaluation"),
                "claimable_indirect_rate",
            ),
        },
        first=("award", "yearly_amount", "first_month", "last_month", "pays", "pays_only_at", "match.rate"),
    )

    treatment: BudgetTreatment
    timing: Timing
    status: SourceStatus = SourceStatus.NOT_STATED
    receiving_unit: Text = OFFICE_OF_DIVERSION
    justification: Text = ""
    funder_type: FunderType = FunderType.NOT_STATED
    assistance_listing: Text = ""
    pays: tuple[CostCategory, ...] = ()
    pays_only_at: tuple[Text, ...] = Field(default=(), max_length=50)
    pace: Pace = Pace.CONSTANT_SHARE
    prorates_part_years: bool = True
    carries_over: bool = False
    pays_what_arises: bool = False
    drug_medi_cal: bool = False
    nonfederal_drug_medi_cal: bool = False
    income_of: Text = NO_ITEM
    income_use: IncomeUse = IncomeUse.ADDED
    no_supplanting: bool = False
    driver: Driver = Driver.NONE
    award: NumberAssumption = quantity("Award for the whole period", "dollars", default=0, at_most=10_000_000_000)
    yearly_amount: NumberAssumption = quantity("Amount for each fiscal year", "dollars a year", default=0, at_most=10_000_000_000)
    grant_year_month: NumberAssumption = quantity(
        "First month of its grant years, also of a yearly amount, 1 for January (0: that of its period, of a yearly amount July)",
        NUMBER_OF_THE_MONTH,
        default=0,
        at_most=12,
        whole=True,
    )
    amount_per_unit: NumberAssumption = quantity(
        "Amount earned by each driver unit", "dollars a unit a month", default=0, at_most=1_000_000
    )
    first_month: MonthAssumption = month("First month of the period of performance")
    last_month: MonthAssumption | None = month("Last month of the period of performance", optional=True)
    extension_months: NumberAssumption = quantity("Months by which the period is extended", "months", default=0, at_most=60, whole=True)
    start_up_months: NumberAssumption = quantity(
        "First months of its period in which it pays no services to participants", "months", default=0, at_most=24, whole=True
    )
    close_out_months: NumberAssumption = quantity(
        "Last months of its period, extended, in which it pays no services to participants", "months", default=0, at_most=24, whole=True
    )
    claiming_lag_months: NumberAssumption = quantity("Months from drawdown to cash", "months", default=0, at_most=24, whole=True)
    least_to_community_providers: NumberAssumption = share("Least to community providers", "share of the award", default=0.0)
    least_to_evaluation: NumberAssumption = share("Least to data and evaluation", "share of the award", default=0.0)
    claimable_indirect_rate: NumberAssumption = share(
        "Overhead that may be claimed beside what is drawn, of cost budgeted elsewhere", "share of money drawn", default=0.0
    )
    match: Match | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_an_amount(cls, given: Any) -> Any:
        """A source of which nothing says what money it brings pays whatever cost arises."""
        if not isinstance(given, Mapping) or "pays_what_arises" in given or any(given.get(way) for way in _EARNED):
            return given
        return given if set(_AMOUNTS) & set(given) else {**given, "pays_what_arises": True}

    @model_validator(mode="after")
    def _one_kind_of_amount(self) -> Source:
        amounts, ways = (getattr(self, name) for name in _AMOUNTS), (getattr(self, name) for name in _EARNED)
        if sum(bool(amount.value) for amount in amounts) + sum(ways) + self.pays_what_arises > 1:
            raise PydanticCustomError("amount", "expected one of: {ways}", {"ways": _WAYS})
        return self

    @property
    def earns(self) -> bool:
        """Whether its money is earned by what the program does, rather than awarded."""
        return bool(self.amount_per_unit.value) or self.drug_medi_cal or self.nonfederal_drug_medi_cal

    @property
    def is_paced(self) -> bool:
        """Whether its money is a sum that comes at a pace: what is earned, and what has no amount, pays as cost arises."""
        return not (self.earns or self.pays_what_arises)
