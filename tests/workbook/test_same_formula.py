"""A formula is the same however a program writes it, and another one where it says something else."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.workbook.reading.formulas import same_formula

SHEET = "Care cost"
OTHERS = ("Staffing", "Funder's form", "Care cost 2")
REFERENCES = some.builds(
    lambda column, row, fixed: f"{fixed}{column}{fixed}{row}", some.sampled_from(["A", "BZ"]), some.integers(1, 99), some.sampled_from(["", "$"])
)  # fmt: skip
READ = some.builds(
    lambda sheet, reference: f"'{sheet.replace(chr(39), chr(39) * 2)}'!{reference}" if sheet else reference,
    some.sampled_from(["", *OTHERS]), REFERENCES,
)  # fmt: skip
PIECES = READ | some.sampled_from(["0.5", "12", "1000", '"per month"', '"Don""t A1"', "count_digits", "TRUE"])
OPERATORS = some.sampled_from(["+", "-", "*", "/", "&", ">=", "<>", ":"])
FORMULAS = some.builds(
    lambda function, pieces, operators: f"={function}({pieces[0]}{''.join(map(''.join, zip(operators, pieces[1:], strict=False)))})",
    some.sampled_from(["SUM", "IF", "_xlfn.CONCAT"]), some.lists(PIECES, min_size=1, max_size=5), some.lists(OPERATORS, min_size=4, max_size=4),
)  # fmt: skip
WORD = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[\w.$]+|.')


def written_otherwise(formula: str, luck: random.Random) -> str:
    """Return a formula as some program may write it."""
    found = [luck.choice([token, *_others(token)]) for token in WORD.findall(formula.removeprefix("="))]
    return "=" + "".join(f"{token} " if re.fullmatch(r"[-+*/&,()]", token) and luck.random() < 0.5 else token for token in found)


def _others(token: str) -> list[str]:
    if token == "TRUE":
        return ["TRUE()", "true"]
    if token[0].isdigit():
        return [f"{float(token):.3f}", f"{float(token):e}"]
    if token == "'Staffing'":
        return ["Staffing", "STAFFING"]
    return [token.lower(), token.replace("$", ""), token.removeprefix("_xlfn.")] if token[0] not in "\"'" else []


@given(FORMULAS, some.randoms(use_true_random=False))
def test_what_a_program_writes_otherwise_is_the_same(formula: str, luck: random.Random) -> None:
    assert same_formula(written_otherwise(formula, luck), formula, SHEET)


@given(FORMULAS, some.randoms(use_true_random=False))
def test_what_says_something_else_is_found(formula: str, luck: random.Random) -> None:
    """Of a formula, one letter, digit or sign that is not a dollar, a space or a mark of a newer function is made another."""
    begins = len("=_xlfn.") if formula.startswith("=_xlfn.") else 1
    places = [place for place in range(begins, len(formula)) if formula[place] not in "$ "]
    place = luck.choice(places)
    other = luck.choice([sign for sign in "123456789ABKQ+-*/&" if sign != formula[place].upper()])
    changed = formula[:place] + other + formula[place + 1 :]
    assert not same_formula(changed, formula, SHEET)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("=SUM(B6)", "=SUM(B6:B6)"),
        ("=SUM(Staffing!B6)", "=SUM(Staffing!B6:B6)"),
        ("='Care cost'!A1+A2", "=A1+A2"),
        ("=AND(TRUE( ),FALSE())", "=AND(TRUE,FALSE)"),
        ('=_xlfngnumeric.ERROR("ABS(\'Funder\'\'s form\'!D2)&""x""")', "=ABS('Funder''s form'!D2)&\"x\""),
        ("=SUM (A1)", "=SUM(A1)"),
    ],
)
def test_the_same_in_other_words(found: str, expected: str) -> None:
    assert same_formula(found, expected, SHEET)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ('="Countystaff"', '="County staff"'),
        ('="county staff"', '="County staff"'),
        ("=Carecost!A1", "='Care cost 2'!A1"),
        ("='Carecost'!A1", "='Care cost'!A1"),
        ("=SUM(A1:A9 B1:B9)", "=SUM(A1:A9,B1:B9)"),
        ("=A1:B1 A1:A9", "=A1:B1A1:A9"),
        ("=SUM(B6:B7)", "=SUM(B6:B6)"),
        ("=AB12", "=AB1*2"),
        ("=TRUE", "=FALSE()"),
        ("=-A1", "=A1"),
        ("=1E3", "=1E-3"),
        ("=100%", "=100"),
        ("{=SUM(A1)}", "=SUM(A1)"),
    ],
)
def test_another_meaning_in_nearly_the_same_words(found: str, expected: str) -> None:
    assert not same_formula(found, expected, SHEET)
