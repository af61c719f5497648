"""What a copied site takes along and what it does not, and what must still be its own: partners, people, beds, contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budget_model.scenario.agencies import law_enforcement
from budget_model.scenario.assumption import Assumption, declared
from budget_model.scenario.schema import Care, Contract, Item, Scenario, Site
from budget_model.scenario.tables import declared_fields

_NOTE = "copied from "
# What is true of one place alone; the copy begins without it.
_OWN = (
    *("law_enforcement_agencies", "law_enforcement_readiness", "prosecutors", "prosecutor_readiness"),
    *("service_planning_area", "supervisorial_district", "latitude", "longitude", "starting_participants", "description", "justification"),
)
_PEOPLE = (
    *("eligible_people", "newly_eligible_people", "homeless_people"),
    *("pre_booking_referrals", "social_contact_referrals", "community_referrals"),
)


def at_another_place(item: Item) -> dict[str, Any]:
    """Return what changes in an item that is copied with a site: where its numbers come from, and their confidence is low."""
    if not isinstance(item, (Site, Contract, Care)):
        return {}
    numbers = {
        field: given.model_copy(update={"confidence": "low", "note": f"{_NOTE}{item.name}", "confirmed_by": "", "confirmed_on": ""})
        for field, given in _numbers(item)
    }
    if not isinstance(item, Site):
        return numbers
    own = {field: Site.model_fields[field].get_default() for field in _OWN}
    return numbers | own | {"copied_from": item.name}


def still_to_be_given(scenario: Scenario, site: Site) -> tuple[str, ...]:
    """Return what a copied site has not of its own yet, in words; nothing for one that is no copy, or has all.

    A number is its own once it is changed, has a note of its own or is confirmed by name and day; a contract once one of its numbers
    is; partners once a law-enforcement agency is named; beds once the site has a line of treatment or housing whose places are its own,
    or, where the shared ones are to do, once its "Copied from" is emptied.
    """
    people = [_label(site, field) for field in _PEOPLE if _is_copied(getattr(site, field))]
    contracts = [one.name for one in scenario.provider_contracts if one.site == site.name and _is_as_copied(one)]
    beds = [one.places for one in scenario.treatment_and_housing if one.site == site.name]
    is_copy = bool(site.copied_from)
    agencies = is_copy and not law_enforcement(scenario, site.name)
    asked = ["partner agencies"] * agencies
    asked += [f"people of the area ({'; '.join(people)})"] * bool(people)
    asked += [f"contract ({'; '.join(contracts)})"] * bool(contracts)
    if any(map(_is_copied, beds)):
        asked.append("beds, units and treatment slots")
    elif (asked or is_copy) and not beds:
        asked.append("beds, units and treatment slots (it has none of its own, and those that all sites share do not grow with it)")
    return tuple(asked)


def _numbers(item: Item) -> Iterator[tuple[str, Assumption]]:
    """Yield the numbers and months that an item gives, by field."""
    for field, _ in declared_fields(type(item)):
        if isinstance(given := getattr(item, field), Assumption) and given.is_given:
            yield field, given


def _is_copied(number: Assumption) -> bool:
    return number.note.startswith(_NOTE) and not number.is_confirmed


def _is_as_copied(item: Item) -> bool:
    given = [number for _, number in _numbers(item)]
    return bool(given) and all(map(_is_copied, given))


def _label(site: Site, field: str) -> str:
    about = declared(type(site).model_fields[field])
    assert about is not None
    return about.label
