"""What the edited cells of a workbook make of its scenario: the changes, and what each does to net county cost alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from budget_model.editing.blank_items import blank_rows
from budget_model.editing.changes import Change, changed
from budget_model.errors import Problem, ScenarioError
from budget_model.inputs import pools
from budget_model.projection import net_county_cost, project
from budget_model.scenario.choices import EVERYWHERE_ELSE, NO_ITEM, CostCategory
from budget_model.scenario.forms import FORM, keys_of, restored
from budget_model.scenario.schema import Scenario, Source
from budget_model.scenario.tables import MODELS
from budget_model.scenario.text import whole
from budget_model.timeline import from_serial
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, Entry, shown
from budget_model.workbook.layout.input_lines import InputLines


@dataclass(frozen=True)
class ReadChange:
    """One change found in a workbook: where, of what, both values, and the effect on net county cost in dollars.

    `effect` is None where the change is sound only together with others. An addition has the new item's name.
    """

    address: str
    item: str
    label: str
    before: str
    after: str
    effect: float | None = None
    is_addition: bool = False


@dataclass(frozen=True)
class Imported:
    """A workbook read back: the scenario it was made from, the scenario it holds now, and what was changed.

    `remarks` say what a reader must know beside: what could not be checked, and what is new since the workbook was made.
    """

    base: Scenario
    scenario: Scenario
    changes: tuple[ReadChange, ...]
    before: float
    after: float
    remarks: tuple[str, ...] = ()

    @property
    def effect(self) -> float:
        """What all changes together do to net county cost over all months, in dollars."""
        return self.after - self.before


@dataclass(frozen=True)
class Edit:
    """An input whose value differs from what was written: its line, its cell, and the value read."""

    entry: Entry
    address: str
    value: float | str


def imported(
    base: Scenario,
    inputs: InputLines,
    addresses: Mapping[int, tuple[str, str]],
    edits: list[Edit],
    file: str,
    remarks: tuple[str, ...] = (),
    form: int = FORM,
) -> Imported:
    """Return the scenario with all edits, and what each does alone. Blank rows that were filled in become items.

    `addresses` are sheet and cell of each input by the offset of its line. What a workbook of an earlier `form` has no input
    for is in its blank rows what it was in that form.
    """
    before = net_county_cost(project(base))
    ordinary = [edit for edit in edits if edit.entry.item not in inputs.blank_rows]
    scenario = _applied(base, ordinary, file)
    found = []
    for edit in ordinary:
        old, new = shown(edit.entry, edit.entry.value), shown(edit.entry, edit.value)
        alone = _alone(partial(_applied, base, [edit], file), before)
        found.append(ReadChange(edit.address, edit.entry.item, edit.entry.label, old, new, alone))
    for blank in dict.fromkeys(edit.entry.item for edit in edits if edit.entry.item in inputs.blank_rows):
        filled = [edit for edit in edits if edit.entry.item == blank]
        table, named = filled[0].entry.table, _new_name(inputs, addresses, filled, file)
        scenario = _with_added(scenario, table, named, filled, file, form)
        alone = _alone(partial(_with_added, base, table, named, filled, file, form), before)
        found.append(ReadChange(filled[0].address, named, f"added to {table.replace('_', ' ')}", "", "", alone, is_addition=True))
    after = net_county_cost(project(scenario)) if edits else before
    return Imported(base, scenario, tuple(found), before, after, remarks)


def _new_name(inputs: InputLines, addresses: Mapping[int, tuple[str, str]], filled: list[Edit], file: str) -> str:
    """Return the name that a blank row was given; refuses one that was filled in and not named."""
    for edit in filled:
        if edit.entry.kind == NAME:
            return str(edit.value)
    blank = filled[0].entry.item
    offset = next(offset for offset, entry in enumerate(inputs.lines) if entry.item == blank and entry.kind == NAME)
    address = f"{'!'.join(addresses[offset])} ({blank}: Name)"
    raise ScenarioError([Problem(file, address, repr(blank), "expected a name of its own: the spare row is filled in")])


def _with_added(scenario: Scenario, table: str, named: str, edits: list[Edit], file: str, form: int) -> Scenario:
    """Return the scenario with a blank row added under its new name, as it was filled in."""
    blank = blank_rows(scenario)[table]
    known = {key: value for key, value in whole(blank).items() if key in keys_of(table, form)}
    item = type(blank).model_validate(restored({table: [known]}, form, whole=False)[table][0] | {"name": named})
    given = scenario.model_copy(update={table: (*getattr(scenario, table), item)})
    renamed = [replace(edit, entry=replace(edit.entry, item=named)) for edit in edits if edit.entry.kind != NAME]
    return _applied(given, renamed, file)


def _alone(made: Callable[[], Scenario], before: float) -> float | None:
    """Return what a change does to net county cost on its own, or None where it is not sound alone."""
    try:
        return net_county_cost(project(made())) - before
    except ScenarioError:
        return None


def _applied(scenario: Scenario, edits: list[Edit], file: str) -> Scenario:
    """Return the scenario with the edits; what the rules refuse is named by its cell."""
    try:
        return changed(scenario, list(_changes(scenario, edits)))
    except ScenarioError as error:
        raise ScenarioError(replace(problem, file=file, place=_cells_of(problem, edits)) for problem in error.problems) from None


def _cells_of(problem: Problem, edits: list[Edit]) -> str:
    """Return the cells of the edits that a problem may be about, with where it is in the scenario."""
    exact = [edit.address for edit in edits if problem.place == _in_scenario(edit.entry)]
    same_item = [edit.address for edit in edits if problem.place.startswith(f"{edit.entry.table}[{edit.entry.item}]")]
    addresses = exact or same_item or [edit.address for edit in edits]
    return f"{', '.join(addresses[:3])}{' ...' * (len(addresses) > 3)} ({problem.place})"


def _in_scenario(entry: Entry) -> str:
    return f"{entry.table}[{entry.item}].{entry.field}" if entry.item else f"{entry.table}.{entry.field}"


def _changes(scenario: Scenario, edits: list[Edit]) -> Iterator[Change]:
    """Yield the changes that edits are: the flags of a list together, choices as the scenario writes them."""
    lists: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        entry = edit.entry
        if entry.field in _LISTS:
            lists.setdefault((entry.item, entry.field), []).append(edit)
        elif entry.kind == MONTH:
            yield Change(entry.table, entry.item, entry.field, from_serial(float(edit.value)))
        elif entry.kind == FLAG:
            yield Change(entry.table, entry.item, entry.field, bool(edit.value))
        elif entry.kind == CHOICE and edit.value == NO_ITEM and MODELS[entry.table].model_fields[entry.field].get_default() is None:
            yield Change(entry.table, entry.item, entry.field, None)
        else:
            yield Change(entry.table, entry.item, entry.field, edit.value)
    for (item, field), flags in lists.items():
        source = next(source for source in scenario.funding_sources if source.name == item)
        chosen = {edit.entry.label.partition(": ")[2]: bool(edit.value) for edit in flags}
        yield Change("funding_sources", item, field, _LISTS[field](scenario, source, chosen))


def _categories(scenario: Scenario, source: Source, chosen: Mapping[str, bool]) -> tuple[str, ...]:
    kept = [category for category in source.pays if chosen.get(category, True)]
    return (*kept, *(category for category in CostCategory if chosen.get(category) and category not in kept))


def _places(scenario: Scenario, source: Source, chosen: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the sites at which a source pays: none where it pays everywhere. Raises ScenarioError where it cannot be said by sites."""
    sites = [member.name for member in pools(scenario)]
    pays = [site for site in sites if chosen.get(site, not source.pays_only_at or site in source.pays_only_at)]
    if len(pays) == len(sites):
        return ()
    if EVERYWHERE_ELSE not in pays and pays:
        return tuple(pays)
    expected = f"expected 1 for all places, or 0 for '{EVERYWHERE_ELSE}' and 1 for the sites at which it pays"
    raise ScenarioError([Problem("", f"funding_sources[{source.name}].pays_only_at", ", ".join(pays) or "no place", expected)])


# The lists that a workbook shows as a yes or no for each of what it may hold, and what such flags make of them.
_LISTS = {"pays": _categories, "pays_only_at": _places}
