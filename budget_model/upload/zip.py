"""The zip file of an uploaded workbook: its directory is checked before anything is inflated, its parts in pieces."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from budget_model.upload.limits import (
    AGAIN,
    FILE_BYTES,
    MEGABYTE,
    PARTS,
    PIECE_BYTES,
    RATIO,
    RATIO_FROM_BYTES,
    SAVE,
    SMALLER,
    UNPACKED_BYTES,
    check_allowed,
    leads_to_workbooks,
    refuse,
)
from budget_model.upload.places import kind_of

_DIRECTORY_END = 22  # bytes, at the very end where no comment follows
_LOCAL_HEADER = struct.Struct("<4s2xHHxxxxLLLHH")


@dataclass(frozen=True)
class Part:
    """One part of the zip file: its name, packed bytes, packing method, declared size in bytes and checksum.

    `sheet` is the title of the sheet that it is or belongs to, where that is known.
    """

    name: str
    packed: memoryview
    method: int
    size: int
    checksum: int
    sheet: str = ""

    @property
    def called(self) -> str:
        """What a person knows it as: a package's own names of parts say nothing to anybody."""
        return f"the sheet '{self.sheet}'" if self.sheet else kind_of(self.name)


def check_start(content: bytes) -> None:
    """Refuse by size, by the first bytes and by the end of the file; raises WorkbookError."""
    if not content:
        refuse("the file is empty", AGAIN)
    if len(content) > FILE_BYTES:
        refuse(f"the file has more than {FILE_BYTES // MEGABYTE} MB", SMALLER)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        refuse("this is an old .xls file or a workbook with a password", f"{SAVE} without a password")
    if not content.startswith(b"PK\x03\x04"):
        refuse("this is not an Excel workbook", SMALLER)
    if content[-_DIRECTORY_END:][:4] != b"PK\x05\x06":
        refuse("the file is incomplete or damaged", AGAIN)
    if content.count(b"PK\x01\x02") > PARTS:
        refuse(f"the file has more than {PARTS} parts", SMALLER)


def parts_of(content: bytes) -> list[Part]:
    """Return the parts in the order of the file, none of which shares bytes with another."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError, struct.error):
        refuse("the file is incomplete or damaged", AGAIN)
    _check_entries(infos)
    if not infos or min(info.header_offset for info in infos):
        refuse("the file is incomplete or damaged", AGAIN)
    view, parts, free = memoryview(content), [], 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < free:
            refuse("the parts of the file overlap", AGAIN)
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
            refuse("a part of the file has a name that points outside the workbook", AGAIN)
        if name.lower() in known:
            refuse(f"{kind_of(name)} is there twice in the file", AGAIN)
        if info.flag_bits & 0x2041:
            refuse("the workbook is encrypted", f"{SAVE} without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            refuse("the file is packed in a way that Excel does not use", SAVE)
        known.add(name.lower())


def _part(view: memoryview, info: zipfile.ZipInfo) -> Part:
    """Return an entry as a part, where its own header says the same as the directory."""
    start = info.header_offset + _LOCAL_HEADER.size
    if start > len(view):
        refuse("the file is incomplete or damaged", AGAIN)
    signature, flags, method, checksum, packed, size, name_length, extra = _LOCAL_HEADER.unpack(view[info.header_offset : start])
    name = bytes(view[start : start + name_length])
    start += name_length + extra
    described = flags & 8 or 0xFFFFFFFF in (packed, size)  # the sizes are told elsewhere
    sizes = described or (checksum, packed, size) == (info.CRC, info.compress_size, info.file_size)
    told = name == info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    agrees = signature == b"PK\x03\x04" and method == info.compress_type and flags & 1 == 0 and sizes and told
    if not agrees or start + info.compress_size > len(view):
        refuse("the file is damaged: what it lists is not what it holds", AGAIN)
    return Part(info.orig_filename, view[start : start + info.compress_size], method, info.file_size, info.CRC)


def check_sizes(parts: list[Part]) -> None:
    """Refuse by what the parts declare to unpack to, in bytes; raises WorkbookError."""
    if sum(part.size for part in parts) > UNPACKED_BYTES:
        refuse(f"the file unpacks to more than {UNPACKED_BYTES // MEGABYTE} MB", SMALLER)
    for part in parts:
        if part.size > RATIO_FROM_BYTES and part.size > RATIO * len(part.packed):
            refuse(f"{part.called} unpacks to more than {RATIO} times its size", SMALLER)


def check_part_names(parts: list[Part]) -> None:
    """Refuse by the names of the parts; raises WorkbookError."""
    names = {part.name for part in parts}
    for name in names:
        if not leads_to_workbooks(name.lower()):  # a formula that uses the link is told with its cell
            check_allowed(name.lower())
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        refuse("this zip file is not an Excel workbook", SMALLER)


def inflated(part: Part) -> Iterator[bytes]:
    """Yield the content of a part, of PIECE_BYTES at most at a time; refuses it where it is not of the declared size."""
    found = checksum = 0
    for piece in _deflated(part.packed) if part.method == zipfile.ZIP_DEFLATED else _sliced(part.packed):
        found += len(piece)
        if found > part.size:
            break
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if found != part.size or checksum != part.checksum:
        refuse(f"{part.called} is not of the size or content that it declares", AGAIN)


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
        refuse("the file is incomplete or damaged", AGAIN)
    if not inflater.eof:
        refuse("the file is incomplete or damaged", AGAIN)
