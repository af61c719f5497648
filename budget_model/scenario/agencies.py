"""The partner agencies of a scenario, each once: its records, and names that sites list without a record."""

from __future__ import annotations

from collections.abc import Sequence

from budget_model.engine.names import folded
from budget_model.scenario.choices import LAW_ENFORCEMENT, AgencyStage, AgencyType, Readiness
from budget_model.scenario.schema import Agency, Scenario

# What the lists of names in a site are of, and the field that says how far these partners have come.
_LISTED = {
    "law_enforcement_agencies": (AgencyType.OTHER_LAW_ENFORCEMENT, "law_enforcement_readiness"),
    "prosecutors": (AgencyType.PROSECUTOR, "prosecutor_readiness"),
}
# A site's word for all its partners dates no agreement and names none: whoever has agreed was at least contacted.
_STAGES = {
    Readiness.NOT_KNOWN: AgencyStage.NAMED,
    Readiness.APPROACHED: AgencyStage.CONTACTED,
    Readiness.AGREED: AgencyStage.CONTACTED,
}
FROM_A_LIST = "named in the list of a site, without a record of its own"


def agencies(scenario: Scenario) -> tuple[Agency, ...]:
    """Return every partner that is named, once, in whatever number of sites; a line at which none is named yet is none.

    A name that only a site lists becomes a record of as much as the site says.
    """
    found = {folded(agency.name): agency for agency in scenario.agencies}
    for site in scenario.sites:
        for field, (kind, readiness) in _LISTED.items():
            for name in filter(str.strip, getattr(site, field)):
                known = found.get(folded(name))
                if known is None:
                    stage = _STAGES[getattr(site, readiness)]
                    found[folded(name)] = Agency.model_construct(
                        name=name, agency_type=kind, sites=(site.name,), stage=stage, note=FROM_A_LIST
                    )
                elif site.name not in known.sites:
                    found[folded(name)] = known.model_copy(update={"sites": (*known.sites, site.name)})
    return tuple(agency for agency in found.values() if agency.stage is not AgencyStage.NONE_NAMED)


def law_enforcement(scenario: Scenario, site: str = "") -> tuple[Agency, ...]:
    """Return the law-enforcement agencies that are named, those of one site if it is given."""
    return tuple(agency for agency in agencies(scenario) if agency.agency_type in LAW_ENFORCEMENT and (not site or site in agency.sites))


def prosecutors(scenario: Scenario, site: str) -> tuple[Agency, ...]:
    """Return the prosecutors that are named for a site."""
    return tuple(agency for agency in agencies(scenario) if agency.agency_type is AgencyType.PROSECUTOR and site in agency.sites)


def stages_in_words(named: Sequence[Agency], readiness: Readiness) -> str:
    """Return how far agencies of a site have come: 'Agreement signed; Named 3'; of names without a record the site's own word."""
    if all(agency.note == FROM_A_LIST for agency in named):
        return str(readiness)
    return "; ".join(f"{stage} {number}" if len(named) > 1 else str(stage) for stage, number in by_stage(named).items() if number)


def names_by_stage(named: Sequence[Agency], readiness: Readiness) -> str:
    """Return agencies of a site by how far they have come: 'Agreement signed: Long Beach Police Department. Named: ...'."""
    if all(agency.note == FROM_A_LIST for agency in named):
        return f"{readiness}: {'; '.join(agency.name for agency in named) or 'none named'}"
    stages = [(stage, [agency.name for agency in named if agency.stage is stage]) for stage in reversed(AgencyStage)]
    return ". ".join(f"{stage}: {'; '.join(names)}" for stage, names in stages if names)


def has_agreed(agency: Agency) -> bool:
    """Whether an agency has given its word: the agreement is signed, has a day, and is for a site of the plan."""
    return agency.stage is AgencyStage.SIGNED and bool(agency.agreement_date) and bool(agency.sites)


def by_stage(named: Sequence[Agency]) -> dict[AgencyStage, int]:
    """Return how many agencies have come to each stage and no further, the furthest first."""
    return {stage: sum(agency.stage is stage for agency in named) for stage in reversed(AgencyStage) if stage is not AgencyStage.NONE_NAMED}


def parents(named: Sequence[Agency]) -> tuple[str, ...]:
    """Return the agencies to which stations and divisions belong, each once; of one that names none, itself."""
    return tuple({folded(name): name for name in (agency.parent_agency or agency.name for agency in named)}.values())
