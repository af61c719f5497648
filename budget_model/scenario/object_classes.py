"""The object class of each line: its own, that of its category, or the one that is usual for what it is."""

from __future__ import annotations

from collections.abc import Mapping

from budget_model.scenario.choices import AppropriationClass, CostCategory, ObjectClass
from budget_model.scenario.schema import Contract, Item, Position, Rate, Scenario

# What a form calls each category of cost where the scenario does not say otherwise (2 CFR 200, subpart E; SF-424A, section B).
USUAL: Mapping[CostCategory, ObjectClass] = {
    CostCategory.COUNTY_STAFF: ObjectClass.PERSONNEL,
    CostCategory.COMMUNITY_PROVIDERS: ObjectClass.CONTRACTUAL,
    CostCategory.PUBLIC_AGENCIES: ObjectClass.CONTRACTUAL,
    CostCategory.SERVICES_AND_SUPPLIES: ObjectClass.SUPPLIES,
    CostCategory.DATA_AND_EVALUATION: ObjectClass.CONTRACTUAL,
    CostCategory.EQUIPMENT: ObjectClass.EQUIPMENT,
    CostCategory.SUBSTANCE_USE_TREATMENT: ObjectClass.CONTRACTUAL,
    CostCategory.INTERIM_HOUSING: ObjectClass.CONTRACTUAL,
    CostCategory.SUPPORTIVE_HOUSING: ObjectClass.CONTRACTUAL,
    CostCategory.INDIRECT: ObjectClass.INDIRECT,
}


def object_class_of(scenario: Scenario, line: Item) -> ObjectClass:
    """Return the object class of a line of the budget; of a position that of its pay.

    What the line says comes first, then what `object_classes` says of its category. Else a position is personnel, a contract is
    contractual, a rate of other lines indirect, a capital asset equipment, and any other line what is usual for its category.
    """
    fields = vars(line)
    if fields.get("object_class") is not None:
        return ObjectClass(fields["object_class"])
    category = CostCategory(fields["category"])
    for said in scenario.object_classes:
        if said.category is category:
            return said.object_class
    if isinstance(line, Position):
        return ObjectClass.PERSONNEL
    if isinstance(line, Contract):
        return ObjectClass.CONTRACTUAL
    if isinstance(line, Rate):
        return ObjectClass.INDIRECT
    return ObjectClass.EQUIPMENT if fields.get("appropriation_class") is AppropriationClass.CAPITAL_ASSETS else USUAL[category]


def classes_of(scenario: Scenario, line: Item) -> dict[str, str]:
    """Return the object classes of a line by what of it they are of: of a position its pay, its benefits and its set-up apart."""
    own = object_class_of(scenario, line)
    if not isinstance(line, Position):
        return {"object_class": own}
    benefits = ObjectClass.FRINGE_BENEFITS if own is ObjectClass.PERSONNEL else own
    return {"object_class": own, "benefits_object_class": benefits, "set_up_object_class": set_up_class_of(scenario, line)}


def set_up_class_of(scenario: Scenario, position: Position) -> ObjectClass:
    """Return the object class of the set-up of new hires: with their pay, equipment, or that of services and supplies."""
    if position.set_up_class is AppropriationClass.SALARIES_AND_EMPLOYEE_BENEFITS:
        return object_class_of(scenario, position)
    if position.set_up_class is AppropriationClass.CAPITAL_ASSETS:
        return ObjectClass.EQUIPMENT
    said = (one.object_class for one in scenario.object_classes if one.category is CostCategory.SERVICES_AND_SUPPLIES)
    return next(said, USUAL[CostCategory.SERVICES_AND_SUPPLIES])
