"""How long a reader waits after moving a lever, beside the least that a Streamlit page can be, in one run.

usage: .venv/bin/python -m benchmarks.latency [MOVES [TREE ...]]      (needs Chromium; MOVES is 50 unless given)

Prints, for the page Build and for the minimal page under Streamlit's default settings and under ours, the median and the
95th percentile from the key to the last chart redrawn with the new figures on the page, and the time from the server's
start to the first chart in a new browser. TREE is a checkout of another version, whose page Build is measured beside them.
The pages take turns, for what else a machine does comes and goes.
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
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
STARTS, ROUND = 3, 5
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
    tree: Path = ROOT


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
        running = subprocess.Popen(command, cwd=page.tree, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


@contextmanager
def opened(browser: Browser, measured: Measured) -> Iterator[tuple[Page, float]]:
    """Start a server and open its page in a new browser; give the page, and the seconds until its first chart."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        began = time.perf_counter()
        with server(measured) as (address, _):
            page.goto(address, wait_until="commit")
            page.wait_for_selector(CHART, timeout=60_000)
            yield page, time.perf_counter() - began


def watch(page: Page) -> None:
    """Have a page, once it rests, tell when its figures and charts change, and hold the lever."""
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    page.get_by_role("slider", name="Referrals").first.focus()


def moves(page: Page, numbers: Iterable[int]) -> list[float]:
    """Return the milliseconds of each of these moves of the lever, which is held; the first of them is not counted."""
    page.bring_to_front()
    spent = []
    for number in numbers:
        waiting = page.evaluate_handle("() => ({ done: window.moved() })")
        page.keyboard.press("ArrowLeft" if number % 20 < 10 else "ArrowRight")
        spent.append(waiting.evaluate("async given => await given.done"))
        page.wait_for_timeout(150)
    return spent[1:]


def main() -> None:
    """Measure and print: all pages stand open, and their levers are moved in turn, a few moves at a time."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    measured = [*PAGES, *(replace(BUILD, name=f"Build of {tree}", tree=Path(tree)) for tree in sys.argv[2:])]
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with sync_playwright() as playwright, ExitStack() as standing:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        cold, pages = {}, {}
        for one in measured:
            starts = []
            for _ in range(STARTS - 1):
                with opened(browser, one) as (_, seconds):
                    starts.append(seconds)
            pages[one.name], seconds = standing.enter_context(opened(browser, one))
            watch(pages[one.name])
            cold[one.name] = statistics.median([*starts, seconds])
        spent: dict[str, list[float]] = {name: [] for name in pages}
        for turn in range(1 + -(-count // ROUND)):
            for name, page in pages.items():
                found = moves(page, range(turn * (ROUND + 1), (turn + 1) * (ROUND + 1)))
                spent[name] += found if turn else []  # the first turn is not counted
    middle = {name: statistics.median(found) for name, found in spent.items()}
    late = {name: statistics.quantiles(found, n=20)[-1] for name, found in spent.items()}
    for name, each in middle.items():
        print(f"{name}: {each:.0f} ms, 95th percentile {late[name]:.0f} ms; cold start {cold[name]:.2f} s")
    for other in middle:
        if other != BUILD.name:
            ratios = (found[BUILD.name] / found[other] for found in (middle, late, cold))
            print(f"Build to {other}: {{:.2f}}, 95th {{:.2f}}; cold start {{:.2f}}".format(*ratios))


if __name__ == "__main__":
    main()
