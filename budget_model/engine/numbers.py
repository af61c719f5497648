"""The first reading of the rows: NumPy numbers, each row calculated when it is first asked for.

Every array has a leading axis of draws, then the row's axes in the model's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from budget_model.engine.arrays import Array, Calendar, Inputs, Members
from budget_model.engine.kinds import value
from budget_model.engine.loops import follow
from budget_model.engine.model import Model, Step
from budget_model.engine.run import Run, Store, members_of_listings


class Values(Mapping[str, Array]):
    """The array of every row by name, each calculated when it is first asked for, together with what it reads."""

    def __init__(self, model: Model, run: Run, known: Store) -> None:
        self._model, self.run, self.known = model, run, known

    def __getitem__(self, name: str) -> Array:
        if name not in self.known:
            step, before = self._model.step_to(name)
            for read in before:
                if read not in self.known:
                    self[read]
            if isinstance(step, Step):
                self.known[name] = value(self.run, self._model.rows[name], self.known, ())
            else:
                # Apart, for others may ask at the same time: they see rows that are complete, and all come to the same figures.
                store = {read: self.known[read] for read in before}
                follow(self.run, (step,), store, ())
                self.known.update((row, store[row]) for row in step.rows)
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._model.rows)

    def __len__(self) -> int:
        return len(self._model.rows)


@dataclass(frozen=True)
class Evaluation:
    """The items of every axis, the calendar, and the array of every row."""

    members: Members
    calendar: Calendar
    values: Values


def evaluate(model: Model, inputs: Inputs, *, like: Evaluation | None = None) -> Evaluation:
    """Return the rows' arrays: (draws, *axes of the row), in the row's unit; a YEAR axis ends with the total.

    What the evaluation `like` knows and nothing has changed for is taken from there; the figures are the same.
    """
    members = {**inputs.members, **members_of_listings(model, inputs.members)}
    draws = max(array.shape[0] for array in inputs.values.values())
    known: Store = dict(inputs.values)
    if like is not None and (like.members, like.calendar, like.values.run.draws) == (members, inputs.calendar, draws):
        run = like.values.run  # with what it has laid out: nothing in it follows from figures
        before = like.values.known.copy()  # a copy, for another visitor may be asking the same evaluation for more
        changed = [name for name, array in known.items() if array is not before[name] and not np.array_equal(array, before[name])]
        stale = frozenset(known).union(*map(model.readers, changed))
        known |= {name: array for name, array in before.items() if name not in stale}
    else:
        run = Run(model, members, inputs.calendar, draws)
    return Evaluation(members, inputs.calendar, Values(model, run, known))
