"""What the rules demand of the items that cost: sites, staff, contracts, services, places, lines by quantity and rate, rates."""

from __future__ import annotations

import math
from collections.abc import Mapping

from drawn_plan import Fields, Mend, Plan, only
from hypothesis import strategies as st

from budget_model.scenario.choices import (
    NO_ITEM,
    PROGRAM_WIDE,
    AmountOf,
    AppropriationClass,
    CareKind,
    CostCategory,
    Driver,
    Escalation,
    ObjectClass,
    Payment,
    RoundedTo,
)
from budget_model.scenario.schema import ControlTotal, RateBase
from budget_model.scenario.tables import MODELS


def _of_site(item: Fields) -> None:
    """Entrants with a substance use disorder are counted over all sites only."""
    if item.get("driver") is Driver.ENTRANTS_WITH_SUBSTANCE_USE_DISORDER and "site" in item:
        item["site"] = PROGRAM_WIDE


def _sites(plan: Plan, sites: list[Fields]) -> None:
    for site in sites:
        if plan.chance():
            site["go_live"] = plan.label(0)
        present = site.get("starting_participants", 0) if site["go_live"] == plan.label(0) else 0
        site["starting_participants"] = min(present, site.setdefault("slots", 0))
        if site["starting_participants"]:
            site.pop("slip_months", None)
        if not site.get("eligible_people", 0) + site.get("newly_eligible_people", 0):
            site["eligible_people"] = plan.some(MODELS["sites"], "eligible_people")


def _agencies(plan: Plan, agencies: list[Fields]) -> None:
    """Confidence rests on a source."""
    for agency in agencies:
        agency["source"] = "Letter"


def _salary_savings(plan: Plan, savings: list[Fields]) -> None:
    """One line for each department."""
    savings[:] = {item["department"]: item for item in savings}.values()


def _positions(plan: Plan, positions: list[Fields]) -> None:
    model, pays = MODELS["county_positions"], ("monthly_salary", "annual_salary", "hourly_pay")
    for position in positions:
        _of_site(position)
        if position["department"] in plan.nameable("salary_savings", "department"):
            position.pop("salary_savings_rate", None)
        if position.get("driver", Driver.NONE) is Driver.NONE:
            position.pop("one_per", None)
        else:
            position["one_per"] = plan.some(model, "one_per")
        pay = plan.draw(st.sampled_from(pays))
        only(position, pay, pays)
        position.setdefault(pay, plan.some(model, pay))
        if position.get("hourly_pay"):
            position["hours_a_year"] = plan.some(model, "hours_a_year")
        if position["benefit_plan"] != NO_ITEM:
            only(position, None, ("employee_benefit_rate", "overtime_benefit_rate"))


def _contracts(plan: Plan, contracts: list[Fields]) -> None:
    model, sites = MODELS["provider_contracts"], plan.tables["sites"]
    amounts = {Payment.FIXED_MONTHLY: "fixed_monthly_amount", Payment.FEE: "fee_per_participant_month"}
    lead_days = {item["name"]: item["lead_days"] for item in plan.tables["contracting_mechanisms"]}
    for index, contract in enumerate(contracts):
        site = sites[index % len(sites)]
        at_site = sum(other % len(sites) == index % len(sites) for other in range(len(contracts)))
        contract["site"] = site["name"]
        contract["participant_share"] = round(contract.get("participant_share", 1.0) / at_site, 4)
        paid = amounts.get(contract.get("payment", Payment.COST_REIMBURSEMENT))
        only(contract, paid, tuple(amounts.values()))
        if paid:
            contract[paid] = plan.some(model, paid)
        if contract["payment"] is not Payment.FEE:
            contract.pop("floor_participants", None)
        if contract["payment"] is Payment.COST_REIMBURSEMENT:
            contract.pop("months_at_cost", None)
        for many, pay in (("caseload", "case_manager_salary"), ("supervisor_span", "supervisor_salary")):
            if contract.get(pay) and not contract.get(many):
                contract[many] = plan.some(model, many)
        if contract["mechanism"] != NO_ITEM:  # now and then too late for its lead time
            months = math.ceil(lead_days[contract["mechanism"]] / 28) + plan.draw(st.integers(-3, 2))
            contract["request_month"] = plan.label(plan.distance(contract["first_month"]) - months)


