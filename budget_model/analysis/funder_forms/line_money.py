"""What one source, and the cash match beside it, pay of each line of the budget in each month.

It is what `lines_by_payer` says of all sources over all months, worked out for one source in steps that a workbook can show:
what columns assign comes first; of common cost a source takes the same share of all lines of a category at a place.
"""

from __future__ import annotations

from dataclasses import dataclass

from budget_model.analysis.funder_forms.terms import FormAmount, Term, added, not_below_nil, one, row_of, share
from budget_model.analysis.lines_by_payer import lines_of_column
from budget_model.budget import BUDGET
from budget_model.projection import Projection
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import CostCategory, PaidBy
from budget_model.scenario.schema import FundingAssignment


@dataclass(frozen=True)
class LineMoney:
    """What the source and its cash match pay of a line; None where they can pay nothing of it."""

    grant: FormAmount | None
    match: FormAmount | None


@dataclass(frozen=True)
class MoneyOfSource:
    """The steps, in the order in which each reads those before, and what they lead to by line of the budget."""

    steps: tuple[FormAmount, ...]
    lines: tuple[LineMoney, ...]


class _Maker:
    def __init__(self, projection: Projection, source: int) -> None:
        self.projection, self.source = projection, source
        self.sources = projection.scenario.funding_sources
        (self.members,) = projection.members(BUDGET.rows["cost"])
        self.places = [member.keys["site"] for member in projection.evaluation.members[Axis.POOL]]
        self.steps: list[FormAmount] = []
        self._taken: dict[tuple[int, int, int], FormAmount | None] = {}
        self._left: dict[tuple[int, int, int], Term] = {}
        columns = projection.scenario.funding_assignments
        self.columns: dict[int, list[tuple[int, FundingAssignment]]] = {}
        for at, column in enumerate(columns):
            if column.assigned_share.number or column.assigned_amount.number:
                for line in lines_of_column(projection, at).nonzero()[0].tolist():
                    self.columns.setdefault(line, []).append((at, column))
        drawn, beside = (row_of(projection, name, source) for name in ("drawdown", "match_beside"))
        self.own = self.step(
            "Share of what source and match pay together that is the source's own", share(drawn, drawn + beside, 1), "share"
        )

    def step(self, label: str, term: Term, unit: str = "dollars") -> FormAmount:
        made = FormAmount(label, term, unit)
        self.steps.append(made)
        return made

    def row(self, name: str, *index: int) -> Term:
        return row_of(self.projection, name, *index)

    def pays(self, source: int, category: int) -> bool:
        return bool(self.projection.monthly("source_pays")[source][category])

    def taken(self, source: int, place: int, category: int) -> FormAmount | None:
        """Return the share of unpaid common cost of a category at a place that a source takes with its match."""
        key = (source, place, category)
        if key not in self._taken:
            before = self.row("unpaid_after", source - 1, place, category) if source else self.row("common_cost_at_place", place, category)
            paid = self.row("payable_at_place", *key) * self.row("share_paid_of_common", source, category)
            label = f"Share taken: {self.sources[source].name}: {list(CostCategory)[category]}, {self.places[place]}"
            self._taken[key] = self.step(label, share(paid, before), "share") if self.pays(source, category) else None
        return self._taken[key]

    def left_of_columns(self, source: int, category: int) -> Term:
        """Return the share of what columns assign to a source that it leaves unpaid."""
        paid = self.row("eligible_cost", source, category) * self.row("share_paid_of_eligible", source)
        return not_below_nil(one() - share(paid, self.row("cost_assigned_to_source", source, category)))

    def assigned(self, line: int, at: int, column: FundingAssignment) -> Term:
        """Return what a column takes of a line: all that it assigns, or of a site's cost the line's part."""
        amount = self.row("assigned_cost", at)
        return amount if column.lines else amount * share(self.row("cost", line), self.row("cost_of_assigned_site", at))

    def of_source(self, line: int, source: int, *, match: bool) -> list[Term]:
        """Return what columns of a source, or of its match alone, take of a line, up to their limits: what is above is the County's."""
        name = self.sources[source].name
        found = [(at, one) for at, one in self.columns.get(line, ()) if one.source == name and (one.paid_by is PaidBy.CASH_MATCH) is match]
        return [
            self.assigned(line, at, one) * self.row("share_within_limit", at) if one.limit.number else self.assigned(line, at, one)
            for at, one in found
        ]

    def line(self, line: int) -> LineMoney:
        member = self.members[line]
        category = list(CostCategory).index(CostCategory(member.keys["category"]))
        site = member.keys["site"]
        place = self.places.index(site) if site in self.places else len(self.places) - 1
        takes = self.taken(self.source, place, category)
        waiting, by_match = (self.of_source(line, self.source, match=match) for match in (False, True))
        if takes is None and not waiting and not by_match:
            return LineMoney(None, None)
        parts: list[Term] = []
        if takes is not None:
            parts.append(self.unpaid(line, place, category) * takes.cell)
        if waiting:
            parts.append(added(waiting) * (one() - self.left_of_columns(self.source, category)))
        if not parts:
            return LineMoney(None, self.step(f"Cash match by its own columns: {member.name}", added(by_match)))
        both = self.step(f"Source and match: {member.name}", added(parts))
        grant = self.step(f"Source: {member.name}", both.cell * self.own.cell)
        match = self.step(f"Cash match: {member.name}", added([both.cell - grant.cell, *by_match]))
        return LineMoney(grant, match)

    def unpaid(self, line: int, place: int, category: int) -> Term:
        """Return what earlier sources leave of a line beside the columns of this one."""
        cost = self.row("cost", line)
        all_columns = [self.assigned(line, at, column) for at, column in self.columns.get(line, ())]
        common = cost
        if all_columns:
            common = self.step(f"Beside all columns: {self.members[line].name}", cost - added(all_columns)).cell
        if self.projection.monthly("common_cost_is_unpaid")[place, category].any():
            label = f"In months in which amounts below zero leave a cost: {self.members[line].name}"
            common = self.step(label, common * (one() - self.row("common_cost_is_unpaid", place, category))).cell
        earlier = [source for source in range(self.source) if self.pays(source, category)]
        if not any(self.of_source(line, source, match=False) for source in range(self.source)):
            return common * self.left(self.source, place, category) if earlier else common
        for source in range(self.source):
            takes, waiting = self.taken(source, place, category), self.of_source(line, source, match=False)
            if takes is None and not waiting:
                continue
            parts = [common * (one() - takes.cell) if takes is not None else common]
            if waiting:
                parts.append(added(waiting) * self.left_of_columns(source, category))
            common = self.step(f"Left by {self.sources[source].name}: {self.members[line].name}", added(parts)).cell
        return common

    def left(self, source: int, place: int, category: int) -> Term:
        """Return the share of common cost of a category at a place that the sources before one leave."""
        key = (source, place, category)
        if key not in self._left:
            shares = [found for before in range(source) if (found := self.taken(before, place, category)) is not None]
            label = f"Share left by earlier sources: {list(CostCategory)[category]}, {self.places[place]}"
            left = one() - shares[0].cell
            for number, taken in enumerate(shares[1:], 2):
                of_these = self.step(f"{label}, after {number - 1}", left, "share").cell
                left = of_these * (one() - taken.cell)
            self._left[key] = self.step(label, left, "share").cell
        return self._left[key]


def money_of_source(projection: Projection, source: int) -> MoneyOfSource:
    """Return what a source, by its position, and its cash match pay of every line of the budget in every month."""
    maker = _Maker(projection, source)
    lines = tuple(maker.line(line) for line in range(len(maker.members)))
    return MoneyOfSource(tuple(maker.steps), lines)
