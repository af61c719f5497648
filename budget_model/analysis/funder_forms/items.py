"""What a form of one source lists: parts of lines by object class, value in kind, overhead claimed, program income.

Each item says what it is, how its amount is worked out, why it is needed, and what each payer gives of it by month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from budget_model.analysis.by_object_class import lines_of_the_budget
from budget_model.analysis.funder_forms.computation import contribution_worked_out, indirect_worked_out, line_worked_out
from budget_model.analysis.funder_forms.computation_of_positions import benefits_worked_out, pay_worked_out, set_up_worked_out
from budget_model.analysis.funder_forms.line_money import LineMoney, money_of_source
from budget_model.analysis.funder_forms.payers import CASH_OF_OTHERS, Payer
from budget_model.analysis.funder_forms.terms import FormAmount, Term, added, one, row_of, share
from budget_model.analysis.funder_forms.worked_out import WorkedOut, money, worked_out
from budget_model.formats import HALF_A_CENT
from budget_model.projection import Projection
from budget_model.scenario.choices import CostCategory, FunderType, IncomeUse, ObjectClass
from budget_model.scenario.object_classes import object_class_of, set_up_class_of
from budget_model.scenario.schema import Item, Position, Source

_MOST_IN_PART = 0.999  # what is printed of a part that is not all


@dataclass(frozen=True)
class FormItem:
    """A line of the budget, or the part of it that is of one object class, with what each payer gives by month.

    `line` is the same of all parts of a line, and of no other; `part` says which of several it is. `category` is None of what is of no
    category of cost. `narrative` is what the scenario says of the line.
    """

    name: str
    line: str
    object_class: ObjectClass
    category: CostCategory | None
    computation: WorkedOut
    amounts: Mapping[Payer, FormAmount] = field(repr=False)
    narrative: str = ""
    asks_for_narrative: bool = True
    part: str = ""


@dataclass(frozen=True)
class FormItems:
    """The items of a source's form, and the steps that lead to their amounts, each after those that it reads."""

    source: Source
    position: int
    steps: tuple[FormAmount, ...]
    items: tuple[FormItem, ...]


def form_items(projection: Projection, source: int) -> FormItems:
    """Return what the form of a source, by its position, lists: items in the order of the scenario."""
    of = projection.scenario.funding_sources[source]
    money = money_of_source(projection, source)
    partners = [
        (Payer.CASH_OF_STATE if other.funder_type is FunderType.STATE else Payer.CASH_OF_PARTNERS, money_of_source(projection, at))
        for at, other in enumerate(projection.scenario.funding_sources)
        if _is_partner(other, of)
    ]
    steps = [step for one in (money, *(partner for _, partner in partners)) for step in one.steps]
    found: list[FormItem] = []
    for at, (_, of_kind, item) in enumerate(lines_of_the_budget(projection)):
        amounts = _amounts(item, money.lines[at], [(payer, partner.lines[at]) for payer, partner in partners])
        if isinstance(item, Position):
            found += _of_position(projection, at, of_kind, item, amounts, steps)
        elif amounts:
            object_class = object_class_of(projection.scenario, item)
            found.append(_item(item, f"cost {at}", object_class, line_worked_out(projection, item, of_kind), amounts))
    found += _beside(projection, source)
    return FormItems(of, source, tuple(steps), tuple(found))


def _is_partner(other: Source, of: Source) -> bool:
    """Whether a source is cash that a partner gives to the match of another one."""
    return other.income_of == of.name and other.income_use is IncomeUse.COUNTED_AS_MATCH and not other.earns


def _amounts(item: Item, paid: LineMoney, of_partners: Collection[tuple[Payer, LineMoney]]) -> dict[Payer, FormAmount]:
    found = {payer: amount for payer, amount in ((Payer.GRANT, paid.grant), (Payer.CASH_MATCH, paid.match)) if amount is not None}
    for payer in CASH_OF_OTHERS:
        given = [one.grant.cell for of, one in of_partners if of is payer and one.grant is not None]
        if given:
            found[payer] = FormAmount(f"{payer}: {item.name}", added(given))
    return found


def _item(
    item: Item, line: str, object_class: ObjectClass, computation: WorkedOut, amounts: Mapping[Payer, FormAmount], part: str = ""
) -> FormItem:
    said = vars(item)
    return FormItem(
        item.name, line, object_class, CostCategory(said["category"]), computation, amounts, said.get("narrative", ""), part=part
    )


