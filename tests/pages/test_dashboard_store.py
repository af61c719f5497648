"""What an analyst sees when the database takes nothing, is not there, or when another tab changed the same draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from dashboard import (
    BUILD,
    CASELOAD,
    SCENARIOS,
    build,
    dashboard,
    effect,
    forget_the_database,
    press,
    save,
    save_version,
    type_cells,
    words,
)
from streamlit.testing.v1 import AppTest

from budget_model.pages.shared import catalog
from budget_model.scenario import rules
from budget_model.store import drafts
from budget_model.store.database import DRAFTS, STEPS, TEXTS, URL_VARIABLE, VERSIONS
from budget_model.store.database import SCENARIOS as SCENARIOS_TABLE

TABLES = (SCENARIOS_TABLE, VERSIONS, DRAFTS, STEPS, TEXTS)
FULL = "database or disk is full"


@pytest.fixture(autouse=True)
def own_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "scenarios.sqlite"
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{file}")
    forget_the_database()
    yield file
    forget_the_database()


@contextmanager
def full() -> Iterator[None]:
    """Have the database refuse whatever is written, as on a full disk, and answer whoever reads."""
    writes = [(table.name, act) for table in TABLES for act in ("INSERT", "UPDATE", "DELETE")]
    with catalog.database().transaction() as connection:
        for table, act in writes:
            refusal = f"CREATE TRIGGER no_{act}_{table} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{FULL}'); END"
            connection.exec_driver_sql(refusal)
    yield
    with catalog.database().transaction() as connection:
        for table, act in writes:
            connection.exec_driver_sql(f"DROP TRIGGER no_{act}_{table}")


def said(app: AppTest) -> str:
    """Return what stands at the top of the page."""
    return " ".join(shown.value for shown in (*app.warning, *app.error, *app.success)).replace("\\", "")


def with_lever(to: float = 15.0) -> AppTest:
    app = build()
    app.number_input(key=CASELOAD).set_value(to).run()
    return app


def move(app: AppTest) -> AppTest:
    return app.number_input(key=CASELOAD).set_value(12.0).run()


def test_a_move_is_checked_once_and_its_draft_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app, asked = with_lever(), []
    broken, opened = rules.broken_rules, drafts.open_draft
    monkeypatch.setattr(rules, "broken_rules", lambda *given: asked.append("rules") or broken(*given))
    monkeypatch.setattr(drafts, "open_draft", lambda *given: asked.append("draft") or opened(*given))
    before = effect(app)
    move(app)
    assert asked == ["rules"] and effect(app) != before
    app.run()
    assert asked == ["rules", "draft"], "another tab may have changed it"


def type_slots(app: AppTest) -> AppTest:
    return type_cells(app, "sites", {0: {"slots": 61.0}})


def type_what_must_wait(app: AppTest) -> AppTest:
    return type_cells(app, "county_positions", {0: {"last_month": "2018-07", "hire_month": "2019-01"}})


@pytest.mark.parametrize(
    ("part", "act"),
    [
        ("Levers", move),
        ("Sites", type_slots),
        ("Positions", type_what_must_wait),
        ("Levers", lambda app: press(app, "Undo")),
    ],
)
def test_a_change_that_cannot_be_kept_is_said_and_not_shown(part: str, act: Callable[[AppTest], AppTest]) -> None:
    app = with_lever()
    app.button_group(key="part").set_value(part).run()
    before, kept = effect(app), drafts.open_draft(catalog.database(), app.query_params["draft"])
    with full():
        act(app)
        assert not app.exception and app.title[0].value == "Build"
        assert "This change could not be kept and is not shown." in said(app) and FULL in said(app)
        assert effect(app) == before
    assert drafts.open_draft(catalog.database(), app.query_params["draft"]) == kept
    if act is not type_what_must_wait:
        assert effect(act(app.run())) != before, "once the database takes it again, it is taken"


def test_the_first_change_of_all_that_cannot_be_kept_begins_no_draft() -> None:
    app = build()
    before = effect(app)
    with full():
        move(app)
        assert FULL in said(app) and effect(app) == before
    assert drafts.count_unsaved(catalog.database()) == 0 and "draft" not in app.query_params
    assert effect(move(app.run())) != before


def test_a_save_a_text_and_a_draft_that_cannot_be_kept_are_said() -> None:
    app = with_lever()
    app = save(app, author="Ana", reason="smaller caseloads", name="Kept")
    app.switch_page(BUILD).run()
    app.button_group(key="part").set_value("Levers").run()
    app.number_input(key="lever.kept.caseload.0").set_value(14.0).run()
    app.button_group(key="part").set_value("Review and save").run()
    with full():
        app.text_input(key=f"save.reason.{app.query_params['draft']}").set_value("smaller still").run()
        assert "What you typed could not be kept; copy it before you reload." in said(app)
        save_version(app)
        assert "Not saved." in said(app) and FULL in said(app)
        app.switch_page(SCENARIOS).run()
        press(app, "Put it away for good")
        assert "The draft is still there." in said(app) and not app.exception
    save(app.switch_page(BUILD).run(), author="Ana", reason="smaller still")
    app.switch_page(SCENARIOS).run()
    app.selectbox(key="picked.kept").select(1).run()
    with full():
        press(app, "Restore")
        assert "Version 1 could not be put into a draft." in said(app) and not app.exception
    assert catalog.offered().saved["kept"].latest == 2
    assert "Version 1 stands in a draft" in said(press(app.run(), "Restore"))


def test_a_database_that_cannot_be_opened_at_the_start_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{tmp_path}/nowhere/scenarios.sqlite")
    app = dashboard()
    assert [title.value for title in app.title] == ["Saved scenarios cannot be reached"] and not app.exception
    assert "unable to open database file" in app.markdown[-1].value.replace("\\", "") and not app.metric
    (tmp_path / "nowhere").mkdir()
    assert app.run().title[0].value == "Overview"


def two_tabs() -> tuple[AppTest, AppTest]:
    """Return two sessions on the same draft; the second changed it after the first was last drawn."""
    app = with_lever()
    other = build("Sites", draft=app.query_params["draft"])
    type_slots(other)
    return app, other


def test_a_change_made_while_another_tab_changed_the_draft_stands_on_top_of_it() -> None:
    app, other = two_tabs()
    move(app)
    assert not app.warning and effect(app) == effect(other.run())
    scenario = drafts.open_draft(catalog.database(), app.query_params["draft"]).scenario
    assert (scenario.provider_contracts[0].caseload.value, scenario.sites[0].slots.value) == (12, 61)


def test_a_draft_that_never_stands_still_is_given_up_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    app, _ = two_tabs()
    tries = []
    monkeypatch.setattr(drafts, "with_step", lambda *given: tries.append(given) and None)
    before = effect(app.run())
    move(app)
    assert "being changed elsewhere at the same time; try again" in said(app) and len(tries) == 3
    assert effect(app) == before


def test_a_draft_put_away_in_another_tab_is_said_and_the_saved_scenario_shown() -> None:
    app, other = two_tabs()
    other.switch_page(SCENARIOS).run()
    app.switch_page(SCENARIOS).run()
    assert said(press(other, "Put it away for good")) == "The draft is gone."
    assert "draft" not in other.query_params
    press(app, "Open the draft")
    assert "it was saved or put away" in said(app)
    assert effect(app) == effect(dashboard())


def test_entries_that_wait_are_dropped_when_they_are_not_wanted() -> None:
    app = build("Positions")
    before = effect(app)
    type_what_must_wait(app)
    assert "2018-07" in words(app) and "2 entries are not taken" in words(app)
    press(press(app, "Drop"), "Drop")
    assert "not taken" not in words(app) and effect(app) == before
    assert drafts.open_draft(catalog.database(), app.query_params["draft"]).pending == ()


def test_work_goes_on_where_the_folder_of_the_scenarios_lost_the_one_on_the_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = dashboard(scenario="pilot_cliff")
    (tmp_path / "pilot_2017.yaml").write_bytes((ROOT / "scenarios" / "pilot_2017.yaml").read_bytes())
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    app.run()
    assert app.query_params["scenario"] == "pilot_2017" and app.title[0].value == "Overview"
