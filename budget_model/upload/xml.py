"""The XML of an uploaded workbook, read as text by patterns; what would make them ambiguous is refused first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn
from xml.sax.saxutils import unescape

from budget_model.upload.limits import (
    AGAIN,
    CELLS,
    COLUMNS,
    DEPTH,
    FORMATS,
    FORMULA_CHARACTERS,
    LINKS,
    MERGED_CELLS,
    MERGES,
    NAME_CHARACTERS,
    PIECE_BYTES,
    ROWS,
    SAVE,
    SHEETS,
    SMALLER,
    TAG_CHARACTERS,
    TAGS,
    TEXT_CHARACTERS,
    check_allowed,
    refuse,
    shown,
)
from budget_model.upload.zip import Part, inflated

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tiff", ".emf", ".wmf")
_FORBIDDEN_CALLS = re.compile(  # also within a name, such as _xlfn.WEBSERVICE or REGISTER.ID; no function of Excel ends so by chance
    r"(?:CALL|DDE|DDEINITIATE|EVALUATE|EXEC|FILTERXML|HYPERLINK|IMAGE|IMPORT(?:DATA|FEED|HTML|RANGE|XML)"
    r"|REGISTER|RTD|RUN|SQL|WEBSERVICE)(?:\.[\w.]{0,12}+)?+\s*+\("
)
_P = r"""(?:[^\s<>/:="']+:)?"""  # the prefix of a name
_PROLOG = re.compile(rb"\s*(?:<\?[^<>?]*\?>\s*)*+")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_MARK = b"\xef\xbb\xbf"  # of UTF-8, before anything else
_UNITS = re.compile(r"(?:<[^<>!?][^<>]*+>[^<>]*+)*+")  # a tag and the text after it, again and again
_NAME = re.compile(r"<([^\s<>/]+)")
_CELL = re.compile(rf"""<{_P}c\s(?:r=|[^<>']*?\sr=)"([A-Z]{{1,3}}+)([1-9][0-9]{{0,6}}+)"[\s/>]""")
_ROW = re.compile(rf"<{_P}row((?:\s[^<>]*)?)>")
_REGION = re.compile(rf"<{_P}(dimension|mergeCell|hyperlink|comment)((?:\s[^<>]*)?)>")
_CORNERS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?")
_ATTRIBUTE = re.compile(r"""\s([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DEFINED = re.compile(rf"<{_P}definedName((?:\s[^<>]*)?)>")
_IDENTIFIER = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_FORMULA_TAG = rf"<{_P}(?:f|formula[12]?|definedName)(?:\s[^<>]*)?(?<!/)>"
_FORMULA = re.compile(rf"{_FORMULA_TAG}([^<]+)")
_BROKEN_FORMULA = re.compile(rf"{_FORMULA_TAG}[^<]*<(?!/|xm:f>)")
_SPACES = ("&#9;", "&#10;", "&#13;", "&#x9;", "&#xA;", "&#xD;")
_CODES = {"&quot;": '"', "&apos;": "'", "&#34;": '"', "&#39;": "'"} | dict.fromkeys(_SPACES, " ")
_CODE = re.compile(r"&#?\w{1,8};")
_ODD_CODE = re.compile(  # a letter or sign of ASCII, other than those that programs write in codes
    r"&#(?!34;|39;|9;|10;|13;|x9;|xA;|xD;)(?:x0*[0-7]?[0-9A-Fa-f]|0*(?:1[01][0-9]|12[0-7]|[0-9]{1,2}));"
)
_LONG = re.compile(rf">([^<]{{{TEXT_CHARACTERS + 1},}})")
_QUOTED = re.compile(r"""\"[^"\0]*"|'[^'\0]*'""")  # a text, or the name of a sheet
_PATH = re.compile(r"\[(?!0\])|\]|[\\/]")  # no sheet's name may hold these; [0] is the workbook itself
_OTHER_BOOK = re.compile(r"\[(?!0\])[^\[\]\0]+\][\w.]*!|(?<![\w.\]])\[(?!0\])\d{1,6}\]")
_TARGET_MODE = re.compile(r"""\sTargetMode\s*=\s*+(?!["']Internal["'])""")
_FORMAT_NAMES = frozenset(["xf", "font", "fill", "border", "numFmt", "cellStyle", "dxf"])


@dataclass
class Seen:
    """What was counted so far: in the whole file, and in the part being read (rows and depth)."""

    tags: int = 0
    cells: int = 0
    names: Counter[str] = field(default_factory=Counter)
    merged_cells: int = 0
    formula_characters: int = 0
    rows: int = 0
    depth: int = 0


def check_part(part: Part, seen: Seen) -> None:
    """Inflate a part in pieces and check what it holds; raises WorkbookError."""
    pieces = inflated(part)
    first = next(pieces, b"")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in first[:4] and b"<" in first[:4]):
        refuse(f"its part '{shown(part.name)}' is not in UTF-8", SAVE)
    if first.removeprefix(_MARK).lstrip().startswith(b"<"):
        _check_xml(part, first, pieces, seen)
    elif _may_be_binary(part.name.lower()) or (part.name.endswith("/") and not first):
        for _piece in pieces:
            pass  # inflating proves the declared size
    else:
        refuse(f"its part '{shown(part.name)}' is not XML", SAVE)


