"""The list of checks: faults of a plan, duties that it misses, and what a reader should know of it.

Each entry is one item of a check row (`lines/checks.py`, `lines/remarks.py`) that is above the row's tolerance. The dashboard,
the command line, its JSON and the workbook show the same list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from budget_model.analysis.fields_without_effect import fields_without_effect
from budget_model.analysis.finding_details import detail_of
from budget_model.analysis.missed_check import said
from budget_model.analysis.months_and_limits import RULES, months_and_limits
from budget_model.budget import BUDGET
from budget_model.editing.copied_sites import still_to_be_given
from budget_model.engine.arrays import Array, Member
from budget_model.engine.rows import Kind, Line
from budget_model.errors import ScenarioError
from budget_model.formats import counted, worded
from budget_model.projection import Projection, check_rows
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.axes import Axis
from budget_model.scenario.rules import problems_of
from budget_model.scenario.schema import Scenario
from budget_model.scenario.tables import TABLES
from budget_model.scenario.wording import for_people
from budget_model.timeline import Timeline, fiscal_year, month_label

YES_OR_NO = "1 = yes"
FIELD_WITHOUT_EFFECT = "A field has no effect: it counts only beside another one, which is not given."
COPIED_SITE_ASKS = "A copied site has partner agencies, people, beds and a contract of its own."
_TABLES = {axis: key for axis, _, key in TABLES}
_KINDS = tuple(Kind)
_COUNTED = {Kind.FAULT: ("fault", "faults"), Kind.DUTY: ("duty missed", "duties missed"), Kind.REMARK: ("remark", "remarks")}
_REFERENCE = re.compile(r" \(conventions? [A-Z0-9, ]+\)")  # for who reads the code


@dataclass(frozen=True)
class Finding:
    """One item for which a check is missed.

    `check` is the name of its row and `rule` the row's sentence; `item` is the item's name, empty for the whole program, and
    `table` the table of the scenario it stands in, empty for none. `since` is the first month ("2019-07") or fiscal year
    ("FY 2019-20") in which it is missed. `amount` and `by_year` (the fiscal years, without a total) are in `unit`: the amount is
    the sum over months or years, the largest of them for stocks and days, and 1 for what is so throughout. `detail` says what it
    means and what to do.
    """

    kind: Kind
    check: str
    rule: str
    item: str
    since: str
    amount: float
    unit: str
    by_year: tuple[float, ...]
    table: str
    detail: str

    @property
    def amount_in_words(self) -> str:
        """The amount with its unit, such as '$14,500' or '335 days'; empty for what is so or is not."""
        return "" if self.unit == YES_OR_NO else said(self.amount, self.unit)

    @property
    def since_in_words(self) -> str:
        """The month or fiscal year as people write it, such as 'Nov 2019'."""
        return self.since if self.since.startswith("FY") else worded(date.fromisoformat(f"{self.since}-01"), MONTH_UNIT)

    @property
    def words(self) -> str:
        """The finding as a person reads it: "Grant: Cash match owed $22,500, pledged $8,000. Since Nov 2019." is one."""
        detail = self.detail if self.unit == YES_OR_NO else f"{self.detail} Since {self.since_in_words}."
        return f"{self.item}: {detail}" if self.item else detail


def findings(projection: Projection) -> tuple[Finding, ...]:
    """Return every finding: faults, then duties missed, then remarks, each by amount, the largest first."""
    return projection.once(_found)


def of_kind(found: Iterable[Finding], kind: Kind) -> tuple[Finding, ...]:
    """Return the findings of one kind, in their order."""
    return tuple(finding for finding in found if finding.kind is kind)


def grave(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the faults and the duties missed among findings."""
    return tuple(finding for finding in found if finding.kind is not Kind.REMARK)


def dollars_owed(projection: Projection) -> float:
    """Return the dollars of all duties missed."""
    return sum(finding.amount for finding in of_kind(findings(projection), Kind.DUTY) if finding.unit == "dollars")


def is_sound(found: Iterable[Finding]) -> bool:
    """Whether no fault and no duty missed is among the findings."""
    return not grave(found)


def in_numbers(found: Iterable[Finding]) -> str:
    """Return how many findings there are of each kind, such as '1 duty missed, 5 remarks'; 'all pass' where there is none."""
    of_each = Counter(finding.kind for finding in found)
    return ", ".join(counted(of_each[kind], *_COUNTED[kind]) for kind in Kind if of_each[kind]) or "all pass"


