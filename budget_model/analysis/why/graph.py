"""A figure with all that it is made of, as a graph: each row, item and time once, to a depth; and that graph as plain data."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from budget_model.analysis.why.addresses import Address, as_text, axes_of, places
from budget_model.analysis.why.behind import Behind, behind
from budget_model.analysis.why.explanation import Explanation, explained, formula_names
from budget_model.analysis.why.parts import Part
from budget_model.analysis.why.wording import for_a_spreadsheet, in_names, in_values
from budget_model.budget import BUDGET
from budget_model.projection import Projection
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.numbers import id_of
from budget_model.scenario.tables import PlacedAssumption
from budget_model.scenario.text import digest

_EVIDENCE = ("low", "high", "confidence", "kind", "source", "date", "owner", "note", "comment", "confirmed_by", "confirmed_on", "evidence")


@dataclass(frozen=True)
class Graph:
    """A figure's explanation and, by address, those of what it is made of, down to a depth; then the assumptions behind it."""

    root: Address
    nodes: dict[Address, Explanation]
    behind: tuple[Behind, ...]


def graph_of(projection: Projection, root: Address, depth: int, *, whole: bool = False) -> Graph:
    """Return a figure with what it is made of: at depth 0 itself, at 1 its parts as well, and so on. Each address stands once.

    `whole` follows the small terms of a long sum as well, which are shown as one.
    """
    nodes: dict[Address, Explanation] = {}
    waiting = deque([(root, depth)])
    while waiting:
        address, left = waiting.popleft()
        if address in nodes:
            continue
        nodes[address] = one = explained(projection, address)
        if left:
            shown = (*one.made.parts, *one.made.beside)
            parts = [single for part in shown for single in (part, *(part.gathered if whole else ()))]
            waiting.extend((part.address, left - 1) for part in parts if part.address)
    return Graph(root, nodes, behind(projection, root))


def graph_record(projection: Projection, graph: Graph) -> dict[str, Any]:
    """Return a graph as plain data (docs/why.schema.json): what `why --json` writes. Values are exact, in their unit."""
    return {
        "scenario": projection.scenario.name,
        "digest": digest(projection.scenario),
        "figure": as_text(projection, graph.root),
        "nodes": {as_text(projection, address): _node(projection, graph, one) for address, one in graph.nodes.items()},
        "assumptions": [_behind(projection, graph, one) for one in graph.behind],
    }


def _node(projection: Projection, graph: Graph, one: Explanation) -> dict[str, Any]:
    row = BUDGET.rows[one.address.row]
    names = places(projection).item_names(one.address)
    record: dict[str, Any] = {
        "row": row.name,
        "items": {str(axis): name for axis, name in zip(axes_of(row), names, strict=True)},
        "at": one.address.at,
        "label": one.label,
        "value": one.value,
        "unit": one.unit,
        "rule": one.rule,
    }
    if not one.is_given:
        named = formula_names(one.address, one.made)
        record |= {
            "how": one.made.how,
            "formula": in_names(named),
            "formula_with_values": in_values(one.made.formula),
            "formula_in_a_spreadsheet": for_a_spreadsheet(one.made.formula),
            "terms": [_term(projection, graph, part) for part in one.made.parts],
            "decided_by": [_term(projection, graph, part) for part in one.made.beside],
        }
    if one.given:
        record["assumption"] = assumption_record(one.given)
    return record


def _term(projection: Projection, graph: Graph, part: Part) -> dict[str, Any]:
    record = {"label": part.label, "value": part.value, "unit": part.unit, **_where(projection, graph, part.address)}
    if part.gathered:
        record["gathered"] = [_term(projection, graph, one) for one in part.gathered]
    return record


def _behind(projection: Projection, graph: Graph, one: Behind) -> dict[str, Any]:
    record = assumption_record(one.first) | {"places": len(one.uses), "one_percent_more": one.effect, "id": id_of(one.first)}
    return record | _where(projection, graph, one.address)


def _where(projection: Projection, graph: Graph, address: Address | None) -> dict[str, str]:
    """Return where a figure is explained: a node of the graph, or an address to ask for where its depth does not reach so far."""
    return {"node" if address in graph.nodes else "beyond": as_text(projection, address)} if address else {}


def assumption_record(placed: PlacedAssumption) -> dict[str, Any]:
    """Return an assumption with its place and its evidence as plain data; months as 2019-07, what is not said left out."""
    given: Assumption = placed.assumption
    said = given.model_dump(mode="json")
    evidence = {part: said[part] for part in _EVIDENCE if said[part] not in (None, "") or part == "source"}
    place = {"table": placed.table, "item": placed.item, "field": placed.field}
    return {**place, "label": placed.declared.label, "value": said["value"], "unit": placed.declared.unit, **evidence}
