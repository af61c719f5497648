"""The scenarios the dashboard offers: files of the library and saved ones; each read and calculated once for all visitors.

What is cached is found by digests and version numbers, never by the content itself: large tables are sampled when they
serve as a key, and another input's answer can come back.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import streamlit as st

from budget_model.errors import ScenarioError
from budget_model.folders import LIBRARY
from budget_model.projection import Projection, project
from budget_model.scenario import evidence
from budget_model.scenario.file import load_scenario
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import cache_key
from budget_model.store import versions
from budget_model.store.database import Database, configured_url
from budget_model.store.versions import Saved, Version

FOLDER = LIBRARY


@dataclass(frozen=True)
class LibraryFiles:
    """Usable scenarios by file name without `.yaml`, and for each other file what is wrong with it."""

    scenarios: dict[str, Scenario]
    problems: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Catalog:
    """Everything that can be opened: the library's files, and saved scenarios by slug."""

    files: dict[str, Scenario]
    saved: dict[str, Saved]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every scenario, saved ones first."""
        return (*self.saved, *(slug for slug in self.files if slug not in self.saved))

    def label(self, slug: str) -> str:
        """The scenario's name; with its slug where two scenarios are named alike."""
        name = self.saved[slug].name if slug in self.saved else self.files[slug].name
        return name if self._names[name] == 1 else f"{name} ({slug})"

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter([*(saved.name for saved in self.saved.values()), *(scenario.name for scenario in self.files.values())])


@st.cache_resource(show_spinner=False)
def database() -> Database:
    """Return the database of saved scenarios and drafts, opened once."""
    return Database(configured_url())


def offered() -> Catalog:
    """Return everything that can be opened now."""
    return Catalog(library().scenarios, {saved.slug: saved for saved in versions.saved_scenarios(database())})


def opened(offered: Catalog, slug: str, version: int = 0) -> tuple[Version | None, Scenario]:
    """Return a scenario of the catalog: a file's (no version), or a saved version's, the newest for 0."""
    if slug not in offered.saved:
        return None, offered.files[slug]
    return _version(str(database().engine.url), slug, version or offered.saved[slug].latest)


@st.cache_resource(max_entries=64, show_spinner=False)
def _version(url: str, slug: str, number: int) -> tuple[Version, Scenario]:
    return versions.load(database(), slug, number)


def library() -> LibraryFiles:
    """Return the scenarios of the folder as they stand on disk, looked at once a second."""
    return _read(str(FOLDER), *_stamp(str(FOLDER)))


@st.cache_resource(ttl=1, max_entries=4, show_spinner=False)
def _stamp(folder: str) -> tuple[tuple[str, ...], str]:
    """Return the names of the files, and the digest of their contents and of the register."""
    files = {path.name: path.read_bytes() for path in sorted(Path(folder).glob("*.yaml"))}
    stamp = hashlib.sha256()
    for name, content in files.items():
        stamp.update(f"{name} {len(content)} ".encode() + content)
    for path in sorted(evidence.FOLDER.glob("*.yaml")):
        stamp.update(path.read_bytes())
    return tuple(files), stamp.hexdigest()


@st.cache_resource(max_entries=4, show_spinner="Reading the scenarios ...")
def _read(folder: str, names: tuple[str, ...], stamp: str) -> LibraryFiles:
    """Read every file; the stamp is one of all of them, for files build on each other."""
    found = LibraryFiles({}, {})
    for name in names:
        try:
            found.scenarios[Path(name).stem] = load_scenario(Path(folder) / name)
        except ScenarioError as error:
            found.problems[name] = tuple(str(problem) for problem in error.problems)
    return found


def projection(scenario: Scenario) -> Projection:
    """Return the scenario's projection, from the cache where the same content was projected lately."""
    return _projected(cache_key(scenario), scenario)


@st.cache_resource(max_entries=64, show_spinner=False)
def _projected(key: str, _scenario: Scenario) -> Projection:
    return project(_scenario)
