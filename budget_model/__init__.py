"""LEAD Budget Modeler: what it costs to expand Law Enforcement Assisted Diversion, whom it takes and who pays."""

from budget_model.changes import Change, changed
from budget_model.compare import compare
from budget_model.errors import ScenarioError
from budget_model.projection import Projection, digest, project
from budget_model.scenario import Scenario
from budget_model.scenario_file import load_scenario
from budget_model.workbook.export import export_workbook

__all__ = [
    "Change",
    "Projection",
    "Scenario",
    "ScenarioError",
    "changed",
    "compare",
    "digest",
    "export_workbook",
    "load_scenario",
    "project",
]
