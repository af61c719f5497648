"""How an amount is rounded to the cent or the dollar in the chain of a budget: steps that lines are written in.

Each takes and gives arrays of amounts, or the symbols of a line that is traced.

The size of an amount is rounded up to the next cent or dollar; then one of these is taken off again where the way of rounding says so.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from budget_model.engine.vocabulary import ratio, round_up, when, without_residue


def size_rounded_up(amount: Any, units_in_a_dollar: Any, ends: Any) -> Any:
    """Return the size of a sum in cents or dollars, rounded up to the next one; 0 before the end of its period."""
    return round_up(np.absolute(amount) * units_in_a_dollar) * ends


def gained_by_rounding_up(amount: Any, rounded_up: Any, units_in_a_dollar: Any, ends: Any) -> Any:
    """Return what that adds, in cents or dollars; told in dollars first, for a large sum in cents has no binary digit left to tell it."""
    return without_residue(ratio(rounded_up, units_in_a_dollar) - np.absolute(amount)) * units_in_a_dollar * ends


def taken_off_again(rounded_up: Any, gained: Any, most_gained: Any, half_to_even: Any, up: Any) -> Any:
    """Return 1 where rounding up added too much; of a half, where the cent or dollar is odd and the even one is asked for."""
    twice_gained = 2 * gained
    of_equal = when(half_to_even == 1, round_up(rounded_up / 2) * 2 - rounded_up, up)
    return when(twice_gained > most_gained, 1, when(twice_gained == most_gained, of_equal, 0))


def difference(amount: Any, rounded: Any, units_in_a_dollar: Any, ends: Any) -> Any:
    """Return what rounding adds to a sum, below zero where it takes away."""
    with_its_sign = when(amount < 0, -1, 1) * ratio(rounded, units_in_a_dollar)
    return when(units_in_a_dollar > 0, with_its_sign - amount, 0) * ends
