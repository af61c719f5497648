"""Recompute a workbook with engines that are not ours: IronCalc, and LibreOffice with recalculation forced."""

from __future__ import annotations

import html
import re
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import ironcalc
import networkx
from needed import needs
from office import saved_by_libreoffice
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from budget_model.workbook.reading.edits import Imported
from budget_model.workbook.reading.reader import import_workbook

Place = tuple[str, str]  # sheet, cell
Values = dict[Place, object]
_SECONDS = 1_800  # after which a program is taken to hang, however slow the machine
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STORED = re.compile(r"(</f>)<v>[^<]*</v>")
_FORMULA = re.compile(r"<f[ >]")
_TEXT = re.compile(r'"[^"]*"')
_AREA = re.compile(r"(?:('[^']+'|\w+)!)?(\$?[A-Z]{1,3}\$?[1-9]\d*(?::\$?[A-Z]{1,3}\$?[1-9]\d*)?)(?![\w(])")
_NAMED = re.compile(r'<definedName name="([^"]+)">([^<]+)!(\$[A-Z]+\$[0-9]+)<')
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f[^>]*>([^<]*)</f>(<v>[^<]*</v>)?')


@dataclass(frozen=True)
class FormulaCell:
    """A formula with the value stored beside it."""

    formula: str
    stored: object


def read(path: Path) -> Imported:
    """Read a workbook back."""
    return import_workbook(path.read_bytes(), path.name)


def disagreements(path: Path, folder: Path) -> tuple[int, list[str]]:
    """Return how many formula cells a workbook has, and where IronCalc or LibreOffice differs from what it stores.

    Each engine is given a copy without stored values.
    """
    cells = formula_cells(path)
    expected = {place: cell.stored for place, cell in cells.items()}
    bare, office = without_stored_values(path, folder / f"bare_{path.name}"), folder / f"office_{path.name}"
    found = differences(expected, recomputed_by_ironcalc(bare, list(cells)))
    saved_by_libreoffice([(bare, office, {})])
    found += differences(expected, stored(office)) + [
        f"{place} is {value}" for place, value in expected.items() if str(value).startswith("#")
    ]
    bare.unlink()
    office.unlink()
    return len(cells), found[:5]


def formula_cells(path: Path) -> dict[Place, FormulaCell]:
    """Return every formula cell of a workbook with its stored value, read from the file's own XML by patterns, which are quick."""
    found: dict[Place, FormulaCell] = {}
    with zipfile.ZipFile(path) as archive:
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            content = archive.read(f"xl/{targets[sheet.get(_ID)]}").decode()
            cells = _CELL.findall(content)
            assert len(cells) == len(_FORMULA.findall(content)), "a formula that the pattern does not know"
            name = sheet.get("name", "")
            for place, about, formula, value in cells:
                text = 't="str"' in about or 't="e"' in about or value == "<v></v>"  # XlsxWriter gives an empty text no type
                stored = None if not value else html.unescape(value[3:-4]) if text else float(value[3:-4])
                found[name, place] = FormulaCell(f"={html.unescape(formula)}", stored)
    return found


def circles(path: Path) -> list[set[object]]:
    """Return each circle of formula cells, and of ranges with any cell of theirs, by which one depends on itself."""
    cells = formula_cells(path)
    standing = {(sheet, *coordinate_to_tuple(cell)) for sheet, cell in cells}
    graph = networkx.DiGraph()
    for (sheet, cell), formula in cells.items():
        for other, area in _AREA.findall(_TEXT.sub("", formula.formula)):
            read = ((other or sheet).strip("'"), area.replace("$", ""))
            if read not in graph:
                left, top, right, bottom = range_boundaries(read[1])
                inside = ((read[0], row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
                graph.add_edges_from((read, place) for place in inside if place in standing)
            graph.add_edge((sheet, *coordinate_to_tuple(cell)), read)
    return [circle for circle in networkx.strongly_connected_components(graph) if len(circle) > 1]


def without_stored_values(path: Path, target: Path, planted: str = "") -> Path:
    """Copy a workbook, taking out every stored result (or planting a wrong one in its place).

    A cell of openpyxl that holds nothing is no number: IronCalc would read 0.
    """
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = _STORED.sub(rf"\1{planted}", content.decode().replace(' t="n" />', " />")).encode()
            copy.writestr(entry, content)
    return target


def recomputed_by_ironcalc(path: Path, places: Sequence[Place], typed: Mapping[str, float | str] | None = None) -> Values:
    """Return the values that IronCalc computes, with other values in the cells that names stand for."""
    model = ironcalc.load_from_xlsx(str(path))
    sheets = {sheet["name"]: index for index, sheet in enumerate(model.get_worksheets_properties())}
    for name, value in (typed or {}).items():
        sheet, cell = cells_of_names(path)[name]
        put = model.update_cell_with_text if isinstance(value, str) else model.update_cell_with_number
        put(sheets[sheet], *coordinate_to_tuple(cell), value)
    model.evaluate()
    found: Values = {}
    for sheet, cell in places:
        row, column = coordinate_to_tuple(cell)
        found[sheet, cell] = model.get_cell_value(sheets[sheet], row, column)
    return found


def cells_of_names(path: Path) -> dict[str, Place]:
    """Return sheet and cell of each defined name of a workbook that stands for one."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/workbook.xml").decode()
    return {name: (sheet.strip("'"), cell.replace("$", "")) for name, sheet, cell in _NAMED.findall(text)}


def stored(path: Path) -> Values:
    """Return the stored value of every formula cell."""
    return {place: cell.stored for place, cell in formula_cells(path).items()}


def recomputed_by_gnumeric(path: Path, folder: Path) -> Values:
    """Return the value of every cell that Gnumeric shows of a workbook whose stored values were taken out, recalculated."""
    bare, saved = without_stored_values(path, folder / f"bare_{path.name}"), folder / f"gnumeric_{path.name}"
    command = [needs("ssconvert"), "--recalc", "--export-type=Gnumeric_Excel:xlsx2", str(bare), str(saved)]
    subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
    found = _values(saved)
    bare.unlink()
    saved.unlink()
    return found


def _values(path: Path) -> Values:
    """Return the values of all cells of a workbook that another program wrote, of whatever kind of text."""
    found: Values = {}
    with zipfile.ZipFile(path) as archive:
        texts = [
            "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            content = ElementTree.fromstring(archive.read(f"xl/{targets[sheet.get(_ID)]}".replace("xl//xl/", "xl/")))
            for cell in content.iter(f"{_MAIN}c"):
                kind, inner, value = cell.get("t", "n"), cell.find(f"{_MAIN}is"), cell.findtext(f"{_MAIN}v")
                if inner is not None:
                    shown: object = "".join(part.text or "" for part in inner.iter(f"{_MAIN}t"))
                elif value is None:
                    continue
                else:
                    shown = texts[int(value)] if kind == "s" else value if kind in ("str", "e") else float(value)
                found[sheet.get("name", ""), cell.get("r", "")] = shown
    return found


def differences(expected: Values, found: Values, tolerance: float = 0.005) -> list[str]:
    """Return a line for each cell whose value differs by more than the tolerance (texts: at all)."""
    lines = []
    for place, value in expected.items():
        other = found.get(place)
        both_numbers = all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in (value, other))
        same = abs(value - other) <= tolerance if both_numbers else value == other  # type: ignore[operator]
        if not same:
            lines.append(f"{place[0]}!{place[1]}: expected {value!r}, found {other!r}")
    return lines
