"""Scenario files of an earlier form mean what they meant, stored scenarios keep their figures, and evidence is in fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, Pool
from pydantic import BaseModel

from budget_model import Change, Scenario, ScenarioError, changed, digest, load_scenario
from budget_model.editing import patch as patches
from budget_model.editing.differences import differences
from budget_model.editing.items import with_copy
from budget_model.editing.patch import patch, patched
from budget_model.errors import StoreError
from budget_model.scenario import file, forms, text
from budget_model.scenario.assumption import Assumption, Described, NumberAssumption, declared, quantity
from budget_model.scenario.file import file_schema
from budget_model.scenario.schema import Match, Site, Source
from budget_model.scenario.text import digest_in_form_1, scenario_text
from budget_model.store import bodies
from budget_model.workbook.layout import scenario_parts

OLDER = ROOT / "tests" / "older"
SITE = {"name": "A", "go_live": "2018-07", "slots": 40}
FILE = {"name": "Test", "first_month": "2018-07", "months": 24, "sites": [SITE]}
SOURCE = {"name": "Grant", "treatment": "Revenue", "timing": "One-time", "pays": ["County staff"], "award": 100, "first_month": "2018-07"}
EVIDENCE = {
    "source": "Contract of 2018, page 3",
    "confidence": "high",
    "owner": "Office of Diversion and Reentry",
    "comment": "as in the budget of last year",
    "confirmed_by": "R. Diaz",
    "confirmed_on": "2018-05-04",
}


def written(folder: Path, content: object, name: str = "test.yaml") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else dumped(content))
    return path


def dumped(content: object) -> str:
    """Return content as YAML without aliases, which scenario files may not have."""
    return yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False)


def problems_of(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    return [str(problem) for problem in refused.value.problems]


# What the declarations are today, as the table of frozen defaults says it.


def as_written(default: Any) -> Any:
    if isinstance(default, Assumption):
        return {"value": default.value}
    return list(default) if isinstance(default, tuple) else default


def part(model: type[BaseModel]) -> dict[str, Any]:
    fields = model.model_fields.items()
    defaults = {key: as_written(info.default) for key, info in fields if not info.is_required() and info.default_factory is None}
    return {"required": [key for key, info in fields if info.is_required()], "defaults": defaults}


def parts(model: type[BaseModel], key: str = "") -> dict[str, dict[str, Any]]:
    found = {key: part(model)}
    for field, info in model.model_fields.items():
        if declared(info):
            continue
        for kind in (info.annotation, *getattr(info.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, Described):
                found |= parts(kind, f"{key}.{field}".lstrip("."))
    return found


def test_declared_defaults_and_required_keys_are_those_of_the_form() -> None:
    today = {**parts(Scenario), "assumption": part(Assumption)}
    kept = forms.frozen(forms.FORM)
    assert not set(kept) - set(today), "a part went: raise the form and add a migration (scenario/forms.py)"
    for key, said in today.items():
        frozen = kept.get(key, {"required": [], "defaults": {}})
        new = set(said["defaults"]) - set(frozen["defaults"])
        written = f"{json.dumps(key)}: {json.dumps(said)}"
        assert key in kept and not new, f"{key}: new {new}; write among the parts of form {forms.FORM} in defaults.json: {written}"
        same = set(said["required"]) == set(frozen["required"]) and said["defaults"] == frozen["defaults"]
        assert same, f"{key}: a default or a required key is another one: raise the form and add a migration (scenario/forms.py)"


def test_the_defaults_of_an_assumption_never_change() -> None:
    """They are left out of what is stored, and no migration fills them in."""
    first, now = (forms.frozen(form)["assumption"]["defaults"] for form in (forms.FIRST_FORM, forms.FORM))
    assert {key: now[key] for key in first} == first


# A release to come, in which months of ramp and the pledged match have other defaults and a key is new.


class LaterSite(Site):
    """A site with another default, and a key more."""

    ramp_months: NumberAssumption = quantity("Months until referrals are full", "months", default=6, at_most=60)
    outreach_visits: NumberAssumption = quantity("Visits", "visits a month", default=0)


class LaterMatch(Match):
    """A match with another default."""

    pledged: NumberAssumption = quantity("Cash match pledged", "dollars", default=5)


class LaterSource(Source):
    """A source with such a match."""

    match: LaterMatch | None = None


class LaterScenario(Scenario):
    """A scenario of such sites and sources."""

    sites: tuple[LaterSite, ...]  # type: ignore[assignment]
    funding_sources: tuple[LaterSource, ...] = ()  # type: ignore[assignment]


Release = Callable[[], None]


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Release]:
    """What makes the modeler one of that release."""

    def made() -> None:
        kept = json.loads(forms._FROZEN.read_text(encoding="utf-8"))
        kept["4"] = {"sites": part(LaterSite), "funding_sources.match": part(LaterMatch)}
        frozen = written(tmp_path, json.dumps(kept), "defaults.json")
        monkeypatch.setattr(forms, "_FROZEN", frozen)
        monkeypatch.setattr(forms, "FORM", 4)
        for module in (file, bodies, patches, scenario_parts):
            monkeypatch.setattr(module, "Scenario", LaterScenario)
        for module in (text, scenario_parts):
            monkeypatch.setattr(module, "FORM", 4)
        bodies.scenario_of.cache_clear()
        forms.frozen.cache_clear()

    yield made
    bodies.scenario_of.cache_clear()
    forms.frozen.cache_clear()


def ramps(scenario: Scenario) -> list[float]:
    return [site.ramp_months.number for site in scenario.sites]


@pytest.mark.parametrize(("form", "ramp"), [(None, 0.0), (1, 0.0), (2, 0.0), (3, 0.0), (4, 6.0)])
def test_a_file_keeps_the_defaults_of_its_form(release: Release, tmp_path: Path, form: int | None, ramp: float) -> None:
    release()
    source = {**SOURCE, "match": {"rate": 0.1}}
    scenario = load_scenario(written(tmp_path, FILE | {"funding_sources": [source]} | ({"form": form} if form else {})))
    assert ramps(scenario) == [ramp]
    match = scenario.funding_sources[0].match
    assert match is not None and match.pledged.value == (5.0 if form == 4 else 0.0)
    assert not scenario.sites[0].ramp_months.is_given and not match.pledged.is_given
    again = load_scenario(written(tmp_path, scenario_text(scenario), "again.yaml"))
    assert ramps(again) == [ramp] and digest(again) == digest(scenario)


def test_each_file_is_of_its_own_form_before_it_is_laid_over_another(release: Release, tmp_path: Path) -> None:
    release()
    written(tmp_path, FILE | {"form": 4, "sites": [SITE, {**SITE, "name": "B", "ramp_months": 2}]}, "base.yaml")
    over = {"form": 3, "extends": "base.yaml", "sites": [{"name": "A", "slots": 50}, {"name": "B", "slots": 60}, {**SITE, "name": "C"}]}
    assert ramps(load_scenario(written(tmp_path, over))) == [6.0, 2.0, 0.0]  # what the base says, twice, and what form 2 meant
    written(tmp_path, FILE | {"form": 3, "sites": [SITE, {**SITE, "name": "B"}]}, "base.yaml")
    over = {"form": 4, "extends": "base.yaml", "sites": [{"name": "A", "slots": 50}, {"name": "B", "remove": True}, {**SITE, "name": "C"}]}
    assert ramps(load_scenario(written(tmp_path, over))) == [0.0, 6.0]


def test_a_match_laid_over_a_source_keeps_the_defaults_of_the_file_that_gives_it(release: Release, tmp_path: Path) -> None:
    release()
    written(tmp_path, FILE | {"form": 4, "funding_sources": [SOURCE, {**SOURCE, "name": "Other", "match": {"rate": 0.2}}]}, "base.yaml")
    sources = [{"name": "Grant", "match": {"rate": 0.1}}, {"name": "Other", "match": {"rate": 0.3}}]
    scenario = load_scenario(written(tmp_path, {"form": 3, "extends": "base.yaml", "funding_sources": sources}))
    assert [source.match.pledged.value for source in scenario.funding_sources if source.match] == [0.0, 5.0]


def test_a_key_that_was_renamed_is_found_by_its_old_name(release: Release, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def renamed(content: forms.Content) -> forms.Content:
        return {("description" if key == "about" else key): value for key, value in content.items()}

    release()
    monkeypatch.setattr(forms, "MIGRATIONS", {3: renamed})
    assert load_scenario(written(tmp_path, FILE | {"form": 3, "about": "as it was"})).description == "as it was"
    assert "about is 'as it was'; this key is not known" in problems_of(written(tmp_path, FILE | {"form": 4, "about": "as it was"}))[0]


def test_what_was_stored_keeps_its_figures_when_a_default_changes(release: Release, tmp_path: Path) -> None:
    before = load_scenario(written(tmp_path, FILE))
    after = changed(before, [Change("sites", "A", "slots", 50)])
    after = with_copy(after, "sites", "A", "B")
    body, step, lines = bodies.body_of(before), json.dumps(patch(before, after)), scenario_parts.parts_of(after)
    old_body = json.dumps(before.model_dump(mode="json", exclude_defaults=True))  # as 0.4.0 wrote both
    items = {site.name: site.model_dump(mode="json", exclude_defaults=True) for site in after.sites}
    old_step = {"whole": {}, "tables": {"sites": {"order": ["A", "B"], "items": items}}}
    release()
    for form, kept, leads in ((3, body, json.loads(step)), (1, old_body, old_step)):
        scenario = bodies.scenario_of(kept, form, "It")
        assert isinstance(scenario, LaterScenario)
        assert ramps(scenario) == [0.0]
        assert ramps(patched(scenario, leads, form)) == [0.0, 0.0]
    assert ramps(scenario_parts.scenario_of(scenario_parts.content_of(lines), "It")) == [0.0, 0.0]


def test_one_more_optional_key_changes_no_digest_that_was_written_down(pilot: Scenario, tmp_path: Path) -> None:
    class WithOneMore(Site):
        outreach_visits: NumberAssumption = quantity("Visits", "visits a month", default=0)

    class Later(Scenario):
        sites: tuple[WithOneMore, ...]  # type: ignore[assignment]

    content = text.whole(pilot)
    later = Later.model_validate(content)
    assert digest(later) == digest(pilot)
    content["sites"][0]["outreach_visits"] = 3
    assert digest(Later.model_validate(content)) != digest(pilot)


def test_two_scenarios_that_say_something_else_have_two_digests(expansion: Scenario) -> None:
    site = expansion.sites[0]
    others = [
        changed(expansion, [Change("sites", site.name, "slots", site.slots.number + 1)]),
        changed(expansion, [Change("sites", site.name, "ramp_months", 0.0 if site.ramp_months.value else 1.0)]),
        expansion.model_copy(update={"months": expansion.months - 1}),
        expansion.model_copy(update={"sites": tuple(reversed(expansion.sites))}),
        expansion.model_copy(update={"general": type(expansion.general)()}),
    ]
    assert len({digest(one) for one in (expansion, *others)}) == 1 + len(others)


def test_what_is_shown_of_how_a_value_came_is_no_part_of_the_digest_but_of_caches(pilot: Scenario, tmp_path: Path) -> None:
    on_screen = changed(pilot, [Change("sites", pilot.sites[0].name, "slots", 77)])
    from_file = load_scenario(written(tmp_path, scenario_text(on_screen)))
    assert from_file == on_screen and digest(from_file) == digest(on_screen)
    assert (from_file.sites[0].slots.is_changed, on_screen.sites[0].slots.is_changed) == (False, True)
    assert text.cache_key(from_file) != text.cache_key(on_screen)


def test_the_digest_of_version_0_4_0_is_still_known() -> None:
    kept = json.loads((OLDER / "database.json").read_text(encoding="utf-8"))["versions"]
    pilot = load_scenario(OLDER / "templates" / "scenario.yaml")
    assert digest_in_form_1(pilot) == next(one["digest"] for one in kept if one["slug"] == "my_scenario" and one["number"] == 1)


@pytest.mark.parametrize("given", ["4", 0, -1, True, 2.0, "two", []])
def test_a_form_that_is_none_is_refused(tmp_path: Path, given: object) -> None:
    [problem] = problems_of(written(tmp_path, FILE | {"form": given}))
    assert ": form is " in problem and problem.endswith("expected a whole number from 1 to 3")


def test_a_form_of_a_later_version_is_refused_in_words(tmp_path: Path) -> None:
    [problem] = problems_of(written(tmp_path, FILE | {"form": 4}))
    assert problem.endswith("form is 4; a later version of the modeler wrote it; this one reads forms 1 to 3")
    with pytest.raises(StoreError, match=r"Version 2 of 'Test' cannot be read .*\(a later version of the modeler wrote it"):
        bodies.scenario_of("{}", 4, "Version 2 of 'Test'")


@pytest.mark.parametrize("over", [{"months": [1]}, {"sites": [{"name": ["A"]}]}, {"sites": [3]}, {"sites": 3}, {"general": [4]}])
def test_nonsense_of_an_earlier_form_is_refused_as_ever(release: Release, tmp_path: Path, over: dict[str, object]) -> None:
    release()
    written(tmp_path, FILE, "base.yaml")
    assert problems_of(written(tmp_path, {"extends": "base.yaml", **over}))
    assert problems_of(written(tmp_path, FILE | over))


def test_a_file_that_is_written_says_its_form_and_is_read_as_the_same(pilot: Scenario, tmp_path: Path) -> None:
    text = scenario_text(changed(pilot, [Change("sites", pilot.sites[0].name, "slots", 77)]), "a word")
    assert yaml.safe_load(text)["form"] == forms.FORM and "origin" not in text and "changed from" not in text
    assert load_scenario(written(tmp_path, text)).sites[0].slots == NumberAssumption(value=77.0, unit="participants")


def test_editors_know_the_form_and_no_origin() -> None:
    schema = file_schema()
    assert schema["properties"]["form"]["maximum"] == forms.FORM
    described = json.dumps(schema["$defs"]["NumberAssumption"])
    assert '"confirmed_by"' in described and "origin" not in described


def test_no_file_says_how_a_value_came(tmp_path: Path) -> None:
    site = {**SITE, "slots": {"value": 40, "origin": "default"}}
    assert problems_of(written(tmp_path, FILE | {"sites": [site]})) == [
        f"{tmp_path}/test.yaml, line 9: sites[A].slots.origin is 'default'; this key is not known: what a file says is given"
    ]


@pytest.mark.parametrize("note", ["default", "changed from the saved scenario", "the scenario's last month", "no match asked"])
def test_a_note_means_what_it_says_and_no_more(tmp_path: Path, note: str) -> None:
    slots = load_scenario(written(tmp_path, FILE | {"sites": [{**SITE, "slots": {"value": 40, "note": note}}]})).sites[0].slots
    assert (slots.is_given, slots.is_changed, slots.remark) == (True, False, note)


def test_stored_notes_of_version_0_4_0_become_origins() -> None:
    content = FILE | {"sites": [{**SITE, "slots": {"value": 40.0, "note": "changed from the saved scenario"}}]}
    content["general"] = {
        "referral_level": {"value": 1.0, "unit": "share", "note": "default"},  # as a step that changes `general` kept it
        "price_growth_rate": {"value": 0.02, "unit": "share a year", "note": "default"},  # an analyst's word
    }
    scenario = bodies.scenario_of(json.dumps(content), 1, "It")
    assert scenario.sites[0].slots.is_changed and scenario.sites[0].slots.note == ""
    general = scenario.general
    assert (general.referral_level.origin, general.price_growth_rate.origin) == ("default", "given")
    assert general.price_growth_rate.note == "default"


@pytest.mark.parametrize("form", [1, 2, 3])
def test_evidence_without_a_value_over_a_number_is_refused(tmp_path: Path, form: int) -> None:
    written(tmp_path, FILE | {"sites": [{**SITE, "slots": {"value": 40, "source": "s", "confidence": "high"}}]}, "base.yaml")
    over = {"form": form, "extends": "base.yaml", "sites": [{"name": "A", "slots": {"low": 8, "note": "mine"}}]}
    assert problems_of(written(tmp_path, over)) == [
        f"{tmp_path}/test.yaml, line 5: sites[A].slots is a mapping; an assumption is replaced whole, never its evidence alone; "
        "give the value as well"
    ]


def test_evidence_is_kept_in_fields_wherever_a_scenario_goes(tmp_path: Path) -> None:
    given = {"value": 40.0, "unit": "participants", **EVIDENCE}
    scenario = load_scenario(written(tmp_path, FILE | {"sites": [{**SITE, "slots": given}]}))
    slots = scenario.sites[0].slots
    assert {key: getattr(slots, key) for key in EVIDENCE} == EVIDENCE
    assert slots.confirmation == "confirmed by R. Diaz on 2018-05-04"
    without = load_scenario(written(tmp_path, FILE | {"sites": [{**SITE, "slots": {**given, "confirmed_by": ""}}]}))
    [found] = differences(without, scenario)
    assert found.shown_after.endswith("as in the budget of last year, confirmed by R. Diaz on 2018-05-04")
    kept = bodies.scenario_of(bodies.body_of(scenario), forms.FORM, "It")
    read = scenario_parts.scenario_of(scenario_parts.content_of(scenario_parts.parts_of(scenario)), "It")
    again = load_scenario(written(tmp_path, scenario_text(scenario), "again.yaml"))
    assert [one.sites[0].slots for one in (kept, read, again)] == [slots] * 3
    copied = with_copy(scenario, "sites", "A", "B").sites[1].slots
    assert (copied.owner, copied.confirmed_by, copied.confirmed_on) == (slots.owner, "", ""), "nobody confirmed the copy"


def test_what_is_stored_keeps_how_values_came(pilot: Scenario) -> None:
    scenario = changed(pilot, [Change("sites", pilot.sites[0].name, "slots", 77)])
    kept = bodies.scenario_of(bodies.body_of(scenario), forms.FORM, "It")
    read = scenario_parts.scenario_of(scenario_parts.content_of(scenario_parts.parts_of(scenario)), "It")
    for one in (kept, read, patched(pilot, json.loads(json.dumps(patch(pilot, scenario))))):
        assert one == scenario
        assert [cell.origin for cell in (one.sites[0].slots, one.sites[1].slots, one.general.county_baseline)] == [
            "changed", pilot.sites[1].slots.origin, pilot.general.county_baseline.origin,
        ]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [("2018-05-04", "2018-05-04"), ("", ""), ("May", None), ("'2018-02-30'", None)])
def test_a_confirmation_has_a_date(tmp_path: Path, given: str, expected: str | None) -> None:
    slots = f"{{value: 40, confirmed_by: R. Diaz, confirmed_on: {given}}}"
    path = written(tmp_path, yaml.safe_dump(FILE).replace("slots: 40", f"slots: {slots}"))
    if expected is None:
        assert "sites[A].slots.confirmed_on" in problems_of(path)[0] and "expected a date written YYYY-MM-DD" in problems_of(path)[0]
    else:
        assert load_scenario(path).sites[0].slots.confirmed_on == expected


def test_every_plan_is_kept_and_written_as_what_it_is(pool: Pool, tmp_path: Path) -> None:
    for scenario, _ in pool:
        kept = bodies.scenario_of(bodies.body_of(scenario), forms.FORM, "It")
        carried = scenario_parts.content_of(scenario_parts.parts_of(scenario))
        again = load_scenario(written(tmp_path, scenario_text(scenario)))
        for one in (kept, scenario_parts.scenario_of(carried, "It"), again):
            assert one == scenario and digest(one) == digest(scenario)
        bare = scenario.model_copy(update={"sites": (), "general": type(scenario.general)()})
        assert patched(bare, json.loads(json.dumps(patch(bare, scenario)))) == scenario
