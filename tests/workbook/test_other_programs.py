"""A workbook that other programs saved is read: what they write otherwise is no change, and what they spoil is named by its cell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import template_of_14_months
from edited_cells import cells_of, with_values
from spreadsheets import read
from workbook_parts import TYPES, WORKBOOK, WorkbookParts
from written import WrittenWorkbooks

from budget_model.analysis.funder_forms.template import STATE_GRANT
from budget_model.errors import BudgetModelError, ScenarioError
from budget_model.workbook.reading.reader import read_back

SMALL = template_of_14_months()
A_CELL = "C6"
PROPERTIES = "docProps/custom.xml"


@pytest.fixture
def parts(written: WrittenWorkbooks) -> WorkbookParts:
    return WorkbookParts(written.workbook(SMALL, STATE_GRANT))


def cell_of(parts: WorkbookParts, name: str) -> str:
    """Return where the input of a name stands on Assumptions."""
    named = re.search(rf'<definedName name="{name}">Assumptions!([^<]*)<', parts.text(WORKBOOK))
    assert named
    return named[1].replace("$", "")


def without_properties(parts: WorkbookParts) -> None:
    """Remove the custom properties, as exceljs does and as people do before they share a workbook."""
    del parts.parts[PROPERTIES]
    for part, tag in ((TYPES, "Override"), ("_rels/.rels", "Relationship")):
        parts.parts[part] = re.sub(rf"<{tag} [^>]*custom[^>]*/>", "", parts.text(part)).encode()


def test_what_programs_write_otherwise_is_no_change(parts: WorkbookParts, tmp_path: Path) -> None:
    """All at once: exceljs drops properties and names operators that are none, SheetJS declares macros and writes texts as results, and
    Gnumeric formats whole rows."""
    without_properties(parts)
    cover = parts.sheets["Cover"]
    assert ' type="containsErrors"' in parts.text(cover)
    parts.parts[cover] = parts.text(cover).replace(' type="containsErrors"', ' type="containsErrors" operator="containsErrors"').encode()
    macros = '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    parts.insert(TYPES, "<Default", macros)
    assumptions = parts.sheets["Assumptions"]
    parts.parts[assumptions] = parts.text(assumptions).replace("</row>", '<c r="XFD4" s="1"/></row>', 1).encode()
    label = parts.texts("Assumptions")["B6"]
    parts.set("Assumptions", "B6", f"<v>{label}</v>", "str")
    calculated = parts.formulas("Staffing")
    range_of_one = next(address for address, formula in calculated.items() if re.search(r"\((\$?[A-Z]+\$?\d+):\1\)", formula))
    shorter = re.sub(r"(\$?[A-Z]+\$?\d+):\1", r"\1", calculated[range_of_one])
    parts.set_formula("Staffing", range_of_one, shorter.lower().replace("(", "( "))
    rate = cell_of(parts, "in_cost_of_living_rate")
    parts.set_number("Assumptions", rate, "0.0125")
    imported = read(parts.write(tmp_path / "saved.xlsx"))
    assert [(change.address, change.after) for change in imported.changes] == [(f"Assumptions!{rate}", "0.0125 share a year")]


def test_a_flag_that_a_program_writes_as_a_formula_is_true_or_false(parts: WorkbookParts, tmp_path: Path) -> None:
    flag = re.search(r'<definedName name="in_source_pays_[^"]*">Assumptions!([^<]*)<', parts.text(WORKBOOK))
    assert flag
    address = flag[1].replace("$", "")
    before = parts.numbers("Assumptions")[address]
    parts.set_formula("Assumptions", address, f"{not before}()".upper(), 1 - before)
    assert [change.address for change in read(parts.write(tmp_path / "flag.xlsx")).changes] == [f"Assumptions!{address}"]


SPOILED = [  # what a cell stores, its type, what is said of it
    ("NaN", "", "it stores 'NaN' as a number, which is none"),
    ("INF", "", "it stores 'INF' as a number, which is none"),
    ("1e999", "", "it stores '1e999' as a number, which is none"),
    ("1_0", "", "it stores '1_0' as a number, which is none"),
    ("2", "b", "it stores '2' as true or false, which is neither"),
    ("99999", "s", "its text is not among the texts of the workbook"),
    ("-1", "s", "its text is not among the texts of the workbook"),
]


def test_cells_that_cannot_be_read_are_named_each(parts: WorkbookParts, tmp_path: Path) -> None:
    addresses = [address for address in parts.numbers("Assumptions") if address.startswith("C")][: len(SPOILED)]
    for address, (stored, kind, _) in zip(addresses, SPOILED, strict=True):
        parts.set("Assumptions", address, f"<v>{stored}</v>", kind)
    with pytest.raises(ScenarioError) as refused:
        read(parts.write(tmp_path / "spoiled.xlsx"))
    for problem, address, (_, _, told) in zip(refused.value.problems, addresses, SPOILED, strict=True):
        assert str(problem).startswith(f"spoiled.xlsx: Assumptions!{address}: {told}; ")


def test_a_cell_that_is_there_twice_is_named(parts: WorkbookParts, tmp_path: Path) -> None:
    sheet = parts.sheets["Assumptions"]
    cell = re.search(rf'<c r="{A_CELL}".*?</c>', parts.text(sheet))
    assert cell
    parts.replace(sheet, cell[0], cell[0] * 2)
    with pytest.raises(BudgetModelError, match=rf"Assumptions!{A_CELL}: the cell is there twice"):
        read(parts.write(tmp_path / "twice.xlsx"))


def test_what_no_property_tells_the_sheets_must_tell(parts: WorkbookParts, tmp_path: Path) -> None:
    without_properties(parts)
    cells = cells_of(parts.write(tmp_path / "bare.xlsx"))
    for address, value, told in (
        ("B7", "0123456789abcdef", "About!B7 is '0123456789abcdef', but the scenario on the sheet 'Scenario file' has"),
        ("B9", "9", "About!B9 is '9'; this modeler reads form 1 to 2"),
        ("B9", None, "this is no workbook of the modeler that can be read back"),
    ):
        with pytest.raises(BudgetModelError, match=re.escape(told)):
            read_back(with_values(cells, {("About", address): value}), "bare.xlsx")


def test_a_link_in_a_free_cell_is_read_as_what_it_shows(parts: WorkbookParts, tmp_path: Path) -> None:
    comment = next(address for address, text in parts.texts("Assumptions").items() if text == "Comment").rstrip("0123456789")
    first, second = (f"{comment}{cell_of(parts, f'in_{name}')[1:]}" for name in ("cost_of_living_rate", "price_growth_rate"))
    parts.set_text("Assumptions", first, "ann@example.org")
    link = parts.link(parts.sheets["Assumptions"], "hyperlink", "mailto:ann@example.org", "External")
    links = f'<hyperlinks><hyperlink ref="{first}" r:id="{link}"/></hyperlinks>'
    parts.replace(parts.sheets["Assumptions"], "</dataValidations>", f"</dataValidations>{links}")
    parts.set_formula("Assumptions", second, 'HYPERLINK("https://example.org/a", "Its source")')
    imported = read(parts.write(tmp_path / "linked.xlsx"))
    assert imported.effect == 0
    assert {change.after for change in imported.changes} >= {"ann@example.org", "Its source (https://example.org/a)"}
