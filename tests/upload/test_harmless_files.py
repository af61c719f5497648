"""What people and programs do to a workbook without harm is let through the gate."""

from __future__ import annotations

import pytest
from hostile_files import Parts, packed, plain, relations, sheet

from budget_model.errors import WorkbookError
from budget_model.upload.gate import check_upload

SHEET, LINKS, TYPES = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "[Content_Types].xml"
OUTSIDE = ' TargetMode="External"'
BINARY_MACROS = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"


def linked(target: str) -> Parts:
    """Return the parts of a workbook in which an address was typed into a cell."""
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>address</t></is></c></row>'
    after = '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>'
    return {SHEET: sheet(cell, after=after), LINKS: relations(("rId1", "hyperlink", target), mode=OUTSIDE)}


def formatted_to_the_last(cell: str) -> Parts:
    """Return the parts of a workbook with a cell in the last column and the last row."""
    return {SHEET: sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>', '<dimension ref="A1:XFD1048576"/>')}


HARMLESS: dict[str, Parts] = {
    "the smallest workbook": {},
    "an e-mail address": linked("mailto:ann@example.org?subject=Macros"),
    "a web address with words that parts are known by": linked("https://example.org/connections/activex/?a=1&amp;b=&#233;"),
    "a link by formula": {SHEET: sheet('<row r="1"><c r="A1"><f>HYPERLINK("https://example.org","here")</f><v>here</v></c></row>')},
    "a type declared for no part": {TYPES: str(plain()[TYPES]).replace("<Default", f'<Default Extension="bin" ContentType="{BINARY_MACROS}"/><Default', 1)},
    "a type for macros, and none": {
        TYPES: str(plain()[TYPES]).replace("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", "vnd.ms-excel.sheet.macroEnabled.main")
    },
    "formats to the last cell of a sheet": formatted_to_the_last('<c r="XFD1048576" s="1"/>'),
    "heights to the last row of a sheet": formatted_to_the_last(""),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm_is_accepted(name: str) -> None:
    check_upload(packed(HARMLESS[name]), "upload.xlsx")


def test_what_stands_in_the_last_cell_of_a_sheet_is_refused_with_its_place() -> None:
    with pytest.raises(WorkbookError, match="the sheet 'Sheet1' reaches beyond 20,000 rows, to XFD1048576, delete the rows"):
        check_upload(packed(formatted_to_the_last('<c r="XFD1048576" s="1"><v>1</v></c>')), "upload.xlsx")


def test_a_link_to_another_workbook_is_told_with_the_cell_that_uses_it() -> None:
    link = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    listed = relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "externalLink", "externalLinks/externalLink1.xml"))
    uses = {SHEET: sheet('<row r="7"><c r="C7"><f>[1]Plan!$B$2*2</f><v>1</v></c></row>'), "xl/_rels/workbook.xml.rels": listed}
    with pytest.raises(WorkbookError, match=r"a formula in Sheet1!C7 refers outside the workbook, to \[1\]Plan!"):
        check_upload(packed(uses, link), "upload.xlsx")
    with pytest.raises(WorkbookError, match="the workbook holds links to other workbooks"):
        check_upload(packed({"xl/_rels/workbook.xml.rels": listed}, link), "upload.xlsx")
