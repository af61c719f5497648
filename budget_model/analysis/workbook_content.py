"""What a workbook is written from, all of it made before the first cell is laid out: the workbook only lays out and writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from textwrap import shorten

from budget_model.analysis.change_table import ChangeTable, change_table
from budget_model.analysis.findings import Finding, judged_by_no_row
from budget_model.editing.blank_items import blank_row_names, with_blank_rows
from budget_model.editing.differences import Difference, differences
from budget_model.formats import counted
from budget_model.projection import Projection, project
from budget_model.scenario.schema import Scenario

DRAFT = "draft, not saved"
_MOST_TOLD, _LONGEST_TOLD = 5, 160  # differences that a description names, and letters of each


@dataclass(frozen=True)
class SavedVersion:
    """The saved version that a scenario is: its number, who saved it, why, and when (UTC, ISO 8601)."""

    number: int
    author: str
    reason: str
    saved_at: str

    @property
    def moment(self) -> datetime:
        """When it was saved."""
        return datetime.fromisoformat(self.saved_at)


@dataclass(frozen=True)
class WorkbookContent:
    """A scenario, and what its workbook shows of it.

    `projection` is of the scenario with blank rows at the end of some tables: `blank_rows` are their names. They cost and
    pay nothing until a reader fills them in, so that its figures are those of the scenario. `differences` are from the
    scenario called `base`, if there is one to compare with, and `description` is what is printed of this one. `saved` is the
    version that the scenario is, None for a draft.
    """

    scenario: Scenario
    projection: Projection
    blank_rows: frozenset[str]
    differences: tuple[Difference, ...] = ()
    base: str = ""
    description: str = ""
    saved: SavedVersion | None = None

    @property
    def edition(self) -> str:
        """Which version this is, in words."""
        return f"version {self.saved.number}" if self.saved else DRAFT

    @cached_property
    def judged_by_no_row(self) -> tuple[Finding, ...]:
        """What no scenario file may say, and this scenario says; and what its copied sites ask for."""
        return tuple(judged_by_no_row(self.scenario))

    @cached_property
    def change_tables(self) -> tuple[ChangeTable, ...]:
        """The change table of each fiscal year, with the line for what is changed in the workbook and has no line yet."""
        return tuple(change_table(self.projection, year, with_rest=True) for year in self.projection.timeline.years)


def workbook_content(scenario: Scenario, base: Scenario | None = None, saved: SavedVersion | None = None) -> WorkbookContent:
    """Return what the workbook of a validated scenario is written from; `differences` are from `base`.

    `saved` is the version under which exactly this scenario was saved, None for a draft.
    """
    found = differences(base, scenario) if base else ()
    return WorkbookContent(
        scenario,
        project(with_blank_rows(scenario)),
        blank_row_names(scenario),
        found,
        base.name if base else "",
        _description(scenario, base, found),
        saved,
    )


def _description(scenario: Scenario, base: Scenario | None, found: Sequence[Difference]) -> str:
    """Return what is printed of a scenario: its own words; where these are still those of what it was made from, what differs."""
    if base is None or not found or scenario.description != base.description:
        return scenario.description
    told = [shorten(_in_words(one), _LONGEST_TOLD, placeholder=" ...") for one in found[:_MOST_TOLD]]
    more = len(found) - len(told)
    rest = [f"{counted(more, 'more difference')} on the sheet What changed"] * bool(more)
    return f"Made from {base.name}, with {counted(len(found), 'difference')}: {'; '.join([*told, *rest])}."


def _in_words(one: Difference) -> str:
    about = ": ".join(filter(None, (one.item, one.label)))
    return f"{about} from {one.shown_before} to {one.shown_after}" if one.field else about
