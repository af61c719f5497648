"""What is on the screen: a scenario as saved and as it stands now. Every page reads it from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from budget_model.editing.acts import Act, acts
from budget_model.editing.differences import Difference, differences
from budget_model.projection import Projection
from budget_model.scenario.text import digest
from budget_model.store.drafts import Draft

EVERY_YEAR = "Every year"
_KEY = "screen_state"


@dataclass(frozen=True, eq=False)
class Beside:
    """Another plan that stands beside the one that is worked on, under the name by which it was chosen."""

    name: str
    projection: Projection


@dataclass(frozen=True)
class ScreenState:
    """A scenario's projections, made once for a run of the page, and the unsaved work on it, if there is any.

    `slug` and `version` say which scenario is the saved one; version 0 is a file of the library, `latest` the newest.
    `before_last` is the projection before the last change. `beside` are the plans that stand beside it, and `differences` says in which
    columns tables by fiscal year show them: '' for none, a year, 'Total', or EVERY_YEAR.
    """

    slug: str
    version: int
    latest: int
    saved: Projection
    now: Projection
    before_last: Projection
    draft: Draft | None = None
    beside: tuple[Beside, ...] = ()
    differences: str = ""

    @cached_property
    def changes(self) -> tuple[Difference, ...]:
        """Every difference between the saved scenario and what is on the screen."""
        return differences(self.saved.scenario, self.now.scenario)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The changes gathered as a person would name them."""
        return acts(self.saved.scenario, self.now.scenario)

    @property
    def file_name(self) -> str:
        """The stem of downloaded files: the scenario, and the digest of exactly what is on the screen."""
        return f"{self.slug}_{digest(self.now.scenario)}"

    @property
    def is_file(self) -> bool:
        """Whether the saved scenario is a file of the library, which the dashboard never alters."""
        return self.version == 0

    def in_words(self, name: str) -> str:
        """Return what is on the screen, under the scenario's name: what is saved, or a draft of it."""
        saved = name if self.is_file else f"{name}, version {self.version}"
        return f"Draft of {saved}" if self.changes else f"{saved}, as saved"


def put(screen: ScreenState) -> None:
    """Make the screen known to the page that runs next."""
    st.session_state[_KEY] = screen


def last() -> ScreenState | None:
    """Return the screen of the run before, if there was one."""
    screen: ScreenState | None = st.session_state.get(_KEY)
    return screen


def current() -> ScreenState:
    """Return the screen of this run."""
    screen: ScreenState = st.session_state[_KEY]
    return screen
