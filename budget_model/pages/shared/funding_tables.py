"""Tables of the Funding page: the County's own money, sources with their status, pace, plan, caps, terms, and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import streamlit as st

from budget_model.analysis.lines_by_payer import BudgetLine, lines_by_payer, payers
from budget_model.analysis.rounding import WHOLE_DOLLARS
from budget_model.analysis.who_pays import (
    UNPAID,
    Part,
    PayerLine,
    Standing,
    by_standing,
    cap_uses,
    match_in_words,
    pace_in_words,
    plan_lines,
    standing,
    who_pays,
)
from budget_model.analysis.why.addresses import text_of
from budget_model.formats import NIL, counted, dollars, joined, worded
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.pages.shared.widgets import Kind, Line, on_one_line, say, sheet
from budget_model.pages.shared.year_table import YearLine, of_row, year_table
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.choices import BudgetTreatment
from budget_model.scenario.schema import Source
from budget_model.timeline import TOTAL

# The County's own money beside what it pays: label, row.
_COUNTY_MONEY = (
    ("Authorized", "county_money_authorized"),
    ("Asked for, or of a status not stated", "county_money_asked_for"),
    ("Of both not needed", "county_money_not_asked_for"),
)


def paid_by(screen: ScreenState) -> None:
    """Show who pays by fiscal year: outside money by its standing, what makes up net county cost, and that both come to all cost."""
    st.header("Who pays", anchor=False)
    year_table(screen, lambda one: list(map(_payer_line, who_pays(one))))
    awarded = dollars(float(screen.now.by_year("all_drawdown_awarded")[-1]))
    say(
        f"Outside money and net county cost come to gross appropriation. The headline 'Drawn from awarded sources', {awarded}, "
        f"takes the outside money that is awarded and the County money that is authorized together. {WHOLE_DOLLARS}",
        "quiet",
    )


def _payer_line(line: PayerLine) -> YearLine:
    return YearLine(line.label, line.amounts, kind=_kind(line), figure=(line.row,) if line.row else ())


def _kind(line: PayerLine) -> Kind:
    return "total" if line.part is Part.SUM else "alert" if line.label == UNPAID else ""


def county_money(screen: ScreenState) -> None:
    """Show what of the County's own money is authorized and what is asked for, by fiscal year."""
    st.header("The County's own money", anchor=False)
    year_table(screen, lambda one: [of_row(one, label, row) for label, row in _COUNTY_MONEY])
    own = [source for source in screen.now.scenario.funding_sources if source.treatment is BudgetTreatment.NET_COUNTY_COST]
    asked = [source.name for source in own if standing(source) is Standing.ASKED_FOR]
    only = f" Only asked for so far, and authorized if the Board agrees: {', '.join(asked)}." if asked else ""
    say(f"What the County gives and the plan does not need is not lost.{only}", "quiet")


_MONEY = {
    "Offered": "money_awarded",
    "Drawn": "drawdown",
    "Lost": "outside_money_lost",
    "Left at the end": "award_left",
    "Match owed": "match_owed",
    "Match paid": "match_paid",
    "Match short": "match_shortfall",
}
_SUMS = {
    Standing.AWARDED: "Awarded: these pay, the County's own among them",
    Standing.EARNED_BY_CLAIMS: "Earned by claims: these would pay as claims are paid, the County's own among them",
    Standing.ASKED_FOR: "Asked for: these would pay, the County's own among them",
    Standing.NOT_STATED: "Status not stated: these would pay, the County's own among them",
}


def sources(projection: Projection) -> None:
    """Show every source with its status, its money and its match, and totals by what may be said of the money."""
    st.header("Sources, in the order in which they are used", anchor=False)
    figures = {name: projection.yearly_table(row)[TOTAL] for name, row in _MONEY.items()}
    lines = [
        Line(
            source.name,
            [dollars(column.iloc[index]) for column in figures.values()],
            under=_about(projection, source),
            figures=[text_of(row, TOTAL, [source.name]) for row in _MONEY.values()],
        )
        for index, source in enumerate(projection.scenario.funding_sources)
    ]
    sums = {name: by_standing(projection, row) for name, row in _MONEY.items()}
    known = {standing(source) for source in projection.scenario.funding_sources}
    lines += [Line(_SUMS[kind], [dollars(amounts[kind][-1]) for amounts in sums.values()], "total") for kind in Standing if kind in known]
    sheet(["Source", *_MONEY], lines, style="plain")
    say(
        "All fiscal years together. Lost is outside money that is not used in time; the County's own is not lost. -- is nil. "
        f"{WHOLE_DOLLARS}",
        "quiet",
    )


