"""The command line, `lead-budget` where it is installed and `python -m budget_model` in a checkout.

Exit status: 0 good; 2 bad input, with one line for each problem on standard error. `check` ends with 0 for a plan that is sound
(remarks are listed), 1 where it misses a duty, 2 where it has a fault or its file is refused.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from budget_model.commands import evidence, form, machine, plan, simulation, workbook
from budget_model.commands.shared import BAD_INPUT, Outcome, refuse_to_write_over_what_is_read, scenario_file
from budget_model.errors import BudgetModelError


def command_line() -> None:
    """Run the command that `lead-budget` was given, and end the process with its status."""
    sys.exit(main(program="lead-budget"))


def main(arguments: Sequence[str] | None = None, program: str = "python -m budget_model") -> int:
    """Run one command, the process's own without `arguments`, and return its exit status: 0, 1 for a duty missed, 2 for bad input."""
    given = _parser(program).parse_args(arguments)
    try:
        refuse_to_write_over_what_is_read(given)
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

    def command(
        name: str, run: Callable[[argparse.Namespace], str | Outcome], about: str, more: str = "", *, file: bool = True
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=f"{about} {more}".strip())
        added.set_defaults(run=run)
        if file:
            added.add_argument("file", type=scenario_file, metavar="FILE", help="a scenario file, or the name of one in the library")
        return added

    for kind in (machine, plan, workbook, form, evidence, simulation):
        kind.add_to(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
