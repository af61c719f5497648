"""Simulations for the pages: few draws at once, then more, in a process of their own; each calculated once for all visitors."""

from __future__ import annotations

from concurrent.futures import CancelledError

import streamlit as st

from budget_model.errors import SimulationError
from budget_model.pages.shared import background
from budget_model.projection import Projection
from budget_model.scenario.text import cache_key
from budget_model.simulation.indices import DRAWS as EXACT_DRAWS
from budget_model.simulation.indices import total_shares
from budget_model.simulation.outputs import HEADLINES
from budget_model.simulation.results import Simulation
from budget_model.simulation.simulate import DRAWS, QUICK_DRAWS, Figures, Request, figures_of, gathered, request_of
from budget_model.simulation.worker import Worker

_WAITING = "simulations.waiting"
Asked = tuple[str, float | None, float]  # the scenario, the dependence, and how much wider ranges are


def simulated(projection: Projection, rho: float | None, widened: float) -> tuple[Simulation, bool]:
    """Return the simulation of a scenario, and whether it is of all draws: of a thousand at first, while the others are calculated.

    Raises SimulationError, in words, where it was stopped.
    """
    asked = (cache_key(projection.scenario), rho, widened)
    known = _known()
    if (*asked, DRAWS) in known:
        return known[*asked, DRAWS], True
    figures: Figures | None = background.taken(_WAITING, asked)
    if figures is not None:
        return _kept(projection, asked, _request(projection, rho, widened, DRAWS), figures), True
    few = quick(projection, rho, widened)
    background.ask(_WAITING, asked, background.visitor(), _worker(), figures_of, _request(projection, rho, widened, DRAWS))
    return few, False


def quick(projection: Projection, rho: float | None = None, widened: float = 1.0) -> Simulation:
    """Return a simulation of a thousand draws. Raises SimulationError, in words, where it was stopped."""
    return _awaited(projection, rho, widened, QUICK_DRAWS)


def in_full(projection: Projection) -> Simulation:
    """Return the simulation of all draws that the commands make, for which the visitor waits. Raises SimulationError as `quick` does."""
    return _awaited(projection, None, 1.0, DRAWS)


def _awaited(projection: Projection, rho: float | None, widened: float, draws: int) -> Simulation:
    asked, known = (cache_key(projection.scenario), rho, widened), _known()
    if (*asked, draws) in known:
        return known[*asked, draws]
    request = _request(projection, rho, widened, draws)
    try:
        with st.spinner("Drawing ..."):
            figures = _worker().ask(background.visitor(), figures_of, request).result()
    except CancelledError:  # the same visitor has asked for another plan meanwhile
        raise SimulationError("Another change was made meanwhile; what it comes to is drawn instead.") from None
    return _kept(projection, asked, request, figures)


def follow() -> None:
    """Show the page anew once the draws that a visitor waits for are calculated, or never will be."""
    background.follow(_WAITING)


def exact_shares(projection: Projection, widened: float) -> dict[str, float] | None:
    """Return what of the variance each number has with others, by number, once the reader has asked for it; None before.

    Raises SimulationError, in words, where it was stopped.
    """
    key = (cache_key(projection.scenario), widened)
    about = "Each number is drawn anew, all others as they are: some 150,000 draws, which take a while."
    if key not in _exact() and st.button("Exact shares, with what numbers do together", icon=":material/functions:", help=about):
        with st.spinner("Drawing each number anew ..."):
            request = request_of(projection.scenario, draws=EXACT_DRAWS, widened=widened)
            _exact()[key] = _worker_for_exact_shares().ask(background.visitor(), total_shares, request).result()
        st.rerun()
    return _exact().get(key)


def _request(projection: Projection, rho: float | None, widened: float, draws: int) -> Request:
    return request_of(projection.scenario, draws=draws, rho=rho, widened=widened)


def _kept(projection: Projection, asked: Asked, request: Request, figures: Figures) -> Simulation:
    known, found = _known(), gathered(projection, HEADLINES, request, figures)
    known[*asked, request.draws] = found
    while len(known) > _MOST_KEPT:
        known.pop(next(iter(known)))
    return found


_MOST_KEPT = 12  # each has some 20 MB


@st.cache_resource(show_spinner=False)
def _known() -> dict[tuple[str, float | None, float, int], Simulation]:
    """Return the simulations that were asked for lately, of all visitors."""
    return {}


@st.cache_resource(show_spinner=False)
def _worker() -> Worker:
    return Worker()


@st.cache_resource(show_spinner=False)
def _exact() -> dict[tuple[str, float], dict[str, float]]:
    return {}


@st.cache_resource(show_spinner=False)
def _worker_for_exact_shares() -> Worker:
    """Return a process beside the other, for nobody's lever may wait for it."""
    return Worker()
