"""The Checks sheet shows what `findings` finds, in two engines that are not ours, and follows what is typed into the workbook."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path

import ironcalc
import openpyxl
import pytest
import scale
from office import saved_by_libreoffice
from spreadsheets import without_stored_values
from written import WrittenWorkbooks

from budget_model import Change, Projection, Scenario, changed, project
from budget_model.analysis.findings import Finding, findings, of_kind
from budget_model.analysis.months_and_limits import LEFT_OUT, PAY_ABOVE, WHOLE_IN_PART
from budget_model.editing.blank_items import blank_item
from budget_model.engine.rows import Kind
from budget_model.formats import NIL
from budget_model.projection import check_rows
from budget_model.scenario.choices import CostCategory
from budget_model.scenario.schema import Cap, Service, Source
from budget_model.timeline import from_serial, month_label
from budget_model.workbook.layout.entries import WHOLE_PROGRAM
from budget_model.workbook.sheets.sheet import ALL_PASS, SOME_FAIL

Cells = list[list[object]]  # of the sheet, row by row
Found = list[tuple[str, str, str, str, float]]  # kind, check, item, since, amount

CENT = 0.005
ALL, FAULTS, DUTIES, REMARKS, HEAD = range(3, 8)  # rows of the sheet, counted from 0
OF_INPUTS = "cells"  # the unit of the checks of inputs
SUPPLIES = {"name": "Supplies", "first_month": "2019-07", "monthly_amount": 10_000}
GRANT = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "award": 90_000, "first_month": "2019-07",
    "pace": "As cost arises",
}  # fmt: skip
MATCH = {"rate": 0.25, "basis": "grant spent", "pledged": 8_000}
COUNTY = GRANT | {"name": "County", "treatment": "Net county cost", "timing": "Ongoing", "award": 0, "yearly_amount": 300_000}
CAP = {"name": "Cap", "source": "Grant", "category": CostCategory.INDIRECT, "share": 0.1}
PLANS: dict[str, dict[str, object]] = {
    "match": {"services_and_supplies": [SUPPLIES], "funding_sources": [GRANT | {"match": MATCH}]},
    "supplanting": {
        "months": 24,
        "general": {"county_baseline": 120_000},
        "services_and_supplies": [SUPPLIES | {"last_month": "2020-06", "monthly_amount": 15_000}, SUPPLIES | {"name": "Later", "first_month": "2020-07"}],
        "funding_sources": [GRANT | {"award": 60_000, "first_month": "2020-07", "no_supplanting": True}, COUNTY],
    },
    "cap": {
        "services_and_supplies": [SUPPLIES | {"monthly_amount": 1_000, "category": CostCategory.INDIRECT}],
        "funding_sources": [GRANT | {"pays": [CostCategory.INDIRECT]}],
        "caps": [CAP],
    },
    "start-up": {
        "services_and_supplies": [SUPPLIES | {"category": CostCategory.COMMUNITY_PROVIDERS}],
        "funding_sources": [GRANT | {"pays": list(CostCategory), "start_up_months": 3, "close_out_months": 1, "last_month": "2020-05"}, COUNTY],
        "funding_assignments": [{"name": "Half", "source": "Grant", "service": "Supplies", "assigned_share": 0.5}],
    },
    "broken rule": {"services_and_supplies": [SUPPLIES | {"last_month": "2019-06"}], "funding_sources": [COUNTY]},
    "field alone": {"services_and_supplies": [SUPPLIES | {"driver": "enrollments"}], "funding_sources": [COUNTY]},
    "months left out": {
        "budget_lines": [{"name": "Rent", "first_month": "2019-07"}],
        "amounts": [{"name": "First", "budget_line": "Rent", "first_month": "2019-07", "last_month": "2019-12", "amount": 600}],
    },
    "copied site": {"sites": [{"name": "A", "go_live": "2019-07", "slots": 50, "copied_from": "B"}]},
}  # fmt: skip
BY_NO_ROW = {
    name: name.replace("_", " ").capitalize()
    for name in ("broken_rule", "copied_site_asks", "field_without_effect", WHOLE_IN_PART, LEFT_OUT, PAY_ABOVE)
}
PLANTED = (0, 2, 4, *range(5, 5 + 57 * scale.NOW.proof))  # a large one, and small ones drawn apart
EXPECTED = {
    "match": ("match_is_met", "Grant", "2019-11", 14_500),
    "supplanting": ("county_money_is_not_replaced", "Grant", "FY 2020-21", 60_000),
    "cap": ("cost_above_cap", "Cap", "2020-04", 3_000),
    "start-up": ("column_names_services_not_paid", "Half", "2019-07", 20_000),
    "broken rule": ("broken_rule", "", "2019-07", 1),
    "field alone": ("field_without_effect", "Supplies", "2019-07", 1),
    "months left out": (LEFT_OUT, "Rent", "2020-01", 1),
    "copied site": ("copied_site_asks", "A", "2019-07", 1),
}


def plan(name: str) -> Scenario:
    site = {"name": "A", "go_live": "2019-07", "slots": 50, "eligible_people": 500, "social_contact_referrals": 5}
    return Scenario.model_validate({"name": name, "first_month": "2019-07", "months": 12, "sites": [site]} | PLANS[name])


def planted(scenario: Scenario) -> Scenario:
    """Return the scenario with two sources before all others, a match that is short and a cap that binds, and contract sums of half of what is paid."""
    first = {"first_month": f"{scenario.first_month:%Y-%m}"}
    categories = (CostCategory.COMMUNITY_PROVIDERS, CostCategory.INDIRECT)
    services = [
        SUPPLIES | first | {"name": f"Planted {category}", "category": category, "monthly_amount": 3_000} for category in categories
    ]
    matched, capped = (GRANT | first | {"name": name, "pays": [pays]} for name, pays in zip(("Matched", "Capped"), categories, strict=True))
    sources = (matched | {"award": 20_000, "match": MATCH | {"pledged": 100}}, capped | {"award": 20_000})
    paid = project(scenario).by_year("contract_cost")[:, -1].tolist()
    with_both = scenario.model_copy(
        update={
            "services_and_supplies": (*scenario.services_and_supplies, *map(Service.model_validate, services)),
            "funding_sources": (*map(Source.model_validate, sources), *scenario.funding_sources),
            "caps": (*scenario.caps, Cap.model_validate(CAP | {"name": "Planted cap", "source": "Capped"})),
        }
    )
    sums = zip(scenario.provider_contracts, paid, strict=True)
    return changed(with_both, [Change("provider_contracts", contract.name, "ceiling", amount / 2) for contract, amount in sums])


def by_libreoffice(path: Path, target: Path, values: dict[str, float | str] | None = None) -> Cells:
    """Return the Checks sheet as LibreOffice recomputes it, with some inputs changed."""
    saved_by_libreoffice([(path, target, values or {})])
    rows = openpyxl.load_workbook(io.BytesIO(target.read_bytes()), data_only=True, read_only=True)["Checks"].iter_rows(values_only=True)
    return [list(row) for row in rows]


def by_ironcalc(path: Path, shape: Cells) -> Cells:
    """Return the Checks sheet, as large as `shape`, as IronCalc recomputes it."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    sheet = next(number for number, about in enumerate(model.get_worksheets_properties()) if about["name"] == "Checks")
    return [[model.get_cell_value(sheet, row, column) for column in range(1, len(cells) + 1)] for row, cells in enumerate(shape, 1)]


