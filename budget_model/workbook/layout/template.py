"""The layout of a workbook as declared in `templates/`: which sheets, in which order, showing which rows.

Each class is one kind of sheet; what a sheet shows is named there by rows of the model, assumptions and fields of items.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from budget_model.analysis.funder_forms.template import FormTemplate, form_names, load_form
from budget_model.errors import WorkbookError
from budget_model.files import Stamp, stamp
from budget_model.folders import FORMS, TEMPLATES
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import CostCategory
from budget_model.scenario.yaml_text import FAST_LOADER

WORKBOOK, COMPARISON = "workbook", "comparison"
_OF_FORMS = "funder_form"  # the layout around a form


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShownRow(_Declared):
    """A row of the model shown under a label (its own when none is given); `total` marks a line that closes a section.

    `deducted` marks a row that is taken away where rows are added up.
    """

    row: str
    label: str = ""
    total: bool = False
    deducted: bool = False


class Section(_Declared):
    """A heading with the rows below it; with `each` a section for each item of that axis, whose name follows the heading."""

    heading: str
    each: Axis | None = None
    rows: tuple[ShownRow, ...]


class Fact(_Declared):
    """A line of text with what it is about."""

    about: str
    text: str


class _Sheet(_Declared):
    sheet: str
    title: str
    note: str = ""


class Cover(_Sheet):
    """The first sheet: what the workbook answers, how to use it, and its sheets."""

    kind: Literal["cover"]
    figures: tuple[ShownRow, ...]
    facts: tuple[Fact, ...] = ()
    how_to_use: tuple[str, ...]


class About(_Sheet):
    """What the workbook is made of: identity, versions, conventions, limits, evidence of tests."""

    kind: Literal["about"]
    facts: tuple[Fact, ...]
    color_key: tuple[Fact, ...]
    conventions: tuple[str, ...]
    limits: tuple[str, ...]
    tests: tuple[str, ...]


class Crosswalk(_Sheet):
    """From each clause of the motion to the cells that answer it (convention B1); `analysis/motion_clauses.py` declares them."""

    kind: Literal["crosswalk"]


class Summary(_Sheet):
    """Rows by fiscal year."""

    kind: Literal["summary"]
    sections: tuple[Section, ...]


class Chart(_Declared):
    """A native chart with its table: items by fiscal year, stacked or side by side, or one bar an item over all months.

    With `by_status` the funding sources stand by status, what is awarded first, with the status in their names.
    """

    title: str
    shape: Literal["stacked by year", "side by side by year", "bars by item"]
    by_status: bool = False
    rows: tuple[ShownRow, ...]
    line: ShownRow | None = None
    alt: str


class Charts(_Sheet):
    """Charts, each beside the table it is drawn from."""

    kind: Literal["charts"]
    charts: tuple[Chart, ...]


class Column(_Declared):
    """A column of a table of items: a field of the scenario as text (`nothing` where it has none), an assumption, or a row of the model.

    With `begun`, a row that is 1 from the month in which an item begins, it is that month, and its `input` the month planned.
    With `below` it begins a block under that heading below the columns before it: the same items, further columns.
    """

    heading: str
    field: str = ""
    input: str = ""
    row: str = ""
    begun: str = ""
    width: int = 11
    total: bool = False
    nothing: str = "not named"
    below: str = ""


class Items(_Sheet):
    """A table of items, one a line, for the fiscal year that the reader chooses; `optional` leaves it out where there are none."""

    kind: Literal["items"]
    axis: Axis
    optional: bool = False
    name_width: int = 26
    columns: tuple[Column, ...]


class ChangeTable(_Sheet):
    """The County's change table of each fiscal year (conventions A4 to A6)."""

    kind: Literal["change_table"]


class ChangesByUnit(_Sheet):
    """The change table of each budget unit through all fiscal years (conventions A4 to A6)."""

    kind: Literal["changes_by_unit"]


class FormLine(_Declared):
    """A line of a funder's form and the cost categories that it takes in."""

    label: str
    categories: tuple[CostCategory, ...]


class Form(_Sheet):
    """A funder's budget form: its lines by fiscal year, tied to the gross appropriation (convention A15)."""

    kind: Literal["form"]
    lines: tuple[FormLine, ...]


class GrantForm(_Sheet):
    """The budget attachment of one grant: for each line of a form the grant, the match and their total."""

    kind: Literal["grant_form"]
    lines: tuple[FormLine, ...]


class FunderForm(_Sheet):
    """A form that can be handed in, of `templates/forms/`, filled in for one source: the one that it is for, or `source`."""

    kind: Literal["funder_form"]
    form: str = ""
    source: str = ""


class FormAmounts(_Sheet):
    """What each payer gives of each line by month, from which a form is filled in."""

    kind: Literal["form_amounts"]


class Assumptions(_Sheet):
    """Every input cell with its evidence."""

    kind: Literal["assumptions"]


class Rows(_Sheet):
    """All rows of one budget area, months across."""

    kind: Literal["rows"]
    area: str


class EachSite(_Declared):
    """One sheet for each site, months across."""

    kind: Literal["each_site"]
    title: str
    sections: tuple[Section, ...]


class Checks(_Sheet):
    """The list of checks: faults, duties, remarks."""

    kind: Literal["checks"]


class GivenAssumptions(_Sheet):
    """The numbers that the scenario gives, for paper."""

    kind: Literal["given_assumptions"]


class CheckResults(_Sheet):
    """What each check came to, a line a check, for paper."""

    kind: Literal["check_results"]


