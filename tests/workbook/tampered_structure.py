"""Kinds of tampering with sheets, rows and columns, with the look of a workbook, and with what lies in its file beside cells."""

from __future__ import annotations

import html
import re

from drawn_edits import some_edits
from savers import UNSAVED
from tampering import ASSUMPTIONS, Case, Expected, Found, NothingToChangeError, OneOf, Refused, Told, first, kind
from workbook_parts import PACKAGE_LINKS, STRINGS, TYPES, WORKBOOK

from budget_model import Change
from budget_model.workbook.layout.entries import CHOICE, NUMBER

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAWING = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t202" style="visibility:hidden">
<x:ClientData ObjectType="Note"><x:Row>5</x:Row><x:Column>2</x:Column></x:ClientData></v:shape></xml>"""


def _a_number(case: Case) -> Expected:
    """Change one number beside all else, which must be found."""
    for entry, address in case.inputs(NUMBER):
        value = round(float(entry.value) * 0.8, 4)
        change = Change(entry.table, entry.item, entry.field, value)
        if value != entry.value and case.is_sound(change):
            case.parts.set_number(ASSUMPTIONS, address, value)
            return Found({address: change})
    raise NothingToChangeError("no number can be changed")


# Rows and columns, by LibreOffice, which lets formulas and names follow.


def _moved(case: Case, what: str, count: int) -> Expected:
    sheet = case.luck.choice([ASSUMPTIONS, "Funding", "Staffing", "Calendar"])
    case.steps.append((what, sheet, str(case.luck.randint(6, 12) if what == "rows" else case.luck.randint(1, 3)), str(count)))
    return Refused((sheet, what.removesuffix("s"), "inserted" if count > 0 else "deleted"))


@kind("a row inserted")
def row_inserted(case: Case) -> Expected:
    return _moved(case, "rows", 1)


@kind("rows deleted")
def rows_deleted(case: Case) -> Expected:
    return _moved(case, "rows", -case.luck.randint(1, 3))


@kind("a column inserted")
def column_inserted(case: Case) -> Expected:
    return _moved(case, "columns", 1)


@kind("a column deleted")
def column_deleted(case: Case) -> Expected:
    return _moved(case, "columns", -1)


@kind("an input cut and pasted elsewhere")
def cut_and_pasted(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.steps.append(("cut", ASSUMPTIONS, address, f"AZ{address[1:]}"))
    return Refused((f"{ASSUMPTIONS}!{address}",))


# Sheets


@kind("a sheet removed")
def sheet_removed(case: Case) -> Expected:
    sheet = case.model_sheets()[0]
    case.steps.append(("remove", sheet))
    return Refused((sheet,))


@kind("a sheet renamed")
def sheet_renamed(case: Case) -> Expected:
    sheet = case.model_sheets()[0]
    case.steps.append(("rename", sheet, "Notes of ours"))
    return Refused((sheet,))


@kind("the sheet of assumptions copied and the copy edited")
def sheet_copied(case: Case) -> Expected:
    _, address = case.an_input(NUMBER)
    case.steps += [("copy", ASSUMPTIONS, "Assumptions_2"), ("value", "Assumptions_2", address, "0.75")]
    return OneOf((Told(("Assumptions_2",)), Refused(("Assumptions_2",))))  # exceljs makes names of the copy those of the book


@kind("the sheet of assumptions replaced by a copy of it")
def sheet_replaced(case: Case) -> Expected:
    case.steps += [("copy", ASSUMPTIONS, "copy"), ("remove", ASSUMPTIONS), ("rename", "copy", ASSUMPTIONS)]
    # Its names are lost, or exceljs makes names of the copy those of the book, and formulas alone have lost what they read.
    return OneOf((Refused((f"{ASSUMPTIONS}!", "name")), Refused(("#REF!",))))


@kind("two sheets under each other's name")
def sheets_exchanged(case: Case) -> Expected:
    case.steps += [("rename", "Calendar", "aside"), ("rename", "Checks", "Calendar"), ("rename", "aside", "Checks")]
    return Refused(("!",))


@kind("a sheet moved")
def sheet_moved(case: Case) -> Expected:
    case.steps.append(("move", case.luck.choice([ASSUMPTIONS, *case.model_sheets()]), "0"))
    return _a_number(case)


@kind("a sheet added")
def sheet_added(case: Case) -> Expected:
    case.parts.add_sheet("Notes of ours", '<row r="1"><c r="A1"><v>12</v></c></row>')
    return Told(("Notes of ours",))


@kind("a sheet that reads the model added")
def sheet_that_reads(case: Case) -> Expected:
    case.parts.add_sheet("Pivot", f'<row r="1"><c r="A1"><f>SUM({ASSUMPTIONS}!C6:C9)</f><v>0</v></c></row>')
    return Told(("Pivot",))


@kind("a number in the margin")
def in_the_margin(case: Case) -> Expected:
    sheet = case.model_sheets()[0]
    address = case.beyond(sheet)
    case.parts.set_number(sheet, address, 42)
    return OneOf((Told((f"{sheet}!{address}",)), Refused((f"{sheet}!{address}",))))


def _hidden(case: Case, state: str) -> Expected:
    sheet = html.escape(case.luck.choice([ASSUMPTIONS, *case.model_sheets()]))
    case.parts.replace(WORKBOOK, f'<sheet name="{sheet}"', f'<sheet state="{state}" name="{sheet}"')
    return _a_number(case)


@kind("a sheet hidden")
def sheet_hidden(case: Case) -> Expected:
    return _hidden(case, "hidden")


@kind("a sheet very hidden")
def sheet_very_hidden(case: Case) -> Expected:
    return _hidden(case, "veryHidden")


# The look


@kind("rows hidden")
def rows_hidden(case: Case) -> Expected:
    case.parts.hide_rows(case.luck.choice([ASSUMPTIONS, *case.model_sheets()]), range(0, 10_000, 2))
    return _a_number(case)


@kind("columns hidden")
def columns_hidden(case: Case) -> Expected:
    case.parts.replace(case.parts.sheets[ASSUMPTIONS], '<col min="1"', '<col hidden="1" min="1"')
    return _a_number(case)


@kind("a filter")
def filtered(case: Case) -> Expected:
    sheet = case.parts.sheets[ASSUMPTIONS]
    hides = '<autoFilter ref="A4:O60"><filterColumn colId="0"><filters><filter val="none of them"/></filters></filterColumn></autoFilter>'
    case.parts.insert(sheet, "<dataValidations", hides)
    case.parts.hide_rows(ASSUMPTIONS, range(10, 60))
    return _a_number(case)


@kind("protection taken off")
def unprotected(case: Case) -> Expected:
    for part in case.parts.sheets.values():
        case.parts.parts[part] = re.sub(r"<sheetProtection[^>]*/>", "", case.parts.text(part)).encode()
    return _a_number(case)


@kind("what may be typed no longer limited")
def without_validation(case: Case) -> Expected:
    sheet = case.parts.sheets[ASSUMPTIONS]
    case.parts.parts[sheet] = re.sub(r"<dataValidations.*</dataValidations>", "", case.parts.text(sheet), flags=re.DOTALL).encode()
    return _a_number(case)


@kind("styles taken away")
def without_styles(case: Case) -> Expected:
    part = case.parts.sheets[first(sheet for sheet in case.model_sheets() if sheet not in ("Calendar", "Attachment"))]
    texts = re.sub(r'(<c r="[A-F]\d+") s="\d+" t="s"', r'\1 t="s"', case.parts.text(part))
    case.parts.parts[part] = texts.encode()
    return _a_number(case)


@kind("a note on a cell")
def note(case: Case) -> Expected:
    sheet = case.parts.sheets[ASSUMPTIONS]
    made = f'<comments xmlns="{_MAIN}"><authors><author>A</author></authors><commentList><comment ref="C6" authorId="0"><text>'
    case.parts.add("xl/comments1.xml", f"{made}<t>Is this right</t></text></comment></commentList></comments>", _COMMENTS)
    case.parts.add("xl/drawings/vmlDrawing1.vml", _DRAWING)
    case.parts.insert(
        TYPES, "<Override", '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    )
    case.parts.link(sheet, "comments", "../comments1.xml")
    link = case.parts.link(sheet, "vmlDrawing", "../drawings/vmlDrawing1.vml")
    case.parts.insert(sheet, "</worksheet>", f'<legacyDrawing r:id="{link}"/>')
    return _a_number(case)


# The file


def _without(case: Case, part: str) -> None:
    del case.parts.parts[part]
    case.parts.parts[TYPES] = re.sub(rf'<Override PartName="/{part}"[^>]*/>', "", case.parts.text(TYPES)).encode()
    case.parts.parts[PACKAGE_LINKS] = re.sub(rf'<Relationship [^>]*Target="{part}"[^>]*/>', "", case.parts.text(PACKAGE_LINKS)).encode()


@kind("the custom properties removed")
def without_custom_properties(case: Case) -> Expected:
    _without(case, "docProps/custom.xml")
    return _a_number(case)


@kind("all properties removed")
def without_properties(case: Case) -> Expected:
    for part in ("custom", "core", "app"):
        _without(case, f"docProps/{part}.xml")
    return _a_number(case)


@kind("texts written in the cells")
def inline_texts(case: Case) -> Expected:
    found = _a_number(case)
    strings = re.findall(r"<si>(.*?)</si>", case.parts.text(STRINGS), re.DOTALL)
    for part in case.parts.sheets.values():
        text = re.sub(r't="s"><v>(\d+)</v>', lambda cell: f't="inlineStr"><is>{strings[int(cell[1])]}</is>', case.parts.text(part))
        case.parts.parts[part] = text.encode()
    return found


@kind("results of formulas left out")
def without_results(case: Case) -> Expected:
    for part in case.parts.sheets.values():
        case.parts.parts[part] = re.sub(r"</f><v>[^<]*</v>", "</f>", case.parts.text(part)).encode()
    return _a_number(case)


@kind("texts in CDATA")
def character_data(case: Case) -> Expected:
    found = _a_number(case)
    case.parts.parts[STRINGS] = re.sub(r"<t>([\w ,.]+)</t>", r"<t><![CDATA[\1]]></t>", case.parts.text(STRINGS)).encode()
    return OneOf((found, Refused(())))


@kind("labels of SharePoint beside the sheets")
def custom_xml(case: Case) -> Expected:
    case.parts.add("customXml/item1.xml", '<?xml version="1.0"?>\n<label xmlns="urn:example:label">Internal</label>')
    case.parts.link("", "customXml", "customXml/item1.xml")
    return _a_number(case)


@kind("a name of a person's own")
def own_name(case: Case) -> Expected:
    case.parts.insert(WORKBOOK, f'<definedName name="{min(case.names)}"', f'<definedName name="aa_mine">{ASSUMPTIONS}!$C$6</definedName>')
    return _a_number(case)


@kind("a macro in the file", UNSAVED)  # no program keeps it
def macro(case: Case) -> Expected:
    case.parts.add("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(64), "application/vnd.ms-office.vbaProject")
    case.parts.link(WORKBOOK, "vbaProject", "vbaProject.bin")
    return Refused(("macro",))


@kind("a formula that reads another file", UNSAVED)
def other_file(case: Case) -> Expected:
    place = case.beside(case.an_input(NUMBER, CHOICE)[1], "Comment")
    case.parts.set_formula(ASSUMPTIONS, place, "'[1]Sheet1'!$A$1")
    part = "xl/externalLinks/externalLink1.xml"
    made = f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
    case.parts.add(part, f"{made}</externalLink>", "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml")
    case.parts.link(part, "externalLinkPath", "file:///other.xlsx", "External")
    link = case.parts.link(WORKBOOK, "externalLink", "externalLinks/externalLink1.xml")
    case.parts.insert(WORKBOOK, "<definedNames>", f'<externalReferences><externalReference r:id="{link}"/></externalReferences>')
    return Refused(("outside",))


@kind("many edits, then saved")
def many_edits(case: Case) -> Expected:
    edits = some_edits(case.scenario, case.book, case.luck)
    found = {}
    for at, (value, change) in edits.items():
        address = case.names[case.book.names[at]][1]
        if value != case.book.entries[at].value:
            case.put(address, value)
            found[address] = change
    return Found(found) if found else Told()
