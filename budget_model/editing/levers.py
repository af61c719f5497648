"""Levers: the assumptions of a scenario that an analyst moves first, each with its bounds, step and the changes it makes.

Built from the scenario itself, so that a new site or funding source brings its own. Shares are numbers from 0 to 1,
money is in dollars, months are the first day of the month.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budget_model.editing.changes import Change, changed
from budget_model.editing.typed_entries import field_at, with_evidence
from budget_model.formats import worded
from budget_model.scenario.assumption import MONTH_UNIT, NumberAssumption, declared
from budget_model.scenario.choices import BudgetTreatment
from budget_model.scenario.entries import NotUnderstoodError, understood
from budget_model.scenario.schema import Item, Scenario, Site, Source
from budget_model.timeline import add_months

Value = float | date
_NOISE = 1e-14  # of a slider's step, as a part of the value


@dataclass(frozen=True)
class Target:
    """Where an assumption stands in a scenario: the table, the item ('' in `general`) and the field."""

    table: str
    item: str
    field: str


@dataclass(frozen=True)
class Lever:
    """One thing to move. `saved` is what the scenario says; `low`, `high` and `step` (months: 1) are in the unit.

    `key` is the lever's own within a scenario, and stands in links.
    """

    key: str
    group: str
    label: str
    unit: str
    help: str
    targets: tuple[Target, ...]
    saved: Value
    low: Value
    high: Value
    step: float = 1.0

    @property
    def months(self) -> tuple[date, ...]:
        """Every month that a lever of months may take."""
        low, high = self.low, self.high
        assert isinstance(low, date) and isinstance(high, date)
        count = (high.year - low.year) * 12 + high.month - low.month + 1
        return tuple(add_months(low, index) for index in range(count))

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most of a lever of numbers."""
        low, high = self.low, self.high
        assert isinstance(low, float) and isinstance(high, float)
        return low, high

    def differs(self, one: Value, other: Value) -> bool:
        """Whether two values differ by more than the noise of a slider's steps."""
        if isinstance(one, date) or isinstance(other, date):
            return one != other
        return not math.isclose(one, other, abs_tol=self.step / 1000)

    def is_moved(self, value: Value) -> bool:
        """Whether the value differs from the saved one."""
        return self.differs(value, self.saved)

    def value_in(self, scenario: Scenario) -> Value:
        """Return where the lever stands in a scenario that has its first item; `saved` where nothing is said."""
        return self._value_of(self.targets[0], scenario)

    def _value_of(self, target: Target, scenario: Scenario) -> Value:
        part = getattr(scenario, target.table)
        holder = next(item for item in part if item.name == target.item) if target.item else part
        given = getattr(holder, target.field)
        return given.value if given else self.saved

    def settings(self, value: Value) -> tuple[Change, ...]:
        """Return the changes that set every target of the lever to a value, without the noise of a slider's steps."""
        if not isinstance(value, date):
            value = short if math.isclose(short := round(value, 9), value, rel_tol=_NOISE) else value
        return tuple(Change(target.table, target.item, target.field, value) for target in self.targets)

    def set_in(self, scenario: Scenario, value: Value) -> Scenario:
        """Return the scenario with every target at a value. Raises ScenarioError.

        Numbers that change keep their kind and owner; those that stand at the value already keep all their evidence.
        """
        settings = zip(self.targets, self.settings(value), strict=True)
        moved = [change for target, change in settings if self.differs(self._value_of(target, scenario), value)]
        return changed(scenario, [*with_evidence(scenario, moved, {})])

    def understood(self, typed: str, scenario: Scenario) -> Value:
        """Return a typed value of the lever. Raises NotUnderstoodError with what is expected and its bounds.

        A number may lie outside the lever, within the bounds of its field; a month may not.
        """
        field = field_at(scenario, self.targets[0].table, self.targets[0].field)
        low, high = self.low, self.high
        expected = f"a month from {self.shown(low)} to {self.shown(high)}" if isinstance(low, date) else field.expected
        value: Value | None = understood(typed, replace(field, default=None))
        if value is None or (isinstance(value, date) and isinstance(low, date) and isinstance(high, date) and not low <= value <= high):
            raise NotUnderstoodError(expected)
        return value

    def changes(self, value: Value) -> tuple[Change, ...]:
        """Return the changes that set the scenario to the value; none where it is the saved one."""
        return self.settings(value) if self.is_moved(value) else ()

    def shown(self, value: Value) -> str:
        """Return a value of the lever as a reader sees it."""
        return worded(value, self.unit)