def _about(projection: Projection, source: Source) -> str:
    last = source.last_month.value if source.last_month else projection.timeline.last
    longer = int(projection.monthly("source_extension")[projection.scenario.funding_sources.index(source)])
    extended = f", extended by {counted(longer, 'month')}" if longer else ""
    months = f"{worded(source.first_month.value, MONTH_UNIT)} to {worded(last, MONTH_UNIT)}{extended}"
    places = f"only at {', '.join(source.pays_only_at)}" if source.pays_only_at else ""
    parts = (f"Status: {source.status.lower()}", source.treatment.lower(), source.timing.lower(), months, places, match_in_words(source))
    return ", ".join(part for part in parts if part)


def pace(projection: Projection) -> None:
    """Show how fast each source pays: its constant share by fiscal year, and where its money or a cap cuts it short."""
    st.header("Pace of the sources", anchor=False)
    shares, named, short = (projection.by_year(row) for row in ("constant_share", "all_cost_named_to_source", "share_cut_short"))
    years = projection.timeline.years
    planned = {(line.source, line.fiscal_year) for line in projection.scenario.funding_plan}
    lines, without = [], []
    for index, source in enumerate(projection.scenario.funding_sources):
        cells = []
        for year, share, given in zip(years, shares[index], named[index], strict=False):
            by_plan = "by plan" if (source.name, year) in planned else "by columns"
            cells.append(worded(round(float(share), 3), "share") if share else by_plan if round(given) else NIL)
        cut = [f"{year} ({dollars(amount)})" for year, amount in zip(years, short[index], strict=False) if round(amount)]
        if not cut and {*cells} == {NIL}:
            without.append(f"{source.name} ({pace_in_words(source).lower()})")
            continue
        cut_short = f"; its money does not reach in {', '.join(cut)}" if cut else ""
        figures = [
            text_of("constant_share", year, [source.name]) if share else "" for year, share in zip(years, shares[index], strict=False)
        ]
        lines.append(Line(source.name, cells, under=f"{pace_in_words(source)}{cut_short}", figures=figures))
    if lines:
        sheet(["Source", *map(on_one_line, years)], lines, style="plain")
        say(
            "The share of the cost that earlier sources leave and the source may pay, which it and its match pay: its money for the year, "
            "or of an award for its whole period, over that cost. Caps and the end of the money can make it less in a month.",
            "quiet",
        )
    if without:
        say(f"Without a share of their own: {'; '.join(without)}.", "quiet")


def plan(projection: Projection) -> None:
    """Show the lines of the funding plan with what comes of them, if there are any."""
    if projection.scenario.funding_plan:
        st.header("Funding plan", anchor=False)
        lines = [
            Line(line.source, [line.of, line.fiscal_year, line.asked, dollars(line.cost), worded(round(line.share, 4), "share")])
            for line in plan_lines(projection)
        ]
        sheet(["Source", "Pays of", "Fiscal year", "Planned", "Cost left to it", "Share that comes of it"], lines, text_columns=3)
        say("A line takes the place of the source's pace in its year. Money, period and caps still bind.", "quiet")


def caps(projection: Projection) -> None:
    """Show every cap with what it allows, what counts under it, what it refuses and who pays that, if there are any."""
    found = cap_uses(projection)
    if found:
        st.header("Caps", anchor=False)
        lines = [
            Line(
                f"{use.cap.source}: {use.rule}",
                [dollars(use.limit), dollars(use.used), dollars(use.refused)],
                under=f"What it refuses is left to: {use.payers}." if use.payers else "",
                figures=[text_of(row, TOTAL, [use.cap.name]) for row in ("cap_limit", "used_under_cap", "cost_above_cap")],
            )
            for use in found
        ]
        sheet(["Cap", "Limit", "Used", "Refused"], lines, style="plain")
        say(
            "All fiscal years together. Refused is cost that the source has money for, month by month: room that comes later does not "
            "bring it back. It is left to later sources and to the gap as other cost of its category and month.",
            "quiet",
        )


_TERMS = {
    "Over-match": "over_match",
    "In kind owed": "in_kind_match_owed",
    "In kind given": "in_kind_match_given",
    "In kind short": "in_kind_match_shortfall",
    "Overhead claimed": "indirect_claimed",
    "Not yet received": "claims_outstanding",
    "Short for providers": "short_of_community_minimum",
    "Short for evaluation": "short_of_evaluation_minimum",
}
_RECEIVED = [*_TERMS].index("Not yet received")


