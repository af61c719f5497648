"""Tables typed into: assumptions with their evidence, and lines that are added, copied, removed and put in another order."""

from __future__ import annotations

from html import unescape

import pytest
from dashboard import build, effect, grid_of, opened, press, type_cells, type_into, words
from streamlit.testing.v1 import AppTest

from budget_model import Scenario, project
from budget_model.editing import items as editing
from budget_model.pages.shared import lever_entry
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
    return app, grid_of(app, "assumptions")


def line_of(app: AppTest, item: str, field: str) -> tuple[int, Assumption]:
    """Return where an assumption stands in the grid, and the assumption as it is listed there."""
    listed = app.session_state["grids"][grid_of(app, "assumptions")].read.args[0]
    row = next(row for row, cell in enumerate(listed) if (cell.item, cell.field) == (item, field))
    return row, listed[row].assumption


def refused(app: AppTest) -> str:
    """Return what is said beside a table of the entries that are not taken."""
    return unescape(" ".join(html.body for html in app.html if "is not taken" in html.body or "waits for another" in html.body))


def correct(app: AppTest, place: str, typed: str) -> AppTest:
    """Type into the field that corrects a refused entry, and press its button."""
    app.text_input(key=f"pending.{place}").set_value(typed)
    return app.button(key=f"correct.pending.{place}").click().run()


def test_a_new_number_has_no_source_until_one_is_given() -> None:
    app, key = assumptions("Provider contracts")
    contract = now(app).provider_contracts[0].name
    row, before = line_of(app, contract, "caseload")
    assert before.confidence != "low" and before.evidence and before.source
    type_into(app, key, {row: {"value": "18"}})
    given = now(app).provider_contracts[0].caseload
    assert given.value == 18 and {part: getattr(given, part) for part in LOW} == LOW
    assert f"{contract}, caseload: 18 participants" in words(app)
    typed = {"value": "18", "source": "Contract of 2019", "confidence": "high", "low": "15", "high": "20", "note": "signed"}
    type_into(app, key, {row: typed | {"owner": "ODR", "confirmed_by": "Ana", "confirmed_on": "May 1, 2019"}})
    given = now(app).provider_contracts[0].caseload
    assert (given.value, given.source, given.confidence, given.low, given.high) == (18, "Contract of 2019", "high", 15, 20)
    assert (
        given.note == "signed" and given.evidence == "" and given.owner == "ODR" and given.confirmation == "confirmed by Ana on 2019-05-01"
    )
    assert project(now(app)).record() == screen(app).now.record()
    revision = screen(app).draft.revision
    type_into(app, key, {row: typed})
    assert screen(app).draft.revision == revision, "what stands there already is no change"


def test_evidence_typed_beside_a_number_leaves_the_number_and_the_rest() -> None:
    app, key = assumptions("Whole program")
    row, before = line_of(app, "", "price_growth_rate")
    type_into(app, key, {row: {"note": "as adopted"}})
    assert now(app).general.price_growth_rate == before.model_copy(update={"note": "as adopted"})
    assert "price growth rate: evidence edited. It moves none of these figures." in words(app)
    type_into(app, key, {row: {"note": "as adopted", "value": "4%"}})
    assert now(app).general.price_growth_rate.value == 0.04


def test_a_month_is_typed_with_its_evidence() -> None:
    app, key = assumptions("Sites")
    row, _ = line_of(app, now(app).sites[3].name, "go_live")
    type_into(app, key, {row: {"value": "Feb 2020", "note": "as agreed", "low": "Jan 2020"}})
    given = now(app).sites[3].go_live
    assert (given.day.isoformat(), given.note) == ("2020-02-01", "as agreed") and "a month has no range" in refused(app)


