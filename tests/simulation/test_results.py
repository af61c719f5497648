"""What a simulation comes to: closed forms, the plan's own percentile, reserves, draws that break rules, and its JSON."""

from __future__ import annotations

import csv
import io
import json
import math
import pickle
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from conftest import EXPANSION, ROOT
from scipy import stats

from budget_model import Scenario, ScenarioError, load_scenario
from budget_model.simulation.indices import jansen, total_shares
from budget_model.simulation.kernel import Method
from budget_model.simulation.outputs import HEADLINES
from budget_model.simulation.record import record
from budget_model.simulation.report import question_list, report
from budget_model.simulation.results import PERCENTILES, Simulation
from budget_model.simulation.simulate import figures_of, request_of, simulate
from budget_model.simulation.tornado import own_shares, questions, share_of_low_confidence, tornado
from budget_model.simulation.wording import TITLE, chance_in_words

DRAWS = 1024
RENT = "{value: 100, low: 80, high: 125, source: A survey, confidence: high, kind: price, owner: ODR}"
ONE_NUMBER = """
name: One number
first_month: 2019-07
months: 24
sites:
  - {name: A, go_live: 2019-07, slots: 50}
services_and_supplies:
  - {name: Rent, first_month: 2019-07, monthly_amount: %s}
"""


def written(folder: Path, text: str) -> Scenario:
    file = folder / "scenario.yaml"
    file.write_text(text)
    return load_scenario(file)


@pytest.fixture(scope="module")
def expansion() -> Simulation:
    return simulate(load_scenario(EXPANSION), draws=DRAWS)


def test_a_simulation_comes_whole_from_another_process(expansion: Simulation) -> None:
    there = pickle.loads(pickle.dumps(expansion))
    assert there.projection is not expansion.projection
    assert json.dumps(record(there)) == json.dumps(record(expansion))


@pytest.mark.parametrize("rho", [None, 0.0, 0.9])
def test_one_number_in_a_linear_line_has_the_quantiles_of_its_distribution(tmp_path: Path, rho: float | None) -> None:
    draws = 8192
    found = simulate(written(tmp_path, ONE_NUMBER % RENT), ["net_county_cost"], draws, rho=rho)
    exact = stats.lognorm(s=math.log(125 / 80) / 2 / stats.norm.ppf(0.9), scale=math.sqrt(80 * 125)).cdf
    for percent in (1, *PERCENTILES, 99):
        by_year = found.percentile("net_county_cost", percent) / [12, 12, 24]
        assert np.abs(exact(by_year) - percent / 100).max() <= 1 / draws
    assert found.base_percentile("net_county_cost") == pytest.approx([50] * 3, abs=100 / draws), "the value is the middle"
    assert found.chance_within(24 * 125)[-1] == pytest.approx(0.9, abs=1 / draws)
    (bar,) = tornado(found)
    assert (bar.low, bar.high) == pytest.approx((-24 * 20, 24 * 25))
    assert bar.share == pytest.approx(1, abs=0.03), "less what twenty bins leave within them"


PERT = stats.beta(1 + 4 * 0.08, 5 - 4 * 0.08, loc=60, scale=90)
TRIANGLE = stats.triang(0, loc=100, scale=40)


@pytest.mark.parametrize(
    ("given", "exact"),
    [
        (f"{{value: {60 + 0.08 * 90}, low: {PERT.ppf(0.1)!s}, high: {PERT.ppf(0.9)!s}", PERT),
        (f"{{value: 100, high: {TRIANGLE.ppf(0.9)!s}", TRIANGLE),
    ],
    ids=["PERT", "one end"],
)
def test_one_number_of_another_shape_has_its_quantiles_too(tmp_path: Path, given: str, exact: Any) -> None:
    draws = 8192
    number = f"{given}, source: A survey, confidence: high, kind: price, owner: ODR}}"
    found = simulate(written(tmp_path, ONE_NUMBER % number), ["net_county_cost"], draws)
    for percent in (1, *PERCENTILES, 99):
        by_year = found.percentile("net_county_cost", percent) / [12, 12, 24]
        assert np.abs(exact.cdf(by_year) - percent / 100).max() <= 1 / draws


def test_the_slower_way_draws_the_same_and_is_named(tmp_path: Path) -> None:
    scenario = written(tmp_path, ONE_NUMBER % RENT)
    slower, quicker = (simulate(scenario, draws=64, method=method) for method in ("numpy", "compiled"))
    assert (slower.drawn == quicker.drawn).all()
    for output in HEADLINES:
        np.testing.assert_allclose(slower.of(output), quicker.of(output), rtol=1e-9, atol=1e-6)
    assert "in NumPy, the slower way, for this machine can't compile them" in report(slower)
    assert (record(slower)["method"], record(quicker)["method"]) == ("numpy", "compiled")
    assert "the slower way" not in report(quicker)


