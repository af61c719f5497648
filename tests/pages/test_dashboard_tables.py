"""Tables typed into: assumptions with their evidence, and lines that are added, copied, removed and put in another order."""

from __future__ import annotations

import pytest
from dashboard import build, effect, press, type_cells, type_into, words
from streamlit.testing.v1 import AppTest

from budget_model import Scenario, project
from budget_model.editing import items as editing
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.scenario.assumption import Assumption

LOW = {"confidence": "low", "source": "", "evidence": "", "low": None, "high": None}


def screen(app: AppTest) -> ScreenState:
    found: ScreenState = app.session_state["screen_state"]
    return found


def now(app: AppTest) -> Scenario:
    return screen(app).now.scenario


def assumptions(area: str) -> tuple[AppTest, str]:
    """Open the assumptions of an area; return the key of their grid as well."""
    app = build("Assumptions")
    app.selectbox(key="edited_area").select(area).run()
    return app, app.session_state["register_key"]


def line_of(app: AppTest, item: str, field: str) -> tuple[int, Assumption]:
    """Return where an assumption stands in the grid, and the assumption as it is listed there."""
    _, listed = app.session_state["register"]
    row = next(row for row, cell in enumerate(listed) if (cell.item, cell.field) == (item, field))
    return row, listed[row].assumption


def test_a_new_number_has_no_source_until_one_is_given() -> None:
    app, key = assumptions("Provider contracts")
    contract = now(app).provider_contracts[0].name
    row, before = line_of(app, contract, "caseload")
    assert before.confidence != "low" and before.evidence and before.source
    type_into(app, key, {row: {"value": 18}})
    given = now(app).provider_contracts[0].caseload
    assert given.value == 18 and {part: getattr(given, part) for part in LOW} == LOW
    assert f"{contract}, caseload: number or evidence edited" in words(app)
    type_into(
        app, key, {row: {"value": 18, "source": "Contract of 2019", "confidence": "high", "low": 15.0, "high": 20.0, "note": "signed"}}
    )
    given = now(app).provider_contracts[0].caseload
    assert (given.value, given.source, given.confidence, given.low, given.high) == (18, "Contract of 2019", "high", 15, 20)
    assert given.note == "signed" and given.evidence == ""
    assert project(now(app)).record() == screen(app).now.record()
    revision = screen(app).draft.revision
    type_into(
        app, key, {row: {"value": 18, "source": "Contract of 2019", "confidence": "high", "low": 15.0, "high": 20.0, "note": "signed"}}
    )
    assert screen(app).draft.revision == revision, "what stands there already is no change"


def test_evidence_typed_beside_a_number_leaves_the_number_and_the_rest() -> None:
    app, key = assumptions("Whole program")
    row, before = line_of(app, "", "cost_of_living_rate")
    type_into(app, key, {row: {"note": "as adopted"}})
    assert now(app).general.cost_of_living_rate == before.model_copy(update={"note": "as adopted"})
    assert "number or evidence edited. It moves none of these figures." in words(app)


@pytest.mark.parametrize(
    ("typed", "sound", "reason"),
    [
        (
            {"source": None, "confidence": "high"},
            {"source": "A letter", "confidence": "high"},
            "confidence must be low where no source is given",
        ),
        ({"value": 18.0, "confidence": "high"}, {"value": 18.0, "confidence": "high", "source": "A letter"}, "confidence must be low"),
        ({"low": 30.0}, {"low": 12.0}, "low must not be above the value"),
        ({"value": None}, {"value": 17.0}, "a mapping with a 'value'"),
    ],
)
def test_evidence_that_does_not_hold_together_waits_until_it_does(typed: dict[str, object], sound: dict[str, object], reason: str) -> None:
    app, key = assumptions("Provider contracts")
    row, before = line_of(app, now(app).provider_contracts[0].name, "caseload")
    type_into(app, key, {row: typed})
    assert not app.exception and "Not yet taken" in app.warning[0].value
    assert reason.replace("'", "") in app.warning[0].value.replace("\\", "").replace("'", "")
    assert "Entries that wait for another" in [heading.value for heading in app.subheader]
    assert now(app).provider_contracts[0].caseload == before
    type_into(app, key, {row: sound})
    given = now(app).provider_contracts[0].caseload
    assert not app.warning and all(getattr(given, part) == value for part, value in sound.items())


