"""The tables of docs/scenarios.md, made from the projections: `python tests/scenario/shipped_tables.py` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from budget_model import Projection, load_scenario, project
from budget_model.formats import count, dollars
from budget_model.scenario.assumption import Assumption
from budget_model.scenario.choices import CostCategory
from budget_model.scenario.tables import placed_assumptions

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "scenarios.md"
PILOT, EXPANSION = "pilot_2017", "expansion_2018"
COMPARED_YEAR = "FY 2018-19"
END = "<!-- end -->"
MONTHS_TO_FILL = 18  # slots are sized by use so long after the opening
# Why a category of the expansion differs in the year that the pilot's file has too.
REASONS = {
    CostCategory.COUNTY_STAFF: "One deputy each of the District Attorney and of the Public Defender for four areas, where the pilot has half of one.",
    CostCategory.COMMUNITY_PROVIDERS: "5% of provider staff are vacant; pay was raised once since the pilot began; one team of outreach and peers.",
    CostCategory.SERVICES_AND_SUPPLIES: "Training by area, and a kit for each person enrolled.",
    CostCategory.DATA_AND_EVALUATION: "Licenses by case manager; half a year of evaluation data less.",
    CostCategory.SUBSTANCE_USE_TREATMENT: "Others paid it outside the budget of the pilot; here it is in, with the federal and State share.",
    CostCategory.INTERIM_HOUSING: "Beds that others paid, at their full rate; the pilot has 10 dollars a night beside it.",
    CostCategory.SUPPORTIVE_HOUSING: "Others paid it outside the budget of the pilot.",
}


@cache
def projected(name: str) -> Projection:
    return project(load_scenario(ROOT / "scenarios" / f"{name}.yaml"))


def use_after_opening(projection: Projection, site: int) -> float:
    """Return the share of a site's slots in use eighteen months after it opens."""
    opened = int(projection.monthly("open_sites")[site].argmax())
    return float(
        projection.monthly("active_participants")[site, opened + MONTHS_TO_FILL - 1] / projection.scenario.sites[site].slots.number
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def what_each_comes_to() -> str:
    rows = []
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        projection = projected(path.stem)
        of_money = ("gross_appropriation", "net_county_cost", "funding_gap", "outside_money_lost")
        money = [float(projection.by_year(row)[..., -1].sum()) for row in of_money]
        people = [float(projection.by_year(row)[-1]) for row in ("all_enrollments", "all_active_participants")]
        rows.append([f"`{path.stem}`", str(len(projection.scenario.sites)), *map(dollars, money), *(count(number, 0) for number in people)])
    heads = ["file", "sites", "gross appropriation", "net county cost", "of it, gap", "outside money lost", "enrolled", "active at the end"]
    return table(heads, rows)


def where_people_come_from() -> str:
    projection = projected("expansion_2018_eight_areas")
    referrals = projection.monthly("pre_booking_referrals_after_ramp") + projection.monthly("social_contact_referrals_after_ramp")
    rows = []
    for place, site in enumerate(projection.scenario.sites):
        opened = projection.month_of("site_opening", place)
        figures = [count(site.homeless_people.number, 0), count(float(referrals[place])), count(site.slots.number, 0)]
        rows.append(
            [
                site.name,
                site.supervisorial_district,
                *figures,
                f"{use_after_opening(projection, place):.0%}",
                f"{opened:%B %Y}" if opened else "--",
            ]
        )
    heads = [
        "site",
        "supervisorial district",
        "homeless people on its ground",
        "officers' referrals a month",
        "slots",
        "in use after 18 months",
        "opens",
    ]
    return table(heads, rows)


def the_year_that_both_have() -> str:
    pilot, expansion = projected(PILOT), projected(EXPANSION)
    then, now = pilot.years.index(COMPARED_YEAR), expansion.years.index(COMPARED_YEAR)
    rows = []
    for place, category in enumerate(CostCategory):
        before, after = float(pilot.by_year("cost_by_category")[place, then]), float(expansion.by_year("cost_by_category")[place, now])
        if round(before) or round(after):
            rows.append([str(category), dollars(before), dollars(after), dollars(after - before), REASONS.get(category, "The same.")])
    for label, row in (
        ("Gross appropriation", "gross_appropriation"),
        ("Net county cost", "net_county_cost"),
        ("Funding gap", "funding_gap"),
    ):
        before, after = float(pilot.by_year(row)[then]), float(expansion.by_year(row)[now])
        rows.append([f"**{label}**", dollars(before), dollars(after), dollars(after - before), ""])
    for label, row in (("Enrolled", "all_enrollments"), ("Active in June 2019", "all_active_participants")):
        before, after = float(pilot.by_year(row)[then]), float(expansion.by_year(row)[now])
        rows.append([label, count(before), count(after), count(after - before), "Half a referral a month by the community at each site."])
    return table([COMPARED_YEAR, "pilot", "expansion", "difference", "why"], rows)


def what_sources_pay() -> str:
    projection = projected(EXPANSION)
    rows = [
        [source.name, source.status, *(dollars(float(amount)) for amount in drawn)]
        for source, drawn in zip(projection.scenario.funding_sources, projection.by_year("drawdown"), strict=True)
    ]
    match = projection.by_year("match_paid").sum(axis=0)
    rows += [
        ["Cash match", "", *map(dollars, map(float, match))],
        ["No source: the funding gap", "", *map(dollars, map(float, projection.by_year("funding_gap")))],
    ]
    return table(["source", "status", *projection.years[:-1], "all years"], rows)


def fitted() -> str:
    found = {}
    for name in (PILOT, EXPANSION):
        for given in _given(projected(name)):
            if given.note.startswith("Fitted"):
                found.setdefault(given.evidence, (given, name))
    rows = [
        [f"`{key}`", f"{given.value:,.10g} {given.unit}", f"`{name}`", given.note.partition(". ")[0].rstrip(".") + "."]
        for key, (given, name) in sorted(found.items())
    ]
    return table(["entry of the register", "value", "first used in", "how it was set"], rows)


def _given(projection: Projection) -> Iterator[Assumption]:
    return (placed.assumption for placed in placed_assumptions(projection.scenario) if placed.assumption.evidence)


TABLES: Mapping[str, Callable[[], str]] = {
    "what each comes to": what_each_comes_to,
    "where people come from": where_people_come_from,
    "the year that both have": the_year_that_both_have,
    "what sources pay": what_sources_pay,
    "fitted": fitted,
}


def written_anew(text: str) -> str:
    """Return the guide with each table between its marks as the projections give it."""
    for name, made in TABLES.items():
        before, mark, after = text.partition(f"<!-- {name} -->\n")
        assert mark, f"docs/scenarios.md has no place for: {name}"
        text = f"{before}{mark}{made()}\n{END}{after.partition(END)[2]}"
    return text


if __name__ == "__main__":
    GUIDE.write_text(written_anew(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
