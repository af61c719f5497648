"""Which names there may be: those that the SUMIFS of every spreadsheet takes for themselves (docs/scenario-files.md)."""

from __future__ import annotations

import re

from budget_model.engine.names import folded
from budget_model.scenario.choices import WORDS_FOR_NONE

MOST_IN_A_NAME = 255  # letters that Excel compares in a criterion
WILDCARDS = "*?~"  # by which a spreadsheet finds other names too
SIGNS_OF_PLACES = '"[]:\\'  # with which places and the model's own rows are written
SIGNS_REFUSED, FIRST_SIGNS_REFUSED = WILDCARDS + SIGNS_OF_PLACES, "=<>+-@#"
TRUTH_VALUES = ("true", "false")
_MEANINGS = {folded(word): meaning for word, meaning in WORDS_FOR_NONE.items()}
_A_NUMBER = "expected a name with a word in it, such as 'Unit 7': a spreadsheet takes this one for a number or a date"
# What a folded name may not be, with what is expected in its place.
_REFUSED = (
    (re.compile(r"$"), "expected a name"),
    (
        re.compile(rf".*[{WILDCARDS}]"),
        "expected a name without * ? ~, by which a spreadsheet finds other names too: leave them out, or write a word",
    ),
    (
        re.compile(rf"[{re.escape(FIRST_SIGNS_REFUSED)}]"),
        "expected a name that begins with a word: a spreadsheet takes = < > + - @ # for a comparison or a formula",
    ),
    (
        re.compile(rf"({'|'.join(TRUTH_VALUES)})$"),
        "expected more than this word, which a spreadsheet takes for a truth value: add another word",
    ),
    (re.compile(r"[0-9.,]+e[+-]?[0-9]+$"), _A_NUMBER),
    # Without a letter, and no whole number as it is usually written, of the 15 digits that spreadsheets keep.
    (re.compile(r"(?![1-9][0-9]{0,14}$)[\W\d_]*$"), _A_NUMBER),
)


def expected_of_name(text: str) -> str:
    """Return what is expected in place of a name that a spreadsheet would not take for itself, or '' where it does.

    >>> expected_of_name("401(k)")
    ''
    """
    if len(text) > MOST_IN_A_NAME:
        return f"expected at most {MOST_IN_A_NAME} letters"
    return next((expected for refused, expected in _REFUSED if refused.match(folded(text))), "")


def expected_of_item_name(text: str) -> str:
    r"""Return what is expected in place of a name that no line of a table may have, or '' where it may.

    >>> expected_of_item_name("Nurse: nights")
    'expected a name without " [ ] : \\'
    """
    without = f"expected a name without {' '.join(SIGNS_OF_PLACES)}" if any(sign in text for sign in SIGNS_OF_PLACES) else ""
    return expected_of_name(text) or without


def expected_of_word_for_none(text: str) -> str:
    """Return what is expected in place of a name that stands for nothing, such as `none`, or '' where it is no such word."""
    meaning = _MEANINGS.get(folded(text))
    return f"expected another name: this word stands for {meaning}" if meaning else ""
