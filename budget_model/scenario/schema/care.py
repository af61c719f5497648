"""Treatment and housing, and the federal share of Drug Medi-Cal."""

from __future__ import annotations

from typing import ClassVar

from budget_model.scenario.assumption import MonthAssumption, NumberAssumption, month, quantity, share
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import (
    NO_ITEM,
    OFFICE_OF_DIVERSION,
    PROGRAM_WIDE,
    AppropriationClass,
    CareKind,
    CarePaidBy,
    CostCategory,
    CountedParticipants,
    Driver,
    ObjectClass,
)
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text, share_purchased


class Care(Item):
    """Places of one level of treatment or one kind of housing: who needs them, how many there are, what they cost."""

    table: ClassVar[Table] = Table(
        axis=Axis.CARE,
        title="Treatment and housing",
        singular="line of treatment or housing",
        part=Part.TREATMENT_AND_HOUSING,
        is_main=True,
        keys={
            "site": "site",
            "driver": "driver",
            "kind": "kind",
            "class": "appropriation_class",
            "category": "category",
            "care": "name",
            "counted": "need_again_of",
            "budget_unit": "budget_unit",
            "buyer": "purchased_by",
        },
        worked_out_keys=("object_class",),
        references={"site": Reference("sites", none=PROGRAM_WIDE)},
        flags={
            "keeps_its_months": Flag("Keeps its months when its site opens late", "keeps_its_months"),
            "is_paid_by_place": Flag("Every place is paid, filled or not", "paid_by", CarePaidBy.PLACES),
            "is_paid_as_usual": Flag("Paid as is usual for the kind", "paid_by", CarePaidBy.USUAL),
        },
        blank={"kind": CareKind.INTERIM_HOUSING, "category": CostCategory.INTERIM_HOUSING},
        blank_rows=1,
        groups={
            Group.WHEN: ("lead_days", "keeps_its_months"),
            Group.PEOPLE: (
                *("driver", "need_share", "need_again_of", "need_again_share", "moves_on_share", "waiting_exit_rate"),
                *("starting_people", "starting_waiting", "target_wait_days"),
            ),
            Group.COST: ("units_a_day", "paid_by"),
            Group.WHO_PAYS: ("owner", "medi_cal_share"),
        },
        first=("kind", "site", "places", "added_places", "need_share", "stay_days", "unit_rate"),
    )

    kind: CareKind
    owner: Text = ""
    narrative: Text = ""
    budget_unit: Text = OFFICE_OF_DIVERSION
    purchased_by: Text = NO_ITEM
    purchased_share: NumberAssumption = share_purchased()
    site: Text = PROGRAM_WIDE
    appropriation_class: AppropriationClass = AppropriationClass.SERVICES_AND_SUPPLIES
    category: CostCategory
    object_class: ObjectClass | None = None
    driver: Driver = Driver.ENROLLMENTS
    need_again_of: CountedParticipants = CountedParticipants.ACTIVE
    paid_by: CarePaidBy = CarePaidBy.USUAL
    keeps_its_months: bool = False
    need_share: NumberAssumption = share("Entrants counted by the driver who need it")
    need_again_share: NumberAssumption = share(
        "Participants without such a place who come to need one in a month", "share a month", default=0.0
    )
    places: NumberAssumption = quantity("Beds, units or treatment slots", "places", at_most=100_000, whole=True)
    first_month: MonthAssumption = month("First month of the places")
    last_month: MonthAssumption | None = month("Last month of the places", optional=True)
    added_places: NumberAssumption = quantity("Places ordered in addition", "places", default=0, at_most=100_000, whole=True)
    order_month: MonthAssumption | None = month("Month in which they are ordered", optional=True)
    lead_days: NumberAssumption = quantity("From the order to the first day of new places", "days", default=0, at_most=2_000, whole=True)
    occupancy_share: NumberAssumption = share("Occupancy to budget", default=1.0)
    stay_days: NumberAssumption = quantity("Length of stay", "days", at_least=1, at_most=10_000)
    moves_on_share: NumberAssumption = share("People placed in permanent supportive housing who leave a place here for it", default=0.0)
    waiting_exit_rate: NumberAssumption = share("People waiting who give up in a month", "share a month", default=0.0)
    starting_people: NumberAssumption = quantity(
        "People in the places when the scenario begins", "people", default=0, at_most=100_000, whole=True
    )
    starting_waiting: NumberAssumption = quantity(
        "People waiting when the scenario begins", "people", default=0, at_most=100_000, whole=True
    )
    target_wait_days: NumberAssumption = quantity("Longest wait that is acceptable", "days", default=14, at_least=1, at_most=3_650)
    guaranteed_places: NumberAssumption = quantity("Places paid at least, filled or not", "places", default=0, at_most=100_000, whole=True)
    unit_rate: NumberAssumption = quantity("Rate", "dollars a unit", default=0, at_most=100_000)
    units_a_day: NumberAssumption = quantity("Units for each day in a place", "units a day", default=1, at_most=100)
    monthly_subsidy: NumberAssumption = quantity("Rental subsidy", "dollars a person a month", default=0, at_most=20_000)
    monthly_services: NumberAssumption = quantity(
        "Intensive case management services", "dollars a person a month", default=0, at_most=20_000
    )
    cost_per_added_place: NumberAssumption = quantity(
        "Cost of each added place, once, when ordered", "dollars", default=0, at_most=5_000_000, once=True
    )
    cost_per_placement: NumberAssumption = quantity("Cost of each placement, such as moving in", "dollars", default=0, at_most=1_000_000)
    medi_cal_share: NumberAssumption = share("Cost that Drug Medi-Cal covers for a person with Medi-Cal", "share of cost", default=0.0)


class FederalShare(Item):
    """The federal share of Drug Medi-Cal cost in a period, for newly eligible adults and for others."""

    table: ClassVar[Table] = Table(
        axis=Axis.FEDERAL,
        title="Federal shares",
        singular="federal share",
        part=Part.TREATMENT_AND_HOUSING,
        groups={Group.PAYS: ("newly_eligible", "others")},
    )

    first_month: MonthAssumption = month("First month")
    last_month: MonthAssumption | None = month("Last month", optional=True)
    newly_eligible: NumberAssumption = share("Federal share for newly eligible adults", "share of cost")
    others: NumberAssumption = share("Federal share for others", "share of cost")
