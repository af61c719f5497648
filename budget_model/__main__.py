"""The command line, `lead-budget` where it is installed and `python -m budget_model` in a checkout.

Exit status: 0 good; 2 bad input, with one line for each problem on standard error. `check` ends with 0 for a plan that is sound
(remarks are listed), 1 where it misses a duty, 2 where it has a fault or its file is refused.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from budget_model.analysis.budget_form import BudgetForm, budget_form
from budget_model.analysis.change_table import ROUNDING, change_table
from budget_model.analysis.compare import HEADLINES
from budget_model.analysis.evidence_lists import evidence_record, lists_of_evidence
from budget_model.analysis.findings import Finding, findings, in_numbers, is_sound, of_kind
from budget_model.analysis.form_record import form_record, in_kind_lines
from budget_model.analysis.lines_by_payer import lines_by_payer, payers
from budget_model.analysis.mended import mended
from budget_model.analysis.motion import crosswalk
from budget_model.analysis.motion_figures import first_full_year
from budget_model.analysis.one_more import EXPLAINED, one_more
from budget_model.analysis.pilot import HEADING, beside_the_published, freedom, whose
from budget_model.analysis.rounding import WHOLE_DOLLARS
from budget_model.analysis.sensitivity import UNCERTAIN, Effect
from budget_model.analysis.summary_record import record
from budget_model.analysis.who_pays import who_pays
from budget_model.budget import BUDGET
from budget_model.engine.names import folded
from budget_model.engine.rows import Kind
from budget_model.errors import BudgetModelError, Problem, ScenarioError
from budget_model.files import is_there, write_whole
from budget_model.folders import APP, EVIDENCE, LIBRARY, TEMPLATES
from budget_model.formats import change, count, counted, dollars, figure
from budget_model.projection import Projection, net_county_cost, project
from budget_model.scenario.confirmation import confirmations, doubts
from budget_model.scenario.file import file_schema, form_of_file, load_scenario
from budget_model.scenario.text import scenario_text
from budget_model.timeline import TOTAL

GOOD, DUTY_MISSED, BAD_INPUT = 0, 1, 2
_STATUSES = (
    "Ends with 0 where the plan is sound (remarks are listed), 1 where a duty is missed, 2 where there is a fault or the file is refused."
)


class Outcome(NamedTuple):
    """What a command prints, and the status that it ends with."""

    text: str
    status: int = GOOD


def command_line() -> None:
    """Run the command that `lead-budget` was given, and end the process with its status."""
    sys.exit(main(program="lead-budget"))


def main(arguments: Sequence[str] | None = None, program: str = "python -m budget_model") -> int:
    """Run one command, the process's own without `arguments`, and return its exit status: 0, 1 for a duty missed, 2 for bad input."""
    given = _parser(program).parse_args(arguments)
    try:
        found: str | Outcome = given.run(given)
    except BudgetModelError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename or 'The temporary folder'}: cannot be written: {error.strerror}", file=sys.stderr)
        return BAD_INPUT
    outcome = found if isinstance(found, Outcome) else Outcome(found)
    if isinstance(sys.stdout, io.TextIOWrapper):  # names of files and items may have signs that the terminal has not
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print(outcome.text, flush=True)
    except BrokenPipeError:  # whoever reads, such as `head`, wants no more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return outcome.status


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program, description="What it costs to expand LEAD, and who pays.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, about: str, more: str = "", *, file: bool = True) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=f"{about} {more}".strip())
        added.set_defaults(run=run)
        if file:
            added.add_argument("file", type=_scenario_file, metavar="FILE", help="a scenario file, or the name of one in the library")
        return added

    command("run", _run, "Open the dashboard in this machine's browsers.", file=False).add_argument(
        "--port", type=int, default=8501, metavar="N", help="where it answers (default: 8501)"
    )
    command("where", _where, "Say which folders and which database are used.", file=False)
    command("check", _check, "List the faults of a plan, the duties that it misses and what to know of it.", _STATUSES)
    command("project", _project, "Print a scenario's headline figures by fiscal year, and what its checks find.").add_argument(
        "--json", type=Path, metavar="OUT", help="also write the summary record as JSON (- for standard output)"
    )
    exported = command("export", _export, "Write a scenario's workbook, recomputed before it is handed out.")
    exported.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.xlsx", help="the workbook to write")
    exported.add_argument(
        "--template", choices=("workbook", "state_grant"), default="workbook", help="state_grant: a state grant's budget attachment"
    )
    exported.add_argument("--base", type=_scenario_file, metavar="BASE", help="the change log says what differs from this scenario file")
    read = command("import", _import, "Read an edited workbook back: list what was changed and write the scenario.", file=False)
    read.add_argument("file", type=Path, metavar="WORKBOOK", help="a workbook that `export` wrote and someone edited")
    read.add_argument("-o", "--output", type=Path, required=True, metavar="SCENARIO.yaml", help="the scenario file to write")
    read.add_argument("--of", type=_scenario_file, metavar="FILE", help="refuse the workbook unless it was made from this scenario file")
    several = command("compare", _compare, "Write one workbook with several scenarios side by side, each with its live model.", file=False)
    several.add_argument("files", type=_scenario_file, nargs="+", metavar="FILE", help="two scenario files or more")
    several.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.xlsx", help="the workbook to write")
    changes = command("changes", _changes, "Print the County's change table of a fiscal year, with a sentence for each change.")
    changes.add_argument("--year", metavar="YEAR", help="such as 'FY 2019-20' (default: the first)")
    one = command("one-more", _one_more, "Print what one site truly costs: the plan with it less the plan without it.", EXPLAINED)
    one.add_argument("site", metavar="SITE", help="a site of the plan, such as 'Antelope Valley'")
    form = command("form", _form, "Print a funder's budget form, rounded as the scenario's rule says.")
    what = form.add_mutually_exclusive_group()
    what.add_argument("--year", metavar="YEAR", help="such as 'FY 2019-20' (default: all months)")
    what.add_argument("--columns", action="store_true", help="each line by what pays it over all months: sources, cash match, in kind, gap")
    form.add_argument("--json", type=Path, metavar="OUT", help="also write the form as JSON (- for standard output)")
    about = "List the numbers of a plan by how much the ends of their ranges move net county cost, with who can confirm each."
    command("evidence", _evidence, about, "Facts, forecasts and prices first, then decisions, then money that is asked.").add_argument(
        "--json", type=Path, metavar="OUT", help="also write the lists as JSON (- for standard output)"
    )
    command("motion", _motion, "Print what answers each clause of the Board's motion, and how far it is confirmed.")
    command("schema", _schema, "Print the JSON Schema of scenario files.", file=False)
    return parser


