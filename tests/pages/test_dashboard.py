"""The dashboard's pages, run without a browser."""

from __future__ import annotations

import ast
import io
import re
from copy import deepcopy
from functools import partial
from pathlib import Path

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st
from conftest import EXPANSION, ROOT, SHIPPED
from dashboard import BUILD, CASELOAD, SCENARIOS, build, card, dashboard, effect, press, save, type_cells, words
from streamlit.testing.v1 import AppTest

from budget_model import Change, changed, load_scenario, project
from budget_model.analysis.bridge import bridge
from budget_model.analysis.tidy import csv_text, tidy
from budget_model.charts import figures as charts
from budget_model.charts.chart_form import in_form
from budget_model.editing.levers import levers
from budget_model.errors import SimulationError, WorkbookError
from budget_model.formats import count, counted, dollars
from budget_model.pages.shared import catalog, draft_session, jobs, simulations
from budget_model.simulation.worker import STOPPED
from budget_model.workbook.layout.assumption_columns import COLUMN

PAGES = (
    *("overview", "build", "sites", "scenarios", "funding", "budget_units", "staffing"),
    *("access", "evidence", "range", "downloads", "motion", "outcomes", "glossary", "presentation"),
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_page_shows_every_scenario(path: Path) -> None:
    app = dashboard()
    app.selectbox(key="scenario").select(path.stem).run()
    assert card(app, "Gross appropriation") == dollars(project(load_scenario(path)).record()["total"]["gross_appropriation"])
    for page in PAGES:
        app.switch_page(f"budget_model/pages/{page}.py").run()
        assert not app.exception
        assert "Something went wrong" not in [title.value for title in app.title]


def test_any_columns_of_the_sites_can_be_chosen() -> None:
    app = dashboard().switch_page("budget_model/pages/sites.py").run()
    every = app.button_group(key="columns").options
    app.button_group(key="columns").set_value(every).run()
    assert not app.exception and [title.value for title in app.title] == ["Sites"]
    table = app.dataframe[0].value
    assert list(table.columns) == ["Site", *every] and len(table) == 6
    assert table["Ongoing"].add(table["One-time"].fillna(0)).tolist() == pytest.approx(table["Site cost"].tolist(), abs=0.005)
    app.button_group(key="columns").set_value([]).run()
    assert list(app.dataframe[0].value.columns) == ["Site"]


def test_what_is_planned_and_what_is_possible_stand_side_by_side() -> None:
    """Sites and Treatment say from when; a full site since when; Staffing how many a case manager carries who is there."""
    app = type_cells(build("Sites"), "sites", {3: {"slip_months": "3"}})
    app.switch_page("budget_model/pages/sites.py").run()
    app.button_group(key="columns").set_value(["Planned to open", "Opens", "Full since"]).run()
    table = app.dataframe[0].value.set_index("Site")
    assert [f"{month:%Y-%m}" for month in table.loc["Antelope Valley", ["Planned to open", "Opens"]]] == ["2019-11", "2020-02"]
    slipped = project(changed(load_scenario(EXPANSION), [Change("sites", "Antelope Valley", "slip_months", 3)]))
    waiting = slipped.monthly("people_waiting_for_a_slot")
    since = {
        site: f"{slipped.timeline.months[int((here > 0.005).argmax())]:%b %Y}" for site, here in zip(table.index, waiting, strict=True)
    }
    assert table["Full since"].to_dict() == {
        site: since[site] if here.max() > 0.005 else "" for site, here in zip(table.index, waiting, strict=True)
    }
    assert "from Sep 2018" in words(app.switch_page("budget_model/pages/access.py").run())
    staffing = words(app.switch_page("budget_model/pages/staffing.py").run())
    assert "More than 25 in any month is a failed check" in staffing and "Active for each" in staffing
    assert "; begins in December 2019, planned for September 2019" in staffing, "its deputy"


def test_treatment_shows_the_longest_wait_and_the_months_beyond_target_beside_the_wait_at_the_end() -> None:
    app = dashboard(scenario="expansion_2018").switch_page("budget_model/pages/access.py").run()
    table = next(part for part in words(app).split("</table>") if "Longest (days)" in part)
    shown = [[re.sub("<[^>]*>", "", cell) for cell in re.findall("<td.*?</td>", line)][-4:] for line in table.split("</tr>")[1:-1]]
    projection = project(load_scenario(EXPANSION))
    at_end, longest, beyond = (projection.by_year(row)[:, -1] for row in ("expected_wait", "longest_wait", "months_beyond_target"))
    counted_up_to = float(projection.monthly("longest_wait_days"))

    def days(wait: float) -> str:
        return f"{count(wait, 0)}{'+' if wait >= counted_up_to else ''}"

    assert (longest == counted_up_to).any() and "365+ is that or longer" in words(app)
    assert (longest > at_end).any() and beyond.any() and not beyond.all()
    assert [(cells[0], cells[1], cells[3]) for cells in shown] == [
        (days(wait), days(most), f"{counted(int(late), 'month')} beyond" if late else "meets the target")
        for wait, most, late in zip(at_end, longest, beyond, strict=True)
    ]


def test_a_site_of_the_address_is_shown_by_year_and_its_parts_come_to_its_cost() -> None:
    app = dashboard(scenario="expansion_2018").switch_page("budget_model/pages/sites.py").run()
    app.selectbox(key="site").select("Antelope Valley").run()
    assert "Antelope Valley by fiscal year" in [heading.value for heading in app.header]
    projection = project(load_scenario(ROOT / "scenarios" / "expansion_2018.yaml"))
    table = next(part for part in words(app).split("</table>") if "Of which one-time" in part)
    for row in ("site_cost", "site_ongoing_cost", "site_one_time_cost"):
        assert dollars(projection.yearly_table(row).loc["Antelope Valley", "Total"]) in table
    assert not app.exception


def test_a_lever_moves_the_total_and_undo_redo_and_reset_follow() -> None:
    app = build()
    saved = effect(app)
    app.number_input(key=CASELOAD).set_value(12.0).run()
    expansion = load_scenario(ROOT / "scenarios" / "expansion_2018.yaml")
    contracts = [contract.name for contract in expansion.provider_contracts]
    caseload_12 = project(changed(expansion, [Change("provider_contracts", name, "caseload", 12.0) for name in contracts])).record()[
        "total"
    ]
    moved = effect(app)
    assert dollars(caseload_12["gross_appropriation"]) in moved != saved
    assert effect(press(app, "Undo")) == saved
    assert app.number_input(key="lever.expansion_2018.caseload.1").value == 20
    assert effect(press(app, "Redo")) == moved
    assert effect(press(app, "Reset to saved")) == saved


@pytest.mark.parametrize("group", dict.fromkeys(lever.group for lever in levers(load_scenario(EXPANSION))))
def test_every_group_of_levers_is_shown(group: str) -> None:
    app = build()
    assert not app.selectbox(key="levers").select(group).run().exception


def test_a_year_that_another_scenario_has_not_is_dropped() -> None:
    app = dashboard().switch_page("budget_model/pages/sites.py").run()
    app.button_group(key="year").set_value(["FY 2022-23"]).run()
    app.selectbox(key="scenario").select("pilot_2017").run()
    assert [title.value for title in app.title] == ["Sites"]


def test_each_change_projects_once(monkeypatch: pytest.MonkeyPatch) -> None:
    st.cache_resource.clear()
    made = []
    for module in (catalog, draft_session):
        monkeypatch.setattr(module, "project", lambda scenario, like=None: made.append(scenario.name) or project(scenario, like))
    app = build()
    assert len(made) == 1, "the saved scenario, which is also the one on the screen"
    app.number_input(key=CASELOAD).set_value(15.0).run()
    assert len(made) == 2
    app.switch_page("budget_model/pages/funding.py").run()
    assert len(made) == 2


def test_what_is_cached_is_found_by_digests_and_numbers_never_by_content() -> None:
    """Streamlit samples large tables when they serve as a key, and another input's answer comes back."""
    cached = [
        (path.name, function)
        for path in (ROOT / "budget_model" / "pages").rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and any("st.cache" in ast.unparse(decorator) for decorator in function.decorator_list)
    ]
    assert len(cached) >= 5
    for file, function in cached:
        for argument in function.args.args:
            kind = ast.unparse(argument.annotation) if argument.annotation else "anything"
            assert argument.arg.startswith("_") or kind in ("str", "int", "tuple[str, ...]"), (
                f"{file}: {function.name}({argument.arg}: {kind})"
            )


def test_a_draft_is_found_again_by_its_address_in_another_session() -> None:
    app = build()
    app.number_input(key=CASELOAD).set_value(12.0).run()
    other = dashboard(draft=app.query_params["draft"])
    assert effect(other) == effect(app)
    other.switch_page(BUILD).run().number_input(key=CASELOAD).set_value(10.0).run()
    assert effect(app.run()) == effect(other), "two tabs of one draft show the same"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("scenario", "nowhere", "which is not here"), ("draft", "gone", "saved or put away"), ("version", "7", "no version 7")],
)
def test_an_address_of_what_is_not_there_says_so_and_opens_what_is(name: str, value: str, said: str) -> None:
    app = dashboard(**{"scenario": "expansion_2018", name: value})
    assert said in app.warning[0].value and app.title[0].value == "Overview"