def _of_position(
    projection: Projection, line: int, at: int, position: Position, amounts: Mapping[Payer, FormAmount], steps: list[FormAmount]
) -> Iterator[FormItem]:
    """Yield the pay of a position, its benefits and the set-up of new hires, each of its own object class as `by_object_class` has it.

    What vacancies leave unspent lowers pay and benefits alike.
    """
    own = object_class_of(projection.scenario, position)
    of_benefits = ObjectClass.FRINGE_BENEFITS if own is ObjectClass.PERSONNEL else own
    if not amounts:
        return
    # no step yet, as what the source and its match give is: the parts below are of it
    steps += [amounts[payer] for payer in CASH_OF_OTHERS if payer in amounts]
    cost, salaries, benefits, savings = (row_of(projection, "cost", line), *(row_of(projection, name, at) for name in _OF_POSITIONS))
    saved = FormAmount(f"Benefits that vacancies leave unspent: {position.name}", share(savings * benefits, salaries + benefits))
    fringe = FormAmount(
        f"Benefits in the cost: {position.name}", share(benefits + row_of(projection, "overtime_benefits", at) + saved.cell, cost), "share"
    )
    steps += [saved, fringe]
    parts = [_PartOfPosition("benefits", of_benefits, benefits_worked_out(projection, position, at), fringe.cell)]
    if position.cost_per_new_hire.number:
        new = FormAmount(f"Set-up in the cost: {position.name}", share(row_of(projection, "set_up_cost", at), cost), "share")
        steps.append(new)
        set_up_class = set_up_class_of(projection.scenario, position)
        parts.append(_PartOfPosition("set-up", set_up_class, set_up_worked_out(projection, position, at), new.cell))
    pay = one()
    for part in parts:
        pay = pay - part.of_cost
    parts.insert(0, _PartOfPosition("pay", own, pay_worked_out(projection, position, at), pay))
    for part in parts:
        label = f"{position.name}: {part.object_class}"
        of_part = {payer: FormAmount(f"{payer}: {label}", amount.cell * part.of_cost) for payer, amount in amounts.items()}
        yield _item(position, f"cost {line}", part.object_class, part.computation, of_part, part.name)


_OF_POSITIONS = ("salaries", "employee_benefits", "salary_savings")


@dataclass(frozen=True)
class _PartOfPosition:
    name: str
    object_class: ObjectClass
    computation: WorkedOut
    of_cost: Term


def _beside(projection: Projection, source: int) -> Iterator[FormItem]:
    """Yield what no line of the budget costs: overhead claimed, value in kind, income of the program."""
    scenario = projection.scenario
    of = scenario.funding_sources[source]

    def of_source(label: str, row: str, at: int) -> FormAmount:
        return FormAmount(label, row_of(projection, row, at))

    if of.claimable_indirect_rate.number:
        name = "Indirect cost claimed"
        amounts = {Payer.GRANT: of_source(f"{Payer.GRANT}: {name}", "indirect_claimed", source)}
        worked = indirect_worked_out(projection, of, source)
        yield FormItem(name, name, ObjectClass.INDIRECT, CostCategory.INDIRECT, worked, amounts, asks_for_narrative=False)
    for at, given in enumerate(scenario.in_kind_contributions):
        if given.source == of.name:
            payer = Payer.IN_KIND_OF_OTHERS if given.giver else Payer.IN_KIND_OF_APPLICANT
            amounts = {payer: of_source(f"{payer}: {given.name}", "value_of_contribution", at)}
            yield _item(given, f"in kind {at}", object_class_of(scenario, given), contribution_worked_out(projection, given, at), amounts)
    if of.match and of.match.in_kind_pledged.number:
        name = "Pledged in kind"
        amounts = {Payer.IN_KIND_OF_APPLICANT: of_source(f"In kind: {name}", "pledge_in_kind_given", source)}
        owed = worked_out(note=f"as match is owed, up to {money(of.match.in_kind_pledged.number)} pledged")
        yield FormItem(name, name, ObjectClass.OTHER, None, owed, amounts, asks_for_narrative=False)
    for at, income in enumerate(scenario.funding_sources):
        if income.income_of == of.name and not _is_partner(income, of):
            amounts = {Payer.PROGRAM_INCOME: of_source(f"{Payer.PROGRAM_INCOME}: {income.name}", "money_awarded", at)}
            earned = worked_out(note=f"earned; {str(income.income_use).lower()}")
            yield FormItem(income.name, f"income {at}", ObjectClass.OTHER, None, earned, amounts, asks_for_narrative=False)


def computation_of(items: Sequence[FormItem]) -> str:
    """Return how the items of a line are worked out, each on a line of its own, and what part of their cost is on the form."""
    several = len(items) > 1
    told = [(item.part if several else "", item.computation.words) for item in items]
    words = [f"{part.capitalize()}: {text}" if part else text for part, text in told if text]
    cost = sum(item.computation.cost for item in items)
    paid = float(sum(amount.value.sum() for item in items for amount in item.amounts.values()))
    if cost and abs(cost) - abs(paid) > HALF_A_CENT:
        words.append(f"{min(paid / cost, _MOST_IN_PART):.1%} of this cost is on this form")
    return "\n".join(text[:1].upper() + text[1:] for text in words)


def has_amount(item: FormItem, payers: Collection[Payer] = tuple(Payer)) -> bool:
    """Whether any of some payers pays anything of an item."""
    return any(np.any(amount.value) for payer, amount in item.amounts.items() if payer in payers)
