"""Kinds of tampering that are none: inputs edited as they may be, and numbers that a program writes in another way."""

from __future__ import annotations

import html
import re

from drawn_edits import some_edits
from savers import LIBREOFFICE, OPENPYXL, UNSAVED
from tampering import ASSUMPTIONS, Case, Expected, Found, Kept, NothingToChangeError, OneOf, Told, kind, refused_at

from budget_model import Change
from budget_model.timeline import from_serial
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NUMBER

_DRAWS = 30  # of edits, until some are of the kinds wanted


@kind("untouched")
def untouched(case: Case) -> Expected:
    return Told()


def edited(case: Case, *kinds: str) -> Found:
    """Make sound edits of inputs of some kinds."""
    found = {}
    for _ in range(_DRAWS):
        edits = some_edits(case.scenario, case.book, case.luck)
        found = {case.names[case.book.names[at]][1]: edit for at, edit in edits.items() if case.book.entries[at].kind in kinds}
        found = {at: edit for at, edit in found.items() if case.is_sound(*[change for _, change in found.values()])}
        found = {at: edit for at, edit in found.items() if not _is_there(case, at, edit[0])}
        if found:
            break
    else:
        raise NothingToChangeError
    for address, (value, _) in found.items():
        case.put(address, value)
    return Found({address: change for address, (_, change) in found.items()})


def _is_there(case: Case, address: str, value: float | str) -> bool:
    return value in (case.parts.numbers(ASSUMPTIONS).get(address), case.parts.texts(ASSUMPTIONS).get(address))


@kind("numbers typed")
def numbers(case: Case) -> Expected:
    return edited(case, NUMBER)


@kind("months typed")
def months(case: Case) -> Expected:
    return edited(case, MONTH)


@kind("choices made")
def choices(case: Case) -> Expected:
    return edited(case, CHOICE)


@kind("flags typed")
def flags(case: Case) -> Expected:
    return edited(case, FLAG)


@kind("inputs of all kinds typed")
def of_all_kinds(case: Case) -> Expected:
    return edited(case, NUMBER, MONTH, CHOICE, FLAG)


def _turned(case: Case, inner: str, typed: str) -> Expected:
    """Turn a flag; what is put for yes and no is given with 1 or 0 in it."""
    for entry, address in case.inputs(FLAG):
        change = Change(entry.table, entry.item, entry.field, not entry.value)
        of_a_match = entry.field.startswith("match.")  # which a source has when its basis is chosen
        if entry.field != "pays" and not of_a_match and case.is_sound(change):
            case.parts.set(ASSUMPTIONS, address, inner.format(int(not entry.value), "FALSE" if entry.value else "TRUE"), typed)
            return Found({address: change})
    entry, address = case.an_input(NUMBER)  # a scenario without a flag that may be turned: a yes where a number belongs
    case.parts.set(ASSUMPTIONS, address, inner.format(1, "TRUE"), typed)
    return refused_at(ASSUMPTIONS, address)


@kind("a flag as TRUE or FALSE")
def flag_as_logical(case: Case) -> Expected:
    return _turned(case, "<v>{0}</v>", "b")


@kind("a flag as TRUE()")
def flag_as_formula(case: Case) -> Expected:
    return _turned(case, "<f>{1}()</f><v>{0}</v>", "b")


@kind("two inputs swapped")
def swapped(case: Case) -> Expected:
    listed = case.inputs(NUMBER)
    for one, place in listed:
        for other, there in listed:
            changes = (Change(one.table, one.item, one.field, other.value), Change(other.table, other.item, other.field, one.value))
            if one.label != other.label and one.value != other.value and case.is_sound(*changes):
                case.parts.set_number(ASSUMPTIONS, place, other.value)
                case.parts.set_number(ASSUMPTIONS, there, one.value)
                return Found({place: changes[0], there: changes[1]})
    raise NothingToChangeError("no two inputs can be swapped")


@kind("a choice in rich text")
def rich_text(case: Case) -> Expected:
    found = edited(case, CHOICE)
    for address in found.changes:
        text = case.parts.texts(ASSUMPTIONS)[address]
        begins, rest = html.escape(text[:2]), html.escape(text[2:])
        runs = f'<is><r><t xml:space="preserve">{begins}</t></r><r><rPr><b/></rPr><t xml:space="preserve">{rest}</t></r></is>'
        case.parts.set(ASSUMPTIONS, address, runs, "inlineStr")
    return found


@kind("a month as an ISO date", UNSAVED, LIBREOFFICE, OPENPYXL)  # which the others do not read themselves
def iso_date(case: Case) -> Expected:
    found = edited(case, MONTH)
    for address in found.changes:
        month = from_serial(case.parts.numbers(ASSUMPTIONS)[address])
        case.parts.set(ASSUMPTIONS, address, f"<v>{month.isoformat()}</v>", "d")
    return found


def _written(case: Case, form: str) -> Expected:
    """Write every number among the inputs in another way."""
    part, inputs = case.parts.sheets[ASSUMPTIONS], {address for _, address in case.inputs(NUMBER)}

    def again(cell: re.Match[str]) -> str:
        return f"{cell[1]}{float(cell[3]):{form}}</v>" if cell[2] in inputs else cell[0]

    case.parts.parts[part] = re.sub(r'(<c r="(C\d+)" s="\d+"><v>)([^<]+)</v>', again, case.parts.text(part)).encode()
    return Told()


@kind("numbers with 17 digits")
def digits(case: Case) -> Expected:
    return _written(case, ".17g")


@kind("numbers with an exponent")
def exponents(case: Case) -> Expected:
    return _written(case, ".16E")


@kind("a month with a time of day")
def time_of_day(case: Case) -> Expected:
    entry, address = case.an_input(MONTH)
    case.parts.set_number(ASSUMPTIONS, address, float(entry.value) + 0.5)
    return OneOf((Told(), refused_at(ASSUMPTIONS, address)))


@kind("a spare row filled in")
def spare_row(case: Case) -> Expected:
    name, amount = (case.names[f"in_service_{field}_spare_service"][1] for field in ("name", "one_time_amount"))
    case.parts.set_text(ASSUMPTIONS, name, "Vans of the tamperer")
    case.parts.set_number(ASSUMPTIONS, amount, 90_000)
    return Kept(f"{ASSUMPTIONS}!", "Vans of the tamperer")