def shown(cells: Cells) -> Found:
    """Return what the sheet lists as missed, in the words of findings."""
    kinds = {"Fault": Kind.FAULT, "Duty": Kind.DUTY, "Remark": Kind.REMARK}
    found = []
    for kind, check, item, result, amount, unit, since, *_ in cells[HEAD + 1 :]:
        assert result in (("LOOK", "none") if kind == "Remark" else ("FAIL", "PASS"))
        assert (since == NIL) == (result in ("PASS", "none"))
        if result in ("FAIL", "LOOK") and unit != OF_INPUTS:
            found.append((str(kinds[str(kind)]), str(check), str(item), _month(since), float(str(amount))))
    return sorted(found)


def _month(since: object) -> str:
    if isinstance(since, datetime.datetime):
        return month_label(since.date())
    return month_label(from_serial(since)) if isinstance(since, float) else str(since)


def expected(projection: Projection) -> Found:
    labels = {row.name: row.label for row in check_rows()} | BY_NO_ROW
    return sorted((str(one.kind), labels[one.check], one.item or WHOLE_PROGRAM, one.since, one.amount) for one in findings(projection))


def assert_agrees(cells: Cells, projection: Projection) -> None:
    """Assert that the sheet lists, counts and judges what `findings` finds."""
    found = findings(projection)
    listed, wanted = shown(cells), expected(projection)
    assert [one[:-1] for one in listed] == [one[:-1] for one in wanted]
    assert [one[-1] for one in listed] == pytest.approx([one[-1] for one in wanted], abs=CENT)
    lines = cells[HEAD + 1 :]
    inputs = sum(line[3] == "FAIL" for line in lines if line[5] == OF_INPUTS)  # which say live what a broken rule says of the export
    assert [cells[row][2] for row in (FAULTS, DUTIES, REMARKS)] == [
        len(of_kind(found, kind)) + inputs * (kind is Kind.FAULT) for kind in Kind
    ]
    assert not inputs or any(one.check == "broken_rule" for one in found)
    judged = [line for line in lines if line[1] not in BY_NO_ROW.values()]  # of the others each says what it is about
    assert sorted(str(line[1]) for line in judged if line[-1]) == sorted({str(line[1]) for line in judged}), "each rule stands once"
    passes = all(finding.kind is Kind.REMARK for finding in found)
    assert cells[ALL][2] == (ALL_PASS if passes else SOME_FAIL)


