"""The acts of a draft as a bridge from the saved figure to the new one: what each changes and does, to leave out and comment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape

import streamlit as st

from budget_model.analysis.bridge import Bridge
from budget_model.charts.figures import waterfall
from budget_model.editing.acts import Act, left_out, taken_over
from budget_model.editing.changes import checked
from budget_model.editing.differences import Difference, Place, differences
from budget_model.editing.grid import worth_a_look
from budget_model.errors import BudgetModelError
from budget_model.formats import NIL, change, counted, dollars
from budget_model.pages.shared import act_comments, bridges, draft_session, notices, why_links
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.widgets import Line, plain, say, sheet, show
from budget_model.scenario.schema import Scenario
from budget_model.store.drafts import Draft

LEFT_OUT = "Left out: "  # so the words of these steps begin
_MOST = 20  # acts that are shown at first: each has a field and a button
_FEW = 8  # values that stand open
_ALL = "act_list.all"
_STYLE = """<style>
.act { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 1.2rem; font-size: 0.95rem; line-height: 1.45; }
.act .does { text-align: right; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums; }
.act .name { font-weight: 600; }
.act p { margin: 0; }
.act .from { opacity: 0.85; overflow-wrap: anywhere; }
.act .look { font-weight: 600; color: light-dark(#A84700, #FF9B5E); }
.act details, .act .lines { grid-column: 1 / -1; font-size: 0.9rem; margin-top: 0.2rem; }
.act summary { cursor: pointer; opacity: 0.85; }
.act details .sheet { max-height: 22rem; overflow-y: auto; }
.act.end { font-weight: 600; border-top: 2px solid rgba(128, 140, 150, 0.75); padding-top: 0.4rem; }
.act.begin { border-bottom: 2px solid rgba(128, 140, 150, 0.75); padding-bottom: 0.4rem; }
@media (max-width: 640px) { .st-key-review_chart { display: none; } }
[class*="st-key-act_line"] { border-bottom: 1px solid rgba(128, 140, 150, 0.28); padding-bottom: 0.7rem; }
</style>"""


def table(found: Sequence[Act]) -> None:
    """Show acts with what stood there before; a number that became nothing or ten times as much stands out."""
    looks = [_look(act) for act in found]
    heads = ["Change", "Before", "Now", *["Look again"] * any(looks)]
    lines = [
        Line(act.label, [act.before, act.after, look][: len(heads) - 1], "alert" if look else "")
        for act, look in zip(found, looks, strict=True)
    ]
    sheet(heads, lines, text_columns=len(heads) - 1)


def show_bridge(screen: ScreenState, draft: Draft) -> None:
    """Show the acts of a draft one below the other, from the saved net county cost to that of now."""
    found = _bridge(screen)
    effects = {step.cause.places[0]: printed for step, printed in zip(found.steps, found.whole_dollars, strict=True)} if found else {}
    if found and len(found.steps) > 1:
        with st.container(key="review_chart"):  # a phone has the same in the list alone
            show(waterfall(found, (f"{screen.saved.scenario.name} as saved", "This draft")), "review_bridge")
    comments = act_comments.kept(draft)
    listed = screen.acts if st.session_state.get(_ALL) == draft.id else screen.acts[:_MOST]
    if found:
        st.html(_STYLE + _end("Net county cost as saved, over all fiscal years", dollars(found.before), "begin"))
    for number, act in enumerate(listed, 1):
        with st.container(key=f"act_line_{number}", gap="xsmall"):
            effect = change(effects.get(act.places[0], 0), "dollars") if found else ""
            st.html(_act(number, act, effect, bridges.number_behind(screen.now, act.differences)))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                act_comments.show_field(draft, act, comments)
                about = "Takes this change back and leaves the others. It can be put back."
                st.button("Leave out", key=f"leave_out.{number}", on_click=_leave_out, args=(act,), help=about)
    if len(listed) < len(screen.acts):
        more = counted(len(screen.acts) - len(listed), "more change")
        st.button(f"Show {more}", key=_ALL + ".shown", on_click=_show_all, args=(draft.id,), icon=":material/expand_more:")
    if found:
        st.html(_end("Net county cost now", f"{dollars(found.after)}, {change(found.whole_difference, 'dollars')}", "end"))
        say(bridges.IN_TURN, "quiet")
    show_left_out(draft)
    act_comments.say_what_stands_alone(comments, screen.acts)


def _show_all(draft: str) -> None:
    st.session_state[_ALL] = draft


def _bridge(screen: ScreenState) -> Bridge | None:
    """Return the bridge from the saved scenario; None, and says so, where it cannot be built."""
    try:
        return bridges.built(screen.saved, screen.now)
    except BudgetModelError as error:
        st.warning(plain(f"What each change does cannot be shown now. {error}. The changes are listed, and can be saved."))
        return None


def _leave_out(act: Act) -> None:
    saved = current().saved.scenario

    def words(scenario: Scenario) -> str:
        return LEFT_OUT + "; ".join(one.label for one in left_out(saved, scenario, act)[1])

    if draft_session.edit(lambda scenario: left_out(saved, scenario, act)[0], words):
        notices.notify("Left out. It is listed below the changes, to be put back.", done=True, in_passing=True)


def _put_back(toward: Scenario, places: Collection[Place], label: str) -> None:
    draft_session.edit(lambda scenario: checked(taken_over(scenario, toward, places), places), f"Put back: {label}")


def _left_out(draft: Draft) -> Iterator[tuple[str, tuple[Place, ...], Scenario]]:
    """Yield what was left out and is not put back, the last first: its name, its places, and the scenario that had it."""
    known = set()
    for number in range(draft.applied_steps, 0, -1):
        if not draft.words[number - 1].startswith(LEFT_OUT):
            continue
        having = draft.states[number - 1]
        places = tuple(one.place for one in differences(draft.states[number], having))
        if places not in known and any(one.place in places for one in differences(draft.scenario, having)):
            known.add(places)
            yield draft.words[number - 1].removeprefix(LEFT_OUT), places, having


def show_left_out(draft: Draft) -> None:
    """Show what was left out of a draft, each to be put back."""
    found = list(_left_out(draft))
    if not found:
        return
    say("Left out of this draft, and not saved with it:", "alert")
    for number, (label, places, having) in enumerate(found, 1):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("Put back", key=f"put_back.{number}", on_click=_put_back, args=(having, places, label), icon=":material/undo:")
            say(label)


def _act(number: int, act: Act, effect: str, figure: str) -> str:
    """Return an act as HTML: its name, old and new, what of it deserves a second look, every value, and its effect.

    The effect leads to the number that the act changes, whose address is `figure`; '' for none.
    """
    look = _look(act)
    does = why_links.linked(effect, why_links.href(figure), act.label) if effect and figure else escape(effect)
    return (
        f'<div class="act"><div><p class="name">{number}. {escape(act.label)}</p>{_moved(act)}'
        + (f'<p class="look">Look again: {escape(look)}</p>' if look else "")
        + f'</div><div class="does">{does}</div>{_unfolded(act)}</div>'
    )


def _moved(act: Act) -> str:
    """Return what stood there and what stands there now; of what came or went the one that there is, unless every value stands open."""
    sides = [escape(side) for side in (act.before, act.after)]
    came, went = (side == NIL and any(not one.field for one in act.differences) for side in (act.before, act.after))
    if (came or went) and 1 < len(act.values) <= _FEW:
        return ""
    return f'<p class="from">{sides[1] if came else f"Before: {sides[0]}" if went else " <b>to</b> ".join(sides)}</p>'


def _end(label: str, amount: str, which: str) -> str:
    return f'<div class="act {which}"><div>{escape(label)}</div><div class="does">{escape(amount)}</div></div>'


def _look(act: Act) -> str:
    return "; ".join(dict.fromkeys(filter(None, map(worth_a_look, act.differences))))


def _unfolded(act: Act) -> str:
    """Return every value of an act of several, folded where they are many; of one that is the same on several lines, the lines."""
    if len(act.values) < 2:
        return ""
    if len({(one.field, one.shown_before, one.shown_after) for one in act.values}) == 1:
        return f'<p class="lines">{escape("; ".join(one.item for one in act.values))}</p>'
    sides = [side for side in ("before", "after") if any(getattr(one, side) is not None for one in act.values)]
    of_several = len({one.item for one in act.values}) > 1
    names = [*(["Line"] if of_several else []), "Value", *({"before": "Before", "after": "Now"}[side] for side in sides)]
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(_value(one, sides, of_several=of_several) for one in act.values)
    shown = " open" * (len(act.values) <= _FEW)
    return (
        f"<details{shown}><summary>{counted(len(act.values), 'value')}</summary>"
        f'<div class="sheet plain" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>'
    )


def _value(one: Difference, sides: Sequence[str], *, of_several: bool) -> str:
    named = [one.item or "Whole program"] * of_several + [one.label]
    cells = "".join(f'<td class="t">{escape(text)}</td>' for text in (*named[1:], *(getattr(one, f"shown_{side}") for side in sides)))
    return f'<tr><th scope="row">{escape(named[0])}</th>{cells}</tr>'