@pytest.mark.parametrize(
    ("typed", "place", "sound", "reason"),
    [
        ({"confidence": "high", "source": None}, "source", {"source": "A letter"}, "confidence must be low where no source is given"),
        ({"low": "30"}, "low", {"low": "12"}, "low must not be above the value"),
        ({"low": "x"}, "low", {"low": "12"}, "Expected a number of participants from 0 to 500."),
        ({"value": None}, "", {"value": "17"}, "expected the participants for each case manager, who have a salary"),
    ],
)
def test_evidence_that_does_not_hold_together_waits_until_it_does(
    typed: dict[str, object], place: str, sound: dict[str, str], reason: str
) -> None:
    app, key = assumptions("Provider contracts")
    contract = now(app).provider_contracts[0].name
    row, before = line_of(app, contract, "caseload")
    type_into(app, key, {row: typed})
    assert not app.exception and not app.warning and reason in refused(app)
    assert now(app).provider_contracts[0].caseload == before
    correct(app, f"provider_contracts.{contract}.caseload.{place}".rstrip("."), next(iter(sound.values())))
    given = now(app).provider_contracts[0].caseload
    assert not refused(app) and all(f"{getattr(given, part)}".removesuffix(".0") == value for part, value in sound.items())


def test_a_refused_cell_is_said_beside_its_table_until_it_is_corrected_or_dropped() -> None:
    app = build("Sites")
    type_cells(app, "sites", {1: {"slots": "62"}})
    saved = now(app)
    names = [site.name for site in saved.sites]
    key = grid_of(app, "sites")
    type_cells(app, "sites", {1: {"slots": "62"}, 0: {"slots": "-5"}, 3: {"go_live": "Feb 202"}, 2: {"slots": "$5"}})
    assert now(app) == saved and not app.warning
    assert f'{names[0]}, participants the site can carry: "-5" is not taken. Expected a number of participants from 0 to 5,000.' in refused(
        app
    )
    assert f'{names[3]}, first month of referrals: "Feb 202" is not taken. Expected a month' in refused(app)
    assert grid_of(app, "sites") == key, "the cell shows what was typed"
    press(press(app, "Undo"), "Redo")
    again = build("Sites", draft=app.query_params["draft"])
    assert refused(again) == refused(app), "it is there after a reload"
    correct(again, f"sites.{names[0]}.slots", "5001")
    assert '"5001" is not taken' in refused(again) and '"-5"' not in refused(again)
    correct(again, f"sites.{names[0]}.slots", "1,250")
    assert now(again).sites[0].slots.value == 1250 and f"{names[0]}, slots: 1,250 participants" in words(again)
    type_cells(again, "sites", {3: {"go_live": "Feb 2020"}})
    assert now(again).sites[3].go_live.day.isoformat() == "2020-02-01" and '"Feb 202"' not in refused(again)
    key = grid_of(again, "sites")
    again.button(key=f"drop.pending.sites.{names[2]}.slots").click().run()
    assert grid_of(again, "sites") != key, "the cell shows what is kept"
    assert not refused(again) and screen(again).draft.pending == ()


def test_what_is_refused_is_named_on_the_other_parts_and_before_saving() -> None:
    app = build("Funding")
    source = now(app).funding_sources[0].name
    type_cells(app, "funding_sources", {0: {"match.rate": "25", "match.in_kind_share": "120%"}, 1: {"pays": []}})
    assert now(app).funding_sources[0].match.rate.value == 0.25 and now(app).funding_sources[1].pays
    app.button_group(key="part").set_value("Sites").run()
    assert "2 entries are not taken under Funding sources." in words(app) and not refused(app)
    app.button_group(key="part").set_value("Review and save").run()
    assert f"{source}, share of the match given in kind" in refused(app) and "emptying it waits for another entry" in refused(app)
    assert "correct or drop them before you save" in words(app)


@pytest.mark.parametrize(
    ("field", "said"),
    [("number", "0"), ("time_share", "100%"), ("department", "Office of Diversion and Reentry"), ("last_month", "not given")],
)
def test_an_emptied_cell_comes_to_its_default_as_a_change_that_names_it_and_can_be_undone(field: str, said: str) -> None:
    app = build("Positions")
    app.toggle(key="every.county_positions").set_value(True).run()
    typed = {"number": "7", "time_share": "50", "department": "Sheriff", "last_month": "Jun 2022"}
    type_cells(app, "county_positions", {0: typed})
    before, key = now(app), grid_of(app, "county_positions")
    type_cells(app, "county_positions", {0: typed | {field: None}})
    assert now(app) != before and not refused(app) and f"{field.replace('_', ' ')}: {said}" in unescape(words(app))
    assert grid_of(app, "county_positions") == key, "it is empty until the table is drawn anew"
    assert now(press(app, "Undo")) == before and grid_of(app, "county_positions") != key


