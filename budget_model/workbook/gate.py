"""Refuse a hostile or damaged upload before any spreadsheet library opens it, at the first thing wrong and in one sentence.

The zip directory is checked before anything is inflated, then every part is inflated in pieces and its XML read as text
by patterns: a callback of an XML parser for each of a million tags would take longer than the whole check may. The
patterns are exact because of what is refused first: any encoding but UTF-8, document types, entities, comments, CDATA
sections and processing instructions, and `<` or `>` anywhere but around a tag. No part is trusted by its name or place.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn
from xml.sax.saxutils import unescape

from budget_model.errors import WorkbookError

MEGABYTE = 1_000_000
FILE_BYTES = 12 * MEGABYTE  # six times our largest workbook
PARTS = 400  # ours has 55; a library reads them all into a directory
UNPACKED_BYTES = 150 * MEGABYTE  # seven times our largest; what the readers after us hold stays below 1 GB
RATIO = 200  # XML of a workbook packs to about a tenth, a bomb to a thousandth
RATIO_FROM_BYTES = MEGABYTE  # below it a high ratio costs nothing
SHEETS = 120  # three times our largest; openpyxl takes 12 s over 5,000
ROWS = 20_000  # of a sheet; twelve times our longest
COLUMNS = 400  # of a sheet; openpyxl hangs on one cell at XFD1048576
CELLS = 600_000  # of all sheets; nearly three times our largest, and as many again for Excel's calculation chain
MERGES = 100  # ours has none; a person's title rows
MERGED_CELLS = 10_000  # in all merges and links; openpyxl visits each one, and hangs on the merge of a whole sheet
FORMATS = 2_000  # of each kind (formats, fonts, fills ...); ours has 44
TEXT_CHARACTERS = 32_767  # what Excel itself allows in a cell
FORMULA_CHARACTERS = 30_000_000  # of all formulas; three times our largest
TAGS = 6_000_000  # opening and closing: four elements for each allowed cell
DEPTH = 100  # of elements in elements, where a piece ends; charts reach 20
PIECE_BYTES = 16_384  # inflated at a time, so that a breach is found before memory is used
TAG_CHARACTERS = 262_144  # of one tag and the text after it, which may take six characters for one (&quot;)
NAME_CHARACTERS = 255  # what Excel allows in a defined name

_SAVE = "open it in Excel or LibreOffice and save it as a new .xlsx workbook"
_AGAIN = "download the workbook again and enter the changes in the new copy"
_SMALLER = "upload only a workbook that was downloaded here"
_LINKS = "replace it with the value that it shows and save the workbook"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tiff", ".emf", ".wmf")
_FORBIDDEN_PARTS = {
    r"vbaproject|vbadata|macroenabled|macrosheet|dialogsheet": "macros",
    r"externallink": "links to other workbooks",
    r"embeddings|oleobject|/package$": "embedded objects",
    r"activex|ctrlprop|controlprop|/control$": "controls",
    r"connections|querytable|customdata|xl/model/|powerpivot": "data connections",
    r"customui|ui/extensibility|webextension": "a custom user interface",
}
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
_DIRECTORY_END = 22  # bytes, at the very end where no comment follows
_LOCAL_HEADER = struct.Struct("<4s2xHHxxxxLLLHH")
_FORMAT_NAMES = frozenset(["xf", "font", "fill", "border", "numFmt", "cellStyle", "dxf"])


@dataclass
class _Seen:
    """What was counted so far: in the whole file, and in the part being read (rows and depth)."""

    tags: int = 0
    cells: int = 0
    names: Counter[str] = field(default_factory=Counter)
    merged_cells: int = 0
    formula_characters: int = 0
    rows: int = 0
    depth: int = 0


@dataclass(frozen=True)
class _Part:
    """One part of the zip file: its name, packed bytes, packing method, declared size in bytes and checksum."""

    name: str
    packed: memoryview
    method: int
    size: int
    checksum: int


def check_upload(content: bytes, file: str) -> None:
    """Accept an uploaded .xlsx file; raises WorkbookError with one sentence that names the file if it is hostile or damaged."""
    try:
        _check_start(content)
        parts = _parts(content)
        _check_sizes(parts)
        _check_part_names(parts)
        seen = _Seen()
        for part in parts:
            _check_part(part, seen)
    except WorkbookError as error:
        raise WorkbookError(f"{file}: {error}") from None


def _refuse(reason: str, advice: str) -> NoReturn:
    raise WorkbookError(f"{reason}, {advice}.")


def _shown(text: str) -> str:
    """Return a text of the file for a message: short, and with nothing that does not print."""
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return "".join(letter if letter.isprintable() else "?" for letter in short)


# The zip directory


def _check_start(content: bytes) -> None:
    if not content:
        _refuse("the file is empty", _AGAIN)
    if len(content) > FILE_BYTES:
        _refuse(f"the file has more than {FILE_BYTES // MEGABYTE} MB", _SMALLER)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse("this is an old .xls file or a workbook with a password", f"{_SAVE} without a password")
    if not content.startswith(b"PK\x03\x04"):
        _refuse("this is not an Excel workbook", _SMALLER)
    if content[-_DIRECTORY_END:][:4] != b"PK\x05\x06":
        _refuse("the file is incomplete or damaged", _AGAIN)
    if content.count(b"PK\x01\x02") > PARTS:
        _refuse(f"the file has more than {PARTS} parts", _SMALLER)


def _parts(content: bytes) -> list[_Part]:
    """Return the parts in the order of the file, none of which shares bytes with another."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError, struct.error):
        _refuse("the file is incomplete or damaged", _AGAIN)
    _check_entries(infos)
    if not infos or min(info.header_offset for info in infos):
        _refuse("the file is incomplete or damaged", _AGAIN)
    view, parts, free = memoryview(content), [], 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < free:
            _refuse(f"the parts of the file overlap at '{_shown(info.filename)}'", _AGAIN)
        part = _part(view[:end], info)
        free = info.header_offset + _LOCAL_HEADER.size + len(part.packed)
        parts.append(part)
    return parts


