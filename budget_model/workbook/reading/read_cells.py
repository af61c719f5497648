"""Read the cells of a workbook with openpyxl, as a program of its own: what hangs or dies here harms nobody.

usage: python -I read_cells.py WORKBOOK > cells.json

Writes the sheets' names, defined names, custom properties, every formula, every plain value, which cells have notes, and what
no cell may hold, with its place. Run by path and not imported, so that it starts quickly and holds nothing of ours; memory and time are
limited first.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

MEMORY_BYTES = 2_000_000_000  # the largest workbook we write takes a third of it
PROCESSOR_SECONDS = 120
FORMULA_CHARACTERS = 60_000_000  # of all formulas; a few shared ones may be written out into millions
FAULT = "fault"  # the kind of a cell that cannot be read
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
_TRUTH = {"1": True, "true": True, "0": False, "false": False}
_TRUTH_FORMULA = re.compile(r"=\s*(TRUE|FALSE)\s*(?:\(\s*\))?\s*", re.IGNORECASE)
_TEXT = r'"((?:[^"]|"")*)"'
_LINK_FORMULA = re.compile(rf"=\s*HYPERLINK\s*\(\s*{_TEXT}\s*(?:,\s*{_TEXT}\s*)?\)\s*", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Found = tuple[str, Any]  # a kind (n, s, b, d, e, f or FAULT) and what stands there, or what is wrong


def limit() -> None:
    """Limit memory and processor time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the reader's clock still stops this program
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))


def read(path: str) -> dict[str, Any]:
    """Return what a workbook holds as plain data. A value is a pair: its kind (n, s, b, d or e) and itself.

    A fault is a sheet, a cell ('' where it is none) and what is wrong there.
    """
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(path, read_only=True, keep_links=False, keep_vba=False)
    reader.read()
    book = reader.wb
    formulas: dict[str, dict[str, str]] = {}
    values: dict[str, dict[str, Found]] = {}
    faults = list(_faults_of_all(book, reader.parser.defined_names.definedName))  # type: ignore[attr-defined]  # its types are older
    characters = 0
    for sheet in book.worksheets:
        found, plain = formulas.setdefault(sheet.title, {}), values.setdefault(sheet.title, {})
        try:
            for address, kind, value in _cells(sheet):
                if kind == FAULT:
                    faults.append((sheet.title, address, value))
                elif address in found or address in plain:
                    faults.append((sheet.title, address, "the cell is there twice"))
                elif kind == "f":
                    found[address] = value
                    characters += len(value)
                    if characters > FORMULA_CHARACTERS:
                        raise MemoryError
                else:
                    plain[address] = (kind, value)
        except ParseError:
            faults.append((sheet.title, "", "the sheet is damaged"))
    return {
        "sheets": book.sheetnames,
        "names": {name: defined.attr_text for name, defined in book.defined_names.items()},
        "local_names": {sheet.title: sorted(sheet.defined_names) for sheet in book.worksheets if sheet.defined_names},
        "properties": {known.name: str(known.value) for known in book.custom_doc_props.props},  # type: ignore[attr-defined]  # newer than openpyxl's types
        "formulas": formulas,
        "values": values,
        "notes": {title: cells for title, part in _parts_of_sheets(reader) if (cells := list(_notes(reader, part)))},
        "faults": faults,
    }


def _parts_of_sheets(reader: Any) -> Iterator[tuple[str, str]]:
    """Yield each sheet with the part that holds it."""
    for sheet, relation in reader.parser.find_sheets():
        yield sheet.name, relation.target


def _notes(reader: Any, part: str) -> Iterator[str]:
    """Yield the cells of a sheet on which somebody put a note, as Excel has them beside what is in the cells."""
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.constants import COMMENTS_NS
    from openpyxl.xml.functions import fromstring

    names, links = set(reader.archive.namelist()), get_rels_path(part)  # type: ignore[no-untyped-call]  # openpyxl declares none
    if links not in names:
        return
    for link in get_dependents(reader.archive, links).find(COMMENTS_NS):
        if link.target in names:
            try:
                found = fromstring(reader.archive.read(link.target))
            except ParseError:  # no figure depends on it
                continue
            yield from dict.fromkeys(note.get("ref", "") for note in found.iter(f"{_MAIN}comment"))


