"""One bad file of the library, or an odd address, decides for nothing else: each is answered in words."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import EXPANSION, PILOT
from dashboard import card, dashboard, words
from scale import Scale
from streamlit.testing.v1 import AppTest

from budget_model import load_scenario
from budget_model.analysis.funder_forms import template
from budget_model.folders import FORMS
from budget_model.pages.shared import catalog
from budget_model.scenario import evidence
from budget_model.store import versions

SOUND = """
name: {name}
first_month: 2018-07
months: 24
sites:
  - {{name: A, go_live: 2018-07, slots: 40, social_contact_referrals: 5, eligible_people: 400}}
"""
ODD = (
    "nothere", "x" * 5_000, "a,a", "\x00", "\x07\n\x1b[31m", "../../etc/passwd", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "%2e%2e", "' OR 1=1",
    "pilot_2017@9", "@", "-1", "0", "9999999999", "1e3", "\u202eevil", "\ud7ff\uffff", "None", "FY 1999-00", "é" * 200, "$x^2$", ",,,", "pilot_2017\x00",
)  # fmt: skip
KEYS = {
    "overview": ("changes", "split"),
    "sites": ("site", "year", "columns", "figure"),
    "scenarios": ("compare",),
    "build": ("part", "cell", "line"),
    "staffing": ("year",),
    "budget_units": ("year", "unit"),
    "access": ("year",),
    "presentation": ("slide",),
    "glossary": ("term",),
    **dict.fromkeys(("downloads", "evidence", "funding", "motion", "outcomes", "range"), ()),
}
EVERYWHERE = ("scenario", "version", "draft", "why", "beside", "differences", "at")
# What is said of a key that names nothing that is here, whatever else the address asks for. Of the others, a place of the page is gone to
# if it is there, columns are of plans that stand beside, and a search finds what it finds.
SAID = {
    "beside": "To stand beside it, ", "cell": "asks for the cell ", "changes": "asks for the changes of ", "columns": "asks for the column ",
    "compare": "asked for, which is not here", "figure": "asks for the figure ", "line": "asks for a line of the table ", "part": "asks for the part ",
    "site": "asks for the site ", "slide": "asks for the slide ", "split": "asks for the cost by ", "unit": "asks for the unit ",
    "why": "This figure is not in the plan on the screen.", "year": "asks for the fiscal year ",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of two sound files, one of them named with signs that an address gives a meaning."""
    found = tmp_path / "library"
    found.mkdir()
    (found / "sound.yaml").write_text(SOUND.format(name="Sound"))
    (found / "a,b@2.yaml").write_text(SOUND.format(name="Also sound"))
    monkeypatch.setattr(catalog, "FOLDER", found)
    catalog._stamp.clear()
    yield found
    catalog._stamp.clear()


def titles(app: AppTest) -> list[str]:
    assert not app.exception
    return [title.value for title in app.title]


def offered(app: AppTest) -> set[str]:
    """Return the scenarios that can be chosen, but for those that other tests saved."""
    saved = {one.name for one in versions.saved_scenarios(catalog.database())}
    return set(app.selectbox(key="scenario").options) - saved


def listed(app: AppTest) -> str:
    """Return what is said of files that cannot be used."""
    return " ".join(error.value for error in app.error)


def warned(app: AppTest) -> str:
    return " ".join(warning.value.replace("\\", "") for warning in app.warning)


@pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and names that are no text are Linux's")
def test_each_bad_file_of_the_library_is_listed_with_its_fault_and_all_else_works(folder: Path) -> None:
    (folder / ".#sound.yaml").symlink_to("nobody@nowhere")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "endless.yaml").symlink_to("/dev/zero")
    (folder / "deep.yaml").write_text("- " * 490_000)
    (folder / "brackets.yaml").write_text("[" * 990_000)
    (folder / "key.yaml").write_text("? [a]\n: 1\n")
    (folder / "late.yaml").write_text(SOUND.format(name="Late").replace("2018-07", "9999-12"))
    (folder / "latin.yaml").write_bytes("name: Señal\n".encode("latin-1"))
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml")).write_text(SOUND.format(name="No text"))
    (folder / "bell\x07.yaml").write_text(SOUND.format(name="Bell"))
    app = dashboard(scenario="sound")
    assert titles(app) == ["Overview"] and offered(app) == {"Also sound", "Sound"}
    said = listed(app).replace("\\", "")
    for file, fault in {
        ".#sound.yaml": "it is a link that leads nowhere",
        "folder.yaml": "it is a folder, and no file",
        "pipe.yaml": "it is a pipe, a socket or a device, and no file",
        "endless.yaml": "it is a pipe, a socket or a device, and no file",
        "deep.yaml": "line 1: expected at most 20 values within each other",
        "brackets.yaml": "line 1: expected at most 20 values within each other",
        "key.yaml": "line 1: expected a key of one line",
        "late.yaml": "line 3: first_month is '9999-12'; expected a month from 1900-01 to 2199-12",
        "latin.yaml": "line 1: the file cannot be read: it is not UTF-8 text",
        "udcff.yaml": "rename it",
        "x07.yaml": "rename it",
    }.items():
        assert any(file in error.value.replace("\\", "") and fault in error.value.replace("\\", "") for error in app.error), (file, said)
    for page in KEYS:
        assert titles(dashboard(page, scenario="sound")) not in (["Something went wrong"], [])


