"""Which source a form is for, and the months of its grant."""

from __future__ import annotations

import numpy as np

from budget_model.analysis.funder_forms.template import MONTHS_IN_A_YEAR, FormTemplate
from budget_model.analysis.funder_forms.terms import FormAmount, Places, Term
from budget_model.engine.names import folded
from budget_model.errors import Problem, ScenarioError
from budget_model.projection import Projection
from budget_model.scenario.choices import BudgetTreatment, FunderType
from budget_model.scenario.schema import Scenario, Source


def source_of_form(scenario: Scenario, template: FormTemplate, named: str = "") -> int:
    """Return the position of the source that a form is for: the one named, or the first of the kind that the form says.

    Where there is none of that kind it is the first that asks for match, or is not the County's own money. Raises ScenarioError
    for a name that no source has, and where there is no source at all.
    """
    sources = scenario.funding_sources
    if not sources:
        raise ScenarioError([Problem(scenario.name, "funding_sources", "none", "a form is filled in for a funding source")])
    if named:
        found = next((at for at, source in enumerate(sources) if folded(source.name) == folded(named)), None)
        if found is None:
            expected = f"expected one of: {', '.join(source.name for source in sources)}"
            raise ScenarioError([Problem("--source", "", repr(named), expected)])
        return found
    kinds = {"federal": (is_federal, _asks_for_match), "match": (_asks_for_match,), "first": ()}[template.source]
    for is_of_kind in (*kinds, _is_of_others):
        for at, source in enumerate(sources):
            if is_of_kind(source):
                return at
    return 0


def is_federal(source: Source) -> bool:
    """Whether a source is said to be federal money."""
    return source.funder_type is FunderType.FEDERAL or bool(source.assistance_listing)


def _asks_for_match(source: Source) -> bool:
    return source.match is not None


def _is_of_others(source: Source) -> bool:
    return source.treatment is not BudgetTreatment.NET_COUNTY_COST and not source.earns


def month_of_grant(projection: Projection, source: int) -> FormAmount:
    """Return the number of each month of the grant by months, of which twelve are a grant year; 0 before its period.

    It begins with 1, or later where the source's grant years begin in another month than its period: the first is a part year.
    """
    of = projection.scenario.funding_sources[source]
    first, begins = of.first_month.day, int(of.grant_year_month.number) or of.first_month.day.month
    gone = (first.month - begins) % MONTHS_IN_A_YEAR  # months of the first grant year before the period
    begun = np.array([month >= first for month in projection.timeline.months])

    def text(at: Places, column: int) -> str:
        month, start = (at.of_row(name, index, column) for name, index in (("month", ()), ("source_first_month", (source,))))
        before = at.of_line(made, column - 1)
        return f"IF({month}<{start},0,{f'IF({before}=0,{gone},{before})' if gone else before}+1)"

    made = FormAmount("Month of the grant", Term(np.where(begun, np.cumsum(begun) + gone, 0).astype(float), text), "months")
    return made
