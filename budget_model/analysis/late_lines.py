"""Hires and services that begin later than planned, each with the month that can be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from budget_model.projection import Projection


@dataclass(frozen=True)
class LateLine:
    """A line that begins late: its table, its planned month, and the one that can be kept, None where that is not within the scenario."""

    table: str
    name: str
    planned: date
    begins: date | None

    @property
    def months(self) -> str:
        """Both months, such as "begins in November 2018, planned for August 2018"."""
        begins = f"begins in {self.begins:%B %Y}" if self.begins else "does not begin within the scenario"
        return f"{begins}, planned for {self.planned:%B %Y}"

    @property
    def words(self) -> str:
        """Its name and both months."""
        return f"{self.name} {self.months}"


def late_lines(projection: Projection) -> tuple[LateLine, ...]:
    """Return the county positions and then the services that begin late, in the order of their tables."""
    scenario = projection.scenario
    planned = {
        "county_positions": [(one.name, one.hire_month.day) for one in scenario.county_positions],
        "services_and_supplies": [(one.name, one.first_month.day) for one in scenario.services_and_supplies],
    }
    found = []
    for (table, lines), row in zip(planned.items(), ("position", "service"), strict=True):
        due, begun = projection.monthly(f"{row}_is_planned"), projection.monthly(f"{row}_has_begun")
        for place in np.flatnonzero((due != begun).any(axis=-1)):
            begins = projection.timeline.months[int(begun[place].argmax())] if begun[place].any() else None
            found.append(LateLine(table, *lines[place], begins))
    return tuple(found)