def _scenario_file(text: str) -> Path:
    """Return the file that is named: as a path, or else by its name in the library, with or without `.yaml`."""
    of_the_library = LIBRARY / f"{text.removesuffix('.yaml')}.yaml"
    return of_the_library if not is_there(Path(text)) and is_there(of_the_library) else Path(text)


def _run(given: argparse.Namespace) -> str:
    from streamlit.web import cli  # its settings are found beside the program, in `.streamlit`

    from budget_model.store.database import Database, configured_url

    Database(configured_url()).engine.dispose()  # where it cannot be opened, that is said here and not to the first visitor
    cli.main(["run", str(APP), f"--server.port={given.port}"], prog_name="streamlit", standalone_mode=False)
    return "The dashboard has ended."


def _where(given: argparse.Namespace) -> str:
    from budget_model.store.address import understood
    from budget_model.store.database import configured_url

    database = understood(configured_url())[0].render_as_string(hide_password=True)
    places = {"Scenarios": LIBRARY, "Evidence": EVIDENCE, "Layouts of workbooks": TEMPLATES, "Versions and drafts": database}
    return "\n".join(f"{label}: {place}" for label, place in places.items())


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
    parts = [_headlines(projection), "", _table(paid), WHOLE_DOLLARS]
    printed = "\n".join([*parts, *_listed(findings(projection)), *_mended(projection, given.file)])
    if given.json is None:
        return printed
    text = json.dumps(record(projection), indent=2)
    if str(given.json) == "-":
        return text
    write_whole(given.json, f"{text}\n".encode())
    return f"{printed}\n{given.json} written."


