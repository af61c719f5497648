"""What must hold of rates of other lines: each base is of one thing, nothing counts twice, and no rate is in its own base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx

from budget_model.formats import written
from budget_model.scenario.choices import NO_ITEM, RoundedTo
from budget_model.scenario.object_classes import classes_of
from budget_model.scenario.rule import Finding, Names, Rule
from budget_model.scenario.schema import Item, Rate, RateBase, Scenario

# The lines that bases are of: the field that names one, and the table that holds it.
_LINES: Mapping[str, str] = {
    field: about.table for field, about in RateBase.table.references.items() if field not in ("rate", "other_rate")
}
_Part = tuple[str, str, str]
_SET_UP = "set_up_object_class"
_ONE_THING = "expected one of them: all_lines, a line, another rate, a category, an appropriation_class or an object_class"


def _bases_are_of_one_thing(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for base in scenario.rate_bases:
        place = f"rate_bases[{base.name}]"
        if len(base.named) > 1:
            yield place, " and ".join(base.named), _ONE_THING
        if base.contract_limit.value and set(base.named) & {"position", "service", "care", "budget_line", "other_rate"}:
            yield f"{place}.contract_limit", written(base.contract_limit.value), "expected 0: it is of no contract"
        if base.leaves_out_start_up and base.other_rate != NO_ITEM:
            yield f"{place}.leaves_out_start_up", "true", "expected false: another rate has no start-up of its own"


def _rates_are_in_no_circle(scenario: Scenario, names: Names) -> Iterator[Finding]:
    order = [rate.name for rate in scenario.rates]
    named = [base for base in scenario.rate_bases if base.rate in order and base.other_rate in order]
    graph: nx.DiGraph[str] = nx.DiGraph((base.rate, base.other_rate) for base in named)
    circles = [circle for circle in nx.strongly_connected_components(graph) if len(circle) > 1 or graph.has_edge(*(2 * tuple(circle)))]
    for circle in circles:
        names_of_it = [edge[0] for edge in nx.find_cycle(graph.subgraph(circle))]
        said = " counts ".join([*names_of_it, names_of_it[0]])
        yield f"rates[{names_of_it[0]}]", said, "expected no rate in its own base: take one of these rate_bases out"
    for base in named:
        in_circle = any({base.rate, base.other_rate} <= circle for circle in circles)
        if order.index(base.other_rate) > order.index(base.rate) and not in_circle:
            expected = f"expected a rate that stands above '{base.rate}': move '{base.other_rate}' up in rates"
            yield f"rate_bases[{base.name}].other_rate", repr(base.other_rate), expected


def _rounding_is_of_something(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A way of rounding, or a period of it, rounds nothing by itself."""
    for rate in scenario.rates:
        if rate.rounded_to is not RoundedTo.NONE or rate.base_rounded_to is not RoundedTo.NONE:
            continue
        units_are_left_out = not rate.model_fields_set & {"rounded_to", "base_rounded_to"}
        for field in ("rounding_mode", "rounding_period"):
            given = getattr(rate, field)
            if given != Rate.model_fields[field].default or (units_are_left_out and field in rate.model_fields_set):
                expected = "expected rounded_to or base_rounded_to beside it, cent or dollar: without them nothing is rounded"
                yield f"rates[{rate.name}].{field}", repr(str(given)), expected
                break


def _shares_of_the_total_leave_a_base(scenario: Scenario, names: Names) -> Iterator[Finding]:
    for rate in scenario.rates:
        if rate.is_of_total and rate.rate.value >= 1:
            expected = "expected less than 1: a share of the total, itself included, leaves the rest to its base"
            yield f"rates[{rate.name}].rate", written(rate.rate.value), expected


def _credits_have_no_columns(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """A rate below zero, such as a vacancy credit, lowers what is to be paid of its category at its place, whoever pays it."""
    credits = {rate.name for rate in scenario.rates if rate.rate.number < 0}
    for given in scenario.funding_assignments:
        if given.rate in credits:
            expected = f"expected none, for '{given.rate}' is below zero and lowers what all sources pay of its category"
            yield f"funding_assignments[{given.name}].rate", repr(given.rate), expected


def _nothing_counts_twice(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Each part of a line counts once in a rate; what is left out is counted by another base, on the same terms."""
    for rate in scenario.rates:
        counted: dict[_Part, RateBase] = {}
        gone: dict[_Part, RateBase] = {}
        bases = sorted((base for base in scenario.rate_bases if base.rate == rate.name), key=lambda base: base.leaves_out)
        for base in bases:
            place = f"rate_bases[{base.name}]"
            for part in parts_of(scenario, base):
                said, before = gone if base.leaves_out else counted, counted.get(part)
                table, line, _ = part
                if part in said:
                    twice = "left out twice" if base.leaves_out else "counted twice"
                    yield place, f"'{line}' {twice}", f"expected each line once for '{rate.name}'; '{said[part].name}' has it as well"
                    break
                if base.leaves_out and before is None:
                    yield place, f"'{line}' left out", f"expected a line that another base of '{rate.name}' counts"
                    break
                if base.leaves_out and before and (problem := _other_terms(base, before, table)):
                    yield f"{place}.{problem[0]}", problem[1], f"expected {problem[2]}, as in '{before.name}', which counts '{line}'"
                    break
                said[part] = base


def _other_terms(base: RateBase, counting: RateBase, table: str) -> tuple[str, str, str] | None:
    """Return the field, value and expected value by which a base leaves out another part of a line than is counted, or None."""
    if table == "provider_contracts" and base.contract_limit.value != counting.contract_limit.value:
        return "contract_limit", written(base.contract_limit.number), written(counting.contract_limit.number)
    if table not in ("services_and_supplies", "budget_lines", "rates") and base.leaves_out_start_up != counting.leaves_out_start_up:
        return "leaves_out_start_up", str(base.leaves_out_start_up).lower(), str(counting.leaves_out_start_up).lower()
    return None


def parts_of(scenario: Scenario, base: RateBase) -> Iterator[_Part]:
    """Yield every part of a line that a base is of: its table, its name, and of a position its pay, benefits or set-up."""
    for field, table in _LINES.items():
        for item in getattr(scenario, table):
            whole = (
                base.all_lines
                or getattr(base, field) == item.name
                or (base.category is not None and base.category == item.category)
                or (base.appropriation_class is not None and base.appropriation_class == _class_of(item))
            )
            for part, object_class in classes_of(scenario, item).items():
                if (whole or object_class is base.object_class) and not (part == _SET_UP and base.leaves_out_start_up):
                    yield table, item.name, part
    if base.other_rate != NO_ITEM:
        yield "rates", base.other_rate, ""


def _class_of(item: Item) -> object:
    """Return the appropriation class of a line, which is fixed or a field."""
    return item.table.fixed_keys.get("class") or getattr(item, item.table.keys["class"])


RATE_RULES: tuple[Rule, ...] = (
    _bases_are_of_one_thing,
    _rates_are_in_no_circle,
    _rounding_is_of_something,
    _shares_of_the_total_leave_a_base,
    _credits_have_no_columns,
    _nothing_counts_twice,
)
