"""Which tables and levers of a page are to be drawn anew: the browser keeps what they hold until they are other widgets."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from budget_model.pages.shared.notices import notify_unless_more_is_said

_RENEWALS, _TYPING, _OUTDATED = "drawn_anew.renewals", "drawn_anew.typing", "drawn_anew.outdated"
_SETTINGS, _LEVERS_SET = "drawn_anew.settings", "drawn_anew.levers_set"
_CHANGED_ELSEWHERE = (
    "The scenario was changed elsewhere as well. The figures count it; the tables show it after the next thing that you do outside of them."
)


def begin_page() -> None:
    """Take up what was put off: levers that were set, and tables that others changed, unless somebody types in one, which is said."""
    state = st.session_state
    if state.pop(_LEVERS_SET, False):
        state[_SETTINGS] = settings_of_levers() + 1
    if state.pop(_TYPING, False) and state.get(_OUTDATED):
        notify_unless_more_is_said(_CHANGED_ELSEWHERE)
    elif state.pop(_OUTDATED, False):
        renew()


def generation(table: str) -> int:
    """Return a number that changes whenever a table on the page must be drawn anew."""
    return _renewals().total() - _renewals()[table]


def renew(*, by: str = "") -> None:
    """Have the tables on the page drawn anew; not the one in which the change was typed, for its cells show it."""
    _renewals()[by] += 1


def outdate() -> None:
    """Have the tables drawn anew in the next run that nobody types in: others changed the draft."""
    st.session_state[_OUTDATED] = True


def put_off_renewal() -> None:
    """Have the tables stand in the next run, whatever others changed: somebody types in one."""
    st.session_state[_TYPING] = True


def settings_of_levers() -> int:
    """Return how often levers were set by something else than themselves.

    A lever that is set so is another widget from then on. The browser sends what all widgets hold with whatever is done next;
    before it has the new value it would send the old one, which nobody could tell from a move of the lever.
    """
    count: int = st.session_state.get(_SETTINGS, 0)
    return count


def set_levers() -> None:
    """Have the levers take what the scenario has, in the next run: what a lever was moved to until then is still a move."""
    st.session_state[_LEVERS_SET] = True


def _renewals() -> Counter[str]:
    """Return how often tables were drawn anew, by the table that was not."""
    renewals: Counter[str] = st.session_state.setdefault(_RENEWALS, Counter())
    return renewals
