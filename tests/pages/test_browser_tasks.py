"""What the tasks of a day take, in a real browser with every action counted; the table in docs/testing.md says the same.

A click is an action, and so is a text that is typed with the key that sends it, and every other key.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import scale
from browser import ROOT, Visit
from office import saved_by_libreoffice
from playwright.sync_api import Locator, expect
from test_browser_first_day import FINDER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
GRANT, ADDRESS = "BSCC LEAD grant", "?scenario=expansion_2018"
SOUND = "19"  # participants with which every contract stays below its sum, so that nothing is asked before it is saved


@dataclass
class Walk:
    """A visit in which every action is counted."""

    seen: Visit
    folder: Path
    actions: int = 0

    def click(self, one: Locator, *, asks: bool = True) -> None:
        """Click; `asks` says whether the server is asked for something."""
        self._do(one.click, asks=asks)

    def key(self, key: str, *, asks: bool = True) -> None:
        """Press one key."""
        self._do(lambda: self.seen.page.keyboard.press(key), asks=asks)

    def type(self, text: str, into: Locator | None = None, sent_by: str = "Enter") -> None:
        """Type a text, into a field or where the keys go, with the key that sends it."""

        def typed() -> None:
            if into is None:
                self.seen.page.keyboard.type(text)
            else:
                into.fill(text)
            self.seen.page.keyboard.press(sent_by)

        self._do(typed, asks=True)

    def go(self, name: str, role: str = "link") -> None:
        """Follow a link, press a button or choose one of several."""
        self.click(self.seen.page.get_by_role(role, name=name, exact=True))  # type: ignore[arg-type]

    def choose(self, label: str, option: str) -> None:
        """Open a list and take one of what it offers; a list closes where the page scrolls, so it is scrolled to before."""
        field = self.field(label, "combobox")
        field.evaluate("one => one.scrollIntoView({block: 'center'})")
        self.seen.settle()
        self.click(field, asks=False)
        self.click(self.seen.page.get_by_role("option", name=option, exact=True))

    def find(self, text: str) -> None:
        """Go to what is found by a name."""
        self.key("Control+k", asks=False)
        expect(self.seen.page.locator(FINDER)).to_be_visible()
        self.type(text)

    def field(self, label: str, role: str = "textbox") -> Locator:
        """Return a field by its label."""
        return self.seen.page.get_by_role(role, name=label, exact=True)  # type: ignore[arg-type]

    def says(self, words: str) -> None:
        """Expect words on the page."""
        expect(self.seen.page.get_by_text(words).first).to_be_visible()

    def _do(self, action: Callable[[], object], *, asks: bool) -> None:
        self.actions += 1
        if not asks:
            action()
            return
        with self.seen.rerun():
            action()


def who_pays(walk: Walk) -> None:
    walk.says("Outside money that is awarded pays")
    assert walk.seen.card("Funding gap").startswith("$")


def caseload(walk: Walk, participants: str = "15") -> None:
    walk.go("Build")
    walk.type(participants, walk.field("Participants per case manager", "spinbutton"))
    walk.says(f"Participants per case manager: 20 to {participants}")


def grant_ends_earlier(walk: Walk) -> None:
    walk.find("source bscc")
    walk.type("Dec 2018", walk.field("Last month of the period of performance"))
    walk.says(f"{GRANT}, last month: Dec 2018")


def copied_site(walk: Walk) -> None:
    walk.find("site antelope build")
    walk.click(walk.seen.page.get_by_role("button", name="Duplicate it"), asks=False)
    walk.type("Pomona", walk.field("Name of the copy").last)
    walk.says("Pomona added as a copy of Antelope Valley")
    walk.says("Pomona is a copy. Still to be given its own")


def grant_with_match_at_one_site(walk: Walk) -> None:
    walk.find("part funding")
    walk.click(walk.seen.page.get_by_role("button", name="Add a source", exact=True), asks=False)
    walk.type("Pomona city grant", walk.field("Name").last)
    walk.type("$2m", walk.field("Award for the whole period ($)"))
    walk.choose("Pays only at", "Antelope Valley")
    walk.type("25%", walk.field("Match rate (%)"))
    walk.says("500,000")
    walk.go("Pledge it", "button")
    walk.says("Pomona city grant, match pledged: $500,000")


def hire_month(walk: Walk) -> None:
    walk.find("deputy antelope")
    walk.type("Dec 2019", walk.field("First month budgeted"))
    walk.says("Deputy Sheriff, Antelope Valley, hire month: Dec 2019")


def dated_raise(walk: Walk) -> None:
    walk.find("part positions")
    walk.click(walk.seen.page.get_by_role("button", name="Add a raise", exact=True), asks=False)
    walk.type("January 2020", walk.field("Name").last)
    walk.type("Jan 2020", walk.field("First month of the raise"))
    walk.type("3", walk.field("Raise (% of salary)"))
    walk.says("January 2020, rate: 3%")


def salary_savings(walk: Walk) -> None:
    walk.go("Build")
    walk.seen.page.get_by_role("slider", name="Salary savings from vacancies").focus()
    walk.key("ArrowRight")
    walk.says("Salary savings from vacancies: ")


def undone(walk: Walk) -> None:
    caseload(walk)
    walk.actions = 0
    walk.key("Control+z")
    walk.says("Undone: ")


def saved(walk: Walk) -> None:
    caseload(walk, SOUND)
    walk.actions = 0
    _save(walk, "Ana")
    walk.says("Saved as version 1 of ")


def restored(walk: Walk) -> None:
    caseload(walk, SOUND)
    _save(walk, "Ana")
    walk.go("Levers", "radio")
    walk.type("18", walk.field("Participants per case manager", "spinbutton"))
    _save(walk)
    walk.actions = 0
    walk.go("Scenarios")
    walk.choose("Version", "Version 1")
    walk.go("Restore", "button")
    _save(walk)
    walk.says("Saved as version 3 of ")


def _save(walk: Walk, author: str = "") -> None:
    """Save what is on the screen, with its reason; who saves it is known from the second time on."""
    named = re.compile(r"^Review and save \d")  # a button on Build, which it is a part of, and a link elsewhere
    walk.click(walk.seen.page.get_by_role("button", name=named).or_(walk.seen.page.get_by_role("link", name=named)).first)
    if author:
        walk.type(author, walk.field("Who saves it"), "Tab")
    walk.type("a smaller caseload", walk.field("Why, in a few words"), "Tab")
    walk.go("Save version", "button")


def compared(walk: Walk) -> None:
    caseload(walk)
    walk.actions = 0
    walk.go("Scenarios")
    walk.says("1. ")
    walk.says("Participants per case manager")


def workbook(walk: Walk) -> None:
    _download(walk)


def _download(walk: Walk) -> Path:
    walk.go("Downloads")
    walk.click(walk.seen.page.get_by_role("button", name=re.compile("^Make the workbook")))
    with walk.seen.page.expect_download() as waiting:
        walk.click(walk.seen.page.get_by_role("button", name=re.compile("^Download .*xlsx")), asks=False)
    waiting.value.save_as(walk.folder / "made.xlsx")
    return walk.folder / "made.xlsx"


def link_to_mail(walk: Walk) -> None:
    saved(walk)
    walk.actions = 0
    walk.click(walk.seen.page.get_by_role("button", name="Link"))
    these = walk.seen.page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").first
    expect(these).to_contain_text("version=1")
    these.hover()
    walk.click(these.get_by_role("button", name="Copy"), asks=False)


def brought_back_and_saved(walk: Walk) -> None:
    brought_back(walk)
    walk.actions = 0
    walk.says("The draft has these changes.")
    walk.go("Review and save")
    walk.type("Ana", walk.field("Who saves it"), "Tab")
    walk.type("more slots", walk.field("Why, in a few words"), "Tab")
    walk.go("Save version", "button")
    walk.says("Saved as version 1 of ")


def brought_back(walk: Walk) -> None:
    edited = walk.folder / "edited.xlsx"
    saved_by_libreoffice([(_download(walk), edited, {"in_site_slots_north_long_beach": 130.0})])
    walk.actions = 0
    with walk.seen.rerun():
        walk.seen.page.locator('input[type="file"]').set_input_files(edited)
    walk.actions += 1
    walk.go("Read the workbook", "button")
    walk.go("Take these changes into the draft", "button")
    walk.says("1 change read from edited.xlsx")


def most_important_number(walk: Walk) -> None:
    walk.go("Evidence")
    walk.choose("Confidence", "Low")
    walk.says("Those first that move net county cost most")


TASKS: dict[str, Callable[[Walk], None]] = {
    "what it costs, who pays, what is missing": who_pays,
    "a caseload of 15 in place of 20": caseload,
    "a grant that ends six months earlier": grant_ends_earlier,
    "a site copied": copied_site,
    "a grant with 25% match, for one site": grant_with_match_at_one_site,
    "a hire month": hire_month,
    "a raise of 3% in January 2020": dated_raise,
    "salary savings": salary_savings,
    "undo, or redo": undone,
    "a version saved, with its reason": saved,
    "a version restored and saved": restored,
    "what a change does, with the bridge": compared,
    "the workbook": workbook,
    "an edited workbook brought back": brought_back,
    "what came back reviewed, and saved": brought_back_and_saved,
    "a link to these figures, to mail": link_to_mail,
    "the low-confidence number that matters most": most_important_number,
}
# That no other test walks; a release walks all.
EACH_TIME = (
    "a grant that ends six months earlier",
    "a grant with 25% match, for one site",
    "a raise of 3% in January 2020",
    "the low-confidence number that matters most",
)
_ROW = re.compile(r"^\| (?P<task>[^|]+?) \| [^|]+ \| (?P<now>\d+) \|", re.MULTILINE)


def documented() -> dict[str, int]:
    """Return how many actions the document says that each task takes."""
    _, _, told = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8").partition("## Actions, counted")
    return {row["task"]: int(row["now"]) for row in _ROW.finditer(told)}


def test_the_document_lists_every_task() -> None:
    assert [*documented()] == [*TASKS]


@pytest.mark.parametrize("task", TASKS if scale.NOW.proof else EACH_TIME)
def test_a_task_takes_as_many_actions_as_the_document_says(task: str, seen: Visit, tmp_path: Path) -> None:
    seen.open("", ADDRESS)
    walk = Walk(seen, tmp_path)
    TASKS[task](walk)
    assert seen.complaints == []
    assert walk.actions == documented()[task]