def _found(projection: Projection) -> tuple[Finding, ...]:
    found = [*judged_by_no_row(projection.scenario), *(finding for row in check_rows() for finding in _of_row(projection, row))]
    return tuple(sorted(found, key=lambda finding: (_KINDS.index(finding.kind), -finding.amount)))


def rules_broken(scenario: Scenario) -> Iterator[Finding]:
    """Yield what no file may say and a version saved before the rule may: its figures are shown, and it can be corrected."""
    since, by_year = month_label(scenario.timeline.first), (1.0,) * len(scenario.timeline.years)
    for problem in problems_of(scenario):
        words = for_people(ScenarioError([problem]))
        yield Finding(Kind.FAULT, "broken_rule", words, "", since, 1.0, YES_OR_NO, by_year, problem.place.partition("[")[0], words)


def judged_by_no_row(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is judged by the scenario itself and by no row: rules broken, fields without effect, part years, what copied sites ask."""
    yield from rules_broken(scenario)
    since, by_year = month_label(scenario.timeline.first), (1.0,) * len(scenario.timeline.years)
    for one in fields_without_effect(scenario):
        rule = FIELD_WITHOUT_EFFECT
        yield Finding(Kind.REMARK, "field_without_effect", rule, one.item, since, 1.0, YES_OR_NO, by_year, one.table, one.words)
    for known in months_and_limits(scenario):
        years = {fiscal_year(month) for month in known.months}
        in_years = tuple(float(year in years) for year in scenario.timeline.years)
        first = month_label(known.months[0])
        yield Finding(Kind.REMARK, known.check, RULES[known.check], known.item, first, 1.0, YES_OR_NO, in_years, known.table, known.words)
    for site in scenario.sites:
        if asked := still_to_be_given(scenario, site):
            detail = f"Copied from {site.copied_from or 'another site'}, and still to be given its own: {', '.join(asked)}."
            yield Finding(Kind.REMARK, "copied_site_asks", COPIED_SITE_ASKS, site.name, since, 1.0, YES_OR_NO, by_year, "sites", detail)


def _of_row(projection: Projection, row: Line) -> Iterator[Finding]:
    missed = projection.missed(row)
    beyond = missed > row.tolerance
    if not beyond.any():
        return
    assert row.kind is not None
    tables = projection.scenario.tables
    values, by_year = projection.monthly(row.name), projection.by_year(row.name)
    items = [member for members in projection.members(row) for member in members]
    for index in zip(*np.nonzero(beyond), strict=True) if items else [()]:
        name, table = (items[index[0]].name, _table(row, items[index[0]])) if index else ("", "")
        item = next((item for item in tables.get(table, ()) if item.name == name), None)
        yield Finding(
            kind=row.kind,
            check=row.name,
            rule=rule_of(row),
            item=name,
            since=_since(projection.timeline, row, values[index]),
            amount=float(missed[index]),
            unit=row.unit,
            by_year=tuple(by_year[index][:-1].tolist()),
            table=table,
            detail=detail_of(projection, row, index, item),
        )


def rule_of(row: Line) -> str:
    """Return what a check asks for, in one sentence."""
    return _REFERENCE.sub("", " ".join(row.rule.split()))


def first_missed(row: Line, values: Array) -> int:
    """Return the first month or fiscal year, counted from 0, in which an item misses a check that it misses.

    `values` are the item's: (months,), or (years + 1,) of a row by year. Where only their sum is above the tolerance, it is the
    first of them above 0.
    """
    values = values[:-1] if Axis.YEAR in row.over else values
    least = row.tolerance if values.max() > row.tolerance else 0.0
    return int(np.argmax(values > least))


def _since(timeline: Timeline, row: Line, values: Array) -> str:
    """Return the first month or fiscal year in which an item misses a check."""
    first = first_missed(row, values)
    return timeline.years[first] if Axis.YEAR in row.over else month_label(timeline.months[first])


def _table(row: Line, member: Member) -> str:
    """Return the key of the table in which an item stands, '' for what stands in none, such as a category."""
    axis = row.over[0]
    listing = next((listing for listing in BUDGET.listings if listing.over[0] == axis), None)
    return _TABLES.get(Axis(BUDGET.rows[listing.parts[member.keys[axis]][0]].over[0] if listing else axis), "")
