"""Who pays: funding sources, their match, and cost that one source pays before anything else."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from budget_model.scenario.assumption import Described, MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import NO_ITEM, BudgetTreatment, CostCategory, Driver, MatchBasis, Timing
from budget_model.scenario.declarations import Blank, Flag, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text


class Match(Described):
    """The local share that a funding source asks for, in cash from the County's own money or in kind."""

    rate: NumberAssumption = quantity("Match rate", "share", at_most=5.0)
    basis: MatchBasis = MatchBasis.AWARD
    pledged: NumberAssumption = quantity("Cash match pledged", "dollars", default=0, at_most=10_000_000_000)
    in_kind_share: NumberAssumption = share("Share of the match given in kind", default=0.0)
    in_kind_pledged: NumberAssumption = quantity("In-kind match pledged", "dollars", default=0, at_most=10_000_000_000)


class Source(Item):
    """A funding source. Sources pay in the order in which they are listed."""

    table: ClassVar[Table] = Table(
        axis=Axis.SOURCE,
        title="Funding sources",
        singular="source",
        part=Part.FUNDING,
        is_main=True,
        keys={"treatment": "treatment", "timing": "timing", "source": "name", "driver": "driver"},
        flags={
            "is_drug_medi_cal": Flag("Brings the federal share of Drug Medi-Cal", "drug_medi_cal"),
            "carries_over": Flag("A yearly amount not spent by June is kept", "carries_over"),
            "forbids_supplanting": Flag("May not replace the County's own money", "no_supplanting"),
            "match_is_of_total": Flag("Match is a share of total project cost", "match.basis", MatchBasis.TOTAL_PROJECT_COST),
            "match_is_of_award": Flag("Match is owed on the award, spent or not", "match.basis", MatchBasis.AWARD),
        },
        blank={"treatment": BudgetTreatment.REVENUE, "timing": Timing.ONE_TIME, "award": 0},
        added={"pays": tuple(CostCategory)},
        has_blank_row=True,
    )

    treatment: BudgetTreatment
    timing: Timing
    justification: Text = ""
    pays: tuple[CostCategory, ...] = ()
    carries_over: bool = False
    drug_medi_cal: bool = False
    no_supplanting: bool = False
    driver: Driver = Driver.NONE
    award: NumberAssumption = quantity("Award for the whole period", "dollars", default=0, at_most=10_000_000_000)
    yearly_amount: NumberAssumption = quantity("Amount for each fiscal year", "dollars a year", default=0, at_most=10_000_000_000)
    amount_per_unit: NumberAssumption = quantity(
        "Amount earned by each driver unit", "dollars a unit a month", default=0, at_most=1_000_000
    )
    first_month: MonthAssumption = month("First month of the period of performance")
    last_month: MonthAssumption | None = month("Last month of the period of performance", optional=True)
    claiming_lag_months: NumberAssumption = quantity("Months from drawdown to cash", "months", default=0, at_most=24)
    administration_cap: NumberAssumption = share(
        "Most that may go to administration and indirect cost", "share of award and match", default=1.0
    )
    evaluation_cap: NumberAssumption = share("Most that may go to data and evaluation", "share of award and match", default=1.0)
    least_to_community_providers: NumberAssumption = share("Least to community providers", "share of the award", default=0.0)
    match: Match | None = None

    @model_validator(mode="after")
    def _one_kind_of_amount(self) -> Source:
        kinds = ("award", "yearly_amount", "amount_per_unit")
        given = sum(bool(getattr(self, kind).value) for kind in kinds) + self.drug_medi_cal
        if given > 1 or not (self.model_fields_set & set(kinds) or self.drug_medi_cal):
            raise PydanticCustomError("amount", "expected one of: award, yearly_amount, amount_per_unit with a driver, drug_medi_cal: true")
        return self


class FundingAssignment(Item):
    """A share of a position's cost, or of a site's cost in one category, that one source pays before anything else."""

    table: ClassVar[Table] = Table(
        axis=Axis.ASSIGNMENT,
        title="Funding assignments",
        singular="assignment",
        part=Part.FUNDING,
        keys={"source": "source", "position": "position", "site": "site", "category": "category"},
        references={
            "site": Reference("sites", none=NO_ITEM),
            "source": Reference("funding_sources", copied_with_it=False),
            "position": Reference("county_positions", none=NO_ITEM),
        },
        blank={"site": Blank.FIRST_NAMED, "category": CostCategory.COMMUNITY_PROVIDERS},
    )

    source: Text
    position: Text = NO_ITEM
    site: Text = NO_ITEM
    category: CostCategory | None = None
    assigned_share: NumberAssumption = share("Share of the cost assigned to the source", "share of cost")
