"""Published facts that stand beside a plan and are no input of it: `scenarios/evidence/comparators.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from budget_model.files import Stamp, is_there, stamp
from budget_model.scenario import evidence
from budget_model.scenario.assumption import Confidence


class Comparator(BaseModel):
    """A published fact: what it is called, its value in `unit` or none, what it includes, who says so and how sure that is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str
    date: str = ""
    source: str
    url: str = ""
    confidence: Confidence
    includes: str
    note: str = ""


def comparators(unit: str = "") -> Mapping[str, Comparator]:
    """Return the published facts by id, only those of a unit where one is given; none where a library keeps no such file.

    Raises ScenarioError naming the entry that is wrong.
    """
    path = evidence.FOLDER / "comparators.yaml"
    found = _entries(stamp(path)) if is_there(path) else {}
    return {name: entry for name, entry in found.items() if unit in ("", entry.unit)}


@lru_cache(maxsize=4)
def _entries(standing: Stamp) -> Mapping[str, Comparator]:
    return evidence.entries_of(Comparator, standing)
