"""YAML read within bounds, each value with its line.

A file is read event by event and refused where it passes a bound, before anything is built of it: libyaml reads events without
recursion, and it is nesting, repetition and length that make what is built of them slow, large or fatal. So no file needs a
process of its own, on any system. Left out of YAML is what can hide a figure: repeated keys, aliases, merge keys, tags.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from budget_model.errors import Problem, ScenarioError
from budget_model.files import read_regular
from budget_model.scenario.signs import expected_without, unusable_sign
from budget_model.scenario.usual_names import usual_name
from budget_model.scenario.yaml_scalars import meant

FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, which PyYAML's wheels bring: ten times as fast
MOST_BYTES = 1_000_000
MOST_DEPTH = 20  # of values within values
MOST_VALUES = 100_000
MOST_KEYS = 2_000  # of one mapping
MOST_LETTERS = 30_000  # of one text: a cell of a spreadsheet holds 32,767
MOST_IN_A_KEY = 255  # letters
MOST_PROBLEMS = 50  # told at once
_TAGS = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_TAG_DIRECTIVE = re.compile(r"^%TAG\b", re.MULTILINE)  # libyaml compares each with all before it, before the first event


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a file: its content as plain data, its line, and its parts by key, or as `[name]` in a list."""

    content: Any
    line: int
    parts: Mapping[str, Written] = field(default_factory=dict)

    def line_of(self, place: str) -> int:
        """Return the line of a place such as `sites[Pomona].slots`, or of the nearest part around it that is written."""
        found, rest = self, place
        while step := found._step(rest.removeprefix(".")):
            found, rest = step
        return found.line

    def places(self, above: str = "") -> Iterator[tuple[str, Written]]:
        """Yield every part within this one with its place."""
        for label, part in self.parts.items():
            place = f"{above}{'.' if above and label[:1] != '[' else ''}{label}"
            yield place, part
            yield from part.places(place)

    def _step(self, place: str) -> tuple[Written, str] | None:
        """Return the part that a place leads to next, and the rest of the place."""
        ends = [len(place), *(found.end() for found in re.finditer(r"\]", place))] if place[:1] == "[" else [len(place), _key_end(place)]
        return next(((self.parts[place[:end]], place[end:]) for end in ends if place[:end] in self.parts), None)


def _key_end(place: str) -> int:
    found = re.search(r"[.\[]", place)
    return found.start() if found else len(place)


def label(item: Any, number: int) -> str:
    """Return how a place names an item of a list: by its name or, without a usable one, by its number, counted from 1."""
    name = item.get("name", usual_name(item)) if isinstance(item, Mapping) else None
    usable = isinstance(name, str) and 0 < len(name) <= MOST_IN_A_KEY and "\n" not in name
    return f"[{name if usable else number}]"


def shown(value: Any) -> str:
    """Return a value as a short text for a message."""
    if isinstance(value, (Mapping, list)):
        return f"a {'mapping' if isinstance(value, Mapping) else 'list'}"
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


# A number cut at its thousands: what stands before the comma, and what after it.
_LEADING = re.compile(r"\$? ?\(?-?\$? ?[1-9]\d{0,2}(?:,\d{3})*", re.ASCII)
_THOUSANDS = re.compile(r"\d{3}(?:\.\d*)?(?: ?(?:%|[a-z][a-z ]*))?\)?%?", re.ASCII | re.IGNORECASE)


class Problems(list[Problem]):
    """Problems as they are found. At the fiftieth no more are looked for: ScenarioError is raised with those there are."""

    def append(self, problem: Problem) -> None:
        """Add a problem, and raise all where they are as many as are told at once."""
        super().append(problem)
        if len(self) >= MOST_PROBLEMS:
            rest = Problem(problem.file, "", "", "there may be more; correct these first")
            raise ScenarioError([*self, rest])


