"""What a person typed comes to one value, or is refused in words; and what is shown can be typed again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_model.scenario.choices import Readiness
from budget_model.scenario.entries import NotUnderstoodError, Refused, as_typed, understood
from budget_model.scenario.fields import Field, field_from
from budget_model.scenario.schema import Contract, Position, Site, Source

PEOPLE = Field("Participants", "number", "participants", 0, 5_000)
MONEY = Field("Award", "number", "dollars", 0, 10_000_000_000, default=0.0)
SHARE = Field("Raise", "share", "share of salary", 0, 1)
MONTH = Field("First month", "month", "month")
LATITUDE = field_from("latitude", Site.model_fields["latitude"])
NAME = field_from("name", Site.model_fields["name"])
AGENCIES = field_from("law_enforcement_agencies", Site.model_fields["law_enforcement_agencies"])
PAYS = field_from("pays", Source.model_fields["pays"])
READINESS = field_from("prosecutor_readiness", Site.model_fields["prosecutor_readiness"])
SITE = field_from("site", Contract.model_fields["site"], ("East Los Angeles", "Compton"))
TEMPORARY = field_from("temporary", Position.model_fields["temporary"])
DAY = Field("Confirmed on", "day", default="")


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("1,200", PEOPLE, 1200.0),
        ("1 200", PEOPLE, 1200.0),
        ("1\u00a0200.50", PEOPLE, 1200.5),
        (" 1e3 ", PEOPLE, 1000.0),
        ("15k", MONEY, 15_000.0),
        ("$2m", MONEY, 2_000_000.0),
        ("$ 2.5 million", MONEY, 2_500_000.0),
        ("2,000 dollars", MONEY, 2000.0),
        ("12 participants", PEOPLE, 12.0),
        ("\uff11\uff12", PEOPLE, 12.0),
        ("-0", PEOPLE, 0.0),
        (61.0, PEOPLE, 61.0),
        ("15%", SHARE, 0.15),
        ("15", SHARE, 0.15),
        ("15 percent", SHARE, 0.15),
        ("0.15%", SHARE, 0.0015),
        ("33.3333333333", SHARE, 0.333333333333),
        ("-118.25", field_from("longitude", Site.model_fields["longitude"]), -118.25),
        ("\u2212118.25", field_from("longitude", Site.model_fields["longitude"]), -118.25),
        *[
            (typed, MONTH, date(2019, 12, 1))
            for typed in ("2019-12", "Dec 2019", "December 2019", "dec. 2019", "12/2019", "12-2019", "Dec-2019", "December, 2019")
        ],
        *[(typed, MONTH, date(2019, 12, 1)) for typed in ("2019-12-01", "201912", "2019/12", "2019 Dec", date(2019, 12, 1))],
        ("2019-7", MONTH, date(2019, 7, 1)),
        ("Sept 2019", MONTH, date(2019, 9, 1)),
        ("May 1, 2019", DAY, "2019-05-01"),
        ("2019-05-01", DAY, "2019-05-01"),
        ("  agreed ", READINESS, "Agreed"),
        ("east  los angeles", SITE, "East Los Angeles"),
        ("Yes", TEMPORARY, True),
        (False, TEMPORARY, False),
        (["LASD ", " ", "LAPD"], AGENCIES, ("LASD", "LAPD")),
        ("LASD; LAPD", AGENCIES, ("LASD", "LAPD")),
        (["county STAFF", "Equipment"], PAYS, ("County staff", "Equipment")),
        ("Pomona ", NAME, "Pomona"),
    ],
)
def test_what_people_write_is_understood(typed: Any, field: Field, value: Any) -> None:
    found = understood(typed, field)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("typed", "field", "expected"),
    [
        ("-5", PEOPLE, "a number of participants from 0 to 5,000"),
        ("(5)", PEOPLE, "a number of participants from 0 to 5,000"),
        ("99999", PEOPLE, "a number of participants from 0 to 5,000"),
        ("1e400", PEOPLE, "a number of participants from 0 to 5,000"),
        ("1e-400", PEOPLE, "15 digits at most"),
        ("$5", PEOPLE, "a number of participants"),
        ("15%", PEOPLE, "a number of participants"),
        ("11,000,000,000", MONEY, "a number of dollars from 0 to 10,000,000,000"),
        ("1,5", PEOPLE, '"1,5" could be 1.5 or 15, write the one you mean'),
        ("1.200,50", MONEY, "write 1200.50"),
        ("1,20,000", MONEY, "a number of dollars"),
        ("1/3", PEOPLE, "write 0.333333333333"),
        ("1/3", SHARE, "write 33.3333333333"),
        ("33.33333333333333333333", SHARE, "15 digits at most"),
        ("150", SHARE, "a percentage from 0 to 100, such as 15 or 15%"),
        ("=1+1", PEOPLE, "type the result of a formula"),
        ("NaN", PEOPLE, "a number of participants"),
        (float("nan"), PEOPLE, "a number of participants"),
        ("inf", PEOPLE, "a number of participants"),
        ("5\u00b2", PEOPLE, "a number of participants"),
        (True, PEOPLE, "a number of participants"),
        ("(-5)", PEOPLE, "a number of participants"),
        ("(5", PEOPLE, "a number of participants"),
        ("", PEOPLE, "it may not be empty"),
        (None, MONTH, "it may not be empty"),
        ("40", LATITUDE, "a number of degrees from 32.7 to 34.9"),
        ("2019-13", MONTH, "a month from Jan 1900 to Dec 2199, such as Dec 2019"),
        ("2019-12-15", MONTH, "a month has no day"),
        ("12/15/2019", MONTH, "a month has no day"),
        ("Dec-19", MONTH, '"Dec-19" could be a day or a year, write Dec 2019 if it is the year'),
        ("Dec 209", MONTH, "a month"),
        ("1850-01", MONTH, "from Jan 1900 to Dec 2199"),
        ("5/1/2019", DAY, "a day such as 2019-05-01 or May 1, 2019"),
        ("Feb 30, 2019", DAY, "a day such as"),
        ("agred", READINESS, "Did you mean 'Agreed'?"),
        ("Pomona", SITE, "one of: East Los Angeles, Compton"),
        ("maybe", TEMPORARY, "yes or no"),
        (["County staff", "Rockets"], PAYS, "some of: County staff"),
        (["LASD"] * 21, AGENCIES, "at most 20 entries; it has 21"),
        ("", NAME, "it may not be empty"),
        ("x" * 2_001, field_from("description", Site.model_fields["description"]), "at most 2,000 characters; it has 2,001"),
    ],
)
def test_what_has_two_readings_or_none_is_refused_with_what_is_expected(typed: Any, field: Field, expected: str) -> None:
    with pytest.raises(NotUnderstoodError) as refused:
        understood(typed, field)
    assert expected in str(refused.value)


def test_an_emptied_field_comes_to_its_default() -> None:
    assert understood("", MONEY) == 0.0 and understood(None, LATITUDE) is None and understood(" ", AGENCIES) == ()
    assert understood("", field_from("time_share", Position.model_fields["time_share"])) == 1.0
    assert understood("", field_from("last_month", Position.model_fields["last_month"])) is None
    assert understood("", READINESS) == Readiness.NOT_KNOWN


@settings(max_examples=300, deadline=None)
@given(st.floats(0, 1) | st.integers(0, 10_000).map(lambda part: part / 10_000))
def test_a_share_that_is_shown_is_the_one_that_is_kept(kept: float) -> None:
    assert understood(as_typed(kept, SHARE), SHARE) == kept


@settings(max_examples=300, deadline=None)
@given(st.floats(0, 10_000_000_000))
def test_a_number_that_is_shown_is_the_one_that_is_kept(kept: float) -> None:
    assert understood(as_typed(kept, MONEY), MONEY) == kept


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_month_that_is_shown_is_the_one_that_is_kept(day: date) -> None:
    month = day.replace(day=1)
    assert understood(as_typed(month, MONTH), MONTH) == month


def test_a_refusal_says_where_what_and_what_is_expected() -> None:
    refused = Refused("sites", "Compton", "slots", "Participants the site can carry", "-5", "a number of participants from 0 to 5,000")
    assert refused.words == (
        'Compton, participants the site can carry: "-5" is not taken. Expected a number of participants from 0 to 5,000.'
    )
    assert "emptying it is not taken" in Refused("sites", "Compton", "slots", "Slots", None, "a number").words
