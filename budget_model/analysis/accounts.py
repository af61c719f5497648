"""A fiscal year's budget by site and what is of no single one: of the plan, and of each budget unit with what it buys and sells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from budget_model.analysis.budget_amounts import Amounts, of_places, one_time_of_places
from budget_model.analysis.offset_by_source import offset_by_source, offsets_of_places
from budget_model.budget import BUDGET
from budget_model.projection import Projection
from budget_model.scenario.choices import NO_ITEM, PROGRAM_WIDE, BudgetTreatment

ByName = Mapping[str, float]
ByPlace = Mapping[str, ByName]


@dataclass(frozen=True)
class Account:
    """What a fiscal year budgets by place, a site or 'Program-wide': amounts, one-time cost, who pays it, what is bought of whom.

    Dollars: `offsets` by place and then by who pays, a source or a unit that buys; `bought` by place and then by the unit that sells;
    `of_no_site` by line of the budget that is of no single site. All but the amounts may be unknown, and are then empty.
    """

    amounts: Mapping[str, Amounts] = field(default_factory=dict)
    one_time: ByName = field(default_factory=dict)
    offsets: ByPlace = field(default_factory=dict)
    bought: ByPlace = field(default_factory=dict)
    of_no_site: ByName = field(default_factory=dict)

    def as_named(self, place: Callable[[str], str], payer: Callable[[str], str]) -> Account:
        """Return the account under the names that another plan writes for the same places, and for the same sources and units."""

        def named(by_place: ByPlace) -> ByPlace:
            return {place(name): {payer(one): amount for one, amount in of_it.items()} for name, of_it in by_place.items()}

        amounts = {place(name): one for name, one in self.amounts.items()}
        one_time = {place(name): amount for name, amount in self.one_time.items()}
        return Account(amounts, one_time, named(self.offsets), named(self.bought), self.of_no_site)


def of_plan(projection: Projection, year: int) -> Account:
    """Return the account of the whole plan in a fiscal year, counted from 0."""
    return Account(of_places(projection, year), one_time_of_places(projection, year), offsets_of_places(projection, year))


def of_each_unit(projection: Projection, year: int) -> dict[str, Account]:
    """Return the account of each budget unit in a fiscal year, counted from 0.

    A unit's places add up to its budget. The units' accounts of a place, less what they buy from each other there, are the plan's.
    """
    (units,) = projection.members(BUDGET.rows["unit_gross_appropriation"])
    open_accounts = {unit.name: _OpenAccount() for unit in units}
    (lines,) = projection.members(BUDGET.rows["cost_of_year"])
    costs, ongoing = (projection.by_year(row)[:, year].tolist() for row in ("cost_of_year", "ongoing_cost_of_year"))
    shares = projection.monthly("purchased_share").tolist()
    for line, cost, recurring, share in zip(lines, costs, ongoing, shares, strict=True):
        place, seller, buyer = line.keys["site"], line.keys["budget_unit"], line.keys["buyer"]
        open_accounts[seller].budget(place, line.name, cost, cost - recurring)
        if buyer != NO_ITEM and share:
            open_accounts[buyer].budget(place, line.name, cost * share, (cost - recurring) * share)
            open_accounts[buyer].bought[place][seller] += cost * share
            open_accounts[seller].receive(place, buyer, cost * share, BudgetTreatment.INTRAFUND_TRANSFER)
    (sources,) = projection.members(BUDGET.rows["money_claimed"])
    places = [*(site.name for site in projection.scenario.sites), PROGRAM_WIDE]
    for source, offsets in zip(sources, offset_by_source(projection)[:, :, year].tolist(), strict=True):
        treatment = BudgetTreatment(source.keys["treatment"])
        for place, offset in zip(places, offsets, strict=True):
            if offset:
                open_accounts[source.keys["budget_unit"]].receive(place, source.name, offset, treatment)
    (positions,) = projection.members(BUDGET.rows["budgeted_positions"])
    for position, number in zip(positions, projection.by_year("budgeted_positions")[:, year].tolist(), strict=True):
        open_accounts[position.keys["department"]].positions[position.keys["site"]] += number
    return {name: one.closed(places) for name, one in open_accounts.items()}


class _OpenAccount:
    """The account of a unit while it is added up."""

    def __init__(self) -> None:
        self.gross, self.one_time, self.positions, self.of_no_site = (defaultdict[str, float](float) for _ in range(4))
        self.received = {treatment: defaultdict[str, float](float) for treatment in BudgetTreatment}
        self.offsets, self.bought = (defaultdict[str, defaultdict[str, float]](lambda: defaultdict(float)) for _ in range(2))

    def budget(self, place: str, line: str, cost: float, one_time: float) -> None:
        self.gross[place] += cost
        self.one_time[place] += one_time
        if place == PROGRAM_WIDE:
            self.of_no_site[line] += cost

    def receive(self, place: str, payer: str, amount: float, treatment: BudgetTreatment) -> None:
        self.received[treatment][place] += amount
        self.offsets[place][payer] += amount

    def closed(self, places: list[str]) -> Account:
        transfers, revenue = (self.received[one] for one in (BudgetTreatment.INTRAFUND_TRANSFER, BudgetTreatment.REVENUE))
        amounts = {one: Amounts(self.gross[one], transfers[one], revenue[one], self.positions[one]) for one in places}
        return Account(amounts, self.one_time, self.offsets, self.bought, self.of_no_site)
