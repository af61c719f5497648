"""The command line: what each command prints, its exit status, and that no traceback reaches the reader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT

PILOT = "scenarios/pilot_2017.yaml"
KEYS = {
    "gross_appropriation", "intrafund_transfers", "revenue", "net_county_cost", "budgeted_positions", "enrolled", "active_participants",
    "funding_gap", "by_class", "by_category", "by_site", "by_source",
}  # fmt: skip


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "budget_model", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_check_says_that_a_sound_file_is_sound() -> None:
    result = run("check", PILOT)
    assert (result.returncode, result.stderr) == (0, "")
    assert "is sound: 2 sites, 26 months." in result.stdout


def test_project_writes_the_record(tmp_path: Path) -> None:
    result = run("project", PILOT, "--json", str(tmp_path / "out.json"))
    assert result.returncode == 0
    assert "Net county cost" in result.stdout
    record = json.loads((tmp_path / "out.json").read_text())
    assert set(record) == {"scenario", "fiscal_years", "total"}
    assert list(record["fiscal_years"]) == ["FY 2016-17", "FY 2017-18", "FY 2018-19"]
    assert all(set(entry) == KEYS for entry in [record["total"], *record["fiscal_years"].values()])


def test_export_writes_a_workbook(tmp_path: Path) -> None:
    assert run("export", PILOT, "-o", str(tmp_path / "out.xlsx")).returncode == 0
    names = openpyxl.load_workbook(tmp_path / "out.xlsx", read_only=True).sheetnames
    assert names[:4] == ["Cover", "About", "Crosswalk", "Summary"]
    assert {"Staffing", "Contracts", "Funding", "North Long Beach", "Checks"} <= set(names)


def test_an_edited_workbook_is_imported_with_its_changes(tmp_path: Path) -> None:
    out, edited, scenario = tmp_path / "out.xlsx", tmp_path / "edited.xlsx", tmp_path / "read.yaml"
    assert "none differs" in run("export", PILOT, "-o", str(out)).stdout
    book = openpyxl.load_workbook(out)
    place = book.defined_names["in_site_slots_north_long_beach"].attr_text.rpartition("!")[2].replace("$", "")
    book["Assumptions"][place].value = 120
    book.save(edited)
    result = run("import", str(edited), "-o", str(scenario), "--of", PILOT)
    assert (result.returncode, result.stderr) == (0, "")
    assert f"Assumptions!{place}  North Long Beach: Participants the site can carry  150 participants  120 participants" in result.stdout
    assert "All together, net county cost over all months" in result.stdout
    assert run("check", str(scenario)).returncode == 0
    other = run("import", str(edited), "-o", str(scenario), "--of", "scenarios/expansion_2018.yaml")
    assert other.returncode == 2 and "the workbook was made from 'LEAD pilot 2017'" in other.stderr


def test_compare_writes_one_workbook_of_several_scenarios(tmp_path: Path) -> None:
    result = run("compare", PILOT, "scenarios/pilot_cliff.yaml", "-o", str(tmp_path / "both.xlsx"))
    assert result.returncode == 0 and "none differs" in result.stdout
    assert run("compare", PILOT, "-o", str(tmp_path / "one.xlsx")).stderr.strip() == "A comparison needs two scenarios or more"


def test_changes_form_evidence_and_motion_print_their_tables() -> None:
    changes = run("changes", PILOT, "--year", "FY 2018-19").stdout
    assert "Budget of the year before" in changes and "Reflects" in changes and "Collaborative Programs" in changes
    form = run("form", PILOT).stdout
    assert "all months, not rounded" in form and "Employee benefits" in form
    evidence = run("evidence", PILOT).stdout
    assert "Assumption of low confidence" in evidence and "no range" in evidence
    motion = run("motion", PILOT).stdout
    assert "Enrolled in the first ten months (persons)" in motion
    refused = run("changes", PILOT, "--year", "2018")
    assert (refused.returncode, refused.stderr.strip()) == (2, "--year is '2018'; expected one of: FY 2016-17, FY 2017-18, FY 2018-19")


def test_schema_is_json_that_names_every_table() -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    schema = json.loads(run("schema").stdout, parse_constant=refuse)
    assert {"sites", "county_positions", "provider_contracts", "treatment_and_housing", "funding_sources"} <= set(schema["properties"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "nowhere.yaml"), "nowhere.yaml: there is no such file."),
        (("check", "requirements.txt"), "requirements.txt"),
        (("check", "scenarios"), "the file cannot be read"),
        (("project", PILOT, "--json", "nowhere/out.json"), "nowhere/out.json: cannot be written"),
        (("export", PILOT, "-o", "nowhere/out.xlsx"), "nowhere/out.xlsx: the workbook cannot be written"),
        (("export", PILOT), "required: -o/--output"),
        (("forecast",), "invalid choice: 'forecast'"),
        (("import", "nowhere.xlsx", "-o", "out.yaml"), "nowhere.xlsx: the file cannot be read"),
        (("import", "README.md", "-o", "out.yaml"), "README.md: "),
    ],
)
def test_bad_input_ends_with_status_2_and_one_message(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
