"""Commands that write workbooks and flat data, and read workbooks back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from budget_model.analysis.funder_forms.template import form_names
from budget_model.commands.shared import Add, scenario_file
from budget_model.files import write_whole
from budget_model.formats import change, counted, dollars, in_columns
from budget_model.projection import project
from budget_model.scenario.file import load_scenario
from budget_model.scenario.text import scenario_text


def add_to(command: Add) -> None:
    """Add `export`, `data`, `import` and `compare`."""
    exported = command("export", _export, "Write a scenario's workbook, recomputed before it is handed out.")
    exported.add_argument("-o", "--output", type=Path, metavar="OUT.xlsx", help="the workbook to write (default: named as the scenario)")
    exported.add_argument(
        "--pdf", action="store_true", help="also write what a reader needs on paper, beside the workbook; LibreOffice prints it"
    )
    exported.add_argument(
        "--template", metavar="T", default="workbook", help=f"workbook, or a form that can be handed in: {', '.join(form_names())}"
    )
    exported.add_argument("--source", metavar="NAME", default="", help="with a form: the source that it is for")
    exported.add_argument("--range", action="store_true", help="with a sheet Range: 8,192 draws of the uncertain numbers, seed 1")
    exported.add_argument(
        "--base", type=scenario_file, metavar="BASE", help="the sheet What changed says what differs from this scenario file"
    )
    about = "Write cost and money as flat rows for pivots (CSV): by month and line, and by month and payer."
    command("data", _data, about).add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT.csv", help="the file to write (- for standard output)"
    )
    read = command("import", _import, "Read an edited workbook back: list what was changed and write the scenario.", file=False)
    read.add_argument("file", type=Path, metavar="WORKBOOK", help="a workbook that `export` wrote and someone edited")
    read.add_argument("-o", "--output", type=Path, required=True, metavar="SCENARIO.yaml", help="the scenario file to write")
    read.add_argument("--of", type=scenario_file, metavar="FILE", help="refuse the workbook unless it was made from this scenario file")
    several = command("compare", _compare, "Write one workbook with several scenarios side by side, each with its live model.", file=False)
    several.add_argument("files", type=scenario_file, nargs="+", metavar="FILE", help="two scenario files or more")
    several.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.xlsx", help="the workbook to write")


def _export(given: argparse.Namespace) -> str:
    from budget_model.workbook.writing.export import file_name, hand_out, workbook_of
    from budget_model.workbook.writing.pdf import pdf_of
    from budget_model.workbook.writing.recompute import recomputed

    scenario, base = load_scenario(given.file), load_scenario(given.base) if given.base else None
    simulated = None
    if given.range:
        from budget_model.simulation.simulate import simulate

        simulated = simulate(scenario)
    output = given.output or Path(file_name(scenario.name, given.template, with_range=given.range))
    written = workbook_of(scenario, given.template, base, simulation=simulated, source=given.source)
    proof = recomputed(written)
    hand_out(written.content, output)
    told = f"{output} written. {proof}"
    if given.pdf:
        paper = output.with_suffix(".pdf")
        hand_out(pdf_of(written), paper)
        told += f" {paper} written: the workbook's pages 1 to {written.pages}."
    return told


def _data(given: argparse.Namespace) -> str:
    from budget_model.analysis.flat_data import flat_data
    from budget_model.analysis.tidy import csv_text

    table = flat_data(project(load_scenario(given.file)))
    text = csv_text(table)
    if str(given.output) == "-":
        return text.rstrip("\n")
    write_whole(given.output, text.encode())
    return f"{given.output} written: {counted(len(table), 'row')}."


def _import(given: argparse.Namespace) -> str:
    from budget_model.workbook.reading.reader import import_workbook, read_file

    def report(step: str) -> None:
        if sys.stderr.isatty():
            print(f"{step} ...", file=sys.stderr)

    imported = import_workbook(read_file(given.file), str(given.file), [load_scenario(given.of)] if given.of else (), report)
    write_whole(given.output, scenario_text(imported.scenario, imported.provenance(given.file.name)).encode())
    if not imported.changes:
        return "\n".join([*imported.remarks, f"{given.output} written. Nothing was changed in the workbook."])
    told = [*imported.remarks, f"{imported.counted}."]
    if imported.of_figures:
        lines = [["Assumption", "Old", "New", "Net county cost"]]
        for found in imported.of_figures:
            effect = "only with the others" if found.effect is None else change(found.effect, "dollars")
            lines.append([f"{found.address}  {found.about}", found.before, found.after, effect])
        together = f"{dollars(imported.before)} to {dollars(imported.after)}: {change(imported.effect, 'dollars')}"
        told += [in_columns(lines), f"All together, net county cost over all months: {together}."]
    told += [f"{found.address}  {found.about}: {_moved(found.before, found.after)}" for found in imported.of_evidence]
    told += [f"{found.about}: {', '.join(filter(None, (found.who, found.why)))}" for found in imported.changes if found.who or found.why]
    return "\n".join([*told, f"{given.output} written."])


def _moved(before: str, after: str) -> str:
    """Return in words what was written in place of what."""
    return f"set to '{after}'{f', was {before!r}' if before else ''}" if after else f"emptied, was '{before}'"


def _compare(given: argparse.Namespace) -> str:
    from budget_model.workbook.writing.comparison import export_comparison

    proof = export_comparison([load_scenario(file) for file in given.files], given.output)
    return f"{given.output} written. {proof}"
