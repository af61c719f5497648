"""The list of checks on the pages: the same findings, with the same amounts, wherever figures are read, changed, saved or handed out."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import scale
from conftest import draw
from dashboard import CASELOAD, build, dashboard, opened, type_cells, words
from planted import planted

from budget_model import project
from budget_model.analysis.findings import Finding, findings, grave
from budget_model.pages.shared import catalog, check_list, sidebar, widgets
from budget_model.pages.shared.check_list import REMARKS
from budget_model.scenario.text import scenario_text

PAGES = "budget_model/pages"
NUMBER = 60 if scale.NOW.proof else 2


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    return tmp_path


def said(finding: Finding) -> bool:
    """Whether a sentence of the finding can be looked for: amounts below half a unit are shown as nil."""
    return round(finding.amount) > 0


@pytest.mark.parametrize("number", range(NUMBER))
def test_planted_duties_and_caps_stand_on_every_page_that_must_say_them(library: Path, number: int) -> None:
    plant = draw(planted(), NUMBER)[number]
    (library / "planted.yaml").write_text(scenario_text(plant.scenario))
    found = findings(project(plant.scenario))
    listed = {(finding.check, finding.item): finding.amount for finding in found}
    assert all(listed[where] == pytest.approx(amount) for where, amount in plant.expected.items() if amount > 1)
    overview = opened(dashboard(scenario="planted"), REMARKS)
    for finding in filter(said, found):
        assert finding.amount_in_words in words(overview), f"Overview: {finding.words}"
    strip = next(html.body for html in overview.sidebar.html if 'class="strip' in html.body)
    for finding in filter(said, grave(found)[:3]):
        assert finding.amount_in_words in strip, f"the sidebar: {finding.words}"
    downloads = overview.switch_page(f"{PAGES}/downloads.py").run()
    errors = " ".join(error.value for error in downloads.error).replace("\\", "")
    for finding in filter(said, grave(found)):
        assert finding.amount_in_words in errors, f"Downloads: {finding.words}"
    funding = opened(build("Funding", scenario="planted"), REMARKS)
    for finding in filter(said, found):
        assert finding.table != "funding_sources" or finding.amount_in_words in words(funding), f"Build: {finding.words}"


def test_a_moved_lever_shows_figures_and_chart_before_the_checks_which_are_gone_through_for_what_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Figures and chart are what one waits for; what is folded away is made when it is opened."""
    app, order = build(scenario="expansion_2018"), list[str]()

    def noted(module: ModuleType, name: str) -> None:
        function = getattr(module, name)

        def run(*given: object) -> object:
            order.append(name)
            return function(*given)

        monkeypatch.setattr(module, name, run)

    for module, name in ((sidebar, "show_effect"), (widgets, "show"), (check_list, "findings"), (check_list, "table")):
        noted(module, name)
    app.number_input(key=CASELOAD).set_value(19.0).run()
    assert order[:3] == ["show_effect", "show", "findings"] and "table" not in order
    opened(app, REMARKS)
    assert "table" in order


def test_a_match_that_nobody_pledged_is_told_in_dollars_where_it_is_typed_and_before_it_is_saved() -> None:
    """The rate moves neither net county cost nor the gap, which is not all that is to be said of it."""
    app = build("Funding", scenario="expansion_2018")
    sources = [source.name for source in app.session_state["screen_state"].now.scenario.funding_sources]
    type_cells(app, "funding_sources", {sources.index("BSCC LEAD grant"): {"match.rate": "25"}})
    (duty,) = grave(findings(app.session_state["screen_state"].now))
    assert duty.item == "BSCC LEAD grant" and f"Duties missed +{duty.amount_in_words}" in words(app)
    app.button_group(key="part").set_value("Review and save").run()
    assert duty.amount_in_words in app.error[0].value.replace("\\", "") and "Duty missed" in app.error[0].value


def test_a_rate_above_a_cap_moves_nothing_and_it_is_said_why() -> None:
    app = build(scenario="expansion_2018")
    lever = next(slider for slider in app.slider if "indirect" in slider.label)
    lever.set_value(0.105).run()
    assert "It moves none of these figures." in words(app) and "cap" in words(app).split("It moves none of these figures.")[1][:200]
