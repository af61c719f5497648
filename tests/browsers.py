"""One Chromium and one server of the dashboard for all browser tests of a process."""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import pytest
from needed import needs

if TYPE_CHECKING:
    from browser import Visit
    from playwright.sync_api import Browser

# Playwright, and what drives it (tests/pages/browser.py), are imported where a test needs them.
_open = ExitStack()
atexit.register(_open.close)  # for a run that is interrupted


class Served(NamedTuple):
    """A dashboard with a database of its own."""

    address: str
    file: Path


@cache
def _chromium() -> Browser:
    from browser import browser

    return _open.enter_context(browser(needs("chromium", "chromium-browser", "google-chrome")))


@cache
def _served() -> Served:
    from browser import dashboard

    from budget_model.store.database import URL_VARIABLE

    file = Path(_open.enter_context(tempfile.TemporaryDirectory(prefix="lead_"))) / "scenarios.sqlite"
    with mock.patch.dict(os.environ, {URL_VARIABLE: f"sqlite:///{file}"}):
        return Served(_open.enter_context(dashboard()), file)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """End both after the last browser test: as long as Playwright lives, no other test of its thread can run an event loop."""
    if nextitem is None or not nextitem.get_closest_marker("browser"):
        _open.close()
        _chromium.cache_clear()
        _served.cache_clear()


@pytest.fixture
def chromium() -> Browser:
    """A browser; its windows share nothing."""
    return _chromium()


@pytest.fixture
def address(chromium: Browser) -> str:
    """The address of a dashboard."""
    return _served().address


@pytest.fixture
def database_file(address: str) -> Path:
    """The database of that dashboard."""
    return _served().file


@pytest.fixture
def seen(address: str, chromium: Browser) -> Iterator[Visit]:
    """A window on that dashboard."""
    from browser import visit

    with visit(chromium, address) as opened:
        yield opened