def _services(plan: Plan, services: list[Fields]) -> None:
    for service in services:
        _of_site(service)
        if service.get("driver", Driver.NONE) is Driver.NONE:
            service.pop("amount_per_unit", None)


def _places(plan: Plan, places: list[Fields]) -> None:
    for care in places:
        if care["kind"] is CareKind.SUPPORTIVE_HOUSING:
            care.pop("moves_on_share", None)
        elif "moves_on_share" in care:
            care["moves_on_share"] = round(care["moves_on_share"] / len(places), 4)
        if care.get("driver") is Driver.NONE:
            care["driver"] = Driver.HOMELESS_ENTRANTS
        _of_site(care)
        if not care.get("occupancy_share", 1.0):
            del care["occupancy_share"]  # of places that nobody may use, no number is required
        if care.get("added_places"):
            care.setdefault("order_month", plan.month())


def _budget_lines(plan: Plan, lines: list[Fields]) -> None:
    """One that is rounded grows by whole periods; one that is not says no way of rounding."""
    whole = {Escalation.EACH_JULY: AmountOf.FISCAL_YEAR, Escalation.ANNIVERSARY: AmountOf.YEAR_OF_ITS_OWN}
    for line in lines:
        if line["rounded_to"] is RoundedTo.NONE:
            only(line, None, ("rounding_mode",))
            continue
        line["grows_with_prices"] = False
        if line.get("escalation_rate") and line["amount_is"] is not AmountOf.MONTH:
            line["amount_is"] = whole[line["escalation"]]


_MOST_OF_A_FACTOR = 1_000  # so that three multiply to no more than an amount may be


def _factors(plan: Plan, factors: list[Fields]) -> None:
    """Those of a line stand together; numbers below zero are of lines that may be; nothing is divided by less than 1."""
    factors.sort(key=lambda factor: factor["budget_line"])
    below = {line["name"] for line in plan.tables["budget_lines"] if line["may_be_below_zero"]}
    for factor in factors:
        number = min(max(factor.get("number", 1), -_MOST_OF_A_FACTOR), _MOST_OF_A_FACTOR)
        factor["number"] = number if factor["budget_line"] in below else abs(number)
        if factor["divides"]:
            factor["number"] = max(1, abs(number))


def _amounts(plan: Plan, amounts: list[Fields]) -> None:
    """Each is of a line without factors, of a contract, a position or a factor, in a month or two of its own within the line's."""
    factors, lines = plan.tables["factors"], {line["name"]: line for line in plan.tables["budget_lines"]}
    multiplied = {factor["budget_line"] for factor in factors}
    offered = [("factor", factor["name"], lines[factor["budget_line"]]) for factor in factors if not factor["divides"]]
    offered += [("budget_line", name, line) for name, line in lines.items() if name not in multiplied]
    offered += [("contract", contract["name"], contract) for contract in plan.tables["provider_contracts"]]
    offered += [("position", position["name"], position) for position in plan.tables["county_positions"]]
    chosen = plan.draw(st.lists(st.sampled_from(offered), unique_by=lambda one: one[:2], max_size=3)) if offered else []
    found = []
    for (kind, name, line), drawn in zip(chosen, amounts, strict=False):
        first = 0 if kind == "factor" else plan.distance(line["hire_month" if kind == "position" else "first_month"])
        last = plan.distance(line["last_month"]) if kind != "factor" and "last_month" in line else plan.months - 1
        last = min(last, plan.months - 1)
        begins = plan.draw(st.integers(min(first, last), last))
        amount = drawn["amount"] if line.get("may_be_below_zero") else abs(drawn["amount"])
        if kind == "contract":
            line.pop("operating_cost", None)
        if kind == "position":
            only(line, None, ("monthly_salary", "annual_salary", "hourly_pay", "step_rate"))
        months = {"first_month": plan.label(begins), "last_month": plan.label(plan.draw(st.integers(begins, last)))}
        most = _MOST_OF_A_FACTOR if kind == "factor" else abs(amount)
        found.append({"name": drawn["name"], kind: name, "amount": min(max(amount, -most), most), **months})
    for factor in factors:
        if any(one.get("factor") == factor["name"] for one in found):
            factor.pop("number", None)
    amounts[:] = found


