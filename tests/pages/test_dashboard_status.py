"""The strip above every page, and the question before figures are saved or handed out while checks fail."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from dashboard import ALL_THE_SAME, CASELOAD, PAGES, build, fill_in, opened, press, save, type_cells, words
from streamlit.testing.v1 import AppTest

from budget_model.analysis.findings import findings, grave
from budget_model.errors import WorkbookError
from budget_model.pages.shared import catalog
from budget_model.pages.shared.status_strip import LINK
from budget_model.store import versions


def strip(app: AppTest) -> list[str]:
    """Return the labels of the links of the strip, which stands first on the page, and of its buttons on Build."""
    links = [link.proto.label for link in app.main.get("page_link")[:4]]
    return [label.replace("\\", "").strip("*") for label in (*links, *(button.label for button in app.main.button))]


def with_a_missed_duty(part: str = "Funding") -> AppTest:
    """Return a draft in which a match is owed that nobody pledged, on a part of Build."""
    app = build("Funding", scenario="expansion_2018")
    sources = [source.name for source in app.session_state["screen_state"].now.scenario.funding_sources]
    type_cells(app, "funding_sources", {sources.index("BSCC LEAD grant"): {"match.rate": "25"}})
    return app.button_group(key="part").set_value(part).run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_is_on_the_screen_and_what_is_not_settled(page: str) -> None:
    app = with_a_missed_duty()
    type_cells(app, "funding_sources", {0: {"award": "much"}})
    name = app.session_state["screen_state"].saved.scenario.name
    app.switch_page(f"budget_model/pages/{page}.py").run()
    said = strip(app)
    for expected in (f"Draft of {name}", "Review and save", "Checks: 1 duty missed", "1 entry waits"):
        assert any(label.startswith(expected) for label in said), f"{expected} of {said}"


def test_save_asks_before_it_goes_on_with_a_failing_check_and_names_it() -> None:
    app = with_a_missed_duty()
    (duty,) = grave(findings(app.session_state["screen_state"].now))
    press(fill_in(app, name="With a match", author="Ana", reason="a try"), "Save version")
    assert "With a match" not in saved() and duty.amount_in_words in app.error[-1].value.replace("\\", "")
    assert "Look at the checks" in [link.proto.label for link in app.get("page_link")]
    press(app, ALL_THE_SAME)
    assert "With a match" in saved()


def test_what_was_asked_is_asked_again_when_other_checks_fail() -> None:
    app = with_a_missed_duty("Review and save")
    press(app, "Save version")
    assert ALL_THE_SAME in labels(app)
    app.button_group(key="part").set_value("Funding").run()
    sources = [source.name for source in app.session_state["screen_state"].now.scenario.funding_sources]
    type_cells(app, "funding_sources", {sources.index("BSCC LEAD grant"): {"match.rate": "35"}})
    app.button_group(key="part").set_value("Review and save").run()
    assert ALL_THE_SAME not in labels(app)


def test_a_workbook_is_made_after_the_question_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(*given: object) -> None:
        asked.append("a workbook")
        raise WorkbookError("It is not made here")

    monkeypatch.setattr("budget_model.pages.shared.jobs.run", run)
    app = with_a_missed_duty().switch_page("budget_model/pages/downloads.py").run()
    assert asked == [] and press(app, "Make the workbook") and asked == []
    press(app, "Make it all the same")
    assert asked == ["a workbook"] and "Make it all the same" not in labels(app)


def test_the_link_to_mail_holds_the_version_and_is_shown_after_the_question_where_a_check_fails() -> None:
    app = build(scenario="expansion_2018")
    app.number_input(key=CASELOAD).set_value(19.0).run()
    (link,) = addresses(app)
    assert link["draft"] == [app.query_params["draft"]]
    save(app, name="Nineteen", author="Ana", reason="a try")
    these, newest, *_ = addresses(app)
    assert (these["scenario"], these["version"]) == (["nineteen"], ["1"]) and "version" not in newest
    failing = with_a_missed_duty()
    assert addresses(failing) == []
    press(failing, "Show the link all the same")
    assert len(addresses(failing)) == 1


def saved() -> list[str]:
    return [one.name for one in versions.saved_scenarios(catalog.database())]


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def addresses(app: AppTest) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(code.value).query) for code in opened(app, LINK).code]


def test_a_copied_site_says_what_it_asks_for_where_it_is_edited_and_read_until_it_is_given() -> None:
    app = build("Sites", scenario="expansion_2018")
    app.selectbox(key="copied.sites").select("North Long Beach")
    app.text_input(key="copy_name.sites").set_value("Pomona")
    press(app, "Duplicate")
    assert "Pomona is a copy. Still to be given its own: partner agencies" in words(app)
    strip_says = next(label for label in strip(app) if label.startswith("Checks: "))
    app.switch_page("budget_model/pages/sites.py").run()
    assert "Pomona is a copy. Still to be given its own" in words(app)
    app.selectbox(key="site").select("Antelope Valley").run()
    assert "is a copy" not in words(app)
    remarks = [found for found in findings(app.session_state["screen_state"].now) if found.check == "copied_site_asks"]
    assert [found.item for found in remarks] == ["Pomona"] and "remarks" in strip_says
