"""Undo and redo as people know them: a step for a gesture, a list of steps to jump to, and what was undone in words."""

from __future__ import annotations

import pytest
from dashboard import build, effect, opened, press, type_cells
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput, Radio, Selectbox

from budget_model.errors import UnavailableError
from budget_model.pages.shared import catalog, draft_session, held_moves
from budget_model.pages.shared.sidebar import STEPS
from budget_model.store import drafts
from budget_model.store.drafts import Draft


def drag(app: AppTest, *values: float) -> AppTest:
    for value in values:
        lever(app).set_value(value).run()
    return app


def lever(app: AppTest) -> NumberInput:
    return next(field for field in app.number_input if field.label == "Participants per case manager")


def draft(app: AppTest) -> Draft:
    found: Draft = app.session_state["screen_state"].draft
    return found


def caseload(app: AppTest) -> float:
    return draft(app).scenario.provider_contracts[0].caseload.number


def listed(app: AppTest) -> Radio:
    """The list of steps, opened."""
    return next(field for field in opened(app, STEPS).radio if field.label == "Go to a step")


def toasts(app: AppTest) -> str:
    return " ".join(toast.value for toast in app.toast).replace("\\", "")


def test_a_lever_that_is_dragged_is_one_step_and_one_undo_brings_it_back() -> None:
    app = build()
    saved = effect(app)
    drag(app, 19.0, 18.0, 17.0)
    assert len(draft(app).words) == 1 and draft(app).last_words.endswith("20 to 17")
    assert effect(press(app, "Undo")) == saved
    assert "Undone: Program, Participants per case manager: 20 to 17." in toasts(app)
    press(app, "Redo")
    assert caseload(app) == 17 and "Done again: Program" in toasts(app)


def test_a_lever_that_comes_back_to_where_it_was_is_no_step() -> None:
    app = drag(build(), 19.0, 20.0)
    assert draft(app).applied_steps == 0
    assert draft(drag(app, 18.0)).words == ("Program, Participants per case manager: 20 to 18",)


def test_what_comes_after_a_pause_or_beside_another_step_is_a_step_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    app = drag(build(), 19.0)
    monkeypatch.setattr(draft_session, "_PAUSE", 0.0)
    drag(app, 18.0)
    monkeypatch.undo()
    assert len(draft(app).words) == 2
    press(app, "Undo")
    drag(app, 17.0)
    assert [words[-8:] for words in draft(app).words] == ["20 to 19", "19 to 17"]


def test_cells_pasted_together_are_one_step() -> None:
    app = type_cells(build("Sites"), "sites", {row: {"slip_months": "2"} for row in range(2, 6)})
    assert draft(app).applied_steps == 1 and "and 3 more" in draft(app).last_words
    assert [site.slip_months.value for site in draft(app).scenario.sites[2:6]] == [2, 2, 2, 2]


def test_a_gesture_is_one_step_while_the_database_is_away_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    app = drag(build(), 19.0)

    def refuse(*given: object) -> None:
        raise UnavailableError("The database is away")

    with monkeypatch.context() as away:
        away.setattr("budget_model.store.drafts._moved", refuse)
        drag(app, 18.0, 17.0)
        assert draft(app).words == ("Program, Participants per case manager: 20 to 17",)
    monkeypatch.setattr(held_moves, "PAUSE_SECONDS", 0.0)
    app.session_state["held_moves.next_try"] = 0.0
    app.run()
    kept = drafts.open_draft(catalog.database(), draft(app).id)
    assert kept.words == ("Program, Participants per case manager: 20 to 17",) and held_moves_are_sent(app)


def held_moves_are_sent(app: AppTest) -> bool:
    return not app.session_state["held_moves"]


def test_what_the_browser_still_holds_of_before_an_undo_is_no_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key pressed twice in a moment: with the second undo the browser sends the lever and the list as they stood before the first."""
    monkeypatch.setattr(draft_session, "_PAUSE", 0.0)
    app = drag(build(), 15.0, 12.0)
    before, fields = app._tree, (*app.number_input, *app.slider, *app.select_slider, *app.selectbox)
    held = [field.index if isinstance(field, Selectbox) else field.value for field in fields]
    press(app, "Undo")
    app._tree = before
    for field, value in zip(fields, held, strict=True):
        (field.select_index if isinstance(field, Selectbox) else field.set_value)(value)
    press(app, "Undo")
    assert (draft(app).applied_steps, len(draft(app).words), caseload(app)) == (0, 2, 20)


def test_a_step_is_chosen_from_the_list_and_the_steps_between_are_named() -> None:
    app = build("Sites")
    for months in range(1, 6):
        type_cells(app, "sites", {3: {"slip_months": f"{months}"}})
    assert listed(app).value == 5 and len(listed(app).options) == 6
    listed(app).set_value(1).run()
    assert draft(app).applied_steps == 1 and "1 more" in toasts(app) and toasts(app).startswith("Undone: ")
    assert listed(app).options[0].endswith("(undone)")
    listed(app).set_value(4).run()
    assert draft(app).applied_steps == 4 and toasts(app).startswith("Done again: ")
    listed(app).set_value(0).run()
    assert app.session_state["screen_state"].changes == ()