def _check_entries(infos: list[zipfile.ZipInfo]) -> None:
    known: set[str] = set()
    for info in infos:
        name = info.orig_filename
        plain = name.isprintable() and name == info.filename and not any(mark in name for mark in "\\:")
        if not plain or name.startswith("/") or ".." in name.split("/"):
            _refuse(f"the name of its part '{_shown(name)}' points outside the workbook", _AGAIN)
        if name.lower() in known:
            _refuse(f"its part '{_shown(name)}' is there twice", _AGAIN)
        if info.flag_bits & 0x2041:
            _refuse("the workbook is encrypted", f"{_SAVE} without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _refuse(f"its part '{_shown(name)}' is packed in a way that Excel does not use", _SAVE)
        known.add(name.lower())


def _part(view: memoryview, info: zipfile.ZipInfo) -> _Part:
    """Return an entry as a part, where its own header says the same as the directory."""
    start = info.header_offset + _LOCAL_HEADER.size
    if start > len(view):
        _refuse("the file is incomplete or damaged", _AGAIN)
    signature, flags, method, checksum, packed, size, name_length, extra = _LOCAL_HEADER.unpack(view[info.header_offset : start])
    name = bytes(view[start : start + name_length])
    start += name_length + extra
    described = flags & 8 or 0xFFFFFFFF in (packed, size)  # the sizes are told elsewhere
    sizes = described or (checksum, packed, size) == (info.CRC, info.compress_size, info.file_size)
    told = name == info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    agrees = signature == b"PK\x03\x04" and method == info.compress_type and flags & 1 == 0 and sizes and told
    if not agrees or start + info.compress_size > len(view):
        _refuse(f"its part '{_shown(info.filename)}' is not what the directory of the file says", _AGAIN)
    return _Part(info.orig_filename, view[start : start + info.compress_size], method, info.file_size, info.CRC)


def _check_sizes(parts: list[_Part]) -> None:
    if sum(part.size for part in parts) > UNPACKED_BYTES:
        _refuse(f"the file unpacks to more than {UNPACKED_BYTES // MEGABYTE} MB", _SMALLER)
    for part in parts:
        if part.size > RATIO_FROM_BYTES and part.size > RATIO * len(part.packed):
            _refuse(f"its part '{_shown(part.name)}' unpacks to more than {RATIO} times its size", _SMALLER)


def _check_part_names(parts: list[_Part]) -> None:
    names = {part.name for part in parts}
    for name in names:
        _check_allowed(name.lower())
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        _refuse("this zip file is not an Excel workbook", _SMALLER)


def _check_allowed(text: str) -> None:
    for pattern, kind in _FORBIDDEN_PARTS.items():
        if re.search(pattern, text):
            _refuse(f"the workbook holds {kind}", f"{_SAVE} without them" if kind.endswith("s") else f"{_SAVE} without it")


# The parts


def _check_part(part: _Part, seen: _Seen) -> None:
    pieces = _inflated(part)
    first = next(pieces, b"")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in first[:4] and b"<" in first[:4]):
        _refuse(f"its part '{_shown(part.name)}' is not in UTF-8", _SAVE)
    if first.removeprefix(_MARK).lstrip().startswith(b"<"):
        _check_xml(part, first, pieces, seen)
    elif _may_be_binary(part.name.lower()) or (part.name.endswith("/") and not first):
        for _piece in pieces:
            pass  # inflating proves the declared size
    else:
        _refuse(f"its part '{_shown(part.name)}' is not XML", _SAVE)


