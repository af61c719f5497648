"""Kinds of tampering with cells that nobody may change and that hold no formula: constants, labels, what the workbook says of itself."""

from __future__ import annotations

import re

from tampering import (
    ABOUT,
    ASSUMPTIONS,
    RECORD,
    SCENARIO_FILE,
    Case,
    Expected,
    NothingToChangeError,
    OneOf,
    Refused,
    Told,
    first,
    kind,
    refused_at,
)

from budget_model.engine.vocabulary import COUNT_DIGITS_NAME
from budget_model.workbook.layout.entries import NUMBER


@kind("a constant of the model changed")
def constant(case: Case) -> Expected:
    _, address = case.names[COUNT_DIGITS_NAME]
    case.parts.set_number(ASSUMPTIONS, address, case.luck.choice([0, 2, 6.5]))
    return refused_at(ASSUMPTIONS, address)


@kind("a constant of the model as TRUE()")
def constant_as_logical(case: Case) -> Expected:
    _, address = case.names[COUNT_DIGITS_NAME]
    case.parts.set(ASSUMPTIONS, address, "<f>TRUE()</f><v>1</v>", "b")
    return refused_at(ASSUMPTIONS, address)


@kind("a plain number of the calendar changed")
def calendar(case: Case) -> Expected:
    address = case.locked("Calendar", case.parts.numbers("Calendar"))[0]
    case.parts.set_number("Calendar", address, case.parts.numbers("Calendar")[address] + 1)
    return refused_at("Calendar", address)


@kind("a plain number of a calculation changed")
def plain_number(case: Case) -> Expected:
    for sheet in case.model_sheets():
        numbers = case.parts.numbers(sheet)
        if locked := case.locked(sheet, numbers):
            case.parts.set_number(sheet, locked[0], numbers[locked[0]] + case.luck.choice([1, -0.25, 1000]))
            return refused_at(sheet, locked[0])
    raise NothingToChangeError("no sheet has a plain number")


@kind("a plain number made a formula")
def formula_over_a_number(case: Case) -> Expected:
    for sheet in case.model_sheets():
        numbers = case.parts.numbers(sheet)
        if locked := case.locked(sheet, numbers):
            case.parts.set_formula(sheet, locked[0], f"{numbers[locked[0]]}+1", numbers[locked[0]] + 1)
            return refused_at(sheet, locked[0])
    raise NothingToChangeError("no sheet has a plain number")


def _a_text(case: Case, *sheets: str) -> tuple[str, str]:
    for sheet in sheets or case.model_sheets():
        texts = {address: text for address, text in case.parts.texts(sheet).items() if text}
        if locked := case.locked(sheet, texts):
            return sheet, locked[0]
    raise NothingToChangeError("no sheet has a text")


@kind("a label changed")
def label(case: Case) -> Expected:
    sheet, address = _a_text(case)
    case.parts.set_text(sheet, address, f"{case.parts.texts(sheet)[address]} (restated)")
    return refused_at(sheet, address)


@kind("the label of an input changed")
def label_of_an_input(case: Case) -> Expected:
    place = case.beside(case.an_input(NUMBER)[1], "Assumption")
    case.parts.set_text(ASSUMPTIONS, place, "Something else entirely")
    return refused_at(ASSUMPTIONS, place)


@kind("the unit of an input changed")
def unit_of_an_input(case: Case) -> Expected:
    place = case.beside(case.an_input(NUMBER)[1], "Unit")
    case.parts.set_text(ASSUMPTIONS, place, "thousands of dollars")
    return refused_at(ASSUMPTIONS, place)


@kind("a text emptied")
def text_emptied(case: Case) -> Expected:
    sheet, address = _a_text(case)
    case.parts.set(sheet, address, "")
    return refused_at(sheet, address)


@kind("the year that a sheet shows chosen")
def year_shown(case: Case) -> Expected:
    """What an unlocked cell outside Assumptions shows is no input of the scenario."""
    for sheet in case.model_sheets():
        texts = case.parts.texts(sheet)
        if free := sorted(set(texts) - set(case.locked(sheet, texts))):
            years = [text for text in texts.values() if re.fullmatch(r"FY \d{4}-\d\d", text) and text != texts[free[0]]]
            case.parts.set_text(sheet, free[0], case.luck.choice(years or ["FY 2020-21"]))
            return OneOf((Told(), Told((sheet,)), refused_at(sheet, free[0])))
    return Told()


@kind("the content of two rows sorted")
def rows_sorted(case: Case) -> Expected:
    listed = case.inputs(NUMBER)
    one, other = first(
        (place, there)
        for entry, place in listed
        for another, there in listed
        if entry.item != another.item and entry.value != another.value
    )
    case.parts.swap_rows(ASSUMPTIONS, int(one[1:]), int(other[1:]))
    return Refused((f"{ASSUMPTIONS}!",))


@kind("two rows of a calculation sorted")
def model_rows_sorted(case: Case) -> Expected:
    formulas = case.parts.formulas("Staffing")
    rows = sorted({int(re.sub(r"\D", "", place)) for place, formula in formulas.items() if "Assumptions!" in formula})
    one, other = case.luck.sample(rows, 2)
    case.parts.swap_rows("Staffing", one, other)
    return Refused(("Staffing!",))


@kind("the record changed")
def record_changed(case: Case) -> Expected:
    address = case.luck.choice([place for place in case.parts.texts(RECORD) if re.fullmatch(r"[C-N]\d+", place) and int(place[1:]) > 4])
    case.parts.set_text(RECORD, address, "B2 1+1")
    return Refused((RECORD,))


@kind("a line of the record emptied")
def record_emptied(case: Case) -> Expected:
    places = list(case.parts.texts(RECORD))
    line = re.sub(r"\D", "", case.luck.choice([place for place in places if place.startswith("C") and int(place[1:]) > 4]))
    for place in places:
        if re.sub(r"\D", "", place) == line:
            case.parts.set(RECORD, place, "")
    return Refused((RECORD,))


@kind("the scenario that the workbook carries changed")
def scenario_changed(case: Case) -> Expected:
    texts = case.parts.texts(SCENARIO_FILE)
    address = case.luck.choice([place for place, text in texts.items() if re.search(r"\d", text) and re.fullmatch(r"B\d+", place)])
    case.parts.set_text(SCENARIO_FILE, address, re.sub(r"\d", "7", texts[address].replace("7", "3"), count=1))
    return Refused((SCENARIO_FILE,))


@kind("the hash on About changed")
def about_changed(case: Case) -> Expected:
    texts = case.parts.texts(ABOUT)
    address = case.luck.choice([place for place, text in texts.items() if re.fullmatch(r"[0-9a-f]{16}", text)])
    case.parts.set_text(ABOUT, address, "0123456789abcdef")
    return Refused((f"{ABOUT}!{address}",))
