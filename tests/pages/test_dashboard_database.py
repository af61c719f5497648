"""While the database is away the page goes on: moves are kept on the screen, in order, and taken when it is back; or lost in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import streamlit as st
from dashboard import BUILD, CASELOAD, SCENARIOS, build, dashboard, effect, forget_the_database, press, save, save_version
from streamlit.testing.v1 import AppTest

from budget_model.errors import UnavailableError
from budget_model.pages.shared import catalog, draft_session, held_moves
from budget_model.store import drafts, versions
from budget_model.store.database import URL_VARIABLE, Database

HELD = "on this screen only until the database takes"


@pytest.fixture(autouse=True)
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "scenarios.sqlite"
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{path}")
    monkeypatch.setattr(held_moves, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(draft_session, "_PAUSE", 0.0)  # every move of a lever is a step
    forget_the_database()
    yield path
    forget_the_database()


@contextmanager
def away(file: Path) -> Iterator[None]:
    """Take the database away, as a server that is stopped or a folder that is not mounted any more."""
    elsewhere = file.with_suffix(".away")
    catalog.database().engine.dispose()
    file.rename(elsewhere)
    file.mkdir()
    yield
    file.rmdir()
    elsewhere.rename(file)


def said(app: AppTest) -> str:
    shown = (*app.warning, *app.error, *app.success, *app.title, *app.markdown)
    return " ".join(one.value for one in shown).replace("\\", "")


def move(app: AppTest, to: float) -> AppTest:
    return app.number_input(key=CASELOAD).set_value(to).run()


def draft_of(app: AppTest) -> drafts.Draft:
    return drafts.open_draft(catalog.database(), app.query_params["draft"])


def caseload(draft: drafts.Draft) -> float:
    return draft.scenario.provider_contracts[0].caseload.value


def test_moves_made_while_the_database_is_away_are_shown_kept_in_order_and_taken_when_it_is_back(file: Path) -> None:
    app = move(build(), 15.0)
    before = draft_of(app)
    with away(file):
        for number, to in enumerate((12.0, 13.0, 14.0), 1):
            shown = effect(app)
            move(app, to)
            kept = "1 change is kept" if number == 1 else f"{number} changes are kept"
            assert f"unable to open database file. {kept} {HELD} them" in said(app)
            assert effect(app) != shown and not app.exception and app.title[0].value == "Build"
        press(app, "Undo")
        assert "4 changes are kept" in said(app)
        shown = effect(app)
    assert draft_of(app) == before
    app.run()
    assert "The database answers again: 4 changes are in the draft now." in said(app) and HELD not in said(app)
    after = draft_of(app)
    assert (effect(app), len(after.words), after.applied_steps, caseload(after)) == (shown, 4, 3, 13.0)
    assert effect(dashboard(draft=after.id)) == shown
    assert HELD not in said(app.run())


def test_the_first_move_of_all_begins_its_draft_when_the_database_is_back(file: Path) -> None:
    app = build()
    with away(file):
        move(move(app, 12.0), 13.0)
        assert f"2 changes are kept {HELD}" in said(app)
    app.run()
    assert caseload(draft_of(app)) == 13.0 and draft_of(app).applied_steps == 2 and drafts.count_unsaved(catalog.database()) == 1


def test_moves_are_made_on_top_of_what_another_tab_did_meanwhile(file: Path) -> None:
    app = move(build(), 15.0)
    with away(file):
        move(app, 12.0)
        other = Database(f"sqlite:///{file.with_suffix('.away')}")
        draft = drafts.open_draft(other, app.query_params["draft"])
        drafts.with_step(other, draft, draft.scenario.model_copy(update={"description": "another's"}), "described")
        other.engine.dispose()
    app.run()
    after = draft_of(app)
    assert (caseload(after), after.scenario.description, after.applied_steps) == (12.0, "another's", 3)


def test_moves_on_a_draft_that_is_gone_when_the_database_is_back_are_lost_in_words(file: Path) -> None:
    app = move(build(), 15.0)
    saved = effect(dashboard())
    with away(file):
        move(app, 12.0)
        other = Database(f"sqlite:///{file.with_suffix('.away')}")
        drafts.put_away(other, app.query_params["draft"])
        other.engine.dispose()
    app.run()
    assert "These changes are lost" in said(app) and "it was saved or put away" in said(app)
    assert "Participants per case manager: 15 to 12" in said(app), "it is said what they were"
    assert "draft" not in app.query_params and effect(app) == saved and HELD not in said(app)


def test_a_move_whose_answer_was_lost_is_not_made_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database took an Undo and died before it said so: the step before stays."""
    app = move(move(build(), 15.0), 12.0)
    kept = drafts.with_applied_steps

    def dies_after(database: Database | None, *given: int) -> drafts.Draft | None:
        after = kept(database, *given)
        if database:
            raise UnavailableError("Nobody knows whether the database took it: the connection to it was lost")
        return after

    monkeypatch.setattr(drafts, "with_applied_steps", dies_after)
    press(app, "Undo")
    assert draft_of(app).applied_steps == 1 and caseload(draft_of(app)) == 15.0 and HELD not in said(app.run())


