"""The dashboard's pages, run without a browser: each shows every scenario, and figures that are those of the model."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import scale
from conftest import EXPANSION, ROOT, SHIPPED
from dashboard import PAGES, build, card, dashboard, type_cells, words

from budget_model import Change, changed, load_scenario, project
from budget_model.formats import count, counted, dollars


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_page_shows_every_scenario(path: Path) -> None:
    """Overview each of them; the other pages those that differ in form, for a release all."""
    app = dashboard()
    app.selectbox(key="scenario").select(path.stem).run()
    assert card(app, "Gross appropriation") == dollars(project(load_scenario(path)).record()["total"]["gross_appropriation"])
    for page in PAGES if scale.NOW.proof or path.stem in scale.OF_DIFFERENT_FORM else ():
        app.switch_page(f"budget_model/pages/{page}.py").run()
        assert not app.exception
        assert "Something went wrong" not in [title.value for title in app.title]


def test_any_columns_of_the_sites_can_be_chosen() -> None:
    app = dashboard("sites")
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
    app = dashboard("access", scenario="expansion_2018")
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
    app = dashboard("sites", scenario="expansion_2018")
    app.selectbox(key="site").select("Antelope Valley").run()
    assert "Antelope Valley by fiscal year" in [heading.value for heading in app.header]
    projection = project(load_scenario(ROOT / "scenarios" / "expansion_2018.yaml"))
    table = next(part for part in words(app).split("</table>") if "Of which one-time" in part)
    for row in ("site_cost", "site_ongoing_cost", "site_one_time_cost"):
        assert dollars(projection.yearly_table(row).loc["Antelope Valley", "Total"]) in table
    assert not app.exception


def test_a_year_that_another_scenario_has_not_is_dropped() -> None:
    app = dashboard("sites")
    app.button_group(key="year").set_value(["FY 2022-23"]).run()
    app.selectbox(key="scenario").select("pilot_2017").run()
    assert [title.value for title in app.title] == ["Sites"]


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