def test_a_file_whose_reading_fails_is_listed_and_logged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "odd.yaml").write_text(SOUND.format(name="Odd"))
    true_load = catalog.load_scenario

    def load(path: Path) -> object:
        if path.name == "odd.yaml":
            raise RuntimeError("a fault of the program")
        return true_load(path)

    monkeypatch.setattr(catalog, "load_scenario", load)
    app = dashboard(scenario="sound")
    assert titles(app) == ["Overview"] and "the reason is in the log" in listed(app) and "a fault of the program" in caplog.text


def test_a_wrong_register_is_listed_for_those_that_take_from_it_and_what_was_saved_opens(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(PILOT, folder / "pilot.yaml")
    broken = tmp_path / "evidence"
    broken.mkdir()
    (broken / "register.yaml").symlink_to("nowhere")
    (broken / "notes.yaml").mkdir()
    monkeypatch.setattr(evidence, "FOLDER", broken)
    catalog._stamp.clear()
    app = dashboard(scenario="sound")
    assert titles(app) == ["Overview"] and offered(app) == {"Also sound", "Sound"}
    assert "register" in listed(app) and "it is a link that leads nowhere" in listed(app)
    assert titles(app.switch_page("budget_model/pages/downloads.py").run()) == ["Downloads"]
    assert titles(app.switch_page("budget_model/pages/motion.py").run()) in (["Motion"], ["Motion", "This page cannot be shown"])


@pytest.mark.skipif(sys.platform != "linux", reason="links of that kind are Linux's")
def test_a_wrong_file_of_a_form_is_said_on_downloads_and_the_others_are_offered(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "forms"
    shutil.copytree(FORMS, kept)
    (kept / "city.yaml").symlink_to("nowhere")
    (kept / "town.yaml").write_text("title: [\n")
    monkeypatch.setattr(template, "FORMS", kept)
    app = dashboard("downloads", scenario="sound")
    assert titles(app) == ["Downloads"] and "SF-424A" in app.button_group(key="form").options
    for fault in ("The form city cannot be used. ", "it is a link that leads nowhere", "town.yaml, line 2: this is not valid YAML"):
        assert fault in listed(app).replace("\\", ""), fault


def test_saved_scenarios_open_where_no_file_of_the_library_does(folder: Path) -> None:
    kept = load_scenario(folder / "sound.yaml").model_copy(update={"name": "Kept whatever befalls"})
    versions.save_new(catalog.database(), kept, "Ana", "a trial", "sound", frozenset())
    for path in folder.iterdir():
        path.write_text("- " * 490_000)
    catalog._stamp.clear()
    app = dashboard()
    assert titles(app) == ["Overview"] and "Kept whatever befalls" in app.selectbox(key="scenario").options and "20 values" in listed(app)


def test_a_version_of_another_scenario_that_the_address_names_is_compared(folder: Path) -> None:
    kept = load_scenario(folder / "sound.yaml").model_copy(update={"name": "Kept for comparison"})
    slug = versions.save_new(catalog.database(), kept, "Ana", "a trial", "sound", frozenset()).slug
    app = dashboard("scenarios", scenario="sound", compare=f"sound,{slug}@1,{slug}@2")
    assert titles(app) == ["Scenarios"] and app.multiselect(key="compared").value == ["sound", f"{slug}@1"]
    assert f"'{slug}@2' was asked for, which is not here." in warned(app)


def test_a_scenario_whose_name_has_signs_of_an_address_is_compared(folder: Path) -> None:
    app = dashboard("scenarios", compare="sound,a%2Cb@2")
    assert titles(app) == ["Scenarios"] and app.multiselect(key="compared").value == ["sound", "a,b@2"] and not app.warning
    assert app.query_params["compare"] in ("sound,a%2Cb@2", ["sound,a%2Cb@2"])


@pytest.mark.parametrize(
    ("page", "address", "words"),
    [
        ("scenarios", {"compare": "pilot_2017,pilot_2017"}, "a scenario was asked for twice. It is compared once."),
        ("scenarios", {"compare": "a,a"}, "'a' was asked for, which is not here. Two others are compared in its place."),
        ("scenarios", {"compare": "pilot_2017,gone,gone@3"}, "'gone' and 'gone@3' was asked for, which is not here. What else was asked for is compared."),
        ("sites", {"site": "Nowhere"}, "the site 'Nowhere', which is not here. You see all sites of this scenario."),
        ("sites", {"year": "FY 1999-00"}, "the fiscal year 'FY 1999-00', which is not here."),
        ("sites", {"columns": "Odd"}, "the column 'Odd', which is not here."),
        ("build", {"part": "x"}, "the part 'x', which is not here. You see Levers."),
        ("overview", {"scenario": "nothere", "version": "9"}, "The address names the scenario 'nothere', which is not here."),
        ("overview", {"scenario": "pilot_2017", "version": "9"}, "There is no version 9 of 'pilot_2017'."),
        ("overview", {"scenario": "pilot_2017", "version": "new"}, "There is no version 'new' of 'pilot_2017'."),
        ("overview", {"version": "3"}, "The address names a version, and no scenario of which it would be."),
        ("overview", {"draft": "gone"}, "The draft that the address names is not there"),
        ("overview", {"scenario": "\x07" + "x" * 5_000}, f"the scenario '\\x07{'x' * 59}...', which is not here.".replace("\\", "")),
    ],
)  # fmt: skip
def test_what_an_address_names_and_is_not_there_is_said(page: str, address: dict[str, str], words: str) -> None:
    app = dashboard(page, **address)
    assert "Something went wrong" not in titles(app)
    assert words in warned(app)


def test_odd_addresses_open_a_page_and_are_answered_in_words(scale: Scale, record_property: Callable[[str, object], None]) -> None:
    draw = random.Random(scale.seed)
    pages = [EXPANSION.stem, PILOT.stem]
    for number in range(scale.addresses):
        page = list(KEYS)[number % len(KEYS)]
        own = draw.sample(KEYS[page], draw.randint(0, len(KEYS[page])))
        address = {key: draw.sample(ODD, draw.choice((1, 1, 3))) for key in (*own, *draw.sample(EVERYWHERE, draw.randint(1, 3)))}
        if draw.random() < 0.3:
            address["scenario"] = [draw.choice(pages)]
        told = f"address {number} of seed {scale.seed}: {page}, {address!r:.300}"
        app = dashboard(page, **address)
        assert "Something went wrong" not in titles(app) and titles(app), told
        assert card(app, "Gross appropriation") if page == "overview" else True, told
        said = warned(app) + words(app)
        odd = [key for key, given in address.items() if given[-1] not in pages and any(value.strip(",") for value in given)]
        for key in odd:
            if key in SAID:
                assert SAID[key] in said, (key, told)
        assert app.warning or not set(odd) & {"scenario", "version", "draft"}, told
    record_property("odd addresses were answered in words, no traceback", scale.addresses)


def test_a_file_of_version_0_4_0_says_on_opening_what_is_mended_since(folder: Path) -> None:
    beds = (
        "{name: Winter, kind: Interim housing, category: Interim housing, need_share: 1, places: 20, first_month: 2018-10, "
        "last_month: 2019-02, stay_days: 300}"
    )
    old = f"{SOUND.format(name='Old')}treatment_and_housing:\n  - {beds}\n"
    (folder / "old.yaml").write_text(old)
    (folder / "today.yaml").write_text(f"form: 3\n{old}")
    sentence = "Winter: 28.0 are placed, and 17.9 lose their place because places close; version 0.4.0 set these off and said 10.1."
    for slug, is_old in (("old", True), ("today", False)):
        app = dashboard(scenario=slug)
        assert titles(app) == ["Overview"]
        assert (sentence in words(app)) is is_old


def test_a_file_that_cannot_be_used_is_named_and_the_others_stay(folder: Path) -> None:
    (folder / "bad.yaml").write_text("name: [")
    app = dashboard()
    assert app.metric and "bad" in listed(app)


def test_an_empty_folder_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in folder.iterdir():
        path.unlink()
    monkeypatch.setattr(catalog.versions, "saved_scenarios", lambda database: ())
    assert titles(dashboard()) == ["No scenario yet"]
