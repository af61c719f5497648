"""What a plain word of a scenario file means: nothing, true or false, a number, or text.

Programs that read YAML take some words for different numbers. Those are refused, with what to write: 012 is ten to one program
and twelve to the other. What some take for a number and the others for text, such as 1_000, is the number. Text in quotes is
always text.
"""

from __future__ import annotations

import math
import re

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {
    form: truth for word, truth in (("true", True), ("yes", True), ("on", True), ("false", False), ("no", False), ("off", False))
    for form in (word, word.capitalize(), word.upper())
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][\d_]*)(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?", re.ASCII)
_OF_ANOTHER_BASE = re.compile(r"[-+]?(?:0b_*[01][01_]*|0o_*[0-7][0-7_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*)")
_LEADING_ZERO = re.compile(r"[-+]?0[\d_]+(?:\.[\d_]*)?", re.ASCII)
_SIXTIES = re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?", re.ASCII)
_ENDLESS = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE)
_MOST_SIGNS = 40  # of a number


def meant(text: str) -> str | int | float | bool | None:
    """Return what a plain word, written without quotes, means. Raises ValueError saying what is expected where readers differ.

    >>> meant("1_000"), meant("yes"), meant("2019-07"), meant("~")
    (1000, True, '2019-07', None)
    """
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _NUMBER.fullmatch(text) or _OF_ANOTHER_BASE.fullmatch(text):
        return _number(text)
    if expected := _clearer(text):
        raise ValueError(f"expected {expected}; in quotes it is a text")
    return text


def is_text(text: str) -> bool:
    """Return whether a text means itself without quotes."""
    try:
        return meant(text) == text
    except ValueError:
        return False


def _number(text: str) -> int | float:
    if len(text) > _MOST_SIGNS:
        raise ValueError(f"expected a number of at most {_MOST_SIGNS} signs")
    digits = text.replace("_", "")
    try:
        return int(digits, 0)
    except ValueError:
        number = float(digits)
    if math.isinf(number) or (number == 0 and re.search("[1-9]", re.split("[eE]", digits)[0])):
        raise ValueError("expected a number that can be calculated with; this one is too large or too small")
    return number


def _clearer(text: str) -> str:
    """Return what is expected in place of a word that programs take for different numbers, or for none; '' for any other."""
    if _ENDLESS.fullmatch(text):
        return "a number that can be calculated with"
    if _SIXTIES.fullmatch(text):
        return "a number without a colon, which some programs count in sixties"
    if _LEADING_ZERO.fullmatch(text):
        digits = text.lstrip("+-0_").replace("_", "").removesuffix(".")
        number = f"{'-' * text.startswith('-')}{digits if digits[:1].isdigit() else f'0{digits}'}"
        return f"a number without zeros before it, which some programs count in eights, such as {number[:_MOST_SIGNS]}"
    return ""
