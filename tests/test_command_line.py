"""The command line: what each command prints, its exit status, and that no traceback reaches the reader."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from conftest import ROOT
from openpyxl.utils import get_column_letter

from budget_model.__main__ import main
from budget_model.analysis.findings import Finding
from budget_model.engine.rows import Kind
from budget_model.workbook.layout.assumption_columns import COLUMN

PILOT = "scenarios/pilot_2017.yaml"
KEYS = {
    "gross_appropriation", "intrafund_transfers", "revenue", "net_county_cost", "budgeted_positions", "average_full_time_equivalents", "enrolled", "active_participants",
    "funding_gap", "by_class", "by_category", "by_site", "by_source", "constant_share_by_source",
    "county_money_authorized", "county_money_asked_for", "county_money_not_asked_for", "outside_money_lost", "value_in_kind", "project_total", "indirect_claimed",
    "match_owed", "match_paid", "match_shortfall", "drawn_from_awarded_sources", "drawn_from_other_sources",
    "people_served", "contract_cost_per_participant_month", "cost_without_care_per_participant_month",
    "full_cost_per_participant_month", "cost_without_care_per_person_served",
}  # fmt: skip


SHORT_MATCH = """
name: Match is short
first_month: 2019-07
months: 12
sites:
  - {name: A, go_live: 2019-07, slots: 50, eligible_people: 500, social_contact_referrals: 5}
services_and_supplies:
  - {name: Supplies, first_month: 2019-07, monthly_amount: 10000}
funding_sources:
  - name: Grant
    treatment: Revenue
    timing: One-time
    pays: [Services and supplies]
    award: 90000
    first_month: 2019-07
    match: {rate: 0.25, basis: grant spent, pledged: 8000}
"""


class Result(NamedTuple):
    """What a command came to: its exit status, what it printed and what it complained of."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, at the root of the checkout."""
    monkeypatch.chdir(ROOT)

    def in_this_process(*arguments: str) -> Result:
        try:
            status = main(arguments)
        except SystemExit as left:  # argparse ends the process itself
            status = left.code
        return Result(status, *capsys.readouterr())

    return in_this_process


def in_a_process(*arguments: str) -> Result:
    command = [sys.executable, "-m", "budget_model", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "expected", "said"),
    [
        (("check", PILOT), 0, "LEAD pilot 2017 is sound"),
        (("check", "nowhere.yaml"), 2, "nowhere.yaml: there is no such file."),
        (("forecast",), 2, "invalid choice: 'forecast'"),
    ],
)
def test_a_process_ends_with_the_status_and_without_a_traceback(arguments: tuple[str, ...], expected: int, said: str) -> None:
    result = in_a_process(*arguments)
    assert result.status == expected
    assert said in (result.err if expected else result.out) and "Traceback" not in result.err


def test_a_scenario_of_the_library_is_found_by_its_name(run: Run, tmp_path: Path) -> None:
    assert run("check", "pilot_2017").out == run("check", "pilot_2017.yaml").out
    assert "is sound" in run("check", "pilot_2017").out
    assert run("check", "pilot_2016").err.startswith("pilot_2016: there is no such file.")


def test_check_says_that_a_sound_file_is_sound_and_lists_its_remarks(run: Run) -> None:
    result = run("check", PILOT)
    assert (result.status, result.err) == (0, "")
    head, _, remarks = result.out.partition("\n\nRemarks\n")
    assert head == f"{PILOT}: LEAD pilot 2017 is sound: 2 sites, 26 months."
    assert "335 days  Women's interim housing: The expected wait is up to 335 days longer" in remarks
    assert "lost" not in remarks, "what the County authorizes and does not need is no loss"


def test_a_duty_missed_is_said_by_check_project_and_its_json(run: Run, tmp_path: Path) -> None:
    """25 percent of the 90,000 drawn is 22,500; of 8,000 pledged the last month of match is the fourth."""
    (tmp_path / "short.yaml").write_text(SHORT_MATCH)
    owed = "$14,500  Grant: Cash match owed $22,500 (25% of the grant spent), pledged $8,000"
    said = f"{owed}; the pledge earns $32,000 of the $90,000 drawn. Pledge $14,500 more. Since Nov 2019."
    result = run("check", str(tmp_path / "short.yaml"))
    assert (result.status, result.err) == (1, "")
    assert "Match is short is not sound: 1 duty missed, 4 remarks. It has 1 site, 12 months." in result.out and "is sound" not in result.out
    assert f"Duties missed\n  {said}" in result.out
    printed = run("project", str(tmp_path / "short.yaml"), "--json", str(tmp_path / "out.json"))
    assert printed.status == 0 and said in printed.out
    duty, *remarks = json.loads((tmp_path / "out.json").read_text())["findings"]
    assert {key: duty[key] for key in ("kind", "check", "item", "since", "amount", "unit", "by_year")} == {
        "kind": "Duty missed", "check": "match_is_met", "item": "Grant", "since": "2019-11", "amount": 14_500, "unit": "dollars", "by_year": [14_500],
    }  # fmt: skip
    assert set(duty) == {"kind", "check", "rule", "item", "since", "amount", "unit", "by_year", "detail"}
    assert {finding["kind"] for finding in remarks} == {"Remark"}


