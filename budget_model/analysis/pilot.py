"""What the pilot was fitted to, and what it was not: published figures beside those of the model, each with how it came in.

A figure to which inputs were set says nothing of the model when it comes out, and neither does an input that comes out as it went
in. The published figures stand in the register of evidence and in the list of comparators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from budget_model.formats import counted, worded
from budget_model.projection import Projection
from budget_model.scenario.assumption import MONTH_UNIT
from budget_model.scenario.choices import CareKind
from budget_model.scenario.comparators import comparators
from budget_model.scenario.evidence import register
from budget_model.scenario.numbers import numbers_given
from budget_model.timeline import add_months

HEADING = "What the pilot was fitted to, and what it was not"
PILOT, PROLONGED = "pilot_2017", "pilot_cliff"  # files of the library: the pilot, and the same program after its grant
MONTHS_OF_OPERATION = 10
FITTED_NOTE = "Fitted"  # with which the note of a number begins that was set to reach a published figure
_END_OF_GRANT, _END_OF_PRESS_FIGURE = date(2019, 6, 1), date(2020, 6, 1)
_LONG_BEACH = ("Long Beach City Prosecutor", "Long Beach Police Department")


class How(StrEnum):
    """How a published figure stands to the model."""

    FITTED = "Fitted"
    INPUT = "Input"
    HELD_OUT = "Held out"


@dataclass(frozen=True)
class Sum:
    """The sum of items of a row (of the row itself where it has none) over months, by their index, or over all of them."""

    row: str
    items: tuple[int, ...] = ()
    months: tuple[int, int] | None = None  # the first and the last


@dataclass(frozen=True)
class Quotient:
    """One sum divided by another; 0 where that is 0."""

    of: Sum
    by: Sum


@dataclass(frozen=True)
class PilotFigure:
    """A published figure of the pilot beside the model's, in `unit`, and where that stands in the model.

    `note` says what is compared, and what to know of it.
    """

    label: str
    unit: str
    how: How
    published: float
    model: float
    at: Sum | Quotient
    note: str = ""

    @property
    def difference(self) -> float:
        """What the model gives more than was published."""
        return self.model - self.published


@dataclass(frozen=True)
class FreedomCount:
    """How many published figures the model was made to reach, and how many of its numbers were set for that."""

    fitted: int
    inputs: int
    held_out: int
    numbers: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The count in words, with what agreement shows and does not show."""
        were = "was" if len(self.numbers) == 1 else "were"
        return (
            f"{counted(len(self.numbers), 'number')} of the pilot {were} set so that the model reproduces {self.fitted} figures; "
            f"{self.inputs} more went in as published. Agreement with them is a condition of a good forecast, and no evidence of one. "
            f"Only the {self.held_out} figures held out can tell for or against the model."
        )


def shows_the_pilot(projection: Projection) -> bool:
    """Whether a plan has the months that the published figures speak of: ten months of operation that end before the motion's."""
    opens = _opening(projection)
    return opens is not None and add_months(projection.timeline.months[opens], MONTHS_OF_OPERATION) <= date(2018, 11, 1)


def beside_the_published(
    projection: Projection, kept: Callable[[str], Projection | None]
) -> tuple[Projection, tuple[PilotFigure, ...]] | None:
    """Return the plan that stands beside the published figures, with these: the plan itself where it covers the pilot, else the library's.

    `kept` gives the projection of a file of the library by its name, None where there is none; without the pilot's there is nothing.
    """
    pilot = projection if shows_the_pilot(projection) else kept(PILOT)
    return None if pilot is None else (pilot, pilot_figures(pilot, kept(PROLONGED)))


def whose(pilot: Projection) -> str:
    """Return of which plan the figures are, in a sentence."""
    return f"The model's figures are those of the plan '{pilot.scenario.name}'."


def pilot_figures(pilot: Projection, prolonged: Projection | None = None) -> tuple[PilotFigure, ...]:
    """Return the published figures of the pilot beside a projection of it: fitted first, then inputs, then those held out.

    `prolonged` is the same program after its grant, which some figures speak of; without it these are left out.
    """
    facts, found = register(), []
    for name, (how, place, note) in _FIGURES.items():
        at = place(pilot)
        found.append(PilotFigure(facts[name].label, facts[name].unit, how, facts[name].value, _amount(pilot, at), at, note))
    return (*found, *_other_figures(pilot, prolonged))


def _amount(projection: Projection, at: Sum | Quotient) -> float:
    if isinstance(at, Quotient):
        by = _amount(projection, at.by)
        return _amount(projection, at.of) / by if by else 0.0
    if at.months is None:
        values = projection.by_year(at.row)[..., -1]
    else:
        first, last = at.months
        values = projection.monthly(at.row)[..., first : last + 1].sum(axis=-1)
    here = [item for item in at.items if item < len(values)] if at.items else []  # a plan of these months may lack some of them
    return float(values[here].sum() if at.items else values)