def test_an_area_without_numbers_says_so() -> None:
    app = build("Assumptions", scenario="pilot_2017")
    app.selectbox(key="edited_area").select("Outcomes").run()
    assert "This scenario gives no numbers here." in words(app)


def test_a_site_is_removed_with_what_belongs_to_it_and_undone() -> None:
    app = build("Sites")
    saved, before = effect(app), now(app)
    app.selectbox(key="removed.sites").select("Antelope Valley").run()
    press_in(app, "remove.sites")
    gone = {item.name for table in before.tables for item in before.tables[table]} - {
        item.name for table in now(app).tables for item in now(app).tables[table]
    }
    assert "Antelope Valley" in gone and len(gone) > 1
    assert f"Antelope Valley removed with {len(gone) - 1} items of it" in words(app)
    assert effect(app) != saved == effect(press(app, "Undo"))


def press_in(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_sources_pay_in_the_order_in_which_they_are_put() -> None:
    app = build("Funding")
    sources = [item.name for item in now(app).funding_sources]
    drawn = screen(app).now.yearly_table("drawdown")
    last = sources[-1]
    for place in range(len(sources) - 1, 0, -1):
        app.selectbox(key="removed.funding_sources").select(last).run()
        press_in(app, "up.funding_sources")
        assert f"{last} moved up" in words(app) and [item.name for item in now(app).funding_sources].index(last) == place - 1
    assert app.button(key="up.funding_sources").disabled and not app.button(key="down.funding_sources").disabled
    first = screen(app).now.yearly_table("drawdown")
    assert list(first.index) == [last, *sources[:-1]]
    assert first.loc[last, "Total"] > drawn.loc[last, "Total"], "who stands first pays first"
    press_in(app, "down.funding_sources")
    assert [item.name for item in now(app).funding_sources][:2] == [sources[0], last] and f"{last} moved down" in words(app)
    app.selectbox(key="removed.funding_sources").select(sources[-2]).run()
    assert app.button(key="down.funding_sources").disabled


def test_what_the_rules_refuse_below_a_table_is_said_and_changes_nothing() -> None:
    app = build("Sites")
    for name in (now(app).sites[0].name, ""):
        for field, button in (("new.sites", "Add"), ("copy_name.sites", "Duplicate")):
            app.text_input(key=field).set_value(name)
            press(app, button)
            assert "Not changed" in app.warning[0].value and now(app) == screen(app).saved.scenario
    app.text_input(key="new.sites").set_value("Pomona")
    press(app, "Add")
    assert "Pomona added" in words(app) and [item.name for item in now(app).sites][-1] == "Pomona"


def test_an_entry_that_the_grid_holds_and_the_draft_does_not_is_taken() -> None:
    """After a lost connection the browser brings what was typed without saying that it is new."""
    app = build("Sites")
    key = next(iter(app.session_state["frames"]))
    app.session_state[key] = {"edited_rows": {0: {"slots": 61.0, "name": "Long Beach"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    assert (now(app).sites[0].name, now(app).sites[0].slots.value) == ("Long Beach", 61)
    other = build("Sites", draft=app.query_params["draft"])
    type_cells(other, "sites", {1: {"slots": 62.0}})
    assert now(app.run()) == now(other), "each session has what both typed"
    assert [site.slots.value for site in now(app).sites[:2]] == [61, 62]


def test_what_a_copied_site_brings_along_has_names_of_its_own(pilot: Scenario) -> None:
    site = pilot.sites[0].name
    first = editing.with_copy(pilot, "sites", site, "Pomona").provider_contracts[-1].name
    taken = editing.with_new(pilot, "provider_contracts", first)
    copied = [item.name for item in editing.with_copy(taken, "sites", site, "Pomona").provider_contracts]
    assert f"{first} 2" in copied and len(set(copied)) == len(copied)


def test_a_line_is_moved_no_further_than_the_ends_of_its_table(pilot: Scenario) -> None:
    names = [item.name for item in pilot.sites]
    assert [item.name for item in editing.moved(pilot, "sites", names[0], 99).sites] == [*names[1:], names[0]]
    assert [item.name for item in editing.moved(pilot, "sites", names[-1], -99).sites] == [names[-1], *names[:-1]]
    assert editing.moved(pilot, "sites", names[0], -1) == pilot, "the first cannot go further up"