def levers(scenario: Scenario) -> tuple[Lever, ...]:
    """Return the levers of a scenario, group by group."""
    return (*_program(scenario), *_sites(scenario), *_places(scenario), *_sources(scenario))


def _program(scenario: Scenario) -> Iterator[Lever]:
    """Yield the levers that move many items at once."""
    contracts = scenario.provider_contracts
    yield from _together(contracts, "provider_contracts", "caseload", "Participants per case manager", 1.0, 40.0)
    saved = scenario.general.referral_level.number
    about = "Referrals that come, of those planned at each site."
    target = Target("general", "", "referral_level")
    yield Lever("referral_level", "Program", "Referrals, of those planned", "share", about, (target,), saved, 0.0, max(2.0, saved), 0.05)
    target = Target("general", "", "cost_of_living_rate")
    yield _rate("Cost-of-living increase", target, scenario.general.cost_of_living_rate, 0.10)
    yield from _together(contracts, "provider_contracts", "indirect_rate", "Provider indirect rate", 0.005, 0.30)
    yield from _salary_savings(scenario)


def _salary_savings(scenario: Scenario) -> Iterator[Lever]:
    """Yield the rates of positions, but of departments that say rates of their own, and these."""
    label, low, high = "Salary savings from vacancies", 0.005, 0.30
    said = {savings.department for savings in scenario.salary_savings}
    positions = [position for position in scenario.county_positions if position.department not in said]
    yield from _together(positions, "county_positions", "salary_savings_rate", label, low, high)
    yield from _together(scenario.salary_savings, "salary_savings", "other_rate", f"{label}, new and vacant positions", low, high)
    yield from _together(scenario.salary_savings, "salary_savings", "filled_rate", f"{label}, filled positions", low, high)


def _together(items: Sequence[Item], table: str, field: str, label: str, step: float, high: float) -> Iterator[Lever]:
    """Yield one lever for items of a table; where their saved values differ, one for each saved value."""
    alike: dict[float, list[Item]] = {}
    for item in items:
        alike.setdefault(getattr(item, field).number, []).append(item)
    for saved, together in alike.items():
        about = declared(type(together[0]).model_fields[field])
        assert about is not None
        alone = len(alike) == 1
        key = field if alone else f"{field}.{together[0].name}"
        names = "" if alone else f" ({together[0].name}{', ...' if len(together) > 1 else ''})"
        targets = tuple(Target(table, item.name, field) for item in together)
        scope = f"{about.label}, {about.unit}. Sets {', '.join(item.name for item in together)}."
        top = min(about.at_most, high if saved <= high else about.at_most)
        low = min(saved, step) if step >= 1 else about.at_least  # of what is counted whole, none is another plan
        yield Lever(key, "Program", label + names, about.unit, scope, targets, saved, float(low), float(top), step)


def _rate(label: str, target: Target, assumption: NumberAssumption, high: float) -> Lever:
    saved = assumption.number
    text = "Share by which county salaries grow each July."
    return Lever(target.field, "Program", label, assumption.unit, text, (target,), saved, 0.0, min(1.0, max(high, 2 * saved)), 0.005)