def read_text(path: Path, kind: str = "scenario") -> str:
    """Return the text of a file of at most `MOST_BYTES` bytes.

    Raises FileNotFoundError, and ScenarioError with what else is wrong: what is no regular file is never opened.
    """
    file = str(path)
    try:
        content = read_regular(path, MOST_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        too_large = f"the file is larger than {MOST_BYTES:,} bytes; no {kind} is"
        reason = too_large if error.errno == errno.EFBIG else f"the file cannot be read: {error.strerror}"
        raise ScenarioError([Problem(file, "", "", reason)]) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError([Problem(file, "", "", "the file cannot be read: it is not UTF-8 text; save it as UTF-8", line)]) from None


def parsed(text: str, file: str) -> Written:
    """Return what a text holds. Raises ScenarioError with the line where it is no YAML, passes a bound, or can be misread."""
    if found := _TAG_DIRECTIVE.search(text):
        _refuse(file, _line_at(text, found.start()), "tags (%TAG) are not allowed")
    if found := unusable_sign(text):
        _refuse(file, _line_at(text, found.start()), expected_without(found[0]))
    reading = _Reading(text, file)
    try:
        written = reading.document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        column = f" in column {mark.column + 1}" if mark else ""
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        _refuse(file, mark.line + 1 if mark else 0, f"this is not valid YAML{column}: {reason}")
    if reading.unclear:
        _refuse_unclear(written, reading.unclear, file)
    return written


def _refuse_unclear(written: Written, unclear: Sequence[tuple[Written, str, str]], file: str) -> NoReturn:
    sought = {id(part) for part, _, _ in unclear}
    places = {id(part): place for place, part in written.places() if id(part) in sought}
    problems = Problems()
    for part, given, expected in unclear:
        problems.append(Problem(file, places.get(id(part), ""), given, expected, part.line))
    raise ScenarioError(problems)


class _Reading:
    """One text being read: its events, and the words in it that are not clear."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.events: Iterator[Any] = iter(yaml.parse(text, FAST_LOADER))
        self.values = 0
        self.unclear: list[tuple[Written, str, str]] = []

    def document(self) -> Written:
        """Return the one document of the text; one without content is None."""
        written = Written(None, 0)
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "a second scenario begins here, after ---; a file holds one")
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                written = self._value(event, event.start_mark.line + 1, 0)
        return written

    def _value(self, event: Any, line: int, depth: int) -> Written:
        self.values += 1
        if self.values > MOST_VALUES:
            self._refuse(event, f"expected at most {MOST_VALUES:,} values in a file")
        if depth > MOST_DEPTH:
            self._refuse(event, f"expected at most {MOST_DEPTH} values within each other")
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "aliases (*name) are not allowed; write the value out")
        if event.tag not in _TAGS:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")[:60]
            self._refuse(event, f"tags ({tag}) are not allowed; write the value without it")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(line, depth)
        return self._scalar(event, line)

    def _sequence(self, line: int, depth: int) -> Written:
        items: list[Any] = []
        parts: dict[str, Written] = {}
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            item = self._value(event, event.start_mark.line + 1, depth + 1)
            items.append(item.content)
            named = label(item.content, len(items))
            # Of two that are named alike the name's line is the later one: there it can't stand.
            parts[named] = Written(parts[named].content, item.line, parts[named].parts) if named in parts else item
        return Written(items, line, parts)

    def _mapping(self, line: int, depth: int) -> Written:
        parts: dict[str, Written] = {}
        last, end = "", -1  # the last key, and where its value ended
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event)
            if event.start_mark.index == end + 1 and _THOUSANDS.fullmatch(key) and _LEADING.fullmatch(str(parts[last].content)):
                end = next(self.events).end_mark.index
                parts[last] = self._cut_at_comma(parts[last], key)
                continue
            if key in parts:
                self._refuse(event, f"the key '{key[:60]}' stands twice")
            if len(parts) >= MOST_KEYS:
                self._refuse(event, f"expected at most {MOST_KEYS:,} keys beside each other")
            value = next(self.events)
            part = parts[key] = self._value(value, event.start_mark.line + 1, depth + 1)
            last, end = key, value.end_mark.index
            if key == "name" and isinstance(part.content, str) and re.search(r"[\n\r\t]", part.content.strip()):
                self._refuse(event, "expected a name of one line, without tabs")
        return Written({key: part.content for key, part in parts.items()}, line, parts)

    def _cut_at_comma(self, before: Written, rest: str) -> Written:
        """Return a number that a comma cut in two within braces, where it ends a value; kept as a text that is not clear."""
        whole = Written(f"{before.content},{rest}", before.line)
        self.unclear = [found for found in self.unclear if found[0] is not before]
        plain = re.sub("[$(] ?|[,)]", "", whole.content)
        plain = f"-{plain}" if "(" in whole.content else plain  # as accounts write what is below zero
        self.unclear.append((whole, whole.content, f"expected {plain}, or '{whole.content}' in quotes: within braces a comma ends a value"))
        return whole

    def _key(self, event: Any) -> str:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "aliases (*name) are not allowed; write the key out")
        if not isinstance(event, yaml.ScalarEvent) or "\n" in event.value:
            self._refuse(event, "expected a key of one line, such as 'name:'")
        if event.value == "<<" and not event.style:
            self._refuse(event, "merge keys (<<) are not allowed; write the lines out, or use 'extends'")
        if len(event.value) > MOST_IN_A_KEY:
            self._refuse(event, f"expected a key of at most {MOST_IN_A_KEY} letters, such as 'name:'")
        self._usable(event)
        return str(event.value)

    def _scalar(self, event: Any, line: int) -> Written:
        self._usable(event)
        if event.style or event.tag is not None:
            return Written(event.value, line)
        try:
            return Written(meant(event.value), line)
        except ValueError as error:
            written = Written(event.value, line)
            self.unclear.append((written, event.value if len(event.value) <= 60 else f"{event.value[:57]}...", str(error)))
            return written

    def _usable(self, event: Any) -> None:
        """Refuse a text that is too long, or has signs that cannot be shown, which quotes let one write by number."""
        if len(event.value) > MOST_LETTERS:
            self._refuse(event, f"expected a text of at most {MOST_LETTERS:,} letters")
        if found := unusable_sign(event.value):
            self._refuse(event, expected_without(found[0]))

    def _refuse(self, event: Any, expected: str) -> NoReturn:
        _refuse(self.file, event.start_mark.line + 1, expected)


def _refuse(file: str, line: int, expected: str) -> NoReturn:
    raise ScenarioError([Problem(file, "", "", expected, line)])


def _line_at(text: str, position: int) -> int:
    return len(re.findall(r"\r\n?|\n", text[:position])) + 1
