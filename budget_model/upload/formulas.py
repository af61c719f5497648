"""The formulas and defined names of an uploaded workbook: nothing that would leave it, and nothing of a macro."""

from __future__ import annotations

import re
from typing import NoReturn
from xml.sax.saxutils import unescape

from budget_model.upload.limits import FORMULA_CHARACTERS, NAME_CHARACTERS, SAVE, SMALLER, VALUE, refuse, shown
from budget_model.upload.seen import Seen
from budget_model.upload.tags import PREFIX, attributes_of
from budget_model.upload.zip import Part

_FORBIDDEN_CALLS = re.compile(  # also within a name, such as _xlfn.WEBSERVICE or REGISTER.ID; no function of Excel ends so by chance
    r"(?:CALL|DDE|DDEINITIATE|EVALUATE|EXEC|FILTERXML|IMAGE|IMPORT(?:DATA|FEED|HTML|RANGE|XML)"
    r"|REGISTER|RTD|RUN|SQL|WEBSERVICE)(?:\.[\w.]{0,12}+)?+\s*+\("
)
_DEFINED = re.compile(rf"<{PREFIX}definedName((?:\s[^<>]*)?)>")
_IDENTIFIER = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_FORMULA_TAG = rf"<{PREFIX}(?:f|formula[12]?|definedName)(?:\s[^<>]*)?(?<!/)>"
_FORMULA = re.compile(rf"{_FORMULA_TAG}([^<]+)")
_BROKEN_FORMULA = re.compile(rf"{_FORMULA_TAG}[^<]*<(?!/|xm:f>)")
_SPACES = ("&#9;", "&#10;", "&#13;", "&#x9;", "&#xA;", "&#xD;")
_CODES = {"&quot;": '"', "&apos;": "'", "&#34;": '"', "&#39;": "'"} | dict.fromkeys(_SPACES, " ")
_ODD_CODE = re.compile(  # a letter or sign of ASCII, other than those that programs write in codes
    r"&#(?!34;|39;|9;|10;|13;|x9;|xA;|xD;)(?:x0*[0-7]?[0-9A-Fa-f]|0*(?:1[01][0-9]|12[0-7]|[0-9]{1,2}));"
)
_QUOTED = re.compile(r"""\"[^"\0]*"|'[^'\0]*'""")  # a text, or the name of a sheet
_PATH = re.compile(r"\[(?!0\])|\]|[\\/]")  # no sheet's name may hold these; [0] is the workbook itself
_OTHER_BOOK = re.compile(r"\[(?!0\])[^\[\]\0]+\][\w.]*!|(?<![\w.\]])\[(?!0\])\d{1,6}\]")


def check_names(block: str) -> None:
    """Check that defined names are names, and none of a macro."""
    for tag in _DEFINED.findall(block):
        attributes = attributes_of(tag)
        name = attributes.get("name", "")
        if len(name) > NAME_CHARACTERS or not _IDENTIFIER.fullmatch(name):
            refuse(f"the workbook defines '{shown(name)}', which is no valid name", "delete it in the name manager")
        if any(attributes.get(flag, "0") not in ("0", "false") for flag in ("xlm", "function", "vbProcedure")):
            refuse(f"the workbook defines '{shown(name)}' as a macro", "delete it in the name manager")


def check_formulas(part: Part, block: str, closes: bool, seen: Seen) -> None:
    """Check every formula for what would leave the workbook; text in quotation marks is no part of it.

    All formulas of a block are looked at together. Only where one is found is it looked for, to say where it stands.
    """
    if broken := _BROKEN_FORMULA.search(f"{block}{'</' if closes else '<_'}"):
        refuse(f"a formula in {seen.place(part, block, broken.start())} has elements in it", SAVE)
    raw = "\0".join(_FORMULA.findall(block))
    seen.formula_characters += len(raw)
    if seen.formula_characters > FORMULA_CHARACTERS:
        refuse(f"the formulas of the workbook have more than {FORMULA_CHARACTERS:,} characters", SMALLER)
    if fault := _fault(raw):
        _refuse_where(part, block, fault, seen)


def _fault(raw: str) -> str:
    """Return what is wrong with formulas, as they are written, or ''."""
    if "&#" in raw and _ODD_CODE.search(raw):
        return "is written in character codes"
    formulas = unescape(raw, _CODES)
    bare = _QUOTED.sub("''", formulas)
    if "|" in bare:
        return "calls another program (DDE)"
    outside = [name for name in set(_QUOTED.findall(formulas)) if name.startswith("'") and _PATH.search(name)]
    outside += [] if "[" not in bare else _OTHER_BOOK.findall(bare)
    if outside:
        return f"refers outside the workbook, to {shown(outside[0])}"
    if found := _FORBIDDEN_CALLS.search(bare.upper()):
        return f"calls {shown(found[0])})"
    return ""


def _refuse_where(part: Part, block: str, fault: str, seen: Seen) -> NoReturn:
    """Refuse the first formula of a block that has the fault by itself, with its cell."""
    for found in _FORMULA.finditer(block):
        if own := _fault(found[1]):
            defined = _DEFINED.match(found[0])
            place = f"the name '{shown(attributes_of(defined[1]).get('name', ''))}'" if defined else seen.place(part, block, found.start())
            refuse(f"a formula in {place} {own}", VALUE)
    refuse(f"a formula in {part.called} {fault}", VALUE)
