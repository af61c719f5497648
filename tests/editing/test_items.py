"""Items added, copied, renamed and removed; differences, patches and the bridge between scenarios; tables as they are typed."""

from __future__ import annotations

import itertools

import pytest
from conftest import SHIPPED

from budget_model import Change, Projection, Scenario, ScenarioError, changed, load_scenario, project
from budget_model.analysis.bridge import bridge
from budget_model.editing import items as editing
from budget_model.editing.acts import acts
from budget_model.editing.differences import differences, with_differences
from budget_model.editing.grid import columns, frame, typed_entries, worth_a_look
from budget_model.editing.patch import patch, patched
from budget_model.editing.typed_entries import changes_of, taken
from budget_model.projection import net_county_cost
from budget_model.scenario.choices import AgencyType
from budget_model.scenario.schema import Agency

CENT = 0.005
TABLES = tuple(load_scenario(SHIPPED[0]).tables)


def pairs(random_scenarios: list[Scenario]) -> list[tuple[Scenario, Scenario]]:
    shipped = [load_scenario(path) for path in SHIPPED]
    return [*itertools.pairwise(shipped), *itertools.pairwise(random_scenarios[-30:])]


def test_every_difference_taken_over_makes_the_other_scenario(random_scenarios: list[Scenario]) -> None:
    for before, after in pairs(random_scenarios):
        assert with_differences(before, after, differences(before, after)) == after
        assert differences(after, after.model_copy(deep=True)) == ()


def test_a_patch_leads_from_one_scenario_to_the_other(random_scenarios: list[Scenario]) -> None:
    for before, after in pairs(random_scenarios):
        assert patched(before, patch(before, after)) == after


def test_the_bridge_adds_up_to_the_cent_and_says_each_cause_once(random_scenarios: list[Scenario]) -> None:
    for before, after in pairs(random_scenarios)[::4]:
        one, other = project(before), project(after)
        found = bridge(one, other)
        assert sum(step.effect for step in found.steps) == pytest.approx(net_county_cost(other) - net_county_cost(one), abs=CENT)
        assert len(found.steps) + found.without_effect == len(acts(before, after))
        listed = [difference for act in acts(before, after) for difference in act.differences]
        assert sorted(one.place for one in listed) == sorted(one.place for one in differences(before, after))


def test_the_bridge_names_what_a_person_would_name(expansion: Scenario) -> None:
    two = load_scenario(next(path for path in SHIPPED if path.stem == "expansion_2018_two_areas"))
    labels = [step.cause.label for step in bridge(project(expansion), project(two)).steps]
    assert labels == [
        "East Los Angeles removed, with 5 items of its own",
        "San Fernando Valley removed, with 6 items of its own",
        "Places ordered in addition, Stabilization interim housing",
        "Places ordered in addition, Permanent supportive housing",
        "Amount for each fiscal year, AB 109 realignment",
    ]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_added_can_be_copied_renamed_and_removed(expansion: Scenario, table: str) -> None:
    if table == "federal_shares":
        with pytest.raises(ScenarioError, match="expected one federal share for each month"):
            editing.with_new(expansion, table, "Something new")
        return
    if table in ("rate_bases", "factors"):  # what they name comes first
        named = {"rate_bases": "rates", "factors": "budget_lines"}[table]
        expansion = editing.with_new(expansion, named, "What it names")
    if table == "adopted_budget":
        expansion = expansion.model_copy(update={"adopted_from": ""})  # the adopted budget is given in one way
    added = editing.with_new(expansion, table, "Something new")
    cost: dict[str, Projection] = {"before": project(expansion), "after": project(added)}
    if table not in ("sites", "funding_plan"):  # an open site may bring a driver's position, a plan stands in place of a pace
        assert net_county_cost(cost["after"]) == pytest.approx(net_county_cost(cost["before"]), abs=CENT)
    if table in ("caps", "funding_plan"):
        with pytest.raises(ScenarioError, match=r"expected one cap of this kind|expected one line for it"):
            editing.with_copy(added, table, "Something new", "Another")
        copied = editing.with_new(added, table, "Another")
    else:
        copied = editing.with_copy(added, table, "Something new", "Another")
    renamed = changed(copied, editing.renamed(copied, table, "Another", "A third"))
    assert "A third" in [item.name for item in getattr(renamed, table)]
    assert editing.without(editing.without(renamed, table, "A third"), table, "Something new") == expansion


