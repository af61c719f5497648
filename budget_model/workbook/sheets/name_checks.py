"""Beside the name of each spare row, out of sight: whether it is one that the row may have when the workbook comes back."""

from __future__ import annotations

from functools import reduce

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from budget_model.scenario.choices import WORDS_FOR_NONE
from budget_model.scenario.names import FIRST_SIGNS_REFUSED, MOST_IN_A_NAME, SIGNS_REFUSED, TRUTH_VALUES
from budget_model.workbook.layout.assumption_columns import COLUMN, ITEM, MOST, NAME_AT_FAULT, NAME_REFUSED, NOW, PLAIN_NAME, SAVED
from budget_model.workbook.layout.book import FIRST_ASSUMPTION_ROW
from budget_model.workbook.layout.entries import NAME, Entry
from budget_model.workbook.sheets.sheet import Pen


def write_name_checks(pen: Pen) -> None:
    """Write for each spare row how many faults its name has: it is filled in under the name it came with, is no name, or stands twice."""
    lines = dict(enumerate(pen.book.entries, FIRST_ASSUMPTION_ROW))
    for line, entry in lines.items():
        if entry.kind == NAME:
            now, saved, plain, refused = (_cell(line, name) for name in (NOW, SAVED, PLAIN_NAME, NAME_REFUSED))
            alike = "+".join([refused, *_names_alike(pen, lines, line)])
            pen.formula(line, COLUMN[PLAIN_NAME], f"={_plain(now)}", str(entry.value), pen.styles("plain"))
            pen.number(line, COLUMN[MOST], MOST_IN_A_NAME, pen.styles("plain", "0"))
            for name, formula in (
                (NAME_REFUSED, _is_refused(now, plain, _cell(line, MOST))),
                (NAME_AT_FAULT, f"IF(EXACT({now},{saved}),{_filled_in(lines, line)},{alike})"),
            ):
                pen.formula(line, COLUMN[name], f"={formula}", 0.0, pen.styles("plain", "0"))


def _cell(line: int, name: str) -> str:
    cell: str = xl_rowcol_to_cell(line, COLUMN[name])
    return cell


def _plain(name: str) -> str:
    """Return the formula of a name without the signs that no name has."""
    doubled = (sign.replace('"', '""') for sign in SIGNS_REFUSED)
    return reduce(_without, doubled, name)


def _without(text: str, sign: str) -> str:
    return f'SUBSTITUTE({text},"{sign}","")'


def _is_refused(name: str, plain: str, most: str) -> str:
    """Return the formula of whether a text is no name: by its signs, its first one, its length, or as a word for something else."""
    words = "|".join(("", *WORDS_FOR_NONE, *TRUTH_VALUES, ""))
    first, word = f'FIND(LEFT({name},1),"{FIRST_SIGNS_REFUSED}")', f'SEARCH("|"&{name}&"|","{words}")'
    return f"({plain}<>{name})+(LEN({name})>{most})+ISNUMBER({first})+ISNUMBER({word})"


def _filled_in(lines: dict[int, Entry], line: int) -> str:
    """Return the formula of how many inputs of a spare row are other than saved."""
    last = max(other for other, entry in lines.items() if entry.item == lines[line].item)
    now, saved = (xl_range(line + 1, COLUMN[name], last, COLUMN[name]) for name in (NOW, SAVED))
    return f'SUMPRODUCT(({saved}<>"")*({now}<>{saved}))'


def _names_alike(pen: Pen, lines: dict[int, Entry], line: int) -> list[str]:
    """Return the formulas of which other lines of its table have the name of a spare row: those that were written, and spare rows named."""
    table, name = lines[line].table, f"TRIM({_cell(line, NOW)})"
    written = [other for other, entry in lines.items() if entry.table == table and entry.item not in pen.book.blank_rows]
    found = [f"COUNTIF({xl_range(written[0], COLUMN[ITEM], written[-1], COLUMN[ITEM])},{name})"] if written else []
    spare = (other for other, entry in lines.items() if entry.kind == NAME and entry.table == table and other != line)
    return found + [f"(TRIM({_cell(other, NOW)})={name})" for other in spare]
