"""Recompute a workbook with engines that are not ours: IronCalc, and LibreOffice with recalculation forced."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

import ironcalc
import openpyxl

from budget_model import Scenario
from budget_model.workbook.edits import Imported
from budget_model.workbook.reader import import_workbook
from budget_model.workbook.template import load_template
from budget_model.workbook.writer import write_workbook

Place = tuple[str, str]  # sheet, cell
Values = dict[Place, object]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RUNS = 3  # of LibreOffice over what an aborted run left
_STORED = re.compile(r"(</f>)<v>[^<]*</v>")
_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True)
class FormulaCell:
    """A formula with the value stored beside it."""

    formula: str
    stored: object


Given = TypeVar("Given")
Result = TypeVar("Result")


def on_both_cores(function: Callable[[Given], Result], given: Sequence[Given]) -> list[Result]:
    """Return what a function of a module comes to for each of many, two at a time."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(function, given))


def write(made: tuple[Scenario, Path]) -> None:
    """Write the workbook of a scenario to a path."""
    made[1].write_bytes(write_workbook(made[0], load_template()).content)


def read(path: Path) -> Imported:
    """Read a workbook back."""
    return import_workbook(path.read_bytes(), path.name)


def disagreements(paths: tuple[Path, Path, Path]) -> tuple[int, list[str]]:
    """Return how many formula cells a workbook has, and where IronCalc or LibreOffice differs from what it stores.

    Given are the workbook, a copy without stored values for IronCalc, and the copy that LibreOffice saved of that.
    """
    path, bare, office = paths
    cells = formula_cells(path)
    expected = {place: cell.stored for place, cell in cells.items()}
    errors = [f"{place} is {value}" for place, value in expected.items() if str(value).startswith("#")]
    found = differences(expected, recomputed_by_ironcalc(bare, list(cells))) + differences(expected, stored(office)) + errors
    return len(cells), [f"{path.name}: {line}" for line in found[:5]]


def formula_cells(path: Path) -> dict[Place, FormulaCell]:
    """Return every formula cell of a workbook with its stored value, read from the file's own XML."""
    found: dict[Place, FormulaCell] = {}
    with zipfile.ZipFile(path) as archive:
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            content = archive.read(f"xl/{targets[sheet.get(_ID)]}")
            for cell in ElementTree.fromstring(content).iter(f"{_MAIN}c"):
                formula = cell.find(f"{_MAIN}f")
                if formula is not None:
                    place = (sheet.get("name", ""), cell.get("r", ""))
                    found[place] = FormulaCell(f"={formula.text}", _value(cell))
    return found


def _value(cell: ElementTree.Element) -> object:
    text = cell.findtext(f"{_MAIN}v")
    return text if text is None or cell.get("t") in {"str", "e"} else float(text)


def without_stored_values(path: Path, target: Path, planted: str = "") -> Path:
    """Copy a workbook, taking out every stored result (or planting a wrong one in its place)."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = _STORED.sub(rf"\1{planted}", content.decode()).encode()
            copy.writestr(entry, content)
    return target


def recomputed_by_ironcalc(path: Path, places: Sequence[Place]) -> Values:
    """Return the values that IronCalc computes."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    sheets = {sheet["name"]: index for index, sheet in enumerate(model.get_worksheets_properties())}
    found: Values = {}
    for sheet, cell in places:
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        found[sheet, cell] = model.get_cell_value(sheets[sheet], row, column)
    return found


def recomputed_by_libreoffice(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Return the copies that LibreOffice saves of workbooks, every formula recomputed; two programs side by side."""
    output = folder / "recomputed"
    halves = [half for half in (paths[::2], paths[1::2]) if half]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(_convert, half, folder / f"profile{number}", output) for number, half in enumerate(halves)]:
            done.result()
    return [output / path.name for path in paths]


def stored(path: Path) -> Values:
    """Return the stored value of every formula cell."""
    return {place: cell.stored for place, cell in formula_cells(path).items()}


def _convert(paths: Sequence[Path], profile: Path, output: Path) -> None:
    """Open each workbook with recalculation forced and save it again, in one run with a profile of its own.

    Now and then the program aborts, which says nothing of a workbook: what it left is done in another run.
    """
    from conftest import needs

    command = [needs("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(output)]
    for run in range(1, _RUNS + 1):
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE_ALWAYS)
        done = subprocess.run([*command, *map(str, paths)], timeout=600, capture_output=True, text=True)
        shutil.rmtree(profile)
        paths = [path for path in paths if not zipfile.is_zipfile(output / path.name)]
        if not paths:
            return
        assert done.returncode and run < _RUNS, f"LibreOffice left {paths[0].name} after {run} runs: {done.stderr[-500:]}"


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
