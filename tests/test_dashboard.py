"""The dashboard's pages, run without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from conftest import ROOT, SHIPPED
from streamlit.testing.v1 import AppTest

from budget_model import ScenarioError, load_scenario, project
from budget_model.errors import Problem, WorkbookError
from budget_model.formats import dollars
from budget_model.pages import library, sidebar

PAGES = ("overview", "sites", "access", "funding", "staffing", "outcomes", "evidence", "workbooks")
CASELOAD = "expansion_2018.caseload"


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def dashboard() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def card(app: AppTest, label: str) -> str:
    return next(metric.value for metric in app.metric if metric.label == label)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_page_shows_every_scenario(path: Path) -> None:
    app = dashboard()
    app.selectbox(key="scenario").select(path.stem).run()
    assert card(app, "Gross appropriation") == dollars(project(load_scenario(path)).record()["total"]["gross_appropriation"])
    for page in PAGES:
        app.switch_page(f"budget_model/pages/{page}.py").run()
        assert not app.exception
        assert "Something went wrong" not in [title.value for title in app.title]


def test_a_lever_moves_the_total_and_reset_puts_it_back() -> None:
    app = dashboard()
    saved = card(app, "Gross appropriation")
    app.number_input(key=CASELOAD).set_value(12.0).run()
    caseload_12 = project(load_scenario(ROOT / "scenarios" / "expansion_2018_caseload_12.yaml")).record()["total"]
    assert card(app, "Gross appropriation") == dollars(caseload_12["gross_appropriation"]) != saved
    next(button for button in app.button if button.label == "Reset all").click().run()
    assert card(app, "Gross appropriation") == saved


def test_a_year_that_another_scenario_has_not_is_dropped() -> None:
    app = dashboard().switch_page("budget_model/pages/sites.py").run()
    app.button_group(key="year").set_value(["FY 2022-23"]).run()
    app.selectbox(key="scenario").select("pilot_2017").run()
    assert [title.value for title in app.title] == ["Sites"]


def test_each_rerun_projects_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(library, "project", lambda scenario: made.append(scenario.name) or project(scenario))
    app = dashboard()
    assert len(made) == 1, "the saved scenario, which is also the one on the screen"
    app.number_input(key=CASELOAD).set_value(15.0).run()
    assert len(made) == 2
    app.switch_page("budget_model/pages/funding.py").run()
    assert len(made) == 2


def test_a_value_the_rules_refuse_is_explained_and_the_last_good_figures_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    app = dashboard()
    app.number_input(key=CASELOAD).set_value(15.0).run()
    shown = card(app, "Gross appropriation")

    def refuse(scenario, changes):
        if any(change.value == 12 for change in changes):
            raise ScenarioError([Problem("this scenario", "provider_contracts", "12", "expected more")])
        return original(scenario, changes)

    original = sidebar.changed
    monkeypatch.setattr(sidebar, "changed", refuse)
    app.number_input(key=CASELOAD).set_value(12.0).run()
    assert "expected more" in app.error[0].value
    assert card(app, "Gross appropriation") == shown


def test_a_file_that_cannot_be_used_is_named_and_the_others_stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes(SHIPPED[0].read_bytes())
    (tmp_path / "bad.yaml").write_text("name: [")
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    app = dashboard()
    assert app.metric
    assert "bad" in app.error[0].value


def test_an_empty_folder_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    assert [title.value for title in dashboard().title] == ["No scenario yet"]


def test_an_unexpected_failure_is_logged_and_shown_without_its_details(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(projection):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("budget_model.charts.sources_by_year", fail)
    app = dashboard()
    assert app.title[-1].value == "Something went wrong"
    assert not app.exception
    assert "secret detail" not in " ".join(text.value for text in (*app.markdown, *app.error))
    assert "secret detail" in caplog.text


def _workbooks() -> AppTest:
    app = dashboard()
    app.selectbox(key="scenario").select("pilot_2017").run()
    return app.switch_page("budget_model/pages/workbooks.py").run()


def test_a_workbook_is_made_when_asked_for_with_its_proof_and_read_back() -> None:
    app = _workbooks()
    assert not app.download_button, "nothing is made on its own"
    next(button for button in app.button if button.label == "Make the workbook").click().run(timeout=120)
    assert app.download_button[0].label.startswith("Download pilot_2017_")
    assert "none differs from the value stored in it" in " ".join(html.body for html in app.html)
    content = app.session_state["made"].content
    app.file_uploader(key="edited").upload("edited.xlsx", content).run()
    next(button for button in app.button if button.label == "Read the workbook").click().run(timeout=120)
    assert "Nothing was changed in edited.xlsx." in " ".join(html.body for html in app.html)


def test_a_file_that_is_no_workbook_is_refused_with_a_reason() -> None:
    app = _workbooks()
    app.file_uploader(key="edited").upload("edited.xlsx", b"PK\x03\x04 nothing").run()
    next(button for button in app.button if button.label == "Read the workbook").click().run(timeout=60)
    assert "edited\\.xlsx" in app.error[0].value
    assert not app.exception


def test_a_workbook_that_differs_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(function: object, *given: object) -> object:
        if getattr(function, "__name__", "") == "recomputed":
            raise WorkbookError("The workbook is not handed out: recomputed, Summary!C6 comes to 2 and not to 1")
        return function(*given)  # type: ignore[operator]

    monkeypatch.setattr("budget_model.pages.jobs.run", refuse)
    app = _workbooks()
    next(button for button in app.button if button.label == "Make the workbook").click().run(timeout=120)
    assert "Summary" in app.error[0].value and "not handed out" in app.error[0].value
    assert not app.download_button
