"""The scenario files the dashboard offers, and their projections, each read and calculated once for all visitors."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from budget_model import Projection, Scenario, ScenarioError, digest, evidence, load_scenario, project

FOLDER = Path(__file__).parents[2] / "scenarios"


@dataclass(frozen=True)
class Library:
    """Usable scenarios by file name without `.yaml`, and for each other file what is wrong with it."""

    scenarios: dict[str, Scenario]
    problems: dict[str, tuple[str, ...]]

    def label(self, slug: str) -> str:
        """The scenario's name; with its file's name where two scenarios are named alike."""
        names = Counter(scenario.name for scenario in self.scenarios.values())
        name = self.scenarios[slug].name
        return name if names[name] == 1 else f"{name} ({slug})"


def library() -> Library:
    """Return the scenarios of the folder as they stand on disk now."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))} if FOLDER.is_dir() else {}
    stamp = hashlib.sha256()
    for name, content in files.items():
        stamp.update(f"{name} {len(content)} ".encode() + content)
    for path in sorted(evidence.FOLDER.glob("*.yaml")):
        stamp.update(path.read_bytes())
    return _read(str(FOLDER), tuple(files), stamp.hexdigest())


@st.cache_resource(max_entries=4, show_spinner="Reading the scenarios ...")
def _read(folder: str, names: tuple[str, ...], stamp: str) -> Library:
    """Read every file; `stamp` is the digest of all contents and of the register, for files build on each other."""
    found = Library({}, {})
    for name in names:
        try:
            found.scenarios[Path(name).stem] = load_scenario(Path(folder) / name)
        except ScenarioError as error:
            found.problems[name] = tuple(str(problem) for problem in error.problems)
    return found


def projection(scenario: Scenario) -> Projection:
    """Return the scenario's projection, from the cache where the same content was projected lately."""
    return _projected(digest(scenario), scenario)


@st.cache_resource(max_entries=64, show_spinner=False)
def _projected(key: str, _scenario: Scenario) -> Projection:
    return project(_scenario)
