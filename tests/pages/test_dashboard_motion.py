"""The Motion page: what answers each clause, in one of four words, and the pilot with what it was fitted to."""

from __future__ import annotations

from conftest import ROOT
from dashboard import looked_at, words

from budget_model import load_scenario, project
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.motion_figures import figure_in_words


def test_motion_shows_the_lines_of_the_crosswalk_and_its_words() -> None:
    app = looked_at("motion", scenario="expansion_2018")
    assert not app.exception
    said = words(app).replace("&#x27;", "'")
    found = crosswalk(project(load_scenario(ROOT / "scenarios" / "expansion_2018.yaml")))
    assert [(metric.label, metric.value) for metric in app.metric] == [(answer.confirmation, str(answer.word)) for answer in found]
    for answer in found:
        assert f"{answer.clause.id}. {answer.clause.asks}" in said
        assert all(figure.label in said and figure_in_words(figure.value, figure.unit) in said for figure in answer.figures), answer
    assert "Answered" not in said


def test_the_pilot_is_not_called_a_proof() -> None:
    app = looked_at("motion", scenario="expansion_2018")
    said = words(app)
    titles = [title.value for title in app.header]
    assert "What the pilot was fitted to, and what it was not" in titles and not any("proof" in title for title in titles)
    assert "Held out" in said and "Fitted" in said and "Participants expected of the pilot under its grant" in said
    assert "is a condition of a good forecast, and no evidence of one" in said
