"""Sources that pay only at some sites: the cost there that they may pay, what they draw, and what of their money is lost."""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.projection import Projection
from budget_model.scenario.schema import Source
from budget_model.timeline import TOTAL


@dataclass(frozen=True)
class MoneyAtSites:
    """What a source comes to that pays only at some sites, over all months of the plan, in dollars."""

    source: Source
    payable: float
    drawn: float
    lost: float

    @property
    def words(self) -> str:
        """What it may pay there and what it pays, in a sentence."""
        payable, drawn, lost = (f"{amount:,.0f}" for amount in (self.payable, self.drawn, self.lost))
        return f"pays only at {', '.join(self.source.pays_only_at)}: of ${payable} of cost there it pays ${drawn}; ${lost} is lost."


def money_at_sites(projection: Projection) -> tuple[MoneyAtSites, ...]:
    """Return what comes of each source that pays only at some sites."""
    payable = projection.monthly("all_payable_cost").sum(axis=-1)
    totals = {row: projection.yearly_table(row)[TOTAL] for row in ("drawdown", "outside_money_lost")}
    return tuple(
        MoneyAtSites(source, float(payable[place]), *(float(totals[row][source.name]) for row in ("drawdown", "outside_money_lost")))
        for place, source in enumerate(projection.scenario.funding_sources)
        if source.pays_only_at
    )
