"""Overview: what the program costs and who pays, in the form of the County's budget, now and against the saved scenario."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from budget_model.analysis.change_lines import CHANGE_COLUMNS, ROUNDING, ChangeLine
from budget_model.analysis.change_table import change_table
from budget_model.analysis.compare import HEADLINES, compare
from budget_model.analysis.findings import findings, grave, in_numbers
from budget_model.analysis.mended import mended
from budget_model.analysis.rounding import WHOLE_DOLLARS
from budget_model.analysis.summary_record import record
from budget_model.analysis.who_pays import BEYOND, awarded_in_words, county_money_in_words, outside_money_in_words
from budget_model.analysis.why.addresses import text_of
from budget_model.charts.figures import cost_by_year, sources_by_year
from budget_model.errors import SimulationError
from budget_model.formats import NIL, count, counted, dollars, figure, millions
from budget_model.pages.shared import act_list, beside, catalog, check_list, glossary, jumps, start_here, why_links
from budget_model.pages.shared.address import of_the_work
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Kind, Line, heading, page_file, said, say, say_unknown, sheet, show
from budget_model.pages.shared.year_table import YearLine, of_row, year_table
from budget_model.projection import Projection
from budget_model.scenario.choices import AppropriationClass
from budget_model.scenario.confirmation import confirmations
from budget_model.scenario.schema import Scenario
from budget_model.timeline import TOTAL

if TYPE_CHECKING:
    from budget_model.simulation.results import Simulation

_SPLITS = {"Appropriation class": "cost_by_class", "Category": "cost_by_category", "Site": "cost_by_place"}
# The lines below the classes, in the County's order: label, row, how it stands out.
_BELOW: tuple[tuple[str, str, Kind], ...] = (
    ("Gross appropriation", "gross_appropriation", "total"),
    ("Less: intrafund transfers", "intrafund_transfers", ""),
    ("Net appropriation", "net_appropriation", "total"),
    ("Less: revenue", "revenue", ""),
    ("Net county cost", "net_county_cost", "total"),
    ("County money authorized", "county_money_authorized", ""),
    ("County money asked for, or of a status not stated", "county_money_asked_for", ""),
    ("Of both not needed", "county_money_not_asked_for", ""),
    (f"Net county cost {BEYOND}: the funding gap", "funding_gap", "alert"),
    ("Outside money lost", "all_outside_money_lost", "alert"),
)
_PEOPLE: tuple[tuple[str, str, Kind], ...] = (
    ("Budgeted positions", "all_budgeted_positions", ""),
    ("Enrolled", "all_enrollments", ""),
    ("Served in the year", "all_people_served_in_year", ""),
    ("Active participants", "all_active_participants", ""),
    ("All but treatment and housing, for each participant-month", "cost_without_care_per_participant_month", ""),
)


# What a reader asks next, by the page that answers it.
_NEXT = {
    "range": ("The range behind these figures, and whom to ask first", ":material/query_stats:"),
    "evidence": ("Where each number comes from", ":material/source:"),
    "motion": ("What each clause of the motion still lacks", ":material/fact_check:"),
}

# What is in no appropriation, where there is any.
_BESIDE: tuple[tuple[str, str, Kind], ...] = (
    ("Value in kind, in no appropriation", "value_in_kind", ""),
    ("Project total, with value in kind", "project_total", "total"),
)


def _in_words(projection: Projection) -> str:
    """Return what the program costs, who pays, who would pay, and what is missing."""
    total, years = projection.record()["total"], projection.years[:-1]
    span = f"Over {years[0]} to {years[-1]}" if len(years) > 1 else f"In {years[0]}"
    in_kind = f", {dollars(total['project_total'])} with value in kind," if dollars(total["value_in_kind"]) != NIL else ""
    return (
        f"{span} the program costs {dollars(total['gross_appropriation'])}{in_kind} and enrolls {count(total['enrolled'], 0)} people. "
        f"{outside_money_in_words(projection)} {county_money_in_words(projection)}"
    )


_RANGES = "Where 80 of 100 draws of the uncertain numbers lie, by the first thousand of them; the page Range draws all."


def _range(screen: ScreenState) -> Simulation | None:
    """Return the simulation of what is on the screen where the reader wants to see ranges; a thousand draws do for a mark."""
    if not st.toggle("Show ranges", key="ranges", help=_RANGES):
        return None
    from budget_model.pages.shared import simulations  # what draws needs takes long to import

    try:
        return simulations.quick(screen.now)
    except SimulationError as error:
        say(str(error), "alert")
        return None


def _cards(screen: ScreenState, found: Simulation | None) -> None:
    changed, others = bool(screen.changes), beside.of_headlines(screen)
    with st.grid(4, min_column_width=164, gap="xsmall"):
        for headline in compare(screen.saved, screen.now):
            moved = headline.shown_change
            below = others.get(headline.label, [])
            if found:
                below = [f"80 of 100 draws: {_span(found, HEADLINES[headline.label], headline.unit)}", *below]
            with st.container(border=True, key=f"card.{HEADLINES[headline.label]}", height="stretch", gap=None):
                st.metric(
                    headline.label,
                    figure(headline.after, headline.unit),
                    moved if changed else None,
                    delta_color="off",
                    delta_arrow="off" if moved == "no change" else "up" if headline.change > 0 else "down",
                    help="\n\n".join(filter(None, (headline.rule, glossary.meanings(headline.label)))),
                )
                why = why_links.linked("Why", why_links.href(text_of(HEADLINES[headline.label], TOTAL)), headline.label)
                st.html("".join(said(words, "quiet") for words in below) + why)
    if awarded := awarded_in_words(screen.now):
        say(awarded, "quiet")
    say(
        "Below each figure: the difference from the saved scenario." if changed else "Change something under Build to see the difference.",
        "quiet",
    )


def _span(found: Simulation, row: str, unit: str) -> str:
    """Return between which figures of all months 80 of 100 draws lie."""
    ends = (float(found.percentile(row, percent)[-1]) for percent in (10, 90))
    return " to ".join(millions(end) if unit == "dollars" else figure(end, unit) for end in ends)


def _how_sure(scenario: Scenario) -> None:
    """Say how far the numbers are confirmed, and lead to what a reader asks next."""
    confirmed, numbers = confirmations(scenario)
    say(f"How sure that is: {confirmed:,} of {counted(numbers, 'number')} are confirmed by name and day.")
    with st.container(horizontal=True):
        for name, (label, icon) in _NEXT.items():
            st.page_link(page_file(name), label=label, icon=icon, query_params=of_the_work())


# Rows of which the budget of its year shows the figures, by the columns of the change table.
_CHANGED = ("gross_appropriation", "intrafund_transfers", "revenue", "net_county_cost", "all_budgeted_positions")


def _moves(screen: ScreenState) -> None:
    if screen.changes:
        st.header("Changed from the saved scenario", anchor=False)
        act_list.table(screen.acts)


def _county_lines(projection: Projection) -> list[YearLine]:
    classes = zip(AppropriationClass, projection.by_year("cost_by_class"), strict=True)
    lines = [YearLine(str(name), amounts, figure=("cost_by_class", str(name))) for name, amounts in classes]
    below = [*_BELOW, *_BESIDE] if projection.by_year("value_in_kind").round().any() else _BELOW
    return lines + [of_row(projection, *line) for line in (*below, *_PEOPLE)]


def _county_table(screen: ScreenState) -> None:
    st.header("Budget by fiscal year", anchor=False)
    year_table(screen, _county_lines)
    say(
        "Positions and active participants at the end of each fiscal year, and of the last one under Total; served under Total counts "
        "each person once. -- is nil. "
        f"{WHOLE_DOLLARS}",
        "quiet",
    )


def _changes(projection: Projection) -> None:
    """Show the County's change table of a fiscal year (conventions A4 to A6)."""
    st.header("Changes from the year before", anchor=False)
    years = list(projection.timeline.years)
    say_unknown("changes", years, "the changes of", f"You see {years[0]}.")
    year = st.segmented_control("Changes of", years, default=years[0], required=True, key="changes", bind="query-params")
    table = change_table(projection, year or years[0])
    _change_sheet("", table.lines, table.year)
    for note in table.notes:
        say(note)
    if table.units:
        units = [Line(line.name, list(line.cells), "total" if line.subject == "total" else "") for line in table.units]
        sheet(["The same changes by budget unit", *CHANGE_COLUMNS], units, style="plain", kept="Net county cost")
        for unit in table.by_unit:
            with st.expander(f"Changes of {unit.name}"):
                _change_sheet(f"{unit.name}, {table.year}", unit.lines)
    say(f"{ROUNDING} The sentences are drafted from the scenario; a site's own justification takes the place of the cause.", "quiet")