def _sites(scenario: Scenario) -> Iterator[Lever]:
    for site in scenario.sites:
        yield _amount(
            "Slots", site, "sites", "slots", 5.0, low=site.starting_participants.number, help="Participants the site can carry at a time."
        )
    for site in scenario.sites:
        if not site.starting_participants.value:
            yield _go_live(scenario, site)
    for site in scenario.sites:
        if not site.starting_participants.value:
            yield _slip(site)


def _places(scenario: Scenario) -> Iterator[Lever]:
    for care in scenario.treatment_and_housing:
        about = "Beds, units or slots at the beginning; what is ordered in addition comes on top."
        yield _amount("Places", care, "treatment_and_housing", "places", 1.0, help=about)


def _go_live(scenario: Scenario, site: Site) -> Lever:
    """Return the lever of a site's first month as planned: from its first contract to the scenario's end."""
    saved = site.go_live.day
    contracts = [contract.first_month.day for contract in scenario.provider_contracts if contract.site == site.name]
    first = min([*contracts, saved]) if contracts else scenario.first_month
    text = "First month of referrals as planned. Contracts and positions of the site keep their own months."
    target = Target("sites", site.name, "go_live")
    return Lever(f"go_live.{site.name}", "Opening month", site.name, MONTH_UNIT, text, (target,), saved, first, scenario.timeline.last)


def _slip(site: Site) -> Lever:
    text = "Months by which the site opens later than planned, with its contract, hires, police time and beds. Money does not wait for it."
    return _amount("Opens late by", site, "sites", "slip_months", 1.0, help=text)


# The fields that may hold a source's amount, and what each is for.
_PERIODS = {
    "award": "for the whole period",
    "yearly_amount": "each fiscal year",
    "amount_per_unit": "for each unit a month",
}


def _sources(scenario: Scenario) -> Iterator[Lever]:
    for source in scenario.funding_sources:
        if source.drug_medi_cal or source.nonfederal_drug_medi_cal or source.pays_what_arises:
            continue  # what it brings follows from the treatment given or from the cost
        field = next((field for field in _PERIODS if getattr(source, field).value), "yearly_amount")
        text = f"Dollars {_PERIODS[field]}. Set it to 0 to see the budget without this money."
        amount = getattr(source, field).number
        step = 50_000.0 if amount >= 1_000_000 else 5_000.0 if field != "amount_per_unit" else 5.0
        yield _amount("Funding amount", source, "funding_sources", field, step, help=text)
    for source in scenario.funding_sources:
        last = scenario.timeline.last
        saved = source.last_month.day if source.last_month else last
        first = max([source.first_month.day, *_months_given_in_kind(scenario, source)])
        target = Target("funding_sources", source.name, "last_month")
        county = source.treatment is BudgetTreatment.NET_COUNTY_COST
        left = "What is left of it then is not asked for." if county else "What is left of it then is lost."
        text = f"Last month in which the source pays, before any extension. {left}"
        if first < max(saved, last):
            yield Lever(
                f"last_month.{source.name}", "Funding ends", source.name, MONTH_UNIT, text, (target,), saved, first, max(saved, last)
            )


def _months_given_in_kind(scenario: Scenario, source: Source) -> Iterator[date]:
    """Yield the first and last months of what is given to the source in kind: its period has them all."""
    for given in scenario.in_kind_contributions:
        if given.source == source.name:
            yield from (month.day for month in (given.first_month, given.last_month) if month)


def _amount(group: str, item: Item, table: str, field: str, step: float, *, help: str, low: float = 0.0) -> Lever:
    """Return a lever from `low` to about twice the saved value of one item."""
    about = declared(type(item).model_fields[field])
    assert about is not None
    saved = getattr(item, field).number
    top = min(float(about.at_most), _up(max(2 * saved, 20 * step), step))
    return Lever(f"{field}.{item.name}", group, item.name, about.unit, help, (Target(table, item.name, field),), saved, low, top, step)


def _up(value: float, step: float) -> float:
    return float(math.ceil(value / step) * step)
