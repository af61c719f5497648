"""Commands that say what a plan comes to: its checks, its figures, its changes, one site more."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from budget_model.analysis.change_lines import CHANGE_COLUMNS, ROUNDING, ChangeLine
from budget_model.analysis.change_table import change_table
from budget_model.analysis.compare import HEADLINES
from budget_model.analysis.findings import Finding, findings, in_numbers, is_sound, of_kind
from budget_model.analysis.mended import mended
from budget_model.analysis.one_more import EXPLAINED, one_more
from budget_model.analysis.rounding import WHOLE_DOLLARS
from budget_model.analysis.summary_record import record
from budget_model.analysis.who_pays import who_pays
from budget_model.budget import BUDGET
from budget_model.commands.shared import BAD_INPUT, DUTY_MISSED, GOOD, Add, Outcome, fiscal_year, printed_and_written
from budget_model.engine.names import folded
from budget_model.engine.rows import Kind
from budget_model.errors import Problem, ScenarioError
from budget_model.formats import count, counted, dollars, figure, in_columns
from budget_model.projection import Projection, project
from budget_model.scenario.file import form_of_file, load_scenario

_STATUSES = (
    "Ends with 0 where the plan is sound (remarks are listed), 1 where a duty is missed, 2 where there is a fault or the file is refused."
)


def add_to(command: Add) -> None:
    """Add `check`, `project`, `changes` and `one-more`."""
    command("check", _check, "List the faults of a plan, the duties that it misses and what to know of it.", _STATUSES)
    command("project", _project, "Print a scenario's headline figures by fiscal year, and what its checks find.").add_argument(
        "--json", type=Path, metavar="OUT", help="also write the summary record as JSON (- for standard output)"
    )
    changes = command("changes", _changes, "Print the County's change table of a fiscal year, with a sentence for each change.")
    changes.add_argument("--year", metavar="YEAR", help="such as 'FY 2019-20' (default: the first)")
    one = command("one-more", _one_more, "Print what one site truly costs: the plan with it less the plan without it.", EXPLAINED)
    one.add_argument("site", metavar="SITE", help="a site of the plan, such as 'Antelope Valley'")


def _check(given: argparse.Namespace) -> Outcome:
    scenario = load_scenario(given.file)
    projection = project(scenario)
    found = findings(projection)
    size = f"{counted(len(scenario.sites), 'site')}, {counted(scenario.months, 'month')}"
    head = f"{scenario.name} is sound: {size}." if is_sound(found) else f"{scenario.name} is not sound: {in_numbers(found)}. It has {size}."
    status = GOOD if is_sound(found) else BAD_INPUT if of_kind(found, Kind.FAULT) else DUTY_MISSED
    return Outcome("\n".join([f"{given.file}: {head}", *_listed(found), *_mended(projection, given.file)]), status)


def _listed(found: Sequence[Finding]) -> list[str]:
    """Return a line for each finding, by kind: its amount, its item, what it means, since when."""
    heads = {Kind.FAULT: "Faults", Kind.DUTY: "Duties missed", Kind.REMARK: "Remarks"}
    lines = []
    for kind, head in heads.items():
        of_it = of_kind(found, kind)
        width = max((len(finding.amount_in_words) for finding in of_it), default=0)
        lines += ["", head] * bool(of_it) + [f"  {finding.amount_in_words:>{width}}  {finding.words}" for finding in of_it]
    return lines


def _mended(projection: Projection, file: Path) -> list[str]:
    """Return what version 0.4.0 said otherwise of the plan of an earlier form's file."""
    said = mended(projection, form_of_file(file))
    return ["", "Mended since version 0.4.0", *(f"  {sentence}" for sentence in said)] if said else []


def _project(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    paid = [["Who pays", *projection.years], *([line.label, *map(dollars, line.amounts)] for line in who_pays(projection))]
    parts = [_headlines(projection), "", in_columns(paid), WHOLE_DOLLARS]
    printed = "\n".join([*parts, *_listed(findings(projection)), *_mended(projection, given.file)])
    return printed_and_written(printed, record(projection), given.json)


def _headlines(projection: Projection) -> str:
    """Return the headline figures: one line a figure, one column a fiscal year."""
    lines = [[projection.scenario.name, *projection.years]]
    for label, row in HEADLINES.items():
        unit = BUDGET.rows[row].unit
        lines.append([label, *(figure(float(value), unit) for value in projection.by_year(row))])
    average = projection.average_by_year("all_budgeted_full_time_equivalents")
    lines.append(["Full-time equivalents, average of the year", *(count(float(value), 2) for value in average)])
    return in_columns(lines)


def _changes(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    table = change_table(projection, fiscal_year(projection.timeline.years, given.year))
    parts = [_change_lines(table.year, table.lines), "\n".join([*table.notes, ROUNDING])]
    if table.units:
        together = [[line.name, *line.cells] for line in table.units]
        parts.append(in_columns([["The same changes by budget unit", *CHANGE_COLUMNS], *together]))
        parts += [_change_lines(f"{unit.name}, {table.year}", unit.lines) for unit in table.by_unit]
    return "\n\n".join(parts)


def _change_lines(title: str, lines: Sequence[ChangeLine]) -> str:
    """Return a change table as text: its columns, and the sentence of each change below."""
    shown, heading = [[title, *CHANGE_COLUMNS]], ""
    for line in lines:
        if line.heading and line.heading != heading:
            heading = line.heading
            shown.append([heading, *[""] * len(CHANGE_COLUMNS)])
        shown.append([f"  {line.label}" if line.number else line.name, *line.cells])
    reasons = [f"{line.number}. {line.text}" for line in lines if line.number]
    return "\n".join([in_columns(shown), *reasons])


def _one_more(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    names = {folded(site.name): site.name for site in projection.scenario.sites}
    site = names.get(folded(given.site))
    if site is None:
        raise ScenarioError([Problem("SITE", "", repr(given.site), f"expected one of: {', '.join(names.values())}")])
    one = one_more(projection, site)
    lines = [
        [site, *projection.years],
        *([label, *(dollars(float(amount)) for amount in amounts)] for label, amounts in one.lines.items()),
        ["Positions", *(count(float(number)) for number in one.budgeted_positions)],
    ]
    return "\n".join([in_columns(lines), "", EXPLAINED, *one.reasons, WHOLE_DOLLARS])
