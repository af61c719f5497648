"""What the browser tests share: a server of the dashboard on a free port, and a page that records what goes wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGES = {
    "": "Overview",
    "build": "Build",
    "sites": "Sites",
    "scenarios": "Scenarios",
    "funding": "Funding",
    "staffing": "Staffing",
    "access": "Treatment and housing",
    "evidence": "Evidence",
    "downloads": "Downloads",
    "motion": "Motion",
    "outcomes": "Outcomes",
}


@dataclass
class Visit:
    """An open browser page, the address of the dashboard, and every complaint heard so far."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "", query: str = "") -> None:
        """Open a page of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}{query}")
        self.page.get_by_role("heading", level=1, name=PAGES[path]).wait_for()
        self.settle()

    def go(self, name: str) -> None:
        """Follow the link to another page of the dashboard."""
        self.page.get_by_role("link", name=name, exact=True).click()
        self.page.get_by_role("heading", level=1, name=name).wait_for()
        self.settle()

    def effect(self, label: str) -> str:
        """Return a figure of the scenario as it stands now, from the table that every page shows beside it."""
        lines = self.page.locator("table.effect tbody tr").all_inner_texts()
        return lines[lines.index(label) + 1].split()[0]

    def card(self, label: str) -> str:
        """Return the figure of a headline card."""
        card = self.page.get_by_test_id("stMetric").filter(has_text=label)
        return card.get_by_test_id("stMetricValue").inner_text()

    def hear(self, message: ConsoleMessage) -> None:
        """Note an error of the browser's console; Streamlit looks for its server at several addresses when a page is opened."""
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.complaints.append(message.text)

    def allow(self, url: str) -> None:
        """Note a request to anything but the dashboard's own server."""
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != HOST:
            self.complaints.append(f"asks {url}")

    def settle(self) -> None:
        """Wait until the server has nothing more to say."""
        self.page.wait_for_timeout(150)
        self.page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")
        self.page.wait_for_function("() => !document.querySelector('[data-testid=\"stSkeleton\"]')")


@contextmanager
def dashboard() -> Iterator[str]:
    """Run the dashboard's server; give its address."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{HOST}:{port}/_stcore/health", server)
        yield f"http://{HOST}:{port}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def visit(address: str, chromium: str, width: int = 1440, scheme: Literal["light", "dark"] = "light") -> Iterator[Visit]:
    """Open a browser of its own on the dashboard; `chromium` is its program."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.set_default_timeout(30_000)
        seen = Visit(page, address)
        page.on("console", seen.hear)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("request", lambda request: seen.allow(request.url))
        yield seen
        browser.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The dashboard's server ended before it answered.") from None
            time.sleep(0.2)
    raise RuntimeError("The dashboard's server did not answer within 20 seconds.")