def _may_be_binary(name: str) -> bool:
    return name.endswith(_PICTURES) or re.fullmatch(r"xl/printersettings/[^/]*\.bin", name) is not None


def _check_xml(part: Part, first: bytes, pieces: Iterator[bytes], seen: Seen) -> None:
    """Read a part in blocks that end where a tag begins, so that no tag and no text is cut."""
    seen.rows = seen.depth = 0
    waiting = _without_prolog(part, first, pieces)
    for piece in pieces:
        waiting += piece
        cut = waiting.rfind(b"<", 0, len(waiting) - 1)
        if cut > 0:
            _check_block(part, _text(part, waiting[:cut]), waiting[cut : cut + 2] == b"</", seen)
            waiting = waiting[cut:]
        if len(waiting) > TAG_CHARACTERS:
            refuse(f"a text in its part '{shown(part.name)}' is longer than {TEXT_CHARACTERS:,} characters", SMALLER)
    _check_block(part, _text(part, waiting), True, seen)
    if seen.depth:
        refuse(f"its part '{shown(part.name)}' is incomplete or damaged", AGAIN)


def _without_prolog(part: Part, first: bytes, pieces: Iterator[bytes]) -> bytes:
    """Return the beginning of a part after its declaration, which must not name another encoding than UTF-8."""
    while len(first) < PIECE_BYTES and (more := next(pieces, b"")):
        first += more
    first = first.removeprefix(_MARK)
    prolog = _PROLOG.match(first)
    assert prolog is not None  # it may be empty
    if any(name.lower() not in (b"utf-8", b"us-ascii") for name in _ENCODING.findall(prolog[0])):
        refuse(f"its part '{shown(part.name)}' is not in UTF-8", SAVE)
    return first[prolog.end() :]


