"""The review as a bridge, what comes after saving, and links that hold while others save."""

from __future__ import annotations

from urllib.parse import parse_qs

from dashboard import BUILD, CASELOAD, SCENARIOS, build, card, dashboard, effect, press, save, type_cells, words
from streamlit.testing.v1 import AppTest

from budget_model.editing.differences import differences
from budget_model.formats import change, dollars
from budget_model.pages.shared import catalog
from budget_model.projection import net_county_cost, project
from budget_model.store import versions

COLA = "lever.expansion_2018.cost_of_living_rate.0"


def with_two_acts() -> AppTest:
    """Return a draft in which two levers were moved, at its review."""
    app = build(scenario="expansion_2018")
    app.number_input(key=CASELOAD).set_value(18.0).run()
    app.slider(key=COLA).set_value(0.01).run()
    return app.button_group(key="part").set_value("Review and save").run()


def acts(app: AppTest) -> list[str]:
    return [html.body for html in app.html if html.body.startswith('<div class="act"')]


def comment_on(app: AppTest, act: str, text: str) -> AppTest:
    field = next(field for field in app.text_input if field.label == f"Comment on {act}")
    return field.set_value(text).run()


def destinations(app: AppTest) -> dict[str, dict[str, list[str]]]:
    """Return what the links of the page ask for, by their labels."""
    return {link.proto.label.replace("\\", ""): parse_qs(link.proto.query_string) for link in app.main.get("page_link")}


def test_each_act_says_old_new_and_what_it_does_and_they_add_up() -> None:
    """B15: a lever moves every contract, and is one change."""
    app = with_two_acts()
    screen = app.session_state["screen_state"]
    assert len(screen.acts) == 2 < len(screen.changes)
    told = acts(app)
    assert len(told) == 2 and "Review and save 2 changes" in [button.label for button in app.main.button]
    for act, html in zip(screen.acts, told, strict=True):
        assert act.before in html and act.after in html and act.label.replace("'", "&#x27;") in html
    whole = change(net_county_cost(screen.now) - net_county_cost(screen.saved), "dollars")
    assert f"{dollars(net_county_cost(screen.now))}, {whole}" in words(app)
    assert all("$" in html.rpartition('class="effect">')[2] for html in told)
    assert all('class="does"><a class="why" href="?' in html for html in told), "each effect leads to the number that was changed"


def test_an_act_is_left_out_and_put_back_and_undo_knows_both() -> None:
    app = with_two_acts()
    both = effect(app)
    labels = [act.label for act in app.session_state["screen_state"].acts]
    press(app, "Leave out")
    assert [act.label for act in app.session_state["screen_state"].acts] == labels[1:] and effect(app) != both
    assert "Left out of this draft, and not saved with it" in words(app) and f"Last change: Left out: {labels[0]}" in words(app)
    press(app, "Leave out")
    assert "Nothing is changed." in words(app)
    press(press(app, "Put back"), "Put back")
    assert effect(app) == both and "Left out of this draft" not in words(app)
    for _ in range(4):
        press(app, "Undo")
    assert effect(app) == both


def test_what_others_name_is_not_left_out_and_the_reason_is_said() -> None:
    app = build("Sites", scenario="expansion_2018")
    app.selectbox(key="copied.sites").select("North Long Beach")
    app.text_input(key="copy_name.sites").set_value("Pomona")
    press(app, "Duplicate")
    app.button_group(key="part").set_value("Positions").run()
    positions = [position.name for position in app.session_state["screen_state"].now.scenario.county_positions]
    type_cells(app, "county_positions", {positions.index("Deputy Sheriff, Antelope Valley"): {"site": "Pomona"}})
    app.button_group(key="part").set_value("Review and save").run()
    both = effect(app)
    assert app.session_state["screen_state"].acts[0].label.startswith("Pomona added")
    press(app, "Leave out")
    assert app.warning[0].value.startswith("Not changed") and "'Pomona'" in app.warning[0].value and effect(app) == both


def test_a_comment_on_an_act_stays_with_it_and_is_saved_with_the_version() -> None:
    app = with_two_acts()
    first, second = (act.label for act in app.session_state["screen_state"].acts)
    comment_on(app, second, "agreed with the provider")
    other = build("Review and save", draft=app.query_params["draft"])
    assert [field.value for field in other.text_input if field.label == f"Comment on {second}"] == ["agreed with the provider"]
    app.button_group(key="part").set_value("Levers").run()
    app.number_input(key=CASELOAD).set_value(17.0).run()
    app.button_group(key="part").set_value("Review and save").run()
    assert "agreed with the provider" in [field.value for field in app.text_input], "a lever that is moved further keeps its comment"
    save(app, name="With a comment", author="Ana", reason="smaller caseloads")
    (version,) = versions.versions(catalog.database(), "with_a_comment")
    assert [(one.act, one.text) for one in version.comments] == [(second, "agreed with the provider")]
    assert "agreed with the provider" in words(app) and first
    assert "agreed with the provider" in words(app.switch_page(SCENARIOS).run())