def test_a_copied_site_brings_what_belongs_to_it_and_no_ones_word(expansion: Scenario) -> None:
    pomona = editing.with_copy(expansion, "sites", "North Long Beach", "Pomona")
    site = next(site for site in pomona.sites if site.name == "Pomona")
    assert (site.starting_participants.value, site.law_enforcement_readiness, site.latitude) == (0, "Not known", None)
    assert (site.slots.confidence, site.slots.note) == ("low", "copied from North Long Beach")
    assert "Provider, Pomona" in [contract.name for contract in pomona.provider_contracts if contract.site == "Pomona"]
    renamed = changed(pomona, editing.renamed(pomona, "sites", "Pomona", "Pomona Valley"))
    assert net_county_cost(project(renamed)) == pytest.approx(net_county_cost(project(pomona)), abs=CENT)
    assert editing.without(renamed, "sites", "Pomona Valley") == expansion


def test_an_agency_of_two_sites_stays_with_the_other_when_one_is_removed(expansion: Scenario) -> None:
    first, second = expansion.sites[:2]
    shared = Agency(name="Shared Station", agency_type=AgencyType.SHERIFF, sites=(first.name, second.name))
    own = Agency(name="Own Station", agency_type=AgencyType.SHERIFF, sites=(first.name,))
    plan = expansion.model_copy(update={"agencies": (shared, own)})
    assert ("agencies", "Own Station") in editing.dependents(plan, "sites", first.name)
    assert ("agencies", "Shared Station") not in editing.dependents(plan, "sites", first.name)
    left = editing.without(plan, "sites", first.name)
    assert [(agency.name, agency.sites) for agency in left.agencies] == [("Shared Station", (second.name,))]
    renamed = changed(plan, editing.renamed(plan, "sites", second.name, "Elsewhere"))
    assert renamed.agencies[0].sites == (first.name, "Elsewhere")


def test_the_last_site_stays(expansion: Scenario) -> None:
    one = expansion
    for site in expansion.sites[1:]:
        one = editing.without(one, "sites", site.name)
    with pytest.raises(ScenarioError, match="add another site before you remove the last"):
        editing.without(one, "sites", one.sites[0].name)


@pytest.mark.parametrize("table", TABLES)
def test_cells_typed_as_they_stand_change_nothing(expansion: Scenario, table: str) -> None:
    shown = columns(expansion, table, every=True)
    names = [item.name for item in getattr(expansion, table)]
    cells = frame(expansion, table, shown)
    records = cells.astype(object).where(cells.notna(), None).to_dict("records")
    assert changes_of(expansion, typed_entries(expansion, table, names, dict(enumerate(records)))) == ([], [])


def test_a_share_is_typed_in_percent_a_month_as_text_and_a_name_with_all_that_names_it(expansion: Scenario) -> None:
    names = [site.name for site in expansion.sites]
    typed = {0: {"monthly_exit_rate": "7.5", "name": "Long Beach"}, 3: {"go_live": "Feb 2020", "slots": "70"}}
    after = taken(expansion, (), typed_entries(expansion, "sites", names, typed))[0]
    assert after.sites[0].monthly_exit_rate.value == 0.075 and after.sites[0].name == "Long Beach"
    assert after.sites[3].go_live.day.isoformat() == "2020-02-01" and after.sites[3].slots.value == 70
    assert "North Long Beach" not in [contract.site for contract in after.provider_contracts]
    assert changes_of(after, typed_entries(after, "sites", names, typed)) == ([], []), "the same cells typed again are no change"


@pytest.mark.parametrize(("value", "said"), [(0.0, "now nothing"), (16_000.0, "100 times as much"), (170.0, "")])
def test_a_lost_key_is_pointed_out(expansion: Scenario, value: float, said: str) -> None:
    place = ("funding_sources", "BSCC LEAD grant", "award")
    before = changed(expansion, [Change(*place, 160.0)])
    (found,) = differences(before, changed(before, [Change(*place, value)]))
    assert worth_a_look(found) == said