def _faults_of_all(book: Any, names: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the workbook as a whole, so that its formulas come to other figures than their inputs give."""
    if book.calculation and book.calculation.fullPrecision is False:  # some programs leave it out
        yield "", "", "it counts with numbers rounded as they are shown: Excel's option 'Set precision as displayed' was on"
    known = set()
    for name in (defined.name for defined in names if defined.localSheetId is None):
        if name.casefold() in known:
            yield "", "", f"the name '{name}' stands in it twice"
        known.add(name.casefold())


def _cells(sheet: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield address, kind and value of each cell that holds something; no gap between them is filled."""
    from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
    from openpyxl.worksheet._reader import WorkSheetParser

    class Parser(WorkSheetParser):
        """Reads one cell after the other; one that cannot be read does not decide for the workbook."""

        def parse_cell(self, element: Any) -> dict[str, Any]:
            fault = _fault(element, len(sheet._shared_strings))
            cell: dict[str, Any] = {}
            if not fault:
                try:
                    cell = super().parse_cell(element)
                except (ValueError, TypeError, LookupError, ArithmeticError):
                    fault = "its content cannot be read"
            if fault:
                row, column = coordinate_to_tuple(element.get("r"))
                return {"row": row, "column": column, "value": fault, "data_type": FAULT}
            return cell

        def parse_formatting(self, element: Any) -> None:
            """Pass over rules of color: no figure depends on them, and other programs write some that openpyxl refuses."""

    book = sheet.parent
    with sheet._get_source() as source:
        parser = Parser(source, sheet._shared_strings, False, book.epoch, book._date_formats, book._timedelta_formats)
        for _row, cells in parser.parse():
            for cell in cells:
                if cell["value"] not in (None, ""):
                    yield (f"{get_column_letter(cell['column'])}{cell['row']}", *_plain(cell["data_type"], cell["value"]))


def _fault(element: Any, strings: int) -> str:
    """Return what is wrong with what a cell stores, as its kind forbids it; '' where nothing is."""
    kind, stored = element.get("t", "n"), (element.findtext(f"{_MAIN}v") or "").strip()
    if not stored or element.find(f"{_MAIN}f") is not None:  # the result of a formula is not read
        return ""
    if kind == "n" and not (_NUMBER.fullmatch(stored) and math.isfinite(float(stored))):
        return f"it stores '{stored[:40]}' as a number, which is none"
    if kind == "b" and stored.lower() not in _TRUTH:
        return f"it stores '{stored[:40]}' as true or false, which is neither"
    if kind == "s" and not (stored.isascii() and stored.isdigit() and len(stored) < 10 and int(stored) < strings):
        return "its text is not among the texts of the workbook"
    return ""


def _plain(kind: str, value: Any) -> Found:
    """Return kind and value as plain data: formulas as text, dates in ISO form, and what only looks like a formula as its value."""
    if kind == "d":
        return kind, value.isoformat() if hasattr(value, "isoformat") else str(value)
    if kind == "n" and isinstance(value, int) and abs(value) > 2**53:
        return kind, float(value)
    if kind != "f":
        return kind, value
    if not isinstance(value, str):  # of several cells, or a table of data: never what a single cell held
        area, text = str(getattr(value, "ref", "")), str(getattr(value, "text", ""))
        first, _, last = area.partition(":")
        value = text if text and last in ("", first) else f"{{{text or '=TABLE()'}}}"
    if found := _TRUTH_FORMULA.fullmatch(value):
        return "b", found[1].upper() == "TRUE"
    if found := _LINK_FORMULA.fullmatch(value):
        address, shown = (text and text.replace('""', '"') for text in found.groups())
        return "s", address if shown in (None, "", address) else f"{shown} ({address})"
    return kind, value


if __name__ == "__main__":
    limit()
    json.dump(read(sys.argv[1]), sys.stdout)
