"""One full recalculation, beside other engines of the same lines, in one run: eight new areas beside the pilot's two over sixty months.

usage: .venv/bin/python -m benchmarks.peers     (LibreOffice and `pip install modelx` where they are to be compared)

The exported workbook, every cell of it, is recalculated by IronCalc and by LibreOffice; every row of the model by `project`. The lines of
participants and staffing are calculated by the engine alone and as cells of modelx, item by item and month by month, after comparing
what both come to. Seconds are of processor time; only their ratios hold for another machine.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ironcalc
import numpy as np
import psutil

from benchmarks.clock import seconds
from budget_model import load_scenario, project
from budget_model.budget import BUDGET
from budget_model.engine.arrays import Array, Inputs
from budget_model.engine.model import Model
from budget_model.engine.numbers import evaluate
from budget_model.engine.rows import MONTH, YEAR, Carry, Input, Line, Row, Total
from budget_model.engine.trace import traced
from budget_model.engine.vocabulary import CONSTANTS, Symbol
from budget_model.inputs import keys_of_items, read_inputs
from budget_model.scenario.axes import Axis
from budget_model.scenario.schema import Scenario
from budget_model.workbook.writing.export import workbook_of

ROOT = Path(__file__).parents[1]
FILE = ROOT / "scenarios" / "expansion_2018_eight_areas.yaml"
AREAS = ("participants", "staffing")
TIMES = 4
_SAID = {"=": "==", "<>": "!=", "minimum": "min", "maximum": "max", "absolute": "abs"}


def main() -> None:
    """Print each recalculation, and how many times as long as ours it takes."""
    scenario = load_scenario(FILE)
    ours = seconds(lambda: _every_row(scenario))
    print(f"every row by project: {ours:.3f} s")
    written = workbook_of(scenario)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(written.content)
        model = ironcalc.load_from_xlsx(str(path))
        _told(f"{len(written.cells):,} cells by IronCalc", seconds(model.evaluate), ours)
        if shutil.which("soffice"):
            _told("the same by LibreOffice", _by_libreoffice(path), ours)
    inputs = read_inputs(scenario)
    known = evaluate(BUDGET, inputs).values
    model_alone, given = _alone(inputs, known)
    rows = [row for row in model_alone.rows.values() if not isinstance(row, Input)]
    cells = sum(known[row.name].size for row in rows)
    alone = seconds(lambda: _evaluated(model_alone, given, rows))
    print(f"{len(rows)} lines of participants and staffing, {cells:,} cells: {alone:.3f} s")
    if importlib.util.find_spec("modelx"):
        _told("the same as cells of modelx", _by_modelx(model_alone, given, rows, known), alone)


def _told(what: str, spent: float, ours: float) -> None:
    print(f"{what}: {spent:.3f} s, {spent / ours:.1f} times as long")


def _every_row(scenario: Scenario) -> None:
    values = project(scenario).evaluation.values
    for name in BUDGET.rows:
        values[name]


def _evaluated(model: Model, inputs: Inputs, rows: list[Row]) -> None:
    values = evaluate(model, inputs).values
    for row in rows:
        values[row.name]


def _by_libreoffice(path: Path) -> float:
    """Return the processor time of a recalculation by LibreOffice: many of them less few of them."""
    sys.path.insert(0, str(ROOT / "tests"))
    from office import Office

    office = Office()

    def spent(times: int) -> float:
        office.save([(path, path.with_name("saved.xlsx"), {})], [("recalculate",)] * times)
        return sum(sum(one.cpu_times()[:2]) for one in psutil.Process().children(recursive=True))

    try:
        marks = [spent(1), spent(1), spent(TIMES + 1)]
    finally:
        office.stop()
    return (marks[2] - marks[1] - (marks[1] - marks[0])) / TIMES


def _alone(inputs: Inputs, known: Mapping[str, Array]) -> tuple[Model, Inputs]:
    """Return the lines of the areas as a model of their own, with all else that they read as given."""
    own = {
        row.name: row
        for row in BUDGET.rows.values()
        if row.area in AREAS and isinstance(row, (Line, Carry, Total)) and YEAR not in row.over and _is_plain(row)
    }
    read = dict.fromkeys(name for row in own.values() for name in row.reads if name not in own)
    outside = {name: Input(name, BUDGET.rows[name].unit, BUDGET.rows[name].over, "given", "Given.") for name in read}
    model = Model([*outside.values(), *own.values()], tuple(Axis), keys_of_items())
    return model, Inputs(inputs.calendar, inputs.members, {name: known[name] for name in outside})


def _is_plain(row: Row) -> bool:
    """Whether a row has at most one axis of items, and a total sums a line of the areas over one."""
    of = BUDGET.rows[row.of] if isinstance(row, (Total, Carry)) else row
    items = [axis for axis in of.over if axis != MONTH]
    return (
        len(items) <= 1
        and len([axis for axis in row.over if axis != MONTH]) <= 1
        and (of is row or of.area in AREAS)
        and (
            not isinstance(of, Input)
            and YEAR not in of.over
            and isinstance(of, (Line, Carry, Total))
            and (of.over[-1:] == row.over[-1:] or not row.over)
        )
    )


def _by_modelx(model: Model, inputs: Inputs, rows: list[Row], known: Mapping[str, Array]) -> float:
    """Return the processor time in which cells of modelx come to the same figures, from their first to their last."""
    import math

    import modelx

    run = evaluate(model, inputs).values.run
    space = modelx.new_model().new_space("Lines")
    space.ceil = math.ceil
    for name, values in inputs.values.items():
        setattr(space, f"given_{name}", values[0].tolist())
    for row in rows:
        over = [axis for axis in row.over if axis != MONTH]
        parameters = ", ".join(["item"] * bool(over) + ["month"] * (MONTH in row.over))
        if isinstance(row, Total):
            of = model.rows[row.of]
            summed = model.matched[row.name].summed
            count = run.sizes[next(axis for axis in of.over if axis != MONTH)]
            pairs = np.ones((count, 1)) if summed is None else run.pairs(row, summed, tuple(over)).reshape(count, -1)
            setattr(space, f"summed_{row.name}", [np.flatnonzero(chosen).tolist() for chosen in pairs.T])
            which = "item" if over else "0"
            text = f"sum([{row.of}(one{', month' * (MONTH in of.over)}) for one in summed_{row.name}[{which}]])"
        elif isinstance(row, Carry):
            start = _said(Symbol("name", (row.start,)), model) if isinstance(row.start, str) else f"{row.start}"
            text = f"{row.of}({parameters} - 1) if month > 0 else {start}"
        else:
            text = _said(traced(row), model)  # type: ignore[arg-type]
        space.new_cells(row.name, formula=f"lambda {parameters}: {text}" if parameters else f"lambda: {text}")

    def calculate() -> None:
        for row in rows:
            space.cells[row.name].clear()
        for month in range(inputs.calendar.months):
            for row in rows:
                _calculate(space.cells[row.name], row, run.sizes, month)

    spent = seconds(calculate)
    for row in rows:
        cells, values = space.cells[row.name], known[row.name][0]
        found = [cells(*map(int, index)) for index in np.ndindex(values.shape)]
        np.testing.assert_allclose(found, values.ravel(), rtol=1e-9, atol=1e-9, err_msg=row.name)
    return spent


def _calculate(cells: Any, row: Row, sizes: Mapping[str, int], month: int) -> None:
    when = (month,) if MONTH in row.over else ()
    over = [axis for axis in row.over if axis != MONTH]
    for item in range(sizes[over[0]]) if over else [None]:
        cells(*(() if item is None else (item,)), *when)


def _said(symbol: Symbol, model: Model) -> str:
    """Return an expression as Python calls of cells."""
    operation, arguments = symbol.operation, symbol.arguments
    if operation == "name":
        row = model.rows[arguments[0]]
        at = ["item"] * bool([axis for axis in row.over if axis != MONTH]) + ["month"] * (MONTH in row.over)
        return f"given_{row.name}{''.join(f'[{one}]' for one in at)}" if isinstance(row, Input) else f"{row.name}({', '.join(at)})"
    if operation in ("constant", "number"):
        return repr(CONSTANTS[arguments[0]] if operation == "constant" else arguments[0])
    parts = [_said(argument, model) for argument in arguments]
    if operation == "if":
        return f"({parts[1]} if {parts[0]} else {parts[2]})"
    if operation == "round up":
        return f"ceil({parts[0]})"
    if operation in ("minimum", "maximum", "absolute", "round"):
        return f"{_SAID.get(operation, operation)}({', '.join(parts)})"
    return f"(-{parts[0]})" if len(parts) == 1 else f"({f' {_SAID.get(operation, operation)} '.join(parts)})"


if __name__ == "__main__":
    main()