def test_a_fault_ends_with_status_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file that is taken has a fault, so one is put in."""
    fault = Finding(
        Kind.FAULT,
        "no_award_is_overdrawn",
        "",
        "Grant",
        "2019-07",
        5.0,
        "dollars",
        (5.0,),
        "",
        "$5 is drawn beyond the money that there is.",
    )
    monkeypatch.setattr("budget_model.commands.plan.findings", lambda projection: (fault,))
    result = run("check", PILOT)
    assert result.status == 2 and "is not sound: 1 fault." in result.out
    assert "Faults\n  $5  Grant: $5 is drawn beyond the money that there is. Since Jul 2019." in result.out


def test_project_writes_the_record(run: Run, tmp_path: Path) -> None:
    result = run("project", PILOT, "--json", str(tmp_path / "out.json"))
    assert result.status == 0
    assert "Net county cost" in result.out
    record = json.loads((tmp_path / "out.json").read_text())
    assert {"scenario", "fiscal_years", "total", "sources", "caps", "findings", "warnings", "budget_units", "motion"} <= set(record)
    assert [(one["clause"], one["status"]) for one in record["motion"]][:2] == [("M0", "Draft"), ("M1a", "Missing")]
    assert list(record["fiscal_years"]) == ["FY 2016-17", "FY 2017-18", "FY 2018-19"]
    assert all(set(entry) == KEYS for entry in [record["total"], *record["fiscal_years"].values()])


def test_export_writes_a_workbook(run: Run, tmp_path: Path) -> None:
    assert run("export", PILOT, "-o", str(tmp_path / "out.xlsx")).status == 0
    names = openpyxl.load_workbook(io.BytesIO((tmp_path / "out.xlsx").read_bytes()), read_only=True).sheetnames
    assert names[:4] == ["Cover", "Summary", "Budget units", "Change table"]
    assert {"Staffing", "Contracts", "Funding", "North Long Beach", "Checks"} <= set(names)


def test_an_edited_workbook_is_imported_with_its_changes(run: Run, tmp_path: Path) -> None:
    out, edited, scenario = tmp_path / "out.xlsx", tmp_path / "edited.xlsx", tmp_path / "read.yaml"
    assert "none differs" in run("export", PILOT, "-o", str(out)).out
    book = openpyxl.load_workbook(out)
    place = book.defined_names["in_site_slots_north_long_beach"].attr_text.rpartition("!")[2].replace("$", "")
    owner, why = (f"{get_column_letter(COLUMN[name] + 1)}{place[1:]}" for name in ("owner", "why"))
    for cell, value in ((place, 120), (owner, "SAPC"), (why, "fewer open cases")):
        book["Assumptions"][cell].value = value
    book.save(edited)
    result = run("import", str(edited), "-o", str(scenario), "--of", PILOT)
    assert (result.status, result.err) == (0, "")
    assert f"Assumptions!{place}  North Long Beach: Participants the site can carry  150 participants  120 participants" in result.out
    assert "All together, net county cost over all months" in result.out
    assert f"Assumptions!{owner}  North Long Beach: Participants the site can carry: owner: set to 'SAPC', was 'ODR'\n" in result.out
    assert "North Long Beach: Participants the site can carry: fewer open cases\n" in result.out
    assert run("check", str(scenario)).status == 0
    other = run("import", str(edited), "-o", str(scenario), "--of", "scenarios/expansion_2018.yaml")
    assert other.status == 2 and "the workbook was made from 'LEAD pilot 2017'" in other.err


def test_compare_writes_one_workbook_of_several_scenarios(run: Run, tmp_path: Path) -> None:
    result = run("compare", PILOT, "scenarios/pilot_cliff.yaml", "-o", str(tmp_path / "both.xlsx"))
    assert result.status == 0 and "none differs" in result.out
    assert run("compare", PILOT, "-o", str(tmp_path / "one.xlsx")).err.strip() == "A comparison needs two scenarios or more"


def test_changes_form_evidence_and_motion_print_their_tables(run: Run) -> None:
    changes = run("changes", PILOT, "--year", "FY 2018-19").out
    assert "Budget of the year before" in changes and "Reflects" in changes and ", offset by $" in changes and "Other Changes" in changes
    form = run("form", PILOT).out
    assert "all months, not rounded" in form and "Employee benefits" in form
    evidence = run("evidence", PILOT).out
    assert "Facts, forecasts and prices" in evidence and "Auditor-Controller" in evidence and "no range" in evidence
    assert evidence.index("Facts, forecasts and prices") < evidence.index("\nDecisions") < evidence.index("\nMoney asked")
    motion = run("motion", PILOT).out
    assert "Enrolled in the first ten months (persons)" in motion and "is a condition of a good forecast, and no evidence of one" in motion
    assert "M1a. New service areas" in motion and "Missing: 0 of" in motion and "M2b. The staff that is needed" in motion
    assert "What the pilot was fitted to" in run("motion", "scenarios/expansion_2018.yaml").out, "as the page shows it"
    refused = run("changes", PILOT, "--year", "2018")
    assert (refused.status, refused.err.strip()) == (2, "--year is '2018'; expected one of: FY 2016-17, FY 2017-18, FY 2018-19")
    calendar = run("form", PILOT, "--year", "2018-01 to 2018-12").err
    assert "; forms have years from month 1 where a source says grant_year_month: 1" in calendar


def test_simulate_prints_a_range_writes_its_json_and_refuses_in_words(run: Run, tmp_path: Path) -> None:
    out, asked = tmp_path / "range.json", tmp_path / "questions.csv"
    how = ("--draws", "64", "--outputs", "net_county_cost, funding_gap")
    result = run("simulate", PILOT, *how, "--json", str(out), "--questions", str(asked))
    assert (result.status, result.err) == (0, "")
    aside = tmp_path / "aside.csv"
    assert json.loads(run("simulate", PILOT, *how, "--json", "-", "--questions", str(aside)).out) == json.loads(out.read_text())
    assert aside.read_text() == asked.read_text(), "the list is written whatever is printed"
    assert result.out.startswith("LEAD pilot 2017: Range that follows from the planning assumptions")
    assert result.out.endswith(f"{asked} written.\n{out} written.\n")
    found = json.loads(out.read_text())
    assert (found["draws"], found["seed"], found["rho"], found["broken_rules"]) == (64, 1, None, 0)
    assert found["funding_gap"].keys() == found["net_county_cost"].keys() > {"FY 2018-19", "total"}
    assert run("simulate", PILOT, *how, "--json", "-").out == out.read_text(), "the same bytes"
    assert asked.read_text().startswith("Who can confirm it,Number,Value,")
    refused = run("simulate", PILOT, "--draws", "1000", "--rho", "2")
    assert refused.status == 2
    assert refused.err.splitlines() == [
        "draws is 1,000; expected a power of two: 512 or 1,024",
        "rho is 2; expected a rank correlation from 0 (independent) to 1",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("project", "it", "--json", "it"),
        ("data", "it", "-o", "it"),
        ("export", "it", "-o", "it"),
        ("export", PILOT, "--base", "it", "-o", "it"),
        ("import", "it", "-o", "it"),
        ("compare", PILOT, "it", "-o", "it"),
        ("simulate", "it", "--questions", "it"),
    ],
)
def test_no_command_writes_over_a_file_that_it_reads(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    it = tmp_path / "it.yaml"
    it.write_bytes(Path(PILOT).read_bytes())
    result = run(*(str(it) if part == "it" else part for part in arguments))
    assert result.status == 2 and f"is '{it}'; expected another file than one that is read here" in result.err
    assert it.read_bytes() == Path(PILOT).read_bytes()


def test_schema_is_json_that_names_every_table(run: Run) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    schema = json.loads(run("schema").out, parse_constant=refuse)
    assert {"sites", "county_positions", "provider_contracts", "treatment_and_housing", "funding_sources"} <= set(schema["properties"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "requirements.txt"), "requirements.txt"),
        (("check", "scenarios"), "the file cannot be read"),
        (("project", PILOT, "--json", "nowhere/out.json"), "nowhere/out.json: cannot be written"),
        (("export", PILOT, "-o", "nowhere/out.xlsx"), "nowhere/out.xlsx: cannot be written"),
        (
            ("export", PILOT, "-o", "nowhere/out.xlsx", "--source", "Measure H"),
            "'Measure H' is one that a form may be for: name the form as well",
        ),
        (("form", PILOT, "--year", ""), "--year is ''; expected one of: FY 2016-17"),  # what a script leaves empty is no choice of all
        (("form", PILOT, "--template", ""), "''"),
        (("import", "nowhere.xlsx", "-o", "out.yaml"), "nowhere.xlsx: the file cannot be read"),
        (("import", "README.md", "-o", "out.yaml"), "README.md: "),
    ],
)
def test_bad_input_ends_with_status_2_and_one_message(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.status == 2
    assert message in result.err
    assert result.out == ""
