"""Up to two other plans beside the one that is worked on: ticked in the sidebar, kept in the address, shown by every page that can.

The address says them, `&beside=pilot_2017,mine@3`, and in which columns tables by fiscal year show them, `&differences=FY 2019-20`. Pages
lead to each other without these, so the session holds them, and writes them into the address of every page.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import streamlit as st

from budget_model.analysis.compare import compare
from budget_model.analysis.shared_months import alike, in_words, months_of, unlike_years_in_words
from budget_model.charts.beside import with_others
from budget_model.charts.chart import Chart
from budget_model.errors import UnreadableError
from budget_model.formats import figure, listed
from budget_model.pages.shared import catalog, comparable
from budget_model.pages.shared.address import as_address, of_address, quoted
from budget_model.pages.shared.catalog import Catalog
from budget_model.pages.shared.screen_state import EVERY_YEAR, Beside, ScreenState, last
from budget_model.pages.shared.widgets import plain, said
from budget_model.projection import Projection
from budget_model.timeline import TOTAL

MOST = 2
_BESIDE, _DIFFERENCES = "beside", "differences"  # in the address, and of the widgets
_NONE = "No columns"
_LATE = 3.0  # seconds that an address may come after another was written
_ABOUT = (
    "Up to two other plans on every page: their figures under the cards, narrow bars in charts by fiscal year and site, thin lines in "
    "charts by month, and columns in tables by fiscal year. The scenario above stays the one you work on."
)
# What pages say that show nothing of other plans, or show them in another way; all others show them.
_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "Scenarios": "Scenarios compares what you choose there, with a bridge.",
        "Build": "On Build the chart beside the levers shows them; its tables are those of the plan you work on.",
        "Evidence": "Evidence is that of the plan you work on alone.",
        "Range": "Range draws the plan you work on alone; Scenarios has the range of a difference.",
        "Downloads": "Downloads are of the plan you work on; the comparison workbook there takes others.",
        "Motion": "Motion answers for the plan you work on alone.",
        "Outcomes": "Outcomes are those of the plan you work on alone.",
    }
)


@dataclass
class _Written:
    """What the session holds of a key of the address, what it wrote before that, and when."""

    value: str = ""
    before: str = ""
    at: float = 0.0


def choose(offered: Catalog, screen: ScreenState, page: str) -> ScreenState:
    """Let the reader tick other plans and the columns for them; return the screen with both. `page` is the title of the page."""
    asked = of_address(_followed(_BESIDE))
    versions = range(1, offered.saved[screen.slug].latest + 1) if screen.slug in offered.saved else ()
    named = {f"{screen.slug}{comparable.AT}{one}": comparable.version_label(offered.saved[screen.slug].name, one) for one in versions}
    labels = comparable.choices(offered, {screen.slug: ""}, named, asked)
    labels[screen.slug] += ", as saved" if screen.version == screen.latest else ", the newest version"
    labels = _shorter(labels, screen.now.scenario.name)
    held = _known(asked, labels)
    _show(_BESIDE, held)
    st.multiselect(
        "Beside it",
        list(labels),
        format_func=labels.__getitem__,
        key=_BESIDE,
        max_selections=MOST,
        placeholder="No other plan",
        help=_ABOUT,
        on_change=_ticked,
    )
    _write(_BESIDE, as_address(held))
    if not held:
        return screen
    beside = _projected(offered, screen, {choice: labels[choice] for choice in held})
    if not beside:
        return screen
    differences = _choose_columns(screen, beside, is_elsewhere=page in _ELSEWHERE)
    names = [screen.now.scenario.name, *(one.name for one in beside)]
    words = [unlike_years_in_words(names, [screen.now.timeline, *(one.projection.timeline for one in beside)]), _ELSEWHERE.get(page, "")]
    for one in filter(None, words):
        st.html(said(one, "quiet"))
    return replace(screen, beside=beside, differences=differences)


def charted(screen: ScreenState, chart_of: Callable[[Projection], Chart]) -> Chart:
    """Return a chart of the plan on the screen, with the same of the plans beside it."""
    return with_others(chart_of(screen.now), {one.name: chart_of(one.projection) for one in screen.beside})


def of_headlines(screen: ScreenState) -> dict[str, list[str]]:
    """Return of each headline its figure in the plans beside over all months, and the difference where they have the same months."""
    found: dict[str, list[str]] = {}
    for one in screen.beside:
        own, theirs = screen.now.timeline, one.projection.timeline
        for headline in compare(screen.now, one.projection):
            moved = "the same" if headline.shown_change == "no change" else f"difference {headline.shown_change}"
            held = moved if alike(own, theirs, TOTAL) else in_words(months_of(theirs))
            found.setdefault(headline.label, []).append(f"{one.name}: {figure(headline.after, headline.unit)}; {held}")
    return found


def _known(asked: list[str], labels: Mapping[str, str]) -> list[str]:
    """Return what of the plans asked for can stand beside, and say of the others why they do not."""
    once = list(dict.fromkeys(asked))
    found = [choice for choice in once if choice in labels]
    if unknown := [choice for choice in once if choice not in labels]:
        st.warning(plain(f"To stand beside it, {quoted(unknown)} was asked for, which is not here."), icon=":material/link_off:")
    if len(found) > MOST:
        left = listed((labels[choice] for choice in found[MOST:]), MOST)
        st.warning(plain(f"Two plans at most stand beside it; not shown: {left}."), icon=":material/link_off:")
    return found[:MOST]


def _shorter(labels: Mapping[str, str], name: str) -> dict[str, str]:
    """Return labels without the name of the plan that is worked on, with which those of its kin begin; no two become alike."""
    begins = f"{name}, "
    rests = {choice: label.removeprefix(begins) for choice, label in labels.items() if label.startswith(begins)}
    shorter = {choice: f"{rest[:1].upper()}{rest[1:]}" for choice, rest in rests.items()}
    seen = Counter([*shorter.values(), *labels.values()])
    return {choice: shorter[choice] if choice in shorter and seen[shorter[choice]] == 1 else label for choice, label in labels.items()}


def _projected(offered: Catalog, screen: ScreenState, chosen: Mapping[str, str]) -> tuple[Beside, ...]:
    """Return the plans that are chosen, each by its choice and label, but for one that is no other than what is on the screen."""
    before = last()
    made = [one.projection for one in before.beside] if before else []
    found = []
    for choice, label in chosen.items():
        try:
            scenario = comparable.scenario_of(offered, choice)
        except UnreadableError as error:
            st.warning(plain(f"{error}."))
            continue
        if scenario == screen.now.scenario:
            st.html(said(f"{label} is what is on the screen.", "quiet"))
            continue
        known = next((one for one in made if one.scenario is scenario), None)  # its digest need not be made again
        found.append(Beside(label, known or catalog.projection(scenario)))
    return tuple(found)


def _choose_columns(screen: ScreenState, beside: tuple[Beside, ...], *, is_elsewhere: bool) -> str:
    """Let the reader choose for which fiscal years tables show the other plans and the differences; not where a page shows none."""
    years = sorted({year for one in (screen.now, *(one.projection for one in beside)) for year in one.timeline.years})
    offered = ["", *years, TOTAL, EVERY_YEAR]
    asked = _followed(_DIFFERENCES)
    if asked not in offered:
        st.warning(plain(f"Columns of {quoted([asked])} were asked for, which none of these plans covers."), icon=":material/link_off:")
        asked = ""
    _write(_DIFFERENCES, asked)
    if is_elsewhere:
        return ""
    _show(_DIFFERENCES, asked)
    st.selectbox(
        "Columns for them in tables",
        offered,
        format_func=lambda year: year or _NONE,
        key=_DIFFERENCES,
        help="Beside a fiscal year's figures, those of the other plans and what they have more or less than the plan you work on.",
        on_change=_chosen,
    )
    return asked


def _ticked() -> None:
    _hold(_BESIDE, as_address(st.session_state[_BESIDE]))


def _chosen() -> None:
    _hold(_DIFFERENCES, st.session_state[_DIFFERENCES] or "")


def _show(key: str, value: object) -> None:
    """Have a widget show what is held."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _held(key: str) -> _Written:
    held: _Written = st.session_state.setdefault(f"beside.{key}", _Written())
    return held


def _hold(key: str, value: str) -> None:
    held = _held(key)
    if value != held.value:
        held.value, held.before, held.at = value, held.value, time.monotonic()


def _followed(key: str) -> str:
    """Return what the address says of a key where somebody typed or followed it, else what the session holds.

    An address that was written before and comes a moment late is nobody's wish.
    """
    held, given = _held(key), st.query_params.get(key, "")
    late = given == held.before and time.monotonic() - held.at < _LATE
    if given and given != held.value and not late:
        _hold(key, given)
    return held.value


def _write(key: str, value: str) -> None:
    """Hold a value, and have the address of the page say it."""
    _hold(key, value)
    if value and st.query_params.get(key) != value:
        st.query_params[key] = value
    elif not value and key in st.query_params:
        del st.query_params[key]
