"""The change table of each budget unit: its places add up to it, the units less what they buy from each other to the plan (A4, A6)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from conftest import Pool

from budget_model import Projection, Scenario, project
from budget_model.analysis import adopted as adopted_module
from budget_model.analysis.accounts import of_each_unit, of_plan
from budget_model.analysis.budget_amounts import NIL, STEPS, Amounts, of_units
from budget_model.analysis.change_table import NOT_BY_UNIT, change_table
from budget_model.analysis.units_beyond_budget import units_beyond_budget
from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.choices import PROGRAM_WIDE

ODR, ATTORNEY = "Office of Diversion and Reentry", "District Attorney"
SITES = [{"name": name, "go_live": "2018-07", "slots": 10, "social_contact_referrals": 5, "eligible_people": 500} for name in "AB"]
SERVICES = [
    {"name": "At A", "site": "A", "first_month": "2018-07", "monthly_amount": 30_000, "category": "Community providers"},
    {"name": "Time of prosecutors", "site": "A", "first_month": "2018-07", "monthly_amount": 10_000, "budget_unit": ATTORNEY,
     "purchased_by": ODR, "category": "Public agencies"},
    {"name": "Start of prosecutors", "site": "A", "first_month": "2018-07", "one_time_amount": 5_000, "budget_unit": ATTORNEY,
     "category": "Public agencies"},
    {"name": "Files", "first_month": "2019-07", "monthly_amount": 2_000, "budget_unit": ATTORNEY, "category": "Data and evaluation"},
    {"name": "Studies", "first_month": "2018-07", "monthly_amount": 4_000, "category": "Data and evaluation"},
]  # fmt: skip
CITY = {
    "name": "City", "treatment": "Revenue", "timing": "Ongoing", "status": "Awarded", "first_month": "2018-07", "yearly_amount": 60_000,
    "pays": ["Public agencies"], "receiving_unit": ATTORNEY,
}  # fmt: skip
PLAN = {
    "name": "Plan", "first_month": "2018-07", "months": 24, "sites": SITES, "services_and_supplies": SERVICES, "funding_sources": [CITY],
}  # fmt: skip


def planned(**parts: object) -> Projection:
    return project(Scenario.model_validate(PLAN | parts))


def test_the_units_accounts_come_to_the_plan_and_each_to_its_unit(pool: Pool) -> None:
    for _, projection in pool:
        within = 1e-5 * max(1.0, float(projection.by_year("gross_appropriation")[-1]))
        for year in range(len(projection.timeline.years)):
            accounts, totals = of_each_unit(projection, year), of_units(projection, year)
            assert list(accounts) == list(totals)
            for name, account in accounts.items():
                _same(sum(account.amounts.values(), NIL), totals[name], within)
            together: dict[str, Amounts] = defaultdict(Amounts)
            for account in accounts.values():
                for place, amounts in account.amounts.items():
                    bought = sum(account.bought.get(place, {}).values())
                    together[place] += amounts - Amounts(bought, bought)
            for place, amounts in of_plan(projection, year).amounts.items():
                _same(together[place], amounts, within)


def _same(one: Amounts, other: Amounts, within: float) -> None:
    assert [getattr(one, name) for name in STEPS] == pytest.approx([getattr(other, name) for name in STEPS], abs=within)


def test_each_units_table_adds_up_as_printed_and_the_units_to_the_plan(pool: Pool) -> None:
    for _, projection in pool:
        for year in projection.timeline.years:
            table = change_table(projection, year)
            for unit in table.by_unit:
                opening, total, closing = unit.lines[0], unit.total, unit.lines[-1]
                assert all(line.printed != NIL and line.text.startswith("Reflects ") for line in unit.changes)
                _same(sum((line.printed for line in unit.changes), NIL), total.printed, 1e-6)
                _same(opening.printed + total.printed, closing.printed, 1e-6)
            if table.units:
                *parts, whole = table.units
                assert whole == table.lines[-2]
                _same(sum((line.printed for line in parts), NIL), whole.printed, 1e-6)
                shown = {unit.name: unit.total.printed for unit in table.by_unit if unit.total.printed != NIL}
                assert {line.name: line.printed for line in parts if line.subject == "unit"} == shown


def test_a_unit_says_what_it_buys_and_sells_at_each_place_with_its_one_time_cost() -> None:
    """120,000 of prosecutors' time at A, sold to ODR; 5,000 once, and 60,000 of the City that pays such cost, are the Attorney's own."""
    odr, attorney = change_table(planned(), "FY 2018-19").by_unit
    assert (odr.name, attorney.name) == (ODR, ATTORNEY)
    (at_a,) = attorney.changes
    assert at_a.exact == Amounts(125_000, 120_000, 60_000, 0)
    assert "$120,000 of ongoing cost and $5,000 of one-time cost" in at_a.text
    assert at_a.text.endswith(f"offset by $120,000 from {ODR} and $60,000 from City.")
    bought, studies = odr.changes
    assert bought.exact == Amounts(480_000, 0, 0, 0) and bought.text.endswith(f"The unit buys $120,000 from {ATTORNEY}.")
    assert studies.text.startswith("Reflects Studies, with 20 participants")
    later = change_table(planned(), "FY 2019-20")
    (attorney,) = later.by_unit
    assert [(line.name, line.exact.gross_appropriation) for line in attorney.changes] == [("A", -5_000), (PROGRAM_WIDE, 24_000)]
    assert attorney.lines[0].exact == Amounts(125_000, 120_000, 60_000, 0)
    assert attorney.changes[1].text.startswith("Reflects Files, with ")


def test_a_units_changes_begin_with_what_is_adopted_of_it() -> None:
    lines = [
        {"name": "ODR", "site": "A", "gross_appropriation": 470_000},
        {"name": "Attorney", "site": "A", "gross_appropriation": 100_000, "intrafund_transfers": 100_000, "budget_unit": ATTORNEY},
        {"name": "Sheriff", "gross_appropriation": 7_000, "positions": 1, "budget_unit": "Sheriff"},
    ]
    by_unit = {unit.name: unit for unit in change_table(planned(adopted_budget=lines), "FY 2018-19").by_unit}
    assert [line.exact.gross_appropriation for line in by_unit[ODR].changes] == [10_000, 48_000]
    assert by_unit[ATTORNEY].changes[0].exact == Amounts(25_000, 20_000, 60_000, 0)
    assert "of which the adopted budget does not say what is one-time" in by_unit[ATTORNEY].changes[0].text
    (gone,) = by_unit["Sheriff"].changes
    assert gone.exact == Amounts(-7_000, 0, 0, -1) and by_unit["Sheriff"].lines[-1].printed == NIL
    in_all = change_table(planned(general={"adopted_gross_appropriation": 590_000}), "FY 2018-19")
    assert [unit.lines[0].name for unit in in_all.by_unit] == [NOT_BY_UNIT, NOT_BY_UNIT]
    assert NOT_BY_UNIT in [line.name for line in in_all.units]


def test_a_unit_that_receives_more_than_it_budgets_is_named_with_what_its_money_pays_of_others(expansion: Scenario) -> None:
    """The pilot's Measure H is fitted to all beds beyond the grant's: it is more than the Initiative budgets if ODR buys all women's beds."""
    beds = [care.model_copy(update={"purchased_share": NumberAssumption(value=1.0)}) for care in expansion.treatment_and_housing]
    assert not [said for year in range(5) for said in units_beyond_budget(project(expansion), year)], "ODR buys a share of them"
    projection = project(expansion.model_copy(update={"treatment_and_housing": tuple(beds)}))
    found = [list(units_beyond_budget(projection, year)) for year in range(len(projection.timeline.years))]
    (said,) = found[0]
    assert said.startswith("CEO Homeless Initiative receives $65,352 more than it budgets in FY 2018-19")
    assert "Women's interim housing, which Office of Diversion and Reentry buys from it." in said
    assert not any(found[1:])
    assert said in change_table(projection, "FY 2018-19").notes


def test_a_unit_of_the_adopted_scenario_is_the_same_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adopted_module, "LIBRARY", tmp_path)
    written = [{**one, "budget_unit": ATTORNEY.upper()} if "budget_unit" in one else one for one in SERVICES]
    base = PLAN | {"form": 3, "services_and_supplies": written, "funding_sources": [CITY | {"receiving_unit": ATTORNEY.upper()}]}
    (tmp_path / "base.yaml").write_text(yaml.safe_dump(base | {"name": "Base"}))
    table = change_table(planned(adopted_from="base"), "FY 2018-19")
    assert table.changes == table.by_unit == table.units[:-1] == ()
