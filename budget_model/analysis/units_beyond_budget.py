"""Which budget units receive more than they budget in a fiscal year, and for which lines of others their money pays."""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.analysis.change_words import some_of
from budget_model.budget import BUDGET
from budget_model.formats import dollars
from budget_model.projection import Projection
from budget_model.scenario.choices import NO_ITEM, CostCategory

_LEAST = 0.5  # of a dollar: what prints as nil is nothing to remark on


def units_beyond_budget(projection: Projection, year: int) -> Iterator[str]:
    """Yield what to know of each unit that receives more than it budgets in a fiscal year, counted from 0."""
    (units,) = projection.members(BUDGET.rows["unit_receives_more_than_it_budgets"])
    beyond = projection.by_year("unit_receives_more_than_it_budgets")[:, year]
    for unit, amount in zip(units, beyond.tolist(), strict=True):
        if amount >= _LEAST:
            others = _lines_of_others(projection, unit.name, year)
            why = f": its sources pay a part of {some_of(others)}" if others else ""
            yield (
                f"{unit.name} receives {dollars(amount)} more than it budgets in {projection.timeline.years[year]}, and other units "
                f"have as much more net county cost{why}. The plan's net county cost is the same either way."
            )


def _lines_of_others(projection: Projection, unit: str, year: int) -> list[str]:
    """Return the lines that another unit bears and money that the unit receives pays in part."""
    (sources,), (lines,) = (projection.members(BUDGET.rows[row]) for row in ("money_claimed", "cost_of_year"))
    received = [at for at, source in enumerate(sources) if source.keys["budget_unit"] == unit]
    paid = projection.by_year("money_at_place")[received][..., year].sum(axis=(0, 1))  # by category
    categories = {str(category) for category, amount in zip(CostCategory, paid.tolist(), strict=True) if amount >= _LEAST}
    costs, bought = (projection.by_year(row)[:, year].tolist() for row in ("cost_of_year", "cost_to_purchase"))
    found = []
    for line, cost, part in zip(lines, costs, bought, strict=True):
        seller, buyer = line.keys["budget_unit"], line.keys["buyer"]
        if str(line.keys["category"]) not in categories:
            continue
        if buyer not in (NO_ITEM, unit) and part >= _LEAST:
            found.append(f"{line.name}, which {buyer} buys from {'it' if seller == unit else seller}{' in part' * (cost - part >= _LEAST)}")
        elif seller != unit and buyer == NO_ITEM and cost >= _LEAST:
            found.append(f"{line.name}, which {seller} budgets")
        elif seller != unit and cost - part >= _LEAST:
            found.append(f"{line.name}, of which {seller} keeps a part")
    return found