def test_what_is_typed_into_a_grid_is_entered_once_and_leaves_the_grid_in_its_place() -> None:
    """Whoever types on would lose the cursor, the open editor and what is on its way with a grid that is drawn anew."""
    app = build("Sites")
    saved, key = now(app), grid_of(app, "sites")
    type_cells(app, "sites", {0: {"name": "Pomona"}})
    type_cells(app, "sites", {0: {"name": "Whittier", "slots": "x"}, 1: {"name": "Pomona", "slots": "-5"}})
    assert 'Whittier, participants the site can carry: "x"' in refused(app) and 'Pomona, participants the site can carry: "-5"' in refused(
        app
    )
    type_cells(app, "sites", {0: {"name": "Whittier", "slots": "61"}, 1: {"name": "Pomona", "slots": "62"}})
    assert [(site.name, site.slots.value) for site in now(app).sites[:2]] == [("Whittier", 61), ("Pomona", 62)]
    assert not refused(app) and grid_of(app, "sites") == key
    press(app, "Undo")
    assert now(app).sites[1].slots.value == saved.sites[1].slots.value and grid_of(app, "sites") != key


def test_a_table_that_another_tab_changed_waits_while_somebody_types_in_it_and_that_is_said() -> None:
    app = build("Sites")
    type_cells(app, "sites", {0: {"slots": "61"}})
    key = grid_of(app, "sites")
    other = build("Sites", draft=app.query_params["draft"])
    type_cells(other, "sites", {1: {"slots": "62"}})
    type_cells(app, "sites", {0: {"slots": "63"}})
    assert [site.slots.value for site in now(app).sites[:2]] == [63, 62] and grid_of(app, "sites") == key
    assert "changed elsewhere as well" in app.warning[0].value
    app.run()
    assert list(app.session_state["grids"][grid_of(app, "sites")].cells["slots"][:2]) == ["63", "62"] and not app.warning


def test_a_table_that_one_comes_back_to_shows_what_is_kept() -> None:
    app = build("Sites")
    type_cells(app, "sites", {0: {"slots": "61"}})
    app.button_group(key="part").set_value("Funding").run()
    app.button_group(key="part").set_value("Sites").run()
    assert app.session_state["grids"][grid_of(app, "sites")].cells["slots"][0] == "61"


def test_a_lever_takes_a_typed_value_or_refuses_it_with_the_bounds() -> None:
    app = opened(build(), lever_entry.TYPING)
    for typed, value, said in (("3.25%", 0.0325, "3.25%"), ("33.3333333333", 0.333333333333, "33.3333333333%")):
        type_lever(app, "cost_of_living_rate", typed)
        assert now(app).general.cost_of_living_rate.value == value and f"to {said}" in words(app)
    before = now(app)
    type_lever(app, "cost_of_living_rate", "-5")
    assert now(app) == before and '"-5" is not taken. Expected a percentage from 0 to 100' in unescape(words(app))
    assert app.text_input(key="typed_lever.value").value == "-5"
    app.selectbox(key="levers").select("Opening month").run()
    site = next(site for site in before.sites if not site.starting_participants.value)
    type_lever(app, f"go_live.{site.name}", "Jan 1999")
    assert "Expected a month from" in unescape(words(app)) and now(app) == before
    type_lever(app, f"go_live.{site.name}", "02/2020")
    assert next(one for one in now(app).sites if one.name == site.name).go_live.day.isoformat() == "2020-02-01"


def type_lever(app: AppTest, lever: str, typed: str) -> None:
    app.selectbox(key="typed_lever.lever").select(lever)
    app.text_input(key="typed_lever.value").set_value(typed)
    press(app, "Set")


def test_an_area_without_numbers_says_so() -> None:
    app = build("Assumptions", scenario="pilot_2017")
    app.selectbox(key="edited_area").select("Outcomes").run()
    assert "No number stands here yet: they come with the lines of the table." in words(app)


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
    assert first.loc[last, "Total"] > drawn.loc[last, "Total"] - 0.005, "who stands first pays no less than who stands last"
    assert (first - drawn).abs().max().max() > 1
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
    key = grid_of(app, "sites")
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
