"""A whole model in a page: what the engine is told, what it finds out, and what comes out of it.

The toy is the lending of a library: branches lend books, a county pays a fee for each loan out of a grant until it is spent.
It needs the engine alone. `test_toy_model.py` runs it where there is nothing else of the package.
"""

import numpy as np

from budget_model.engine.arrays import Calendar, Inputs, Member
from budget_model.engine.excel import in_words
from budget_model.engine.model import Loop, Model, Step
from budget_model.engine.numbers import evaluate
from budget_model.engine.rows import MONTH, Input, carry, line, over_period, total
from budget_model.engine.run import yearly
from budget_model.engine.trace import traced
from budget_model.engine.vocabulary import Symbol, nothing_below_tolerance

# 1. Declare. What is given has a name, a unit and what it varies over; the last two words are its area and its rule.
given = [
    Input("loans", "books", ("branch", MONTH), "given", "Books lent."),
    Input("fee", "dollars a book", (), "given", "What the county pays for each loan."),
    Input("year_number", "number", (MONTH,), "given", "The number of the year that the month belongs to."),
    Input("grant", "dollars", (), "given", "The grant when the first month begins."),
]


# A row is a function: its name is the row, its parameters are the rows that it reads, its docstring is its rule.
@line(unit="dollars", over=("branch", MONTH), in_a_year="sum")
def lending_cost(loans, fee):
    """What the loans of a branch cost."""
    return loans * fee


# A total adds up items: here, for each county, those whose key `county` is the county's.
@total(unit="dollars", over=("county", MONTH), of="lending_cost", match={"county": "county"}, in_a_year="sum")
def county_cost():
    """What the loans of all branches of a county cost."""


@total(unit="dollars", over=(MONTH,), of="county_cost", in_a_year="sum")
def all_cost():
    """What all loans cost."""


# A carry is the opening balance: what the row it names closed with the month before.
@carry(unit="dollars", over=(MONTH,), of="grant_left", start="grant")
def opening_grant_left():
    """The grant when the month begins."""


@line(unit="dollars", over=(MONTH,), in_a_year="last")
def grant_left(opening_grant_left, all_cost):
    """The grant when the month ends."""
    return nothing_below_tolerance(opening_grant_left - all_cost)


# A period adds up all months for which another row says the same: here, the months of a year, later ones as well.
@over_period(unit="dollars", over=(MONTH,), of="all_cost", by="year_number")
def cost_of_the_year():
    """What all loans of the year cost, in each of its months."""


# 2. Put in order. The model is told the axes in their order and the keys of each axis' items; the order of calculation
# follows from what the rows read. The two rows that read each other's past are stepped through by month, the others are not.
model = Model(
    [*given, cost_of_the_year, grant_left, opening_grant_left, all_cost, county_cost, lending_cost],
    axes=("branch", "county", MONTH),
    keys={"branch": {"county"}, "county": {"county"}},
)
assert [step.row for step in model.plan if isinstance(step, Step)] == ["lending_cost", "county_cost", "all_cost", "cost_of_the_year"]
assert [(step.axis, step.order) for step in model.plan if isinstance(step, Loop)] == [(MONTH, ("opening_grant_left", "grant_left"))]

# 3. Calculate. Three months, of which the first ends a year. Arrays have a leading axis of draws: one here, two for the fee.
inputs = Inputs(
    calendar=Calendar(months=3, years=((0, 1), (1, 3))),
    members={
        "branch": (Member("Hill", {"county": "East"}), Member("Lake", {"county": "East"}), Member("Port", {"county": "West"})),
        "county": (Member("East", {"county": "East"}), Member("West", {"county": "West"})),
    },
    values={
        "loans": np.array([[[10.0, 20.0, 30.0], [1.0, 1.0, 1.0], [0.0, 5.0, 0.0]]]),
        "fee": np.array([2.0, 3.0]),
        "year_number": np.array([[1.0, 2.0, 2.0]]),
        "grant": np.array([100.0]),
    },
)
values = evaluate(model, inputs).values
assert values["county_cost"].shape == (2, 2, 3)  # draws, counties, months
assert values["county_cost"][0].tolist() == [[22.0, 42.0, 62.0], [0.0, 10.0, 0.0]]
assert values["grant_left"].tolist() == [[78.0, 26.0, 0.0], [67.0, 0.0, 0.0]]
assert values["cost_of_the_year"][0].tolist() == [22.0, 114.0, 114.0]
assert yearly(values["all_cost"], "sum", inputs.calendar)[0].tolist() == [22.0, 114.0, 136.0]  # two years, and in total

# 4. Print. Called with symbols, the same function gives the formula.
assert in_words(lending_cost) == "loans*fee"
assert in_words(grant_left) == "IF(opening_grant_left-all_cost<smallest_amount,0,opening_grant_left-all_cost)"


# Whoever needs the rows in another language prints the same tree.
def spoken(symbol: Symbol) -> str:
    """Return an expression with each operation before what it is applied to."""
    words = [spoken(part) if isinstance(part, Symbol) else str(part) for part in symbol.arguments]
    return words[0] if symbol.operation == "name" else f"({symbol.operation} {' '.join(words)})"


assert spoken(traced(lending_cost)) == "(* loans fee)"
