"""The program's cost for each participant-month, and what other programs publish to set beside it."""

from __future__ import annotations

from budget_model.formats import worded
from budget_model.scenario.comparators import Comparator, comparators

PARTICIPANT_MONTH = "dollars a participant-month"
# What each figure of the program is called, its row, and what it includes beside the one before.
UNIT_COSTS = (
    ("Provider contracts alone", "contract_cost_per_participant_month", "Provider staff, help to participants, overhead, start-up."),
    (
        "All but treatment and housing",
        "cost_without_care_per_participant_month",
        "Also County staff, police, prosecutors and defenders, services, data, evaluation.",
    ),
    ("All cost", "full_cost_per_participant_month", "Also treatment, interim and permanent housing."),
)
COMPARED = (
    "A participant-month is a month of one person on the caseload. In what LEAD programs publish there is no treatment or housing, "
    "which others pay: the line to set beside it is all but treatment and housing."
)


def published_costs() -> tuple[Comparator, ...]:
    """Return what other programs cost for each participant-month, the least first; none where the library has no such file.

    Raises ScenarioError naming the entry that is wrong.
    """
    found = (one for one in comparators(PARTICIPANT_MONTH).values() if one.value is not None)
    return tuple(sorted(found, key=lambda one: one.value or 0.0))


def amount_in_words(published: Comparator) -> str:
    """Return a published amount with its range, where it has one: '$958 ($917 to $1,000)'."""
    amount = worded(published.value or 0.0, PARTICIPANT_MONTH)
    if published.low is None or published.high is None:
        return amount
    return f"{amount} ({worded(published.low, PARTICIPANT_MONTH)} to {worded(published.high, PARTICIPANT_MONTH)})"
