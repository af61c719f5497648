"""Names: what the SUMIFS of LibreOffice and of IronCalc do with them, and that no scenario holds names that these mistake."""
# ruff: noqa: RUF001 - letters that look alike are what is tried here

from __future__ import annotations

import random
from pathlib import Path

import pytest
import xlsxwriter
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from office import saved_by_libreoffice
from spreadsheets import Values, disagreements, read, recomputed_by_ironcalc, stored, without_stored_values
from written import WrittenWorkbooks

from budget_model import Scenario, load_scenario, project
from budget_model.engine.names import folded
from budget_model.scenario.names import expected_of_name
from budget_model.scenario.rules import broken_rules
from budget_model.scenario.tables import MODELS

# The table of docs/scenario-files.md: pairs that LibreOffice takes for one, and IronCalc.
ALIKE_IN_BOTH = (("Sheriff", "sheriff"), ("Ümlaut", "ümlaut"), ("straße", "STRAẞE"), ("ＡＢ", "ａｂ"), ("ΣΑΣ", "σας"), ("Zoë", "ZOË"))
ALIKE_IN_LIBREOFFICE = (("ﬁx", "fix"), ("I", "ı"), ("ſ", "s"), ("µ", "μ"), ("TRUE", "true"))
ALIKE_IN_IRONCALC = (
    ("K", "\u212a"), ("Å", "\u212b"), ("007", "7"), ("1e3", "1000"), ("1.0", "1"), ("+5", "5"), ("12345678901234567", "12345678901234568"),
)  # fmt: skip
TOLD_APART = (
    ("e", "é"), ("Umlaut", "Ümlaut"), ("straße", "strasse"), ("ＡＢ", "AB"), ("a b", "a  b"), ("a b", "a\u00a0b"), ("ab", "a\u200bb"),
    ("café", "cafe\u0301"), ("1,000", "1000"), ("50%", "0.5"), ("401(k)", "401k"), ("a.c", "abc"), ("a+", "aa"), ("a|b", "a"), ("^a", "a"),
)  # fmt: skip
# What finds itself in neither, or in one of them only.
LOST = ("P~*", "a~b", ">a", "=a", "=", ">=a", "TRUE", "#N/A", "2019-07-01", "7/1/2019")
REFUSED = (
    "", "P*", "P?", "a~b", "=a", "<a", ">a", "+a", "-a", "@a", "#N/A", "True", "007", "7.0", "1e3", "1,000", "50%", "$5", "2019-07",
    "7/1/2019", "12:00", "12345678901234567", "x" * 256,
)  # fmt: skip
FREE = (
    "401(k)", "A & B", "O'Neil", "50 percent", "Ümlaut", "101", "1st Division", "May 1", "Unit 007", '"Quoted"', "a [b] c", "a:b", "a\\b",
    "a.b", "a|b", "$ for rent", "(new)", "a=b", "a<b", "_a", "'a", "Straße", "東京", "x" * 255,
)  # fmt: skip
_SIGNS = "aAeEéÉ\u0301ßẞsSſﬁIıİiσςΣKkÅ\u212b\u212aµμ01７.,%$()[]|^+-~*?<>=#@'&\"\\/:;_{} \u00a0\u200bＡａ字"


def _measured(folder: Path, names: list[str], pairs: list[tuple[str, str]]) -> tuple[Values, Values]:
    """Return what COUNTIFS of LibreOffice and of IronCalc finds: A1.. how many names each name finds, B1.. whether a pair is one."""
    path, office = folder / "names.xlsx", folder / "office.xlsx"
    with xlsxwriter.Workbook(path) as book:
        listed, sheet = book.add_worksheet("Names"), book.add_worksheet("Found")
        for row, name in enumerate(names):
            listed.write_string(row, 0, name)
            sheet.write_formula(row, 0, f"=COUNTIFS(Names!$A$1:$A${len(names)},Names!A{row + 1})")
        for row, (key, criterion) in enumerate(pairs):
            listed.write_string(row, 1, key)
            listed.write_string(row, 2, criterion)
            sheet.write_formula(row, 1, f"=COUNTIFS(Names!B{row + 1}:B{row + 1},Names!C{row + 1})")
    bare = without_stored_values(path, folder / "bare.xlsx")
    saved_by_libreoffice([(bare, office, {})])
    found = stored(office)
    return found, recomputed_by_ironcalc(bare, list(found))


def _allowed(count: int) -> list[str]:
    """Return names that may be, no two alike: those of the table and others made of signs that spreadsheets have rules for."""
    drawn, found = random.Random(7), {folded(name): name for name in FREE}
    while len(found) < count:
        name = "".join(drawn.choice(_SIGNS) for _ in range(drawn.randint(1, 5))).strip()
        if name and not expected_of_name(name):
            found.setdefault(folded(name), name)
    return list(found.values())


