"""What a scenario is: the plan for an expansion of LEAD, its costs and the money offered for it.

Every number and month is an `Assumption`. A field's label, unit and bounds are declared in the modules of this folder and nowhere
else, and what a table is with its class (`Table`); rows of the model, workbook and pages read them from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from budget_model.scenario.assumption import Described
from budget_model.scenario.choices import FormRoundedTo, RoundingMode
from budget_model.scenario.schema.adopted import AdoptedBudget
from budget_model.scenario.schema.agencies import Agency
from budget_model.scenario.schema.budget_lines import Amount, BudgetLine, Factor
from budget_model.scenario.schema.care import Care, FederalShare
from budget_model.scenario.schema.columns import FundingAssignment
from budget_model.scenario.schema.control_totals import ControlTotal
from budget_model.scenario.schema.county_staff import BenefitComponent, CostOfLivingAdjustment, Position, SalarySavings
from budget_model.scenario.schema.fields import Item, Month, Text
from budget_model.scenario.schema.funding import Match, Source
from budget_model.scenario.schema.funding_terms import Cap, InKindContribution, PlannedFunding
from budget_model.scenario.schema.general import General
from budget_model.scenario.schema.object_classes import CategoryObjectClass
from budget_model.scenario.schema.outcomes import Outcome
from budget_model.scenario.schema.providers import Contract, ContractingMechanism, ProviderStaff
from budget_model.scenario.schema.rates import Rate, RateBase
from budget_model.scenario.schema.services import Service
from budget_model.scenario.schema.sites import Site
from budget_model.timeline import FIRST_YEAR, Timeline, read_month, timeline

__all__ = [
    "AdoptedBudget",
    "Agency",
    "Amount",
    "BenefitComponent",
    "BudgetLine",
    "Cap",
    "Care",
    "CategoryObjectClass",
    "Contract",
    "ContractingMechanism",
    "ControlTotal",
    "CostOfLivingAdjustment",
    "Factor",
    "FederalShare",
    "FundingAssignment",
    "General",
    "InKindContribution",
    "Item",
    "Match",
    "Outcome",
    "PlannedFunding",
    "Position",
    "ProviderStaff",
    "Rate",
    "RateBase",
    "Rounding",
    "SalarySavings",
    "Scenario",
    "Service",
    "Site",
    "Source",
]

MAX_MONTHS = 120
ONE_SITE = "Program"  # of a budget that names none


class Rounding(Described):
    """How a form rounds. `none` unless a funder's form asks for it; the workbook and the screen never round."""

    to: FormRoundedTo = FormRoundedTo.NONE
    mode: RoundingMode = RoundingMode.HALF_AWAY_FROM_ZERO
    applies_to: Literal["each line", "totals only"] = "each line"


class Scenario(Described):
    """A complete scenario: its calendar, assumptions, items and funding."""

    model_config = ConfigDict(title="LEAD budget scenario")

    name: Annotated[str, Field(min_length=1, max_length=120)]
    description: Text = ""
    phase: Literal[
        "Department Request", "Recommended", "Public Hearings", "Final Changes", "Adopted", "Supplemental", "Mid-year Adjustment"
    ] = "Department Request"
    first_month: Month
    months: Annotated[int, Field(ge=1, le=MAX_MONTHS, strict=True)]
    rounding: Rounding = Field(default_factory=Rounding)
    general: General = Field(default_factory=General)
    sites: tuple[Site, ...] = Field(min_length=1, max_length=50)
    agencies: tuple[Agency, ...] = Field(default=(), max_length=100)
    cost_of_living_adjustments: tuple[CostOfLivingAdjustment, ...] = Field(default=(), max_length=50)
    benefit_components: tuple[BenefitComponent, ...] = Field(default=(), max_length=30)
    salary_savings: tuple[SalarySavings, ...] = Field(default=(), max_length=30)
    county_positions: tuple[Position, ...] = Field(default=(), max_length=200)
    contracting_mechanisms: tuple[ContractingMechanism, ...] = Field(default=(), max_length=20)
    provider_contracts: tuple[Contract, ...] = Field(default=(), max_length=100)
    provider_staff: tuple[ProviderStaff, ...] = Field(default=(), max_length=200)
    services_and_supplies: tuple[Service, ...] = Field(default=(), max_length=200)
    federal_shares: tuple[FederalShare, ...] = Field(default=(), max_length=30)
    treatment_and_housing: tuple[Care, ...] = Field(default=(), max_length=60)
    budget_lines: tuple[BudgetLine, ...] = Field(default=(), max_length=200)
    factors: tuple[Factor, ...] = Field(default=(), max_length=600)
    amounts: tuple[Amount, ...] = Field(default=(), max_length=400)
    rates: tuple[Rate, ...] = Field(default=(), max_length=30)
    rate_bases: tuple[RateBase, ...] = Field(default=(), max_length=200)
    funding_sources: tuple[Source, ...] = Field(default=(), max_length=30)
    funding_assignments: tuple[FundingAssignment, ...] = Field(default=(), max_length=200)
    caps: tuple[Cap, ...] = Field(default=(), max_length=60)
    funding_plan: tuple[PlannedFunding, ...] = Field(default=(), max_length=200)
    in_kind_contributions: tuple[InKindContribution, ...] = Field(default=(), max_length=50)
    object_classes: tuple[CategoryObjectClass, ...] = Field(default=(), max_length=20)
    outcomes: tuple[Outcome, ...] = Field(default=(), max_length=20)
    control_totals: tuple[ControlTotal, ...] = Field(default=(), max_length=100)
    adopted_from: Text = ""
    adopted_budget: tuple[AdoptedBudget, ...] = Field(default=(), max_length=100)

    @model_validator(mode="before")
    @classmethod
    def _at_one_site(cls, given: Any) -> Any:
        """A budget that names no site is of one, open from its first month."""
        if not isinstance(given, Mapping) or "sites" in given or "first_month" not in given:
            return given
        try:
            opens = read_month(given["first_month"])
        except ValueError:  # which is said of the first month alone
            opens = read_month(f"{FIRST_YEAR}-01")
        return {**given, "sites": [{"name": ONE_SITE, "go_live": opens}]}

    @property
    def tables(self) -> dict[str, tuple[Item, ...]]:
        """The tables of named items, by their key in the file."""
        return {name: value for name, value in vars(self).items() if isinstance(value, tuple)}

    @property
    def timeline(self) -> Timeline:
        """The months the scenario covers."""
        return timeline(self.first_month, self.months)
