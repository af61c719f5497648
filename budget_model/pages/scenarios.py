"""Scenarios: two or more side by side, the bridge between two, the versions of a saved one, and drafts not yet saved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from budget_model.analysis.compare import HEADLINES, compare
from budget_model.analysis.why.addresses import text_of
from budget_model.charts.figures import waterfall
from budget_model.editing import items as editing
from budget_model.errors import ScenarioError, SimulationError, StoreError, UnreadableError
from budget_model.formats import change, counted, figure
from budget_model.pages.shared import bridges, catalog, comparable, draft_session, notices, what_now
from budget_model.pages.shared.address import as_address, of_address, quoted
from budget_model.pages.shared.build_parts import LEVERS
from budget_model.pages.shared.catalog import Catalog, database
from budget_model.pages.shared.empty_state import teach
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.sidebar import on_the_clock
from budget_model.pages.shared.widgets import Line, heading, plain, say, sheet, show
from budget_model.projection import Projection
from budget_model.store import drafts, versions
from budget_model.store.drafts import Unsaved
from budget_model.timeline import TOTAL

_SCREEN = "on the screen"


def _choices(offered: Catalog, screen: ScreenState, asked: Sequence[str]) -> dict[str, str]:
    """Return what can be compared, by what stands in the address: the screen, every scenario, versions of this one or asked for."""
    on_screen = {_SCREEN: f"On the screen: {screen.now.scenario.name}"} if screen.changes else {}
    kept = versions.versions(database(), screen.slug)
    named = {f"{screen.slug}{comparable.AT}{one.number}": comparable.version_label(one.name, one.number) for one in kept}
    return comparable.choices(offered, on_screen, named, asked)


def _projection(offered: Catalog, screen: ScreenState, choice: str) -> Projection:
    return screen.now if choice == _SCREEN else catalog.projection(comparable.scenario_of(offered, choice))


def _compare(offered: Catalog, screen: ScreenState) -> None:
    held: list[str] | None = st.session_state.get("compared")
    asked = of_address(st.query_params.get("compare", "")) if held is None else held
    choices = _choices(offered, screen, asked)
    others = [slug for slug in offered.slugs if slug != screen.slug]
    default = [screen.slug, _SCREEN if _SCREEN in choices else others[0]] if others or _SCREEN in choices else [screen.slug]
    gone = [choice for choice in dict.fromkeys(asked) if choice not in choices]
    unknown = [choice for choice in gone if held is None or choice != _SCREEN]  # what was on the screen may have been put away here
    if held is None or gone:
        st.session_state["compared"] = [choice for choice in dict.fromkeys(asked) if choice in choices] or default
    if unknown:
        instead = "What else was asked for is compared." if len(unknown) < len(set(asked)) else "Two others are compared in its place."
        st.warning(plain(f"To compare, {quoted(unknown)} was asked for, which is not here. {instead}"), icon=":material/link_off:")
    elif len(set(asked)) < len(asked):
        st.warning(plain("To compare, a scenario was asked for twice. It is compared once."), icon=":material/link_off:")
    chosen = st.multiselect(
        "Scenarios to compare, the first is what the others are held against",
        list(choices),
        format_func=choices.__getitem__,
        key="compared",
    )
    st.query_params["compare"] = as_address(chosen)
    projections = {}
    for choice in chosen:
        try:
            projections[choices[choice]] = _projection(offered, screen, choice)
        except UnreadableError as error:
            st.warning(plain(f"{error}."))
    if len(projections) < 2:
        teach(
            "Choose two or more above: they stand side by side, with what causes how much of the difference. "
            "Where there is one alone, change something and save it: that makes another.",
            "Move a lever",
            "build",
            "lead",
            part=LEVERS,
        )
        return
    _side_by_side(projections, screen.now)
    _bridge(projections, screen.now)


def _side_by_side(projections: dict[str, Projection], on_screen: Projection) -> None:
    """Show the headlines of each and the differences from the first; figures of the plan on the screen lead to their reasons."""
    first, *others = projections
    lines = []
    for index, headline in enumerate(compare(projections[first], projections[first])):
        cells = [figure(headline.before, headline.unit)]
        explained = text_of(HEADLINES[headline.label], TOTAL)
        figures = [explained if projections[first] is on_screen else ""]
        for name in others:
            other = compare(projections[first], projections[name])[index]
            cells += [figure(other.after, other.unit), other.shown_change]
            figures += [explained if projections[name] is on_screen else "", ""]
        lines.append(Line(headline.label, cells, "alert" if headline.label == "Funding gap" else "", figures=figures))
    heads = [head for name in others for head in (name, "Difference")]
    sheet(["All fiscal years", first, *heads], lines, style="plain")


def _bridge(projections: dict[str, Projection], on_screen: Projection) -> None:
    """Show the bridge between two scenarios; a step leads to the number that it changes, where the plan on the screen has it."""
    first, *others = projections
    second = others[0]
    if len(others) > 1:
        second = st.selectbox(f"From {first} to", others, key="bridge_to")
    before, after = projections[first], projections[second]
    found = bridges.built(before, after)
    show(waterfall(found, (first, second)), "bridge")
    _range_of_difference(before, after, (first, second))
    if not found.steps:
        return
    lines = [
        Line(
            f"{number}. {step.cause.label}",
            [step.cause.before, step.cause.after, change(printed, "dollars")],
            figures=["", "", bridges.number_behind(on_screen, step.cause.differences)],
        )
        for number, (step, printed) in enumerate(zip(found.steps, found.whole_dollars, strict=True), 1)
    ]
    lines.append(Line("All together", ["", "", change(found.whole_difference, "dollars")], "total"))
    sheet(["Change", "Before", "After", "Net county cost"], lines, text_columns=2)
    silent = f" Without effect on it: {counted(found.without_effect, 'more difference')}." if found.without_effect else ""
    say(f"{bridges.IN_TURN}{silent}", "quiet")


def _range_of_difference(before: Projection, after: Projection, names: tuple[str, str]) -> None:
    """Show how likely which difference is, once the reader asks: the same draws of the numbers that both scenarios have."""
    if not st.toggle("Show the range of the difference", key="range_of_difference"):
        return
    from budget_model.charts.ranges import likely_difference  # what draws needs takes long to import
    from budget_model.pages.shared import simulations

    try:
        show(likely_difference(simulations.quick(before), simulations.quick(after), names), "range_of_difference_chart")
    except SimulationError as error:
        say(str(error), "alert")


def _versions(offered: Catalog, screen: ScreenState) -> None:
    st.header("Versions of this scenario", anchor=False)
    kept = versions.versions(database(), screen.slug)
    if not kept:
        teach(
            "A file of the library has no versions. Change something and save it: it becomes a scenario of your own, and each save "
            "stands here with author, day and reason.",
            "Move a lever",
            "build",
            part=LEVERS,
        )
        return
    lines = [
        Line(
            f"Version {one.number}",
            [one.author, on_the_clock(one.saved_at), one.reason],
            "total" if one.number == screen.version else "",
            one.name,
        )
        for one in kept
    ]
    sheet(["", "Who", "When", "Why"], lines, text_columns=3, style="plain")
    what_now.show_comments(kept)
    numbers = [one.number for one in kept]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox("Version", numbers, format_func=lambda one: f"Version {one}", key=f"picked.{screen.slug}", width=220)
        st.button("Open", on_click=draft_session.choose, args=(screen.slug, number), icon=":material/visibility:")
        st.button(
            "Restore", on_click=_restore, args=(offered, screen, number), icon=":material/history:", disabled=number == kept[0].number
        )
        with st.popover("Duplicate", icon=":material/content_copy:"):
            _duplicate(offered, screen, number)
    say(
        "Open only looks. Restore puts that version into a draft on the newest, to review and save. Duplicate makes a scenario of its own.",
        "quiet",
    )


def _restore(offered: Catalog, screen: ScreenState, number: int) -> None:
    """Begin a draft on the newest version whose one step is the older version."""
    try:
        _, old = catalog.opened(offered, screen.slug, number)
        newest, base = catalog.opened(offered, screen.slug)
        assert newest is not None
        draft = drafts.begin(database(), screen.slug, newest.number, base)
        restored = drafts.with_step(database(), draft, old, f"Version {number} restored")
    except StoreError as error:
        notices.notify(f"Version {number} could not be put into a draft. {error}")
        return
    draft_session.choose(screen.slug, 0, restored or draft)
    notices.notify(f"Version {number} stands in a draft. Review it under Build and save it as the next version.", done=True)


def _duplicate(offered: Catalog, screen: ScreenState, number: int) -> None:
    """Let the reader make a scenario of its own from a version, under a name."""
    try:
        version, scenario = catalog.opened(offered, screen.slug, number)
    except UnreadableError as error:
        st.warning(plain(f"{error}."))
        return
    assert version is not None
    with st.form("duplicate", border=False):
        name = st.text_input("Name of the new scenario", value=f"{scenario.name}, copy"[:120], max_chars=120)
        author = st.text_input("Who makes it", value=st.session_state.get("author", ""), max_chars=versions.MOST_AUTHOR)
        pressed = st.form_submit_button("Make the scenario", type="primary")
    if not pressed:
        return
    reason = f"Duplicate of version {number} of '{version.name}'"
    try:
        copy = editing.rename(scenario, name)
        saved = versions.save_new(database(), copy, author, reason, screen.slug, frozenset(offered.files))
    except (ScenarioError, StoreError) as error:
        st.error(plain(f"Not made. {error}"))
        return
    st.session_state["author"] = author
    draft_session.choose(saved.slug)
    notices.notify(f"Saved as version {saved.number} of '{saved.name}'.", done=True)
    st.rerun()


def _drafts(offered: Catalog) -> None:
    found = drafts.unsaved(database())
    st.header("Drafts not yet saved", anchor=False)
    if not found:
        teach("None. Whatever someone changes is kept here until it is saved or put away.", "Move a lever", "build", "quiet", part=LEVERS)
        return
    names = {one.id: offered.label(one.slug) if one.slug in offered.slugs else one.slug for one in found}
    lines = [
        Line(names[one.id], [one.author or "not said yet", f"{one.steps}", one.last_words, on_the_clock(one.changed_at)]) for one in found
    ]
    sheet(["Draft of", "Who saves it", "Steps", "Last change", "When"], lines, text_columns=4, style="plain")
    every = drafts.count_unsaved(database())
    if every > len(found):
        say(f"The {len(found)} newest of {every} drafts. An older one opens by its address.", "quiet")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked: Unsaved = st.selectbox(
            "Draft", found, format_func=lambda one: f"{names[one.id]}: {one.last_words}"[:80], key="picked_draft", width=420
        )
        st.button("Open the draft", on_click=_open_draft, args=(picked.id,), icon=":material/edit_note:")
        with st.popover("Put it away", icon=":material/delete:"):
            say(f"{picked.steps} {'step' if picked.steps == 1 else 'steps'} would be gone for good.")
            st.button("Put it away for good", on_click=_put_away, args=(picked.id,), type="primary")


def _open_draft(id: str) -> None:
    try:
        draft_session.open_draft(id)
    except StoreError as error:
        notices.notify(str(error))


def _put_away(id: str) -> None:
    try:
        drafts.put_away(database(), id)
    except StoreError as error:
        notices.notify(f"The draft is still there. {error}")
        return
    held = current().draft
    if held and held.id == id:
        draft_session.choose(held.slug)
    notices.notify("The draft is gone.", done=True)


def _page(screen: ScreenState) -> None:
    heading("Scenarios", screen, "Compare, see what drives the difference, and go back to any version.")
    offered = catalog.offered()
    _compare(offered, screen)
    _versions(offered, screen)
    _drafts(offered)


_page(current())
