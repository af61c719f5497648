"""The page Evidence: what is uncertain ranked by what it moves, decisions and money asked apart, published facts beside."""

from __future__ import annotations

import re

from dashboard import card, dashboard, words
from streamlit.testing.v1 import AppTest

from budget_model.pages.shared.evidence_register import linked_source

EVIDENCE = "budget_model/pages/evidence.py"


def shown(app: AppTest) -> str:
    """Return the body of the table of numbers."""
    (table,) = re.findall(r'<div class="sheet plain register\b.*?</div>', words(app), re.DOTALL)
    return str(table)


def kinds(app: AppTest) -> set[str]:
    return set(re.findall(r"<td data-head=\"Confidence\">(?:low|medium|high)<span class=\"under\">([^<]*)</span>", shown(app)))


def test_each_list_holds_its_kinds_and_names_who_can_confirm() -> None:
    app = dashboard("evidence", scenario="pilot_2017")
    assert kinds(app) == {"fact", "forecast", "price"}
    assert re.fullmatch(r"0 of \d+", card(app, "Confirmed"))
    assert "Auditor-Controller" in shown(app) and "Seattle LEAD, average of the evaluation" in words(app)
    app.button_group(key="list").set_value("Decisions").run()
    assert kinds(app) == {"decision"}
    app.selectbox(key="owner").set_value("Sheriff").run()
    assert set(re.findall(r'<td data-head="Who can confirm it">([^<]+)<', shown(app))) >= {"Sheriff"} and "ODR<" not in shown(app)


def test_a_source_says_what_it_is_before_the_id_of_its_note() -> None:
    assert linked_source("lac_enrol_10mo: Board motion, October 2018") == "Board motion, October 2018 [lac_enrol_10mo]"
    assert linked_source("Board motion: https://a.org/b, page 2").startswith("Board motion: <a href=")


def test_numbers_stand_by_what_they_move_once_that_is_calculated_and_each_value_opens_its_reasons() -> None:
    app = dashboard("evidence", scenario="pilot_2017")
    assert "Net county cost at the low end" not in shown(app) and "A moment; then the largest stand first." in words(app)
    app.session_state["number_effects.waiting"][1].result()
    app.run()
    assert "Net county cost at the low end" in shown(app)
    assert not app.exception
    assert shown(app).count('<a class="why"') == shown(app).count("<tr>") - 1
    sizes = []
    for row in re.findall(r"<tr>.*?</tr>", shown(app).partition("<tbody>")[2], re.DOTALL):
        ends = [int(re.sub(r"\D", "", text)) for text in re.findall(r'<td class="n" data-head="[^"]*">([+(]\$[\d,]+)', row)]
        sizes.append(max(ends, default=0))
    assert sizes[0] > 0 and sizes == sorted(sizes, reverse=True)
