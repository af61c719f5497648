"""The numbers of a plan in the lists of their kinds, each by what it moves, with who can confirm it: for pages, commands and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from budget_model.analysis.sensitivity import UNCERTAIN, Effect, effects
from budget_model.projection import net_county_cost, project
from budget_model.scenario.assumption import EvidenceKind
from budget_model.scenario.comparators import comparators
from budget_model.scenario.confirmation import confirmations
from budget_model.scenario.schema import Scenario

# What can be found out stands first; what people decide or grant is no uncertain number, and stands apart.
LISTS: Mapping[str, tuple[EvidenceKind, ...]] = {
    "Facts, forecasts and prices": UNCERTAIN,
    "Decisions": ("decision",),
    "Money asked": ("money asked",),
}


def lists_of_evidence(scenario: Scenario) -> dict[str, tuple[Effect, ...]]:
    """Return every number that a scenario gives in the list of its kind, those first that move net county cost most."""
    projection = project(scenario)
    return {name: effects(projection, kinds) for name, kinds in LISTS.items()}


def evidence_record(scenario: Scenario, lists: Mapping[str, tuple[Effect, ...]]) -> dict[str, Any]:
    """Return the lists as plain data: what `evidence --json` writes. Money in dollars, changes of net county cost over all months."""
    confirmed, needed = confirmations(scenario)
    return {
        "scenario": scenario.name,
        "net_county_cost": net_county_cost(project(scenario)),
        "numbers_confirmed": confirmed,
        "numbers_given": needed,
        **{name.lower().replace(",", "").replace(" ", "_"): [asdict(effect) for effect in found] for name, found in lists.items()},
        "published_beside": {name: entry.model_dump(exclude_defaults=True) for name, entry in comparators().items()},
    }