def test_cells_typed_in_a_row_are_all_kept_and_listed_before_they_are_saved() -> None:
    app = build("Sites")
    typed: dict[int, dict[str, object]] = {}
    for row, slots in enumerate((61.0, 62.0, 63.0, 64.0)):  # the grid sends all its edits each time
        typed[row] = {"slots": slots}
        type_cells(app, "sites", typed)
    app.button_group(key="part").set_value("Review and save").run()
    listed = words(app)
    assert all(f"{slots} participants" in listed for slots in (61, 62, 63, 64))


def test_an_entry_that_the_rules_refuse_waits_until_another_makes_it_sound() -> None:
    app = build("Positions")
    saved = effect(app)
    type_cells(app, "county_positions", {0: {"last_month": "2018-07", "hire_month": "2019-01"}})
    assert "2 entries are not taken" in words(app) and effect(app) == saved
    again = build(draft=app.query_params["draft"])
    assert "2 entries are not taken under County positions" in words(again), "what was typed is still there after a reload"
    type_cells(app, "county_positions", {0: {"last_month": "2019-06"}})
    assert "not taken" not in words(app) and effect(app) != saved


def test_a_version_is_saved_and_the_second_of_two_people_chooses() -> None:
    app = build()
    app.number_input(key=CASELOAD).set_value(18.0).run()
    assert "needs the name" in save(app).error[0].value
    app = save(app, author="Ana", reason="smaller caseloads", name="Two people")
    assert "Saved as version 1" in app.success[0].value and app.query_params["scenario"] == "two_people"
    lever = "lever.two_people.caseload.0"
    ben = build(scenario="two_people")
    ben.number_input(key=lever).set_value(16.0).run()
    app.button_group(key="part").set_value("Levers").run()
    app.slider(key="lever.two_people.cost_of_living_rate.0").set_value(0.01).run()
    save(app, author="Ana", reason="lower raises")
    ben.button_group(key="part").set_value("Review and save").run()
    assert "Ana saved version 2 meanwhile" in [heading.value for heading in ben.header], "the second is shown the other's changes"
    assert "lower raises" in words(ben)
    assert ben.radio[0].options == ["My changes on top of theirs", "A scenario of its own"]
    ben = save(ben, author="Ben", reason="smaller still")
    assert "Saved as version 3" in ben.success[0].value
    merged = catalog.opened(catalog.offered(), "two_people")[1]
    assert (merged.general.cost_of_living_rate.value, merged.provider_contracts[0].caseload.value) == (0.01, 16)
    ben.switch_page(SCENARIOS).run()
    ben.selectbox(key="picked.two_people").select(1).run()
    press(ben, "Restore")
    assert "Version 1 stands in a draft" in ben.success[0].value and "18 participants" not in effect(ben)


