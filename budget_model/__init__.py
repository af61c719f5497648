"""What it costs to expand Law Enforcement Assisted Diversion in Los Angeles County, whom it takes and who pays.

The public functions and classes; each is imported when it is first asked for, so that asking for one does not wait for all.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from budget_model.analysis.compare import compare
    from budget_model.editing.changes import Change, changed
    from budget_model.errors import ScenarioError
    from budget_model.projection import Projection, project
    from budget_model.scenario.file import load_scenario
    from budget_model.scenario.schema import Scenario
    from budget_model.scenario.text import digest
    from budget_model.simulation.simulate import simulate
    from budget_model.workbook.reading.reader import import_workbook
    from budget_model.workbook.writing.export import export_workbook

_HOMES = {
    "Change": "editing.changes",
    "Projection": "projection",
    "Scenario": "scenario.schema",
    "ScenarioError": "errors",
    "changed": "editing.changes",
    "compare": "analysis.compare",
    "digest": "scenario.text",
    "export_workbook": "workbook.writing.export",
    "import_workbook": "workbook.reading.reader",
    "load_scenario": "scenario.file",
    "project": "projection",
    "simulate": "simulation.simulate",
}
__all__ = [
    "Change",
    "Projection",
    "Scenario",
    "ScenarioError",
    "changed",
    "compare",
    "digest",
    "export_workbook",
    "import_workbook",
    "load_scenario",
    "project",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Return a public name, importing the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'budget_model' has no attribute '{name}'")
    return getattr(importlib.import_module(f"budget_model.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
