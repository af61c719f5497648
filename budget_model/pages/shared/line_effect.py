"""What a line's changes move: the headline figures with them and without them, and what the last change moved."""

from __future__ import annotations

from budget_model.analysis.compare import compare
from budget_model.editing.changes import checked
from budget_model.editing.items import without
from budget_model.editing.line_names import as_it_is_called
from budget_model.errors import ScenarioError
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Line, say, sheet
from budget_model.projection import Projection, project
from budget_model.scenario.schema import Scenario

_FIGURES = ("Gross appropriation", "Net county cost", "Funding gap", "Budgeted positions")


def show(screen: ScreenState, table: str, name: str) -> None:
    """Show what the changes of a line move over all fiscal years."""
    columns = {}
    if any((change.table, change.item) == (table, name) for change in screen.changes):
        columns["Changes of this line"] = _moved(_without_its_changes(screen, table, name), screen.now)
    if screen.draft and screen.draft.applied_steps:
        columns["Last change"] = _moved(screen.before_last, screen.now)
    if not columns:
        say("Change a field: what it moves is shown here.", "quiet")
        return
    lines = [Line(label, [moved[label] for moved in columns.values()]) for label in _FIGURES]
    sheet(["What it moves", *columns], lines, "All fiscal years; positions at the end", "plain")
    if screen.draft and "Last change" in columns:
        say(f"Last change: {screen.draft.last_words}.", "quiet")


def _moved(before: Projection | None, now: Projection) -> dict[str, str]:
    if before is None:
        return dict.fromkeys(_FIGURES, "rests on others")
    return {found.label: found.shown_change for found in compare(before, now)}


def _without_its_changes(screen: ScreenState, table: str, name: str) -> Projection | None:
    """Return what comes of the plan with a line as it is saved, or without it where it is new; None where other changes rest on it."""
    now, saved = screen.now.scenario, screen.saved.scenario
    try:
        return project(_as_saved(now, saved, table, name), screen.now)
    except ScenarioError:
        return None


def _as_saved(now: Scenario, saved: Scenario, table: str, name: str) -> Scenario:
    lines, saved_lines = getattr(now, table), getattr(saved, table)
    saved_name = as_it_is_called(name, lines, saved_lines)
    before = next((line for line in saved_lines if line.name == saved_name), None)
    if before is None:
        return without(now, table, name)
    before = before.model_copy(update={"name": name})
    return checked(now.model_copy(update={table: tuple(before if line.name == name else line for line in lines)}))