class WhatChanged(_Sheet):
    """The inputs that are other than saved, with who and why (convention C14)."""

    kind: Literal["what_changed"]


class Data(_Sheet):
    """Cost and money as a flat table of values, for pivots."""

    kind: Literal["data"]


class ScenarioFile(_Sheet):
    """The scenario the workbook was made from, by which an edited workbook is read back."""

    kind: Literal["scenario_file"]


class RangeSheet(_Sheet):
    """What draws of the uncertain numbers come to, as values; only where the workbook is written with a simulation."""

    kind: Literal["range"]


class RecordSheet(_Sheet):
    """What the workbook was written with: formulas, names, rows. An edited workbook is compared with it."""

    kind: Literal["record"]


Sheet = Annotated[
    Cover
    | About
    | Crosswalk
    | Summary
    | Charts
    | RangeSheet
    | Items
    | ChangeTable
    | ChangesByUnit
    | Form
    | GrantForm
    | FunderForm
    | FormAmounts
    | Assumptions
    | Rows
    | EachSite
    | Checks
    | CheckResults
    | GivenAssumptions
    | WhatChanged
    | Data
    | ScenarioFile
    | RecordSheet,
    Field(discriminator="kind"),
]


class Template(_Declared):
    """A workbook layout."""

    name: str = ""
    prefix: str = ""
    sheets: tuple[Sheet, ...]

    @property
    def rows_shown(self) -> frozenset[str]:
        """The rows of the model that its sheets name."""
        return frozenset(_rows_named(self.model_dump()))

    def without(self, axes: Collection[Axis], *, with_range: bool = False) -> Template:
        """Return the layout without optional tables of items along these axes, and without the range where nothing was drawn."""
        kept = tuple(sheet for sheet in self.sheets if not (isinstance(sheet, Items) and sheet.optional and sheet.axis in axes))
        return self.model_copy(update={"sheets": tuple(sheet for sheet in kept if with_range or not isinstance(sheet, RangeSheet))})

    def prefixed(self, prefix: str, kinds: tuple[str, ...]) -> Template:
        """Return the layout with every sheet's name begun by a prefix, leaving out sheets of these kinds."""
        kept = [sheet for sheet in self.sheets if sheet.kind not in kinds]
        named = [sheet if isinstance(sheet, EachSite) else sheet.model_copy(update={"sheet": f"{prefix}{sheet.sheet}"}) for sheet in kept]
        return Template(name=self.name, prefix=prefix, sheets=tuple(named))


class ComparisonChart(_Declared):
    """A column chart of single rows, one group of columns a scenario."""

    title: str
    rows: tuple[str, ...]
    alt: str


class Bridge(_Sheet):
    """The causes that lead from one scenario's net county cost to another's."""

    alt: str


class Comparison(_Sheet):
    """The layout of a workbook that holds several scenarios: a sheet that compares them, the bridges, and what each one brings."""

    sections: tuple[Section, ...]
    chart: ComparisonChart
    bridge: Bridge
    each: str
    without: tuple[str, ...]


def _rows_named(declared: object) -> Iterator[str]:
    if isinstance(declared, dict):
        if declared.get("row"):
            yield declared["row"]
        declared = tuple(declared.values())
    if isinstance(declared, tuple):
        for part in declared:
            yield from _rows_named(part)


def layouts() -> tuple[str, ...]:
    """Return the names of all layouts of a scenario's workbook: the budget workbook, and that of each funder's form."""
    return (WORKBOOK, *form_names())


def load_template(name: str = WORKBOOK, source: str = "") -> Template:
    """Return the budget workbook, or the workbook of a funder's form by the form's name; raises WorkbookError for none.

    `source` is the source that the form is filled in for, where it is not the one that the form is for.
    """
    if name not in layouts():
        raise WorkbookError(f"There is no workbook template '{name}'; there are: {', '.join(layouts())}")
    files = (*sorted(TEMPLATES.glob("*.yaml")), *sorted(FORMS.glob("*.yaml")))
    return _template(name, source, *(stamp(file) for file in files))


@lru_cache(maxsize=8)
def _template(name: str, source: str, *standing: Stamp) -> Template:
    content = _content(WORKBOOK if name == WORKBOOK else _OF_FORMS)
    if "extends" in content:
        base = {sheet["sheet"]: sheet for sheet in _content(content.pop("extends"))["sheets"] if "sheet" in sheet}
        sheets = [base[sheet] if isinstance(sheet, str) else _with_lines_of(base, sheet) for sheet in content["sheets"]]
        content["sheets"] = [_of_form(sheet, load_form(name), source) for sheet in sheets]
    return Template.model_validate({"name": name, **content})


def _of_form(sheet: dict[str, Any], form: FormTemplate, source: str) -> dict[str, Any]:
    """Return a sheet of the workbook of a form with what the form itself says: its title on the cover, its sheet."""
    if sheet["kind"] == "cover":
        return {**sheet, "title": form.title}
    return (
        {**sheet, "title": form.title, "sheet": form.sheet, "form": form.name, "source": source}
        if sheet["kind"] == "funder_form"
        else sheet
    )


def _with_lines_of(base: dict[str, Any], sheet: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet whose `lines` may name the sheet of the extended layout that declares them."""
    lines = sheet.get("lines")
    return {**sheet, "lines": base[lines]["lines"]} if isinstance(lines, str) else sheet


def load_comparison() -> Comparison:
    """Return the layout of the workbook that compares scenarios."""
    return Comparison.model_validate(_content(COMPARISON))


def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load((TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8"), FAST_LOADER)  # noqa: S506 - a SafeLoader
    return content
