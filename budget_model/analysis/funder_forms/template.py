"""How a funder's form is declared: a file of `templates/forms/`, whose rows and columns say what each cell adds up.

A cell takes what its row says (object classes, categories of cost), paid by the payers and in the period of its row, its
column or its table. Amounts are printed in whole dollars: each cell rounded by itself, and what those of a column (or, where a
table closes across, of a row) lack to the rounded total is taken a dollar each (`analysis/rounding.py`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from budget_model.analysis.funder_forms.payers import Payer
from budget_model.errors import Problem, ScenarioError
from budget_model.files import Stamp, stamp
from budget_model.folders import FORMS
from budget_model.scenario.choices import CostCategory, ObjectClass
from budget_model.scenario.yaml_text import Problems, parsed, read_text

STATE_GRANT, SF_424A, BUDGET_DETAIL = "state_grant", "sf424a", "budget_detail"
MONTHS_IN_A_YEAR, MONTHS_IN_A_QUARTER = 12, 3
WHOLE_PERIOD = "whole period"
_PERIOD = re.compile(r"(year|quarter) (\d+)")
_FORM = re.compile(r"[a-z][a-z0-9_]*")


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Period(_Declared):
    period: str = ""

    @field_validator("period", "beside", check_fields=False)
    @classmethod
    def _known(cls, given: str) -> str:
        if given not in ("", WHOLE_PERIOD) and not _PERIOD.fullmatch(given):
            raise ValueError(f"expected {WHOLE_PERIOD}, year 1, year 2 ..., or quarter 1, quarter 2 ...")
        return given


class FormRow(_Period):
    """A row of a form. It takes what is of its classes or categories; with `rest` what no other row of the table takes.

    With `lines` each line of the budget that it takes stands below it. `total` adds up the rows above.
    A row without classes, categories or `rest` takes everything.
    """

    label: str
    classes: tuple[ObjectClass, ...] = ()
    categories: tuple[CostCategory, ...] = ()
    rest: bool = False
    payers: tuple[Payer, ...] = ()
    lines: bool = False
    total: bool = False

    @property
    def picks(self) -> bool:
        """Whether it takes some items and not all."""
        return bool(self.classes or self.categories or self.rest)


class FormColumn(_Period):
    """A column: amounts of some payers or of a period, the total of the columns before it, a text, or nothing to fill in."""

    heading: str
    payers: tuple[Payer, ...] = ()
    total: bool = False
    text: Literal["", "computation", "assistance listing"] = ""
    nothing: bool = False


class FormTable(_Period):
    """A table of a form; what its rows and columns leave open is said for the whole table.

    Where it closes across, `beside` is a period of which another table prints the amounts: both come to the rounded whole.
    """

    heading: str
    first_column: str
    note: str = ""
    closes: Literal["down", "across"] = "down"
    beside: str = ""
    payers: tuple[Payer, ...] = ()
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]


class FormTemplate(_Declared):
    """A funder's form: its title, what it is called in short, the sheet it is written on, the source that it is for, its tables.

    `source` says which one stands where none is chosen: the first of federal money, the first that asks for match, or the first.
    In labels and notes stand `{source}` (its name), `{listing}` (its assistance listing) and `{scenario}`.
    """

    name: str
    title: str
    short: str
    sheet: str
    note: str = ""
    source: Literal["federal", "match", "first"] = "first"
    widths: tuple[int, ...]
    narrative: str = "Narrative"
    remarks: tuple[str, ...] = ()
    tables: tuple[FormTable, ...]


def months_of(period: str) -> tuple[int, int] | None:
    """Return the first and last month of a period, counted from 1 at the start of the grant; None for all months.

    >>> months_of("year 2"), months_of("quarter 1"), months_of(WHOLE_PERIOD)
    ((13, 24), (1, 3), None)
    """
    found = _PERIOD.fullmatch(period)
    if found is None:
        return None
    length = MONTHS_IN_A_YEAR if found[1] == "year" else MONTHS_IN_A_QUARTER
    return length * (int(found[2]) - 1) + 1, length * int(found[2])


def form_names() -> tuple[str, ...]:
    """Return the names of all forms: their files without `.yaml`. What an editor keeps beside a file, under a dot, is none."""
    return tuple(sorted(file.stem for file in FORMS.glob("*.yaml") if not file.name.startswith(".")))


def load_form(name: str) -> FormTemplate:
    """Return a form by its file's name without `.yaml`; raises ScenarioError for one that is not there or not in order."""
    if name not in form_names():
        raise ScenarioError([Problem("--template", "", repr(name), f"expected one of: {', '.join(form_names())}")])
    if not _FORM.fullmatch(name):
        raise ScenarioError([Problem(f"{name}.yaml", "", "", "expected a name of small letters, digits and _; rename the file")])
    return _form(name, stamp(FORMS / f"{name}.yaml"))


@cache
def _form(name: str, standing: Stamp) -> FormTemplate:
    path = FORMS / f"{name}.yaml"
    written = parsed(read_text(path, "form"), path.name)
    if not isinstance(written.content, dict):
        raise ScenarioError([Problem(path.name, "", "", "expected a form: lines such as 'title: ...'", written.line)])
    try:
        return FormTemplate.model_validate({**written.content, "name": name})
    except ValidationError as error:
        problems = Problems()
        for one in error.errors():
            place = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in one["loc"]).removeprefix(".")
            problems.append(Problem(path.name, place, "", str(one["msg"]), written.line_of(place)))
        raise ScenarioError(problems) from None