def freedom(pilot: Projection, figures: tuple[PilotFigure, ...]) -> FreedomCount:
    """Return how many figures of each kind there are, and the numbers of the pilot that say that they are fitted."""
    count = {how: sum(figure.how is how for figure in figures) for how in How}
    numbers = [uses[0] for uses in numbers_given(pilot.scenario).values() if uses[0].assumption.note.startswith(FITTED_NOTE)]
    names = tuple(f"{number.item}: {number.declared.label}".removeprefix(": ") for number in numbers)
    return FreedomCount(count[How.FITTED], count[How.INPUT], count[How.HELD_OUT], names)


def _opening(projection: Projection) -> int | None:
    opened = projection.monthly("all_open_sites") > 0
    return int(opened.argmax()) if opened.any() else None


def _month(projection: Projection) -> int:
    """Return the index of the tenth month since the first site opened."""
    return min((_opening(projection) or 0) + MONTHS_OF_OPERATION - 1, projection.timeline.count - 1)


def _enrolled(projection: Projection) -> Sum:
    return Sum("all_enrollments", months=(0, _month(projection)))


def _homeless_share(projection: Projection) -> Quotient:
    return Quotient(Sum("all_homeless_entrants", months=(0, _month(projection))), _enrolled(projection))


def _in_place(*kinds: CareKind) -> Callable[[Projection], Sum]:
    places = tuple(list(CareKind).index(kind) for kind in kinds)
    return lambda projection: Sum("people_in_place_by_kind", places, (_month(projection), _month(projection)))


def _under_the_grant(projection: Projection) -> tuple[int, int] | None:
    """Return the months up to the end of the grant, of which the published money speaks; None where the plan ends by then."""
    months = projection.timeline.months
    return (0, months.index(_END_OF_GRANT)) if _END_OF_GRANT in months[:-1] else None


def _of_first_source(row: str) -> Callable[[Projection], Sum]:
    return lambda projection: Sum(row, (0,), _under_the_grant(projection))


_FIGURES: Mapping[str, tuple[How, Callable[[Projection], Sum | Quotient], str]] = {
    "lac_enrol_10mo": (How.FITTED, _enrolled, "Referrals and their ramps were set to it."),
    "lac_homeless_at_entry": (How.FITTED, _homeless_share, "The homeless shares of two pathways were set around it."),
    "lac_interim_or_sud_bed": (
        How.FITTED,
        _in_place(CareKind.INTERIM_HOUSING, CareKind.INPATIENT_TREATMENT),
        "The beds of interim housing were taken from it, and they bind.",
    ),
    "lac_psh_10mo": (How.FITTED, _in_place(CareKind.SUPPORTIVE_HOUSING), "The need of homeless entrants was derived from it."),
    "lac_bscc_award": (
        How.INPUT,
        _of_first_source("drawdown"),
        "The award is an input; what the model adds is that cost suffices to draw it.",
    ),
    "lac_match_amount": (How.INPUT, _of_first_source("match_paid"), "A tenth of the award, pledged as an input."),
}


def _other_figures(pilot: Projection, prolonged: Projection | None) -> list[PilotFigure]:
    """Return the published figures that no register entry of the motion has, each where the plan has what it speaks of."""
    known, found = comparators(), []

    def add(name: str, how: How, of: Projection, at: Sum | Quotient | None, note: str) -> None:
        fact = known.get(name)
        if fact and fact.value is not None and at is not None:
            found.append(PilotFigure(fact.label, fact.unit, how, fact.value, _amount(of, at), at, note))

    city = tuple(index for index, line in enumerate(pilot.scenario.services_and_supplies) if line.name in _LONG_BEACH)
    given = Sum("service_cost", city, _under_the_grant(pilot)) if city else None
    add("lac_long_beach_sub_award", How.INPUT, pilot, given, "The model has the part of the 29 months that the pilot covers.")
    enrolled = _enrolled_by(pilot, _END_OF_GRANT)
    note = f"Enrolled by {worded(_END_OF_GRANT, MONTH_UNIT)}, of a target stated in 2017."
    add("lac_target_participants", How.HELD_OUT, pilot, enrolled, note)
    each = Quotient(Sum("gross_appropriation", months=_under_the_grant(pilot)), enrolled) if enrolled else None
    note = f"Published: grant and match by the target. Model: all cost up to {worded(_END_OF_GRANT, MONTH_UNIT)} by those enrolled."
    add("bscc_lead_pilot_target", How.HELD_OUT, pilot, each, note)
    if prolonged:
        note = f"Enrolled by {worded(_END_OF_PRESS_FIGURE, MONTH_UNIT)} if the program goes on as it was; the press may mean one area."
        add("lac_diverted_2017_2020", How.HELD_OUT, prolonged, _enrolled_by(prolonged, _END_OF_PRESS_FIGURE), note)
    return found


def _enrolled_by(projection: Projection, month: date) -> Sum | None:
    """Return the people enrolled up to a month, None where the plan ends before it."""
    months = list(projection.timeline.months)
    return Sum("all_enrollments", months=(0, months.index(month))) if month in months else None