def test_whoever_comes_while_the_database_is_away_is_told_and_nothing_is_called_safe(file: Path) -> None:
    app = move(build(), 15.0)
    with away(file):
        other = dashboard(draft=app.query_params["draft"])
        assert [title.value for title in other.title] == ["Saved scenarios cannot be reached"] and not other.exception
        assert "unable to open database file" in said(other) and "lost" not in said(other) and not other.metric
        assert [title.value for title in app.switch_page(SCENARIOS).run().title][-1] == "Saved scenarios cannot be reached"
        assert "Undo" in [button.label for button in app.button], "the sidebar needs no database"
    assert effect(other.run()) == effect(app.run())


def test_nothing_is_saved_as_a_version_while_the_database_is_away(file: Path) -> None:
    app = build()
    with away(file):
        save(move(app, 12.0), author="Ana", reason="typed while it was away", name="Kept")
        assert "Not saved yet." in said(app) and "Saved as version" not in said(app)
    app.run()
    assert drafts.texts(catalog.database(), app.query_params["draft"])["reason"] == "typed while it was away"
    assert "Saved as version 1 of 'Kept'" in said(save_version(app))


def test_a_version_that_was_saved_is_said_so_though_its_draft_could_not_be_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    app = move(build(), 12.0)

    def fails(*_: object) -> None:
        raise UnavailableError("The database did not take it: the connection to it was lost")

    monkeypatch.setattr(drafts, "put_away", fails)
    save(app, author="Ana", reason="why", name="Kept")
    assert "Saved as version 1 of 'Kept'. Its draft is still among the drafts not yet saved" in said(app) and not app.exception
    assert "Not saved" not in said(app)
    assert [saved.name for saved in versions.saved_scenarios(catalog.database())] == ["Kept"]


def test_a_database_that_may_only_be_read_is_shown_and_says_at_a_change_that_it_cannot_be_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(move(build(), 12.0), author="Ana", reason="why", name="Kept")
    forget_the_database()
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///file:{file}?mode=ro&uri=true")
    app = build(scenario="kept")
    assert app.title[0].value == "Build" and not app.warning
    app.number_input(key="lever.kept.caseload.0").set_value(14.0).run()
    assert "it may only be read, and nothing can be saved in it" in said(app) and f"1 change is kept {HELD}" in said(app)
    assert app.switch_page(SCENARIOS).run().title[0].value == "Scenarios" and not app.exception


def test_an_altered_version_is_named_and_the_one_before_it_opens(file: Path) -> None:
    app = save(move(build(), 12.0), author="Ana", reason="why", name="Kept")
    app.switch_page(BUILD).run()
    app.button_group(key="part").set_value("Levers").run()
    app.number_input(key="lever.kept.caseload.0").set_value(14.0).run()
    save(app, author="Ana", reason="again")
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE versions SET body = replace(body, '\"value\":14.0', '\"value\":4.0') WHERE number = 2")
        other.commit()
    forget_the_database()
    app = dashboard(scenario="kept")
    assert "Version 2 of 'Kept' was altered in the database" in said(app) and "You see version 1" in said(app)
    assert app.title[0].value == "Overview" and app.query_params["version"] == "1"
    app.switch_page(SCENARIOS).run()
    assert app.title[0].value == "Scenarios" and not app.exception
    app = build(scenario="kept", version="1")
    app.number_input(key="lever.kept.caseload.0").set_value(13.0).run()
    app = save(app, author="Ana", reason="on the one before")
    assert "Saved as version 1 of 'Kept'" in said(app) and len(catalog.offered().saved) == 2
    assert dashboard().title[0].value == "Overview", "all else works"


def test_a_save_that_waits_for_another_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    spinner = st.spinner
    monkeypatch.setattr(st, "spinner", lambda text: (shown.append(text), spinner(text))[1])
    app = build()
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(1.5, other.execute, ["ROLLBACK"]).start()
        move(app, 12.0)
    assert any("Waiting for the database" in text for text in shown)
    assert draft_of(app).applied_steps == 1 and HELD not in said(app)
