"""Numbers as people write them: with thousands apart, a dollar sign, a percent sign, brackets for less than nothing.

What has two readings is refused with what to write, for a guess would be a silent change.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum

from budget_model.formats import singular

PERCENT = 100
ANY_UNIT = "units"  # of a number that says itself whether it counts money, a share or things


class UnclearNumberError(ValueError):
    """A text is no number, or has two readings; holds what to write instead, to be put after what is expected, or nothing."""


class Percent(Enum):
    """How a text may say percent: not at all, by its sign, or, in a column of percentages, by the number alone."""

    NONE = 0
    SAID = 1
    MEANT = 2


_WIDE = re.compile(r"[\uff01-\uff5e]")
_MINUS = str.maketrans("\u2212\u2013\ufe63", "---")
_COUNT = r"\d+(?:\.\d*)?|\.\d+|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?|[1-9]\d{0,2}(?:[ _]\d{3})+(?:\.\d*)?"
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mm": 6, "million": 6, "b": 9, "bn": 9, "billion": 9}
_NUMBER = re.compile(
    rf"(?P<open>\()? ?(?P<sign>[-+])? ?(?P<money>\$)? ?(?P<digits>{_COUNT})(?P<power>e[-+]?\d{{1,3}})?"
    rf" ?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})? ?(?P<percent>%|percent)? ?(?P<close>\))?",
    re.IGNORECASE | re.ASCII,
)
_COMMA_AS_POINT = re.compile(r"(\d+),(\d+)", re.ASCII)
_POINTS_AND_COMMA = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)", re.ASCII)
_FRACTION = re.compile(r"(?P<sign>-)? ?(?:(?P<whole>\d{1,9}) )?(?P<parts>\d{1,9}) ?/ ?(?P<of>\d{1,9})", re.ASCII)
_ONE_SIGN_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e]")  # such as that of one half
_WITH_WORDS = re.compile(r"(?P<number>[-+$(]*\d[\d.,]*%?\)?) ?(?P<words>/? ?[a-z][a-z /.'-]*)", re.IGNORECASE | re.ASCII)
_CALCULATED = re.compile(r"=.*|\$?\d[\d,.]*(?: ?[*x\u00d7+] ?\$?\d[\d,.]*)+", re.IGNORECASE | re.ASCII)
_MONEY_BEFORE_SIGN = re.compile(r"^\$ ?([-(]) ?(?=[\d.])")
_PERCENT_AFTER_BRACKET = re.compile(r"\) ?%$")


def number_in(text: str, unit: str, percent: Percent) -> Decimal | None:
    """Return the number that a text says, to its last digit; None where its sign of money or percent is not the unit's.

    Raises UnclearNumberError with what to write instead, where there is something to say.
    """
    plain = _signs_in_order(_without_unit(spaced(text), unit))
    found = _NUMBER.fullmatch(plain)
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
        raise UnclearNumberError(_hint(plain, unit, percent))
    if (found["money"] and not unit.startswith("dollars") and unit != ANY_UNIT) or (found["percent"] and percent is Percent.NONE):
        return None
    digits = re.sub("[, _]", "", found["digits"])
    value = Decimal(f"{digits}{found['power'] or ''}").scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    value = value.scaleb(-2) if found["percent"] or percent is Percent.MEANT else value
    return -value if found["open"] or found["sign"] == "-" else value


def spaced(typed: object) -> str:
    """Return a text with plain digits, signs and single spaces: full-width forms and other spaces are the same to a reader."""
    text = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), str(typed)).translate(_MINUS)
    return " ".join(text.split())


def decimal_of(value: float) -> Decimal:
    """Return the shortest decimal that is the number: what was typed, to its last digit."""
    return Decimal(repr(float(value)))


def plain_number(value: Decimal) -> str:
    """Return a number as text with all its digits, thousands apart."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signs_in_order(text: str) -> str:
    """Return "$(5)" and "(5)%", as spreadsheets print what is below zero, as "($5)" and "(5%)"."""
    return _PERCENT_AFTER_BRACKET.sub("%)", _MONEY_BEFORE_SIGN.sub(r"\1$", text))


def _without_unit(text: str, unit: str) -> str:
    """Return a text without the unit, or its first words, at the end: "5 days"."""
    head = unit.partition(" a ")[0]
    for word in (unit, head, singular(head)):
        if word and text.lower().endswith(f" {word}"):
            return text[: -len(word) - 1]
    return text


def _hint(text: str, unit: str, percent: Percent) -> str:
    """Return what to write instead of a number that has two readings, or is none yet; or ''."""
    if found := _POINTS_AND_COMMA.fullmatch(text):
        return f'; for "{text}" write {found[1].replace(".", "")}.{found[2]}'
    if found := _COMMA_AS_POINT.fullmatch(text):
        return f'; "{text}" could be {found[1]}.{found[2]} or {found[1]}{found[2]}, write the one you mean'
    text = _ONE_SIGN_FRACTION.sub(lambda sign: f" {unicodedata.normalize('NFKC', sign[0])}".replace("\u2044", "/"), text).strip()
    if (found := _FRACTION.fullmatch(text)) and int(found["of"]):
        number = int(found["whole"] or 0) + int(found["parts"]) / int(found["of"])
        return f"; write {found['sign'] or ''}{(PERCENT if percent is Percent.MEANT else 1) * number:.12g}"
    if found := _WITH_WORDS.fullmatch(text):
        if unit == ANY_UNIT:
            return f'; write {found["number"]} without "{found["words"]}": what it counts is said by counts'
        return f'; the number must stand alone, without "{found["words"]}"'  # which may be of another unit
    return "; type the result of a formula" if _CALCULATED.fullmatch(text) else ""