def test_without_ranges_every_draw_is_the_plan(tmp_path: Path) -> None:
    found = simulate(written(tmp_path, ONE_NUMBER % 100), draws=64)
    assert found.numbers == ()
    for output in HEADLINES:
        values = found.of(output)
        assert (values == values[0]).all()
        assert values[0] == pytest.approx(found.base(output), rel=1e-9, abs=1e-9)
    assert found.base_percentile("net_county_cost").tolist() == [100.0] * 3
    assert found.reserve.tolist() == [0.0] * 3


def test_the_reserve_of_all_months_is_no_sum_of_the_years(expansion: Simulation) -> None:
    *years, in_all = expansion.reserve
    assert 0 < in_all < sum(years)
    upper = expansion.percentile("net_county_cost", 80)
    assert in_all == pytest.approx(upper[-1] - expansion.base("net_county_cost")[-1])


def test_percentiles_rise_and_dependence_widens(expansion: Simulation) -> None:
    levels = np.array([expansion.percentile("net_county_cost", percent) for percent in PERCENTILES])
    assert (np.diff(levels, axis=0) >= 0).all()

    def width(independent: bool) -> float:
        return float(np.subtract(*(expansion.percentile("net_county_cost", p, independent=independent)[-1] for p in (90, 10))))

    assert width(False) > 1.2 * width(True)


def test_the_same_seed_gives_the_same_bytes_on_any_executor(tmp_path: Path) -> None:
    scenario = written(tmp_path, ONE_NUMBER % RENT)

    def text(**how: Any) -> str:
        return json.dumps(record(simulate(scenario, ["net_county_cost", "funding_gap"], 16384, **how)))

    with ThreadPoolExecutor(2) as executor:
        assert text() == text() == text(executor=executor) == text(threads=1)
    assert text(seed=2) != text()


@pytest.mark.parametrize(("method", "draws", "parts"), [("compiled", 8192, 2), ("numpy", 256, 2), ("numpy", 64, 1)])
def test_two_workers_share_a_single_block_of_draws_and_give_the_same_bits(method: Method, draws: int, parts: int) -> None:
    request = request_of(load_scenario(ROOT / "scenarios" / "pilot_2017.yaml"), ["net_county_cost"], draws, method=method)
    with _Counting(2) as executor:
        shared, alone = figures_of(request, executor), figures_of(request)
    assert executor.asked == 2 * parts, "as given, and independent"
    for of_two, of_one in ((shared.values, alone.values), (shared.independent, alone.independent)):
        assert all(of_two[name].tobytes() == of_one[name].tobytes() for name in request.outputs)


class _Counting(ThreadPoolExecutor):
    """Threads that count what they are asked."""

    asked = 0

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        self.asked += 1
        return super().submit(*given, **named)


