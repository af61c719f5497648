"""`project --json` and `form --json`: what stands behind the totals adds up to them, in a form that a schema describes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from conftest import PILOT, ROOT, Pool

from budget_model import Projection, Scenario, load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.detail_record import detail_record
from budget_model.analysis.form_record import form_record
from budget_model.analysis.summary_record import record
from budget_model.analysis.who_pays import SAVED, UNPAID
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
    assert sum(line["cost"]["total"] for line in found["lines"]) == pytest.approx(gross, abs=within, rel=0)
    for line in found["lines"]:
        assert sum(line["paid_by"].values()) == pytest.approx(
            line["cost"]["total"], abs=max(within, HALF_A_CENT)
        )  # smaller payers are left out
        assert sum(line["cost"]["months"]) == pytest.approx(line["cost"]["total"], abs=within, rel=0)
        assert sum(line["cost"]["fiscal_years"].values()) == pytest.approx(line["cost"]["total"], abs=within, rel=0)
    parts = ("salaries", "employee_benefits", "overtime", "overtime_benefits", "salary_savings", "set_up")
    for position in found["positions"]:
        assert sum(position[part]["total"] for part in parts) == pytest.approx(position["cost"]["total"], abs=within, rel=0)
    paid = sum(source["paid"]["total"] for source in found["sources"].values())
    assert paid == pytest.approx(float(projection.by_year("all_drawdown")[-1]), abs=within, rel=0)
    assert sum(source["indirect_claimed"]["total"] for source in found["sources"].values()) == pytest.approx(
        claimed_indirect, abs=within, rel=0
    )
    for name, source in found["sources"].items():
        match = found["match"].get(name, {}).get("cash_paid", {}).get("total", 0.0)
        by_category = sum(periods["total"] for periods in source["categories"].values())
        assert by_category == pytest.approx(source["paid"]["total"] + match, abs=within, rel=0)
        spent = [source[key] for key in ("paid", "lapsed")]
        for periods in spent:
            assert sum(periods["grant_years"].values()) == pytest.approx(periods["total"], abs=within, rel=0), "no money outside the period"


LEVELS = {
    *("left", "positions", "full_time_equivalents", "filled_full_time_equivalents", "case_managers", "supervisors"),
    *("active_participants", "places", "people_in_place", "people_waiting", "people_waiting_for_a_slot"),
}  # fmt: skip


def test_each_split_adds_up_to_what_it_is_of(pool: Pool) -> None:
    described = jsonschema.Draft202012Validator(schema("project"))
    for scenario, projection in pool:
        found = record(projection)
        if scenario.caps or scenario.in_kind_contributions:  # which no shipped plan has
            described.validate(json.loads(json.dumps(found)))
        _periods_add_up(found)
        _sources_pay_what_the_lines_say(found)


def _periods_add_up(found: dict[str, Any]) -> None:
    """Months are the fiscal years, the grant years and the whole; a level is that of the last month of each."""
    own_years = {id(periods) for periods in _of_one_source(found)}
    for name, periods in _all_periods(found):
        months, total = periods["months"], periods["total"]
        within = 1e-9 * max(1.0, float(np.abs(months).sum()))
        if name in LEVELS:
            assert total == months[-1] == [*periods["fiscal_years"].values()][-1], name
            assert all(level == months[_span(found, year)[1] - 1] for year, level in periods["grant_years"].items()), name
            continue
        assert sum(months) == pytest.approx(total, abs=within, rel=0), name
        assert sum(periods["fiscal_years"].values()) == pytest.approx(total, abs=within, rel=0), name
        if id(periods) in own_years:
            assert sum(periods["grant_years"].values()) == pytest.approx(total, abs=within, rel=0), f"{name}: nothing outside the period"
        for year, amount in periods["grant_years"].items():
            start, stop = _span(found, year)
            if name != "cash_received":  # what comes after the period is of its last year
                assert sum(months[start:stop]) == pytest.approx(amount, abs=within, rel=0), f"{name}: {year}"
    averages = [
        one["average_full_time_equivalents"] | {"of": one["full_time_equivalents"]} for one in found["positions"] + found["contracts"]
    ]
    for one in averages:
        assert sum(one["fiscal_years"].values()) * 12 == pytest.approx(sum(one["of"]["months"]))
        assert one["total"] * len(found["months"]) == pytest.approx(sum(one["of"]["months"]))
    for year, entry in found["fiscal_years"].items():
        of_positions = sum(one["average_full_time_equivalents"]["fiscal_years"][year] for one in found["positions"])
        assert entry["average_full_time_equivalents"] == pytest.approx(of_positions)


def _of_one_source(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the periods that are money of one source."""
    for part in ("sources", "match"):
        for source in found[part].values():
            yield from (periods for _, periods in _all_periods(source))
    for line in found["lines"]:
        yield from (paid for payer, paid in line["paid_by_period"].items() if payer not in (UNPAID, SAVED))


