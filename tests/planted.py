"""Random scenarios in which duties are missed and caps bind, with the amounts computed here once more, without the model's lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st
from strategies import scenarios

from budget_model import Change, Scenario, changed, project
from budget_model.scenario.choices import CostCategory
from budget_model.scenario.schema import Cap, Service, Source

SERVICE = {"name": "Supplies", "first_month": "2019-07", "monthly_amount": 10_000}
GRANT = {
    "name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["Services and supplies"], "award": 90_000, "first_month": "2019-07",
    "pace": "As cost arises",
}  # fmt: skip
COUNTY = GRANT | {"name": "County", "treatment": "Net county cost", "timing": "Ongoing", "award": 0, "yearly_amount": 120_000}
HIGHEST_SUM = 1_000_000_000  # of a contract that a file may say
CARE, ADMINISTRATION = CostCategory.COMMUNITY_PROVIDERS, CostCategory.INDIRECT


class Planted(NamedTuple):
    """A scenario, and what was planted in it: dollars by the name of the check and of the item, 0 where nothing is missed."""

    scenario: Scenario
    expected: dict[tuple[str, str], float]

    def __repr__(self) -> str:
        return f"{self.expected} in {self.scenario.model_dump_json(exclude_defaults=True)}"  # whole, it would be too long to be told


@st.composite
def planted(draw: st.DrawFn) -> Planted:
    """Draw a scenario with two sources before all others, one with a match and one with a cap, and contract sums of half of what is paid."""
    scenario = draw(scenarios())
    monthly, award, pledged = (float(draw(st.integers(0, most))) for most in (5_000, 60_000, 1_000))
    rate, cap = draw(st.sampled_from([0.1, 0.25, 1.0])), draw(st.sampled_from([0.0, 0.1, 0.5]))
    first = {"first_month": f"{scenario.first_month:%Y-%m}"}
    services = [
        SERVICE | first | {"name": f"Planted, {name}", "category": name, "monthly_amount": monthly} for name in (CARE, ADMINISTRATION)
    ]
    match = {"rate": rate, "basis": "grant spent", "pledged": pledged}
    sources = [
        GRANT | first | {"name": "Matched", "pays": [CARE], "award": award, "match": match},
        GRANT | first | {"name": "Capped", "pays": [ADMINISTRATION], "award": award},
    ]
    limit = Cap.model_validate({"name": "Planted cap", "source": "Capped", "category": ADMINISTRATION, "share": cap})
    with_both = scenario.model_copy(
        update={
            "services_and_supplies": (*scenario.services_and_supplies, *map(Service.model_validate, services)),
            "funding_sources": (*map(Source.model_validate, sources), *scenario.funding_sources),
            "caps": (*scenario.caps, limit),
        }
    )
    before = project(with_both)
    paid = {contract.name: cost for contract, cost in zip(scenario.provider_contracts, before.by_year("contract_cost")[:, -1], strict=True)}
    sums = {name: min(cost / 2, HIGHEST_SUM) for name, cost in paid.items()}
    common = dict(zip(CostCategory, before.monthly("common_cost_at_place").sum(axis=0).tolist(), strict=True))
    short, ahead = short_match(common[CARE], award, rate, pledged)
    expected = {
        ("match_is_met", "Matched"): short,
        ("grant_drawn_ahead_of_match", "Matched"): ahead,
        ("cost_above_cap", "Planted cap"): refused(common[ADMINISTRATION], award, cap),
        **{("contract_sums_hold", name): paid[name] - amount for name, amount in sums.items()},
    }
    return Planted(changed(with_both, [Change("provider_contracts", name, "ceiling", amount) for name, amount in sums.items()]), expected)


def short_match(cost: Sequence[float], left: float, rate: float, pledge: float) -> tuple[float, float]:
    """Return the match that a first source's pledge leaves unpaid, and the money drawn that it does not earn, in dollars."""
    short = ahead = 0.0
    for due in cost:
        drawn = min(left, due / (1 + rate))
        paid = min(drawn * rate, pledge)
        left, pledge, short, ahead = left - drawn, pledge - paid, short + drawn * rate - paid, ahead + drawn - paid / rate
    return short, ahead


def refused(cost: Sequence[float], left: float, cap: float) -> float:
    """Return the cost that a first source without a match refuses for its cap in months in which it has money, in dollars."""
    allowed, total = cap * left, 0.0
    for due in cost:
        paid = min(due, allowed, left)
        left, allowed = left - paid, allowed - paid
        total += min(due - paid, left)
    return total
