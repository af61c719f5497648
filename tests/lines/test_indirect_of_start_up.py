"""The indirect cost of a contract's start-up stands in a row of its own, and is none where start-up is out of its base."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from budget_model import Projection, Scenario, project
from budget_model.analysis.detail_record import detail_record
from budget_model.analysis.findings import findings
from budget_model.workbook.writing.export import workbook_of
from budget_model.workbook.writing.recompute import recomputed

PARTS = ("provider_direct_cost", "provider_indirect_cost", "start_up_cost", "start_up_indirect_cost")


def planned(**given: object) -> Projection:
    site = {"name": "Area", "go_live": "2019-07"}
    contract = {
        **{"name": "Provider", "site": "Area", "first_month": "2019-07", "participant_share": 0, "minimum_case_managers": 1},
        **{"caseload": 100, "case_manager_salary": 66_000, "start_up_cost": 50_000, "indirect_rate": 0.1},
    }
    plan = {"name": "Base", "first_month": "2019-07", "months": 12, "sites": [site]}
    return project(Scenario.model_validate(plan | {"provider_contracts": [contract | given]}))


@pytest.mark.parametrize(
    ("in_the_base", "parts", "cost"), [(True, (66_000, 6_600, 50_000, 5_000), 127_600), (False, (66_000, 6_600, 50_000, 0), 122_600)]
)
def test_the_parts_of_a_contract_add_up_to_its_cost(in_the_base: bool, parts: tuple[int, ...], cost: int) -> None:
    now = planned(start_up_bears_indirect=in_the_base)
    assert [now.by_year(row)[0, -1] for row in PARTS] == pytest.approx(parts)
    assert sum(parts) == cost == pytest.approx(now.by_year("contract_cost")[0, -1])
    (contract,) = detail_record(now)["contracts"]
    assert contract["start_up_indirect_cost"]["total"] == parts[-1]


def test_both_engines_come_to_the_same_and_the_row_stands_in_the_workbook() -> None:
    written = workbook_of(planned(start_up_bears_indirect=False).scenario)
    assert recomputed(written).cells == len(written.cells)
    texts = {cell.value for row in load_workbook(BytesIO(written.content))["Contracts"] for cell in row}
    assert any("indirect cost of start-up" in str(text) for text in texts)


def test_what_a_cap_leaves_unpaid_of_start_up_follows_its_base() -> None:
    for in_the_base, unpaid in ((True, 0.05 * 116_000), (False, 0.05 * 66_000)):
        now = planned(start_up_bears_indirect=in_the_base, indirect_cap=0.05)
        (said,) = [one for one in findings(now) if one.check == "indirect_cost_above_cap"]
        assert said.amount == pytest.approx(unpaid)
