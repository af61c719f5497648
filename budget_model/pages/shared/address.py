"""The address of a page: what links to other pages and mailed ones carry, and what it asks for that is not there, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st

from budget_model.formats import joined

WORK = ("scenario", "version", "draft", "beside", "differences")  # what says which work is on the screen, and what stands beside it
_COMMA = "%2C"  # within the name of a scenario that is compared, which a comma would end
_MOST_SIGNS, _MOST_NAMES = 60, 5


def of_the_work() -> dict[str, str]:
    """Return what the address says of the work on the screen, so that a link to another page stays with it."""
    return {key: st.query_params[key] for key in WORK if key in st.query_params}


def addressed(**instead: str) -> str:
    """Return the whole address of the page on the screen, with some of its keys set to something else, or left out for ''."""
    held = {key: st.query_params.get_all(key) for key in st.query_params}
    held |= {key: [value] if value else [] for key, value in instead.items()}
    page = urlsplit(st.context.url or "")
    return page._replace(query=urlencode(held, doseq=True), fragment="").geturl()


def addressed_overview(**asked: str) -> str:
    """Return the whole address of the first page, which asks for something."""
    page = urlsplit(st.context.url or "")
    return page._replace(path=f"{page.path.rpartition('/')[0]}/", query=urlencode(asked), fragment="").geturl()


def compared(choices: Iterable[str]) -> dict[str, str]:
    """Return what asks the page Scenarios to compare scenarios or versions (`slug@2`), and leaves the work on the screen as it is."""
    return of_the_work() | {"compare": as_address(choices)}


def of_address(text: str) -> list[str]:
    """Return what an address asks to compare, each once or as often as it stands there."""
    return [choice.replace(_COMMA, ",") for choice in text.split(",") if choice]


def as_address(chosen: Iterable[str]) -> str:
    """Return what stands in the address for what is compared."""
    return ",".join(choice.replace(",", _COMMA) for choice in chosen)


def printable(text: str) -> str:
    """Return a text with signs that cannot be shown, such as bytes that are no UTF-8, written by their numbers."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def quoted(given: Sequence[str]) -> str:
    """Return what an address names, as a sentence shows it: in quotes, the first few, each with its beginning."""
    shown = [f"'{printable(text[:_MOST_SIGNS])}{'...' * (len(text) > _MOST_SIGNS)}'" for text in given[:_MOST_NAMES]]
    more = [f"{len(given) - _MOST_NAMES:,} more"] * (len(given) > _MOST_NAMES)
    return joined([*shown, *more])
