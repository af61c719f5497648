"""What a simulation says, in words: the title, the sentence of the plan's own percentile, chances, and what the draws were."""

from __future__ import annotations

from collections.abc import Sequence

from budget_model.formats import counted, millions, signed_millions, written
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.results import Simulation
from budget_model.simulation.tornado import Bar, subject_of
from budget_model.timeline import TOTAL

TITLE = "Range that follows from the planning assumptions"
MEANING = (
    "Low and high of each number are what whoever set them thinks 1 in 10 chances lie beyond, on either side. "
    "Ranges of low confidence are drawn a quarter wider, for people set ranges too narrow."
)
RESERVE = "The reserve of all months is drawn, and is not the sum of the years: not all years turn out high at once."
APART = "Decisions and money that is asked are choices of people, not uncertain facts, and are not drawn."
MOVERS = "What moves net county cost, each number alone"
ENDS = ("At its 10th percentile", "At its 90th percentile")
ALONE = (
    "One number at a time, all others as planned. Beside its name, the share of the variance over all draws that is its own: "
    "how much narrower the range would be if it were known. Numbers that act only together with others show in neither."
)
NOTHING_MOVES = "No number with a range moves net county cost."
HAS_A_RANGE = "A number has a range once its low and its high are given."
METHODS = {
    "compiled": "the budget lines compiled",
    "numpy": "the budget lines in NumPy, the slower way, for this machine can't compile them",
}
_CHANCES = ((1, 20), (1, 10), (1, 5), (1, 4), (3, 10), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (9, 10), (19, 20))


def chance_in_words(share: float) -> str:
    """Return a share of draws as a chance of few words.

    >>> chance_in_words(0.26), chance_in_words(0.01), chance_in_words(0.99)
    ('about 1 chance in 4', 'less than 1 chance in 20', 'more than 19 chances in 20')
    """
    if share < 0.025:
        return "less than 1 chance in 20"
    if share > 0.975:
        return "more than 19 chances in 20"
    many, of = min(_CHANCES, key=lambda pair: abs(pair[0] / pair[1] - share))
    return f"about {counted(many, 'chance')} in {of}"


def moves_most(bars: Sequence[Bar]) -> str:
    """Return which number moves net county cost most and by how much, as a sentence; the widest bar stands first."""
    if not bars:
        return NOTHING_MOVES
    first = bars[0]
    return f"{subject_of(first.number)} moves net county cost most: by {signed_millions(first.low)} to {signed_millions(first.high)}."


def percentile_of_the_plan(simulation: Simulation, year: str = TOTAL) -> str:
    """Return how likely it is that net county cost comes to the plan or less, as a sentence."""
    index = simulation.years.index(year)
    share = float(simulation.base_percentile(NET_COUNTY_COST)[index]) / 100
    over = "all months" if year == TOTAL else year
    plan = millions(float(simulation.base(NET_COUNTY_COST)[index]))
    said = chance_in_words(share)
    return f"{said[0].upper()}{said[1:]} that net county cost of {over} stays at or below this plan, {plan}, if the ranges are right."


def dependence_in_words(rho: float | None) -> str:
    """Return how numbers depend on each other, in words."""
    if rho is None:
        return "numbers of a kind move together, each group as far as is set for it"
    if rho == 0:
        return "all numbers are independent"
    return f"numbers of a kind move together, with a rank correlation of {written(rho)} in every group"


def drawn_in_words(simulation: Simulation) -> str:
    """Return what was drawn and how, as a sentence: what a reader needs to get the same figures again."""
    wider = f", ranges {written(simulation.widened)} times as wide" if simulation.widened != 1 else ""
    return (
        f"{simulation.draws:,} draws of {counted(len(simulation.numbers), 'number')} with a range, seed {simulation.seed}{wider}; "
        f"{dependence_in_words(simulation.rho)}. Calculated with {METHODS[simulation.method]}."
    )


def rules_in_words(simulation: Simulation) -> str:
    """Return how many draws break a rule of a plan, and in how many a site does not open within it, as sentences."""
    broken, late = int(simulation.broken_rules.sum()), simulation.any_not_open
    rules = "No draw breaks a rule of plans."
    if broken:
        rules = f"{counted(broken, 'draw breaks', 'draws break')} a rule of plans, of {simulation.draws:,}; they count all the same."
    if not late:
        return rules
    names = ", ".join(f"{site} ({draws:,})" for site, draws in simulation.not_open.items())
    return f"{rules} In {counted(late, 'draw')} a site slips past the last month and does not open within the scenario: {names}."
