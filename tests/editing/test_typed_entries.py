"""Whatever is typed into whatever field is taken, waits or is refused: never lost, and never asked for twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from budget_model import Scenario, changed
from budget_model.editing.grid import columns, frame, typed_entries
from budget_model.editing.items import moved, with_new, without
from budget_model.editing.typed_entries import Entry, carried, changes_of, news, refusals, taken, words_for
from budget_model.scenario.tables import MODELS

ODD = (
    None, "", " ", "\u00a0", "-5", "(5)", "0", "-0", "1,200", "1 200", "1,5", "1.200,50", "1e3", "1e400", "1e-400", "NaN", "inf", "$2m",
    "15k", "2.5 million", "15%", "0.15%", "33.3333333333", "33.33333333333333333333", "1/3", "=1+1", "Dec 2019", "12/2019", "2019-12",
    "2019-13", "2019-12-01", "2019-12-15", "201912", "Dec-19", "Sheriff ", "Sheriff  Dept", "\uff11\uff12", "\U0001f600", "yes", "x" * 61,
    "x" * 3_000, "none", "Program-wide", "True", "*", "<5", "a\nb", "\x00", "\u200b", "e\u0301", ["LASD ", ""], ["County staff"], [], True,
    5.0, float("nan"),
)  # fmt: skip


@pytest.fixture
def whole(pilot: Scenario) -> Scenario:
    """A scenario with a line in every table."""
    for table in MODELS:
        if not getattr(pilot, table):
            pilot = with_new(pilot, table, "First of its kind")
    return pilot


@pytest.mark.parametrize("table", MODELS)
def test_every_odd_entry_in_every_field_is_taken_once_or_waits_or_is_refused(whole: Scenario, table: str) -> None:
    names = [item.name for item in getattr(whole, table)]
    done = 0
    for column in columns(whole, table, every=True):
        for odd in ODD:
            typed = {0: {column.field: odd}}
            entries = typed_entries(whole, table, names, typed)
            changes, refused = changes_of(whole, entries)
            after, pending, words = taken(whole, (), entries)
            if pending:
                assert after == whole and pending == tuple(entries), "nothing is taken of what is refused, and all of it is kept"
                (why,) = refusals(after, pending)
                assert why.waits is not bool(refused) and why.words
            else:
                assert not refused and bool(words) == bool(changes) == (after != whole)
                assert changes_of(after, typed_entries(after, table, names, typed)) == ([], []), "what was taken is no news"
                done += bool(changes)
    assert done > 10


@pytest.mark.parametrize("table", MODELS)
def test_what_a_cell_shows_after_an_entry_comes_to_what_is_kept(whole: Scenario, table: str) -> None:
    names, shown = [item.name for item in getattr(whole, table)], columns(whole, table, every=True)
    for odd in ("33.3333333333", "0.1", "1,234.567", "Dec 2019", "0"):
        after, _, _ = taken(whole, (), [Entry(table, names[0], column.field, odd) for column in shown if column.field != "name"])
        cells = frame(after, table, shown)
        records = cells.astype(object).where(cells.notna(), None).to_dict("records")
        assert changes_of(after, typed_entries(after, table, names, dict(enumerate(records)))) == ([], [])


def test_a_sound_entry_does_not_wait_for_one_that_is_refused(expansion: Scenario) -> None:
    first, second = (position.name for position in expansion.county_positions[:2])
    bad = [Entry("county_positions", first, "last_month", "Jul 2018"), Entry("county_positions", first, "hire_month", "Jan 2019")]
    after, pending, words = taken(expansion, (), [*bad, Entry("county_positions", second, "number", "3")])
    assert pending == tuple(bad) and words == f"{second}, number: 3 positions"
    assert [one.waits for one in refusals(after, pending)] == [True, True]
    after, pending, words = taken(after, pending, [Entry("county_positions", first, "last_month", "Jun 2019")])
    assert pending == () and words == f"{first}, last month: Jun 2019"
    given = after.county_positions[0]
    assert given.hire_month.day.isoformat() == "2019-01-01" and given.last_month and given.last_month.day.isoformat() == "2019-06-01"


def test_an_entry_typed_as_it_stands_ends_one_that_is_pending_there(expansion: Scenario) -> None:
    site = expansion.sites[0]
    wrong = Entry("sites", site.name, "slots", "-5")
    after, pending, _ = taken(expansion, (), [wrong])
    assert (after, pending) == (expansion, (wrong,))
    right = replace(wrong, typed=f"{site.slots.value:g}")
    assert news(expansion, (), [right]) == [] and news(expansion, pending, [right]) == [right]
    assert taken(expansion, pending, [right]) == (expansion, (), "")


def test_a_pending_entry_follows_its_line_to_another_name_and_says_when_the_line_is_gone(expansion: Scenario) -> None:
    name = expansion.sites[0].name
    wrong = Entry("sites", name, "slots", "-5")
    after, pending, _ = taken(expansion, (wrong,), [Entry("sites", name, "name", " Long Beach ")])
    assert after.sites[0].name == "Long Beach" and pending == (replace(wrong, item="Long Beach"),)
    assert "Expected a line of this name" in refusals(after, (wrong,))[0].words


def renamed_at_once(scenario: Scenario, names: dict[str, str]) -> Scenario:
    """Return the scenario with positions renamed in one step, as by names pasted into their grid."""
    after, pending, _ = taken(scenario, (), [Entry("county_positions", old, "name", new) for old, new in names.items()])
    assert not pending
    return after


def waiting(*names: str) -> tuple[Entry, ...]:
    """Return an entry that is refused for each of some positions, told apart by what was typed."""
    return tuple(Entry("county_positions", name, "number", f"-{number}") for number, name in enumerate(names, 5))


def test_entries_that_wait_go_with_their_lines_over_every_step_and_back(expansion: Scenario) -> None:
    first, second, third = (position.name for position in expansion.county_positions[:3])
    steps = [expansion, renamed_at_once(expansion, {first: "Head"})]
    steps.append(changed(steps[-1], changes_of(steps[-1], [Entry("county_positions", "Head", "number", "3")])[0]))
    steps.append(with_new(steps[-1], "county_positions", "New one"))
    steps.append(renamed_at_once(steps[-1], {"Head": "Director", "New one": "Newer one"}))
    steps.append(moved(steps[-1], "county_positions", "Director", 1))
    steps.append(without(steps[-1], "county_positions", third))
    steps.append(renamed_at_once(steps[-1], {"Director": "Chief", second: "Director"}))
    at_first, at_last = waiting(first, second, third, "New one"), waiting("Chief", "Director", third, "Newer one")
    assert carried(at_first, steps) == at_last and carried(at_last, steps[::-1]) == at_first
    general = (Entry("general", "", "county_baseline", "x"), Entry("of another version", first, "number", "x"))
    assert carried(general, steps) == general


def test_an_entry_of_a_line_that_is_gone_is_not_lost_where_another_line_takes_its_name(expansion: Scenario) -> None:
    """A line renamed, a new one under its old name, and both steps undone: the new one's entry stands where the other's came from."""
    name = expansion.county_positions[0].name
    renamed = renamed_at_once(expansion, {name: "Head"})
    steps = [with_new(renamed, "county_positions", name), renamed, expansion]
    of_both = waiting("Head", name)
    undone = carried(of_both, steps)
    assert undone == of_both and "Expected a line of this name" in refusals(expansion, undone)[0].words
    assert carried(undone, steps[::-1]) == of_both
    assert taken(renamed, of_both, [Entry("county_positions", "Head", "name", name)])[1] == of_both


def test_what_version_0_4_0_kept_as_values_is_understood_as_values(expansion: Scenario) -> None:
    position, contract = expansion.county_positions[0].name, expansion.provider_contracts[0].name
    kept = (
        Entry("county_positions", position, "time_share", 0.5),
        Entry("county_positions", position, "hire_month", "2019-01"),
        Entry("provider_contracts", contract, "caseload", {"value": 18.0, "confidence": "low", "note": "asked"}),
    )
    changes, refused = changes_of(expansion, kept)
    after = changed(expansion, changes)
    assert not refused and after.county_positions[0].time_share.value == 0.5
    assert (after.provider_contracts[0].caseload.value, after.provider_contracts[0].caseload.note) == (18, "asked")


def test_evidence_is_typed_beside_a_number_and_a_new_number_keeps_its_kind_and_owner_alone(expansion: Scenario) -> None:
    contract = expansion.provider_contracts[0].name

    def entry(part: str, typed: str) -> Entry:
        return Entry("provider_contracts", contract, f"caseload.{part}".rstrip("."), typed)

    typed = {"owner": "ODR", "comment": "ask Finance", "confirmed_by": "Ana", "confirmed_on": "May 1, 2019", "low": "12", "high": "25"}
    owned, pending, words = taken(expansion, (), [entry(part, said) for part, said in typed.items()])
    before, given = expansion.provider_contracts[0].caseload, owned.provider_contracts[0].caseload
    assert not pending and words == f"{contract}, caseload: evidence edited"
    assert (given.value, given.source, given.evidence) == (before.value, before.source, before.evidence)
    assert (given.owner, given.comment, given.confirmation) == ("ODR", "ask Finance", "confirmed by Ana on 2019-05-01")
    assert (given.low, given.high) == (12, 25)
    after, pending, words = taken(owned, (), [entry("", "18"), entry("source", "Contract"), entry("confidence", "HIGH")])
    given = after.provider_contracts[0].caseload
    assert not pending and words == f"{contract}, caseload: 18 participants with its evidence"
    assert (given.value, given.source, given.confidence, given.owner, given.comment, given.low) == (18, "Contract", "high", "ODR", "", None)
    assert given.kind == before.kind == "decision" and not given.evidence, "what a number is stays as it was"
    _, pending, _ = taken(expansion, (), [entry("low", "-1"), entry("high", "x"), entry("confirmed_on", "5/1/2019"), entry("source", "")])
    assert [one.waits for one in refusals(expansion, pending)] == [False, False, False, True], "a high confidence needs its source"


@pytest.mark.parametrize(
    ("table", "field", "typed", "said"),
    [
        ("funding_sources", "award", "$2m", "$2,000,000"),
        ("county_positions", "one_per", "1", "1 unit a position"),
        ("county_positions", "salary_savings_rate", "3.5", "3.5%"),
        ("sites", "eligible_people", "123456.5", "123,456.5 people"),
        ("sites", "go_live", "12/2019", "Dec 2019"),
        ("sites", "prosecutors", ["City", "DA"], "City; DA"),
        ("county_positions", "temporary", True, "yes"),
    ],
)
def test_the_last_change_is_in_the_words_of_people(whole: Scenario, table: str, field: str, typed: object, said: str) -> None:
    item = getattr(whole, table)[0].name
    changes, _ = changes_of(whole, [Entry(table, item, field, typed)])
    assert words_for(whole, changes) == f"{item}, {field.replace('_', ' ')}: {said}"