def assert_two_engines_agree(scenario: Scenario, written: WrittenWorkbooks, folder: Path) -> Sequence[Finding]:
    projection = project(scenario)
    bare = without_stored_values(written.workbook(scenario), folder / "bare.xlsx")
    office = by_libreoffice(bare, folder / "office.xlsx")
    assert_agrees(office, projection)
    assert_agrees(by_ironcalc(bare, office), projection)
    return findings(projection)


@pytest.mark.office
@pytest.mark.parametrize("name", PLANS)
def test_the_sheet_lists_each_finding_with_item_amount_and_since(name: str, written: WrittenWorkbooks, tmp_path: Path) -> None:
    found = assert_two_engines_agree(plan(name), written, tmp_path)
    assert EXPECTED[name] in [(one.check, one.item, one.since, pytest.approx(one.amount)) for one in found]


@pytest.mark.office
@pytest.mark.parametrize("number", PLANTED)
def test_a_planted_duty_and_cap_of_a_random_scenario_are_listed(
    number: int, random_scenarios: list[Scenario], written: WrittenWorkbooks, tmp_path: Path
) -> None:
    found = assert_two_engines_agree(planted(random_scenarios[number]), written, tmp_path)
    assert {("match_is_met", "Matched"), ("cost_above_cap", "Planted cap")} <= {(one.check, one.item) for one in found}


@pytest.mark.office
def test_months_of_start_up_and_a_share_for_evaluation_typed_into_the_workbook_count(written: WrittenWorkbooks, tmp_path: Path) -> None:
    typed = {"start_up_months": 0, "close_out_months": 6, "extension_months": 2, "least_to_evaluation": 0.1}
    cells = {f"in_source_{field}_grant": value for field, value in typed.items()}
    filled = by_libreoffice(written.workbook(plan("start-up")), tmp_path / "filled.xlsx", cells)
    changes = [Change("funding_sources", "Grant", field, value) for field, value in typed.items()]
    assert_agrees(filled, project(changed(plan("start-up"), changes)))
    assert ("Duty missed", "Evaluation gets its share", "Grant", "FY 2019-20", 7_000) in shown(filled)


@pytest.mark.office
def test_a_pledge_raised_in_the_workbook_passes_and_a_spare_source_filled_in_is_judged(written: WrittenWorkbooks, tmp_path: Path) -> None:
    path = written.workbook(plan("match"))
    before = by_libreoffice(path, tmp_path / "before.xlsx")
    assert before[ALL][2] == SOME_FAIL
    raised = by_libreoffice(path, tmp_path / "raised.xlsx", {"in_source_match_pledged_grant": 22_500})
    assert raised[ALL][2] == ALL_PASS
    assert_agrees(raised, project(changed(plan("match"), [Change("funding_sources", "Grant", "match.pledged", 22_500)])))
    spare = {"name": "State", "award": 30_000, "least_to_community_providers": 0.5}
    cells = {f"in_source_{field}_spare_source": value for field, value in spare.items()}
    filled = by_libreoffice(path, tmp_path / "filled.xlsx", cells | {"in_source_pays_spare_source_services_and_supplies": 1})
    assert ("Duty missed", "Community providers get their share", "State", "FY 2019-20", 11_000) in shown(filled)
    state = blank_item(plan("match"), "funding_sources", pays=["Services and supplies"], **spare)
    sources = (*plan("match").funding_sources, state)
    assert_agrees(filled, project(plan("match").model_copy(update={"funding_sources": sources})))
