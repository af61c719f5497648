"""On which axis the keys of a total stand: said by the declared rows, whatever the tables hold, or refused with a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from budget_model.engine.arrays import Calendar, Inputs, Member
from budget_model.engine.model import Model
from budget_model.engine.numbers import evaluate
from budget_model.engine.rows import MONTH, Axes, Exactly, Input, Line, Listing, Match, Row, Total
from budget_model.errors import LineError

AXES = ("site", "office", "post", "contract", "cost", MONTH)
KEYS = {"site": {"site"}, "office": {"office"}, "post": {"site", "office"}, "contract": {"site"}}
SITES = (Member("North", {"site": "North"}), Member("South", {"site": "South"}))
OFFICES = (Member("Sheriff", {"office": "Sheriff"}), Member("Health", {"office": "Health"}))
POSTS = (Member("Deputy", {"site": "North", "office": "Sheriff"}), Member("Nurse", {"site": "South", "office": "Health"}))
CONTRACTS = (Member("Provider", {"site": "South"}),)


def rows(*totals: Total) -> list[Row]:
    """Posts and contracts with a price each, what they cost, and both in one table."""
    return [
        Input("post_price", "dollars", ("post",), "given", "Price."),
        Input("contract_price", "dollars", ("contract",), "given", "Price."),
        Line("post_cost", "dollars", ("post", MONTH), "test", "Cost.", lambda post_price: post_price),
        Line("contract_cost", "dollars", ("contract", MONTH), "test", "Cost.", lambda contract_price: contract_price),
        Listing("cost", "dollars", ("cost", MONTH), "test", "Cost.", {"Post": ("post_cost",), "Contract": ("contract_cost",)}),
        Line("post_cost_of_contract", "dollars", ("post", "contract", MONTH), "test", "Cost.", lambda post_cost: post_cost),
        *totals,
    ]


def a_total(over: Axes, of: str, match: Match) -> Total:
    return Total("summed", "dollars", over, "test", "A sum.", of, match)


def summed(total: Total, posts: tuple[Member, ...] = POSTS) -> list[float]:
    """The total in the last of two months where a post costs 10 and 100 and a contract 1000."""
    members = {"site": SITES, "office": OFFICES, "post": posts, "contract": CONTRACTS}
    values = {"post_price": np.array([[10.0, 100.0][: len(posts)]]), "contract_price": np.array([[1000.0]])}
    model = Model(rows(total), AXES, KEYS)
    found: list[float] = evaluate(model, Inputs(Calendar(2, ((0, 2),)), members, values)).values["summed"][0, ..., -1].tolist()
    return found


@pytest.mark.parametrize(
    ("over", "of", "match", "full", "empty"),
    [
        (("site", MONTH), "post_cost", {"site": "site"}, [10.0, 100.0], [0.0, 0.0]),
        (("site", MONTH), "cost", {"site": "site"}, [10.0, 1100.0], [0.0, 1000.0]),
        (("site", MONTH), "cost", {"site": "site", "cost": Exactly("Contract")}, [0.0, 1000.0], [0.0, 1000.0]),
        (("site", "office", MONTH), "post_cost", {"site": "site", "office": "office"}, [[10.0, 0.0], [0.0, 100.0]], [[0.0, 0.0]] * 2),
        (("site", "post", MONTH), "post_cost", {"site": "site"}, [[10.0, 0.0], [0.0, 100.0]], [[], []]),  # each post at its own site
    ],
)
def test_a_table_without_items_changes_no_axis_by_which_a_total_matches(
    over: Axes, of: str, match: Match, full: list[float], empty: list[float]
) -> None:
    assert summed(a_total(over, of, match)) == full
    assert summed(a_total(over, of, match), posts=()) == empty


@pytest.mark.parametrize(
    ("over", "of", "match", "message"),
    [
        # The first item listed, a post, has an office, the contract below it has none: no key of the table.
        (("office", MONTH), "cost", {"office": "office"}, "summed matches 'office', which no axis of cost has"),
        ((MONTH,), "post_cost", {"driver": Exactly("Slots")}, "summed matches 'driver', which no axis of post_cost has"),
        (
            (MONTH,),
            "post_cost_of_contract",
            {"site": Exactly("North")},
            "'site', which more than one axis of post_cost_of_contract has: post, contract",
        ),
        (("site", MONTH), "post_cost", {"office": "office"}, "matches 'office', which no axis of summed has"),
        (
            ("site", "contract", MONTH),
            "post_cost",
            {"site": "site"},
            "matches 'site', which more than one axis of summed has: site, contract",
        ),
        (("site", MONTH), "post_cost", {}, "summed varies over site, which post_cost does not: match a key of it"),
        ((), "post_cost", {}, "summed sums post_cost over time"),
    ],
)
def test_a_total_whose_keys_stand_nowhere_or_in_two_places_is_refused(over: Axes, of: str, match: Match, message: str) -> None:
    with pytest.raises(LineError) as refused:
        Model(rows(a_total(over, of, match)), AXES, KEYS)
    assert message in str(refused.value)


def test_two_axes_may_be_summed_where_one_has_the_keys() -> None:
    assert summed(a_total((MONTH,), "post_cost_of_contract", {"office": Exactly("Health")})) == 100.0
