"""`project --json` and `form --json`: what stands behind the totals adds up to them, in a form that a schema describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import PILOT, ROOT, Pool

from budget_model import Projection, Scenario, load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.detail_record import detail_record
from budget_model.analysis.form_record import form_record
from budget_model.analysis.summary_record import record
from budget_model.formats import HALF_A_CENT
from budget_model.timeline import TOTAL


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def test_what_is_written_is_what_the_schemas_describe(shipped: Scenario) -> None:
    projection = project(shipped)
    found = json.loads(json.dumps(record(projection)))
    jsonschema.validate(found, schema("project"))
    assert list(found) == list(schema("project")["properties"]), "in a stable order"
    form = form_record(projection, budget_form(projection), TOTAL)
    jsonschema.validate(json.loads(json.dumps(form)), schema("form"))
    assert list(form) == list(schema("form")["properties"])


def test_details_add_up_to_the_totals(pool: Pool) -> None:
    for _, projection in pool:
        _adds_up(projection)


def _adds_up(projection: Projection) -> None:
    found = detail_record(projection)
    gross = float(projection.by_year("gross_appropriation")[-1])
    within = 1e-6 * max(1.0, gross)
    claimed_indirect = float(projection.by_year("all_indirect_claimed")[-1])
    assert sum(line["cost"]["total"] for line in found["lines"]) == pytest.approx(gross, abs=within)
    for line in found["lines"]:
        assert sum(line["paid_by"].values()) == pytest.approx(
            line["cost"]["total"], abs=max(within, HALF_A_CENT)
        )  # smaller payers are left out
        assert sum(line["cost"]["months"]) == pytest.approx(line["cost"]["total"], abs=within)
        assert sum(line["cost"]["fiscal_years"].values()) == pytest.approx(line["cost"]["total"], abs=within)
    parts = ("salaries", "employee_benefits", "overtime", "overtime_benefits", "salary_savings", "set_up")
    for position in found["positions"]:
        assert sum(position[part]["total"] for part in parts) == pytest.approx(position["cost"]["total"], abs=within)
    paid = sum(source["paid"]["total"] for source in found["sources"].values())
    assert paid == pytest.approx(float(projection.by_year("all_drawdown")[-1]), abs=within)
    assert sum(source["indirect_claimed"]["total"] for source in found["sources"].values()) == pytest.approx(claimed_indirect, abs=within)
    for name, source in found["sources"].items():
        match = found["match"].get(name, {}).get("cash_paid", {}).get("total", 0.0)
        by_category = sum(periods["total"] for periods in source["categories"].values())
        assert by_category == pytest.approx(source["paid"]["total"] + match, abs=within)
        spent = [source[key] for key in ("paid", "lapsed")]
        for periods in spent:
            assert sum(periods["grant_years"].values()) == pytest.approx(periods["total"], abs=within), "no money outside the period"


def test_grant_years_begin_with_the_period_of_performance_and_hours_follow_positions(tmp_path: Path) -> None:
    found = record(project(load_scenario(PILOT)))
    paid = found["sources"]["BSCC LEAD grant"]["paid"]
    assert list(paid["grant_years"]) == ["2017-05 to 2018-04", "2018-05 to 2019-04", "2019-05 to 2019-06"]
    assert next(iter(paid["grant_years"].values())) == pytest.approx(sum(paid["months"][:12]))
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "form: 3\nname: Plan\nfirst_month: 2019-07\nmonths: 12\nsites: [{name: A, go_live: 2019-07, slots: 5}]\n"
        "county_positions: [{name: P, department: ODR, number: 2, hire_month: 2019-10, hourly_pay: 30, hours_a_year: 1760}]\n"
    )
    (position,) = record(project(load_scenario(plan)))["positions"]
    assert position["hours"]["total"] == pytest.approx(2 * 1760 * 9 / 12)
    assert position["salaries"]["total"] == pytest.approx(30 * position["hours"]["total"])


def test_forms_of_a_sources_grant_years_come_to_the_form_of_all_months(capsys: pytest.CaptureFixture[str]) -> None:
    totals = []
    for year in ("2017-05 to 2018-04", "2018-05 to 2019-04", "2019-05 to 2019-06", "Total"):
        assert main(["form", str(PILOT), "--year", year, "--json", "-"]) == 0
        written = json.loads(capsys.readouterr().out)
        assert written["period"] == year
        totals.append(written["exact_total"])
    assert sum(totals[:-1]) == pytest.approx(totals[-1]) and min(totals) > 0
    assert main(["form", str(PILOT), "--year", "2018-04 to 2019-03"]) == 2
    assert "2018-05 to 2019-04" in capsys.readouterr().err


def test_the_form_is_written_as_json_and_nothing_has_no_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "form.json"
    assert main(["form", str(PILOT), "--year", "FY 2017-18", "--json", str(out)]) == 0
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["period"] == "FY 2017-18"
    assert sum(section["amount"] for section in written["sections"]) == pytest.approx(written["total"], abs=0.005)
    assert "-0\n" not in capsys.readouterr().out
    assert main(["form", str(PILOT), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["columns"]["project_total"] == pytest.approx(written["columns"]["project_total"])