def _may_be_binary(name: str) -> bool:
    return name.endswith(_PICTURES) or re.fullmatch(r"xl/printersettings/[^/]*\.bin", name) is not None


def _inflated(part: _Part) -> Iterator[bytes]:
    """Yield the content of a part, of PIECE_BYTES at most at a time; refuses it where it is not of the declared size."""
    found = checksum = 0
    for piece in _deflated(part.packed) if part.method == zipfile.ZIP_DEFLATED else _sliced(part.packed):
        found += len(piece)
        if found > part.size:
            break
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if found != part.size or checksum != part.checksum:
        _refuse(f"its part '{_shown(part.name)}' is not of the size or content that it declares", _AGAIN)


def _sliced(packed: memoryview) -> Iterator[bytes]:
    return (bytes(packed[start : start + PIECE_BYTES]) for start in range(0, len(packed), PIECE_BYTES))


def _deflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed_piece in _sliced(packed):
            waiting = packed_piece
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, PIECE_BYTES)
                waiting = inflater.unconsumed_tail
        while not inflater.eof and (rest := inflater.decompress(b"", PIECE_BYTES)):
            yield rest
    except zlib.error:
        _refuse("the file is incomplete or damaged", _AGAIN)
    if not inflater.eof:
        _refuse("the file is incomplete or damaged", _AGAIN)


def _check_xml(part: _Part, first: bytes, pieces: Iterator[bytes], seen: _Seen) -> None:
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
            _refuse(f"a text in its part '{_shown(part.name)}' is longer than {TEXT_CHARACTERS:,} characters", _SMALLER)
    _check_block(part, _text(part, waiting), True, seen)
    if seen.depth:
        _refuse(f"its part '{_shown(part.name)}' is incomplete or damaged", _AGAIN)


def _without_prolog(part: _Part, first: bytes, pieces: Iterator[bytes]) -> bytes:
    """Return the beginning of a part after its declaration, which must not name another encoding than UTF-8."""
    while len(first) < PIECE_BYTES and (more := next(pieces, b"")):
        first += more
    first = first.removeprefix(_MARK)
    prolog = _PROLOG.match(first)
    assert prolog is not None  # it may be empty
    if any(name.lower() not in (b"utf-8", b"us-ascii") for name in _ENCODING.findall(prolog[0])):
        _refuse(f"its part '{_shown(part.name)}' is not in UTF-8", _SAVE)
    return first[prolog.end() :]


