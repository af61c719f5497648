"""Random valid scenarios, for what must hold whatever the plan is.

Every field is drawn from what the scenario declares of it: a number from its unit and bounds, a choice from what it chooses
from, a reference from the names drawn before. So a new field, and a new table, vary by themselves. Written out here is
only what the rules demand between fields, in one function for each table that needs it.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_origin

from hypothesis import strategies as st

from budget_model import Scenario
from budget_model.scenario.assumption import NUMBER_OF_THE_MONTH, Declared, Described, declared
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    PROGRAM_WIDE,
    AmountOf,
    AppropriationClass,
    BudgetTreatment,
    CapBasis,
    CareKind,
    CostCategory,
    Driver,
    Escalation,
    IncomeUse,
    LimitEach,
    MatchBasis,
    ObjectClass,
    Pace,
    PaidBy,
    Payment,
    RoundedTo,
)
from budget_model.scenario.schema import ControlTotal, FundingAssignment, General, Item, Match, RateBase
from budget_model.scenario.schema.columns import LINES_OF_THE_BUDGET
from budget_model.scenario.tables import MODELS, choices_of, inner_parts
from budget_model.timeline import add_months, month_label, timeline

Fields = dict[str, Any]
# The most that is drawn of a unit, where its bound is far above what a plan has; of any other unit at most MOST.
MOST = 100
USUAL: Mapping[str, float] = {
    "days": 700, "full-time equivalents": 5, "hours a year": 2_080, "months": 9, "months late": 4, "participants": 200, "people": 600, "people a month": 10,
    "places": 15, "positions": 3, "referrals a month": 10, "units a position": 60, "share": 1.5, "dollars": 1_000_000,
}  # fmt: skip
# Units of the budget, which several tables name: who budgets, who buys if anyone, who receives.
UNITS = (OFFICE_OF_DIVERSION, "Unit two", "Unit three")
UNITS_OF = {"budget_unit": UNITS, "receiving_unit": UNITS, "purchased_by": (NO_ITEM, *UNITS)}
LEFT_OUT = object()  # a field that stands at its default
STARTS = ("hire_month", "first_month")
_IN_KIND = ("total_value", "monthly_value", "unit_value")


@cache
def number(about: Declared) -> st.SearchStrategy[float]:
    """Draw a number of what is declared: shares in thousandths, money in cents, anything else whole or in quarters."""
    most = min(about.at_most, _usual(about.unit))
    if about.unit == NUMBER_OF_THE_MONTH:
        return st.integers(int(about.at_least), int(most)).map(float)
    parts = 1_000 if about.unit.startswith("share") else 100 if about.unit.startswith("dollars") else 1
    whole = st.integers(math.ceil(about.at_least * parts), math.floor(most * parts)).map(lambda drawn: drawn / parts)
    return whole if parts > 1 else whole | st.integers(math.ceil(about.at_least * 4), math.floor(most * 4)).map(lambda drawn: drawn / 4)


def _usual(unit: str) -> float:
    """Return the most that is drawn of a unit: of money a tenth for each "a" that it is counted by."""
    if unit.startswith("dollars"):
        return USUAL["dollars"] / 10 ** sum(word in {"a", "an"} for word in unit.split())
    return USUAL["share"] if unit.startswith("share") else USUAL.get(unit, MOST)


@cache
def _fields(model: type[Described]) -> st.SearchStrategy[Fields]:
    """Draw what needs nothing but the declaration: numbers, choices, lists of choices, yes or no, and parts of such fields."""
    drawn = {}
    for name, info in model.model_fields.items():
        if (alone := _alone(model, name)) is not None:
            may_be_left_out = not info.is_required() and not choices_of(model, name) and info.annotation is not bool
            drawn[name] = alone | alone | st.just(LEFT_OUT) if may_be_left_out else alone
    return st.fixed_dictionaries(drawn).map(lambda found: {name: value for name, value in found.items() if value is not LEFT_OUT})


def _alone(model: type[Described], name: str) -> st.SearchStrategy[Any] | None:
    info = model.model_fields[name]
    about, parts = declared(info), dict(inner_parts(model))
    if about:
        return None if about.is_month else number(about)
    if name in parts:
        return _fields(parts[name])
    if choices := choices_of(model, name):
        several = get_origin(info.annotation) is tuple
        return st.lists(st.sampled_from(choices), unique=True) if several else st.sampled_from(choices)
    if info.annotation is bool:
        return st.booleans()
    return None


@dataclass
class Plan:
    """What was drawn so far: the period, and the items of each table."""

    draw: st.DrawFn
    first: datetime.date
    months: int
    tables: dict[str, list[Fields]] = field(default_factory=dict)

    def month(self, least: int = 0, most: int | None = None) -> str:
        """Draw a month by its distance from the first; by default one of the plan."""
        most = self.months - 1 if most is None else most
        return self.label(self.draw(st.integers(min(least, most), most)))

    def label(self, distance: int) -> str:
        return month_label(add_months(self.first, distance))

    def distance(self, label: str) -> int:
        year, month = map(int, label.split("-"))
        return (year - self.first.year) * 12 + month - self.first.month

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def some(self, model: type[Described], name: str) -> float:
        """Draw a number that is not 0."""
        about = declared(model.model_fields[name])
        assert about
        return self.draw(number(about)) or 1.0

    def nameable(self, table: str, by: str = "name") -> list[str]:
        return [item[by] for item in self.tables[table]]

    def items(self, key: str, model: type[Item], least: int, most: int) -> list[Fields]:
        """Draw the items of a table; none where they must name an item and there is none."""
        required = [reference for field, reference in model.table.references.items() if model.model_fields[field].is_required()]
        if any(not (reference.none or self.tables[reference.table]) for reference in required):
            return []
        count = self.draw(st.integers(least, most))
        found = [self._item(model, index) for index in range(count)]
        if key in MENDED:
            MENDED[key](self, found)
        return found

    def _item(self, model: type[Item], index: int) -> Fields:
        item: Fields = {"name": f"{model.table.singular.capitalize()} {index}", **self.draw(_fields(model))}
        for name, info in model.model_fields.items():
            about, reference = declared(info), model.table.references.get(name)
            if reference and get_origin(info.annotation) is tuple:
                item[name] = self.draw(st.lists(st.sampled_from(self.nameable(reference.table)), unique=True, max_size=2) | st.just([]))
            elif reference and reference.table not in self.tables:
                continue  # it names an item of its own table, and is mended
            elif reference:
                item[name] = self.draw(st.sampled_from([*self.nameable(reference.table, reference.by), *filter(None, [reference.none])]))
            elif about and about.is_month and (info.is_required() or self.chance()):
                item[name] = self.month()
            elif info.annotation is str and name not in item and (info.is_required() or name in model.table.keys.values()):
                # A text that must be given, or that items are found by.
                item[name] = self.draw(st.sampled_from(UNITS_OF.get(name, (f"{name.capitalize()} one", f"{name.capitalize()} two"))))
        if item.get("purchased_by") == item.get("budget_unit"):
            item.pop("purchased_by", None)  # no unit buys from itself
        start = next((name for name in STARTS if name in item), None)
        if start and "last_month" in item:
            item["last_month"] = self.label(self.distance(item[start]) + self.draw(st.integers(0, 30)))
        return item


def _only(item: Fields, kept: str | None, among: tuple[str, ...]) -> None:
    """Leave one of several fields in place."""
    for name in among:
        if name != kept:
            item.pop(name, None)


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
        _only(position, pay, pays)
        position.setdefault(pay, plan.some(model, pay))
        if position.get("hourly_pay"):
            position["hours_a_year"] = plan.some(model, "hours_a_year")
        if position["benefit_plan"] != NO_ITEM:
            _only(position, None, ("employee_benefit_rate", "overtime_benefit_rate"))


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
        _only(contract, paid, tuple(amounts.values()))
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
        if "guaranteed_places" in care:
            care["guaranteed_places"] = min(care["guaranteed_places"], care.get("places", 0) + care.get("added_places", 0))


def _budget_lines(plan: Plan, lines: list[Fields]) -> None:
    """One that is rounded grows by whole periods; one that is not says no way of rounding."""
    whole = {Escalation.EACH_JULY: AmountOf.FISCAL_YEAR, Escalation.ANNIVERSARY: AmountOf.YEAR_OF_ITS_OWN}
    for line in lines:
        if line["rounded_to"] is RoundedTo.NONE:
            _only(line, None, ("rounding_mode",))
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
            _only(line, None, ("monthly_salary", "annual_salary", "hourly_pay", "step_rate"))
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


def _federal_shares(plan: Plan, shares: list[Fields]) -> None:
    """One share a month: each begins after the one before has ended."""
    shares[:] = {item["first_month"]: item for item in sorted(shares, key=lambda item: item["first_month"])}.values()
    for before, after in itertools.pairwise(shares):
        if "last_month" not in before or before["last_month"] >= after["first_month"]:
            before["last_month"] = plan.label(plan.distance(after["first_month"]) - 1)


EVERY_TENTH = st.sampled_from([True, *[False] * 9])


def _match(match: Fields) -> None:
    """Of total project cost it is below 1, a share that leaves the rest to the grant; value in kind counts once."""
    if match.get("basis") is MatchBasis.TOTAL_PROJECT_COST:
        match["rate"] = round(match["rate"] / 2, 4)
    if match.get("in_kind_counts_first"):
        _only(match, None, ("in_kind_share", "in_kind_pledged"))


def _sources(plan: Plan, sources: list[Fields]) -> None:
    """Each has one kind of money; in every tenth plan the last but one earns income for the last, an award with a match."""
    model, given = MODELS["funding_sources"], ("award", "yearly_amount")
    earns, award = sources[-2:] if len(sources) > 1 and plan.draw(EVERY_TENTH) else ({}, {})
    if earns:
        _only(earns, None, ("last_month",))
        use = IncomeUse.COUNTED_AS_MATCH if plan.chance() else IncomeUse.DEDUCTED
        earns |= {"first_month": plan.label(0), "driver": Driver.OPEN_SITES, "income_use": use}
        award["match"] = plan.draw(_fields(Match)) | {"rate": plan.some(Match, "rate")}
    kinds, shares = (*given, "amount_per_unit", "drug_medi_cal", "nonfederal_drug_medi_cal"), ("drug_medi_cal", "nonfederal_drug_medi_cal")
    for source in sources:
        drawn = plan.draw(st.sampled_from((*given, *kinds, "pays_what_arises")))
        kind = "amount_per_unit" if source is earns else "award" if source is award else drawn
        _only(source, kind, kinds)
        source["pays_what_arises"] = kind == "pays_what_arises"
        if not source["pays_what_arises"]:
            source[kind] = True if kind in shares else plan.some(model, kind)
        if source["treatment"] is BudgetTreatment.NET_COUNTY_COST:
            source.pop("claimable_indirect_rate", None)  # the County claims nothing from itself
        if kind not in given and source["pace"] is Pace.EVEN:
            source["pace"] = Pace.AS_COST_ARISES
        if kind == "amount_per_unit" and source.get("driver", Driver.NONE) is Driver.NONE:
            source["driver"] = Driver.ACTIVE_PARTICIPANTS
        if not source.get("pays"):
            source["pays"] = [plan.draw(st.sampled_from(CostCategory))]
        if plan.chance():
            _only(source, None, ("start_up_months", "close_out_months"))  # so that half of them pay services in all months
        _match(source.get("match") or {})
    _incomes(plan, sources)


def _incomes(plan: Plan, sources: list[Fields]) -> None:
    """What is earned belongs to an award after it, if there is one; an award now and then counts as the match of the next one."""
    given = ("award", "yearly_amount")
    for place, source in enumerate(sources):
        awards = [award for award in sources[place + 1 :] if given[0] in award or given[1] in award]
        if awards and not any(kind in source for kind in given) and not source["pays_what_arises"]:
            award = plan.draw(st.sampled_from(awards))
            source["income_of"] = award["name"]
            if source["income_use"] is IncomeUse.COUNTED_AS_MATCH and not award.get("match"):
                source["income_use"] = IncomeUse.DEDUCTED
        elif awards and awards[0].get("match") and not source["pays_what_arises"] and plan.draw(EVERY_TENTH):
            source |= {"income_of": awards[0]["name"], "income_use": IncomeUse.COUNTED_AS_MATCH}
        else:
            source["income_use"] = IncomeUse.ADDED


def _caps(plan: Plan, caps: list[Fields]) -> None:
    """Each caps one thing: a category or a class, and no two the same; of a source without an amount the money spent."""
    open_sources = {source["name"] for source in plan.tables["funding_sources"] if source["pays_what_arises"]}
    for cap in caps:
        cap.pop("appropriation_class" if cap.get("category") and plan.chance() else "category", None)
        if cap["source"] in open_sources:
            cap["of"] = CapBasis.MONEY_SPENT
        if not cap.get("category") and not cap.get("appropriation_class"):
            cap["category"] = plan.draw(st.sampled_from(CostCategory))
    caps[:] = {(cap["source"], cap.get("category"), cap.get("appropriation_class"), cap["of"]): cap for cap in caps}.values()


def _funding_plan(plan: Plan, lines: list[Fields]) -> None:
    """Each plans a year of the scenario, for all categories of a source or for one that it pays, once."""
    pays = {source["name"]: source["pays"] for source in plan.tables["funding_sources"]}
    said: dict[tuple[str, str], list[CostCategory | None]] = {}
    kept = []
    for line in lines:
        line["fiscal_year"] = plan.draw(st.sampled_from(timeline(plan.first, plan.months).years))
        category = plan.draw(st.sampled_from([None, *pays[line["source"]]]))
        _only(line, None, ("category",))
        line.update({"category": category} if category else {})
        before = said.setdefault((line["source"], line["fiscal_year"]), [])
        if not before or (category and None not in before and category not in before):
            before.append(category)
            kept.append(line)
    lines[:] = kept


def _in_kind(plan: Plan, given: list[Fields]) -> None:
    for one in given:
        _only(one, plan.draw(st.sampled_from(_IN_KIND)), _IN_KIND)
        source = next(source for source in plan.tables["funding_sources"] if source["name"] == one["source"])
        first = plan.distance(source["first_month"])
        last = plan.distance(source["last_month"]) if "last_month" in source else plan.months - 1
        begins = plan.draw(st.integers(first, min(last, plan.months - 1)))
        one["first_month"] = plan.label(begins)
        if "last_month" in one:
            one["last_month"] = plan.label(plan.draw(st.integers(begins, last)))


def _rates(plan: Plan, rates: list[Fields]) -> None:
    """One that is not rounded says no way of rounding."""
    for rate in rates:
        if rate.get("is_of_total"):
            rate["rate"] = round(rate["rate"] / 10, 4)  # below 1: a share of the total leaves the rest to its base
        if {rate.get("rounded_to", RoundedTo.NONE), rate.get("base_rounded_to", RoundedTo.NONE)} == {RoundedTo.NONE}:
            _only(rate, None, ("rounding_mode", "rounding_period"))


def _control_totals(plan: Plan, controls: list[Fields]) -> None:
    """Each is of one thing, in months of the plan."""
    fields = ["all_cost", "object_class", "category", "appropriation_class", *ControlTotal.table.references]
    for control in controls:
        named = [field for field in fields if control.get(field) not in (None, False, NO_ITEM)]
        kept = plan.draw(st.sampled_from(named)) if named else "all_cost"
        _only(control, kept, tuple(fields))
        control.setdefault(kept, True)
        if "last_month" in control:
            control["last_month"] = plan.label(min(plan.distance(control["last_month"]), plan.months - 1))


def _outcomes(plan: Plan, outcomes: list[Fields]) -> None:
    for outcome in outcomes:
        outcome["effect_low"], outcome["effect"], outcome["effect_high"] = sorted(
            outcome[name] for name in ("effect_low", "effect", "effect_high")
        )


def _assignments(plan: Plan) -> list[Fields]:
    """Draw lines of the budget that name what pays them, in one column or two, and shares of sites in categories without such a line."""
    sources, found = plan.nameable("funding_sources"), []
    taken: set[tuple[str, CostCategory]] = set()
    for named in LINES_OF_THE_BUDGET if sources else ():
        table = FundingAssignment.table.references[named].table
        model = MODELS[table]
        for line in plan.tables[table]:
            if not plan.draw(st.sampled_from([True, False, False])) or line.get("may_be_below_zero") or line.get("rate", 0) < 0:
                continue
            taken.add((line.get("site", PROGRAM_WIDE), line.get("category", model.model_fields["category"].get_default())))
            share = plan.draw(st.sampled_from([1.0, 1.0, 0.25, 0.6]))
            columns = [_column(plan, sources, part, named) for part in (share, plan.draw(st.sampled_from([1 - share, 0]))) if part]
            by_amount = [column for column in columns if "assigned_amount" in column]  # one alone, lest it be more than the line
            found += [{named: line["name"], **column} for column in by_amount[:1] or columns]
    free = [(site, category) for site in plan.nameable("sites") for category in CostCategory if (site, category) not in taken]
    about = declared(MODELS["funding_assignments"].model_fields["assigned_share"])
    assert about
    for site, category in plan.draw(st.lists(st.sampled_from(free), max_size=2, unique=True)) if sources and free else []:
        found.append({"site": site, "category": category, **_column(plan, sources, plan.draw(number(about)) * 0.5)})
    return [{"name": f"Assignment {index}", **item} for index, item in enumerate(found)]


_LIMITED = {"position": LimitEach.SALARY, "care": LimitEach.STAY, "service": LimitEach.PERSON}


def _column(plan: Plan, sources: list[str], share: float, named: str = "") -> Fields:
    """Draw what pays a part of a line: a source, or of one with a match and no pledge the source or its cash match alone."""
    column: Fields = {"source": plan.draw(st.sampled_from(sources)), "assigned_share": share}
    source = next(source for source in plan.tables["funding_sources"] if source["name"] == column["source"])
    match = source.get("match")
    if not match:
        column["paid_by"] = plan.draw(st.sampled_from([PaidBy.SOURCE_AND_MATCH, PaidBy.SOURCE]))
    elif plan.chance():
        match.pop("pledged", None)
        column["paid_by"] = plan.draw(st.sampled_from([PaidBy.CASH_MATCH, PaidBy.CASH_MATCH, PaidBy.SOURCE]))
    if named in _LIMITED and plan.chance():
        column |= {"limit": plan.some(MODELS["funding_assignments"], "limit"), "limit_each": _LIMITED[named]}
        column |= {"people": plan.some(MODELS["funding_assignments"], "people")} if _LIMITED[named] is LimitEach.PERSON else {}
    if plan.draw(st.sampled_from([True, False, False, False])):
        column["assigned_amount"] = plan.draw(st.integers(0, 100_000))
        del column["assigned_share"]
    return column


def _object_classes(plan: Plan, said: list[Fields]) -> None:
    """Each category once."""
    said[:] = {item["category"]: item for item in said}.values()


# What the rules demand of the items of a table: a function that mends the items that were drawn.
MENDED: Mapping[str, Callable[[Plan, list[Fields]], None]] = {
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
    "federal_shares": _federal_shares,
    "funding_sources": _sources,
    "caps": _caps,
    "funding_plan": _funding_plan,
    "in_kind_contributions": _in_kind,
    "object_classes": _object_classes,
    "outcomes": _outcomes,
    "control_totals": _control_totals,
}


@st.composite
def scenarios(draw: st.DrawFn, most_sites: int = 4, most_months: int = 40) -> Scenario:
    """Draw a scenario that the rules accept."""
    first = draw(st.dates(min_value=datetime.date(2017, 1, 1), max_value=datetime.date(2021, 12, 1))).replace(day=1)
    plan = Plan(draw, first, draw(st.integers(1, most_months)))
    sizes = {"sites": (1, most_sites), "funding_sources": (0, 5)}  # what sources are to each other varies where there are some
    for key, model in MODELS.items():
        if key == "funding_assignments":
            plan.tables[key] = _assignments(plan)
        else:
            plan.tables[key] = plan.items(key, model, *sizes.get(key, (0, 3)))
    general = draw(_fields(General))
    if plan.chance():
        plan.tables["adopted_budget"] = []
    if plan.tables["adopted_budget"]:  # which is given once
        general |= {field: 0 for field in General.model_fields if field.startswith("adopted_")}
    return Scenario.model_validate(
        {"name": "Random", "first_month": plan.label(0), "months": plan.months, "general": general, **plan.tables}
    )
