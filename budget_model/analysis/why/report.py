"""A figure explained as text: a tree of formulas with values, and the assumptions that move it most."""

from __future__ import annotations

from collections.abc import Iterator

from budget_model.analysis.why.addresses import Address
from budget_model.analysis.why.behind import EXPLAINED, Behind
from budget_model.analysis.why.explanation import Explanation, formula_names
from budget_model.analysis.why.graph import Graph
from budget_model.analysis.why.parts import Part
from budget_model.analysis.why.wording import amount, in_names, in_values
from budget_model.formats import NIL, change, counted, in_unit, worded
from budget_model.scenario.assumption import UNSOURCED
from budget_model.scenario.tables import PlacedAssumption

_MOST_BEHIND = 10
_INDENT = "  "


def report(graph: Graph) -> str:
    """Return a graph as text: each figure with its rule, its formula and its parts below it; one that stood before is not repeated."""
    told: set[Address] = set()
    lines = list(_told(graph, graph.nodes[graph.root], "", told))
    if graph.behind:
        shown = graph.behind[:_MOST_BEHIND]
        lines += ["", f"{counted(len(graph.behind), 'number')} behind it; those that move it most. {EXPLAINED}"]
        unit = graph.nodes[graph.root].unit
        lines += [f"{_INDENT}{_effect(one, unit):>14}  {_named(one)}: {evidence_in_words(one.first)}" for one in shown]
    return "\n".join(lines)


def _told(graph: Graph, one: Explanation, indent: str, told: set[Address]) -> Iterator[str]:
    when = f", {one.when}" if one.when else ""
    yield f"{indent}{one.label}{when}: {amount(one.value, one.unit)}{_unit(one.unit)}"
    inner = indent + _INDENT
    if one.address in told:
        yield f"{inner}as above"
        return
    told.add(one.address)
    if one.given:
        yield f"{inner}{evidence_in_words(one.given)}"
        return
    yield f"{inner}{one.rule}"
    if one.is_given:
        return
    if names := formula_names(one.address, one.made):
        yield f"{inner}= {in_names(names)}"
    else:
        yield f"{inner}{one.made.how}"
    yield f"{inner}= {in_values(one.made.formula)}"
    for part in (*one.made.parts, *one.made.beside):
        if part.address in graph.nodes:
            yield from _told(graph, graph.nodes[part.address], inner, told)
        else:
            yield f"{inner}{_line(part)}"


def _line(part: Part) -> str:
    return f"{part.label}: {amount(part.value, part.unit)}{_unit(part.unit)}"


def _unit(unit: str) -> str:
    """Return a unit after a number that does not say it."""
    return "" if unit.startswith(("dollars", "share", "date", "month")) or unit == "1 = yes" else f" {unit}"


def evidence_in_words(placed: PlacedAssumption) -> str:
    """Return an assumption with its evidence in a sentence: value, range, confidence, source, owner, note."""
    given, unit = placed.assumption, placed.declared.unit
    low, high = (NIL if end is None else worded(end, unit) for end in (given.low, given.high))
    parts = [
        in_unit(given.value, unit),
        f"range {low} to {high}" if (low, high) != (NIL, NIL) else "",
        f"{given.confidence} confidence",
        f"{given.source or UNSOURCED}{f' ({given.date})' if given.date else ''}",
        f"owner {given.owner}" if given.owner else "",
        given.confirmation,
        given.remark,
    ]
    return "; ".join(part for part in parts if part)


def _named(one: Behind) -> str:
    more = len(one.uses) - 1
    where = f", {one.first.item}" if one.first.item else ""
    return f"{one.first.declared.label}{where}{f' and {more} more' if more else ''}"


def _effect(one: Behind, unit: str) -> str:
    return change(one.effect, unit)
