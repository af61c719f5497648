"""What tests share: the shipped scenarios, and programs that must be there under CI."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy
from spreadsheets import on_both_cores, write
from strategies import scenarios

from budget_model import Scenario, load_scenario

# No test touches the saved scenarios of whoever runs it.
os.environ["LEAD_DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp(prefix='lead_')}/scenarios.sqlite"

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, print_blob=True)
settings.load_profile("repeatable")


def needs(*programs: str) -> str:
    """Return the path of the first program found; without one, fail under CI and skip elsewhere."""
    for program in programs:
        if found := shutil.which(program):
            return found
    message = f"{' or '.join(programs)} is not installed: run 'make test', which installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(params=SHIPPED, ids=lambda path: path.stem)
def shipped(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


RANDOM_LARGE, RANDOM_SMALL = 4, 96


def _random(strategy: SearchStrategy[Scenario], count: int) -> list[Scenario]:
    found: list[Scenario] = []

    @settings(max_examples=count, phases=[Phase.generate])
    @given(strategy)
    def collect(scenario: Scenario) -> None:
        found.append(scenario)

    collect()
    return found


@pytest.fixture(scope="session")
def random_scenarios() -> list[Scenario]:
    """A hundred random scenarios: large ones, and more of up to two sites and a year."""
    return _random(scenarios(), RANDOM_LARGE) + _random(scenarios(most_sites=2, most_months=12), RANDOM_SMALL)


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory, random_scenarios: list[Scenario]) -> list[tuple[Scenario, Path]]:
    """The workbook of every shipped scenario, then those of the random ones."""
    folder = tmp_path_factory.mktemp("workbooks")
    made = [
        (scenario, folder / f"{number:03d}.xlsx") for number, scenario in enumerate([*map(load_scenario, SHIPPED), *random_scenarios])
    ]
    on_both_cores(write, made)
    return made


@pytest.fixture(scope="session")
def expansion() -> Scenario:
    return load_scenario(ROOT / "scenarios" / "expansion_2018.yaml")