def _headlines(projection: Projection) -> str:
    """Return the headline figures: one line a figure, one column a fiscal year."""
    lines = [[projection.scenario.name, *projection.years]]
    for label, row in HEADLINES.items():
        unit = BUDGET.rows[row].unit
        lines.append([label, *(figure(float(value), unit) for value in projection.by_year(row))])
    return _table(lines)


def _table(lines: list[list[str]]) -> str:
    """Return lines of texts as columns, the first to the left."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    )


def _changes(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    table = change_table(projection, _year(projection.timeline.years, given.year))
    lines = [[table.year, "Gross appropriation", "Intrafund transfer", "Revenue", "Net county cost", "Positions"]]
    heading = ""
    for line in table.lines:
        if line.heading and line.heading != heading:
            heading = line.heading
            lines.append([heading, "", "", "", "", ""])
        lines.append([f"  {line.number}. {line.name}" if line.number else line.name, *line.cells])
    if table.units:
        lines.append(["By budget unit", "", "", "", "", ""])
        lines += [[f"  {line.name}" if line.subject != "total" else line.name, *line.cells] for line in table.units]
    reasons = [f"{line.number}. {line.text}" for line in table.changes if line.number]
    return "\n".join([_table(lines), "", *reasons, "", *table.notes, ROUNDING])


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
    return "\n".join([_table(lines), "", EXPLAINED, *one.reasons, WHOLE_DOLLARS])


def _form(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    period = _year(projection.years, given.year or TOTAL)
    form = budget_form(projection, year=period)
    printed = _by_columns(projection) if given.columns else _by_sections(projection, form, given.year or "all months")
    if given.json is None:
        return printed
    text = json.dumps(form_record(projection, form, period), indent=2)
    if str(given.json) == "-":
        return text
    write_whole(given.json, f"{text}\n".encode())
    return f"{printed}\n{given.json} written."


def _by_sections(projection: Projection, form: BudgetForm, period: str) -> str:
    lines = [[f"{projection.scenario.name}, {period}, {form.rule}", "Dollars"]]
    for section, amount in form.sections.items():
        lines.append([section, _as_printed(amount, form)])
        lines += [[f"  {line.label}", _as_printed(line.amount, form)] for line in form.lines if line.section == section]
    lines += [["Total", _as_printed(form.total, form)], ["Rounding, above the exact cost", _as_printed(form.difference, form)]]
    return _table(lines)


def _by_columns(projection: Projection) -> str:
    """Return each line of the budget by what pays it, contributions in kind below, and totals that foot."""
    found = lines_by_payer(projection)
    names = payers(found)
    amounts = [(line.name, [*(line.paid[name] for name in names), 0.0, line.cost]) for line in found]
    for name, category, value in in_kind_lines(projection):
        amounts.append((f"{name} ({category})" if category else name, [*(0.0 for _ in names), value, value]))
    total = [sum(column) for column in zip(*(line for _, line in amounts), strict=True)] or [0.0] * (len(names) + 2)
    lines = [[f"{projection.scenario.name}, all months", *names, "In kind", "Total"]]
    return _table([*lines, *([name, *map(dollars, line)] for name, line in [*amounts, ("Project total", total)])])


def _as_printed(amount: Decimal, form: BudgetForm) -> str:
    """Return an amount as the form rounds it; where it does not, to the cent. Nothing has no sign."""
    to = Decimal(1) if form.rounding.to == "dollar" else Decimal("0.01")
    return f"{amount.quantize(to) + 0:,}"


def _year(years: Sequence[str], given: str | None) -> str:
    """Return the fiscal year asked for, or the first."""
    if given is None:
        return years[0]
    named = {folded(year).removeprefix("fy "): year for year in years}
    found = named.get(folded(given).removeprefix("fy "))
    if found is None:
        raise ScenarioError([Problem("--year", "", repr(given), f"expected one of: {', '.join(years)}")])
    return found


def _evidence(given: argparse.Namespace) -> str:
    scenario = load_scenario(given.file)
    lists = lists_of_evidence(scenario)
    text = json.dumps(evidence_record(scenario, lists), indent=2)
    if given.json and str(given.json) == "-":
        return text
    confirmed, numbers = confirmations(scenario)
    parts = [
        f"Net county cost of {scenario.name}: {dollars(net_county_cost(project(scenario)))}; the change of it at each end of a range.",
        f"{confirmed} of {counted(numbers, 'number')} are confirmed by name and day.",
        *doubts(scenario),
    ]
    for name, found in lists.items():
        asked = any(effect.gap_if_refused is not None for effect in found)
        heads = [name, "Owner", "Confidence", "Value", "Used", "At the low end", "At the high end"]
        lines = [[*heads, *["If refused", "Funding gap if refused"] * asked], *(_effect_line(effect, asked=asked) for effect in found)]
        parts += [
            "",
            _table(lines) if found else f"{name}: none.",
            *(f"{effect.evidence}: {effect.refused}" for effect in found if effect.refused),
        ]
    if given.json:
        write_whole(given.json, f"{text}\n".encode())
        parts.append(f"{given.json} written.")
    return "\n".join(parts)


def _effect_line(effect: Effect, *, asked: bool) -> list[str]:
    ends = ["no range" if end is None else change(end, "dollars") for end in (effect.low, effect.high)]
    refusal = (effect.cost_if_refused, effect.gap_if_refused) if asked else ()
    ends += ["not without it" if moved is None else change(moved, "dollars") for moved in refusal]
    name, value = f"{effect.label} ({effect.evidence})", f"{effect.value:,.10g} {effect.unit}"
    kind = f", {effect.kind}" if effect.kind in UNCERTAIN and effect.kind else ""
    return [name + kind, effect.owner or "nobody named", effect.confidence, value, f"{effect.places}x", *ends]


def _motion(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    year = first_full_year(projection)
    lines = [["", "All months, or at their end", "" if year is None else projection.years[year], "Status"]]
    said = []
    for answer in crosswalk(projection):
        lines.append([f"{answer.clause.id}. {answer.clause.asks}", "", "", f"{answer.word}: {answer.confirmation}"])
        lines += [[f"  {figure.label}", figure.words, figure.words_in_full_year, ""] for figure in answer.figures]
        said += [f"{answer.clause.id}: {answer.said}"] * bool(answer.said)
    return "\n".join([_table(lines), *said, *_pilot(projection)])


def _kept(name: str) -> Projection | None:
    file = LIBRARY / f"{name}.yaml"
    return project(load_scenario(file)) if is_there(file) else None


def _pilot(projection: Projection) -> list[str]:
    """Return the published figures of the pilot beside those of the plan, or of the library's where it does not cover the pilot."""
    found = beside_the_published(projection, _kept)
    if found is None:
        return []
    pilot, figures = found
    lines = [[f"\n{HEADING}", "", "Published", "Model", "Difference"]]
    for one in figures:
        form = "{:,.3f}" if one.unit == "share" else "{:,.1f}"
        lines.append([f"{one.label} ({one.unit})", one.how, *(form.format(value) for value in (one.published, one.model, one.difference))])
    return [_table(lines), f"{whose(pilot)} {freedom(pilot, figures).sentence}"]


def _export(given: argparse.Namespace) -> str:
    from budget_model.workbook.writing.export import export_workbook

    base = load_scenario(given.base) if given.base else None
    proof = export_workbook(project(load_scenario(given.file)), given.output, given.template, base)
    return f"{given.output} written. {proof}"


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
        told += [_table(lines), f"All together, net county cost over all months: {together}."]
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


def _schema(given: argparse.Namespace) -> str:
    return json.dumps(file_schema(), indent=2)


if __name__ == "__main__":
    sys.exit(main())