def _all_periods(content: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(content, dict) and "grant_years" in content and "months" in content:
        yield name, content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _all_periods(value, key)
    elif isinstance(content, list):
        for value in content:
            yield from _all_periods(value, name)


def _span(found: dict[str, Any], year: str) -> tuple[int, int]:
    first, last = (found["months"].index(month) for month in year.split(" to "))
    return first, last + 1


def _sources_pay_what_the_lines_say(found: dict[str, Any]) -> None:
    """What a source pays at each site and for each unit is what lines say of it, month by month; classes and categories come to the same."""
    none = np.zeros(len(found["months"]))
    for name, source in found["sources"].items():
        for key, split in (("site", source["sites"]), ("budget_unit", source["budget_units"])):
            for place, paid in split.items():
                of_it = [line for line in found["lines"] if line[key] == place]
                assert sum(line["paid_by"].get(name, 0.0) for line in of_it) == pytest.approx(paid["total"], abs=HALF_A_CENT, rel=0)
                months = sum((np.array(line["paid_by_period"].get(name, {"months": none})["months"]) for line in of_it), none)
                assert months == pytest.approx(np.array(paid["months"]), abs=HALF_A_CENT, rel=0)
            assert sum(paid["total"] for paid in split.values()) == pytest.approx(source["paid"]["total"], abs=2 * HALF_A_CENT, rel=0)
        assert sum(paid["total"] for paid in source["object_classes"].values()) == pytest.approx(
            source["paid"]["total"], abs=2 * HALF_A_CENT
        )
    for line in found["lines"]:
        assert sum(paid["total"] for paid in line["paid_by_period"].values()) == pytest.approx(
            line["cost"]["total"], abs=HALF_A_CENT, rel=0
        )


def test_what_a_line_counts_goes_by_month_and_year() -> None:
    """10 beds for 30 nights a month are 300; 45 rides in a year are 3.75 a month, or none where a factor does not say what it counts."""
    lines = [
        {"name": "Beds", "first_month": "2019-07", "amount_is": "Each month"},
        {"name": "Rides", "first_month": "2019-07", "amount_is": "Each fiscal year"},
        {"name": "Unsaid", "first_month": "2019-07"},
    ]
    factors = [
        {"name": "a", "budget_line": "Beds", "number": 10, "counts": "beds"},
        {"name": "b", "budget_line": "Beds", "number": 30, "counts": "nights"},
        {"name": "c", "budget_line": "Beds", "number": 45.5, "counts": "dollars a night"},
        {"name": "d", "budget_line": "Rides", "number": 90, "counts": "rides of two"},
        {"name": "e", "budget_line": "Rides", "number": 2, "counts": "to a ride", "divides": True},
        {"name": "f", "budget_line": "Rides", "number": 20, "counts": "dollars a ride"},
        {"name": "g", "budget_line": "Unsaid", "number": 3},
        {"name": "h", "budget_line": "Unsaid", "number": 7, "counts": "dollars"},
    ]
    plan = {"name": "Plan", "first_month": "2019-07", "months": 18, "sites": [{"name": "A", "go_live": "2019-07", "slots": 5}]}
    found = record(project(Scenario.model_validate(plan | {"budget_lines": lines, "factors": factors})))
    beds, rides, unsaid = found["quantities"]["lines"]
    assert (beds["counts"], rides["counts"], unsaid["counts"]) == ("beds x nights", "rides of two / to a ride", "")
    assert beds["quantity"]["fiscal_years"] == pytest.approx({"FY 2019-20": 3_600, "FY 2020-21": 1_800})
    assert beds["quantity"]["total"] * 45.5 == pytest.approx(next(one for one in found["lines"] if one["name"] == "Beds")["cost"]["total"])
    assert (rides["quantity"]["months"][0], rides["quantity"]["total"]) == pytest.approx((3.75, 90))
    assert unsaid["quantity"] is None and unsaid["factors"][0]["months"] == [3.0] * 18


def test_a_part_year_has_its_part_of_a_full_time_equivalent(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A fiscal note has 0.9 for a position of eleven months: 11 twelfths; the year's end has 1."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "form: 3\nname: Plan\nfirst_month: 2019-07\nmonths: 24\nsites: [{name: A, go_live: 2019-07, slots: 5}]\n"
        "county_positions: [{name: P, department: ODR, number: 1, hire_month: 2019-08, annual_salary: 1}]\n"
    )
    found = record(project(load_scenario(plan)))
    assert [entry["average_full_time_equivalents"] for entry in found["fiscal_years"].values()] == pytest.approx([11 / 12, 1])
    assert found["total"]["average_full_time_equivalents"] == pytest.approx(23 / 24)
    assert main(["project", str(plan)]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("Full-time equivalents, average"))
    assert line.split()[-3:] == ["0.92", "1.00", "0.96"]


def test_the_last_grant_year_ends_with_the_period_and_has_what_comes_later(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "form: 3\nname: Plan\nfirst_month: 2019-07\nmonths: 30\nsites: [{name: A, go_live: 2019-07, slots: 5}]\n"
        "services_and_supplies: [{name: S, first_month: 2019-07, monthly_amount: 100}]\n"
        "funding_sources: [{name: G, treatment: Revenue, timing: One-time, award: 1_400, pays: [Services and supplies], first_month: 2019-10,"
        " last_month: 2020-10, extension_months: 1, claiming_lag_months: 2}]\n"
    )
    (source,) = record(project(load_scenario(plan)))["sources"].values()
    assert source["paid"]["grant_years"] == pytest.approx({"2019-10 to 2020-09": 1_200, "2020-10 to 2020-11": 200})
    assert source["cash_received"]["grant_years"] == pytest.approx({"2019-10 to 2020-09": 1_000, "2020-10 to 2020-11": 400})
    assert main(["form", str(plan), "--year", "2020-10 to 2020-11"]) == 0


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