def _change_sheet(name: str, lines: Sequence[ChangeLine], year: str = "") -> None:
    """Show changes; with a year, the figures of the last line, its budget, answer why."""
    shown = []
    for line in lines:
        figures = [text_of(row, year) for row in _CHANGED] if year and line is lines[-1] else ()
        under = f"{line.heading}. {line.text}" if line.heading else ""
        shown.append(Line(line.label, list(line.cells), "" if line.heading else "total", under, figures))
    sheet([name, *CHANGE_COLUMNS], shown, style="plain")


def _checks(screen: ScreenState) -> None:
    found = findings(screen.now)
    st.header("Checks", anchor=False)
    words = f"{in_numbers(found)}. Each is judged by month or by fiscal year, so that no year sets off another."
    jumps.show_at(jumps.CHECKS, said(words))
    check_list.show(screen)
    with st.expander(f"All {len(screen.now.checks)} checks, with those that pass"):
        lines = [Line(check.rule, [str(check.kind), check.result]) for check in screen.now.checks]
        sheet(["Check", "Kind", "Result"], lines, text_columns=2)


def _downloads(screen: ScreenState) -> None:
    now = screen.now  # what is downloaded is made when it is asked for
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(page_file("downloads"), label="Excel workbook", icon=":material/table_view:")
        st.page_link(page_file("presentation"), label="Presentation", icon=":material/slideshow:", query_params=of_the_work())
        st.download_button("Summary as CSV", lambda: _csv(now), f"{screen.file_name}.csv", "text/csv", on_click="ignore")
        st.download_button("Summary as JSON", lambda: _json(now), f"{screen.file_name}.json", "application/json", on_click="ignore")


