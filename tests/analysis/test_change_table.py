"""The County's change table: each change with its offset, from the adopted budget, in thousands that add up (A4 to A6)."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from conftest import PILOT, Pool
from savings import savings, savings_by_site

from budget_model import Projection, Scenario, ScenarioError, load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis import adopted as adopted_module
from budget_model.analysis.budget_amounts import NIL, STEPS, Amounts
from budget_model.analysis.change_lines import REST, ChangeLine
from budget_model.analysis.change_table import NOT_BY_SITE, ChangeTable, change_table
from budget_model.analysis.change_words import Offset, sentence
from budget_model.analysis.offset_by_source import offset_by_source
from budget_model.scenario.choices import PROGRAM_WIDE, BudgetTreatment, ChangeHeading

COLUMNS = (*STEPS, "net_county_cost")
SITES = [{"name": name, "go_live": "2018-07", "slots": 10, "social_contact_referrals": 5, "eligible_people": 500} for name in "AB"]
SERVICES = [
    {"name": "At A", "site": "A", "first_month": "2018-07", "monthly_amount": 30_000, "category": "Community providers"},
    {"name": "At B", "site": "B", "first_month": "2018-07", "monthly_amount": 10_000, "category": "Community providers"},
    {"name": "For all", "first_month": "2018-07", "monthly_amount": 20_000, "category": "Data and evaluation"},
]
GRANT = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "status": "Awarded", "first_month": "2018-07", "award": 480_000,
    "pays": ["Community providers"],
}  # fmt: skip
PLAN = {
    "name": "Plan", "form": 3, "first_month": "2018-07", "months": 24, "sites": SITES, "services_and_supplies": SERVICES,
    "funding_sources": [GRANT],
}  # fmt: skip


def planned(**parts: object) -> Projection:
    return project(Scenario.model_validate({key: value for key, value in PLAN.items() if key != "form"} | parts))


def summed(lines: tuple[ChangeLine, ...], column: str, kind: str = "printed") -> float:
    return sum(float(getattr(getattr(line, kind), column)) for line in lines)


def test_every_column_adds_up_as_printed_and_no_line_is_nil(pool: Pool) -> None:
    for scenario, projection in pool:
        for year in projection.timeline.years:
            _adds_up(scenario, change_table(projection, year))


def _adds_up(scenario: Scenario, table: ChangeTable) -> None:
    opening, *changes, total, closing = table.lines
    for lines in (tuple(changes), table.units[:-1]) if table.units else (tuple(changes),):
        assert all(line.printed != NIL for line in lines)
        for column in COLUMNS:
            step = 0.1 if column == "budgeted_positions" else 1_000
            assert summed(lines, column) == pytest.approx(getattr(total.printed, column), abs=1e-6)
            assert getattr(opening.printed, column) + summed(lines, column) == pytest.approx(getattr(closing.printed, column), abs=1e-6)
            assert all(abs(round(getattr(line.printed, column) / step) * step - getattr(line.printed, column)) < 1e-6 for line in lines)
        left = Amounts(*(getattr(closing.exact - opening.exact, name) - summed(lines, name, "exact") for name in STEPS))
        assert all(abs(getattr(left, name)) < 500 * len(scenario.sites) + 2_000 for name in STEPS), "what is left out prints as nil"


def test_each_dollar_of_a_source_offsets_one_place_and_no_more_than_its_cost(pool: Pool) -> None:
    for scenario, projection in pool:
        _offsets_one_place(scenario, projection)


def _offsets_one_place(scenario: Scenario, projection: Projection) -> None:
    offsets, cost = offset_by_source(projection), projection.by_year("site_cost")
    outside = [source.treatment is not BudgetTreatment.NET_COUNTY_COST for source in scenario.funding_sources]
    within = 1e-4 * max(1.0, float(projection.by_year("gross_appropriation")[-1]))
    assert offsets.sum(axis=1)[outside] == pytest.approx(projection.by_year("money_claimed")[outside], abs=within)
    for treatment, row in ((BudgetTreatment.REVENUE, "site_revenue"), (BudgetTreatment.INTRAFUND_TRANSFER, "site_intrafund_transfers")):
        of_it = [source.treatment is treatment for source in scenario.funding_sources]
        assert offsets[of_it, :-1].sum(axis=0) == pytest.approx(projection.by_year(row), abs=within), "as the lines of the model have it"
    saved = savings_by_site(projection)
    assert (offsets[:, :-1] > saved - within).all() and (offsets[:, -1] > savings(projection, _of_no_site) - within).all()
    assert (offsets[:, :-1].sum(axis=0) < cost - saved + within).all(), "of what it costs before amounts below zero"


def _of_no_site(keys: Mapping[str, str]) -> bool:
    return keys["site"] == PROGRAM_WIDE


def test_a_source_is_shared_over_sites_as_they_cost_and_columns_go_to_their_line() -> None:
    """480,000 of 960,000 in two years: half of 360,000 at A and of 120,000 at B; nothing of what is of no single site."""
    first = change_table(planned(), "FY 2018-19").changes
    assert [(line.name, line.exact.gross_appropriation) for line in first] == [("A", 360_000), ("B", 120_000), (PROGRAM_WIDE, 240_000)]
    assert [line.exact.revenue for line in first] == pytest.approx([180_000, 60_000, 0])
    column = {"name": "B's", "source": "Grant", "service": "At B", "assigned_share": 1}
    first = change_table(planned(funding_assignments=[column]), "FY 2018-19").changes
    assert [line.exact.revenue for line in first] == pytest.approx([120_000, 120_000, 0]), "B in full, the rest of the grant for A"
    alone = change_table(planned(funding_sources=[GRANT | {"pays_only_at": ["B"]}]), "FY 2018-19").changes
    assert [line.exact.revenue for line in alone] == pytest.approx([0, 120_000, 0])


def test_what_the_match_pays_is_no_offset_of_the_column_that_the_money_pays_in_part() -> None:
    """A grant of 60,000 with match at A; its money is B's alone, and pays a part of B's 240,000 in two years."""
    grant = GRANT | {"award": 60_000, "pace": "As cost arises", "match": {"rate": 0.5, "pledged": 30_000}}
    columns = [
        {"name": "Money", "source": "Grant", "paid_by": "Source", "service": "At B", "assigned_share": 1},
        {"name": "Match", "source": "Grant", "paid_by": "Cash match", "service": "At A", "assigned_amount": 30_000},
    ]
    projection = planned(funding_sources=[grant], funding_assignments=columns)
    assert [line.exact.revenue for line in change_table(projection, "FY 2018-19").changes] == pytest.approx([0, 60_000, 0])
    assert projection.by_year("match_paid")[0, -1] == pytest.approx(30_000)


def test_the_sentence_says_cause_one_time_cost_and_offset_and_its_figures_add_up_to_the_line() -> None:
    services = [*SERVICES, {"name": "Start", "site": "A", "first_month": "2018-07", "one_time_amount": 50_000}]
    asked = GRANT | {"name": "Asked", "status": "Requested", "award": 100_000, "justification": "Asked for in the letter of May."}
    table = change_table(planned(services_and_supplies=services, funding_sources=[GRANT, asked]), "FY 2018-19")
    line = table.changes[0]
    assert line.text.startswith("Reflects the opening of A in July 2018, for up to 10 participants: ")
    cost, offset = line.text.split(", offset by ")
    figures = [[int(one.replace(",", "")) for one in re.findall(r"\$([\d,]+)", part)] for part in (cost, offset)]
    assert [sum(part) for part in figures] == [line.printed.gross_appropriation, line.printed.revenue]
    assert "$360,000 of ongoing cost and $50,000 of one-time cost" in cost
    assert "asked for from Asked" in offset
    assert table.notes[-1] == "Asked: Asked for in the letter of May."
    assert table.changes[2].text.endswith("$240,000 of ongoing cost, without offset.")
    later = change_table(planned(services_and_supplies=services, funding_sources=[GRANT, asked]), "FY 2019-20").changes
    assert "$50,000 less in one-time cost" in later[0].text
    assert later[0].heading == "Curtailments"


@pytest.mark.parametrize(
    ("said", "stands", "is_noted"),
    [
        ("Other Changes", "Other Changes", False),
        ("Critical Issues", "Curtailments", True),
        ("New/Expanded Programs", "Curtailments", False),
    ],
)
def test_a_heading_of_no_opening_stands_in_every_year_and_another_is_said_to_be_of_the_opening(
    said: str, stands: str, is_noted: bool
) -> None:
    projection = planned(services_and_supplies=[{"name": "Start", "site": "A", "first_month": "2018-07", "one_time_amount": 50_000}])
    sites = [site.model_copy(update={"change_heading": ChangeHeading(said)}) for site in projection.scenario.sites]
    table = change_table(project(projection.scenario.model_copy(update={"sites": tuple(sites)})), "FY 2019-20")
    assert [line.heading for line in table.changes if line.name == "A"] == [stands]
    assert any(f"A stands under {stands}: its heading, {said}, is that of its opening." == note for note in table.notes) is is_noted


def test_the_first_year_begins_with_what_is_adopted_by_site_and_restates_nothing(tmp_path: Path) -> None:
    lines = [
        {"name": "A as adopted", "site": "A", "gross_appropriation": 350_000, "revenue": 180_000},
        {"name": "The rest", "gross_appropriation": 240_000, "positions": 2},
    ]
    table = change_table(planned(adopted_budget=lines), "FY 2018-19")
    assert table.lines[0].exact == Amounts(590_000, 0, 180_000, 2)
    assert [(line.name, line.exact.gross_appropriation) for line in table.changes] == [("A", 10_000), ("B", 120_000), (PROGRAM_WIDE, 0)]
    assert table.changes[-1].exact.budgeted_positions == -2
    assert "by site" in table.notes[0]
    new = change_table(planned(), "FY 2018-19")
    assert "new against nothing" in new.notes[0]
    in_all = change_table(planned(general={"adopted_gross_appropriation": 590_000}), "FY 2018-19")
    assert [line.name for line in in_all.changes][-1] == NOT_BY_SITE
    path = tmp_path / "twice.yaml"
    path.write_text(yaml.safe_dump(PLAN | {"general": {"adopted_revenue": 1}, "adopted_budget": lines}))
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    assert "expected the adopted budget to be given in one way" in str(refused.value)


def test_lines_of_an_adopted_budget_do_not_say_what_is_one_time_and_no_sentence_does() -> None:
    services = [*SERVICES, {"name": "Start", "site": "A", "first_month": "2018-07", "one_time_amount": 50_000}]
    lines = [{"name": "A as adopted", "site": "A", "gross_appropriation": 350_000}]
    table = change_table(planned(services_and_supplies=services, adopted_budget=lines), "FY 2018-19")
    assert "$60,000 more in cost, of which the adopted budget does not say what is one-time" in table.changes[0].text


def test_the_sources_that_are_not_named_still_say_what_is_asked_for() -> None:
    offsets = [Offset(f"Source {place}", 10_000.0 * (9 - place), is_asked_for=place == 5) for place in range(6)]
    text = sentence("Reflects A", Amounts(390_000, 0, 390_000), 0.0, offsets, is_new=True)
    assert text.endswith("and $150,000 from 3 other sources ($40,000 of it asked for).")


def test_a_name_is_the_same_however_it_is_written_a_part_year_is_said_and_a_plan_against_itself_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopted_module, "LIBRARY", tmp_path)
    written = SITES[0] | {"name": "a"}
    base = PLAN | {
        "name": "Base", "first_month": "2018-04", "months": 12, "sites": [written, SITES[1] | {"name": "C"}],
        "services_and_supplies": [SERVICES[0] | {"site": "a"}, SERVICES[1] | {"site": "C", "one_time_amount": 4_000}], "county_positions": [
            {"name": "Lead", "site": "C", "number": 1, "hire_month": "2018-07", "monthly_salary": 1_000}
        ], "funding_sources": [GRANT | {"name": "GRANT", "award": 180_000}],
    }  # fmt: skip
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(base))
    table = change_table(planned(adopted_from="Base.yaml"), "FY 2018-19")
    lines = {line.name: line for line in table.changes}
    assert set(lines) == {"A", "B", "C", PROGRAM_WIDE}
    assert lines["A"].exact.gross_appropriation == 90_000, "12 months of 30,000 against 9 of the same site"
    assert "FY 2018-19 has 12 months in this plan and the adopted budget 9" in " ".join(table.notes)
    ended = lines["C"].text
    assert "1.0 position less" in ended and "less in one-time cost" in ended and "less from Grant" in ended, ended
    same = planned(adopted_from="base", name="Base")
    assert "It is this plan itself" in " ".join(change_table(same, "FY 2018-19").notes)
    (tmp_path / "base.yaml").write_text("form: 3\nname: [")
    broken = " ".join(change_table(planned(adopted_from="base"), "FY 2018-19").notes)
    assert "base.yaml" in broken and str(tmp_path) not in broken


@pytest.mark.skipif(sys.platform != "linux", reason="links of that kind are Linux's")
def test_a_link_of_the_library_that_leads_nowhere_decides_for_no_other_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Emacs makes one beside each file that is open in it: all pages of a plan with `adopted_from` failed."""
    monkeypatch.setattr(adopted_module, "LIBRARY", tmp_path)
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(PLAN))
    (tmp_path / ".#base.yaml").symlink_to("somebody@nowhere")
    (tmp_path / "folder.yaml").mkdir()
    assert change_table(planned(adopted_from="base"), "FY 2018-19").changes == ()
    for name, fault in ((".#base", "it is a link that leads nowhere"), ("folder", "it is a folder, and no file")):
        assert fault in change_table(planned(adopted_from=name), "FY 2018-19").notes[0]


