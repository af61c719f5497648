"""Partner agencies: the police, prosecutors and defenders with whom sites work."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from budget_model.scenario.assumption import NumberAssumption, quantity, read_day
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import AgencyStage, AgencyType, SourceConfidence
from budget_model.scenario.declarations import Flag, Group, Part, Reference, Table
from budget_model.scenario.schema.fields import Item, Text


class Agency(Item):
    """A partner agency, such as a sheriff's station or a division: one record, however many sites it serves."""

    table: ClassVar[Table] = Table(
        axis=Axis.AGENCY,
        title="Partner agencies",
        singular="partner agency",
        part=Part.SITES,
        keys={"agency_type": "agency_type", "stage": "stage"},
        references={"sites": Reference("sites", copied_with_it=False)},
        flags={
            "is_police": Flag("A police department", "agency_type", AgencyType.POLICE),
            "is_sheriff": Flag("A sheriff's station", "agency_type", AgencyType.SHERIFF),
            "is_other_law_enforcement": Flag("Other law enforcement", "agency_type", AgencyType.OTHER_LAW_ENFORCEMENT),
            "is_not_named": Flag("No agency is named yet", "stage", AgencyStage.NONE_NAMED),
        },
        blank={"agency_type": AgencyType.POLICE, "stage": AgencyStage.NONE_NAMED},
        groups={Group.WHEN: ("stage", "agreement_date"), Group.WHO_PAYS: ("time_paid_by",)},
        first=("agency_type", "parent_agency", "sites", "stage", "agreement_date", "training_hours", "time_paid_by"),
    )

    agency_type: AgencyType
    parent_agency: Text = ""
    sites: tuple[Text, ...] = Field(default=(), max_length=50)
    stage: AgencyStage = AgencyStage.NAMED
    agreement_date: Annotated[str, BeforeValidator(read_day)] = ""
    training_hours: NumberAssumption = quantity("Training of each officer or lawyer", "hours a person", default=0, at_most=2_000)
    time_paid_by: Text = ""
    source: Text = ""
    confidence: SourceConfidence = SourceConfidence.LOW
    note: Text = ""
