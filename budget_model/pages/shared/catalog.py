"""The scenarios the dashboard offers: files of the library and saved ones; each read and calculated once for all visitors.

What is cached is found by digests and version numbers, never by the content itself: large tables are sampled when they
serve as a key, and another input's answer can come back.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from budget_model.errors import ScenarioError, UnavailableError
from budget_model.files import read_regular
from budget_model.folders import LIBRARY
from budget_model.pages.shared.address import printable
from budget_model.projection import Projection, project
from budget_model.scenario import evidence
from budget_model.scenario.file import form_of_file, load_scenario
from budget_model.scenario.schema import Scenario
from budget_model.scenario.text import cache_key
from budget_model.scenario.yaml_text import MOST_BYTES
from budget_model.store import versions
from budget_model.store.database import Database, configured_url
from budget_model.store.versions import Saved, Version

FOLDER = LIBRARY
_SAVED, _AWAY = "catalog.saved", "catalog.away"
_SOON = 0.05  # seconds after which the spinner is made ready, which shows itself half a second later


@dataclass(frozen=True)
class LibraryFiles:
    """Usable scenarios by file name without `.yaml`, with the forms of their files, and for each other file what is wrong with it."""

    scenarios: dict[str, Scenario]
    problems: dict[str, tuple[str, ...]]
    forms: dict[str, int]


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
    return Database(configured_url(), _said_to_wait)


@contextmanager
def _said_to_wait() -> Iterator[None]:
    """Have the page say, after half a second, that it waits; whoever asks for no page hears nothing.

    What is not waited for sends the browser nothing: Streamlit's spinner alone would, and have it draw the page once more.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        yield
        return
    with ExitStack() as shown:
        at_work, ended = threading.Lock(), threading.Event()

        def say() -> None:
            with at_work:
                if not ended.is_set():
                    shown.enter_context(st.spinner("Waiting for the database, where somebody else may be saving ..."))

        soon = threading.Timer(_SOON, say)
        add_script_run_ctx(soon)
        soon.start()
        try:
            yield
        finally:
            soon.cancel()
            with at_work:
                ended.set()


def offered(files: LibraryFiles | None = None) -> Catalog:
    """Return everything that can be opened now; while the database is away, what this visitor was offered before.

    `files` are those of the library, where they were looked at already.

    Raises UnavailableError where it is away and the visitor was offered nothing yet.
    """
    state = st.session_state
    try:
        state[_SAVED] = {saved.slug: saved for saved in versions.saved_scenarios(database())}
        state[_AWAY] = ""
    except UnavailableError as error:
        if _SAVED not in state:
            raise
        state[_AWAY] = str(error)
    return Catalog((files or library()).scenarios, state[_SAVED])


def away() -> str:
    """Return why the database gave nothing when this visitor's page was drawn last, or nothing."""
    why: str = st.session_state.get(_AWAY, "")
    return why


def opened(offered: Catalog, slug: str, version: int = 0) -> tuple[Version | None, Scenario]:
    """Return a scenario of the catalog: a file's (no version), or a saved version's, the newest for 0."""
    if slug not in offered.saved:
        return None, offered.files[slug]
    return _version(str(database().engine.url), slug, version or offered.saved[slug].latest)


def form_kept(offered: Catalog, slug: str, number: int) -> int:
    """Return the form in which a scenario of the catalog is kept: a file's, or a saved version's."""
    version, _ = opened(offered, slug, number)
    return version.form if version else library().forms[slug]


@st.cache_resource(max_entries=64, show_spinner=False)
def _version(url: str, slug: str, number: int) -> tuple[Version, Scenario]:
    return versions.load(database(), slug, number)


def library() -> LibraryFiles:
    """Return the scenarios of the folder as they stand on disk, looked at once a second."""
    return _read(str(FOLDER), _stamp(str(FOLDER)))


@st.cache_resource(ttl=1, max_entries=4, show_spinner=False)
def _stamp(folder: str) -> str:
    """Return the digest of the names and contents of the files, and of the register."""
    stamp = hashlib.sha256()
    for path in [*_files(folder), *sorted(evidence.FOLDER.glob("*.yaml"))]:
        name, content = os.fsencode(path.name), _content(path)
        stamp.update(b"%d %s %d %s" % (len(name), name, len(content), content))
    return stamp.hexdigest()


def _files(folder: str) -> list[Path]:
    return sorted(Path(folder).glob("*.yaml"))


def _content(path: Path) -> bytes:
    """Return what a file holds or, where it cannot be read, why."""
    try:
        return read_regular(path, MOST_BYTES)
    except OSError as error:
        return str(error.strerror).encode()


@st.cache_resource(max_entries=4, show_spinner="Reading the scenarios ...")
def _read(folder: str, stamp: str) -> LibraryFiles:
    """Read every file; the stamp is one of all of them, for files build on each other. What is wrong with one is its own matter."""
    found = LibraryFiles({}, {}, {})
    for path in _files(folder):
        name = printable(path.name)
        if name != path.name:
            found.problems[name] = ("the name of the file holds signs that cannot be shown; rename it",)
            continue
        try:
            found.scenarios[path.stem], found.forms[path.stem] = load_scenario(path), form_of_file(path)
        except ScenarioError as error:
            found.problems[name] = tuple(printable(str(problem)) for problem in error.problems)
        except Exception:
            logging.getLogger("budget_model").exception("The scenario file %s could not be read", path)
            found.problems[name] = ("the file could not be read; the reason is in the log of the dashboard",)
    return found


def projection(scenario: Scenario) -> Projection:
    """Return the scenario's projection, from the cache where the same content was projected lately."""
    return _projected(cache_key(scenario), scenario)


@st.cache_resource(max_entries=64, show_spinner=False)
def _projected(key: str, _scenario: Scenario) -> Projection:
    return project(_scenario)