def test_a_comment_on_what_is_no_change_any_more_is_said() -> None:
    app = with_two_acts()
    comment_on(app, app.session_state["screen_state"].acts[0].label, "as the board asked")
    press(app, "Leave out")
    assert "as the board asked" in app.info[0].value and "Not saved" in app.info[0].value
    press(app, "Put back")
    assert not app.info and "as the board asked" in [field.value for field in app.text_input]


def test_after_saving_stand_a_success_and_the_next_steps() -> None:
    """C23: the comparison with the parent was gone, and success a warning."""
    app = with_two_acts()
    before, after = (app.session_state["screen_state"].saved, app.session_state["screen_state"].now)
    save(app, name="Saved well", author="Ana", reason="a try")
    assert "Saved as version 1 of 'Saved well'" in app.success[0].value.replace("\\", "") and not app.warning
    asked = destinations(app)
    assert asked["Make the workbook of version 1"] == {"scenario": ["saved_well"], "version": ["1"]}
    (compare,) = (asked[label]["compare"] for label in asked if label.startswith("Compare with"))
    assert compare == ["expansion_2018,saved_well@1"]
    assert change(net_county_cost(after) - net_county_cost(before), "dollars") in words(app)
    links = [code.value for code in app.code[-2:]]
    assert links[0].endswith("/?scenario=saved_well&version=1") and links[1].endswith("/?scenario=saved_well")


def next_version(caseload: float = 16.0) -> None:
    """Have somebody else save the next version."""
    app = build(scenario="held")
    app.number_input(key="lever.held.caseload.0").set_value(caseload).run()
    save(app, author="Ben", reason="smaller still")


def test_a_link_shows_its_figures_after_a_later_save_and_says_what_the_newer_version_changes() -> None:
    """A10: the address of a saved scenario held no version, and the next save changed what it showed."""
    app = save(with_two_acts(), name="Held", author="Ana", reason="a try")
    assert app.query_params["version"] == "1", "what is copied from the address holds"
    reader = dashboard(scenario="held", version="1")
    cost, shown = card(reader, "Net county cost"), effect(reader)
    assert "is newer" not in words(reader)
    next_version()
    for held in (reader.run(), dashboard(scenario="held", version="1"), app.switch_page("budget_model/pages/overview.py").run()):
        assert card(held, "Net county cost") == cost and effect(held) == shown
        first, second = (catalog.opened(catalog.offered(), "held", number)[1] for number in (1, 2))
        assert differences(first, second)
        moved = change(net_county_cost(project(second)) - net_county_cost(project(first)), "dollars")
        assert f"Version 2 is newer: net county cost {moved} over all fiscal years. Ben: smaller still." in words(held)
    assert destinations(reader)["What it changes"]["compare"] == ["held@1,held@2"]
    reader.switch_page(SCENARIOS).run()
    press(reader, "What it changes")
    assert reader.query_params["compare"] == "held@1,held@2" and "All together" in words(reader)
    reader.switch_page("budget_model/pages/overview.py").run()
    press(reader, "Stay with version 1")
    assert "Version 2 is newer: net" not in words(reader) and card(reader, "Net county cost") == cost
    press(app, "Look at version 2")
    assert app.query_params["version"] == "2" and card(app, "Net county cost") != cost and "is newer" not in words(app)
    assert card(dashboard(scenario="held"), "Net county cost") == card(app, "Net county cost"), "a link without a version is the newest"


def test_a_draft_on_a_version_that_is_not_the_newest_says_so_and_stays() -> None:
    save(with_two_acts(), name="Held", author="Ana", reason="a try")
    slug = max(one.slug for one in versions.saved_scenarios(catalog.database()) if one.name == "Held")
    app = build(scenario=slug)
    app.number_input(key=f"lever.{slug}.caseload.0").set_value(15.0).run()
    newest, scenario = versions.load(catalog.database(), slug)
    versions.save_next(catalog.database(), slug, newest.number, scenario.model_copy(update={"description": "another"}), "Ben", "described")
    before = effect(app)
    app.switch_page(BUILD).run()
    assert effect(app) == before and "Your draft stands on version 1, which stays as it is." in words(app)
    assert "Look at version 2" not in [button.label for button in app.main.button]
