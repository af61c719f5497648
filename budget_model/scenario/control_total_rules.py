"""What must hold of control totals: each is of one thing, and of months that the plan has."""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.scenario.rule import Finding, Names, Rule
from budget_model.scenario.schema import Scenario
from budget_model.timeline import month_label


def _totals_are_of_one_thing(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for control in scenario.control_totals:
        if len(control.named) > 1 or (control.printed.value and not control.named):  # without both it is still to be filled in
            found = " and ".join(control.named) or "of nothing"
            expected = (
                "expected one of them: all_cost, a line, a site, a source, its match, an object_class, a category or an appropriation_class"
            )
            yield f"control_totals[{control.name}]", found, expected


def _totals_are_of_months_of_the_plan(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A total that ended later would never be held against anything."""
    end = scenario.timeline.last
    for control in scenario.control_totals:
        if control.last_month and control.last_month.day > end:
            place, found = f"control_totals[{control.name}].last_month", month_label(control.last_month.day)
            yield place, found, f"expected a month of the scenario, {month_label(end)} or before"


CONTROL_TOTAL_RULES: tuple[Rule, ...] = (_totals_are_of_one_thing, _totals_are_of_months_of_the_plan)
