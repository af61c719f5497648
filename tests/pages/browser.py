"""What the browser tests share: a server of the dashboard on a free port, and a page that records what goes wrong.

Nothing waits for a time. An action is done when the page has asked the server for a run, that run has ended, and what came of
it is drawn; on a busy machine that takes longer and nothing else changes.
"""

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

from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
PHONE_WIDTH = 640
LONGEST = 120  # seconds; nothing waits that long unless it fails
PAGES = {
    "": "Overview",
    "build": "Build",
    "sites": "Sites",
    "scenarios": "Scenarios",
    "funding": "Funding",
    "budget_units": "Budget units",
    "staffing": "Staffing",
    "access": "Treatment and housing",
    "evidence": "Evidence",
    "range": "Range",
    "downloads": "Downloads",
    "motion": "Motion",
    "outcomes": "Outcomes",
}
IN_NO_MENU = {"glossary": "Glossary"}

# In the page: how many runs of the script it asked for, and whether the last of them has ended. The kind of each message is
# read from its outer fields (ForwardMsg and BackMsg of Streamlit's protocol). `still` holds once nothing has happened for as
# many frames of the browser as it is given: the page draws what a message brings a moment after it has come.
RUNS = """(() => {
  const RERUN = 11, BEGUN = 4, ENDED = 6, CUT_SHORT = 2;
  const runs = window.runs = { asked: 0, begun: false, ended: false, frames: 0 };
  const fields = bytes => {
    const found = {};
    let place = 0;
    const number = () => {
      let value = 0, scale = 1, byte;
      do { byte = bytes[place++]; value += (byte & 127) * scale; scale *= 128; } while (byte > 127);
      return value;
    };
    while (place < bytes.length) {
      const tag = number(), value = number();
      found[Math.floor(tag / 8)] = value;
      if (tag % 8 === 2) place += value;
    }
    return found;
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', message => {
        const found = fields(new Uint8Array(message.data));
        runs.frames = 0;
        if (BEGUN in found) runs.begun = true;
        if (ENDED in found && runs.begun && found[ENDED] !== CUT_SHORT) runs.ended = true;
      });
    }
    send(bytes) {
      if (RERUN in fields(bytes)) Object.assign(runs, { asked: runs.asked + 1, begun: false, ended: false, frames: 0 });
      super.send(bytes);
    }
  };
  const each = (part, drawn) => [...document.querySelectorAll(`[data-testid="${part}"]`)].every(one => one.querySelector(drawn));
  runs.still = frames => {
    const still = runs.ended && document.fonts.status === 'loaded'
      && document.querySelector('[data-test-script-state="notRunning"]')
      && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
      && each('stPlotlyChart', '.main-svg') && each('stDataFrame', 'canvas');
    runs.frames = still ? runs.frames + 1 : 0;
    return runs.frames > frames;
  };
})();"""

# The page itself is as wide as the window whatever stands in it; what scrolls is the part beside the sidebar.
FITS = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')].every(
  part => part.scrollWidth <= part.clientWidth && part.clientWidth <= window.innerWidth)"""

expect.set_options(timeout=LONGEST * 1000)


@dataclass
class Visit:
    """An open browser page, the address of the dashboard, and every complaint heard so far."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "", query: str = "") -> None:
        """Open a page of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}{query}")
        self.page.get_by_role("heading", level=1, name=(PAGES | IN_NO_MENU)[path]).wait_for()
        self.settle()

    def go(self, name: str) -> None:
        """Follow the link to another page of the dashboard."""
        with self.rerun():
            self.page.get_by_role("link", name=name, exact=True).click()
        self.page.get_by_role("heading", level=1, name=name).wait_for()

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

    def settle(self, frames: int = 3) -> None:
        """Wait until the last run that the page asked for has ended and its page is drawn, and so many frames passed since."""
        self.page.wait_for_function("frames => window.runs.still(frames)", arg=frames)

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Do something that asks the server for a run; wait until it has asked, and until the run is over."""
        before = self.page.evaluate("window.runs.asked")
        yield
        self.page.wait_for_function("before => window.runs.asked > before", arg=before)
        self.settle()

    def fits(self, width: int) -> None:
        """Make the window so wide and wait until nothing of the page needs to be scrolled sideways."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.wait_for_function(FITS)

    def press(self, name: str, role: Literal["button", "radio", "link"] = "button") -> None:
        """Press a button, or what else can be pressed, and wait for what it does."""
        with self.rerun():
            self.page.get_by_role(role, name=name).click()

    def fill(self, label: str, text: str) -> None:
        """Type into a field and leave it; its text has then been kept."""
        field = self.page.get_by_role("textbox", name=label)
        with self.rerun():  # it is sent after a pause, or when the field is left
            field.fill(text)
            field.press("Tab")


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
        server.wait(LONGEST)


@contextmanager
def browser(chromium: str) -> Iterator[Browser]:
    """Start a browser; `chromium` is its program."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, timeout=LONGEST * 1000)
        yield started
        started.close()


@contextmanager
def visit(browser: Browser, address: str, width: int = 1440, scheme: Literal["light", "dark"] = "light") -> Iterator[Visit]:
    """Open a window on the dashboard that shares nothing with the others of the browser; a narrow one is a phone's."""
    agent = PHONE if width < PHONE_WIDTH else None
    window = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, user_agent=agent)
    window.set_default_timeout(LONGEST * 1000)
    window.add_init_script(RUNS)
    page = window.new_page()
    seen = Visit(page, address)
    page.on("console", seen.hear)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("request", lambda request: seen.allow(request.url))
    yield seen
    window.close()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=LONGEST).close()
            return
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The dashboard's server ended before it answered.") from None
            time.sleep(0.1)
    raise RuntimeError(f"The dashboard's server did not answer within {LONGEST} seconds.")
