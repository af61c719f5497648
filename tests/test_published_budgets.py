"""Budgets that others published come out of the model to the dollar, or to the digit in which they are printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from budget_model import Projection, load_scenario, project
from budget_model.budget import BUDGET
from budget_model.budget_form import budget_form
from budget_model.timeline import TOTAL

FOLDER = Path(__file__).parent / "published"
EXPECTED = yaml.safe_load((FOLDER / "expected.yml").read_text())
BUDGETS = EXPECTED["budgets"]


def given_by_the_model(projection: Projection, figure: dict[str, Any]) -> float | Decimal:
    """Return the model's figure: of the scenario's own form, under its rounding rule, or of a row."""
    form = budget_form(projection)
    if "total" in figure:
        return form.total
    if "section" in figure:
        return form.sections[figure["section"]]
    if "line" in figure:
        section, label = figure["line"]
        return next(line.amount for line in form.lines if (line.section, line.label) == (section, label))
    row = BUDGET.rows[figure["row"]]
    names = [figure["item"]] if isinstance(figure.get("item"), str) else figure.get("item", [])
    index = [
        next(place for place, member in enumerate(items) if member.name == name)
        for items, name in zip(projection.members(row), names, strict=True)
    ]
    values = (
        projection.monthly(row.name) if row.in_a_year is None and not {"year", "month"} & set(row.over) else projection.by_year(row.name)
    )
    found = values[tuple(index)]
    return float(found if np.ndim(found) == 0 else found[projection.years.index(figure.get("year", TOTAL))])


def as_printed(amount: float | Decimal, figure: dict[str, Any]) -> Decimal:
    """Return an amount in the digits in which it is printed: cents unless the figure says otherwise."""
    exact = Decimal(f"{float(amount):.15g}")
    if "millions" in figure:
        return (exact / 1_000_000).quantize(Decimal(1).scaleb(-figure["millions"]), ROUND_HALF_UP)
    return exact.quantize(Decimal(figure.get("printed_to", Decimal(1).scaleb(-figure.get("cents", 2)))), ROUND_HALF_UP)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_published_budget_comes_out_as_printed(name: str) -> None:
    projection = project(load_scenario(FOLDER / f"{name}.yaml"))
    for figure in BUDGETS[name]["compared"]:
        printed = Decimal(str(figure["printed"])) + Decimal(str(figure.get("differs_by", 0)))
        assert as_printed(given_by_the_model(projection, figure), figure) == printed, figure["what"]


def test_every_budget_has_a_source_and_is_a_scenario_or_names_the_missing_term(capsys: pytest.CaptureFixture[str]) -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(BUDGETS)
    assert not set(BUDGETS) & set(EXPECTED["not_expressed"])
    assert all(budget["source"] and budget["url"] and budget["compared"] for budget in BUDGETS.values())
    figures = sum(len(budget["compared"]) for budget in BUDGETS.values())
    with capsys.disabled():
        print(f"\n{figures} printed figures of {len(BUDGETS)} published budgets come out; {len(EXPECTED['not_expressed'])} not expressed")
