"""The terms of the budget and their plain meanings, from `docs/glossary.md`: dotted on the screen, each opens what it means.

By mouse a term says it while it is pointed at, by keyboard while it has the focus, by touch when it is tapped (`glossary.js`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from budget_model.folders import GLOSSARY

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
_LINE = re.compile(r"^\| ([^|]+?) \| ([^|]*?) ?\| ([^|]+?) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Term:
    """A term as the budget writes it, what else it is called or written, and its plain meaning in full sentences."""

    name: str
    others: tuple[str, ...]
    meaning: str


@cache
def terms() -> tuple[Term, ...]:
    """Return every term in the order of the file, which is that of the alphabet."""
    lines = _LINE.findall(GLOSSARY.read_text(encoding="utf-8"))[1:]  # after the head of the table
    written = ((name, tuple(filter(None, others.split("; "))), meaning) for name, others, meaning in lines)
    return tuple(Term(*line) for line in written if not line[0].startswith("-"))


def marker() -> Callable[[str], str]:
    """Return the function from a text to HTML with its terms dotted: each at its first use in all texts that it is given."""
    known: set[str] = set()

    def dotted(found: re.Match[str]) -> str:
        term = _by_form()[_form(found[0])]
        if term.name in known:
            return escape(found[0])
        known.add(term.name)
        says = escape(f"{term.name}. {term.meaning}")
        return f'<span class="term" role="button" tabindex="0" data-meaning="{says}">{escape(found[0])}</span>'

    def marked(text: str) -> str:
        parts, at = [], 0
        for found in _pattern().finditer(text):
            parts += [escape(text[at : found.start()]), dotted(found)]
            at = found.end()
        return "".join((*parts, escape(text[at:])))

    return marked


def meanings(text: str) -> str | None:
    """Return what the terms in a text mean, a paragraph for each; None where there is none in it."""
    found = dict.fromkeys(_by_form()[_form(one[0])] for one in _pattern().finditer(text))
    return "\n\n".join(f"{term.name}. {term.meaning}" for term in found) or None


def _form(text: str) -> str:
    """Return a term as it is found by: in small letters with plain spaces, without the ending of a plural."""
    return re.sub(r"\s", " ", text).casefold().removesuffix("s")


@cache
def _by_form() -> dict[str, Term]:
    return {_form(name): term for term in terms() for name in (term.name, *term.others)}


@cache
def _pattern() -> re.Pattern[str]:
    """Return the expression that finds terms, the longest first; a short form in capitals counts as it is written alone."""
    names = sorted({name for term in terms() for name in (term.name, *term.others)}, key=len, reverse=True)
    written = (name if name.isupper() else f"(?i:{re.escape(name.removesuffix('s'))})s?" for name in names)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(written)})(?![\w-])")
