"""The tables of a scenario: which they are, the keys and flags of their items, and every assumption with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from budget_model.scenario.assumption import LAST_MONTH, MONTH_UNIT, NO_MATCH, Assumption, Declared, Described, declared
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    AppropriationClass,
    MatchBasis,
    Payment,
    PositionStatus,
)
from budget_model.scenario.schema import (
    BenefitComponent,
    Care,
    Contract,
    ContractingMechanism,
    CostOfLivingAdjustment,
    FederalShare,
    FundingAssignment,
    General,
    Item,
    Match,
    Outcome,
    Position,
    ProviderStaff,
    Scenario,
    Service,
    Site,
    Source,
)
from budget_model.timeline import serial

# The tables of a scenario: the axis of their rows, the model of a row, the key in the file.
TABLES: tuple[tuple[Axis, type[Item], str], ...] = (
    (Axis.SITE, Site, "sites"),
    (Axis.RAISE, CostOfLivingAdjustment, "cost_of_living_adjustments"),
    (Axis.BENEFIT, BenefitComponent, "benefit_components"),
    (Axis.POSITION, Position, "county_positions"),
    (Axis.MECHANISM, ContractingMechanism, "contracting_mechanisms"),
    (Axis.CONTRACT, Contract, "provider_contracts"),
    (Axis.STAFF, ProviderStaff, "provider_staff"),
    (Axis.SERVICE, Service, "services_and_supplies"),
    (Axis.CARE, Care, "treatment_and_housing"),
    (Axis.FEDERAL, FederalShare, "federal_shares"),
    (Axis.SOURCE, Source, "funding_sources"),
    (Axis.ASSIGNMENT, FundingAssignment, "funding_assignments"),
    (Axis.OUTCOME, Outcome, "outcomes"),
)

# The keys by which totals find an item: the field of the scenario that holds each, and those that are the same for all.
KEY_FIELDS: Mapping[Axis, Mapping[str, str]] = {
    Axis.SITE: {"site": "name"},
    Axis.BENEFIT: {"plan": "plan"},
    Axis.POSITION: {
        "site": "site",
        "department": "department",
        "driver": "driver",
        "category": "category",
        "plan": "benefit_plan",
        "position": "name",
    },
    Axis.MECHANISM: {"mechanism": "name"},
    Axis.CONTRACT: {"site": "site", "category": "category", "contract": "name", "mechanism": "mechanism"},
    Axis.STAFF: {"contract": "contract"},
    Axis.SERVICE: {"site": "site", "driver": "driver", "class": "appropriation_class", "category": "category"},
    Axis.CARE: {"site": "site", "driver": "driver", "kind": "kind", "class": "appropriation_class", "category": "category"},
    Axis.SOURCE: {"treatment": "treatment", "timing": "timing", "source": "name", "driver": "driver"},
    Axis.ASSIGNMENT: {"source": "source", "position": "position", "site": "site", "category": "category"},
}
FIXED_KEYS: Mapping[Axis, Mapping[str, str]] = {
    Axis.POSITION: {"class": AppropriationClass.SALARIES_AND_EMPLOYEE_BENEFITS},
    Axis.CONTRACT: {"class": AppropriationClass.SERVICES_AND_SUPPLIES},
}


@dataclass(frozen=True)
class Flag:
    """Something an item is or does, read as 1 for yes and 0 for no: a field that is true, or one that has a certain choice."""

    label: str
    field: str
    choice: StrEnum | None = None

    def holds(self, item: Item) -> bool:
        """Whether it is so for an item."""
        given = field_of(item, self.field)
        return given is self.choice if self.choice else bool(given)


def field_of(item: Item, field: str) -> Any:
    """Return an item's field by its name; of `match.basis` the field of the part, or None where there is no such part."""
    part, _, inner = field.partition(".")
    found = getattr(item, part)
    return getattr(found, inner, None) if inner else found


