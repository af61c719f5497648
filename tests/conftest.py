"""What tests share: how much is tried, the shipped scenarios, drawn ones with their projections, and their workbooks."""

from __future__ import annotations

import atexit
import datetime
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import hypothesis
import hypothesis.internal.conjecture.engine
import pytest
import scale
from browsers import address, chromium, database_file, pytest_runtest_teardown, seen  # noqa: F401 - fixtures, and their end
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from plan_workbook import base, book, made, moved, values  # noqa: F401 - fixtures
from servers import postgresql, server  # noqa: F401 - fixtures
from strategies import scenarios
from written import WrittenWorkbooks

from budget_model import Projection, Scenario, changed, load_scenario, project

# No test touches the saved scenarios of whoever runs it.
_KEPT = tempfile.mkdtemp(prefix="lead_")
atexit.register(shutil.rmtree, _KEPT, ignore_errors=True)
os.environ["LEAD_DATABASE_URL"] = f"sqlite:///{_KEPT}/scenarios.sqlite"

Kind = TypeVar("Kind")
ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
PILOT, EXPANSION = (ROOT / "scenarios" / f"{name}.yaml" for name in ("pilot_2017", "expansion_2018"))
# Parts that take long begin first, so that both cores have work to the end.
_FIRST = ("test_store", "test_agreement", "test_form", "test_read_back")
# What these give is a process beside ours, which a loaded machine may stall. In the proof nothing is tried twice.
_BESIDE = {"chromium", "server"}
_MANY = 50  # tests from which on a run is told by part


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the two options of the long proof."""
    parser.addoption("--proof", action="store_true", help="try much more of each kind, as before a release")
    parser.addoption("--seed", type=int, default=None, help="with --proof: what is drawn (default: today as YYYYMMDD)")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how much is tried, before any test is collected."""
    if config.option.proof:
        if config.option.seed is None:  # set here, so that processes of one run agree at midnight
            config.option.seed = int(f"{datetime.date.today():%Y%m%d}")
        scale.NOW = scale.proof(config.option.seed)
        hypothesis.core.global_force_seed = scale.NOW.seed
    # A plan of twenty tables needs more choices than a test case may make: two of three were thrown away, the large ones first.
    hypothesis.internal.conjecture.engine.BUFFER_SIZE = 64 * 1024
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a loaded machine is no fault of a scenario
    settings.register_profile(
        "chosen",
        derandomize=not scale.NOW.proof,
        max_examples=scale.NOW.drawn,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=slow,
    )
    settings.load_profile("chosen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the parts that take long; keep together what was drawn; try what needs a browser or a server once more, as the last line says."""
    for item in items:
        if isinstance(item, pytest.Function) and not scale.NOW.proof and _BESIDE & set(item.fixturenames):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if isinstance(item, pytest.Function) and "drawn" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("drawn"))  # one process draws for all of them
    items.sort(key=_order)


def _order(item: pytest.Item) -> int:
    if item.get_closest_marker("browser"):
        return -1  # all of them in a row, for they share one browser
    part = _part(item.nodeid)
    return _FIRST.index(part) if part in _FIRST else len(_FIRST)


def _part(nodeid: str) -> str:
    return Path(nodeid.partition("::")[0]).stem


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests counted (`record_property` with words and a number), the seconds of each part, the slowest tests."""
    seconds, tests, slowest, counted = defaultdict(float), defaultdict(int), [], defaultdict(int)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[_part(report.nodeid)] += report.duration
                tests[_part(report.nodeid)] += report.when == "call"
                slowest.append((report.duration, report.when, report.nodeid))
                for what, count in report.user_properties if report.when == "call" else ():
                    counted[what] += count
    for what, count in counted.items():
        terminalreporter.write_line(f"{count:,} {what}")
    if sum(tests.values()) < _MANY:
        return
    terminalreporter.section("seconds by part, of all processes")
    for part, spent in sorted(seconds.items(), key=lambda found: -found[1]):
        terminalreporter.write_line(f"{spent:8.1f} s  {tests[part]:4} tests  {part}")
    terminalreporter.section("the ten slowest")
    for spent, when, nodeid in sorted(slowest, reverse=True)[:10]:
        terminalreporter.write_line(f"{spent:8.1f} s  {when:8}  {nodeid}")
    if scale.NOW.proof:
        terminalreporter.write_line(f"What was drawn is drawn again with --proof --seed {scale.NOW.seed}")


@pytest.fixture(scope="session", name="scale")
def chosen_scale() -> scale.Scale:
    """How much is tried."""
    return scale.NOW


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


@pytest.fixture(scope="session")
def expansion() -> Scenario:
    return load_scenario(EXPANSION)


@pytest.fixture(scope="session")
def pilot() -> Scenario:
    return load_scenario(PILOT)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> WrittenWorkbooks:
    """Workbooks written once, shared by the processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    return WrittenWorkbooks((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "written")


def draw(strategy: SearchStrategy[Kind], count: int) -> list[Kind]:
    """Return so many of what a strategy draws, the same for the same seed; each for itself, for Hypothesis varies what it drew before."""
    return [_drawn(strategy, scale.NOW.seed + number) for number in range(count)]


def _drawn(strategy: SearchStrategy[Kind], seed: int) -> Kind:
    found: list[Kind] = []

    @hypothesis.seed(seed)
    @settings(max_examples=2, phases=[Phase.generate])  # the first is the simplest there is
    @given(strategy)
    def collect(one: Kind) -> None:
        found.append(one)

    collect()
    return found[-1]


@pytest.fixture(scope="session")
def random_scenarios() -> list[Scenario]:
    """Random scenarios whose workbooks are written: large ones, and more of up to two sites and a year."""
    return draw(scenarios(), scale.NOW.large) + draw(scenarios(most_sites=2, most_months=12), scale.NOW.small)


class Drawn(NamedTuple):
    """A drawn scenario with its projection."""

    scenario: Scenario
    projection: Projection


Pool = Iterator[Drawn]


@pytest.fixture(scope="session")
def drawn() -> list[Drawn]:
    """Scenarios drawn once for all properties, each with its projection; nobody may change them."""
    return [Drawn(scenario, project(scenario)) for scenario in draw(scenarios(), scale.NOW.drawn)]


@pytest.fixture
def pool(drawn: list[Drawn]) -> Pool:
    """Yield drawn scenarios with their projections, for properties of every plan; a failure shows which was last."""
    return _told(drawn)


def _told(drawn: list[Drawn]) -> Pool:
    for number, each in enumerate(drawn):
        print(f"drawn scenario {number} of seed {scale.NOW.seed}: {each.scenario.model_dump_json(exclude_defaults=True)}")
        yield each


def template_of_14_months() -> Scenario:
    """Return the scenario of the template, cut short so that its workbook is written soon, with control totals of the months that are left."""
    scenario = load_scenario(ROOT / "templates" / "scenario.yaml").model_copy(update={"months": 14})
    totals = tuple(
        total.model_copy(update={"last_month": None}) if total.last_month and total.last_month.day > scenario.timeline.last else total
        for total in scenario.control_totals
    )
    return changed(scenario.model_copy(update={"control_totals": totals}), [])
