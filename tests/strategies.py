"""Random valid scenarios, for what must hold whatever the plan is.

Every field is drawn from what the scenario declares of it: a number from its unit and bounds, a choice from what it chooses
from, a reference from the names drawn before (`drawn_plan.py`). So a new field, and a new table, vary by themselves. Written out is
only what the rules demand between fields, in one function for each table that needs it (`drawn_costs.py`, `drawn_money.py`).
"""

from __future__ import annotations

import datetime

from drawn_costs import COSTS_MENDED
from drawn_money import MONEY_MENDED, assignments
from drawn_plan import Plan, fields_of
from hypothesis import strategies as st

from budget_model import Scenario
from budget_model.scenario.schema import General
from budget_model.scenario.tables import MODELS


@st.composite
def scenarios(draw: st.DrawFn, most_sites: int = 4, most_months: int = 40) -> Scenario:
    """Draw a scenario that the rules accept."""
    first = draw(st.dates(min_value=datetime.date(2017, 1, 1), max_value=datetime.date(2021, 12, 1))).replace(day=1)
    plan = Plan(draw, first, draw(st.integers(1, most_months)), COSTS_MENDED | MONEY_MENDED)
    sizes = {"sites": (1, most_sites), "funding_sources": (0, 5)}  # what sources are to each other varies where there are some
    for key, model in MODELS.items():
        if key == "funding_assignments":
            plan.tables[key] = assignments(plan)
        else:
            plan.tables[key] = plan.items(key, model, *sizes.get(key, (0, 3)))
    general = draw(fields_of(General))
    if plan.chance():
        plan.tables["adopted_budget"] = []
    if plan.tables["adopted_budget"]:  # which is given once
        general |= {field: 0 for field in General.model_fields if field.startswith("adopted_")}
    return Scenario.model_validate(
        {"name": "Random", "first_month": plan.label(0), "months": plan.months, "general": general, **plan.tables}
    )