# What items are or do, by the name of the input (after the axis).
FLAGS: Mapping[Axis, Mapping[str, Flag]] = {
    Axis.RAISE: {"applies_to_overtime": Flag("Overtime is raised as well", "applies_to_overtime")},
    Axis.BENEFIT: {"applies_to_overtime": Flag("Paid on overtime as well", "applies_to_overtime")},
    Axis.POSITION: {
        "is_temporary": Flag("Temporary position, not an ordinance item", "temporary"),
        "is_filled": Flag("Filled when the scenario begins: no set-up cost", "status", PositionStatus.FILLED),
    },
    Axis.CONTRACT: {"reimburses_cost": Flag("The County reimburses the provider's cost", "payment", Payment.COST_REIMBURSEMENT)},
    Axis.SERVICE: {"one_time_grows": Flag("The one-time amount grows with prices", "one_time_grows")},
    Axis.SOURCE: {
        "is_drug_medi_cal": Flag("Brings the federal share of Drug Medi-Cal", "drug_medi_cal"),
        "carries_over": Flag("A yearly amount not spent by June is kept", "carries_over"),
        "forbids_supplanting": Flag("May not replace the County's own money", "no_supplanting"),
        "match_is_of_total": Flag("Match is a share of total project cost", "match.basis", MatchBasis.TOTAL_PROJECT_COST),
        "match_is_of_award": Flag("Match is owed on the award, spent or not", "match.basis", MatchBasis.AWARD),
    },
}


@dataclass(frozen=True)
class Cell:
    """One assumption of a scenario: the input it belongs to, where it stands, what it is, and its value with evidence."""

    input: str
    axis: Axis | None
    table: str
    item: str
    field: str
    declared: Declared
    assumption: Assumption


@cache
def declared_fields(model: type[Described]) -> tuple[tuple[str, Declared], ...]:
    """Return the assumption fields of a part of a scenario with what they declare."""
    return tuple((field, about) for field, info in model.model_fields.items() if (about := declared(info)) is not None)


@cache
def inputs_of(axis: Axis, model: type[Item]) -> tuple[tuple[str, str, Declared], ...]:
    """Return the inputs of a table: the name of each, its field in an item (`match.rate` within a part), what it declares."""
    own = tuple((f"{axis}_{field}", field, about) for field, about in declared_fields(model))
    return own + tuple((f"{axis}_match_{field}", f"match.{field}", about) for field, about in declared_fields(Match) if model is Source)


def cells(scenario: Scenario) -> Iterator[Cell]:
    """Yield every assumption of a scenario in the order of the file; what is not given has its default."""
    for name, about in declared_fields(General):
        yield Cell(name, None, "general", "", name, about, getattr(scenario.general, name))
    for axis, model, table in TABLES:
        for item in getattr(scenario, table):
            for name, field, about in inputs_of(axis, model):
                yield Cell(name, axis, table, item.name, field, about, field_of(item, field) or _not_given(about, scenario))


def columns_of(scenario: Scenario) -> Iterator[tuple[str, list[Assumption]]]:
    """Yield every input with its assumptions, item by item: what `cells` yields, without saying where each stands."""
    for name, _ in declared_fields(General):
        yield name, [getattr(scenario.general, name)]
    for axis, model, table in TABLES:
        items = getattr(scenario, table)
        for name, field, about in inputs_of(axis, model):
            missing = _not_given(about, scenario)
            yield name, [field_of(item, field) or missing for item in items]


def _not_given(about: Declared, scenario: Scenario) -> Assumption:
    """Return what stands for an assumption that may be left out: the last month, or no match."""
    return _default(scenario.timeline.last, MONTH_UNIT, LAST_MONTH) if about.unit == MONTH_UNIT else _default(0.0, about.unit, NO_MATCH)


@lru_cache(maxsize=256)
def _default(value: float | date, unit: str, note: str) -> Assumption:
    return Assumption(value=value, unit=unit, note=note)


def number(value: float | date) -> float:
    """Return a value as lines calculate with it: a month as Excel's day number."""
    return serial(value) if isinstance(value, date) else value
