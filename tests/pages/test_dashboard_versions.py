"""Scenarios side by side, versions that are opened and duplicated, drafts that are opened and put away."""

from __future__ import annotations

from dashboard import BUILD, CASELOAD, SCENARIOS, build, dashboard, effect, press, save, words
from streamlit.testing.v1 import AppTest

from budget_model import digest
from budget_model.pages.shared import catalog
from budget_model.store import drafts


def saved(name: str, caseload: float = 18.0) -> AppTest:
    """Save a scenario under a name; return the session that did."""
    app = build(scenario="expansion_2018")
    app.number_input(key=CASELOAD).set_value(caseload).run()
    return save(app, author="Ana", reason="smaller caseloads", name=name)


def duplicate(app: AppTest, name: str, author: str) -> AppTest:
    next(field for field in app.text_input if field.label == "Name of the new scenario").set_value(name)
    next(field for field in app.text_input if field.label == "Who makes it").set_value(author)
    return press(app, "Make the scenario")


def test_a_version_is_duplicated_into_a_scenario_of_its_own() -> None:
    app = saved("To be copied").switch_page(SCENARIOS).run()
    fields = {field.label: field.value for field in app.text_input}
    assert (fields["Name of the new scenario"], fields["Who makes it"]) == ("To be copied, copy", "Ana")
    assert "Not made" in duplicate(app, "", "Ben").error[0].value
    assert "needs the name" in duplicate(app, "A copy", "").error[0].value
    assert app.query_params["scenario"] == "to_be_copied"
    duplicate(app, "A copy", "Ben")
    assert "Saved as version 1 of 'A copy'" in app.success[0].value and app.query_params["scenario"] == "a_copy"
    assert "Duplicate of version 1 of &#x27;To be copied&#x27;" in words(app) and "Ben" in words(app)
    offered = catalog.offered()
    copied, original = catalog.opened(offered, "a_copy")[1], catalog.opened(offered, "to_be_copied")[1]
    assert copied.name == "A copy" and digest(copied.model_copy(update={"name": original.name})) == digest(original)
    assert offered.saved["to_be_copied"].latest == 1


def test_an_older_version_is_looked_at_and_compared_with_the_newest() -> None:
    app = saved("Looked at").switch_page(BUILD).run()
    app.button_group(key="part").set_value("Levers").run()
    app.number_input(key="lever.looked_at.caseload.0").set_value(16.0).run()
    app = save(app, author="Ben", reason="smaller still").switch_page(SCENARIOS).run()
    newest = effect(app)
    app.selectbox(key="picked.looked_at").select(1).run()
    press(app, "Open")
    assert "You see version 1, which stays as it is." in words(app) and app.query_params["version"] == "1"
    assert effect(app) != newest and "Version 2 is newer" in words(app)
    app.multiselect(key="compared").set_value(["looked_at@1", "looked_at@2"]).run()
    assert app.query_params["compare"] == "looked_at@1,looked_at@2"
    assert "18 participants" in words(app) and "16 participants" in words(app)
    app.multiselect(key="compared").set_value(["looked_at@2", "looked_at", "looked_at@1"]).run()
    app.selectbox(key="bridge_to").select_index(0).run()
    assert "All together" not in words(app), "between a version and itself there is no bridge"
    app.multiselect(key="compared").set_value(["looked_at"]).run()
    assert "Choose two or more above: they stand side by side" in words(app) and not app.exception


def test_a_draft_is_opened_in_another_session_and_put_away() -> None:
    app = build(scenario="pilot_2017")
    app.number_input(key="lever.pilot_2017.caseload.0").set_value(11.0).run()
    other = dashboard("scenarios", scenario="expansion_2018")
    asked = next(number for number, text in enumerate(other.selectbox(key="picked_draft").options) if "11" in text)
    other.selectbox(key="picked_draft").select_index(asked).run()
    assert "1 step would be gone for good." in words(other)
    press(other, "Open the draft")
    assert other.query_params["draft"] == app.query_params["draft"] and other.query_params["scenario"] == "pilot_2017"
    assert effect(other) == effect(app)
    before = drafts.count_unsaved(catalog.database())
    press(other, "Put it away for good")
    assert "The draft is gone" in other.success[0].value and "draft" not in other.query_params
    assert drafts.count_unsaved(catalog.database()) == before - 1
    assert "saved or put away" in app.run().warning[0].value, "the session that made it is told"
    assert effect(app) == effect(dashboard(scenario="pilot_2017"))


def test_of_many_drafts_the_newest_are_listed() -> None:
    base = catalog.library().scenarios["pilot_2017"]
    for number in range(21):
        made = drafts.begin(catalog.database(), "pilot_2017", 0, base)
        drafts.with_step(catalog.database(), made, base.model_copy(update={"description": f"{number}"}), f"step {number}")
    app = dashboard("scenarios")
    every = drafts.count_unsaved(catalog.database())
    assert f"The 20 newest of {every} drafts." in words(app) and len(app.selectbox(key="picked_draft").options) == 20
    for one in drafts.unsaved(catalog.database(), most=every):
        drafts.put_away(catalog.database(), one.id)
    assert "None. Whatever someone changes is kept here" in words(app.run())
