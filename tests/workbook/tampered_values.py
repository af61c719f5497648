"""Kinds of tampering with inputs: what stands there is no value of theirs."""

from __future__ import annotations

from savers import UNSAVED
from tampering import ASSUMPTIONS, Case, Expected, OneOf, Refused, Told, kind, refused_at

from budget_model.timeline import from_serial
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NUMBER

# What people write where a number belongs.
NO_NUMBERS = {
    "a number with a comma, as text": "1,200", "a number of spaces and digits, as text": " 120 ", "a percentage, as text": "20%",
    "dollars, as text": "$5", "a word for a number": "a lot",
}  # fmt: skip


def _text_for_a_number(name: str, text: str) -> None:
    @kind(name)
    def tamper(case: Case) -> Expected:
        _, address = case.an_input(NUMBER)
        case.parts.set_text(ASSUMPTIONS, address, text)
        return refused_at(ASSUMPTIONS, address)


for _name, _text in NO_NUMBERS.items():
    _text_for_a_number(_name, _text)


@kind("a number stored as text")
def number_as_text(case: Case) -> Expected:
    entry, address = case.an_input(NUMBER)
    case.parts.set(ASSUMPTIONS, address, f"<v>{entry.value}</v>", "str")
    return refused_at(ASSUMPTIONS, address)


@kind("a number with the format of a date")
def number_as_date(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.dress(ASSUMPTIONS, address, case.an_input(MONTH)[1])
    return refused_at(ASSUMPTIONS, address)


@kind("a month without the format of a date")
def month_as_number(case: Case) -> Expected:
    _, address = case.an_input(MONTH)
    case.parts.dress(ASSUMPTIONS, address, case.an_input(FLAG)[1])
    return OneOf((Told(), refused_at(ASSUMPTIONS, address)))


@kind("a month as text")
def month_as_text(case: Case) -> Expected:
    entry, address = case.an_input(MONTH)
    case.parts.set_text(ASSUMPTIONS, address, from_serial(float(entry.value)).isoformat())
    return refused_at(ASSUMPTIONS, address)


@kind("a cell that stands twice", UNSAVED)  # a program that opens it keeps one of them
def cell_twice(case: Case) -> Expected:
    entry, address = case.an_input(NUMBER)
    part = case.parts.sheets[ASSUMPTIONS]
    again = f'</c><c r="{address}"><v>{float(entry.value) + 1}</v></c>'
    text = case.parts.text(part)
    at = text.index("</c>", text.index(f'<c r="{address}"'))
    case.parts.parts[part] = f"{text[:at]}{again}{text[at + 4 :]}".encode()
    return refused_at(ASSUMPTIONS, address)


@kind("a yes for a number")
def logical_for_a_number(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.set(ASSUMPTIONS, address, "<v>1</v>", "b")
    return refused_at(ASSUMPTIONS, address)


@kind("an error for a number")
def error(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.set(ASSUMPTIONS, address, f"<v>{case.luck.choice(['#N/A', '#DIV/0!', '#VALUE!', '#REF!'])}</v>", "e")
    return refused_at(ASSUMPTIONS, address)


@kind("NaN or an infinite number", UNSAVED)  # a program that opens it makes something else of it
def no_number(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.set_number(ASSUMPTIONS, address, case.luck.choice(["NaN", "INF", "-INF", "nan", "inf"]))
    return refused_at(ASSUMPTIONS, address)


@kind("a text that is not in the list of texts", UNSAVED)
def no_such_text(case: Case) -> Expected:
    _, address = case.an_input(CHOICE)
    case.parts.set(ASSUMPTIONS, address, "<v>987654</v>", "s")
    return refused_at(ASSUMPTIONS, address)


@kind("a control character", UNSAVED)
def control_character(case: Case) -> Expected:
    _, address = case.an_input(CHOICE)
    case.parts.set(ASSUMPTIONS, address, "<is><t>slots&#2;</t></is>", "inlineStr")
    return refused_at(ASSUMPTIONS, address)


@kind("a logical value that is none", UNSAVED)
def no_logical(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.set(ASSUMPTIONS, address, "<v>maybe</v>", "b")
    return refused_at(ASSUMPTIONS, address)


@kind("an input out of its bounds")
def out_of_bounds(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.set_number(ASSUMPTIONS, address, case.luck.choice([-5, 1e300, -1e-9, 1e16]))
    return refused_at(ASSUMPTIONS, address)


@kind("an input emptied")
def emptied(case: Case) -> Expected:
    _, address = case.an_input(NUMBER, MONTH, CHOICE, FLAG)
    case.parts.set(ASSUMPTIONS, address, "")
    return refused_at(ASSUMPTIONS, address)


@kind("a formula in an input")
def formula_for_a_number(case: Case) -> Expected:
    entry, address = case.an_input(NUMBER)
    case.parts.set_formula(ASSUMPTIONS, address, f"{entry.value}*1", float(entry.value))
    return refused_at(ASSUMPTIONS, address)


@kind("a day within a month")
def within_a_month(case: Case) -> Expected:
    entry, address = case.an_input(MONTH)
    case.parts.set_number(ASSUMPTIONS, address, float(entry.value) + 14)
    return refused_at(ASSUMPTIONS, address)


@kind("a number for a month")
def number_for_a_month(case: Case) -> Expected:
    _, address = case.an_input(MONTH)
    case.parts.set_number(ASSUMPTIONS, address, case.luck.choice([2019, 7, 201_907, 0.5]))
    return refused_at(ASSUMPTIONS, address)


@kind("a choice that is none")
def no_choice(case: Case) -> Expected:
    entry, address = case.an_input(CHOICE)
    case.parts.set_text(ASSUMPTIONS, address, case.luck.choice([f"{entry.value} ", str(entry.value).upper(), f"x{entry.value}", "7"]) + "!")
    return refused_at(ASSUMPTIONS, address)


@kind("a flag of 2")
def no_flag(case: Case) -> Expected:
    _, address = case.an_input(FLAG)
    case.parts.set_number(ASSUMPTIONS, address, 2)
    return refused_at(ASSUMPTIONS, address)


@kind("an input merged with the cell before it")
def merged(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.parts.set(ASSUMPTIONS, address, "")  # of merged cells only the first keeps what it holds
    sheet = case.parts.sheets[ASSUMPTIONS]
    case.parts.insert(sheet, "<dataValidations", f'<mergeCells count="1"><mergeCell ref="B{address[1:]}:{address}"/></mergeCells>')
    return refused_at(ASSUMPTIONS, address)


@kind("dates counted from 1904")
def from_1904(case: Case) -> Expected:
    case.parts.replace("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    return Refused(("!",))  # every month of every sheet is another
