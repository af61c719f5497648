"""What a plan can be compared with, by what stands in the address: a scenario's newest state, `pilot_2017`, or a version, `mine@3`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from budget_model.pages.shared import catalog
from budget_model.pages.shared.catalog import Catalog
from budget_model.scenario.schema import Scenario

AT = "@"  # between a scenario and the number of a version


def choices(offered: Catalog, first: Mapping[str, str], versions: Mapping[str, str], asked: Iterable[str]) -> dict[str, str]:
    """Return the label of everything that can be compared: what comes first, every scenario, some versions, and versions asked for."""
    found = {**first, **{slug: offered.label(slug) for slug in offered.slugs}, **versions}
    for choice in asked:
        slug, _, number = choice.rpartition(AT)
        if choice not in found and slug in offered.saved and number.isdecimal() and 1 <= int(number[:9]) <= offered.saved[slug].latest:
            found[choice] = version_label(offered.saved[slug].name, int(number))
    alike = Counter(found.values())  # a scenario's name may be that of another's version
    return {choice: label if alike[label] == 1 else f"{label} ({choice})" for choice, label in found.items()}


def version_label(name: str, number: int) -> str:
    """Return what a version is called among others."""
    return f"{name}, version {number}"


def scenario_of(offered: Catalog, choice: str) -> Scenario:
    """Return the scenario of a choice. Raises UnreadableError where its version cannot be read."""
    slug, _, number = (choice, "", "") if choice in offered.slugs else choice.rpartition(AT)
    return catalog.opened(offered, slug, int(number or 0))[1]
