"""Kinds of tampering with formulas."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from savers import UNSAVED
from tampering import RECORD, Case, Expected, OneOf, Refused, Told, kind, refused_at
from workbook_parts import WORKBOOK
from xlsxwriter.utility import xl_rowcol_to_cell

from budget_model.workbook.layout.filling import filled
from budget_model.workbook.layout.record import FORMULAS, record_of

_REFERENCE = re.compile(r"(?<![A-Za-z_!'$:\d])([A-Z]{1,2})(\d+)(?![\d(:!])")
_LITERAL = re.compile(r"(?<![A-Za-z_$\d.\"'])(\d+(?:\.\d+)?)(?![\w(:!.\"'])")
_AREA = re.compile(r"(?<![!'A-Za-z:$])\$?([A-Z]{1,2})\$?(\d+):\$?([A-Z]{1,2})\$?(\d+)")


def _rewritten(case: Case, pattern: str, new: str, *sheets: str) -> Expected:
    """Rewrite the first place of a pattern in a formula."""
    sheet, address, formula = case.a_formula(pattern, sheets)
    case.parts.set_formula(sheet, address, re.sub(pattern, new, formula, count=1))
    return refused_at(sheet, address)


@kind("a formula with a number more")
def number_more(case: Case) -> Expected:
    return _rewritten(case, r"$", "+1")


@kind("another number in a formula")
def another_number(case: Case) -> Expected:
    return _rewritten(case, _LITERAL.pattern, "7")


@kind("another operator in a formula")
def another_operator(case: Case) -> Expected:
    old, new = case.luck.choice([(r"\+", "-"), (r"\*", "/"), ("-(?=[A-Z])", "+"), ("<", ">")])
    return _rewritten(case, old, new)


@kind("another function in a formula")
def another_function(case: Case) -> Expected:
    old, new = case.luck.choice([(r"\bSUM\(", "MAX("), (r"\bMAX\(", "MIN("), (r"\bMIN\(", "MAX("), (r"\bSUMIFS\(", "AVERAGEIFS(")])
    return _rewritten(case, old, new)


@kind("a formula that reads the row below")
def row_below(case: Case) -> Expected:
    sheet, address, formula = case.a_formula(_REFERENCE.pattern)
    case.parts.set_formula(sheet, address, _REFERENCE.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", formula, count=1))
    return refused_at(sheet, address)


@kind("a formula that reads the column beside")
def column_beside(case: Case) -> Expected:
    sheet, address, formula = case.a_formula(r"(?<![A-Za-z_!'$:\d])K(\d+)(?![\d(:!])")
    case.parts.set_formula(sheet, address, re.sub(r"(?<![A-Za-z_!'$:\d])K(\d+)(?![\d(:!])", r"L\1", formula, count=1))
    return refused_at(sheet, address)


@kind("a formula that reads another sheet")
def another_sheet(case: Case) -> Expected:
    sheet, address, formula = case.a_formula(r"(?<![\w'])Participants!")
    case.parts.set_formula(sheet, address, formula.replace("Participants!", "Staffing!", 1))
    return refused_at(sheet, address)


@kind("a formula that reads a sheet whose name differs by a space")
def sheet_by_a_space(case: Case) -> Expected:
    sheet, address, formula = case.a_formula("'Care cost'!")
    case.parts.add_sheet("Carecost", '<row r="1"><c r="A1"><v>1</v></c></row>')
    case.parts.set_formula(sheet, address, formula.replace("'Care cost'!", "Carecost!", 1))
    return refused_at(sheet, address)


@kind("a space less in a text of a formula")
def space_less(case: Case) -> Expected:
    return _rewritten(case, r'("[^" ]*) ([^"]*")', r"\1\2", *case.parts.sheets)


@kind("a number over a formula")
def number_over_a_formula(case: Case) -> Expected:
    sheet, address, _ = case.a_formula()
    case.parts.set_number(sheet, address, case.luck.choice([0, 1, 12.5, 1e6]))
    return refused_at(sheet, address)


@kind("what it comes to over a formula")
def value_over_a_formula(case: Case) -> Expected:
    sheet, address, _ = case.a_formula()
    inner = case.parts.cells(sheet)[address].partition("</f>")[2]
    case.parts.set(sheet, address, inner if inner != "<v></v>" else "<v>0</v>", "" if re.fullmatch(r"<v>[-\d.eE+]+</v>", inner) else "str")
    return refused_at(sheet, address)


@kind("a text over a formula")
def text_over_a_formula(case: Case) -> Expected:
    sheet, address, _ = case.a_formula()
    case.parts.set_text(sheet, address, "n/a")
    return refused_at(sheet, address)


@kind("a formula emptied")
def formula_emptied(case: Case) -> Expected:
    sheet, address, _ = case.a_formula()
    case.parts.set(sheet, address, "")
    return refused_at(sheet, address)


@kind("a number in an empty cell that formulas add up")
def within_a_sum(case: Case) -> Expected:
    for sheet in case.model_sheets():
        there = case.parts.cells(sheet).keys() | case.parts.formulas(sheet).keys()
        empty = [place for formula in case.parts.formulas(sheet).values() for place in _inside(formula) if place not in there]
        if empty:
            address = case.luck.choice(empty)
            case.parts.set_number(sheet, address, 1_000_000)
            return refused_at(sheet, address)
    return Told()


def _inside(formula: str) -> Iterator[str]:
    for left, top, right, bottom in _AREA.findall(formula):
        if left == right:
            yield from (f"{left}{row}" for row in range(int(top), int(bottom) + 1))


def _areas(case: Case) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of formulas that fill to the right, by sheet and range: each cell with its formula."""
    lines: dict[int, list[str]] = {}
    for place, text in case.parts.texts(RECORD).items():
        lines.setdefault(int(re.sub(r"\D", "", place)), []).append(text)
    record = record_of([line for row, line in lines.items() if row > 4 and line[0] == FORMULAS], "record")
    found = {}
    for area in record.formulas:
        first, _, last = area.address.partition(":")
        if last and re.sub(r"\D", "", first) == re.sub(r"\D", "", last):
            found[area.sheet, area.address] = {xl_rowcol_to_cell(row, column): formula[1:] for row, column, formula in filled(area)}
    return found