def test_a_file_that_cannot_be_used_is_named_and_the_others_stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes(SHIPPED[0].read_bytes())
    (tmp_path / "bad.yaml").write_text("name: [")
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    app = dashboard()
    assert app.metric
    assert any("bad" in error.value for error in app.error)


def test_an_empty_folder_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    monkeypatch.setattr(catalog.versions, "saved_scenarios", lambda database: ())
    assert [title.value for title in dashboard().title] == ["No scenario yet"]


def test_an_unexpected_failure_is_logged_and_shown_without_its_details(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(projection):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("budget_model.charts.figures.sources_by_year", fail)
    app = dashboard()
    assert app.title[-1].value == "Something went wrong"
    assert not app.exception
    assert "secret detail" not in " ".join(text.value for text in (*app.markdown, *app.error))
    assert "secret detail" in caplog.text


def _workbooks() -> AppTest:
    app = dashboard()
    app.selectbox(key="scenario").select("pilot_2017").run()
    return app.switch_page("budget_model/pages/downloads.py").run()


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
    press(app, "Take these changes into the draft")
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


def test_charts_are_sound_though_they_are_drawn_unchecked() -> None:
    expansion, pilot = (project(load_scenario(ROOT / "scenarios" / f"{name}.yaml")) for name in ("expansion_2018", "pilot_2017"))
    drawn = [charts.cost_by_year(expansion, "cost_by_class", "Cost"), charts.sources_by_year(expansion), charts.participants(expansion)]
    drawn += [
        charts.people_and_places(expansion),
        charts.award_left(expansion),
        charts.by_site(expansion, "cost_per_person_served", "Total", "Cost"),
    ]
    drawn += [charts.funding_gap(expansion), charts.waterfall(bridge(pilot, expansion), ("Pilot", "Expansion"))]
    for chart in drawn:
        for theme in ("light", "dark"):
            made = in_form(chart.drawing, theme).to_dict()
            go.Figure(deepcopy(made))  # which takes its parts out of what it is given
            assert in_form(chart.drawing, theme).to_dict() == made, "the same drawing is not drawn again"
        assert chart.summary.endswith(".") and len(chart.table)


def test_the_tidy_results_hold_every_figure_of_the_page_and_no_formula() -> None:
    projection = project(load_scenario(ROOT / "scenarios" / "pilot_2017.yaml"))
    years, months = tidy(projection, by_month=False), tidy(projection, by_month=True)
    total = years[(years.row == "gross_appropriation") & (years.period == "Total")].value.item()
    assert total == projection.record()["total"]["gross_appropriation"]
    assert months[months.row == "gross_appropriation"].value.sum() == pytest.approx(total, abs=0.005)
    hostile = pd.DataFrame({"item": ["=1+1", "@x", "fine"], "value": [-1.0, 2.0, 3.0]})
    assert csv_text(hostile).splitlines() == ["item,value", "'=1+1,-1.0", "'@x,2.0", "fine,3.0"]