def test_the_json_is_as_its_schema_says_and_holds_what_is_asked(expansion: Simulation) -> None:
    found = json.loads(json.dumps(record(expansion)))
    schema = json.loads((ROOT / "docs" / "simulation.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema)
    assert list(found)[:8] == ["scenario", "digest", "seed", "draws", "method", "rho", "broken_rules", "net_county_cost"]
    years = [*expansion.years[:-1], "total"]
    for part in (found, found["independent"]):
        for output in HEADLINES:
            assert list(part[output]) == years
            assert list(part[output]["total"]) == ["base", "mean", *(f"p{p}" for p in PERCENTILES), "base_percentile"]
        assert list(part["chance_of_a_gap"]) == list(part["reserve"]) == years
    assert found["net_county_cost"]["total"]["base"] == float(expansion.base("net_county_cost")[-1])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found | {"draws": 1000.5}, schema)


def test_what_breaks_a_rule_or_slips_past_the_end_is_counted_and_kept(tmp_path: Path) -> None:
    text = """
name: Late
first_month: 2019-07
months: 12
sites:
  - {name: Open, go_live: 2019-07, slots: 20, starting_participants: {value: 18, low: 12, high: 24, kind: fact}}
  - {name: Late, go_live: 2020-01, slots: 20, slip_months: {value: 0, low: 0, high: 9, kind: forecast}}
"""
    found = simulate(written(tmp_path, text), draws=DRAWS)
    people = found.drawn[[number.field == "starting_participants" for number in found.numbers]][0]
    assert 0 < found.broken_rules.sum() == (people > 20).sum()
    assert len(found.of("net_county_cost")) == DRAWS, "none is left out"
    assert set(found.not_open) == {"Late"}
    months = found.drawn[[number.field == "slip_months" for number in found.numbers]][0]
    assert found.any_not_open == (months >= 6).sum() > 0
    assert "they count all the same" in report(found)
    assert "does not open within the scenario: Late" in report(found)


def test_columns_that_come_to_more_than_their_line_costs_in_a_draw_are_counted(tmp_path: Path) -> None:
    """The category has other cost enough, so that no check of the category tells."""
    text = """
name: Columns
first_month: 2019-07
months: 12
sites:
  - {name: A, go_live: 2019-07, slots: 50}
services_and_supplies:
  - {name: Rent, first_month: 2019-07, monthly_amount: {value: 100, low: 60, high: 160, source: A survey, confidence: high, kind: price}}
  - {name: Other, first_month: 2019-07, monthly_amount: 1000}
funding_sources:
  - {name: Grant, first_month: 2019-07, last_month: 2020-06, award: 100000, treatment: Revenue, timing: One-time, pays: [Services and supplies]}
funding_assignments:
  - {name: One column, source: Grant, service: Rent, assigned_amount: 600}
  - {name: Another, source: Grant, service: Rent, assigned_amount: 500}
"""
    found = simulate(written(tmp_path, text), draws=256)
    rent = found.drawn[0]
    assert 0 < found.broken_rules.sum() == (12 * rent < 1100).sum() < 256


def test_variance_is_told_apart_by_number() -> None:
    random = np.random.default_rng(1)
    numbers = random.standard_normal((4, 8192))
    shares = own_shares(numbers, 3 * numbers[0] + numbers[1] + 2 * numbers[2] * numbers[3])
    assert shares == pytest.approx([9 / 14, 1 / 14, 0, 0], abs=0.02), "what two numbers do together neither does alone"
    assert own_shares(numbers, np.full(8192, 7.0)).tolist() == [0.0] * 4
    idle = own_shares(random.standard_normal((200, 1024)), random.standard_normal(1024))
    assert idle.mean() < 0.005, "what chance leaves within twenty bins of 1,024 draws, 0.019, is taken off"


def test_what_to_find_out_first_goes_by_owner(expansion: Simulation) -> None:
    asked = questions(expansion)
    owners = list(dict.fromkeys(one.owner for one in asked))
    worth = [sum(one.bar.share for one in asked if one.owner == owner) for owner in owners]
    assert worth == sorted(worth, reverse=True)
    assert len({one.bar.number.id for one in asked}) == len(asked)
    assert 0.5 < share_of_low_confidence(tornado(expansion)) <= 1
    lines = list(csv.DictReader(io.StringIO(question_list(expansion))))
    assert [line["Who can confirm it"] for line in lines] == [one.owner for one in asked]


def test_the_report_says_what_a_budget_office_asks(expansion: Simulation) -> None:
    text = report(expansion)
    assert TITLE in text
    assert "that net county cost of all months stays at or below this plan, $31.8M, if the ranges are right." in text
    assert "Reserve up to the 80th percentile" in text
    assert "confidence interval" not in text
    assert max(map(len, text.splitlines())) < 250


def test_outputs_that_are_no_figures_of_the_plan_are_refused_in_words() -> None:
    for name, near in (("net_county_costs", "Did you mean 'net_county_cost'?"), ("cost_by_place", "expected figures of the whole plan")):
        with pytest.raises(ScenarioError, match="outputs") as refused:
            simulate(load_scenario(EXPANSION), [name], 64)
        assert near in str(refused.value)


def test_chances_are_told_in_few_words() -> None:
    assert [chance_in_words(share) for share in (0, 0.26, 0.5, 1)] == [
        "less than 1 chance in 20", "about 1 chance in 4", "about 1 chance in 2", "more than 19 chances in 20",
    ]  # fmt: skip


def test_exact_shares_find_what_numbers_do_together() -> None:
    random = np.random.default_rng(1)
    values, again = random.standard_normal((2, 4, 8192))
    found = jansen(lambda x: 3 * x[0] + x[1] + 2 * x[2] * x[3], values, again)
    assert found == pytest.approx([9 / 14, 1 / 14, 4 / 14, 4 / 14], abs=0.03)


def test_the_exact_shares_of_one_number_are_all_of_the_variance(tmp_path: Path) -> None:
    request = request_of(written(tmp_path, ONE_NUMBER % RENT), draws=1024)
    assert total_shares(request) == {"services_and_supplies.Rent.monthly_amount": pytest.approx(1, abs=0.1)}
