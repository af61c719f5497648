"""How long a reader who moves a lever waits for the first figure of its range, drawn a thousand times, in one run.

usage: .venv/bin/python -m benchmarks.first_range [MOVES]      (needs Chromium; MOVES is 20 unless given)

Each time the lever on Build is moved once, and the page Range is opened as soon as Build shows what that does. Prints the median and
the 95th percentile from the key to the first figure, beside the median from the key to the chart redrawn on Build in the same run. The
limit of a second holds for a quiet machine with two cores, one of which the browser takes; on a loaded one the ratio says more.
"""

from __future__ import annotations

import shutil
import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from benchmarks.latency import BUILD, CHART, moves, server, watch

LIMIT = 1.0  # seconds
REDRAWN = 10  # moves of the lever whose chart is waited for
LONGEST = 120_000  # milliseconds: the first draws wait for the code to be compiled
_BEGIN = "() => document.addEventListener('keydown', () => { window.rangeAsked = performance.now(); }, true)"
_MOVED = "before => document.querySelector('.effect').innerText !== before"
# In the page: the milliseconds since the key, once the figure stands there.
_FIRST = """() => [...document.querySelectorAll('[data-testid=stMetric]')].some(card => card.innerText.startsWith('P80'))
  && performance.now() - window.rangeAsked"""


def first_figures(page: Page, count: int) -> list[float]:
    """Return the milliseconds from each move to the first figure on Range; the first move, which warms the worker, is not counted."""
    page.evaluate(_BEGIN)
    spent = []
    for _ in range(count + 1):
        page.get_by_role("slider", name="Referrals").first.focus()
        before = page.locator(".effect").inner_text()
        page.keyboard.press("ArrowRight")  # a plan that was not drawn yet; the lever stands left of its middle
        page.wait_for_function(_MOVED, arg=before, polling="raf", timeout=LONGEST)  # the browser holds a move back for a moment
        page.get_by_role("link", name="Range", exact=True).click()
        spent.append(float(page.wait_for_function(_FIRST, polling="raf", timeout=LONGEST).json_value()))
        page.get_by_role("link", name="Build", exact=True).click()
        page.wait_for_selector(CHART)
        page.wait_for_timeout(1500)
    return spent[1:]


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with sync_playwright() as playwright, server(BUILD) as (address, _):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(LONGEST)
        page.goto(address)
        page.wait_for_selector(CHART)
        watch(page)
        redrawn = statistics.median(moves(page, range(REDRAWN + 1))) / 1000
        ranked = sorted(spent / 1000 for spent in first_figures(page, count))
        browser.close()
    median, late = statistics.median(ranked), ranked[round(0.95 * (len(ranked) - 1))]
    print(f"First figure of the range after a move: {median:.2f} s, 95th percentile {late:.2f} s")
    print(f"The chart on Build redrawn: {redrawn:.2f} s; the first figure takes {median / redrawn:.1f} times as long")
    print(f"Limit on a quiet machine with two cores: {LIMIT:.1f} s, {'kept' if median <= LIMIT else 'missed'} here")


if __name__ == "__main__":
    main()