def _text(part: _Part, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        _refuse(f"its part '{_shown(part.name)}' is not in UTF-8", _SAVE)
    if "\0" in text:
        _refuse(f"its part '{_shown(part.name)}' is not in UTF-8", _SAVE)
    return text


def _check_block(part: _Part, block: str, closes: bool, seen: _Seen) -> None:
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
        _refuse(f"a text in its part '{_shown(part.name)}' is longer than {TEXT_CHARACTERS:,} characters", _SMALLER)
    if part.name.lower().endswith((".rels", "[content_types].xml")):
        _check_relations(block)


def _check_tags(part: _Part, block: str, seen: _Seen) -> None:
    if not _UNITS.fullmatch(block):
        if "<!" in block:
            _refuse(f"its part '{_shown(part.name)}' holds a document type, an entity or a comment", _SAVE)
        _refuse(f"its part '{_shown(part.name)}' is incomplete or damaged", _AGAIN)
    tags = block.count("<")
    seen.tags += tags
    if seen.tags > TAGS:
        _refuse(f"the workbook has more than {TAGS:,} tags", _SMALLER)
    seen.depth += tags - 2 * block.count("</") - block.count("/>")
    if seen.depth > DEPTH:
        _refuse(f"the elements of its part '{_shown(part.name)}' are nested more than {DEPTH} deep", _SAVE)


def _check_counts(seen: _Seen) -> None:
    if seen.names["sheet"] > SHEETS:
        _refuse(f"the workbook has more than {SHEETS} sheets", "delete the sheets that were added")
    if seen.names["mergeCell"] > MERGES:
        _refuse(f"the workbook has more than {MERGES} merged ranges", "unmerge the cells")
    if any(seen.names[name] > FORMATS for name in _FORMAT_NAMES):
        _refuse(f"the workbook has more than {FORMATS:,} cell formats", _AGAIN)


def _check_cells(part: _Part, block: str, cells: int, seen: _Seen) -> None:
    found = _CELL.findall(block)
    if len(found) != cells:
        _refuse(f"its part '{_shown(part.name)}' has cells without an address", _SAVE)
    seen.cells += cells
    if seen.cells > CELLS:
        _refuse(f"the workbook has more than {CELLS:,} cells", "delete the rows and sheets that were added")
    for column, row in {(column, "1") for column, _row in found} | {("A", row) for _column, row in found}:
        _check_place(part, column, row)


def _check_rows(part: _Part, block: str, seen: _Seen) -> None:
    """Check the number of rows and the number that each has; the rows of a drawing's anchor have none."""
    rows = _ROW.findall(block)
    seen.rows += len(rows)
    numbers = {_attributes(row).get("r", "") for row in rows if row.strip("/ \t\r\n")}
    if any(re.fullmatch(r"[1-9][0-9]{0,6}", number) is None for number in numbers):
        _refuse(f"its part '{_shown(part.name)}' has rows without a number", _SAVE)
    if seen.rows > ROWS or any(int(number) > ROWS for number in numbers):
        _refuse_rows(part)


def _check_regions(part: _Part, block: str, seen: _Seen) -> None:
    for kind, attributes in _REGION.findall(block):
        reference = _attributes(attributes).get("ref", "")
        corners = _CORNERS.fullmatch(reference)
        if corners is None:
            _refuse(f"its part '{_shown(part.name)}' refers to '{_shown(reference)}', which is no range of cells", _SAVE)
        left, top, right, bottom = (corners[1], corners[2], corners[3] or corners[1], corners[4] or corners[2])
        _check_place(part, left, top)
        _check_place(part, right, bottom)
        if kind in ("mergeCell", "hyperlink"):
            seen.merged_cells += (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
    if seen.merged_cells > MERGED_CELLS:
        _refuse(f"the workbook merges or links more than {MERGED_CELLS:,} cells", "unmerge the cells")


def _attributes(text: str) -> dict[str, str]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _check_place(part: _Part, column: str, row: str) -> None:
    if int(row) > ROWS:
        _refuse_rows(part)
    if _column(column) > COLUMNS:
        _refuse(f"its part '{_shown(part.name)}' reaches beyond {COLUMNS} columns", "delete the columns to the right of the last one used")


def _refuse_rows(part: _Part) -> NoReturn:
    _refuse(f"its part '{_shown(part.name)}' reaches beyond {ROWS:,} rows", "delete the rows below the last one used")


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_names(part: _Part, block: str) -> None:
    """Check that defined names are names, and none of a macro."""
    for tag in _DEFINED.findall(block):
        attributes = _attributes(tag)
        name = attributes.get("name", "")
        if len(name) > NAME_CHARACTERS or not _IDENTIFIER.fullmatch(name):
            _refuse(f"its part '{_shown(part.name)}' defines '{_shown(name)}', which is no valid name", "delete it in the name manager")
        if any(attributes.get(flag, "0") not in ("0", "false") for flag in ("xlm", "function", "vbProcedure")):
            _refuse(f"its part '{_shown(part.name)}' defines '{_shown(name)}' as a macro", "delete it in the name manager")


def _check_formulas(part: _Part, block: str, closes: bool, seen: _Seen) -> None:
    """Check every formula for what would leave the workbook; text in quotation marks is no part of it."""
    if _BROKEN_FORMULA.search(f"{block}{'</' if closes else '<_'}"):
        _refuse(f"its part '{_shown(part.name)}' has a formula with elements in it", _SAVE)
    raw = "\0".join(_FORMULA.findall(block))
    seen.formula_characters += len(raw)
    if seen.formula_characters > FORMULA_CHARACTERS:
        _refuse(f"the formulas of the workbook have more than {FORMULA_CHARACTERS:,} characters", _SMALLER)
    if "&#" in raw and _ODD_CODE.search(raw):
        _refuse(f"a formula in its part '{_shown(part.name)}' is written in character codes", _LINKS)
    formulas = unescape(raw, _CODES)
    bare = _QUOTED.sub("''", formulas)
    if "|" in bare:
        _refuse(f"a formula in its part '{_shown(part.name)}' calls another program (DDE)", _LINKS)
    outside = [name for name in set(_QUOTED.findall(formulas)) if name.startswith("'") and _PATH.search(name)]
    outside += [] if "[" not in bare else _OTHER_BOOK.findall(bare)
    if outside:
        _refuse(f"a formula in its part '{_shown(part.name)}' refers outside the workbook, to {_shown(outside[0])}", _LINKS)
    if found := _FORBIDDEN_CALLS.search(bare.upper()):
        _refuse(f"a formula in its part '{_shown(part.name)}' calls {_shown(found[0])})", _LINKS)


def _check_relations(block: str) -> None:
    """Check the targets and types of parts, whose kinds must not be hidden behind other names."""
    if _TARGET_MODE.search(block):
        _refuse("the workbook links to something outside it", "remove the links and save the workbook")
    if "&#" in block:
        _refuse("the list of its parts is written as no spreadsheet program writes it", _SAVE)
    for tag in re.findall(r"<[^<>/]+((?:\s[^<>]*)?)>", block):
        for value in _attributes(tag).values():
            _check_allowed(value.lower())
