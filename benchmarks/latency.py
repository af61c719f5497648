"""How long a reader waits after moving a lever, beside the least that a Streamlit page can be, in one run.

usage: .venv/bin/python -m benchmarks.latency [MOVES]      (needs Chromium; MOVES is 50 unless given)

Prints, for the page Build and for the minimal page under Streamlit's default settings and under ours, the median and the
95th percentile from the key to the last chart redrawn with the new figures on the page, and the time from the server's
start to the first chart in a new browser.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
STARTS = 3
CHART = ".js-plotly-plot .main-svg"
# In the page: from the key until the figures have changed and the chart has been drawn again and rests. A chart that another has
# taken the place of is no longer seen: Streamlit takes it out when the whole page has come.
WATCH = """() => {
  const resting = 100, text = () => document.querySelector('.effect').innerText;
  document.addEventListener('keydown', () => {
    window.began = performance.now(); window.was = text(); window.said = 0; window.drawn = 0;
  }, true);
  new MutationObserver(changes => {
    const of = change => change.target.closest ? change.target : change.target.parentElement;
    const seen = node => node?.isConnected && node.closest('[data-testid=stPlotlyChart]') && !node.closest('[data-stale=true]');
    if (changes.some(change => seen(of(change)))) window.drawn = performance.now();
    if (!window.said && text() !== window.was) window.said = performance.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  window.moved = () => new Promise(done => {
    const look = () => {
      const last = Math.max(window.said, window.drawn);
      if (window.began && window.said && window.drawn && performance.now() - last > resting) {
        const spent = last - window.began; window.began = 0; done(spent);
      } else requestAnimationFrame(look);
    };
    look();
  });
}"""


@dataclass(frozen=True)
class Measured:
    """A page that is measured: its script and settings, and the address of the page with the lever."""

    name: str
    script: str
    settings: tuple[str, ...] = ()
    path: str = ""


BUILD = Measured("Build", "app.py", path="build")
PAGES = (
    Measured("minimal page, Streamlit's defaults", "benchmarks/minimal_app.py", ("--runner.postScriptGC=true",)),
    Measured("minimal page, our settings", "benchmarks/minimal_app.py"),
    BUILD,
)


@contextmanager
def server(page: Measured, database: str = "") -> Iterator[tuple[str, int]]:
    """Run a server; give the page's address once it answers, and the number of its process.

    It has a database of its own, unless one is named.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", page.script, "--server.headless=true", f"--server.port={port}", *page.settings]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"LEAD_DATABASE_URL": database or f"sqlite:///{folder}/scenarios.sqlite"}
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.02)
            yield f"http://127.0.0.1:{port}/{page.path}", running.pid
        finally:
            running.terminate()
            running.wait(10)


def moves(page: Page, count: int) -> list[float]:
    """Return the milliseconds of each move of the lever; the first three are not counted."""
    page.evaluate(WATCH)
    page.get_by_role("slider", name="Referrals").first.focus()
    spent = []
    for number in range(count + 3):
        waiting = page.evaluate_handle("() => ({ done: window.moved() })")
        page.keyboard.press("ArrowLeft" if number % 20 < 10 else "ArrowRight")
        spent.append(waiting.evaluate("async given => await given.done"))
        page.wait_for_timeout(150)
    return spent[3:]


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    found: dict[str, tuple[float, float, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for measured in PAGES:
            cold, spent = [], []
            for start in range(STARTS):
                context = browser.new_context(viewport={"width": 1440, "height": 900})
                page = context.new_page()
                began = time.perf_counter()
                with server(measured) as (address, _):
                    page.goto(address, wait_until="commit")
                    page.wait_for_selector(CHART, timeout=60_000)
                    cold.append(time.perf_counter() - began)
                    if start == STARTS - 1:
                        page.wait_for_timeout(1500)
                        spent = moves(page, count)
                context.close()
            ranked = sorted(spent)
            found[measured.name] = (statistics.median(spent), ranked[round(0.95 * (len(ranked) - 1))], statistics.median(cold))
        browser.close()
    for name, (median, late, cold_start) in found.items():
        print(f"{name}: {median:.0f} ms, 95th percentile {late:.0f} ms; cold start {cold_start:.2f} s")
    (default, ours, build) = (found[page.name] for page in PAGES)
    print(f"Build to the minimal page under the defaults: {build[0] / default[0]:.2f}, 95th {build[1] / default[1]:.2f}")
    print(f"Build to the minimal page under our settings: {build[0] / ours[0]:.2f}, 95th {build[1] / ours[1]:.2f}")
    print(f"Cold start: {build[2] / ours[2]:.2f}")


if __name__ == "__main__":
    main()