def terms(projection: Projection) -> None:
    """Show what each source asks for beside its match, and what is over or short of it; sources without any of it are named."""
    st.header("Terms of the sources", anchor=False)
    figures = [projection.yearly_table(row)[TOTAL] for row in _TERMS.values()]
    lines, without_terms = [], []
    for index, source in enumerate(projection.scenario.funding_sources):
        asked = [match_in_words(source)] if match_in_words(source) else []
        asked += ["match paid by columns of its own"] * bool(projection.monthly("match_has_own_lines")[index])
        if source.least_to_community_providers.value:
            asked.append(f"at least {worded(source.least_to_community_providers.value, 'share')} to community providers")
        if source.least_to_evaluation.value:
            asked.append(f"at least {worded(source.least_to_evaluation.value, 'share')} for data and evaluation")
        if without := int(projection.monthly("months_without_services")[index].sum()):
            asked.append(f"no services to participants in {counted(without, 'month')} at its start and end")
        asked += ["may not supplant"] * source.no_supplanting + ["keeps what is not spent"] * source.carries_over
        cells = [dollars(column.iloc[index]) for column in figures]
        explained = [text_of(row, TOTAL, [source.name]) for row in _TERMS.values()]
        if asked or {*cells} != {NIL}:
            lines.append(Line(source.name, cells, under="; ".join(asked), figures=explained))
        else:
            without_terms.append(source.name)
    if lines:
        said = [any(line.cells[column] != NIL for line in lines) for column in range(len(_TERMS))]
        sheet(["Source", *compress(_TERMS, said)], [_with_columns(line, said) for line in lines], style="plain")
        nil = [name.lower() for name, is_said in zip(_TERMS, said, strict=True) if not is_said]
        advanced = "; not yet received is what the County advances at the end" * any(line.cells[_RECEIVED] != NIL for line in lines)
        say(f"All fiscal years together{advanced}.{f' Nil for all of them: {joined(nil)}.' if nil else ''}", "quiet")
    if without_terms:
        say(f"Without terms: {'; '.join(without_terms)}.", "quiet")


def _with_columns(line: Line, kept: Sequence[bool]) -> Line:
    return replace(line, cells=list(compress(line.cells, kept)), figures=list(compress(line.figures, kept)))


def columns(projection: Projection) -> None:
    """Show the budget's lines by what pays them, where a line names columns; what it leaves to others is common."""
    if not projection.scenario.funding_assignments:
        return
    st.header("Lines of the budget by what pays them", anchor=False)
    found = lines_by_payer(projection)
    named, common = [line for line in found if line.has_columns], [line for line in found if not line.has_columns]
    names = [name for name in payers(found) if any(round(line.paid[name]) for line in named)]
    lines = [Line(line.name, _by_payer([line], names), under=line.category) for line in named]
    lines += [Line("All other lines", _by_payer(common, names)), Line("All lines", _by_payer(found, names), "total")]
    sheet(["Line", *names, "Others", "Cost"], lines, kept="Cost")
    say(
        "All fiscal years together. Lines whose columns name what pays them stand alone; what columns leave of them is common cost.",
        "quiet",
    )


def _by_payer(lines: Sequence[BudgetLine], names: Sequence[str]) -> list[str]:
    """Return what payers pay of some lines, what all others pay, and the cost."""
    paid, cost = [sum(line.paid[name] for line in lines) for name in names], sum(line.cost for line in lines)
    return [dollars(amount) for amount in (*paid, cost - sum(paid), cost)]


def contributions(screen: ScreenState) -> None:
    """Show what is given in kind, by whom, and the project total that it makes, if there is any."""
    if _contributed(screen.now):
        st.header("Value in kind", anchor=False)
        year_table(screen, _contributed)
        say("Value in kind pays no cost of this budget and is in no appropriation.", "quiet")


def _contributed(projection: Projection) -> list[YearLine]:
    given = projection.scenario.in_kind_contributions
    if not given and not projection.by_year("value_in_kind").round().any():
        return []
    values = projection.by_year("value_of_contribution")
    lines = [
        YearLine(one.name, amounts, under=f"{one.giver or 'giver not named'}, for {one.source}")
        for one, amounts in zip(given, values, strict=True)
    ]
    kinds: tuple[tuple[str, str, Kind], ...] = (
        ("Pledged in kind and counted as match", "all_pledges_in_kind_given", ""),
        ("Value in kind", "value_in_kind", "total"),
        ("Gross appropriation", "gross_appropriation", ""),
        ("Project total", "project_total", "total"),
    )
    return lines + [of_row(projection, *line) for line in kinds if projection.by_year(line[1]).round().any()]
