"""Service areas."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import ChangeHeading, Readiness
from budget_model.scenario.declarations import Group, Part, Table
from budget_model.scenario.schema.fields import Item, Latitude, Longitude, Text


class Site(Item):
    """A service area: where, with which law-enforcement agencies, and how many participants it takes."""

    table: ClassVar[Table] = Table(
        axis=Axis.SITE,
        title="Sites",
        singular="site",
        part=Part.SITES,
        is_main=True,
        keys={"site": "name"},
        groups={
            Group.PARTNERS: ("law_enforcement_agencies", "law_enforcement_readiness", "prosecutors", "prosecutor_readiness"),
            Group.HOW_MANY: ("slots", "starting_participants"),
            Group.PEOPLE: (
                *("pre_booking_referrals", "social_contact_referrals", "community_referrals", "officer_referral_level"),
                *("homeless_people", "eligible_people", "newly_eligible_people"),
                *("waiting_exit_rate", "monthly_exit_rate", "inactive_share"),
            ),
        },
        first=(
            *("go_live", "slots", "homeless_people", "community_referrals", "eligible_people"),
            *("starting_participants", "monthly_exit_rate"),
        ),
    )

    law_enforcement_agencies: tuple[Text, ...] = Field(default=(), max_length=20)
    law_enforcement_readiness: Readiness = Readiness.NOT_KNOWN
    prosecutors: tuple[Text, ...] = Field(default=(), max_length=10)
    prosecutor_readiness: Readiness = Readiness.NOT_KNOWN
    service_planning_area: Text = ""
    supervisorial_district: Text = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    description: Text = ""
    change_heading: ChangeHeading = ChangeHeading.NEW_EXPANDED_PROGRAMS
    justification: Text = ""
    copied_from: Text = ""  # the site whose copy this is, until what must be its own is seen to
    go_live: MonthAssumption = month("First month of referrals")
    slip_months: NumberAssumption = quantity(
        "Months by which it opens later than planned", "months late", default=0, at_most=60, whole=True
    )
    slots: NumberAssumption = quantity("Participants the site can carry", "participants", default=0, at_most=5_000, whole=True)
    pre_booking_referrals: NumberAssumption = quantity(
        "Pre-booking diversion referrals after the ramp", "referrals a month", default=0, at_most=2_000
    )
    social_contact_referrals: NumberAssumption = quantity(
        "Social contact referrals after the ramp", "referrals a month", default=0, at_most=2_000
    )
    community_referrals: NumberAssumption = quantity("Community referrals after the ramp", "referrals a month", default=0, at_most=2_000)
    homeless_people: NumberAssumption = quantity(
        "Homeless people on the ground that the site's agencies police", "people", default=0, at_most=1_000_000, whole=True
    )
    officer_referral_level: NumberAssumption = quantity("Officers' referrals that come, of those planned", "share", default=1.0, at_most=5)
    eligible_people: NumberAssumption = quantity(
        "People of the area who are eligible at the beginning", "people", default=0, at_most=1_000_000, whole=True
    )
    newly_eligible_people: NumberAssumption = quantity("People who become eligible", "people a month", default=0, at_most=100_000)
    ramp_months: NumberAssumption = quantity("Months until referrals are full", "months", default=0, at_most=60, whole=True)
    waiting_exit_rate: NumberAssumption = share("People waiting for a slot who give up in a month", "share a month", default=0.0)
    monthly_exit_rate: NumberAssumption = share("Participants who leave in a month", "share a month", default=0.0)
    inactive_share: NumberAssumption = share("Participants not engaged at a given time", default=0.0)
    starting_participants: NumberAssumption = quantity(
        "Participants when the scenario begins", "participants", default=0, at_most=5_000, whole=True
    )