def _json(projection: Projection) -> str:
    """Return what `project --json` writes."""
    return json.dumps(record(projection), indent=2)


def _csv(projection: Projection) -> str:
    """Return the summary record with a line for each figure and a column for each fiscal year, in dollars and people."""
    summary = projection.record()
    columns = summary["fiscal_years"] | {"Total": summary["total"]}
    table = pd.DataFrame({year: pd.json_normalize(entry, sep=": ").iloc[0] for year, entry in columns.items()})
    return table.to_csv(index_label="Figure")


def _page(screen: ScreenState) -> None:
    scenario = screen.now.scenario
    heading("Overview", screen, f"{scenario.phase}, {scenario.timeline.first:%B %Y} to {scenario.timeline.last:%B %Y}.")
    say(_in_words(screen.now), "lead")
    if grave(findings(screen.now)):
        say(f"These figures rest on a plan with {in_numbers(grave(findings(screen.now)))}; see the checks below.", "alert")
    for sentence in mended(screen.saved, catalog.form_kept(catalog.offered(), screen.slug, screen.version)):
        say(f"Mended since version 0.4.0, in which this scenario was made: {sentence}", "alert")
    found = _range(screen)
    _cards(screen, found)
    _how_sure(scenario)
    start_here.show()
    _moves(screen)
    _checks(screen)
    _downloads(screen)
    sources = beside.charted(screen, sources_by_year)
    if found:
        from budget_model.charts.ranges import with_band

        sources = with_band(sources, found, "gross_appropriation")
    show(sources, "sources")
    _county_table(screen)
    say_unknown("split", _SPLITS, "the cost by", "You see the appropriation class.")
    split = st.segmented_control(
        "Show cost by", list(_SPLITS), default="Appropriation class", required=True, key="split", bind="query-params"
    )
    show(beside.charted(screen, lambda one: cost_by_year(one, _SPLITS[split], f"Cost by {split.lower()}")), "cost")
    _changes(screen.now)


_page(current())
