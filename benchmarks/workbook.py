"""What a workbook takes: eight new areas over sixty months, against the same cells written by openpyxl and by plain XlsxWriter.

usage: .venv/bin/python -m benchmarks.workbook     (Linux)

Each way runs in a process of its own, all in this one run. Prints seconds and peak memory, the ratio to plain XlsxWriter
(which is given every text, number, formula, value and format ready made), and what the proof by IronCalc and reading back take.
"""

from __future__ import annotations

import io
import multiprocessing
import re
import time
from collections.abc import Callable
from pathlib import Path

FILE = Path(__file__).parents[1] / "scenarios" / "expansion_2018_eight_areas.yaml"
RUNS = 3
Cell = tuple[int, int, str, object]  # row, column, formula or "", value


def _modeler() -> bytes:
    from budget_model import load_scenario
    from budget_model.workbook.writing.export import workbook_of

    return workbook_of(load_scenario(FILE)).content


def _cells(content: bytes) -> dict[str, list[Cell]]:
    """Return every cell of a workbook, ready to be written again."""
    import openpyxl

    formulas, values = (openpyxl.load_workbook(io.BytesIO(content), data_only=known) for known in (False, True))
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value if cell.data_type == "f" else "", values[sheet.title][cell.coordinate].value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in formulas
    }


def _measured(way: str, cells: dict[str, list[Cell]], sender: object) -> None:
    """Send the least seconds of some runs and the peak memory in MiB of one way of writing."""
    ways: dict[str, Callable[[], object]] = {}
    if way in ("plain XlsxWriter", "openpyxl"):
        ways = {"plain XlsxWriter": lambda: _plain(cells), "openpyxl": lambda: _openpyxl(cells)}
    else:
        from budget_model import load_scenario
        from budget_model.workbook.reading.reader import import_workbook
        from budget_model.workbook.writing.export import workbook_of
        from budget_model.workbook.writing.recompute import recomputed

        scenario = load_scenario(FILE)
        written = workbook_of(scenario)
        ways["modeler, projection and checks included"] = lambda: workbook_of(scenario)
        ways["proof by IronCalc"] = lambda: recomputed(written)
        ways["reading back"] = lambda: import_workbook(written.content, "workbook.xlsx")
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        ways[way]()
        seconds.append(time.perf_counter() - start)
    sender.send((min(seconds), _peak()))  # type: ignore[attr-defined]


def _peak() -> float:
    """Return this process's peak memory in MiB. `getrusage` would count what the process that started it took."""
    return int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024


def _plain(cells: dict[str, list[Cell]]) -> None:
    from xlsxwriter import Workbook

    with Workbook(io.BytesIO(), {"strings_to_formulas": False, "default_date_format": "mmm yyyy"}) as book:
        form = book.add_format({"font_name": "Calibri", "num_format": "#,##0"})
        for name, listed in cells.items():
            sheet = book.add_worksheet(name)
            for row, column, formula, value in listed:
                if formula:
                    sheet.write_formula(row, column, formula, form, value)
                else:
                    sheet.write(row, column, value, form)


def _openpyxl(cells: dict[str, list[Cell]]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, listed in cells.items():
        sheet = book.create_sheet(name)
        for row, column, formula, value in listed:
            cell = sheet.cell(row + 1, column + 1, formula or value)
            cell.number_format = "#,##0"
    book.save(io.BytesIO())


def main() -> None:
    """Measure and print."""
    content = _modeler()
    cells = _cells(content)
    context = multiprocessing.get_context("spawn")
    found: dict[str, tuple[float, float]] = {}
    for way in ("plain XlsxWriter", "openpyxl", "modeler, projection and checks included", "proof by IronCalc", "reading back"):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_measured, args=(way, cells if way in ("plain XlsxWriter", "openpyxl") else {}, sender))
        process.start()
        found[way] = receiver.recv()
        process.join()
    plain = found["plain XlsxWriter"][0]
    print(f"eight new areas, 60 months: {len(content) / 1e6:.1f} MB")
    for way, (seconds, peak) in found.items():
        print(f"{way:42} {seconds:6.2f} s  {seconds / plain:5.2f} x plain XlsxWriter  {peak:5.0f} MiB at most")


if __name__ == "__main__":
    main()
