"""Kinds of tampering with the names by which inputs and constants are found."""

from __future__ import annotations

from savers import UNSAVED
from tampering import ASSUMPTIONS, Case, Expected, Refused, kind, refused_at
from workbook_parts import WORKBOOK

from budget_model.engine.vocabulary import COUNT_DIGITS_NAME
from budget_model.workbook.layout.entries import CHOICE, NUMBER


@kind("a name that stands for an empty cell")
def name_to_an_empty_cell(case: Case) -> Expected:
    entry, address = case.an_input(NUMBER)
    _retarget(case, address, f"$AZ${address[1:]}")
    case.parts.set_number(ASSUMPTIONS, f"AZ{address[1:]}", entry.value)
    case.parts.set_number(ASSUMPTIONS, address, 0.5)
    return refused_at(ASSUMPTIONS, address)


@kind("a name that stands for another input")
def name_to_another_input(case: Case) -> Expected:
    (_, one), (_, other) = case.inputs(NUMBER)[:2]
    _retarget(case, one, f"$C${other[1:]}")
    return refused_at(ASSUMPTIONS, one)


@kind("two names swapped")
def names_swapped(case: Case) -> Expected:
    (_, one), (_, other) = case.inputs(NUMBER)[:2]
    _retarget(case, one, "$C$0")
    _retarget(case, other, f"$C${one[1:]}")
    case.parts.replace(WORKBOOK, "$C$0<", f"$C${other[1:]}<")
    return refused_at(ASSUMPTIONS, one)


@kind("a name defined twice", UNSAVED)  # a program that opens it keeps one of them
def name_twice(case: Case) -> Expected:
    again = f'<definedName name="{COUNT_DIGITS_NAME}">{ASSUMPTIONS}!$AZ$1</definedName>'
    case.parts.insert(WORKBOOK, f'<definedName name="{COUNT_DIGITS_NAME}">', again)
    return Refused((COUNT_DIGITS_NAME,))


@kind("a name removed")
def name_removed(case: Case) -> Expected:
    _, address = case.an_input(NUMBER, CHOICE)
    name = next(name for name, target in case.names.items() if target == (ASSUMPTIONS, address))
    case.parts.replace(WORKBOOK, f'<definedName name="{name}">{ASSUMPTIONS}!$C${address[1:]}</definedName>', "")
    return refused_at(ASSUMPTIONS, address)


@kind("a name that stands for a range")
def name_to_a_range(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    _retarget(case, address, f"$C${address[1:]}:$D${address[1:]}")
    return refused_at(ASSUMPTIONS, address)


@kind("a name that stands for a number")
def name_to_a_number(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.replace(WORKBOOK, f">{ASSUMPTIONS}!$C${address[1:]}<", ">12<")
    return refused_at(ASSUMPTIONS, address)


@kind("a name of a constant that stands for another cell")
def constant_elsewhere(case: Case) -> Expected:
    _, address = case.names[COUNT_DIGITS_NAME]
    _retarget(case, address, "$AZ$1")
    return refused_at(ASSUMPTIONS, address)


@kind("a name of the model defined again for one sheet")
def name_for_one_sheet(case: Case) -> Expected:
    place = list(case.parts.sheets).index("Staffing")
    made = f'<definedName name="{COUNT_DIGITS_NAME}" localSheetId="{place}">{ASSUMPTIONS}!$AZ$1</definedName>'
    case.parts.insert(WORKBOOK, f'<definedName name="{COUNT_DIGITS_NAME}">', made)
    return Refused((COUNT_DIGITS_NAME,))


def _retarget(case: Case, address: str, target: str) -> None:
    """Let the name of a cell of Assumptions stand for another."""
    case.parts.replace(WORKBOOK, f">{ASSUMPTIONS}!$C${address[1:]}<", f">{ASSUMPTIONS}!{target}<")
