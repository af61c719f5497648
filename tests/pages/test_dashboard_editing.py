"""What is changed on the dashboard: levers and cells, with what they move, kept in a draft that is saved as a version."""

from __future__ import annotations

import pytest
from conftest import EXPANSION, ROOT
from dashboard import BUILD, CASELOAD, SCENARIOS, build, dashboard, effect, press, save, type_cells, words

from budget_model import Change, changed, load_scenario, project
from budget_model.editing.levers import levers
from budget_model.formats import dollars
from budget_model.pages.shared import catalog, opened_work


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


def test_each_change_projects_once(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog._projected.clear()
    made = []
    for module in (catalog, opened_work):
        monkeypatch.setattr(module, "project", lambda scenario, like=None: made.append(scenario.name) or project(scenario, like))
    app = build()
    assert len(made) == 1, "the saved scenario, which is also the one on the screen"
    app.number_input(key=CASELOAD).set_value(15.0).run()
    assert len(made) == 2
    app.switch_page("budget_model/pages/funding.py").run()
    assert len(made) == 2


def test_a_draft_is_found_again_by_its_address_in_another_session() -> None:
    app = build()
    app.number_input(key=CASELOAD).set_value(12.0).run()
    other = dashboard(draft=app.query_params["draft"])
    assert effect(other) == effect(app)
    other.switch_page(BUILD).run().number_input(key=CASELOAD).set_value(10.0).run()
    assert effect(app.run()) == effect(other), "two tabs of one draft show the same"


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
