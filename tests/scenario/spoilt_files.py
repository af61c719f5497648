"""Scenario files with something spoilt, drawn by a seed, and what becomes of one when it is read and projected."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from budget_model import ScenarioError, load_scenario, project
from budget_model.scenario.yaml_text import MOST_BYTES

TAKEN = "taken"
_OF_THE_WHOLE = ("the file is empty; copy templates/scenario.yaml to begin", "there may be more; correct these first")
# What stands in a file in place of something else: each is one that once came through wrongly, or was read in two ways.
ODD = (
    "012", "1_000", "0x10", "1:30", "yes", "off", ".inf", "-.nan", "1e400", "1e-400", "9" * 50, "-0", "+5", "1e3", "~", "", "''", "2018-02-30",
    "2024-07-19", "1850-01", "9999-12", "0000-00", "2019-13", "!!int ''", "!!bool maybe", "!!float x", "!!python/object:os.system x", "&a [1]",
    "*a", "<<", "? [a]", "? {a: 1}", "[" * 500, "- " * 5_000, "{" * 400, "? " * 5_000, '"\\0"', '"\\x07"', '"\\u202e"', "|", ">-", "\t", "#",
    "@", "`", "%TAG ! x", "---", "...", "{a: 1, a: 2}", "[1, [2, [3]]]", "\x00", "\x07", "\x85", "\u2028", "\ufeff", "é", "\U0001f600", "null",
    "x" * 40_000, "{value: 1, origin: default}", "{evidence: nothing}", "{catalog: nothing}", "{value: 1, low: 2}", "extends: test.yaml",
    "form: 3", "form: -1", "months: 0", "months: 1000000000", "name: [a]", "sites: 7", "remove: true",
)  # fmt: skip


def spoilt(texts: list[str], count: int, seed: int) -> Iterator[bytes]:
    """Yield so many files, each one of the texts with one to three changes."""
    draw = random.Random(seed)
    for _ in range(count):
        text = draw.choice(texts)
        for _ in range(draw.randint(1, 3)):
            text = draw.choice(_CHANGES)(text, draw)
        content = text.encode()[:MOST_BYTES]
        yield content if draw.random() < 0.95 else _bytes_changed(content, draw)


def _bytes_changed(content: bytes, draw: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 5)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _value(text: str, draw: random.Random) -> str:
    """Put something odd in place of a value."""
    lines = text.split("\n")
    number = draw.randrange(len(lines))
    key, colon, _ = lines[number].partition(": ")
    lines[number] = f"{key}{colon}{draw.choice(ODD)}" if colon else lines[number]
    return "\n".join(lines)


def _inserted(text: str, draw: random.Random) -> str:
    place = draw.randrange(len(text) + 1)
    return text[:place] + draw.choice(ODD) + text[place:]


def _line(text: str, draw: random.Random) -> str:
    """Put something odd as a line of its own, as far in as the line there."""
    lines = text.split("\n")
    number = draw.randrange(len(lines))
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    lines.insert(number, indent + draw.choice(ODD))
    return "\n".join(lines)


def _lines(text: str, draw: random.Random) -> str:
    """Delete, repeat, move, indent or cut off lines."""
    lines = text.split("\n")
    first = draw.randrange(len(lines))
    last = min(first + draw.randint(1, 8), len(lines))
    part, kind = lines[first:last], draw.randrange(5)
    if kind == 0:
        lines[first:last] = []
    elif kind == 1:
        lines[first:first] = part * draw.choice((1, 3, 200))
    elif kind == 2:
        lines[first:last] = []
        place = draw.randrange(len(lines) + 1)
        lines[place:place] = part
    elif kind == 3:
        lines[first:last] = [" " * draw.randint(1, 4) + line for line in part]
    else:
        lines = lines[:first]
    return "\n".join(lines)


def _signs(text: str, draw: random.Random) -> str:
    """Delete a few letters, or exchange one."""
    place = draw.randrange(len(text) + 1)
    if draw.random() < 0.5:
        return text[:place] + text[place + draw.randint(1, 20) :]
    return text[:place] + chr(draw.choice((draw.randrange(128), draw.randrange(0x2000, 0x2100)))) + text[place + 1 :]


_CHANGES = (_value, _value, _value, _inserted, _line, _lines, _signs)


def read_and_projected(path: Path) -> str:
    """Return `TAKEN`, or what is wrong with a file; raises ValueError where a figure is no number, AssertionError without a line."""
    try:
        scenario = load_scenario(path)
    except ScenarioError as error:
        without = [str(problem) for problem in error.problems if not problem.line and problem.expected not in _OF_THE_WHOLE]
        assert not without, f"no line: {without}"
        assert all(str(problem).startswith(problem.file) and "\n" not in str(problem) for problem in error.problems), str(error)
        return str(error)
    json.dumps(project(scenario).record(), allow_nan=False)
    return TAKEN
