"""Scenario files: what is filled in, and every kind of bad input with the message it gets."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import ROOT, SHIPPED

from budget_model import Change, Scenario, ScenarioError, changed, digest, load_scenario, project
from budget_model.scenario import evidence
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.evidence import catalog, register
from budget_model.scenario.tables import placed_assumptions

GOOD = {
    "name": "Test",
    "first_month": "2018-07",
    "months": 24,
    "sites": [{"name": "A", "go_live": "2018-07", "slots": 40, "social_contact_referrals": 5, "eligible_people": 400}],
    "funding_sources": [
        {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["County staff"], "award": 100, "first_month": "2018-07"}
    ],
}
SITE, SOURCE = GOOD["sites"][0], GOOD["funding_sources"][0]
POSITION = {"name": "P", "hire_month": "2018-07", "number": 1, "monthly_salary": 1_000}
HALF = {"name": "a", "source": "Grant", "position": "P", "assigned_share": 0.5}
CONTRACT = {
    "name": "C", "site": "A", "first_month": "2018-07", "caseload": 20, "case_manager_salary": 1, "supervisor_span": 7, "supervisor_salary": 1, "fringe_rate": 0,
}  # fmt: skip
CARE = {
    "name": "B",
    "kind": "Interim housing",
    "category": "Interim housing",
    "need_share": 0.2,
    "places": 4,
    "stay_days": 180,
    "first_month": "2018-07",
}
FEDERAL = {"name": "F", "first_month": "2018-07", "newly_eligible": 0.9, "others": 0.5}


def written(folder: Path, content: object, name: str = "test.yaml") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty; copy templates/scenario.yaml to begin"),
        ("- a\n- b\n", "is a list; expected 'key: value' lines, beginning with 'name:'"),
        ("name: [", "this is not valid YAML"),
        ("name: a\nname: b\n", "line 2: the key 'name' stands twice"),
        ("a: &x [1]\nb: [*x, *x]\n", "aliases (*name) are not allowed"),
        ("name: \x00", "line 1: a sign that cannot be shown stands here (U+0000)"),
        ("x" * 1_000_001, "the file is larger than 1,000,000 bytes"),
        (GOOD | {"sitees": []}, "sitees is a list; this key is not known. Did you mean 'sites'?"),
        (GOOD | {"months": 121}, "months is 121; expected 120 or less"),
        (GOOD | {"months": "ten"}, "months is 'ten'; expected a whole number"),
        (GOOD | {"sites": {"A": 1}}, "sites is a mapping; expected a list, each item beginning with '- '"),
        (GOOD | {"sites": [7]}, "sites[1] is 7; expected 'key: value' lines"),
        (GOOD | {"name": 7}, "name is 7; expected text"),
        (GOOD | {"first_month": "July"}, "first_month is 'July'; expected a month written YYYY-MM, such as 2019-07"),
        (GOOD | {"sites": [SITE | {"inactiv_share": 1}]}, "sites[A].inactiv_share is 1; this key is not known. Did you mean 'inactive_share'?"),
        (GOOD | {"sites": [SITE | {"monthly_exit_rate": -0.1}]}, "sites[A].monthly_exit_rate is -0.1; expected a share from 0 to 1 for each month"),
        (GOOD | {"sites": [SITE | {"inactive_share": 1.2}]}, "sites[A].inactive_share is 1.2; expected a share from 0 to 1"),
        (GOOD | {"sites": [SITE | {"slots": "forty"}]}, "sites[A].slots is 'forty'; expected a number of participants from 0 to 5,000"),
        (GOOD | {"sites": [SITE | {"slots": True}]}, "sites[A].slots is True; expected a number of participants"),
        (GOOD | {"sites": [SITE | {"slots": float("nan")}]}, "sites[A].slots is .nan; expected a number that can be calculated with"),
        (GOOD | {"sites": [SITE | {"slots": {"value": 4, "unit": "beds"}}]}, "the unit must be 'participants'"),
        (GOOD | {"sites": [SITE | {"slots": {"value": 4, "low": 5}}]}, "low must not be above the value"),
        (GOOD | {"sites": [SITE | {"slots": {"value": 4, "confidence": "high"}}]}, "confidence must be low where no source is given"),
        (GOOD | {"sites": [SITE | {"go_live": "2018-06"}]}, "sites[A].go_live is 2018-06; expected a month of the scenario, 2018-07 to 2020-06"),
        (GOOD | {"sites": [SITE | {"name": "=A1"}]}, "sites[=A1].name is '=A1'; expected a name that begins with a word: a spreadsheet takes = < > + - @ # for"),
        (GOOD | {"sites": [SITE, SITE | {"name": "a"}]}, "sites[a] is named twice; expected a name of its own: capitals, spaces and the like do not tell it from 'A'"),
        (GOOD | {"sites": [SITE, SITE | {"name": "none"}]}, "sites[none] is 'none'; expected another name: this word stands for no item"),
        (GOOD | {"benefit_components": [{"name": "X", "plan": "none", "rate": 0.5}]}, "benefit_components[X].plan is 'none'; expected another name"),
        (GOOD | {"benefit_components": [{"name": "X", "plan": "Officers", "rate": 0.5}, {"name": "Y", "plan": "officers", "rate": 0.1}]}, "benefit_components[Y].plan is 'officers'; expected 'Officers', as in benefit_components[X].plan"),
        (GOOD | {"county_positions": [POSITION | {"department": "Sheriff"}, POSITION | {"name": "Q", "department": "sheriff"}]}, "county_positions[Q].department is 'sheriff'; expected 'Sheriff', as in county_positions[P].department"),
        (GOOD | {"county_positions": [POSITION | {"name": name, "department": "Sherif\u200bf" if name == "A" else "Sheriff"} for name in "ABC"]}, "county_positions[A].department is 'Sherif\\u200bf'; expected 'Sheriff', as in county_positions[B].department"),
        (GOOD | {"county_positions": [POSITION | {"department": "P*"}]}, "county_positions[P].department is 'P*'; expected a name without * ? ~"),
        (GOOD | {"county_positions": [POSITION | {"department": ""}]}, "county_positions[P].department is ''; expected a name"),
        (GOOD | {"sites": [SITE | {"name": "East Los Angeles"}], "county_positions": [POSITION | {"site": "east los angeles"}]}, "county_positions[P].site is 'east los angeles'; expected the name of an entry of sites. Did you mean 'East Los Angeles'?"),
        (GOOD | {"county_positions": [POSITION | {"site": "program-wide"}]}, "Did you mean 'Program-wide'?"),
        (GOOD | {"sites": [SITE | {"name": f"S{n}"} for n in range(10_000)]}, "sites is 10,000 entries long; expected at most 50: put entries that are alike together in one"),
        (GOOD | {"sites": [{"name": "A"}]}, "sites[A].go_live is missing; expected First month of referrals (month)"),
        (GOOD | {"funding_sources": [SOURCE | {"last_month": "2018-06"}]}, "funding_sources[Grant].last_month is 2018-06; expected 2018-07 (first_month) or later"),
        (GOOD | {"funding_sources": [SOURCE | {"treatment": "Revenues"}]}, "expected one of: Revenue, Intrafund transfer, Net county cost. Did you mean 'Revenue'?"),
        (GOOD | {"funding_sources": [SOURCE | {"yearly_amount": 5}]}, "expected one of: award, yearly_amount, amount_per_unit with a driver, drug_medi_cal: true"),
        (GOOD | {"funding_sources": [{**SOURCE, "award": 0, "amount_per_unit": 5}]}, "funding_sources[Grant].driver is none; expected what amount_per_unit counts"),
        (GOOD | {"sites": [SITE | {"eligible_people": 0}]}, "sites[A].eligible_people is 0; expected an estimate of the people of the area who are eligible"),
        (GOOD | {"sites": [SITE | {"slots": {"evidence": "slots_pilot_are"}}]}, "sites[A].slots.evidence is 'slots_pilot_are'; expected an id of the register of evidence."),
        (GOOD | {"sites": [SITE | {"slots": {"value": 12, "evidence": "caseload_icm_standard"}}]}, "sites[A].slots.value is 12; expected no value beside an evidence id"),
        (GOOD | {"funding_sources": [SOURCE | {"pays": []}]}, "funding_sources[Grant].pays is empty; expected the categories it pays, or a funding_assignment to it"),
        (GOOD | {"funding_sources": [SOURCE | {"match": {"rate": 1, "basis": "total project cost"}}]}, "funding_sources[Grant].match.rate is 1; expected less than 1"),
        (GOOD | {"outcomes": [{"name": "J", "evidence_grade": "x", "effect": 5, "effect_low": 1, "effect_high": 2}]}, "outcomes[J].effect is 5; expected a number from 1 (effect_low) to 2 (effect_high)"),
        (GOOD | {"funding_sources": [{"catalog": "nothing"}]}, "expected an id of the catalog of funding sources."),
        (GOOD | {"county_positions": [POSITION | {"annual_salary": 5}]}, "county_positions[P] is monthly_salary and annual_salary; expected pay by the month, by the year or by the hour"),
        (GOOD | {"county_positions": [{**POSITION, "monthly_salary": 0, "hourly_pay": 20}]}, "county_positions[P].hours_a_year is 0; expected the hours paid in a year"),
        (GOOD | {"county_positions": [POSITION | {"benefit_plan": "Officers"}]}, "county_positions[P].benefit_plan is 'Officers'; expected the plan of some benefit_components."),
        (GOOD | {"county_positions": [POSITION | {"benefit_plan": "X", "employee_benefit_rate": 0.5}], "benefit_components": [{"name": "F", "plan": "X", "rate": 0.1}]}, "employee_benefit_rate is 0.5; expected 0: the components of its benefit_plan say the rates"),
        (GOOD | {"county_positions": [POSITION], "funding_assignments": [HALF, HALF | {"name": "b", "assigned_share": 0.7}]}, "is 120% assigned to sources; expected its funding_assignments to add up to 100% or less"),
        (GOOD | {"funding_assignments": [{"name": "s", "source": "Grant", "site": "A", "assigned_share": 1}]}, "funding_assignments[s].category is missing; expected the category of the site's cost"),
        (GOOD | {"provider_contracts": [CONTRACT | {"mechanism": "Sole source"}]}, "provider_contracts[C].mechanism is 'Sole source'; expected the name of an entry of contracting_mechanisms."),
        (GOOD | {"contracting_mechanisms": [{"name": "Sole source", "lead_days": 90}], "provider_contracts": [CONTRACT | {"mechanism": "Sole source"}]}, "provider_contracts[C].request_month is missing; expected the month in which the Sole source begins"),
        (GOOD | {"provider_contracts": [CONTRACT | {"payment": "Fixed monthly"}]}, "provider_contracts[C].fixed_monthly_amount is 0; expected the amount: the payment is 'Fixed monthly'"),
        (GOOD | {"treatment_and_housing": [CARE | {"added_places": 4}]}, "treatment_and_housing[B].order_month is missing; expected the month in which the added places are ordered"),
        (GOOD | {"federal_shares": [FEDERAL, FEDERAL | {"name": "G"}]}, "federal_shares is F and G in 2018-07; expected one federal share for each month"),
        (GOOD | {"extends": "nowhere.yaml"}, "extends is 'nowhere.yaml'; there is no such file."),
        (GOOD | {"extends": "../test.yaml"}, "expected the name of a file in the same folder"),
        (GOOD | {"extends": "test.yaml"}, "files extend each other in a circle"),
        (GOOD | {"county_positions": [POSITION | {"department": "Sheriff", "salary_savings_rate": 0.1}], "salary_savings": [{"name": "S", "department": "Sheriff", "other_rate": 0.1}]}, "county_positions[P].salary_savings_rate is 0.1; expected 0: salary_savings says the rate of its department"),
        (GOOD | {"salary_savings": [{"name": name, "department": "Sheriff", "other_rate": 0.1} for name in "ST"]}, "salary_savings[T].department is 'Sheriff'; expected one line for each department"),
        (GOOD | {"provider_contracts": [CONTRACT | {"caseload": 0}]}, "provider_contracts[C].caseload is 0; expected the participants for each case manager, who have a salary"),
        (GOOD | {"provider_contracts": [CONTRACT | {"floor_participants": 5}]}, "provider_contracts[C].floor_participants is 5; expected 0: the payment is 'Cost reimbursement'"),
        (GOOD | {"provider_contracts": [CONTRACT | {"months_at_cost": 5}]}, "provider_contracts[C].months_at_cost is 5; expected 0: the payment is 'Cost reimbursement'"),
        (GOOD | {"provider_contracts": [CONTRACT, CONTRACT | {"name": "D"}]}, "sites[A] is 200% in 2018-07; expected the participant_share of its contracts to add up to 100% or less, or another purpose of each"),
        (GOOD | {"treatment_and_housing": [CARE | {"kind": "Permanent supportive housing", "moves_on_share": 0.5}]}, "treatment_and_housing[B].moves_on_share is 0.5; expected 0: its kind is 'Permanent supportive housing', where people move on to"),
        (GOOD | {"treatment_and_housing": [CARE | {"moves_on_share": 0.6}, CARE | {"name": "D", "moves_on_share": 0.6}]}, "treatment_and_housing is 120% of moves_on_share; expected the moves_on_share of all lines to add up to 100% or less"),
        (GOOD | {"provider_contracts": [{"name": "C", "site": "Aa"}]}, "provider_contracts[C].first_month is missing"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_what_was_expected(content: object, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    found = problems_of(path)
    assert any(message in problem for problem in found), found
    assert all(problem.startswith(str(path)) for problem in found)


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    position = {"name": "P", "site": "B", "hire_month": "2018-07", "monthly_salary": 1, "employee_benefit_rate": 0.5}
    found = problems_of(written(tmp_path, GOOD | {
        "sites": [SITE | {"slots": -1}, SITE | {"name": "B", "go_live": "2030-01"}],
        "county_positions": [position, position | {"name": "Q", "site": "C", "driver": "slots"}],
        "funding_sources": [SOURCE | {"last_month": "2018-06"}],
        "phase": "Adoptd",
    }))  # fmt: skip
    places = [
        "sites[A].slots",
        "phase",
        "sites[B].go_live",
        "county_positions[Q].site",
        "county_positions[Q].one_per",
        "funding_sources[Grant].last_month",
    ]
    assert len(found) == len(places)
    assert all(any(place in problem for problem in found) for place in places), found


def test_rules_between_parts_are_told_in_the_round_of_other_faults_where_they_are_broken_whatever_those_are(tmp_path: Path) -> None:
    position = {"name": "P", "hire_month": "2018-07", "monthly_salary": 1, "annual_salary": 12, "step_rate": 9}
    sites = [SITE | {"name": "B", "slots": -50, "starting_participants": 60, "eligible_people": 0, "social_contact_referrals": 5}]
    found = problems_of(written(tmp_path, GOOD | {
        "sites": [SITE, *sites],
        "county_positions": [position],
        "funding_sources": [SOURCE | {"first_month": "2018-09", "last_month": "2018-08", "match": {"rate": "half"}}],
        "provider_contracts": [{"name": "C", "site": "A", "first_month": "2018-07", "payment": "fees", "fee_per_participant_month": 5}],
    }))  # fmt: skip
    places = (
        "sites[B].slots is -50",
        "county_positions[P].step_rate is 9",
        "funding_sources[Grant].match.rate is 'half'",
        "provider_contracts[C].payment is 'fees'",
        "county_positions[P] is monthly_salary and annual_salary",
        "sites[B].eligible_people is 0",
        "funding_sources[Grant].last_month is 2018-08",
    )
    assert all(any(place in problem for problem in found) for place in places), found
    assert len(found) == len(places), "what depends on a faulty value is not told: 60 participants may be too many, the fee too much"


@pytest.mark.parametrize(
    ("given", "number"),
    [("69,732", 69732), ("$5", 5), ("$1.2 million", 1_200_000), ("1,000.50", 1000.5), ("  7 ", 7), ("5 dollars", 5)],
)
def test_a_number_is_read_as_people_write_it(given: str, number: float, tmp_path: Path) -> None:
    services = [{"name": "S", "first_month": "2018-07", "one_time_amount": given}, {"name": "T", "first_month": "2018-07"}]
    services[1]["one_time_amount"] = {"value": given, "low": "1", "source": "Quote", "confidence": "low"}  # type: ignore[assignment]
    read = load_scenario(written(tmp_path, GOOD | {"services_and_supplies": services})).services_and_supplies
    assert [service.one_time_amount.value for service in read] == [number, number]


def test_a_share_may_be_said_in_percent_and_by_nothing_less(tmp_path: Path) -> None:
    read = load_scenario(written(tmp_path, GOOD | {"sites": [SITE | {"inactive_share": "12.5%", "monthly_exit_rate": "0.02"}]}))
    assert (read.sites[0].inactive_share.value, read.sites[0].monthly_exit_rate.value) == (0.125, 0.02)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{slots: 69,732}", "sites[A].slots is 69,732; expected 69732, or '69,732' in quotes: within braces a comma ends a value"),
        ("{slots: ($18,000,000)}", "sites[A].slots is ($18,000,000); expected -18000000, or '($18,000,000)' in quotes"),
        ("{slots: $ 1,200.50}", "sites[A].slots is $ 1,200.50; expected 1200.50, or '$ 1,200.50' in quotes"),
        ("{slots: 1,000,000.5}", "sites[A].slots is 1,000,000.5; expected 1000000.5"),
        ("{slots: $69,732}", "sites[A].slots is $69,732; expected 69732, or '$69,732' in quotes"),
        ("{slots: $(4,800)}", "sites[A].slots is $(4,800); expected -4800, or '$(4,800)' in quotes"),
        ("{inactive_share: 1,000%}", "sites[A].inactive_share is 1,000%; expected 1000%, or '1,000%' in quotes"),
        ("{ramp_months: 1,200 months}", "sites[A].ramp_months is 1,200 months; expected 1200 months, or '1,200 months' in quotes"),
        ("{slots: 1/3}", "write 0.3333"),
        ("{slots: 1 1/2}", "write 1.5"),
        ("{slots: 2½}", "write 2.5"),
        ("{ramp_months: 2 years}", 'expected a number of months from 0 to 60; the number must stand alone, without "years"'),
        ("{slots: 45 x $20}", "type the result of a formula"),
        ("{slots: '1,5'}", '"1,5" could be 1.5 or 15, write the one you mean'),
        ("{slots: $5}", "sites[A].slots is '$5'; expected a number of participants"),
        ("{slots: 5%}", "sites[A].slots is '5%'; expected a number of participants"),
        ("{inactive_share: 33}", "expected a share from 0 to 1; for 33 percent write 0.33"),
        ("{slots: {value: abc}}", "sites[A].slots.value is 'abc'; expected a number of participants"),
        ("{slots: {value: 5, high: ten}}", "sites[A].slots.high is 'ten'; expected"),
        ("{slots: (500)}", "sites[A].slots is '(500)'; expected"),
        ("{capacity: 5}", "sites[A].capacity is 5; this key is not known. Did you mean 'slots'?"),
        ("{opens: 2018-07}", "Did you mean 'go_live'?"),
    ],
)
def test_what_is_not_plain_is_answered_with_what_to_write(given: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(f"name: Plan\nfirst_month: 2018-07\nmonths: 12\nsites:\n  - {{name: A, go_live: 2018-07, {given[1:-1]}}}\n")
    found = problems_of(path)
    assert any(message in problem and ", line 5" in problem for problem in found), found


def test_what_has_no_name_is_named_elsewhere_or_is_left_out_is_answered_with_what_is_meant(tmp_path: Path) -> None:
    match = {"rate": 0.25, "cash": 5_000}
    source = {
        "name": "Grant",
        "treatment": "Revenue",
        "timing": "One-time",
        "first_month": "2018-07",
        "pays": ["Personnel"],
        "match": match,
    }
    base = {"name": "Of the grant", "rate": "Indirect", "source": "Grant"}
    lines = {"budget_lines": [{"name": "Rent", "first_month": "2018-07"}], "factors": [{"budget_line": "Rent", "number": 5}]}
    found = problems_of(written(tmp_path, GOOD | lines | {"funding_sources": [source], "rate_bases": [base], "indirect_rate": 0.1}))
    for message in (
        "factors[1].name is missing; expected a name, or all that makes one: budget_line and counts",
        "'Personnel' is an object class: usual for 'County staff'.",
        "match.cash is 5000; this key is not known. Did you mean 'pledged'?",
        "source is 'Grant'; this key is not known. A rate is of what lines cost, whoever pays",
        "indirect_rate is 0.1; this key is not known. Indirect cost is a line of rates",
    ):
        assert any(message in problem for problem in found), message
    none_listed = {key: value for key, value in GOOD.items() if key in ("form", "name", "first_month", "months")} | {"sites": []}
    assert [site.name for site in load_scenario(written(tmp_path, none_listed)).sites] == ["Program"]


def test_units_that_nobody_counts_and_words_beside_a_number_are_said_as_people_say_them(tmp_path: Path) -> None:
    source = {"name": "G", "treatment": "Revenue", "timing": "One-time", "first_month": "2018-07", "grant_year_month": 13}
    lines = [{"name": "L", "first_month": "2018-07", "may_be_below_zero": True}]
    factors = [{"budget_line": "L", "counts": "months", "number": "12 months"}]
    found = problems_of(written(tmp_path, GOOD | {"funding_sources": [source], "budget_lines": lines, "factors": factors}))
    assert any("grant_year_month is 13; expected the number of the month from 0 to 12" in problem for problem in found), found
    assert any(
        "number is '12 months'" in problem and 'write 12 without "months": what it counts is said by counts' in problem for problem in found
    )
    factors = [{"budget_line": "L", "counts": str(one), "number": text} for one, text in enumerate(("$(1,000)", "$-5", "(5.0)%"))]
    read = load_scenario(written(tmp_path, GOOD | {"budget_lines": lines, "factors": factors}))
    assert [factor.number.number for factor in read.factors] == [-1000, -5, -0.05]


def test_a_wrong_register_is_named_and_not_a_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(evidence, "FOLDER", tmp_path)
    path = written(tmp_path, GOOD | {"sites": [SITE | {"slots": {"evidence": "a"}}]})
    for content, message in (
        ("a: [", "this is not valid YAML"),
        ("a: {label: x, value: many, unit: y}", "a.value is 'many'; expected a number"),
        ("- a", "expected entries"),
    ):
        written(tmp_path, content, "register.yaml")
        assert message in problems_of(path)[0]


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "expansion.yaml")
    assert "there is no such file. Did you mean" in problems_of(tmp_path / "expanson.yaml")[0]


def test_a_scenario_extends_another_and_overrides_by_name(tmp_path: Path) -> None:
    sourced = {"value": 40, "source": "somewhere", "confidence": "high"}
    written(tmp_path, GOOD | {"sites": [SITE | {"slots": sourced}, SITE | {"name": "B"}]}, "base.yaml")
    over = {
        "extends": "base.yaml",
        "name": "Over",
        "sites": [{"name": "A", "slots": 60}, {"name": "B", "remove": True}, SITE | {"name": "C"}],
    }
    scenario = load_scenario(written(tmp_path, over))
    assert [(site.name, site.slots.value) for site in scenario.sites] == [("A", 60.0), ("C", 40.0)]
    assert scenario.sites[0].slots.source == "", "a new value does not keep the old value's source"
    assert scenario.months == 24
    gone = written(tmp_path, {"extends": "base.yaml", "sites": [{"name": "D", "remove": True}]}, "gone.yaml")
    assert "sites[D] is remove: true; there is no such item to remove" in problems_of(gone)[0]


def test_an_item_is_said_once_in_a_file_that_extends_another_or_taken_out_and_written_anew(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "base.yaml")
    first, second, gone = {"name": "A", "slots": 60}, {"name": "A", "slots": 70}, {"name": "A", "remove": True}
    for sites in ([first, second], [first, gone], [gone, {**gone}], [gone, SITE, second]):
        over = written(tmp_path, {"extends": "base.yaml", "sites": sites})
        assert "sites[A] is named twice; expected all that this file says of it in one item" in problems_of(over)[0]
    anew = load_scenario(written(tmp_path, {"extends": "base.yaml", "sites": [gone, SITE | {"slots": 60}]}))
    assert [(site.name, site.slots.value) for site in anew.sites] == [("A", 60.0)]


def test_an_empty_list_that_would_take_nothing_out_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "base.yaml")
    (problem,) = problems_of(written(tmp_path, {"extends": "base.yaml", "sites": []}))
    assert "sites is empty; an empty list takes nothing out; write 'remove: true' beside the name of each item" in problem
    assert load_scenario(written(tmp_path, {"extends": "base.yaml", "agencies": []})).agencies == ()


def test_a_problem_in_the_base_names_the_base(tmp_path: Path) -> None:
    base = written(tmp_path, GOOD | {"months": 0}, "base.yaml")
    assert problems_of(written(tmp_path, {"extends": "base.yaml"}))[0].startswith(str(base))


def test_a_change_is_checked_and_loses_its_source(expansion: Scenario) -> None:
    contract = expansion.provider_contracts[0]
    after = changed(expansion, [Change("provider_contracts", contract.name, "caseload", 12)])
    assert (after.provider_contracts[0].caseload.value, after.provider_contracts[0].caseload.source) == (12.0, "")
    assert digest(after) != digest(expansion)
    with pytest.raises(ScenarioError, match=r"caseload is 0; expected the participants for each case manager, who have a salary"):
        changed(expansion, [Change("provider_contracts", contract.name, "caseload", 0)])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_number_shipped_has_unit_source_and_confidence(path: Path) -> None:
    for cell in placed_assumptions(load_scenario(path)):
        given = cell.assumption
        assert given.unit
        assert not given.is_given or given.source, f"{path.name}: {cell.item} {cell.input} has no source"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_number_shipped_is_an_entry_of_the_register(path: Path) -> None:
    for cell in placed_assumptions(load_scenario(path)):
        given = cell.assumption
        if given.is_given and not cell.declared.is_month:
            place = f"{path.name}: {cell.table}[{cell.item}].{cell.field}"
            assert given.evidence in register(), f"{place} has no entry in the register of evidence"
            entry = register()[given.evidence]
            assert (given.value, given.unit) == (entry.value, entry.unit), f"{place} is not what {given.evidence} says"


def test_every_entry_of_the_register_says_its_source_and_every_source_of_the_catalog_is_sound(tmp_path: Path) -> None:
    for name, entry in register().items():
        assert entry.source, f"{name} has no source"
        assert entry.date or entry.confidence == "low", f"{name} has no date"
        Assumption.model_validate({key: value for key, value in dict(entry).items() if key != "label"})
    sources = [{"catalog": name} for name in catalog()]
    scenario = load_scenario(written(tmp_path, GOOD | {"first_month": "2017-01", "months": 120, "funding_sources": sources}))
    assert len(scenario.funding_sources) == len(catalog()) >= 15


def test_the_template_is_a_sound_scenario() -> None:
    projection = project(load_scenario(ROOT / "templates" / "scenario.yaml"))
    assert all(check.passed for check in projection.checks)
    text = (ROOT / "templates" / "scenario.yaml").read_text()
    assert all(f"{name}:" in text for name in Scenario.model_fields)


def test_the_pilot_enrolls_what_the_motion_says_and_places_the_grant() -> None:
    """The motion: 109 participants in the first ten months; a state grant of $5.9 million with 10 percent match."""
    projection = project(load_scenario(ROOT / "scenarios" / "pilot_2017.yaml"))
    months = projection.timeline.months
    opened = int((projection.monthly("all_open_sites") > 0).argmax())
    assert f"{months[opened]:%Y-%m}" == "2017-11"
    assert projection.monthly("all_enrollments")[opened : opened + 10].sum() == pytest.approx(109, abs=0.5)
    paid = projection.sources["Total"].to_dict()
    assert paid["BSCC LEAD grant"] == pytest.approx(5_900_000, abs=0.005)
    assert paid["Cash match: BSCC LEAD grant"] == pytest.approx(590_000, abs=0.005)
