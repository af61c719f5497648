"""The command that prints a funder's form."""

from __future__ import annotations

import argparse
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from budget_model.analysis.budget_form import BudgetForm, budget_form
from budget_model.analysis.form_record import form_record, in_kind_lines
from budget_model.analysis.funder_forms.filled_form import filled_form
from budget_model.analysis.funder_forms.record import funder_form_record
from budget_model.analysis.funder_forms.template import form_names, load_form
from budget_model.analysis.grant_years import names_of_grant_years
from budget_model.analysis.lines_by_payer import lines_by_payer, payers
from budget_model.analysis.rounding import closed, in_words, rounded
from budget_model.commands.funder_form import form_text
from budget_model.commands.shared import Add, fiscal_year, printed_and_written
from budget_model.errors import Problem, ScenarioError
from budget_model.formats import NIL, in_columns
from budget_model.projection import Projection, project
from budget_model.scenario.choices import FormRoundedTo
from budget_model.scenario.file import load_scenario
from budget_model.scenario.schema import Rounding
from budget_model.timeline import TOTAL


def add_to(command: Add) -> None:
    """Add `form`."""
    form = command("form", _form, "Print a funder's budget form, rounded as the scenario's rule says.")
    what = form.add_mutually_exclusive_group()
    what.add_argument("--year", metavar="YEAR", help="'FY 2019-20', or a source's grant year, '2018-10 to 2019-09' (default: all months)")
    what.add_argument("--columns", action="store_true", help="each line by what pays it over all months: sources, cash match, in kind, gap")
    what.add_argument("--template", metavar="T", help=f"a form that can be handed in: {', '.join(form_names())}")
    form.add_argument("--source", metavar="NAME", default="", help="with --template: the source that the form is for")
    form.add_argument("--json", type=Path, metavar="OUT", help="also write the form as JSON (- for standard output)")


def _form(given: argparse.Namespace) -> str:
    projection = project(load_scenario(given.file))
    if given.template is not None:
        filled = filled_form(projection, load_form(given.template), given.source)
        return printed_and_written(form_text(filled), funder_form_record(filled), given.json)
    if given.source:
        raise ScenarioError([Problem("--source", "", repr(given.source), "a source is chosen for a form: --template")])
    period = fiscal_year([*projection.years, *names_of_grant_years(projection)], TOTAL if given.year is None else given.year)
    form = budget_form(projection, year=period)
    printed = _by_columns(projection) if given.columns else _by_sections(projection, form, "all months" if given.year is None else period)
    return printed_and_written(printed, form_record(projection, form, period), given.json)


def _by_sections(projection: Projection, form: BudgetForm, period: str) -> str:
    lines = [[f"{projection.scenario.name}, {period}, {form.rule}", "Dollars"]]
    for section, amount in form.sections.items():
        lines.append([section, _as_printed(amount, form)])
        lines += [[f"  {line.label}", _as_line(line.amount, form)] for line in form.lines if line.section == section]
    if form.sections_above_total:
        lines.append(["Sections, each rounded by itself, above the total", _to_the_cent(form.sections_above_total)])
    lines += [["Total", _as_printed(form.total, form)], ["Rounding, above the exact cost", _to_the_cent(form.difference)]]
    return in_columns(lines)


def _by_columns(projection: Projection) -> str:
    """Return each line of the budget by what pays it, contributions in kind below, and totals that foot in both directions.

    Each line is rounded as the scenario rounds each line of a form, else to the cent, and what pays it adds up to it; totals are of the
    rounded amounts.
    """
    found = lines_by_payer(projection)
    names = payers(found)
    exact = [(line.name, [*(line.paid[name] for name in names), 0.0]) for line in found]
    for name, category, value in in_kind_lines(projection):
        exact.append((f"{name} ({category})" if category else name, [*(0.0 for _ in names), value]))
    rule = projection.scenario.rounding
    rule = rule if rule.applies_to == "each line" and rule.to is not FormRoundedTo.NONE else Rounding(to=FormRoundedTo.CENT)
    amounts = [(name, closed(line, rule)) for name, line in exact]
    total = [sum(column, Decimal(0)) for column in zip(*(line for _, line in amounts), strict=True)] or [Decimal(0)] * (len(names) + 1)
    lines = [[f"{projection.scenario.name}, all months, {in_words(rule)}", *names, "In kind", "Total"]]
    for name, line in [*amounts, ("Project total", total)]:
        lines.append([name, *map(_in_dollars, [*line, sum(line, Decimal(0))])])
    above = sum(total, Decimal(0)) - rounded(sum(sum(line) for _, line in exact), Rounding())
    return in_columns([*lines, ["Rounding, above the exact amounts", *([""] * (len(names) + 1)), _to_the_cent(above)]])


def _in_dollars(amount: Decimal) -> str:
    """Return an amount with all its digits; one below zero in brackets, none as a dash."""
    return (f"(${-amount:,})" if amount < 0 else f"${amount:,}") if amount else NIL


def _as_line(amount: Decimal, form: BudgetForm) -> str:
    """Return the amount of a line: rounded as the form says, or to the cent where only totals are rounded."""
    return _as_printed(amount, form) if form.rounding.applies_to == "each line" else _to_the_cent(amount)


def _as_printed(amount: Decimal, form: BudgetForm) -> str:
    """Return an amount as the form rounds it; where it does not, to the cent. Nothing has no sign."""
    in_dollars = form.rounding.to not in (FormRoundedTo.NONE, FormRoundedTo.CENT)
    return f"{amount.quantize(Decimal(1)) + 0:,}" if in_dollars else _to_the_cent(amount)


def _to_the_cent(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP) + 0:,}"
