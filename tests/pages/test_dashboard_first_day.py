"""What helps on a first day: terms with their meaning, everything to be found by name, the five steps, and the presentation."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import EXPANSION, PILOT
from dashboard import CASELOAD, build, dashboard, markup, press, words
from hypothesis import given
from hypothesis import strategies as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from budget_model import Scenario, load_scenario
from budget_model.analysis.compare import HEADLINES
from budget_model.editing.changes import checked
from budget_model.pages.shared import catalog, finder, glossary
from budget_model.scenario.tables import MODELS
from budget_model.scenario.text import scenario_text
from budget_model.store import drafts, versions

PRESENTATION = "budget_model/pages/presentation.py"
SHORT = re.compile(r"\b[A-Z][A-Z]+\b(?: \d+)?")
PARTS = st.one_of(st.sampled_from([term.name for term in glossary.terms()]), st.text(max_size=6))


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@given(st.lists(PARTS, max_size=12).map(" ".join))
def test_a_text_with_dotted_terms_reads_as_it_was_and_dots_a_term_once(text: str) -> None:
    marked = glossary.marker()(text)
    assert plain(marked) == text
    dotted = re.findall(r'data-meaning="([^.]+)\.', marked)
    assert len(dotted) == len(set(dotted))


def test_terms_stand_once_in_the_order_of_the_alphabet_with_a_meaning_in_sentences() -> None:
    names = [term.name.casefold() for term in glossary.terms()]
    forms = [form.casefold().removesuffix("s") for term in glossary.terms() for form in (term.name, *term.others)]
    assert len(names) > 60 and names == sorted(names)
    assert sorted(forms) == sorted(set(forms))
    assert [term.name for term in glossary.terms() if not term.meaning.endswith(".")] == []


@pytest.mark.parametrize("page", ["overview", "funding", "budget_units", "staffing", "sites", "motion", "outcomes"])
def test_each_headline_and_each_short_form_in_heads_and_labels_is_in_the_glossary(page: str) -> None:
    """Short forms in what the scenario itself names are its own."""
    app = dashboard(page, scenario="expansion_2018")
    own = scenario_text(app.session_state["screen_state"].now.scenario)
    labels = [plain(label) for label in re.findall(r"<th\b[^>]*>(.*?)(?:</th>|<span class=\"under\")", words(app), re.DOTALL)]
    labels += [*(metric.label for metric in app.metric), *(head.value for head in app.header)]
    said = " ".join(" ".join((term.name, *term.others, term.meaning)) for term in glossary.terms())
    assert [short for label in labels for short in SHORT.findall(label) if short not in said and label not in own] == []
    assert [label for label in HEADLINES if glossary.meanings(label) is None] == []
    dotted = re.findall(r'<span class="term"', markup(app))
    assert len(dotted) > 1, "terms of its tables are dotted"


def found_from(app: AppTest) -> list[tuple[str, str, str]]:
    """Return what can be found from a page, as the browser reads it."""
    (given,) = re.findall(r"data-entries='([^']*)'", words(app))
    return [tuple(entry) for entry in json.loads(unescape(given))]


def test_every_line_site_source_page_and_action_can_be_found() -> None:
    app = dashboard(scenario="expansion_2018")
    scenario: Scenario = app.session_state["screen_state"].now.scenario
    found = found_from(app)
    lines = {tuple(parse_qs(urlsplit(to).query).get("line", ())) for _, _, to in found}
    assert {(table, line.name) for table in MODELS for line in getattr(scenario, table)} <= lines
    assert {site.name for site in scenario.sites} == {name for name, kind, _ in found if kind == "Site"}
    assert {"Overview", "Build", "Motion", "Glossary", "Presentation"} <= {name for name, kind, _ in found if kind == "Page"}
    actions = {name for name, kind, _ in found if kind == "Action"}
    assert {"Review and save", "Make the workbook", "Compare scenarios", "Present the charts"} <= actions
    assert "Undo the last change" not in actions
    app = build("Levers", scenario="expansion_2018")
    app.number_input(key=CASELOAD).set_value(19.0).run()
    assert ("Undo the last change", "Action", "!Undo") in found_from(app)


def test_what_is_found_of_build_leads_to_the_part_and_the_form_of_the_line() -> None:
    for name, kind, to in found_from(dashboard(scenario="expansion_2018")):
        if kind in ("Position, in Build", "Source, in Build") and ("Budget analyst" in name or "Measure H" in name):
            asked = parse_qs(urlsplit(to).query)
            app = build(asked["part"][0], scenario="expansion_2018", line=asked["line"])
            assert app.button_group(key="part").value == asked["part"][0]
            assert app.selectbox(key=f"open.{asked['line'][0]}").value == name and app.subheader[0].value == name


def test_the_five_steps_are_links_and_are_put_away_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    app = dashboard(scenario="expansion_2018")
    steps = re.findall(r'<li><a class="why" href="([^"]+)">', words(app))
    assert [unescape(step).partition("?")[0] for step in steps] == ["", "build", "scenarios", "build", "downloads"]
    assert all("scenario=expansion_2018" in step for step in steps)
    press(app, "Put away")
    assert "Start here</h2>" not in words(app)
    assert any("lead_start_here=away" in html.body for html in app.html), "the browser remembers it"
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: {"lead_start_here": "away"}))
    assert "Start here</h2>" not in words(dashboard(scenario="expansion_2018"))
    assert "Start here</h2>" in words(dashboard(scenario="expansion_2018", start="here"))


@pytest.mark.parametrize("path", [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_a_presentation_shows_a_chart_a_screen_from_the_first_to_the_last(path: Path) -> None:
    app, name, slides, following = dashboard("presentation", scenario=path.stem), load_scenario(path).name, [], ["who_pays"]
    while following:
        app.query_params["slide"] = following[0]
        app.run()
        assert not app.exception and len(app.get("plotly_chart")) == 1 and not app.warning
        (foot,) = re.findall(r'<footer class="slide-foot">.*?</footer>', words(app))
        assert name in plain(foot)
        slides.append(app.title[0].value)
        following = re.findall(r'rel="next" href="presentation\?[^"]*slide=(\w+)"', foot)
    assert len(slides) > 5 and len(slides) == len(set(slides))
    assert f"{len(slides)} of {len(slides)}" in foot


def test_a_slide_that_is_not_there_is_said() -> None:
    app = dashboard("presentation", scenario="pilot_2017", slide="nothing")
    assert "nothing" in app.warning[0].value and app.title[0].value == "Who pays, and who would pay"


EMPTY = (
    *("agencies", "county_positions", "provider_contracts", "provider_staff", "contracting_mechanisms", "services_and_supplies"),
    *("treatment_and_housing", "federal_shares", "funding_sources", "funding_assignments", "caps", "funding_plan", "outcomes"),
    *("in_kind_contributions", "cost_of_living_adjustments", "benefit_components", "salary_savings", "adopted_budget"),
)
TEACHES = {  # by the page: what its links lead to
    "access": ["Treatment and housing"],
    "outcomes": ["Services"],
    "budget_units": ["Positions"],
    "funding": ["Funding"],
    "staffing": ["Positions", "Contracts"],
    "range": ["Assumptions"],
    "build": ["Levers"],
    "scenarios": ["Levers"],
    **{key: [] for key in ("overview", "evidence", "motion", "downloads", "presentation")},
}


def test_each_page_of_an_empty_plan_says_what_would_stand_there_and_leads_to_where_it_is_added() -> None:
    empty = checked(load_scenario(PILOT).model_copy(update=dict.fromkeys(EMPTY, ()) | {"name": "Empty"}))
    saved = versions.save_new(catalog.database(), empty, "Ana", "nothing yet", "pilot_2017")
    every = drafts.count_unsaved(catalog.database())
    for one in drafts.unsaved(catalog.database(), most=max(every, 1)):  # of other tests, which the page Scenarios lists
        drafts.put_away(catalog.database(), one.id)
    app = dashboard(scenario=saved.slug)
    for page, parts in TEACHES.items():
        if page == "build":
            app.query_params["part"] = "Review and save"
        app.switch_page(f"budget_model/pages/{page}.py").run()
        assert not app.exception and "Something went wrong" not in [title.value for title in app.title], page
        links = [parse_qs(unescape(link)) for link in re.findall(r'<a class="why there" href="[^?"]*\?([^"]*)"', words(app))]
        assert set(parts) <= {link.get("part", [""])[0] for link in links}, page
        assert all(link["scenario"] == [saved.slug] for link in links), page


def test_what_can_be_found_is_kept_while_names_stay_and_follows_them_when_they_change() -> None:
    app = build("Sites", scenario="expansion_2018")
    made = finder._button.cache_info().misses
    first = named(app)
    assert ("Antelope Valley", "Site") in first and ("Undo the last change", "Action") not in first
    app.run()
    assert finder._button.cache_info().misses == made, "nothing is named anew"
    app.selectbox(key="copied.sites").select("North Long Beach")
    app.text_input(key="copy_name.sites").set_value("Pomona")
    press(app, "Duplicate")
    assert named(app) >= {("Pomona", "Site"), ("Pomona", "Site, in Build"), ("Undo the last change", "Action")}
    press(app, "Undo")
    assert ("Pomona", "Site") not in named(app) and ("Redo", "Action") in named(app)


def named(app: AppTest) -> set[tuple[str, str]]:
    """Return what can be found: its name, and what it is."""
    return {(name, kind) for name, kind, _ in found_from(app)}
