"""The page Downloads: what is made there when it is asked for, and a workbook that is read back."""

from __future__ import annotations

import io
from functools import partial

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT
from dashboard import BUILD, dashboard, effect, press, words
from streamlit.testing.v1 import AppTest

from budget_model import load_scenario, project
from budget_model.analysis.tidy import csv_text, tidy
from budget_model.errors import SimulationError, WorkbookError
from budget_model.pages.shared import jobs, simulations
from budget_model.simulation.worker import STOPPED
from budget_model.workbook.layout.assumption_columns import COLUMN


def _workbooks() -> AppTest:
    return dashboard("downloads", scenario="pilot_2017")


def test_a_workbook_is_made_when_asked_for_with_its_proof_and_read_back() -> None:
    app = _workbooks()
    assert "made" not in app.session_state, "nothing is made on its own"
    press(app, "Make the workbook")
    assert app.session_state["made"].file == "LEAD pilot 2017 draft.xlsx"
    assert "none differs from the value stored in it" in words(app)
    content = app.session_state["made"].content
    app.file_uploader(key="edited").upload("edited.xlsx", content).run()
    press(app, "Read the workbook")
    assert "Nothing was changed in edited.xlsx." in words(app)
    app.file_uploader(key="edited1").upload("edited.xlsx", _with_a_comment(content)).run()
    press(app, "Read the workbook")
    assert "No figure changes; 1 comment." in words(app)
    assert "Who: Maria Lopez. Why: the site was asked." in words(app)
    assert "The draft has these changes." not in words(app)
    press(app, "Take these changes into the draft")
    assert "The draft has these changes." in words(app)
    app.switch_page(BUILD).run().button_group(key="part").set_value("Review and save").run()
    form = {field: app.text_input(key=f"save.{field}.{app.query_params['draft']}").value for field in ("author", "reason")}
    assert form == {"author": "Maria Lopez", "reason": "the site was asked"}, "as the row says, to be edited"
    assert "no change" in effect(app) and "Ask again in May" in words(app)


def _with_a_comment(content: bytes) -> bytes:
    """A workbook with a comment beside a site's slots, and who wrote it and why."""
    book, target = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    row = book.defined_names["in_site_slots_north_long_beach"].attr_text.rpartition("$")[2]
    for name, text in (("comment", "Ask again in May"), ("who", "Maria Lopez"), ("why", "the site was asked")):
        book["Assumptions"].cell(int(row), COLUMN[name] + 1).value = text
    book.save(target)
    return target.getvalue()


def test_a_file_that_is_no_workbook_is_refused_with_a_reason() -> None:
    app = _workbooks()
    app.file_uploader(key="edited").upload("edited.xlsx", b"PK\x03\x04 nothing").run()
    press(app, "Read the workbook")
    assert "edited\\.xlsx" in app.error[0].value
    assert not app.exception


def test_a_workbook_that_differs_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(function: object, *given: object) -> object:
        if getattr(function, "__name__", "") == "recomputed":
            raise WorkbookError("The workbook is not handed out: recomputed, Summary!C6 comes to 2 and not to 1")
        return function(*given)  # type: ignore[operator]

    monkeypatch.setattr("budget_model.pages.shared.jobs.run", refuse)
    app = _workbooks()
    press(app, "Make the workbook")
    assert "Summary" in app.error[0].value and "not handed out" in app.error[0].value
    assert "made" not in app.session_state


def test_the_pdf_is_made_where_it_is_asked_for_and_offered_beside_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def printed(content: bytes, sheets: int, pages: int) -> bytes:
        asked.append((sheets, pages))
        return b"%PDF of it"

    in_another_process = jobs.run
    here = {"recomputed": lambda _: "Recomputed elsewhere.", "printed": printed}
    monkeypatch.setattr(jobs, "run", lambda function, *given: here.get(function.__name__, partial(in_another_process, function))(*given))
    monkeypatch.setattr("budget_model.workbook.writing.pdf.office", lambda: "/usr/bin/soffice")
    app = _workbooks()
    press(app, "Make the workbook")
    assert not app.session_state["made"].pdf and not asked
    app.checkbox(key="on_paper").check().run()
    assert "What you ask for has changed since the last workbook was made" in words(app)
    press(app, "Make the workbook")
    made = app.session_state["made"]
    book = openpyxl.load_workbook(io.BytesIO(made.content), read_only=True)
    assert made.pdf == b"%PDF of it"
    assert asked == [(book.sheetnames.index("Given assumptions"), made.pages)]
    assert f"Download LEAD pilot 2017 draft.pdf ({made.pages} pages)" in [button.label for button in app.get("download_button")]


def test_without_libreoffice_the_pdf_cannot_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budget_model.workbook.writing.pdf.office", lambda: None)
    box = _workbooks().checkbox(key="on_paper")
    assert box.disabled and "Install LibreOffice Calc" in box.help


def test_the_sheet_range_stands_in_a_workbook_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    in_another_process = jobs.run
    skipped = {"recomputed": "Recomputed elsewhere."}  # it takes longest, and is proved where the sheet is
    monkeypatch.setattr(jobs, "run", lambda function, *given: skipped.get(function.__name__) or in_another_process(function, *given))
    app = _workbooks()
    assert not app.checkbox(key="with_range").value
    app.checkbox(key="with_range").check().run()
    press(app, "Make the workbook")
    made = app.session_state["made"]
    assert made.file == "LEAD pilot 2017 with range draft.xlsx"
    rows = openpyxl.load_workbook(io.BytesIO(made.content), read_only=True)["Range"].iter_rows(values_only=True)
    assert {"Draws": "8,192", "Seed": "1"}.items() <= {row[0]: row[1] for row in rows}.items(), "as the command draws"
    app.checkbox(key="with_range").uncheck().run()
    assert "What you ask for has changed since the last workbook was made" in words(app)
    app.button_group(key="form").set_value("state_grant").run()
    assert "with_range" not in [box.key for box in app.checkbox], "a form has no such sheet"


def test_a_workbook_whose_draws_are_stopped_is_not_handed_out_and_one_without_draws_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(projection: object) -> object:
        raise SimulationError(STOPPED)

    monkeypatch.setattr(simulations, "in_full", stopped)
    app = _workbooks()
    app.checkbox(key="with_range").check().run()
    press(app, "Make the workbook")
    assert "Make it again, or without the sheet Range" in app.error[0].value
    assert "made" not in app.session_state
    monkeypatch.setattr("budget_model.simulation.uncertain.uncertain_numbers", lambda scenario: ())
    app.run()
    assert "The workbook is made without it, for no number has a range." in words(app)


def test_the_tidy_results_hold_every_figure_of_the_page_and_no_formula() -> None:
    projection = project(load_scenario(ROOT / "scenarios" / "pilot_2017.yaml"))
    years, months = tidy(projection, by_month=False), tidy(projection, by_month=True)
    total = years[(years.row == "gross_appropriation") & (years.period == "Total")].value.item()
    assert total == projection.record()["total"]["gross_appropriation"]
    assert months[months.row == "gross_appropriation"].value.sum() == pytest.approx(total, abs=0.005)
    hostile = pd.DataFrame({"item": ["=1+1", "@x", "fine"], "value": [-1.0, 2.0, 3.0]})
    assert csv_text(hostile).splitlines() == ["item,value", "'=1+1,-1.0", "'@x,2.0", "fine,3.0"]
