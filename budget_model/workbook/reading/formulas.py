"""Whether two formulas mean the same, however a spreadsheet program writes them: nothing of what they say is passed over."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*+")
    |(?P<sheet>(?:'(?:[^']|'')++'|[^\W\d][\w.]*+)!)
    |(?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)
    |(?P<word>[\w.$?\\]++)
    |(?P<space>\s++)
    |(?P<sign>.)
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_NEWER = re.compile(r"_XLFN\.(?:_XLWS\.)?")  # written before functions that came after Excel 2007
_NOT_UNDERSTOOD = re.compile(r'=_xlfngnumeric\.ERROR\("((?:[^"]|"")*)"\)')  # as Gnumeric keeps a formula that it cannot read


def same_formula(found: str, expected: str, sheet: str) -> bool:
    """Whether two formulas of cells of a sheet give the same for every value of every cell.

    Programs differ in spaces, in capitals of functions, names and sheets, in quotation marks around a sheet, in naming the
    sheet that a formula is on, in dollar signs, in the digits of a number, in the marks of newer functions, in TRUE and
    TRUE(), and in a range of one cell. A text, a number, a name, a sheet, a cell or an operator that is another is found.
    """
    if kept := _NOT_UNDERSTOOD.fullmatch(found):
        found = kept[1].replace('""', '"')
    return found == expected or _tokens(found.removeprefix("="), sheet) == _tokens(expected.removeprefix("="), sheet)


@lru_cache(maxsize=4_096)
def _tokens(formula: str, sheet: str) -> tuple[str, ...]:
    """Return a formula as tokens that all programs would write alike."""
    tokens: list[str] = []
    space = False  # stands between the tokens; between two references it takes what they have in common
    for found in _TOKEN.finditer(formula):
        kind, text = str(found.lastgroup), found[0]
        if kind == "space":
            space = True
            continue
        token = _token(kind, text)
        if kind == "sheet" and token == f"{sheet.casefold()}!" and tokens[-1:] != [":"]:
            continue  # the sheet that the formula is on
        if space and _ends(tokens) and (kind in ("word", "sheet") or text == "("):
            tokens.append(" ")
        space = False
        tokens.append(token)
        if _is_one_cell(tokens) or (tokens[-2:] == ["(", ")"] and tokens[-3:-2] in (["TRUE"], ["FALSE"])):
            del tokens[-2:]
    return tuple(tokens)


def _token(kind: str, text: str) -> str:
    if kind == "sheet":
        title = text[:-1].removeprefix("'").removesuffix("'").replace("''", "'")
        return f"{title.casefold()}!"
    if kind == "number":
        return f"{float(text):.15g}"
    if kind == "word":
        upper = _NEWER.sub("", text.upper())
        reference = _REFERENCE.fullmatch(upper)
        return f"{reference[1]}{reference[2]}" if reference else upper
    return text


def _is_one_cell(tokens: list[str]) -> bool:
    """Whether a range of one cell ends here, such as B6:B6."""
    return tokens[-2:-1] == [":"] and tokens[-3:-2] == tokens[-1:] and tokens[-4:-3] != [":"] and bool(_REFERENCE.fullmatch(tokens[-1]))


def _ends(tokens: list[str]) -> bool:
    """Whether a reference may end here, rather than a function's name that a space parts from its parenthesis."""
    return bool(tokens) and (tokens[-1] == ")" or _REFERENCE.fullmatch(tokens[-1]) is not None)
