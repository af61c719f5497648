"""Budget units: what each unit of the County budgets by class, receives and must pay itself, and what units buy from each other."""

from __future__ import annotations

import streamlit as st

from budget_model.analysis.budget_units import purchases, units
from budget_model.analysis.rounding import WHOLE_DOLLARS
from budget_model.analysis.units_beyond_budget import units_beyond_budget
from budget_model.analysis.why.addresses import text_of
from budget_model.formats import NIL, count, dollars, worded
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Kind, Line, heading, say, say_unknown, sheet, year_choice
from budget_model.pages.shared.year_table import YearLine, year_table
from budget_model.projection import Projection
from budget_model.scenario.choices import AppropriationClass
from budget_model.scenario.declarations import Part
from budget_model.timeline import TOTAL

_COLUMNS = (*map(str, AppropriationClass), "Gross appropriation", "Intrafund transfers", "Revenue", "Net county cost", "Positions")
# Below the classes of one unit: label, row, how it stands out.
_BELOW: tuple[tuple[str, str, Kind], ...] = (
    ("Gross appropriation", "unit_gross_appropriation", "total"),
    ("Less: intrafund transfers", "unit_intrafund_transfers", ""),
    ("Less: revenue", "unit_revenue", ""),
    ("Net county cost", "unit_net_county_cost", "total"),
    ("Bought from other units of this plan", "unit_purchases", ""),
    ("Sold to other units of this plan", "unit_sales", ""),
)


def _in_words(projection: Projection, year: str) -> str:
    """Return how what units budget adds up to the plan."""
    index = projection.years.index(year)
    together, between, plan = (
        dollars(projection.by_year(row)[index]) for row in ("sum_of_units", "all_unit_purchases", "gross_appropriation")
    )
    when = "Over all years" if year == TOTAL else f"In {year}"
    bought = (
        f"They buy {between} of it from each other, so the plan costs {plan}." if between != NIL else "They buy nothing from each other."
    )
    return f"{when} the units budget {together} together. {bought}"


def _side_by_side(projection: Projection, year: str) -> None:
    """Show a line for each unit, then what they buy from each other, and the plan."""
    index = projection.years.index(year)
    lines = []
    for unit, name in enumerate(units(projection)):
        amounts = [*projection.by_year("unit_cost_by_class")[unit, :, index]]
        amounts += [projection.by_year(row)[unit, index] for _, row, _ in _BELOW[:4]]
        positions = count(projection.by_year("unit_budgeted_positions")[unit, index])
        figures = [text_of("unit_cost_by_class", year, [name, str(one)]) for one in AppropriationClass]
        figures += [text_of(row, year, [name]) for row in (*(row for _, row, _ in _BELOW[:4]), "unit_budgeted_positions")]
        lines.append(Line(name, [*map(dollars, amounts), positions], figures=figures))
    between = float(projection.by_year("all_unit_purchases")[index])
    if dollars(between) != NIL:
        bought = [NIL if one != AppropriationClass.SERVICES_AND_SUPPLIES else dollars(-between) for one in AppropriationClass]
        lines.append(Line("Bought from each other", [*bought, dollars(-between), dollars(-between), NIL, NIL, ""]))
    whole = [*projection.by_year("cost_by_class")[:, index]]
    whole += [projection.by_year(row)[index] for row in ("gross_appropriation", "intrafund_transfers", "revenue", "net_county_cost")]
    lines.append(Line("The plan", [*map(dollars, whole), count(projection.by_year("all_budgeted_positions")[index])], "total"))
    sheet(["Unit", *_COLUMNS], lines, kept="Net county cost")


def _one_unit(screen: ScreenState) -> None:
    """Show one unit's budget by fiscal year, as the unit can check and sign it."""
    names = units(screen.now)
    say_unknown("unit", names, "the unit", f"You see {names[0]}.")
    chosen = st.selectbox("Budget of", names, key="unit", bind="query-params")
    year_table(screen, lambda one: _lines(one, chosen))


def _lines(projection: Projection, unit: str) -> list[YearLine]:
    """Return the lines of a unit's budget by fiscal year; none where the plan has not the unit."""
    if unit not in units(projection):
        return []
    at = units(projection).index(unit)
    classes = zip(AppropriationClass, projection.by_year("unit_cost_by_class")[at], strict=True)
    lines = [YearLine(str(name), amounts, figure=("unit_cost_by_class", unit, str(name))) for name, amounts in classes]
    lines += [YearLine(label, projection.by_year(row)[at], kind=kind, figure=(row, unit)) for label, row, kind in _BELOW]
    positions = "unit_budgeted_positions"
    return [*lines, YearLine("Budgeted positions", projection.by_year(positions)[at], "positions", figure=(positions, unit))]


def _purchases(projection: Projection, year: str) -> None:
    st.header("What units buy from each other", anchor=False)
    found, index = purchases(projection), projection.years.index(year)
    if not found:
        return teach_in_build(
            "No line of this plan is bought by another unit. Where one is, the field Purchased by of the line names the unit.",
            "Positions in Build",
            Part.POSITIONS,
        )
    lines = [Line(one.line, [one.seller, one.buyer, worded(one.share, "share"), dollars(one.amounts[index])]) for one in found]
    sheet(["Line", "Sold by", "Bought by", "Share of its cost", "All years" if year == TOTAL else year], lines, text_columns=2)
    return say(
        "The seller keeps the cost in its own classes and shows an intrafund transfer of what is bought; the buyer shows it in "
        "Services and Supplies. It counts once in the plan. What is not bought of a line stays its seller's net county cost.",
        "quiet",
    )


def _page(screen: ScreenState) -> None:
    now = screen.now
    heading("Budget units", screen, "The same money by the unit of the County that budgets it.")
    if not units(now):
        teach_in_build(
            "This plan has no cost yet, so no unit budgets any. With positions or other lines, each unit's budget stands here.",
            "Add a position",
            Part.POSITIONS,
            "lead",
        )
        return
    year = year_choice(now)
    say(_in_words(now, year), "lead")
    _side_by_side(now, year)
    say(
        "Positions are those of the year's end. Money belongs to the unit that receives it: what it pays of another unit's cost is "
        f"that unit's net county cost until the line says who buys it. {WHOLE_DOLLARS}",
        "quiet",
    )
    if year != TOTAL:
        for remark in units_beyond_budget(now, now.years.index(year)):
            say(remark)
    _one_unit(screen)
    _purchases(now, year)


_page(current())
