"""Several caps of one source on the same category or class, by different bases: the tightest holds, in each month.

Each cap says which share of the cost it refuses by itself. All of them refuse the largest of these shares, which is named under each
cap in proportion to what it refuses by itself. There are three bases, so three such caps at most.
"""

from __future__ import annotations

import numpy as np

from budget_model.engine.rows import line, total
from budget_model.engine.vocabulary import ratio
from budget_model.scenario.axes import Axis

AREA = "funding"
SOURCE, CAP, JOINT_CAP, MONTH = Axis.SOURCE, Axis.CAP, Axis.JOINT_CAP, Axis.MONTH


# Beforehand: what a constant share leaves out for caps.


@total(unit="dollars", over=(SOURCE, JOINT_CAP, MONTH), of="cost_beyond_cap_alone", match={"cap": "cap"}, inline=True)
def beyond_by_itself():
    """Cost of the period that the cap by itself can't take."""


@total(unit="dollars", over=(SOURCE, JOINT_CAP, MONTH), of="cost_beyond_cap_alone", match={"cap": "second_cap"}, inline=True)
def beyond_by_second():
    """Such cost that the second cap on it can't take."""


@total(unit="dollars", over=(SOURCE, JOINT_CAP, MONTH), of="cost_beyond_cap_alone", match={"cap": "third_cap"}, inline=True)
def beyond_by_third():
    """Such cost that a third cap on it can't take."""


@line(unit="dollars", over=(SOURCE, JOINT_CAP, MONTH))
def beyond_for_others(beyond_by_itself, beyond_by_second, beyond_by_third):
    """Cost that the cap could take and the tightest of them can't."""
    return np.maximum(0, np.maximum(beyond_by_second, beyond_by_third) - beyond_by_itself)


@total(unit="dollars", over=(SOURCE, CAP, MONTH), of="beyond_for_others", match={"cap": "cap"}, inline=True)
def beyond_this_cap():
    """Cost of the period that the cap could take and others on the same can't."""


@line(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH))
def part_of_others(beyond_by_itself, beyond_by_second, beyond_by_third):
    """Part of what they leave out together that counts for the others: each has its part."""
    return 1 - ratio(beyond_by_itself, beyond_by_itself + beyond_by_second + beyond_by_third)


@total(unit="share of cost", over=(SOURCE, CAP, MONTH), of="part_of_others", match={"cap": "cap"}, inline=True)
def part_of_other_caps():
    """Part of what is left out for the cap that counts for other caps on the same."""


# Month by month: cost on which a cap on the money spent may not rely.


@total(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH), of="share_held_by_cap_alone", match={"cap": "cap"}, inline=True)
def held_by_itself():
    """Share of the cost that the cap by itself holds."""


@total(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH), of="share_held_by_cap_alone", match={"cap": "second_cap"}, inline=True)
def held_by_second():
    """Share of the same cost that the second cap on it holds."""


@total(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH), of="share_held_by_cap_alone", match={"cap": "third_cap"}, inline=True)
def held_by_third():
    """Share of the same cost that a third cap on it holds."""


@line(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH))
def held_together(held_by_itself, held_by_second, held_by_third):
    """Share of the cost that the caps together hold: the largest of theirs."""
    return np.maximum(held_by_itself, np.maximum(held_by_second, held_by_third))


@line(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH))
def held_by_others(held_by_itself, held_by_second, held_by_third, held_together):
    """Part of the cap's own share that counts for the others: each has its part of what they hold together."""
    return held_by_itself * (1 - ratio(held_together, held_by_itself + held_by_second + held_by_third))


@total(unit="share of cost", over=(SOURCE, CAP, MONTH), of="held_by_others", match={"cap": "cap"}, inline=True)
def share_held_by_other_caps():
    """Share of the cost held by the cap that is counted for other caps on the same."""


# Month by month: cost that is refused.


@total(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH), of="share_refused_by_cap_alone", match={"cap": "cap"}, inline=True)
def refused_by_itself():
    """Share of the cost that the cap by itself refuses."""


@total(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH), of="share_refused_by_cap_alone", match={"cap": "second_cap"}, inline=True)
def refused_by_second():
    """Share of the same cost that the second cap on it refuses."""


@total(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH), of="share_refused_by_cap_alone", match={"cap": "third_cap"}, inline=True)
def refused_by_third():
    """Share of the same cost that a third cap on it refuses."""


@line(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH))
def refused_together(refused_by_itself, refused_by_second, refused_by_third):
    """Share of the cost that the caps together refuse: the largest of theirs."""
    return np.maximum(refused_by_itself, np.maximum(refused_by_second, refused_by_third))


@line(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH))
def refused_by_others(refused_by_itself, refused_by_second, refused_by_third, refused_together):
    """Part of the cap's own share that counts for the others: each has its part of what they refuse together."""
    return refused_by_itself * (1 - ratio(refused_together, refused_by_itself + refused_by_second + refused_by_third))


@total(unit="share of cost", over=(SOURCE, CAP, MONTH), of="refused_by_others", match={"cap": "cap"}, inline=True)
def share_named_under_other_caps():
    """Share of the cost refused by the cap that is named under other caps on the same."""


@line(unit="share of cost", over=(SOURCE, JOINT_CAP, MONTH))
def refused_beyond_own(refused_together, refused_by_itself):
    """Share of the cost that the cap would let pass and others on it refuse."""
    return refused_together - refused_by_itself


@total(unit="share of cost", over=(SOURCE, CAP, MONTH), of="refused_beyond_own", match={"cap": "cap"}, inline=True)
def share_refused_by_other_caps():
    """Share of the cost under the cap that it would let pass and others on the same refuse."""