@kind("formulas shared along a row, as Excel writes them")
def shared_formulas(case: Case) -> Expected:
    areas = _areas(case)
    for number, (sheet, area) in enumerate(case.luck.sample(sorted(areas), 5)):
        for place, formula in areas[sheet, area].items():
            begins = f'<f t="shared" ref="{area}" si="{number}">{html.escape(formula, quote=False)}</f>'
            case.parts.retag_formula(sheet, place, begins if place == area.partition(":")[0] else f'<f t="shared" si="{number}"/>')
    return Told()


@kind("a shared formula changed where it begins")
def shared_formula_changed(case: Case) -> Expected:
    areas = _areas(case)
    sheet, area = case.luck.choice(sorted(areas))
    for number, (place, formula) in enumerate(areas[sheet, area].items()):
        begins = f'<f t="shared" ref="{area}" si="0">{html.escape(formula, quote=False)}+1</f>'
        case.parts.retag_formula(sheet, place, '<f t="shared" si="0"/>' if number else begins)
    return Refused(tuple(f"{sheet}!{place}" for place in list(areas[sheet, area])[:2]))


@kind("a formula made an array formula")
def array_formula(case: Case) -> Expected:
    sheet, address, formula = case.a_formula()
    case.parts.retag_formula(sheet, address, f'<f t="array" ref="{address}">{html.escape(formula, quote=False)}</f>')
    return OneOf((Told(), refused_at(sheet, address)))


@kind("other results stored beside the formulas")
def other_results(case: Case) -> Expected:
    """What a formula came to is not read: it is calculated anew."""
    sheet = case.model_sheets()[0]
    part = case.parts.sheets[sheet]
    case.parts.parts[part] = re.sub(r"</f><v>[\d.]+</v>", "</f><v>123</v>", case.parts.text(part)).encode()
    return Told()


@kind("precision as displayed", UNSAVED)  # programs other than Excel do not keep it
def precision_as_displayed(case: Case) -> Expected:
    """Every formula then reads the numbers as they are rounded on the sheets."""
    case.parts.replace(WORKBOOK, "<calcPr ", '<calcPr fullPrecision="0" ')
    return Refused(("precision",))
