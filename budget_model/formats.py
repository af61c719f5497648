"""Figures as a county analyst writes them: $1,234,567, parentheses for negatives, -- for nil.

Rounded as spreadsheets round (15 significant digits, then half away from zero), so that the screen and the workbook show
the same figure: 0.95 positions are 1.0 in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NIL = "--"
HALF_A_CENT = 0.005  # dollars: what adding in another order may leave, and less than what is shown


def dollars(amount: float) -> str:
    """Return an amount in whole dollars.

    >>> dollars(1234567.4), dollars(-1234.6), dollars(0.2)
    ('$1,234,567', '($1,235)', '--')
    """
    return _signed(amount, "$", 0)


def with_cents(amount: float) -> str:
    """Return an amount to the cent.

    >>> with_cents(17515.91), with_cents(-0.5), with_cents(0.0)
    ('$17,515.91', '($0.50)', '$0.00')
    """
    shown = _signed(amount, "$", 2)
    return "$0.00" if shown == NIL else shown


def whole_dollars(amount: float) -> int:
    """Return an amount as the number of dollars that `dollars` writes.

    >>> whole_dollars(1234567.4), whole_dollars(-1234.6)
    (1234567, -1235)
    """
    return int(_rounded(amount, 0))


def millions(amount: float) -> str:
    """Return an amount in millions of dollars to a tenth: as far as a range is known.

    >>> millions(38541565.0), millions(-260000.0), millions(40000.0)
    ('$38.5M', '($0.3M)', '--')
    """
    shown = _signed(amount / 1e6, "$", 1)
    return shown if shown == NIL else f"{shown[:-1]}M)" if shown.endswith(")") else f"{shown}M"


def signed_millions(amount: float) -> str:
    """Return a difference in millions of dollars to a tenth, with its sign.

    >>> signed_millions(260000.0), signed_millions(-260000.0), signed_millions(40000.0)
    ('+$0.3M', '($0.3M)', '--')
    """
    shown = millions(amount)
    return f"+{shown}" if amount > 0 and shown != NIL else shown


def count(amount: float, digits: int = 1) -> str:
    """Return a number of people, positions or sites.

    >>> count(1234.56), count(-3), count(0), count(0.95)
    ('1,234.6', '(3.0)', '--', '1.0')
    """
    return _signed(amount, "", digits)


def change(amount: float, unit: str) -> str:
    """Return a difference with its sign in words a reader cannot miss.

    >>> change(1200, "dollars"), change(-1200, "dollars"), change(0.0, "positions")
    ('+$1,200', '($1,200)', 'no change')
    """
    shown = figure(amount, unit)
    return "no change" if shown == NIL else f"+{shown}" if amount > 0 else shown


def is_money(unit: str) -> bool:
    """Whether a unit is money: dollars, or dollars for each of something.

    >>> is_money("dollars a month"), is_money("participants")
    (True, False)
    """
    return unit.startswith("dollars")


def figure(amount: float, unit: str) -> str:
    """Return an amount in the form of its unit: whole dollars, whole people and sites, anything else to one decimal.

    >>> figure(1234.4, "dollars"), figure(136.3, "participants"), figure(2.5, "positions")
    ('$1,234', '136', '2.5')
    """
    return dollars(amount) if is_money(unit) else count(amount, _digits(unit))


def shown_change(before: float, after: float, unit: str) -> str:
    """Return the difference of two figures as they are shown, so that the three add up on the page.

    >>> shown_change(363.6, 500.4, "participants"), shown_change(0.2, 0.4, "participants")
    ('+136', 'no change')
    """
    digits = 0 if is_money(unit) else _digits(unit)
    return change(float(_rounded(after, digits) - _rounded(before, digits)), unit)


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "difference"), counted(3, "duty missed", "duties missed")
    ('1 difference', '3 duties missed')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def joined(texts: Sequence[str]) -> str:
    """Return texts as a sentence lists them.

    >>> joined(["Compton"]), joined(["Compton", "Hollywood", "South LA"])
    ('Compton', 'Compton, Hollywood and South LA')
    """
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def listed(texts: Iterable[str], most: int, between: str = "; ") -> str:
    """Return the first texts of a list as a sentence names them, and how many more there are.

    >>> listed(["Compton", "Hollywood", "South LA"], 2)
    'Compton; Hollywood and 1 more'
    """
    found = list(texts)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return f"{between.join(found[:most])}{more}"


def _digits(unit: str) -> int:
    return 0 if unit.startswith(("participant", "people", "sites")) else 1


def worded(value: float | date, unit: str) -> str:
    """Return a value in its unit as a reader sees it: a month, a percentage, whole dollars or a number.

    >>> worded(date(2019, 9, 1), "month"), worded(0.035, "share a year"), worded(1234.0, "dollars"), worded(8.5, "referrals a month")
    ('Sep 2019', '3.5%', '$1,234', '8.5')
    >>> worded(16.5, "dollars a unit")
    '$16.50'
    """
    if isinstance(value, date):
        return f"{value:%b %Y}"
    if unit.startswith("share"):
        return f"{written(_without_noise(100 * value))}%"
    if is_money(unit):
        return dollars(value) if value == int(value) else f"${value:,.2f}"
    return written(_without_noise(value))


def written(value: float) -> str:
    """Return a number with all its digits as people write it, and as it can be typed again.

    >>> written(1234.5), written(2e6), written(33.3333333333), written(1e-7), written(0.0)
    ('1,234.5', '2,000,000', '33.3333333333', '0.0000001', '0')
    """
    text = f"{Decimal(repr(float(value))):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_noise(value: float) -> float:
    """Return a number without what calculating with it left in its last digits."""
    return float(f"{value:.12g}")


def singular(unit: str) -> str:
    """Return the unit of one: its first noun in the singular.

    >>> singular("positions"), singular("people a month"), singular("agencies"), singular("multiple of the salary given")
    ('position', 'person a month', 'agency', 'multiple of the salary given')
    """
    head, each, rest = unit.partition(" a ")
    if head.endswith("ies"):
        head = head.removesuffix("ies") + "y"
    head = "person" if head == "people" else head if " of " in head else head.removesuffix("s")
    return head + each + rest


def in_unit(value: float | date, unit: str) -> str:
    """Return a value with its unit, where the form does not already say it.

    >>> in_unit(0.035, "share a year"), in_unit(1234.0, "dollars a month"), in_unit(8.5, "referrals a month"), in_unit(1.0, "positions")
    ('3.5%', '$1,234', '8.5 referrals a month', '1 position')
    """
    text = worded(value, unit)
    said = singular(unit) if value == 1 else unit
    return text if isinstance(value, date) or unit.startswith(("share", "dollars")) else f"{text} {said}"


_COMPOUNDS = {
    "Pre booking": "Pre-booking",
    "One time": "One-time",
    "Start up": "Start-up",
    "Medi cal": "Medi-Cal",
    "medi cal": "Medi-Cal",
    "drug Medi-Cal": "Drug Medi-Cal",
}
# Of a source, for treatment of people is another thing; and what a cap is a share of.
_HEADINGS = {"treatment": "Budget treatment", "of": "Share of what"}


def spoken(field: str) -> str:
    """Return the name of a field as a heading.

    >>> spoken("one_time_amount"), spoken("match.in_kind_pledged")
    ('One-time amount', 'Match in kind pledged')
    >>> spoken("nonfederal_drug_medi_cal"), spoken("treatment")
    ('Nonfederal Drug Medi-Cal', 'Budget treatment')
    """
    if field in _HEADINGS:
        return _HEADINGS[field]
    words = field.replace("_", " ").replace(".", " ").capitalize()
    for apart, together in _COMPOUNDS.items():
        words = words.replace(apart, together)
    return words


def _rounded(amount: float, digits: int) -> Decimal:
    return Decimal(f"{amount:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _signed(amount: float, sign: str, digits: int) -> str:
    rounded = abs(_rounded(amount, digits))
    if not rounded:
        return NIL
    text = f"{sign}{rounded:,}"
    return f"({text})" if amount < 0 else text


def in_columns(lines: Sequence[Sequence[str]]) -> str:
    """Return lines of texts as columns, the first to the left.

    >>> print(in_columns([["Cost", "FY 2018-19"], ["Net county cost", "$1"]]))
    Cost             FY 2018-19
    Net county cost          $1
    """
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    )
