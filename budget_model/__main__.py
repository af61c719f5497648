"""The command line: `python -m budget_model check|project|export|schema`.

Exit status: 0 good, 2 bad input, with one line for each problem on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from budget_model.budget import BUDGET
from budget_model.compare import HEADLINES
from budget_model.errors import BudgetModelError
from budget_model.formats import figure
from budget_model.projection import Projection, project
from budget_model.scenario import Scenario
from budget_model.scenario_file import load_scenario

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = _parser().parse_args(arguments)
    try:
        text: str = given.run(given)
    except BudgetModelError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename}: cannot be written: {error.strerror}", file=sys.stderr)
        return BAD_INPUT
    print(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m budget_model", description="What it costs to expand LEAD, and who pays.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, about: str, *, file: bool = True) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        if file:
            added.add_argument("file", type=Path, metavar="FILE", help="a scenario file (YAML)")
        return added

    command("check", _check, "Say whether a scenario file is sound; list every problem if not.")
    command("project", _project, "Print a scenario's headline figures by fiscal year.").add_argument(
        "--json", type=Path, metavar="OUT", help="also write the summary record as JSON (- for standard output)"
    )
    command("export", _export, "Write a scenario's workbook.").add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT.xlsx", help="the workbook to write"
    )
    command("schema", _schema, "Print the JSON Schema of scenario files.", file=False)
    return parser


def _check(given: argparse.Namespace) -> str:
    scenario = load_scenario(given.file)
    failed = [check for check in project(scenario).checks if not check.passed]
    notes = [f"\nCheck fails: {check.rule} (largest difference {figure(check.difference, 'dollars')})" for check in failed]
    return f"{given.file}: {scenario.name} is sound: {len(scenario.sites)} sites, {scenario.months} months.{''.join(notes)}"


def _project(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    if given.json is None:
        return _headlines(projection)
    text = json.dumps(projection.record(), indent=2)
    if str(given.json) == "-":
        return text
    given.json.write_text(text + "\n", encoding="utf-8")
    return f"{_headlines(projection)}\n{given.json} written."


def _headlines(projection: Projection) -> str:
    """Return the headline figures as a table: one line a figure, one column a fiscal year."""
    lines = [[projection.scenario.name, *projection.years]]
    for label, row in HEADLINES.items():
        unit = BUDGET.rows[row].unit
        lines.append([label, *(figure(float(value), unit) for value in projection.by_year(row))])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    )


def _export(given: argparse.Namespace) -> str:
    from budget_model.workbook.writer import export_workbook

    export_workbook(project(load_scenario(given.file)), given.output)
    return f"{given.output} written."


def _schema(given: argparse.Namespace) -> str:
    return json.dumps(Scenario.model_json_schema(), indent=2)


if __name__ == "__main__":
    sys.exit(main())