@pytest.mark.office
def test_every_name_that_may_be_is_found_alone_and_the_table_of_the_docs_is_as_measured(tmp_path: Path) -> None:
    names = _allowed(600)
    pairs = [*ALIKE_IN_BOTH, *ALIKE_IN_LIBREOFFICE, *ALIKE_IN_IRONCALC, *TOLD_APART]
    libreoffice, ironcalc = _measured(tmp_path, names, [*pairs, *((name, name) for name in LOST)])
    for row, name in enumerate(names, 1):
        assert libreoffice["Found", f"A{row}"] == ironcalc["Found", f"A{row}"] == 1, name
    for row, pair in enumerate(pairs, 1):
        expected = pair in ALIKE_IN_BOTH + ALIKE_IN_LIBREOFFICE, pair in ALIKE_IN_BOTH + ALIKE_IN_IRONCALC
        assert (libreoffice["Found", f"B{row}"] == 1, ironcalc["Found", f"B{row}"] == 1) == expected, pair
        if any(expected):
            assert folded(pair[0]) == folded(pair[1]) or any(map(expected_of_name, pair)), pair
    for row, name in enumerate(LOST, len(pairs) + 1):
        assert libreoffice["Found", f"B{row}"] == 0 or ironcalc["Found", f"B{row}"] != 1, name
        assert expected_of_name(name)


@given(st.text())
def test_folding_twice_or_in_capitals_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name) == folded(name.upper()) == folded(f" {name}\u200b ")


def test_a_name_is_as_free_as_sumifs_allows() -> None:
    assert [name for name in FREE if expected_of_name(name)] == []
    assert [name for name in REFUSED if not expected_of_name(name)] == []


@pytest.mark.parametrize("word", ["none", "NONE", "Program-wide", "program-WIDE"])
def test_a_word_that_means_nothing_is_no_name_in_any_table_and_no_group(word: str) -> None:
    """A benefit plan called `none` was paid to every position without one; a site so called drew a stranger's cost."""
    scenario = _with_every_table()
    for table, model in MODELS.items():
        item = getattr(scenario, table)[0]
        for field in ("name", *(field for field in model.table.grouping.values() if type(getattr(item, field)) is str)):
            if word == model.model_fields[field].default:
                continue  # nothing is said
            found = _broken(scenario, table, {field: word})
            assert any(f"is {word!r}; expected another name: this word stands for" in problem for problem in found), (table, field)


def test_names_alike_are_refused_in_every_table() -> None:
    scenario = _with_every_table()
    for table in MODELS:
        item = getattr(scenario, table)[0]
        alike = item.model_copy(update={"name": item.name.swapcase() + "\u200b"})
        found = _broken(scenario.model_copy(update={table: (item, alike)}), table, {})
        assert any(f"{table}[{alike.name}] is named twice" in problem and f"'{item.name}'" in problem for problem in found), table


def test_numpy_adds_up_alike_names_as_sumifs_does(pilot: Scenario) -> None:
    """In a scenario that no rule has seen, such as one stored by an earlier version."""
    position = pilot.county_positions[0]
    both = [position.model_copy(update={"name": name, "department": name}) for name in ("Sheriff", "sheriff")]
    positions = project(pilot.model_copy(update={"county_positions": tuple(both)})).monthly("department_budgeted_positions")
    alone = project(pilot.model_copy(update={"county_positions": tuple(both[:1])})).monthly("department_budgeted_positions")
    assert positions.max() == 2 * alone.max() > 0


@pytest.mark.office
def test_a_workbook_with_odd_names_agrees_in_two_engines_and_is_read_back(written: WrittenWorkbooks, tmp_path: Path) -> None:
    position = {"hire_month": "2018-07", "number": 1, "monthly_salary": 1_000}
    usable = [name for name in FREE if len(name) <= 60 and not set(name) & set('"[]:\\')]
    path = tmp_path / "odd.yaml"
    path.write_text(
        yaml.safe_dump({
            "name": "Odd names", "first_month": "2018-07", "months": 13,
            "sites": [{"name": name, "go_live": "2018-07", "slots": 4} for name in usable],
            "benefit_components": [{"name": f"Part {number}", "plan": name, "rate": 0.01 * number} for number, name in enumerate(FREE, 1)],
            "county_positions": [
                position | {"name": f"Position {number}", "department": name, "benefit_plan": name, "site": usable[number % len(usable)]}
                for number, name in enumerate(FREE, 1)
            ],
        })
    )  # fmt: skip
    scenario = load_scenario(path)
    departments = project(scenario).by_year("department_position_cost")[:, -1]
    assert departments == pytest.approx([13_000 * (1 + 0.01 * number) for number in range(1, len(FREE) + 1)])
    book = written.workbook(scenario)
    assert disagreements(book, tmp_path)[1] == []
    assert read(book).scenario == scenario


def _with_every_table() -> Scenario:
    return load_scenario(ROOT / "templates" / "scenario.yaml")


def _broken(scenario: Scenario, table: str, update: dict[str, object]) -> list[str]:
    first, *rest = getattr(scenario, table)
    made = scenario.model_copy(update={table: (first.model_copy(update=update), *rest)})
    return [str(problem) for problem in broken_rules(made, "here", frozenset())]
