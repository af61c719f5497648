"""A simulation as text for a terminal, and what to find out first as a list for spreadsheets."""

from __future__ import annotations

import csv
import io
from itertools import groupby

from budget_model.analysis.compare import HEADLINES
from budget_model.analysis.tidy import harmless
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array
from budget_model.formats import figure, in_columns, millions, signed_millions, worded
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.results import Simulation
from budget_model.simulation.tornado import questions, share_of_low_confidence, subject_of, tornado
from budget_model.simulation.wording import (
    APART,
    MEANING,
    RESERVE,
    TITLE,
    drawn_in_words,
    percentile_of_the_plan,
    rules_in_words,
)

SHOWN = (10, 50, 80, 90)  # percentiles: further out there is no knowledge to show
_BARS = 12
_LABELS = {row: label for label, row in HEADLINES.items()}
_MOST_OF_AN_OWNER = 3
_WORTH_ASKING = 0.01  # of the variance
LIST_HEADS = ("Who can confirm it", "Number", "Value", "Low", "High", "Unit", "Confidence", "Share of the variance", "At low", "At high")


def report(simulation: Simulation) -> str:
    """Return a simulation as text: figures by fiscal year, what moves them, what to find out first, and what was drawn."""
    low = share_of_low_confidence(tornado(simulation))
    return "\n".join(
        [
            f"{simulation.projection.scenario.name}: {TITLE}",
            "",
            in_columns(_by_year(simulation)),
            "",
            percentile_of_the_plan(simulation),
            RESERVE,
            "",
            in_columns(_bars(simulation)),
            "",
            "What to find out first, by who can confirm it, and the share of the variance",
            *_find_out_first(simulation),
            f"{low:.0%} of what the numbers explain of the variance is of numbers of low confidence.",
            "",
            rules_in_words(simulation),
            drawn_in_words(simulation),
            MEANING,
            APART,
        ]
    )


def _find_out_first(simulation: Simulation) -> list[str]:
    """Return a line for each owner with the numbers that are worth most to know."""
    lines = []
    for owner, asked in groupby(questions(simulation), key=lambda one: one.owner):
        numbers = [f"{one.words} {one.bar.share:.0%}" for one in asked if one.bar.share >= _WORTH_ASKING][:_MOST_OF_AN_OWNER]
        if numbers:
            lines.append(f"  {owner or 'nobody is named'}: {'; '.join(numbers)}")
    return lines


def question_list(simulation: Simulation) -> str:
    """Return what to find out first as comma-separated text, a line for each number; shares from 0 to 1, changes in dollars."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(LIST_HEADS)
    for one in questions(simulation):
        number, bar = one.bar.number, one.bar
        writer.writerow(
            [
                *map(harmless, (one.owner, one.words)),
                f"{number.value:.15g}",
                f"{number.least:.6g}",
                f"{number.most:.6g}",
                number.unit,
                number.confidence,
                f"{bar.share:.4f}",
                f"{bar.low:.0f}",
                f"{bar.high:.0f}",
            ]
        )
    return text.getvalue()


def _by_year(simulation: Simulation) -> list[list[str]]:
    lines = [["", *simulation.years]]
    for output in simulation.outputs:
        unit = BUDGET.rows[output].unit
        lines.append([_label(output), *("" for _ in simulation.years)])
        lines.append(["  Plan", *_shown(simulation.base(output), unit)])
        lines += [[f"  {_percentile(percent)}", *_shown(simulation.percentile(output, percent), unit)] for percent in SHOWN]
        lines.append(["  The plan's own percentile", *(f"{share:.0f}" for share in simulation.base_percentile(output))])
        if output == NET_COUNTY_COST:
            for percent in (10, 90):
                independent = simulation.percentile(output, percent, independent=True)
                lines.append([f"  {_percentile(percent)}, all numbers independent", *_shown(independent, unit)])
            lines.append(["  Reserve up to the 80th percentile", *_shown(simulation.reserve, unit)])
            lines.append(["  Chance of a funding gap", *(f"{chance:.0%}" for chance in simulation.chance_of_a_gap)])
    return lines


def _bars(simulation: Simulation) -> list[list[str]]:
    lines = [["What moves net county cost most, each number alone", "from", "to", "at the one", "at the other", "share of variance"]]
    for bar in tornado(simulation)[:_BARS]:
        number = bar.number
        ends = [worded(number.least, number.unit), worded(number.most, number.unit)]
        lines.append([f"  {subject_of(number)}", *ends, signed_millions(bar.low), signed_millions(bar.high), f"{bar.share:.0%}"])
    return lines


def _shown(values: Array, unit: str) -> list[str]:
    return [millions(float(value)) if unit == "dollars" else figure(float(value), unit) for value in values]


def _label(output: str) -> str:
    """Return what an output is called, with its unit where it is no money."""
    words = output.removeprefix("all_").replace("_", " ")
    unit = BUDGET.rows[output].unit
    return f"{_LABELS.get(output, words.capitalize())}{'' if unit == 'dollars' else f' ({unit})'}"


def _percentile(percent: int) -> str:
    return {50: "P50, the middle"}.get(percent, f"P{percent}")
