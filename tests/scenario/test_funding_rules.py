"""What must hold between sources, columns, caps, a plan and value in kind: each fault is named with its place and its remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from budget_model import ScenarioError, load_scenario
from budget_model.editing.changes import changed, checked
from budget_model.editing.items import dependents, moved, renamed, with_copy, with_new, without
from budget_model.scenario.schema import Scenario

POSITION = {"name": "Analyst", "hire_month": "2018-07", "number": 1, "monthly_salary": 1000, "site": "A"}
SERVICE = {"name": "Training", "first_month": "2018-07", "monthly_amount": 100, "site": "A", "category": "Public agencies"}
GRANT = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["County staff", "Public agencies"], "award": 5000,
    "first_month": "2018-07", "match": {"rate": 0.25},
}  # fmt: skip
FEE = {
    "name": "Fee", "treatment": "Revenue", "timing": "Ongoing", "pays": ["County staff"], "driver": "active participants",
    "amount_per_unit": 1, "first_month": "2018-07",
}  # fmt: skip
GOOD = {
    "form": 3, "name": "Test", "first_month": "2018-07", "months": 24, "sites": [{"name": "A", "go_live": "2018-07", "slots": 40}],
    "county_positions": [POSITION], "services_and_supplies": [SERVICE], "funding_sources": [FEE, GRANT],
}  # fmt: skip
CAP = {"name": "Cap", "source": "Grant", "category": "County staff", "share": 0.1}
PLAN = {"name": "Year", "source": "Grant", "fiscal_year": "FY 2018-19"}
COLUMN = {"name": "Column", "source": "Grant", "position": "Analyst"}
GIVEN = {"name": "Rooms", "source": "Grant", "category": "County staff", "first_month": "2018-07"}


def loaded(folder: Path, **over: Any) -> Scenario:
    path = folder / "test.yaml"
    path.write_text(yaml.safe_dump(GOOD | over, sort_keys=False))
    return load_scenario(path)


def sources(**over: Any) -> dict[str, Any]:
    return {"funding_sources": [FEE, GRANT | over]}


def fee(**over: Any) -> dict[str, Any]:
    return {"funding_sources": [FEE | over, GRANT]}


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({"funding_assignments": [COLUMN | {"service": "Training"}]}, "funding_assignments[Column] is position and service; expected one of them"),
        ({"funding_assignments": [{"name": "Column", "source": "Grant"}]}, "funding_assignments[Column] is nothing assigned; expected one of them"),
        ({"funding_assignments": [COLUMN | {"position": "none", "site": "A"}]}, "funding_assignments[Column].category is missing; expected the category"),
        (
            {"funding_assignments": [COLUMN | {"assigned_share": 0.5, "assigned_amount": 10}]},
            "funding_assignments[Column] is assigned_share and assigned_amount; expected one of them",
        ),
        (
            {"funding_assignments": [COLUMN | {"position": "none", "service": "Training", "assigned_share": 0.6, "name": name} for name in "ab"]},
            "services_and_supplies[Training] is 120% assigned to sources; expected its funding_assignments to add up to 100% or less",
        ),
        (
            {
                "funding_assignments": [
                    COLUMN | {"position": "none", "service": "Training", "assigned_share": 0.1},
                    {"name": "b", "source": "Grant", "site": "A", "category": "Public agencies", "assigned_share": 0.1},
                ]
            },
            "funding_assignments, Training is assigned twice; expected it by service or by its site, not both",
        ),
        ({"funding_assignments": [COLUMN | {"source": "Fee", "paid_by": "Cash match"}]}, "expected a source with a match; 'Fee' asks for none"),
        (
            {"funding_assignments": [COLUMN | {"position": "none", "service": "Training", "assigned_share": 0.502, "name": name} for name in "ab"]},
            "services_and_supplies[Training] is 100.4% assigned to sources; expected its funding_assignments to add up to 100% or less",
        ),
        (
            {"funding_assignments": [COLUMN | {"paid_by": "Source"}]} | sources(match={"rate": 0.25, "pledged": "1,017,515.91"}),
            "funding_sources[Grant].match.pledged is 1,017,515.91; expected 0",
        ),
        (
            {"funding_assignments": [COLUMN | {"paid_by": "Source"}]} | sources(match={"rate": 0.25, "pledged": 10}),
            "funding_sources[Grant].match.pledged is 10; expected 0: its match is what the lines paid by 'Cash match' among its columns come to",
        ),
        (sources(pays_only_at=["B"]), "funding_sources[Grant].pays_only_at is 'B'; expected the name of an entry of sites"),
        (sources(pays_only_at=["A", "A"]), "funding_sources[Grant].pays_only_at is 'A'; expected each site once"),
        (fee(pace="Even over its period"), "funding_sources[Fee].pace is 'Even over its period'; expected 'As cost arises'"),
        (
            sources(treatment="Net county cost", claimable_indirect_rate=0.1),
            "funding_sources[Grant].claimable_indirect_rate is 0.1; expected 0: the County claims no overhead from its own money",
        ),
        (fee(income_use="Deducted"), "funding_sources[Fee].income_of is none; expected the source to whose award the income belongs"),
        (fee(income_of="Grent"), "funding_sources[Fee].income_of is 'Grent'; expected the name of an entry of funding_sources. Did you mean 'Grant'?"),
        (sources(income_of="Fee"), "funding_sources[Grant].income_of is 'Fee'; expected 'none', or amount_per_unit with its driver: program income is"),
        (fee(income_of="Fee"), "funding_sources[Fee].income_of is 'Fee'; expected a source with an award or a yearly amount"),
        (
            {"funding_sources": [FEE | {"income_of": "Grant", "income_use": "Counted as match"}, {**GRANT, "match": None}]},
            "funding_sources[Fee].income_of is 'Grant'; expected a source that asks for a match",
        ),
        (sources(nonfederal_drug_medi_cal=True), "funding_sources[Grant] is a mapping; expected one of: award, yearly_amount"),
        ({"caps": [CAP | {"appropriation_class": "Services and Supplies"}]}, "caps[Cap] is category and appropriation_class; expected one of them"),
        ({"caps": [CAP | {"category": None}]}, "caps[Cap] is neither category nor appropriation_class; expected one of them"),
        ({"caps": [CAP, CAP | {"name": "Other"}]}, "caps[Other] is capped twice; expected one cap of this kind; 'Cap' is the other"),
        ({"funding_plan": [PLAN | {"fiscal_year": "FY 2030-31"}]}, "is 'FY 2030-31'; expected a fiscal year of the scenario, FY 2018-19 to FY 2019-20"),
        ({"funding_plan": [PLAN | {"fiscal_year": "2018"}]}, "funding_plan[Year].fiscal_year is '2018'; expected a fiscal year written FY 2019-20"),
        ({"funding_plan": [PLAN | {"category": "Equipment"}]}, "funding_plan[Year].category is 'Equipment'; expected a category that 'Grant' pays"),
        ({"funding_plan": [PLAN, PLAN | {"name": "b"}]}, "funding_plan[b] is FY 2018-19 planned twice; expected one line for it; 'Year' is the other"),
        (
            {"funding_plan": [PLAN, PLAN | {"name": "b", "category": "County staff"}]},
            "funding_plan[b] is FY 2018-19 planned twice; expected a line for all categories or lines by category; 'Year' is the other",
        ),
        (
            {"in_kind_contributions": [GIVEN | {"first_month": "2018-07"}]} | sources(first_month="2018-09"),
            "in_kind_contributions[Rooms].first_month is 2018-07; expected a month of the period of 'Grant', 2018-09 to 2020-06",
        ),
        (
            {"in_kind_contributions": [GIVEN | {"last_month": "2019-07"}]} | sources(last_month="2019-06"),
            "in_kind_contributions[Rooms].last_month is 2019-07; expected a month of the period of 'Grant', 2018-07 to 2019-06",
        ),
        (
            {"in_kind_contributions": [GIVEN | {"total_value": 5, "monthly_value": 1}]},
            "in_kind_contributions[Rooms] is total_value and monthly_value; expected one of them",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_what_was_expected(tmp_path: Path, over: dict[str, Any], expected: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        loaded(tmp_path, **over)
    assert any(expected in str(problem) for problem in refused.value.problems), [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("written", ["FY 2018-19", "2018-19", "fy 2018/2019", " FY  2018-19 "])
def test_a_fiscal_year_is_read_as_people_write_it(tmp_path: Path, written: str) -> None:
    assert loaded(tmp_path, funding_plan=[PLAN | {"fiscal_year": written}]).funding_plan[0].fiscal_year == "FY 2018-19"


def test_what_belongs_to_a_source_goes_and_is_copied_with_it(tmp_path: Path) -> None:
    scenario = loaded(tmp_path, caps=[CAP], funding_plan=[PLAN], in_kind_contributions=[GIVEN])
    tables = ("caps", "funding_plan", "in_kind_contributions")
    assert dependents(scenario, "funding_sources", "Grant") == (
        ("caps", "Cap"),
        ("funding_plan", "Year"),
        ("in_kind_contributions", "Rooms"),
    )
    assert not any(getattr(without(scenario, "funding_sources", "Grant"), table) for table in tables)
    copied = with_copy(scenario, "funding_sources", "Grant", "Other grant")
    assert [[line.source for line in getattr(copied, table)] for table in tables] == [["Grant", "Other grant"]] * 3
    called = changed(scenario, renamed(scenario, "funding_sources", "Grant", "Award of 2018"))
    assert [getattr(called, table)[0].source for table in tables] == ["Award of 2018"] * 3


def test_a_site_at_which_a_source_pays_keeps_its_name_there_and_does_not_go_unsaid(tmp_path: Path) -> None:
    both = {"sites": [*GOOD["sites"], {"name": "B", "go_live": "2018-07", "slots": 5}]}
    scenario = loaded(tmp_path, **both, **sources(pays_only_at=["A", "B"]))
    called = changed(scenario, renamed(scenario, "sites", "A", "Pomona"))
    assert called.funding_sources[1].pays_only_at == ("Pomona", "B")
    with pytest.raises(ScenarioError, match="pays_only_at is 'B'; expected the name of an entry of sites"):
        without(scenario, "sites", "B")
    with pytest.raises(ScenarioError, match="income_of is 'Grant'; expected the name of an entry of funding_sources"):
        without(loaded(tmp_path, **fee(income_of="Grant")), "funding_sources", "Grant")


def test_new_caps_and_lines_of_a_plan_take_what_is_free(tmp_path: Path) -> None:
    scenario = loaded(tmp_path)
    for name in ("first", "second"):
        scenario = with_new(scenario, "caps", name)
    assert [(cap.source, cap.share.value) for cap in scenario.caps] == [("Fee", 1.0)] * 2
    assert scenario.caps[0].category != scenario.caps[1].category
    for name in ("first", "second"):
        scenario = with_new(scenario, "funding_plan", name)
    assert [line.fiscal_year for line in scenario.funding_plan] == ["FY 2018-19", "FY 2019-20"]
    assert checked(moved(scenario, "funding_sources", "Grant", -1)).funding_sources[0].name == "Grant"
    later = with_new(loaded(tmp_path, **fee(first_month="2018-10")), "in_kind_contributions", "Rooms")
    assert later.in_kind_contributions[0].first_month.day.isoformat() == "2018-10-01"
