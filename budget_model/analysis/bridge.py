"""From one scenario to another: what each change does to net county cost, one after the other, adding up to the difference.

The changes are made in turn, in the order of the list. So where two changes work together, the later one carries what they
do together; with another order the shares would differ, the sum would not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from budget_model.analysis.shared_months import Months, over_months
from budget_model.editing.acts import Act, acts
from budget_model.editing.differences import with_differences
from budget_model.formats import whole_dollars
from budget_model.projection import Projection, net_county_cost, project
from budget_model.scenario.schema import Scenario

_SMALLEST = 0.005  # dollars: less is no effect


@dataclass(frozen=True)
class Step:
    """An act, which is the cause, and what it does to net county cost over all months, in dollars."""

    cause: Act
    effect: float


@dataclass(frozen=True)
class Bridge:
    """Net county cost of two scenarios in dollars, over all months or some, and the steps between; those without effect are counted."""

    before: float
    after: float
    steps: tuple[Step, ...]
    without_effect: int

    @property
    def whole_dollars(self) -> tuple[int, ...]:
        """What each step does in whole dollars, as it is printed: `before` and these come to `after`, all as printed."""
        reached = [*accumulate((step.effect for step in self.steps), initial=self.before)]
        reached[-1] = self.after  # but for what adding leaves
        return tuple(whole_dollars(later) - whole_dollars(earlier) for earlier, later in pairwise(reached))

    @property
    def whole_difference(self) -> int:
        """What the second scenario costs the County more, in whole dollars, as it is printed."""
        return whole_dollars(self.after) - whole_dollars(self.before)


def bridge(
    before: Projection, after: Projection, report: Callable[[int, int], None] = lambda done, of: None, months: Months | None = None
) -> Bridge:
    """Return the bridge between two projections; `report` hears how many changes are done, of how many.

    With `months`, which both cover, it is the bridge of what net county cost is in these.
    """

    def cost(projection: Projection) -> float:
        return over_months(projection, "net_county_cost", months) if months else net_county_cost(projection)

    listed = acts(before.scenario, after.scenario)
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


def _along(before: Scenario, after: Scenario, listed: tuple[Act, ...]) -> Iterator[tuple[Act, Scenario]]:
    scenario = before
    for cause in listed:
        scenario = with_differences(scenario, after, cause.differences)
        yield cause, scenario
