"""Why a figure is what it is: each formula that is shown comes to the figure, and the assumptions behind it move it as is said."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import scale
from conftest import EXPANSION, PILOT, ROOT, SHIPPED
from jsonschema import Draft202012Validator

from budget_model import Change, Projection, Scenario, ScenarioError, changed, load_scenario, project
from budget_model.__main__ import main
from budget_model.analysis.why.addresses import Address, as_text, axes_of, places, read_address, value_at
from budget_model.analysis.why.behind import ONE_PERCENT, Behind, behind
from budget_model.analysis.why.composition import composition
from budget_model.analysis.why.explanation import explained, opened
from budget_model.analysis.why.graph import graph_of, graph_record
from budget_model.analysis.why.grouping import groupings
from budget_model.analysis.why.moved import changes_behind, moved
from budget_model.analysis.why.parts import MOST_PARTS
from budget_model.analysis.why.report import report
from budget_model.analysis.why.wording import for_a_spreadsheet, in_names, in_values
from budget_model.budget import BUDGET
from budget_model.editing.differences import differences
from budget_model.editing.items import renamed
from budget_model.engine.excel import in_words
from budget_model.engine.rows import Input, Line, Row
from budget_model.scenario.axes import Axis

HALF_A_CENT = 0.005  # the workbook's tolerance
_SAID = {"<>": "!=", "IF(": "_if(", "MIN(": "min(", "MAX(": "max(", "ABS(": "abs("}
_MEANINGS = {
    "_if": lambda condition, then, otherwise: then if condition else otherwise,
    "ROUND": lambda value, digits: round(value, int(digits)),
    "CEILING": lambda value, _: math.ceil(value),
}


def all_addresses(projection: Projection, row: Row, times: Sequence[str]) -> list[Address]:
    """Return the addresses of all items of a row at some times; '' alone for a row that does not vary in time."""
    sizes = [range(len(places(projection).names(axis))) for axis in axes_of(row)]
    return [Address(row.name, items, at) for items in product(*sizes) for at in times]


@pytest.fixture(scope="module")
def expansion() -> Projection:
    return project(load_scenario(EXPANSION))


def recomputed(formula: str) -> float:
    """Return what a formula of a spreadsheet comes to, calculated from the text alone."""
    text = formula.removeprefix("=")
    for said, meant in _SAID.items():
        text = text.replace(said, meant)
    text = re.sub(r"(?<![<>!])=", "==", text)
    try:
        return float(eval(text, {"__builtins__": {}, "min": min, "max": max, "abs": abs, **_MEANINGS}))
    except ZeroDivisionError:  # in a case that is not the one chosen, which a spreadsheet leaves alone
        return float(
            eval(re.sub(r"/", "*_over@", text).replace("_over@", "_Over()@"), {"_Over": _Over, "min": min, "max": max, **_MEANINGS})
        )


class _Over:
    """A division that gives nothing where the divisor is nothing."""

    def __rmul__(self, dividend: float) -> _Over:
        self.dividend = dividend
        return self

    def __matmul__(self, divisor: float) -> float:
        return self.dividend / divisor if divisor else 0.0


def times(projection: Projection, row: Row) -> tuple[str, ...]:
    """Return the first, a middle and the last month, a year and the total, as far as a row has them."""
    found = places(projection)
    months = (found.months[0], found.months[len(found.months) // 2], found.months[-1])
    if Axis.YEAR in row.over:
        return (found.years[0], found.years[-1])
    if Axis.MONTH not in row.over:
        return ("",)
    return (*months, found.years[len(found.years) // 2], found.years[-1]) if row.in_a_year else months


def figures(projection: Projection) -> Iterator[Address]:
    for row in BUDGET.rows.values():
        if not isinstance(row, Input):
            yield from all_addresses(projection, row, times(projection, row))


@pytest.mark.parametrize("file", SHIPPED if scale.NOW.proof else [PILOT, EXPANSION], ids=lambda path: path.stem)
def test_every_formula_that_is_shown_comes_to_the_figure(file: Path) -> None:
    """All of the pilot; of larger plans the first of each row, and every seventh (for a release all of the expansion)."""
    projection = project(load_scenario(file))
    whole = file == PILOT or (file == EXPANSION and scale.NOW.proof)
    told = set[str]()
    for number, address in enumerate(figures(projection)):
        if not whole and number % 7 and address.row in told:
            continue
        told.add(address.row)
        formula = for_a_spreadsheet(composition(projection, address).formula)
        value = value_at(projection, address)
        assert recomputed(formula) == pytest.approx(value, rel=1e-9, abs=HALF_A_CENT / 10), (address, formula)


AS_FUNDERS_WRITE = {
    "name": "Terms", "first_month": "2019-09", "months": 12,
    "sites": [{"name": "A", "go_live": "2019-09", "slots": 20, "eligible_people": 500, "social_contact_referrals": 5}],
    "budget_lines": [
        {"name": "Rides", "first_month": "2019-09", "amount_is": "Each month", "grows_with_prices": True},
        {"name": "Discount", "first_month": "2019-09", "may_be_below_zero": True},
    ],
    "factors": [{"name": "Number", "budget_line": "Rides", "number": 45}, {"name": "Fare", "budget_line": "Rides", "number": 20.5}],
    "amounts": [{"name": "Less", "budget_line": "Discount", "first_month": "2019-09", "last_month": "2019-11", "amount": -9_000}],
    "rates": [{"name": "Indirect", "first_month": "2019-09", "rate": 0.1037, "rounded_to": "dollar", "base_rounded_to": "cent",
               "rounding_mode": "half to even", "rounding_period": "Each fiscal year"}],
    "rate_bases": [{"name": "All", "rate": "Indirect", "all_lines": True}],
    "funding_sources": [{"name": "Grant", "treatment": "Revenue", "timing": "One-time", "first_month": "2019-10", "award": 5_000,
                         "pays": ["Services and supplies"], "match": {"rate": 0.25, "pledged": 500}}],
    "control_totals": [{"name": "Printed", "first_month": "2019-09", "all_cost": True, "printed": 5}],
}  # fmt: skip


def test_formulas_of_rates_factors_and_amounts_come_to_their_figures() -> None:
    """Of which no shipped plan has a line."""
    projection = project(Scenario.model_validate(AS_FUNDERS_WRITE))
    rows = set()
    for address in figures(projection):
        if {*axes_of(BUDGET.rows[address.row])} & {Axis.RATE, Axis.RATE_BASE, Axis.BUDGET_LINE, Axis.AMOUNT, Axis.CONTROL_TOTAL}:
            rows.add(address.row)
            formula = for_a_spreadsheet(composition(projection, address).formula)
            value = value_at(projection, address)
            assert recomputed(formula) == pytest.approx(value, rel=1e-9, abs=HALF_A_CENT / 10), (address, formula)
    assert {"rate_cost", "base_of_rate", "rounding_of_rate", "budget_line_cost"} <= rows


def test_every_row_has_a_formula_with_words_for_each_of_its_signs(expansion: Projection) -> None:
    for address in figures(expansion):
        made = composition(expansion, address)
        for words in (in_names(made.formula), in_values(made.formula)):
            assert not re.search(r"\b(IF|MIN|MAX|ABS|ROUND|CEILING)\(", words), words
            assert words.count("(") == words.count(")"), words


def test_net_county_cost_is_shown_as_the_county_writes_it(expansion: Projection) -> None:
    one = explained(expansion, read_address(expansion, "net_county_cost@FY 2020-21"))
    assert in_names(one.made.formula) == "Gross appropriation \u2212 Intrafund transfers \u2212 Revenue"
    assert [part.address and part.address.row for part in one.made.parts] == ["gross_appropriation", "intrafund_transfers", "revenue"]
    assert sum(sign * part.value for sign, part in zip((1, -1, -1), one.made.parts, strict=True)) == pytest.approx(one.value)


def test_of_a_long_sum_the_ten_largest_stand_alone_and_the_rest_with_its_sum(expansion: Projection) -> None:
    one = explained(expansion, read_address(expansion, "gross_appropriation"))
    *largest, rest = one.made.parts
    assert len(largest) == MOST_PARTS
    assert rest.label == f"{len(rest.gathered)} more"
    assert rest.value == pytest.approx(sum(part.value for part in rest.gathered))
    assert min(part.value for part in largest) >= max(part.value for part in rest.gathered)


def test_a_figure_that_only_hands_on_another_is_opened_through(expansion: Projection) -> None:
    part = explained(expansion, read_address(expansion, "gross_appropriation")).made.parts[0]
    assert part.item is not None
    assert part.address is not None
    assert (part.item.row, part.address.row) == ("cost", "care_cost")
    last = read_address(expansion, "all_active_participants@FY 2020-21")
    assert opened(expansion, last).at == "2021-06"
    for address in figures(expansion):
        assert value_at(expansion, opened(expansion, address)) == pytest.approx(value_at(expansion, address))


def test_the_ways_down_end_at_what_is_given(expansion: Projection) -> None:
    graph = graph_of(expansion, read_address(expansion, "position_cost@FY 2020-21", ["Deputy Sheriff, Antelope Valley"]), 60)
    ends = [one for one in graph.nodes.values() if one.is_given]
    assert {"position_monthly_salary", "cost_of_living_rate"} <= {one.address.row for one in ends}
    assert all(isinstance(BUDGET.rows[one.address.row], Input) for one in ends)
    salary = next(one for one in ends if one.address.row == "position_monthly_salary")
    assert salary.given is not None
    assert salary.place == ("county_positions", "Deputy Sheriff, Antelope Valley", "monthly_salary")


@pytest.mark.parametrize("figure", ["net_county_cost@FY 2020-21", "gross_appropriation", "revenue@2021-03", "all_participant_months"])
def test_one_percent_more_of_an_assumption_moves_a_figure_as_is_said(expansion: Projection, figure: str) -> None:
    """Held against the figure with a little more, or less, of the number; where a head count is rounded the two may differ."""
    address = read_address(expansion, figure)
    found = behind(expansion, address)[:25]
    agree = 0
    for one in found:
        little = [_slope(expansion, one, address, step) for step in (1e-5, -1e-5)]
        if any(slope == pytest.approx(one.effect / ONE_PERCENT, rel=1e-4, abs=1.0) for slope in little if slope is not None):
            agree += 1
        else:
            assert ROUNDED & BUDGET.readers(one.first.input) & {row for row in BUDGET.rows if address.row in BUDGET.readers(row)}, one.first
    assert agree >= 10


# Lines that round a head count up.
ROUNDED = {row.name for row in BUDGET.rows.values() if isinstance(row, Line) and "CEILING" in in_words(row)}


def _slope(before: Projection, one: Behind, address: Address, step: float) -> float | None:
    """Return what a figure gains for a number in all its places, relative to the number; None where there may be no more of it."""
    changes = [Change(use.table, use.item, use.field, use.assumption.value * (1 + step)) for use in one.uses]
    try:
        after = project(changed(before.scenario, changes), before)
    except ScenarioError:  # a share of 1 has no more
        return None
    return (value_at(after, address) - value_at(before, address)) / step


def test_the_groups_of_a_sum_add_up_to_it(expansion: Projection) -> None:
    one = explained(expansion, read_address(expansion, "gross_appropriation@FY 2020-21"))
    found = groupings(expansion, one)
    assert {"site", "budget unit", "category"} <= set(found)
    for groups in found.values():
        assert sum(groups.values()) == pytest.approx(one.value)


def test_what_moved_a_figure_is_named_and_nothing_else(expansion: Projection) -> None:
    after: Scenario = changed(expansion.scenario, [Change("treatment_and_housing", "Residential treatment", "unit_rate", 300.0)])
    now = project(after)
    one = explained(now, read_address(now, "gross_appropriation@FY 2020-21"))
    changes = differences(expansion.scenario, after)
    there = moved(now, expansion, one)
    assert there.value == pytest.approx(value_at(expansion, one.address))
    assert sum(there.by_part.values()) == pytest.approx(one.value - (there.value or 0.0))
    assert [part.label for part in there.by_part] == ["Residential treatment"]
    assert changes_behind(changes, one.address) == changes
    assert changes_behind(changes, read_address(now, "enrollments@Total@Antelope Valley")) == ()


def test_an_address_comes_back_from_its_text_whatever_the_names(expansion: Projection) -> None:
    odd = project(changed(expansion.scenario, renamed(expansion.scenario, "funding_sources", "Measure H", "Half (50%) @ H, %40 or more")))
    for address in list(figures(odd))[::13]:
        assert read_address(odd, as_text(odd, address)) == address


@pytest.mark.parametrize(
    ("figure", "items", "said"),
    [
        ("net_county_cots", [], "Did you mean 'net_county_cost'?"),
        ("net_county_cost@FY 2031-32", [], "expected one of: FY 2018-19"),
        ("net_county_cost@2031-07", [], "a month from 2018-07 to 2023-06"),
        ("drawdown@Total", [], "drawdown is there for each source; expected one of:"),
        ("drawdown@Total", ["Measure G"], "Did you mean 'Measure H'?"),
        ("net_county_cost", ["Antelope Valley"], "has no items"),
        ("price_factor@Total", [], "expected a month from 2018-07 to 2023-06 for price_factor"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(expansion: Projection, figure: str, items: list[str], said: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(said)):
        read_address(expansion, figure, items)


def test_the_graph_has_each_figure_once_and_follows_its_schema(expansion: Projection) -> None:
    record = graph_record(expansion, graph_of(expansion, read_address(expansion, "net_county_cost@FY 2020-21"), 3))
    Draft202012Validator(json.loads((ROOT / "docs" / "why.schema.json").read_text())).validate(json.loads(json.dumps(record)))
    places_of = [(node["row"], *node["items"].values(), node["at"]) for node in record["nodes"].values()]
    assert len(places_of) == len(set(places_of))
    assert record["nodes"][record["figure"]]["value"] == value_at(expansion, read_address(expansion, "net_county_cost@FY 2020-21"))
    assert all({"value", "unit", "confidence", "source"} <= set(one) for one in record["assumptions"])


def test_every_node_that_is_named_in_the_graph_is_there_the_small_terms_of_long_sums_as_well(expansion: Projection) -> None:
    record = graph_record(expansion, graph_of(expansion, read_address(expansion, "gross_appropriation"), 1, whole=True))
    terms = [term for node in record["nodes"].values() for kind in ("terms", "decided_by") for term in node.get(kind, ())]
    gathered = [single for term in terms for single in term.get("gathered", ())]
    named = {one["node"] for one in (*terms, *gathered, *record["assumptions"]) if "node" in one}
    assert gathered and any("node" in one for one in gathered)
    assert named <= record["nodes"].keys()
    beyond = {one["beyond"] for one in (*terms, *gathered) if "beyond" in one}
    assert beyond and all(as_text(expansion, read_address(expansion, text)) == text for text in [*beyond][:20])


def test_the_report_says_the_formula_with_values_and_each_figure_once(expansion: Projection) -> None:
    text = report(graph_of(expansion, read_address(expansion, "net_county_cost@FY 2020-21"), 2))
    lines = text.splitlines()
    assert lines[0].startswith("Net county cost, FY 2020-21: $")
    assert sum(line.strip().startswith("All costs: the money the Board would appropriate") for line in lines) == 1
    assert "numbers behind it" in text


def test_to_explain_a_figure_leaves_the_projection_as_it_is(expansion: Projection) -> None:
    before = {name: np.array(expansion.monthly(name)) for name in ("net_county_cost", "drawdown", "cost")}
    behind(expansion, read_address(expansion, "net_county_cost"))
    assert all(np.array_equal(before[name], expansion.monthly(name)) for name in before)


def test_the_command_tells_a_figure_and_writes_its_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "why.json"
    given = ["why", "expansion_2018", "cost_by_place@FY 2020-21", "--item", "Antelope Valley", "--depth", "1", "--json", str(target)]
    assert main(given) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Cost by place, Antelope Valley, FY 2020-21: $")
    assert printed.endswith(f"{target} written.\n")
    record = json.loads(target.read_text())
    Draft202012Validator(json.loads((ROOT / "docs" / "why.schema.json").read_text())).validate(record)
    assert record["figure"] == "cost_by_place@FY 2020-21@Antelope Valley"
    assert f"In the workbook: {record['nodes'][record['figure']]['cell']}.\n" in printed


def test_the_command_refuses_a_wrong_name_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "expansion_2018", "net_county_cots@FY 2020-21"]) == 2
    assert "'net_county_cots'; expected a row of the budget. Did you mean 'net_county_cost'?" in capsys.readouterr().err
