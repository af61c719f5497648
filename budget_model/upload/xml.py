"""The XML of an uploaded workbook, read as text by patterns; what would make them ambiguous is refused first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from budget_model.upload.cells import check_cells, check_regions, check_rows
from budget_model.upload.formulas import check_formulas, check_names
from budget_model.upload.limits import (
    AGAIN,
    DEPTH,
    FORMATS,
    MERGES,
    PIECE_BYTES,
    SAVE,
    SHEETS,
    SMALLER,
    TAG_CHARACTERS,
    TAGS,
    TEXT_CHARACTERS,
    refuse,
    shown,
)
from budget_model.upload.places import BOOK
from budget_model.upload.relations import check_relations
from budget_model.upload.seen import Seen
from budget_model.upload.tags import PREFIX, attributes_of
from budget_model.upload.zip import Part, inflated

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tiff", ".emf", ".wmf")
_PROLOG = re.compile(rb"\s*(?:<\?[^<>?]*\?>\s*)*+")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_MARK = b"\xef\xbb\xbf"  # of UTF-8, before anything else
_UNITS = re.compile(r"(?:<[^<>!?][^<>]*+>[^<>]*+)*+")  # a tag and the text after it, again and again
_NAME = re.compile(r"<([^\s<>/]+)")
_SHEET = re.compile(rf"<{PREFIX}sheet((?:\s[^<>]*)?)>")
_CODE = re.compile(r"&#?\w{1,8};")
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32)])  # no file of this kind may hold them, nor two others
_CONTROL_CHARACTER = re.compile(
    r"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:1?[0-8bBcCeEfF]|1[9aAdD]));"
)
_SHOWN_BEFORE = 30  # characters of a text before the one that may not be
_LONG = re.compile(rf">([^<]{{{TEXT_CHARACTERS + 1},}})")
_FORMAT_NAMES = frozenset(["xf", "font", "fill", "border", "numFmt", "cellStyle", "dxf"])


def check_part(part: Part, seen: Seen) -> None:
    """Inflate a part in pieces and check what it holds; raises WorkbookError."""
    pieces = inflated(part)
    first = next(pieces, b"")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" in first[:4] and b"<" in first[:4]):
        refuse(f"{part.called} is not in UTF-8", SAVE)
    if first.removeprefix(_MARK).lstrip().startswith(b"<"):
        _check_xml(part, first, pieces, seen)
    elif _may_be_binary(part.name.lower()) or (part.name.endswith("/") and not first):
        for _piece in pieces:
            pass  # inflating proves the declared size
    else:
        refuse(f"{part.called} is not XML", SAVE)


def _may_be_binary(name: str) -> bool:
    return name.endswith(_PICTURES) or re.fullmatch(r"xl/printersettings/[^/]*\.bin", name) is not None


def _check_xml(part: Part, first: bytes, pieces: Iterator[bytes], seen: Seen) -> None:
    """Read a part in blocks that end where a tag begins, so that no tag and no text is cut."""
    seen.rows = seen.depth = 0
    seen.before = ""
    waiting = _without_prolog(part, first, pieces)
    for piece in pieces:
        waiting += piece
        cut = waiting.rfind(b"<", 0, len(waiting) - 1)
        if cut > 0:
            _check_block(part, _text(part, waiting[:cut], seen), waiting[cut : cut + 2] == b"</", seen)
            waiting = waiting[cut:]
        if len(waiting) > TAG_CHARACTERS:
            refuse(f"a text in {part.called} is longer than {TEXT_CHARACTERS:,} characters", SMALLER)
    _check_block(part, _text(part, waiting, seen), True, seen)
    if seen.depth:
        refuse(f"{part.called} is incomplete or damaged", AGAIN)


def _without_prolog(part: Part, first: bytes, pieces: Iterator[bytes]) -> bytes:
    """Return the beginning of a part after its declaration, which must not name another encoding than UTF-8."""
    while len(first) < PIECE_BYTES and (more := next(pieces, b"")):
        first += more
    first = first.removeprefix(_MARK)
    prolog = _PROLOG.match(first)
    assert prolog is not None  # it may be empty
    if any(name.lower() not in (b"utf-8", b"us-ascii") for name in _ENCODING.findall(prolog[0])):
        refuse(f"{part.called} is not in UTF-8", SAVE)
    return first[prolog.end() :]


def _text(part: Part, content: bytes, seen: Seen) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        refuse(f"{part.called} is not in UTF-8", SAVE)
    if "\0" in text:
        refuse(f"{part.called} is not in UTF-8", SAVE)
    doubtful = len(content.translate(None, _CONTROL)) < len(content) or b"\xef\xbf" in content or b"&#" in content
    if doubtful and (found := _CONTROL_CHARACTER.search(text)):
        before = text[max(found.start() - _SHOWN_BEFORE, 0) : found.start()].rpartition(">")[2]
        after = f", after '{shown(before)}'" if before else ""
        refuse(f"{seen.place(part, text, found.start())} holds a character that cannot be shown{after}", "delete it and save the workbook")
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
        check_cells(part, block, names["c"], seen)
    if "row" in names:
        check_rows(part, block, seen)
    if names.keys() & {"mergeCell", "hyperlink", "comment"}:
        check_regions(part, block, seen)
    if names.keys() & {"f", "formula", "formula1", "formula2", "definedName"}:
        check_names(block)
        check_formulas(part, block, closes, seen)
    if any(len(_CODE.sub("_", found[1])) > TEXT_CHARACTERS for found in _LONG.finditer(block)):
        refuse(f"a text in {part.called} is longer than {TEXT_CHARACTERS:,} characters", SMALLER)
    if part.name.lower().endswith((".rels", "[content_types].xml")):
        check_relations(part, block, seen)
    if part.name == BOOK and "sheet" in names:
        seen.titles.add_sheets(attributes_of(tag) for tag in _SHEET.findall(block))
    if "c" in names or "sheetData>" in block:
        seen.before = block


def _check_tags(part: Part, block: str, seen: Seen) -> None:
    if not _UNITS.fullmatch(block):
        if "<!" in block:
            refuse(f"{part.called} holds a document type, an entity or a comment", SAVE)
        refuse(f"{part.called} is incomplete or damaged", AGAIN)
    tags = block.count("<")
    seen.tags += tags
    if seen.tags > TAGS:
        refuse(f"the workbook has more than {TAGS:,} tags", SMALLER)
    seen.depth += tags - 2 * block.count("</") - block.count("/>")
    if seen.depth > DEPTH:
        refuse(f"the elements of {part.called} are nested more than {DEPTH} deep", SAVE)


def _check_counts(seen: Seen) -> None:
    if seen.names["sheet"] > SHEETS:
        refuse(f"the workbook has more than {SHEETS} sheets", "delete the sheets that were added")
    if seen.names["mergeCell"] > MERGES:
        refuse(f"the workbook has more than {MERGES} merged ranges", "unmerge the cells")
    if any(seen.names[name] > FORMATS for name in _FORMAT_NAMES):
        refuse(f"the workbook has more than {FORMATS:,} cell formats", AGAIN)
