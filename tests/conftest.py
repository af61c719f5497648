"""What tests share: the shipped scenarios, and programs that must be there under CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from budget_model import Scenario, load_scenario

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


@pytest.fixture(scope="session")
def expansion() -> Scenario:
    return load_scenario(ROOT / "scenarios" / "expansion_2018.yaml")
