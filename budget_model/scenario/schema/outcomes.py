"""Effects shown beside the budget."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import NumberAssumption, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import CountedParticipants
from budget_model.scenario.declarations import Flag, Group, Part, Table
from budget_model.scenario.schema.fields import Item, Text


class Outcome(Item):
    """An effect shown beside the budget, never netted into it: events avoided for each participant-year, with a range."""

    table: ClassVar[Table] = Table(
        axis=Axis.OUTCOME,
        title="Outcomes",
        singular="outcome",
        part=Part.SERVICES,
        flags={
            "counts_active": Flag("Effect on active participants, engaged or not", "effect_on", CountedParticipants.ACTIVE),
            "effect_lasts": Flag("The effect lasts as long as people take part", "effect_lasts"),
        },
        blank={"evidence_grade": "not graded"},
        groups={Group.COST: ("cashable_share",)},
        first=("effect", "effect_low", "effect_high", "average_cost", "cashable_share", "evidence_grade", "effect_on"),
    )

    evidence_grade: Text
    caution: Text = ""
    effect_on: CountedParticipants = CountedParticipants.ENGAGED
    effect_lasts: bool = False
    effect: NumberAssumption = quantity("Events avoided", "events a participant-year", at_most=365)
    effect_low: NumberAssumption = quantity("Events avoided, low", "events a participant-year", at_most=365)
    effect_high: NumberAssumption = quantity("Events avoided, high", "events a participant-year", at_most=365)
    average_cost: NumberAssumption = quantity("Average cost of an event", "dollars an event", default=0, at_most=1_000_000)
    cashable_share: NumberAssumption = share("Average cost that can be cashed", default=0.0)
