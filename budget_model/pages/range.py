"""Range: what the uncertain numbers of a plan do to its figures, how large a reserve is, and what to find out first."""

from __future__ import annotations

import streamlit as st

from budget_model.charts.ranges import fan, likely_total, movers
from budget_model.errors import SimulationError
from budget_model.formats import NIL, in_unit, millions, worded
from budget_model.pages.shared import simulations
from budget_model.pages.shared.build_parts import ASSUMPTIONS
from budget_model.pages.shared.empty_state import teach_in_build
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, heading, say, sheet, show
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.report import question_list
from budget_model.simulation.results import Simulation
from budget_model.simulation.tornado import Bar, questions, share_of_low_confidence, tornado
from budget_model.simulation.wording import (
    ALONE,
    APART,
    HAS_A_RANGE,
    MEANING,
    NOTHING_MOVES,
    RESERVE,
    TITLE,
    chance_in_words,
    drawn_in_words,
    percentile_of_the_plan,
    rules_in_words,
)

_TOGETHER = {"As given for each group": None, "All independent": 0.0, "Strongly, 0.8 in every group": 0.8}
_WIDER = 1.5
_SHOWN = (10, 50, 80, 90)
_WORTH_ASKING = 0.005  # of the variance
_LITTLE = "less than $0.1M"
_WHOLE = 1_000  # from which on a number is shown without decimals


def _asked() -> tuple[float | None, float]:
    """Let the reader say how numbers depend on each other, and whether ranges are too narrow; return both."""
    first = next(iter(_TOGETHER))
    together = st.segmented_control("Numbers of a kind move together", list(_TOGETHER), default=first, required=True, key="together")
    wider = st.toggle("What if all ranges were half as wide again", key="wider")
    return _TOGETHER[together or first], _WIDER if wider else 1.0


def _cards(simulation: Simulation) -> None:
    plan, chance = float(simulation.base(NET_COUNTY_COST)[-1]), float(simulation.chance_of_a_gap[-1])
    figures = {
        "Plan, net county cost": (millions(plan), "The figure of all other pages, over all months."),
        "The middle, P50": (_in_all(simulation, 50), "Half of the draws come to less, half to more."),
        "P80": (_in_all(simulation, 80), "Eight draws of ten come to this or less."),
        "Reserve up to P80": (millions(float(simulation.reserve[-1])), "What P80 of all months lies above the plan, for a set-aside."),
        "Chance of a funding gap": (f"{chance:.0%}", "The share of draws in which money is missing in some year."),
    }
    with st.grid(5, min_column_width=150, gap="xsmall"):
        for label, (value, about) in figures.items():
            st.metric(label, value, border=True, height="stretch", help=about)


def _in_all(simulation: Simulation, percent: float) -> str:
    return millions(float(simulation.percentile(NET_COUNTY_COST, percent)[-1]))


def _by_year(simulation: Simulation) -> None:
    st.header("By fiscal year", anchor=False)
    rows = {"Plan": simulation.base(NET_COUNTY_COST)}
    rows |= {f"P{percent}": simulation.percentile(NET_COUNTY_COST, percent) for percent in _SHOWN}
    lines = [Line(name, [millions(float(value)) for value in values]) for name, values in rows.items()]
    spans = zip(*(simulation.percentile(NET_COUNTY_COST, percent, independent=True) for percent in (10, 90)), strict=True)
    lines.append(Line("P10 to P90, all independent", [f"{millions(float(low))} to {millions(float(high))}" for low, high in spans]))
    lines.append(Line("The plan's own percentile", [f"{share:.0f}" for share in simulation.base_percentile(NET_COUNTY_COST)]))
    lines.append(Line("Reserve up to P80", [millions(float(value)) for value in simulation.reserve], "total"))
    lines.append(Line("Chance of a funding gap", [f"{chance:.0%}" for chance in simulation.chance_of_a_gap], "alert"))
    sheet(["Net county cost", *simulation.years], lines)
    say(RESERVE, "quiet")


def _limit(simulation: Simulation) -> None:
    """Let the reader type a limit, and say how likely the plan is to stay within it."""
    start = round(float(simulation.base(NET_COUNTY_COST)[-1]) / 1e6, 1)
    limit = st.number_input("A limit of net county cost over all months, in millions of dollars", value=start, step=0.5, format="%.1f")
    chance = float(simulation.chance_within(limit * 1e6)[-1])
    said = chance_in_words(chance)
    say(f"{said[0].upper()}{said[1:]} to stay within {millions(limit * 1e6)}, if the ranges are right.")


def _moves(simulation: Simulation) -> None:
    show(movers(simulation), "movers")
    say(ALONE, "quiet")
    low = share_of_low_confidence(tornado(simulation))
    say(f"{low:.0%} of what the numbers explain of the variance is of numbers of low confidence.")


def _to_read(end: float) -> float:
    """Return an end of a range, which is calculated, with as many digits as tell something."""
    return float(round(end)) if abs(end) >= _WHOLE else float(f"{end:.3g}")


def _moved(bar: Bar) -> str:
    """Return by what the two ends of a number's range move a figure, to a tenth of a million."""
    ends = millions(bar.low), millions(bar.high)
    return _LITTLE if {*ends} == {NIL} else " to ".join(ends)


def _find_out(simulation: Simulation, file_name: str) -> None:
    st.header("What to find out first", anchor=False)
    exact = simulations.exact_shares(simulation.projection, simulation.widened)
    lines = []
    for one in questions(simulation):
        number, bar = one.bar.number, one.bar
        together = exact[number.id] if exact else 0.0
        moved = _moved(bar)
        if max(bar.share if moved != _LITTLE else 0.0, together) < _WORTH_ASKING:  # the share of what moves nothing is chance
            continue
        span = f"{worded(_to_read(number.least), number.unit)} to {worded(_to_read(number.most), number.unit)}"
        cells = [one.owner or "nobody named", in_unit(number.value, number.unit), span, number.confidence, f"{bar.share:.0%}"]
        cells += [f"{together:.0%}"] * (exact is not None) + [moved]
        lines.append(Line(one.words, cells))
    if not lines:
        teach_in_build(f"{NOTHING_MOVES} {HAS_A_RANGE}", "Give them in Build", ASSUMPTIONS)
        return
    heads = ["Who can confirm it", "Value", "P10 to P90", "Confidence", "Share of variance"]
    heads += ["With others"] * (exact is not None) + ["Moves it by"]
    sheet(["Number", *heads], lines, style="plain", text_columns=4)
    say(f"By owner, the one first whose numbers are worth most to know; a number that moves it by {_LITTLE} is left out. {APART}", "quiet")
    st.download_button("The list as CSV", question_list(simulation), f"{file_name}_find_out.csv", "text/csv", on_click="ignore")


def _page(screen: ScreenState) -> None:
    heading("Range", screen, f"{TITLE}.")
    rho, widened = _asked()
    try:
        simulation, in_full = simulations.simulated(screen.now, rho, widened)
    except SimulationError as error:
        say(f"{error} Reload this page to draw again.", "alert")
        return
    say(percentile_of_the_plan(simulation), "lead")
    _cards(simulation)
    show(fan(simulation), "fan")
    _by_year(simulation)
    show(likely_total(simulation), "likely")
    _limit(simulation)
    _moves(simulation)
    _find_out(simulation, screen.file_name)
    st.header("What was drawn", anchor=False)
    say(f"{drawn_in_words(simulation)} {rules_in_words(simulation)}")
    say(f"{MEANING} {APART}", "quiet")
    if not in_full:
        say("More draws are being calculated; the page follows.", "quiet")
        simulations.follow()


_page(current())
