"""The sentence of a change: its cause, positions, what of it is ongoing and one-time, and what offsets it (convention A6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budget_model.analysis.budget_amounts import MONEY_STEP, Amounts
from budget_model.analysis.rounding import stepped
from budget_model.formats import NIL, count, dollars
from budget_model.projection import Projection
from budget_model.scenario.schema import Site
from budget_model.timeline import fiscal_year

_MOST_NAMED = 3  # sources, or lines of the budget, in a sentence; the rest are counted


@dataclass(frozen=True)
class Offset:
    """What a source brings more, or below 0 less, to a change, in dollars; money that is not awarded is asked for."""

    source: str
    amount: float
    is_asked_for: bool = False


def sentence(cause: str, printed: Amounts, one_time: float | None, offsets: Sequence[Offset], *, is_new: bool) -> str:
    """Return the sentence of a change; `one_time` dollars of its cost are paid once, None where the budget before does not say.

    The figures in it add up to the printed ones of its line: ongoing cost is what is not one-time, and the largest offset takes
    what rounding leaves.
    """
    parts = [*_positions(printed.budgeted_positions), *_cost(printed.gross_appropriation, one_time, is_new=is_new)]
    told = f"{cause}: {_listed(parts)}" if parts else cause
    return f"{told}{_offset(offsets, printed.intrafund_transfer + printed.revenue)}."


def _positions(number: float) -> Iterable[str]:
    if number:
        yield f"{count(abs(number))} {'position' if abs(number) == 1 else 'positions'}{' less' if number < 0 else ''}"


def _cost(gross: float, one_time: float | None, *, is_new: bool) -> Iterable[str]:
    once = float(stepped(one_time or 0.0, MONEY_STEP))
    parts = ((gross - once, "ongoing cost"), (once, "one-time cost"))
    for amount, kind in parts if one_time is not None else ((gross, "cost, of which the adopted budget does not say what is one-time"),):
        if amount:
            said = "of" if is_new else "more in" if amount > 0 else "less in"
            yield f"{dollars(abs(amount))} {said} {kind}"


def _offset(offsets: Sequence[Offset], printed: float) -> str:
    """Return what offsets a change, and what sources bring less, the largest first."""
    amounts = [float(stepped(offset.amount, MONEY_STEP)) for offset in offsets]
    if amounts:
        largest = max(range(len(amounts)), key=lambda at: abs(amounts[at]))
        amounts[largest] += printed - sum(amounts)
    found = sorted(zip(offsets, amounts, strict=True), key=lambda pair: -abs(pair[1]))
    more, less = [pair for pair in found if pair[1] > 0], [pair for pair in found if pair[1] < 0]
    said = f", offset by {_listed(_named(more))}" if more else ""
    said += f", with {_listed(_named(less, 'less '))}" if less else ""
    return said or ", without offset"


def _named(found: Sequence[tuple[Offset, float]], less: str = "") -> list[str]:
    """Return amounts with their sources; where they are many, the smallest together."""
    shown = found if len(found) <= _MOST_NAMED + 1 else found[:_MOST_NAMED]
    named = [
        f"{dollars(abs(amount))} {less}{'asked for ' if one.is_asked_for and not less else ''}from {one.source}" for one, amount in shown
    ]
    if len(shown) < len(found):
        others = found[_MOST_NAMED:]
        rest, asked = (sum(abs(amount) for one, amount in others if one.is_asked_for or every) for every in (True, False))
        asked_for = f" ({dollars(asked)} of it asked for)" if asked and not less else ""
        named.append(f"{dollars(rest)} {less}from {len(others)} other sources{asked_for}")
    return named


def cause_at_site(projection: Projection, index: int, site: Site, people_adopted: float | None = None) -> tuple[str, bool]:
    """Return what a change at a site reflects, and whether the site opens in the year or is prepared in it.

    `people_adopted` are its participants at the same year's end in the adopted budget, where that is known.
    """
    if site.justification:
        return site.justification.rstrip(". "), _begins(projection, index, site)
    place = projection.scenario.sites.index(site)
    opens = projection.month_of("site_opening", place)
    room = f"up to {_people(site.slots.number)}"
    if _begins(projection, index, site):
        if opens is None:
            return f"Reflects preparations for {site.name}, which does not open by {projection.timeline.last:%B %Y}, for {room}", True
        if fiscal_year(opens) == projection.timeline.years[index]:
            return f"Reflects the opening of {site.name} in {opens:%B %Y}, for {room}", True
        return f"Reflects preparations for {site.name}, which opens in {opens:%B %Y}, for {room}", True
    here = projection.by_year("active_participants")[place]
    before = here[index - 1] if index else site.starting_participants.number
    return f"Reflects {_moved(before, here[index], people_adopted)}, at the pay and prices of the year", False


def cause_of_program(projection: Projection, index: int, people_adopted: float | None = None) -> str:
    """Return what a change reflects that is of no single site."""
    of_what = "positions, treatment, housing and services of no single site"
    return f"Reflects {of_what}, with {_people_of_all(projection, index, people_adopted)}"


def cause_of_lines(projection: Projection, index: int, moved: Mapping[str, float], people_adopted: float | None = None) -> str:
    """Return what a change of a budget unit reflects that is of no single site: its lines that cost more or less, the largest first."""
    found = [name for name in sorted(moved, key=lambda name: -abs(moved[name])) if stepped(moved[name], MONEY_STEP)]
    if not found:
        return cause_of_program(projection, index, people_adopted)
    return f"Reflects {some_of(found)}, with {_people_of_all(projection, index, people_adopted)}"


def purchases_in_words(moved: Mapping[str, float], *, is_new: bool) -> str:
    """Return a sentence of what a unit buys of each other unit, or buys more or less than before; nothing where that is nil."""
    amounts = {name: float(stepped(amount, MONEY_STEP)) for name, amount in moved.items()}
    parts = [
        f"{dollars(abs(amount))} {'' if is_new and amount > 0 else 'more ' if amount > 0 else 'less '}from {name}"
        for name, amount in amounts.items()
        if amount
    ]
    return f" The unit buys {_listed(parts)}." if parts else ""


def some_of(names: Sequence[str]) -> str:
    """Return lines of the budget by name, which may hold commas; where they are many, the first and how many others there are."""
    shown = names if len(names) <= _MOST_NAMED + 1 else [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} other lines"]
    return "; ".join([*shown[:-1], f"and {shown[-1]}"] if len(shown) > 1 else shown)


def _begins(projection: Projection, index: int, site: Site) -> bool:
    """Whether a site opens in a fiscal year, or later: what it costs before is for its opening."""
    opens = projection.month_of("site_opening", projection.scenario.sites.index(site))
    if site.starting_participants.number:
        return False
    return opens is None or fiscal_year(opens) >= projection.timeline.years[index]


def _people_of_all(projection: Projection, index: int, adopted: float | None) -> str:
    rows = projection.by_year("all_active_participants")
    before = rows[index - 1] if index else sum(site.starting_participants.number for site in projection.scenario.sites)
    return _moved(before, rows[index], adopted)


def _moved(before: float, after: float, adopted: float | None) -> str:
    nil = "none"
    if adopted is not None:
        return f"{_people(after)} at the year's end where the adopted budget has {_number(adopted, nil)}"
    if round(before) == round(after):
        return f"{_people(after)} at the year's end as the year before"
    return f"{_people(after)} at the year's end after {_number(before, nil)} the year before"


def _people(number: float) -> str:
    return f"{_number(number)} participants"


def _number(number: float, nil: str = "no") -> str:
    shown = count(float(number), 0)
    return nil if shown == NIL else shown


def _listed(parts: Sequence[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
