"""What is on the screen: the chosen scenario as saved and as the levers stand now. Every page reads it from here."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from budget_model import Projection, digest
from budget_model.levers import Lever, Value

_KEY = "view"


@dataclass(frozen=True)
class Move:
    """A lever that stands elsewhere than in the saved scenario."""

    lever: Lever
    value: Value


@dataclass(frozen=True)
class View:
    """A scenario's two projections, made once for a run of the page. `slug` is the name of its file."""

    slug: str
    saved: Projection
    now: Projection
    moves: tuple[Move, ...]

    @property
    def file_name(self) -> str:
        """The stem of downloaded files: the scenario, and the digest of exactly what is on the screen."""
        return f"{self.slug}_{digest(self.now.scenario)}"


def put(view: View) -> None:
    """Make the view known to the page that runs next."""
    st.session_state[_KEY] = view


def current() -> View:
    """Return the view of this run."""
    view: View = st.session_state[_KEY]
    return view
