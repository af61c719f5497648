"""What lines below zero come to: how far below zero a sum of the budget may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from budget_model import Projection
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array


def savings(projection: Projection, chosen: Callable[[Mapping[str, str]], bool]) -> Array:
    """Return the months below zero of the lines whose keys are chosen, in dollars (0 or less) by fiscal year, the total last."""
    (lines,) = projection.members(BUDGET.rows["cost"])
    below = np.minimum(0, projection.monthly("cost"))[[chosen(line.keys) for line in lines]].sum(axis=0)
    by_year = [below[first:last].sum() for first, last in projection.timeline.spans]
    return np.array([*by_year, sum(by_year)])


def savings_by_site(projection: Projection) -> Array:
    """Return them for each site: (site, years + 1)."""
    return np.array([savings(projection, lambda keys, name=site.name: keys["site"] == name) for site in projection.scenario.sites])
