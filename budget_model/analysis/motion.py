"""The pilot as proof: the figures of the Board's motion of October 2018 beside what the model gives for the same month.

The figures stand in the register of evidence and are no input of any scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from budget_model.projection import Projection
from budget_model.scenario.choices import CareKind
from budget_model.scenario.evidence import register

MONTHS_OF_OPERATION = 10


@dataclass(frozen=True)
class Comparison:
    """One figure of the motion, and the model's."""

    label: str
    unit: str
    motion: float
    model: float

    @property
    def difference(self) -> float:
        """What the model gives more than the motion says."""
        return self.model - self.motion


def compared_with_motion(projection: Projection) -> tuple[Comparison, ...]:
    """Return the motion's figures beside a projection of the pilot: people after ten months of operation, money in all."""
    facts = register()
    return tuple(
        Comparison(facts[evidence].label, facts[evidence].unit, facts[evidence].value, figure(projection))
        for evidence, figure in _FIGURES.items()
    )


def _month(projection: Projection) -> int:
    """Return the index of the tenth month since the first site opened."""
    opens = int((projection.monthly("all_open_sites") > 0).argmax())
    return min(opens + MONTHS_OF_OPERATION - 1, projection.timeline.count - 1)


def _enrolled(projection: Projection, row: str = "all_enrollments") -> float:
    return float(projection.monthly(row)[: _month(projection) + 1].sum())


def _homeless_share(projection: Projection) -> float:
    return _enrolled(projection, "all_homeless_entrants") / (_enrolled(projection) or 1.0)


def _in_place(*kinds: CareKind) -> Callable[[Projection], float]:
    places = [list(CareKind).index(kind) for kind in kinds]
    return lambda projection: float(projection.monthly("people_in_place_by_kind")[places, _month(projection)].sum())


def _of_first_source(row: str) -> Callable[[Projection], float]:
    return lambda projection: float(projection.by_year(row)[:1, -1].sum())


_FIGURES: Mapping[str, Callable[[Projection], float]] = {
    "lac_enrol_10mo": _enrolled,
    "lac_homeless_at_entry": _homeless_share,
    "lac_interim_or_sud_bed": _in_place(CareKind.INTERIM_HOUSING, CareKind.INPATIENT_TREATMENT),
    "lac_psh_10mo": _in_place(CareKind.SUPPORTIVE_HOUSING),
    "lac_bscc_award": _of_first_source("drawdown"),
    "lac_match_amount": _of_first_source("match_paid"),
}
