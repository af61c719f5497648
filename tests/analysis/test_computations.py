"""How lines are worked out on forms: what is printed multiplies out and comes to the line's cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import PILOT, ROOT, Pool

from budget_model import Projection, load_scenario, project
from budget_model.analysis.funder_forms.items import form_items
from budget_model.analysis.funder_forms.worked_out import Says

PUBLISHED = sorted((ROOT / "tests" / "analysis" / "published").glob("*.yaml"))
SHIPPED = [PILOT, ROOT / "templates" / "scenario.yaml", ROOT / "scenarios" / "expansion_2018_two_areas.yaml"]
CENT = 0.01  # what a reader may find who multiplies figures that are printed to the cent
NUMBER = re.compile(r"(-?)\$?(-?[\d,]*\.?\d+)(%?)")
OPERATOR = re.compile(r" ([x/]) (?=[$\d(-])")


def product(words: str) -> float:
    """Return what the figures of a product come to, as its reader works it out: 2 people x $46 a day / 12, 7.65% of $45,000."""
    first, *rest = OPERATOR.split(words.rsplit(": ", maxsplit=1)[-1])
    result = factor(first)
    for sign, text in zip(rest[::2], rest[1::2], strict=True):
        result = result * factor(text) if sign == "x" else result / factor(text)
    return result


def factor(text: str) -> float:
    share, *base = re.split(r"(?<=%)\)? of (?=-?\$)", text, maxsplit=1)
    return sum(number(part, -1) for part in share.split(" + ")) * number(base[0]) if base else number(text)


def number(text: str, which: int = 0) -> float:
    """Return the first number of a text, or another: a rate stands behind its name, which may hold one."""
    found = [*NUMBER.finditer(text)][which]
    return float(found[2].replace(",", "")) * (0.01 if found[3] else 1) * (-1 if found[1] else 1)


@pytest.mark.parametrize("file", [*SHIPPED, *PUBLISHED], ids=lambda file: file.stem)
def test_what_is_printed_multiplies_out(file: Path) -> None:
    multiplies_out(project(load_scenario(file)))


def multiplies_out(projection: Projection) -> int:
    """Assert that every printed product comes to the amount beside it, to the cent; return how many there are."""
    told = 0
    for source in range(len(projection.scenario.funding_sources)):
        for item in form_items(projection, source).items:
            for part in item.computation.parts:
                if part.says is Says.RESULT and not part.words.startswith("staff over"):
                    assert product(part.words) == pytest.approx(part.amount, abs=CENT, rel=0), part.words
                    told += 1
    return told


def test_the_parts_come_to_the_cost_of_the_line_and_each_says_why(pool: Pool) -> None:
    told = 0
    for scenario, projection in pool:
        told += multiplies_out(projection)
        cost = projection.monthly("cost")
        for source in range(len(scenario.funding_sources)):
            lines: dict[str, list[float]] = {}
            for item in form_items(projection, source).items:
                lines.setdefault(item.line, []).append(item.computation.cost)
                assert "in other months" not in item.computation.words
            for line, parts in lines.items():
                if line.startswith("cost "):
                    at = int(line.removeprefix("cost "))
                    assert sum(parts) == pytest.approx(float(cost[at].sum()), abs=0.05, rel=0), (line, parts)
    assert told > 100