def test_what_serves_more_people_for_less_is_no_curtailment(expansion: Scenario) -> None:
    """Both areas of the pilot stood under Curtailments, with more participants than the adopted budget has."""
    table = change_table(project(expansion), "FY 2018-19")
    falling = [line for line in table.changes if line.subject == "place" and line.exact.gross_appropriation < 0]
    assert falling and all(line.heading == "Other Changes" for line in falling)


def test_a_scenario_of_the_library_is_the_adopted_budget_of_its_same_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A as it was, B larger, a site that the plan has no more; the lines of a scenario against itself are none."""
    monkeypatch.setattr(adopted_module, "LIBRARY", tmp_path)
    gone = {"name": "Gone", "site": "C", "first_month": "2018-07", "monthly_amount": 1_000}
    base = PLAN | {
        "name": "As adopted", "first_month": "2017-07", "sites": [*SITES, SITES[0] | {"name": "C"}],
        "services_and_supplies": [SERVICES[0], SERVICES[1] | {"monthly_amount": 5_000}, SERVICES[2], gone], "funding_sources": [],
    }  # fmt: skip
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(base))
    table = change_table(planned(adopted_from="base"), "FY 2018-19")
    assert {line.name: line.exact.gross_appropriation for line in table.changes} == {"A": 0, "B": 60_000, "C": -12_000}
    assert {line.name: line.heading for line in table.changes}["C"] == "Curtailments"
    assert table.lines[0].name == "Adopted budget, FY 2018-19"
    assert "'As adopted' (base) for FY 2018-19" in table.notes[0]
    (tmp_path / "same.yaml").write_text(yaml.safe_dump(PLAN))
    assert change_table(planned(adopted_from="same"), "FY 2018-19").changes == ()
    for name, said in (("bse", "no scenario of the library"), ("late", "has FY 2019-20, FY 2020-21 and not FY 2018-19")):
        (tmp_path / "late.yaml").write_text(
            yaml.safe_dump(
                {"form": 3, "name": "Late", "first_month": "2019-07", "months": 24, "sites": [SITES[0] | {"go_live": "2019-07"}]}
            )
        )
        note = change_table(planned(adopted_from=name), "FY 2018-19").notes[0]
        assert said in note
        assert "new against nothing" in note


def test_a_shipped_plan_is_told_against_the_budget_that_is_adopted(expansion: Scenario) -> None:
    """The pilot and the expansion have one fiscal year in common: the table of that year is what differs (F11)."""
    table = change_table(project(expansion), "FY 2018-19")
    assert table.lines[0].exact.gross_appropriation == pytest.approx(
        project(load_scenario(PILOT)).by_year("gross_appropriation")[2], abs=0.02
    )
    assert all("where the adopted budget has" in line.text for line in table.changes if line.number)


def test_the_command_prints_the_lines_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", "pilot_2017", "--year", "FY 2017-18"]) == 0
    printed = capsys.readouterr().out
    table = change_table(project(load_scenario(PILOT)), "FY 2017-18")
    assert len(table.by_unit) > 1
    for line in (*table.lines, *table.units, *(one for unit in table.by_unit for one in unit.lines)):
        shown = [row.split() for row in printed.splitlines() if line.name in row]
        assert any(row[-5:] == list(line.cells) for row in shown), line.name
        assert not line.number or line.text in printed
    assert REST in printed