def _rate_bases(plan: Plan, bases: list[Fields]) -> None:
    """One base of lines for each rate, now and then less a category, and one of a rate above: nothing counts twice."""
    rates, taken, kept = plan.nameable("rates"), set[tuple[str, bool]](), list[Fields]()
    choices = {"all_lines": [True], "category": list(CostCategory), "appropriation_class": list(AppropriationClass)}
    choices["object_class"] = list(ObjectClass)
    for base in bases:
        above = rates[: rates.index(base["rate"])]
        named = {field: plan.nameable(about.table) for field, about in RateBase.table.references.items() if field != "rate"}
        offered = {field: found for field, found in (choices | named | {"other_rate": above}).items() if found}
        kind = plan.draw(st.sampled_from([*choices, *offered]))  # the wide ones twice, for a single line is what most fields name
        if (base["rate"], kind == "other_rate") in taken:
            continue
        taken.add((base["rate"], kind == "other_rate"))
        terms = {"rate": base["rate"]} | ({} if kind == "other_rate" else {"leaves_out_start_up": plan.chance()})
        if kind in (*choices, "contract"):
            terms["contract_limit"] = base.get("contract_limit", 0)
        kept.append({"name": base["name"], kind: plan.draw(st.sampled_from(offered[kind])), **terms})
        if kind == "all_lines" and plan.chance():
            group = plan.draw(st.sampled_from([("category", CostCategory), ("object_class", ObjectClass)]))
            left_out = {group[0]: plan.draw(st.sampled_from(group[1])), "leaves_out": True}
            kept.append({"name": f"{base['name']} less", **left_out, **terms})
    bases[:] = kept


def _rates(plan: Plan, rates: list[Fields]) -> None:
    """One that is not rounded says no way of rounding."""
    for rate in rates:
        if rate.get("is_of_total"):
            rate["rate"] = round(rate["rate"] / 10, 4)  # below 1: a share of the total leaves the rest to its base
        if {rate.get("rounded_to", RoundedTo.NONE), rate.get("base_rounded_to", RoundedTo.NONE)} == {RoundedTo.NONE}:
            only(rate, None, ("rounding_mode", "rounding_period"))


def _control_totals(plan: Plan, controls: list[Fields]) -> None:
    """Each is of one thing, in months of the plan."""
    fields = ["all_cost", "object_class", "category", "appropriation_class", *ControlTotal.table.references]
    for control in controls:
        named = [field for field in fields if control.get(field) not in (None, False, NO_ITEM)]
        kept = plan.draw(st.sampled_from(named)) if named else "all_cost"
        only(control, kept, tuple(fields))
        control.setdefault(kept, True)
        if "last_month" in control:
            control["last_month"] = plan.label(min(plan.distance(control["last_month"]), plan.months - 1))


def _outcomes(plan: Plan, outcomes: list[Fields]) -> None:
    for outcome in outcomes:
        outcome["effect_low"], outcome["effect"], outcome["effect_high"] = sorted(
            outcome[name] for name in ("effect_low", "effect", "effect_high")
        )


def _object_classes(plan: Plan, said: list[Fields]) -> None:
    """Each category once."""
    said[:] = {item["category"]: item for item in said}.values()


# A function for each table whose items are mended.
COSTS_MENDED: Mapping[str, Mend] = {
    "sites": _sites,
    "agencies": _agencies,
    "salary_savings": _salary_savings,
    "county_positions": _positions,
    "provider_contracts": _contracts,
    "services_and_supplies": _services,
    "treatment_and_housing": _places,
    "budget_lines": _budget_lines,
    "factors": _factors,
    "amounts": _amounts,
    "rates": _rates,
    "rate_bases": _rate_bases,
    "object_classes": _object_classes,
    "outcomes": _outcomes,
    "control_totals": _control_totals,
}
