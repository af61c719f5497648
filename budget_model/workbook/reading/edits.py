"""What the edited cells of a workbook make of its scenario: the changes, and what each number does to net county cost alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from budget_model.editing.blank_items import blank_rows
from budget_model.editing.changes import Change, changed
from budget_model.editing.typed_entries import Place, with_evidence
from budget_model.errors import Problem, ScenarioError
from budget_model.formats import counted
from budget_model.inputs import pools
from budget_model.projection import net_county_cost, project
from budget_model.scenario.choices import EVERYWHERE_ELSE, NO_ITEM, CostCategory
from budget_model.scenario.confirmation import doubts
from budget_model.scenario.declarations import field_of
from budget_model.scenario.forms import FORM, keys_of, restored
from budget_model.scenario.schema import Item, Scenario, Source
from budget_model.scenario.tables import MODELS
from budget_model.scenario.text import digest, whole
from budget_model.scenario.wording import place_in_words
from budget_model.timeline import from_serial
from budget_model.workbook.layout.entries import CHOICE, FLAG, MONTH, NAME, Entry, shown
from budget_model.workbook.layout.evidence_cells import COLUMNS
from budget_model.workbook.layout.input_lines import InputLines

_COUNTED = {  # what the parts are called where they are counted
    "low": ("low end of a range", "low ends of ranges"),
    "high": ("high end of a range", "high ends of ranges"),
    "confidence": ("degree of confidence", "degrees of confidence"),
    "date": ("date of a source", "dates of sources"),
    "confirmed_by": ("name of who confirmed", "names of who confirmed"),
    "confirmed_on": ("day of a confirmation", "days of confirmations"),
}


@dataclass(frozen=True)
class ReadChange:
    """One change found in a workbook: where, of what, both values, and the effect on net county cost in dollars.

    `effect` is None where the change is sound only together with others. An addition has the new item's name. `part` is what
    was written beside a number, such as its owner: it has no effect. `who` and `why` are what its row says of it.
    """

    address: str
    item: str
    label: str
    before: str
    after: str
    effect: float | None = None
    is_addition: bool = False
    part: str = ""
    who: str = ""
    why: str = ""

    @property
    def about(self) -> str:
        """The item and what of it."""
        return f"{self.item}: {self.label}".removeprefix(": ")


@dataclass(frozen=True)
class Imported:
    """A workbook read back: the scenario it was made from, the scenario it holds now, and what was changed.

    `remarks` say what a reader must know beside: what could not be checked, and what is new since the workbook was made. `who`
    and `why` are all that the workbook says of the changes, to be proposed where they are saved.
    """

    base: Scenario
    scenario: Scenario
    changes: tuple[ReadChange, ...]
    before: float
    after: float
    remarks: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def effect(self) -> float:
        """What all changes together do to net county cost over all months, in dollars."""
        return self.after - self.before

    def provenance(self, file: str) -> str:
        """Return what a scenario file says at its head: whence it came, and who changed what and why."""
        lines = [f"Read back from {file}, made from '{self.base.name}' (hash {digest(self.base)}): {counted(len(self.changes), 'change')}."]
        lines += [f"{label}: {'; '.join(texts)}" for label, texts in (("Who", self.who), ("Why", self.why)) if texts]
        return "\n".join(lines)

    @property
    def of_figures(self) -> tuple[ReadChange, ...]:
        """The changes of inputs, and the items added."""
        return tuple(change for change in self.changes if not change.part)

    @property
    def of_evidence(self) -> tuple[ReadChange, ...]:
        """What was written beside the numbers, and moves no figure."""
        return tuple(change for change in self.changes if change.part)

    @property
    def counted(self) -> str:
        """How many changes of each kind there are, in words: "No figure changes; 2 comments, 1 owner"."""
        figures = len(self.of_figures)
        parts = Counter(change.part for change in self.of_evidence)
        words = [counted(parts[part], *_COUNTED.get(part, (part,))) for part in COLUMNS if part in parts]
        head = f"{counted(figures, 'change')} of figures" if figures else "No figure changes"
        return f"{head}{'; ' * bool(words)}{', '.join(words)}"


@dataclass(frozen=True)
class Edit:
    """An input, or a part of what stands beside it, that differs from what was written: its line, its cell, and the value read."""

    entry: Entry
    address: str
    value: float | str | None
    part: str = ""

    @property
    def about(self) -> str:
        """The item and what of it, as messages name it."""
        return f"{self.entry.about}: {self.part}".removesuffix(": ")

    @property
    def shown(self) -> str:
        """The value as a reader sees it; '' for nothing."""
        return "" if self.value is None else shown(self.entry, self.value)

    @property
    def shown_before(self) -> str:
        """What was written there, as a reader sees it."""
        if not self.part or self.entry.placed is None:
            return shown(self.entry, self.entry.value)
        before = getattr(self.entry.placed.assumption, self.part)
        return "" if before is None else shown(self.entry, before)


def imported(
    base: Scenario,
    inputs: InputLines,
    addresses: Mapping[int, tuple[str, str]],
    edits: list[Edit],
    file: str,
    remarks: tuple[str, ...] = (),
    form: int = FORM,
) -> Imported:
    """Return the scenario with all edits, and what each number does alone. Blank rows that were filled in become items.

    `addresses` are sheet and cell of each input by the offset of its line. What a workbook of an earlier `form` has no input
    for is in its blank rows what it was in that form.
    """
    before = net_county_cost(project(base))
    ordinary = [edit for edit in edits if edit.entry.item not in inputs.blank_rows]
    scenario = _applied(base, ordinary, file)
    found = []
    for edit in ordinary:
        alone = None if edit.part else _alone(partial(_applied, base, [edit], file), before)
        found.append(_read_change(edit, edit.entry.item, alone))
    for blank in dict.fromkeys(edit.entry.item for edit in edits if edit.entry.item in inputs.blank_rows):
        filled = [edit for edit in edits if edit.entry.item == blank]
        table, named = filled[0].entry.table, _new_name(inputs, addresses, filled, file)
        item = next(item for item in blank_rows(base)[table] if item.name == blank)
        scenario = _with_added(scenario, item, table, named, filled, file, form)
        alone = _alone(partial(_with_added, base, item, table, named, filled, file, form), before)
        found.append(ReadChange(filled[0].address, named, f"added to {table.replace('_', ' ')}", "", "", alone, is_addition=True))
        found += [_read_change(edit, named) for edit in filled if edit.part]
    after = net_county_cost(project(scenario)) if edits else before
    doubtful = (sentence for sentence in doubts(scenario) if sentence not in doubts(base))
    return Imported(base, scenario, tuple(found), before, after, (*remarks, *doubtful))


def _read_change(edit: Edit, item: str, effect: float | None = None) -> ReadChange:
    label = f"{edit.entry.label}: {edit.part}".removesuffix(": ")
    return ReadChange(edit.address, item, label, edit.shown_before, edit.shown, effect, part=edit.part)


def _new_name(inputs: InputLines, addresses: Mapping[int, tuple[str, str]], filled: list[Edit], file: str) -> str:
    """Return the name that a blank row was given; refuses one that was filled in and not named."""
    for edit in filled:
        if edit.entry.kind == NAME:
            return str(edit.value)
    blank = filled[0].entry.item
    offset = next(offset for offset, entry in enumerate(inputs.lines) if entry.item == blank and entry.kind == NAME)
    address = f"{'!'.join(addresses[offset])} ({blank}: Name)"
    raise ScenarioError([Problem(file, address, repr(blank), "expected a name of its own: the spare row is filled in")])


def _with_added(scenario: Scenario, blank: Item, table: str, named: str, edits: list[Edit], file: str, form: int) -> Scenario:
    """Return the scenario with a blank row added under its new name, as it was filled in."""
    known = {key: value for key, value in whole(blank).items() if key in keys_of(table, form)}
    item = type(blank).model_validate(restored({table: [known]}, form, whole=False)[table][0] | {"name": named})
    given = scenario.model_copy(update={table: (*getattr(scenario, table), item)})
    renamed = [replace(edit, entry=replace(edit.entry, item=named)) for edit in edits]
    return _applied(given, renamed, file)


def _alone(made: Callable[[], Scenario], before: float) -> float | None:
    """Return what a change does to net county cost on its own, or None where it is not sound alone."""
    try:
        return net_county_cost(project(made())) - before
    except ScenarioError:
        return None


def _applied(scenario: Scenario, edits: list[Edit], file: str) -> Scenario:
    """Return the scenario with the edits; what the rules refuse is named by its cells."""
    try:
        return changed(scenario, list(_changes(scenario, edits)))
    except ScenarioError as error:
        raise ScenarioError(_in_cells(problem, edits, file) for problem in error.problems) from None


def _in_cells(problem: Problem, edits: list[Edit], file: str) -> Problem:
    """Return a problem named by the cells of the edits that it may be about, with where it is in words."""
    exact = [edit for edit in edits if problem.place == _in_scenario(edit.entry)]
    same_item = [edit for edit in edits if problem.place.startswith(f"{edit.entry.table}[{edit.entry.item}]")]
    meant = exact or same_item or edits
    cells = f"{', '.join(edit.address for edit in meant[:3])}{' ...' * (len(meant) > 3)}"
    place = f"{cells} ({place_in_words(problem.place)})" if problem.place else cells  # a rule of the whole scenario has no place
    given = ", ".join(edit.shown or "empty" for edit in exact) if any(edit.part for edit in exact) else problem.given
    return replace(problem, file=file, place=place, given=given)


def _in_scenario(entry: Entry) -> str:
    return f"{entry.table}[{entry.item}].{entry.field}" if entry.item else f"{entry.table}.{entry.field}"


def _changes(scenario: Scenario, edits: list[Edit]) -> Iterable[Change]:
    """Return the changes that edits are: the flags of a list together, numbers with what is written beside them."""
    lists: dict[tuple[str, str], list[Edit]] = {}
    changes: dict[Place, Change] = {}
    evidence: dict[Place, dict[str, Any]] = {}
    for edit in edits:
        entry = edit.entry
        if entry.kind == NAME:
            continue  # under which its line was added
        place = (entry.table, entry.item, entry.field)
        if edit.part:
            evidence.setdefault(place, {})[edit.part] = edit.value
            if not _is_given(scenario, entry):
                changes.setdefault(place, Change(*place, _value(entry, entry.value)))
        elif entry.field in _LISTS:
            lists.setdefault((entry.item, entry.field), []).append(edit)
        else:
            changes[place] = Change(*place, _value(entry, edit.value))
    for (item, field), flags in lists.items():
        source = next(source for source in scenario.funding_sources if source.name == item)
        chosen = {edit.entry.label.partition(": ")[2]: bool(edit.value) for edit in flags}
        changes["funding_sources", item, field] = Change("funding_sources", item, field, _LISTS[field](scenario, source, chosen))
    return with_evidence(scenario, list(changes.values()), evidence)


def _value(entry: Entry, value: Any) -> Any:
    """Return the value of an input as the scenario writes it."""
    if entry.kind == MONTH:
        return from_serial(float(value))
    if entry.kind == FLAG:
        return bool(value)
    is_none = entry.kind == CHOICE and value == NO_ITEM and MODELS[entry.table].model_fields[entry.field].get_default() is None
    return None if is_none else value


def _is_given(scenario: Scenario, entry: Entry) -> bool:
    """Whether something stands in the field of an input, rather than what holds while nothing is said there."""
    part = next((item for item in getattr(scenario, entry.table) if item.name == entry.item), None) if entry.item else scenario.general
    return part is not None and field_of(part, entry.field) is not None


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
