"""From one scenario to another: what each change does to net county cost, one after the other, adding up to the difference.

The changes are made in turn, in the order of the list. So where two changes work together, the later one carries what they
do together; with another order the shares would differ, the sum would not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from budget_model.analysis.shared_months import Months, over_months
from budget_model.editing.differences import ADDED, ORDER, REMOVED, Difference, differences, with_differences
from budget_model.editing.items import dependents
from budget_model.formats import counted
from budget_model.projection import Projection, net_county_cost, project
from budget_model.scenario.schema import Scenario

_SMALLEST = 0.005  # dollars: less is no effect
_PERIOD = ("first_month", "months")


@dataclass(frozen=True)
class Cause:
    """One change that a person would name: an assumption at one or more items, or an item with what belongs to it.

    `before` and `after` are what stands there, as a reader sees it.
    """

    label: str
    before: str
    after: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Step:
    """A cause and what it does to net county cost over all months, in dollars."""

    cause: Cause
    effect: float


@dataclass(frozen=True)
class Bridge:
    """Net county cost of two scenarios in dollars, over all months or some, and the steps between; those without effect are counted."""

    before: float
    after: float
    steps: tuple[Step, ...]
    without_effect: int

    @property
    def difference(self) -> float:
        """What the second scenario costs the County more; the sum of the steps."""
        return self.after - self.before


def causes(before: Scenario, after: Scenario) -> tuple[Cause, ...]:
    """Return the differences of two scenarios gathered as a person would name them, in a fixed order."""
    found = differences(before, after)
    owned = {**_owned(before, found, REMOVED), **_owned(after, found, ADDED)}
    groups: dict[tuple[str, ...], list[Difference]] = {}
    for difference in found:
        groups.setdefault(_group(difference, owned), []).append(difference)
    return tuple(_cause(tuple(together), key) for key, together in groups.items())


def _owned(scenario: Scenario, found: tuple[Difference, ...], what: str) -> dict[tuple[str, str, str], str]:
    """Return the site with which an item was added or removed, by the item's place and what happened to it."""
    sites = [difference.item for difference in found if difference.table == "sites" and not difference.field and difference.label == what]
    return {(what, *place): site for site in sites for place in (("sites", site), *dependents(scenario, "sites", site))}


def _group(difference: Difference, owned: dict[tuple[str, str, str], str]) -> tuple[str, ...]:
    if difference.table == "" and difference.field in _PERIOD:
        return ("period",)
    if difference.table and not difference.field:
        what = difference.label
        site = owned.get((what, difference.table, difference.item))
        return (what, site) if site else (what, difference.table, difference.item)
    return (difference.table, difference.field, difference.shown_before, difference.shown_after)


def _cause(together: tuple[Difference, ...], key: tuple[str, ...]) -> Cause:
    first = together[0]
    if key == ("period",):
        span = " and ".join(difference.label.lower() for difference in together)
        return Cause(f"The months covered: {span}", _joined(together, "before"), _joined(together, "after"), together)
    if key[0] in (ADDED, REMOVED):
        more = f", with {counted(len(together) - 1, 'item')} of it" if len(together) > 1 else f" ({first.table.replace('_', ' ')})"
        name = key[1] if len(key) == 2 else first.item
        return Cause(f"{name} {key[0]}{more}", first.shown_before, first.shown_after, together)
    if first.field == ORDER:
        return Cause(first.label, first.shown_before, first.shown_after, together)
    where = first.item if len(together) == 1 else f"{len(together)} {first.table.replace('_', ' ')}"
    label = f"{first.label}, {where}" if where else first.label
    return Cause(label, first.shown_before, first.shown_after, together)


def _joined(together: tuple[Difference, ...], side: str) -> str:
    return ", ".join(str(getattr(difference, f"shown_{side}")) for difference in together)


def bridge(
    before: Projection, after: Projection, report: Callable[[int, int], None] = lambda done, of: None, months: Months | None = None
) -> Bridge:
    """Return the bridge between two projections; `report` hears how many changes are done, of how many.

    With `months`, which both cover, it is the bridge of what net county cost is in these.
    """

    def cost(projection: Projection) -> float:
        return over_months(projection, "net_county_cost", months) if months else net_county_cost(projection)

    listed = causes(before.scenario, after.scenario)
    found, at = [], before
    for number, (cause, scenario) in enumerate(_along(before.scenario, after.scenario, listed), 1):
        report(number, len(listed))
        reached = after if number == len(listed) else project(scenario, at)
        found.append(Step(cause, cost(reached) - cost(at)))
        at = reached
    telling = tuple(step for step in found if abs(step.effect) > _SMALLEST)
    silent = sum(step.effect for step in found if abs(step.effect) <= _SMALLEST)
    if telling and silent:  # remainders below half a cent, which would keep the steps from adding up
        telling = (*telling[:-1], Step(telling[-1].cause, telling[-1].effect + silent))
    return Bridge(cost(before), cost(after), telling, len(found) - len(telling))


def bridge_between(before: Scenario, after: Scenario) -> Bridge:
    """Return the bridge between two scenarios: for another process, which takes scenarios and makes its own projections."""
    return bridge(project(before), project(after))


def _along(before: Scenario, after: Scenario, listed: tuple[Cause, ...]) -> Iterator[tuple[Cause, Scenario]]:
    scenario = before
    for cause in listed:
        scenario = with_differences(scenario, after, cause.differences)
        yield cause, scenario
