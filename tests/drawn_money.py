"""What the rules demand of the items that pay: federal shares, sources and their match, caps, a funding plan, value in kind, columns."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from drawn_plan import Fields, Mend, Plan, fields_of, number, only
from hypothesis import strategies as st

from budget_model.scenario.assumption import declared
from budget_model.scenario.choices import (
    PROGRAM_WIDE,
    BudgetTreatment,
    CapBasis,
    CostCategory,
    Driver,
    IncomeUse,
    LimitEach,
    MatchBasis,
    Pace,
    PaidBy,
)
from budget_model.scenario.schema import FundingAssignment, Match
from budget_model.scenario.schema.columns import LINES_OF_THE_BUDGET
from budget_model.scenario.tables import MODELS
from budget_model.timeline import timeline

_IN_KIND = ("total_value", "monthly_value", "unit_value")
EVERY_TENTH = st.sampled_from([True, *[False] * 9])


def _federal_shares(plan: Plan, shares: list[Fields]) -> None:
    """One share a month: each begins after the one before has ended."""
    shares[:] = {item["first_month"]: item for item in sorted(shares, key=lambda item: item["first_month"])}.values()
    for before, after in itertools.pairwise(shares):
        if "last_month" not in before or before["last_month"] >= after["first_month"]:
            before["last_month"] = plan.label(plan.distance(after["first_month"]) - 1)


def _match(match: Fields) -> None:
    """Of total project cost it is below 1, a share that leaves the rest to the grant; value in kind counts once."""
    if match.get("basis") is MatchBasis.TOTAL_PROJECT_COST:
        match["rate"] = round(match["rate"] / 2, 4)
    if match.get("in_kind_counts_first"):
        only(match, None, ("in_kind_share", "in_kind_pledged"))
    if not match.get("rounded_to"):
        match.pop("rounding_mode", None)


def _sources(plan: Plan, sources: list[Fields]) -> None:
    """Each has one kind of money; in every tenth plan the last but one earns income for the last, an award with a match."""
    model, given = MODELS["funding_sources"], ("award", "yearly_amount")
    earns, award = sources[-2:] if len(sources) > 1 and plan.draw(EVERY_TENTH) else ({}, {})
    if earns:
        only(earns, None, ("last_month",))
        use = IncomeUse.COUNTED_AS_MATCH if plan.chance() else IncomeUse.DEDUCTED
        earns |= {"first_month": plan.label(0), "driver": Driver.OPEN_SITES, "income_use": use}
        award["match"] = plan.draw(fields_of(Match)) | {"rate": plan.some(Match, "rate")}
    kinds, shares = (*given, "amount_per_unit", "drug_medi_cal", "nonfederal_drug_medi_cal"), ("drug_medi_cal", "nonfederal_drug_medi_cal")
    for source in sources:
        drawn = plan.draw(st.sampled_from((*given, *kinds, "pays_what_arises")))
        kind = "amount_per_unit" if source is earns else "award" if source is award else drawn
        only(source, kind, kinds)
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
            only(source, None, ("start_up_months", "close_out_months"))  # so that half of them pay services in all months
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
        only(line, None, ("category",))
        line.update({"category": category} if category else {})
        before = said.setdefault((line["source"], line["fiscal_year"]), [])
        if not before or (category and None not in before and category not in before):
            before.append(category)
            kept.append(line)
    lines[:] = kept


def _in_kind(plan: Plan, given: list[Fields]) -> None:
    for one in given:
        only(one, plan.draw(st.sampled_from(_IN_KIND)), _IN_KIND)
        source = next(source for source in plan.tables["funding_sources"] if source["name"] == one["source"])
        first = plan.distance(source["first_month"])
        last = plan.distance(source["last_month"]) if "last_month" in source else plan.months - 1
        begins = plan.draw(st.integers(first, min(last, plan.months - 1)))
        one["first_month"] = plan.label(begins)
        if "last_month" in one:
            one["last_month"] = plan.label(plan.draw(st.integers(begins, last)))


def assignments(plan: Plan) -> list[Fields]:
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


# A function for each table whose items are mended.
MONEY_MENDED: Mapping[str, Mend] = {
    "federal_shares": _federal_shares,
    "funding_sources": _sources,
    "caps": _caps,
    "funding_plan": _funding_plan,
    "in_kind_contributions": _in_kind,
}
