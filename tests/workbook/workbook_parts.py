"""A workbook as the parts of its file, to change one thing in them and leave every other byte as the export wrote it."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Collection
from pathlib import Path

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

WORKBOOK, STRINGS, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
WORKBOOK_LINKS, PACKAGE_LINKS = "xl/_rels/workbook.xml.rels", "_rels/.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="\d+" r:id="([^"]*)"/>')
_LINK = re.compile(r'Id="([^"]*)"[^>]*Target="([^"]*)"')
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STRING = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_TEXT = re.compile(r"<t[^>]*>([^<]*)</t>")
_ROW = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = re.compile(r'\st="(\w+)"')
_ROW_SHOWN = re.compile(r'<row r="(\d+)"(?![^>]* hidden=)')
_TABLE_STYLE = re.compile(r"<tableStyleInfo [^>]*/>")


class WorkbookParts:
    """The parts of an exported workbook by their names; sheets are found by their titles."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        links = dict(_LINK.findall(self.text(WORKBOOK_LINKS)))
        self.sheets = {html.unescape(title): f"xl/{links[link]}" for title, link in _SHEET.findall(self.text(WORKBOOK))}

    def write(self, path: Path) -> Path:
        """Write the file and return its path."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return path

    def text(self, part: str) -> str:
        """Return a part as text."""
        return self.parts[part].decode()

    def replace(self, part: str, old: str, new: str, count: int = 1) -> None:
        """Replace text of a part, which must be there."""
        text = self.text(part)
        assert old in text, f"{part} has no {old}"
        self.parts[part] = text.replace(old, new, count).encode()

    def insert(self, part: str, before: str, new: str) -> None:
        """Insert text before the first place of another."""
        self.replace(part, before, new + before)

    def add(self, part: str, content: str | bytes, content_type: str = "") -> None:
        """Add a part; with a content type it is declared."""
        self.parts[part] = content.encode() if isinstance(content, str) else content
        if content_type:
            self.insert(TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/>')

    def link(self, source: str, kind: str, target: str, mode: str = "") -> str:
        """Link a part to another, or with mode External to what is no part; return the id of the link."""
        folder, _, name = source.rpartition("/")
        part = f"{folder}/_rels/{name}.rels".lstrip("/")  # of the package itself: _rels/.rels
        if part not in self.parts:
            self.parts[part] = (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
            )
        link = f"rId{self.text(part).count('<Relationship ') + 1}"
        mode = f' TargetMode="{mode}"' if mode else ""
        self.insert(part, "</Relationships>", f'<Relationship Id="{link}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>')
        return link

    def cells(self, sheet: str) -> dict[str, str]:
        """Return the cells of a sheet that hold something: what stands in each, as XML."""
        return {address: inner for address, _, inner in _CELL.findall(self.text(self.sheets[sheet])) if inner}

    def texts(self, sheet: str) -> dict[str, str]:
        """Return the cells of a sheet that hold a text."""
        strings = ["".join(_TEXT.findall(one)) for one in _STRING.findall(self.text(STRINGS))]
        found = _CELL.findall(self.text(self.sheets[sheet]))
        return {address: html.unescape(strings[int(inner[3:-4])]) for address, about, inner in found if 't="s"' in about}

    def numbers(self, sheet: str) -> dict[str, float]:
        """Return the cells of a sheet that hold a number that no formula gives."""
        found = _CELL.findall(self.text(self.sheets[sheet]))
        return {address: float(inner[3:-4]) for address, about, inner in found if inner.startswith("<v>") and not _TYPE.search(about)}

    def formulas(self, sheet: str) -> dict[str, str]:
        """Return the cells of a sheet that hold a formula, without its sign."""
        return {
            address: html.unescape(inner.partition("<f>")[2].partition("</f>")[0])
            for address, inner in self.cells(sheet).items()
            if inner.startswith("<f>")
        }

    def set(self, sheet: str, address: str, inner: str, kind: str = "") -> None:
        """Put something (XML, and its type) into a cell, which keeps its style; a cell that is not there is made."""
        part = self.sheets[sheet]
        text, typed = self.text(part), f' t="{kind}"' if kind else ""
        if found := re.search(rf'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)', text, re.DOTALL):
            made = f'<c r="{address}"{_TYPE.sub("", found[1])}{typed}>{inner}</c>'
            self.parts[part] = f"{text[: found.start()]}{made}{text[found.end() :]}".encode()
        else:
            self._insert(part, address, f'<c r="{address}"{typed}>{inner}</c>')

    def _insert(self, part: str, address: str, cell: str) -> None:
        """Insert a cell into its row at its column; the sheet no longer says how far it reaches, past which some programs read nothing."""
        column, row = coordinate_from_string(address)
        text = re.sub(r"<dimension [^>]*/>", "", self.text(part))
        self.parts[part] = text.encode()
        found = re.search(rf'<row r="{row}"[^>]*?(/>|>(.*?)</row>)', text, re.DOTALL)
        if not found:  # below the last row
            return self.insert(part, "</sheetData>", f'<row r="{row}">{cell}</row>')
        assert found[2], f"row {row} of {part} has no cells"
        at = found.start(2)
        for other in _CELL.finditer(found[2]):
            if column_index_from_string(coordinate_from_string(other[1])[0]) > column_index_from_string(column):
                break
            at = found.start(2) + other.end()
        self.parts[part] = f"{text[:at]}{cell}{text[at:]}".encode()
        return None

    def set_number(self, sheet: str, address: str, value: float | str) -> None:
        """Put a number into a cell."""
        self.set(sheet, address, f"<v>{value}</v>")

    def set_text(self, sheet: str, address: str, text: str) -> None:
        """Put a text into a cell, as Excel does: among the texts that cells share."""
        index = len(_STRING.findall(self.text(STRINGS)))
        self.insert(STRINGS, "</sst>", f'<si><t xml:space="preserve">{html.escape(text)}</t></si>')
        self.set(sheet, address, f"<v>{index}</v>", "s")

    def set_formula(self, sheet: str, address: str, formula: str, stored: float = 0) -> None:
        """Put a formula into a cell, with a stored result."""
        self.set(sheet, address, f"<f>{html.escape(formula, quote=False)}</f><v>{stored}</v>")

    def dress(self, sheet: str, address: str, as_another: str) -> None:
        """Give a cell the style of another."""
        part = self.sheets[sheet]
        style = re.search(rf'<c r="{as_another}"( s="\d+")', self.text(part))
        assert style, f"{sheet}!{as_another} has no style"
        self.parts[part] = re.sub(rf'<c r="{address}" s="\d+"', f'<c r="{address}"{style[1]}', self.text(part)).encode()

    def retag_formula(self, sheet: str, address: str, tag: str) -> None:
        """Put other XML in the place of a cell's formula, and leave its result."""
        part = self.sheets[sheet]
        made, count = re.subn(rf'(<c r="{address}"[^>]*>)<f>[^<]*</f>', lambda found: found[1] + tag, self.text(part))
        assert count == 1, f"{sheet}!{address} has no formula"
        self.parts[part] = made.encode()

    def swap_rows(self, sheet: str, one: int, other: int) -> None:
        """Swap what two rows hold."""
        part = self.sheets[sheet]
        text = self.text(part)
        rows = {int(found[1]): found[0] for found in _ROW.finditer(text)}
        moved = {row: re.sub(rf'( r="[A-Z]*){there}"', rf'\g<1>{row}"', rows[there]) for row, there in ((one, other), (other, one))}
        self.parts[part] = _ROW.sub(lambda found: moved.get(int(found[1]), found[0]), text).encode()

    def hide_rows(self, sheet: str, numbers: Collection[int]) -> None:
        """Hide rows; those that are hidden already, as spare rows are, stay as they are: an attribute must not stand there twice."""
        part = self.sheets[sheet]
        hidden = _ROW_SHOWN.sub(lambda row: f'{row[0]} hidden="1"' if int(row[1]) in numbers else row[0], self.text(part))
        self.parts[part] = hidden.encode()

    def restyle_tables(self, other: WorkbookParts) -> None:
        """Give tables without a style that of the same table of another workbook."""
        for part in self.parts:
            if part.startswith("xl/tables/") and not _TABLE_STYLE.search(self.text(part)):
                style = _TABLE_STYLE.search(other.text(part))
                assert style, f"{part} has no style"
                self.insert(part, "</table>", style[0])

    def add_sheet(self, title: str, rows: str = "") -> None:
        """Add a sheet after the others."""
        number = len(self.sheets) + 1
        part = f"xl/worksheets/sheet{number}.xml"
        content = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        self.add(part, content, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
        link = self.link(WORKBOOK, "worksheet", f"worksheets/sheet{number}.xml")
        self.insert(WORKBOOK, "</sheets>", f'<sheet name="{html.escape(title)}" sheetId="{number}" r:id="{link}"/>')
        self.sheets[title] = part
