"""Programs that tests need: missing ones fail under continuous integration and skip elsewhere."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def needs(*programs: str) -> str:
    """Return the path of the first program found; without one, fail under CI and skip elsewhere."""
    found = next(filter(None, map(shutil.which, programs)), None)
    return found or missing(f"{' or '.join(programs)} is not installed: run 'make test', which installs it")


def missing(message: str) -> NoReturn:
    """Say that a test cannot run."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