def _text(part: Part, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        refuse(f"its part '{shown(part.name)}' is not in UTF-8", SAVE)
    if "\0" in text:
        refuse(f"its part '{shown(part.name)}' is not in UTF-8", SAVE)
    return text


def _check_block(part: Part, block: str, closes: bool, seen: Seen) -> None:
    """Check whole tags with the text after each; `closes` tells that a closing tag comes next."""
    _check_tags(part, block, seen)
    names: Counter[str] = Counter()
    for name, times in Counter(_NAME.findall(block)).items():
        names[name.rpartition(":")[2]] += times
    seen.names.update({name: names[name] for name in _FORMAT_NAMES | {"sheet", "mergeCell"} if name in names})
    _check_counts(seen)
    if "c" in names:
        _check_cells(part, block, names["c"], seen)
    if "row" in names:
        _check_rows(part, block, seen)
    if names.keys() & {"dimension", "mergeCell", "hyperlink", "comment"}:
        _check_regions(part, block, seen)
    if names.keys() & {"f", "formula", "formula1", "formula2", "definedName"}:
        _check_names(part, block)
        _check_formulas(part, block, closes, seen)
    if any(len(_CODE.sub("_", found[1])) > TEXT_CHARACTERS for found in _LONG.finditer(block)):
        refuse(f"a text in its part '{shown(part.name)}' is longer than {TEXT_CHARACTERS:,} characters", SMALLER)
    if part.name.lower().endswith((".rels", "[content_types].xml")):
        _check_relations(block)


def _check_tags(part: Part, block: str, seen: Seen) -> None:
    if not _UNITS.fullmatch(block):
        if "<!" in block:
            refuse(f"its part '{shown(part.name)}' holds a document type, an entity or a comment", SAVE)
        refuse(f"its part '{shown(part.name)}' is incomplete or damaged", AGAIN)
    tags = block.count("<")
    seen.tags += tags
    if seen.tags > TAGS:
        refuse(f"the workbook has more than {TAGS:,} tags", SMALLER)
    seen.depth += tags - 2 * block.count("</") - block.count("/>")
    if seen.depth > DEPTH:
        refuse(f"the elements of its part '{shown(part.name)}' are nested more than {DEPTH} deep", SAVE)


def _check_counts(seen: Seen) -> None:
    if seen.names["sheet"] > SHEETS:
        refuse(f"the workbook has more than {SHEETS} sheets", "delete the sheets that were added")
    if seen.names["mergeCell"] > MERGES:
        refuse(f"the workbook has more than {MERGES} merged ranges", "unmerge the cells")
    if any(seen.names[name] > FORMATS for name in _FORMAT_NAMES):
        refuse(f"the workbook has more than {FORMATS:,} cell formats", AGAIN)


def _check_cells(part: Part, block: str, cells: int, seen: Seen) -> None:
    found = _CELL.findall(block)
    if len(found) != cells:
        refuse(f"its part '{shown(part.name)}' has cells without an address", SAVE)
    seen.cells += cells
    if seen.cells > CELLS:
        refuse(f"the workbook has more than {CELLS:,} cells", "delete the rows and sheets that were added")
    for column, row in {(column, "1") for column, _row in found} | {("A", row) for _column, row in found}:
        _check_place(part, column, row)


def _check_rows(part: Part, block: str, seen: Seen) -> None:
    """Check the number of rows and the number that each has; the rows of a drawing's anchor have none."""
    rows = _ROW.findall(block)
    seen.rows += len(rows)
    numbers = {_attributes(row).get("r", "") for row in rows if row.strip("/ \t\r\n")}
    if any(re.fullmatch(r"[1-9][0-9]{0,6}", number) is None for number in numbers):
        refuse(f"its part '{shown(part.name)}' has rows without a number", SAVE)
    if seen.rows > ROWS or any(int(number) > ROWS for number in numbers):
        _refuse_rows(part)


def _check_regions(part: Part, block: str, seen: Seen) -> None:
    for kind, attributes in _REGION.findall(block):
        reference = _attributes(attributes).get("ref", "")
        corners = _CORNERS.fullmatch(reference)
        if corners is None:
            refuse(f"its part '{shown(part.name)}' refers to '{shown(reference)}', which is no range of cells", SAVE)
        left, top, right, bottom = (corners[1], corners[2], corners[3] or corners[1], corners[4] or corners[2])
        _check_place(part, left, top)
        _check_place(part, right, bottom)
        if kind in ("mergeCell", "hyperlink"):
            seen.merged_cells += (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
    if seen.merged_cells > MERGED_CELLS:
        refuse(f"the workbook merges or links more than {MERGED_CELLS:,} cells", "unmerge the cells")


def _attributes(text: str) -> dict[str, str]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _check_place(part: Part, column: str, row: str) -> None:
    if int(row) > ROWS:
        _refuse_rows(part)
    if _column(column) > COLUMNS:
        refuse(f"its part '{shown(part.name)}' reaches beyond {COLUMNS} columns", "delete the columns to the right of the last one used")


def _refuse_rows(part: Part) -> NoReturn:
    refuse(f"its part '{shown(part.name)}' reaches beyond {ROWS:,} rows", "delete the rows below the last one used")


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_names(part: Part, block: str) -> None:
    """Check that defined names are names, and none of a macro."""
    for tag in _DEFINED.findall(block):
        attributes = _attributes(tag)
        name = attributes.get("name", "")
        if len(name) > NAME_CHARACTERS or not _IDENTIFIER.fullmatch(name):
            refuse(f"its part '{shown(part.name)}' defines '{shown(name)}', which is no valid name", "delete it in the name manager")
        if any(attributes.get(flag, "0") not in ("0", "false") for flag in ("xlm", "function", "vbProcedure")):
            refuse(f"its part '{shown(part.name)}' defines '{shown(name)}' as a macro", "delete it in the name manager")


def _check_formulas(part: Part, block: str, closes: bool, seen: Seen) -> None:
    """Check every formula for what would leave the workbook; text in quotation marks is no part of it."""
    if _BROKEN_FORMULA.search(f"{block}{'</' if closes else '<_'}"):
        refuse(f"its part '{shown(part.name)}' has a formula with elements in it", SAVE)
    raw = "\0".join(_FORMULA.findall(block))
    seen.formula_characters += len(raw)
    if seen.formula_characters > FORMULA_CHARACTERS:
        refuse(f"the formulas of the workbook have more than {FORMULA_CHARACTERS:,} characters", SMALLER)
    if "&#" in raw and _ODD_CODE.search(raw):
        refuse(f"a formula in its part '{shown(part.name)}' is written in character codes", LINKS)
    formulas = unescape(raw, _CODES)
    bare = _QUOTED.sub("''", formulas)
    if "|" in bare:
        refuse(f"a formula in its part '{shown(part.name)}' calls another program (DDE)", LINKS)
    outside = [name for name in set(_QUOTED.findall(formulas)) if name.startswith("'") and _PATH.search(name)]
    outside += [] if "[" not in bare else _OTHER_BOOK.findall(bare)
    if outside:
        refuse(f"a formula in its part '{shown(part.name)}' refers outside the workbook, to {shown(outside[0])}", LINKS)
    if found := _FORBIDDEN_CALLS.search(bare.upper()):
        refuse(f"a formula in its part '{shown(part.name)}' calls {shown(found[0])})", LINKS)


def _check_relations(block: str) -> None:
    """Check the targets and types of parts, whose kinds must not be hidden behind other names."""
    if _TARGET_MODE.search(block):
        refuse("the workbook links to something outside it", "remove the links and save the workbook")
    if "&#" in block:
        refuse("the list of its parts is written as no spreadsheet program writes it", SAVE)
    for tag in re.findall(r"<[^<>/]+((?:\s[^<>]*)?)>", block):
        for value in _attributes(tag).values():
            check_allowed(value.lower())
