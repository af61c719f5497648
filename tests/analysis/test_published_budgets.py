"""Budgets that others published come out of the model to the dollar, or to the digit in which they are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from budget_model import Projection, load_scenario, project
from budget_model.analysis.budget_form import budget_form
from budget_model.analysis.by_object_class import by_object_class, object_class_totals
from budget_model.analysis.change_table import change_table
from budget_model.analysis.findings import findings, grave
from budget_model.budget import BUDGET
from budget_model.scenario.axes import Axis
from budget_model.scenario.choices import ObjectClass
from budget_model.timeline import TOTAL, month_label

FOLDER = Path(__file__).parent / "published"
EXPECTED = yaml.safe_load((FOLDER / "expected.yml").read_text(encoding="utf-8"))
BUDGETS: dict[str, Any] = EXPECTED["budgets"]
MODES = {"half up": ROUND_HALF_UP, "down": ROUND_DOWN}
Figure = Mapping[str, Any]


@cache
def projection_of(budget: str, scenario: str) -> Projection:
    return project(load_scenario(FOLDER / f"{budget}{'.' if scenario else ''}{scenario}.yaml"))


def listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def read(budget: str, figure: Figure, year: str) -> Decimal:
    """Return what the model gives: lines of its form, an amount of its change table, an object class, or items of a row."""
    projection = projection_of(budget, figure.get("scenario", ""))
    if "form" in figure:
        form = budget_form(projection, year=year)
        amounts = {f"{line.section} / {line.label}": line.amount for line in form.lines} | form.sections | {"Total": form.total}
        return sum((amounts[name] for name in figure["form"]), Decimal(0)) if isinstance(figure["form"], list) else amounts[figure["form"]]
    if "change" in figure:
        name, column = figure["change"].split(" / ")
        return exact(next(getattr(line.exact, column) for line in change_table(projection, year).lines if line.name == name))
    if "class" in figure:
        parts, payer = by_object_class(projection), figure.get("payer")
        assert payer is None or any(payer in part.paid for part in parts), f"{payer} pays nothing at all"
        return exact(sum(object_class_totals(parts, payer).get(ObjectClass(figure["class"]), ())))
    return exact(sum(of_row(projection, figure["row"], item, year) for item in listed(figure.get("item", ""))))


def of_row(projection: Projection, name: str, item: str, year: str) -> float:
    row = BUDGET.rows[name]
    axes = projection.members(row)
    names = item.split(" / ") if axes else []
    place = tuple([member.name for member in items].index(one) for items, one in zip(axes, names, strict=True))
    if not {Axis.MONTH, Axis.YEAR} & set(row.over):
        return float(projection.monthly(name)[place])
    if " to " in year:
        first, last = ([month_label(month) for month in projection.timeline.months].index(month) for month in year.split(" to "))
        return float(projection.monthly(name)[place][first : last + 1].sum())
    return float(projection.by_year(name)[place][projection.years.index(year)])


def exact(amount: float) -> Decimal:
    """Return an amount to 15 digits, as spreadsheets hold it."""
    return Decimal(f"{amount:.15g}")


def as_printed(budget: str, figure: Figure) -> Decimal:
    """Return the model's figure in the units and digits in which it is printed."""
    total, to = Decimal(0), Decimal(str(figure.get("to", "0.01")))
    for year in listed(figure.get("year", TOTAL)):
        amount = read(budget, figure, year)
        if "less" in figure:
            amount -= read(budget, figure["less"], year)
        if "plus" in figure:
            amount += read(budget, figure["plus"], year)
        if "of" in figure:
            amount /= read(budget, figure["of"], year)
        total += (amount / Decimal(str(figure.get("in", 1))) / to).quantize(Decimal(1), MODES[figure.get("mode", "half up")]) * to
    return total


def figures(kind: str) -> Iterator[Figure]:
    return (figure for budget in BUDGETS.values() for figure in budget["figures"] if kind in figure)


@pytest.mark.parametrize("budget", BUDGETS)
def test_a_published_budget_comes_out_as_printed(budget: str) -> None:
    for figure in BUDGETS[budget]["figures"]:
        (expected,) = (Decimal(str(figure[kind])) for kind in ("printed", "derived") if kind in figure)
        assert as_printed(budget, figure) - expected == Decimal(str(figure.get("delta", 0))), figure["what"]
    missed = [
        finding
        for path in FOLDER.glob(f"{budget}*.yaml")
        for finding in grave(findings(projection_of(budget, path.stem.partition(".")[2])))
    ]
    amounts = {f"{finding.check} / {finding.item}": finding.amount for finding in missed}
    assert amounts == pytest.approx(BUDGETS[budget].get("missed", {})), "what does not close in print is said, and nothing else is amiss"


def test_every_budget_is_a_scenario_or_names_the_missing_term(capsys: pytest.CaptureFixture[str]) -> None:
    ids, missing = EXPECTED["ids"], EXPECTED["not_expressed"]
    assert sorted([*BUDGETS, *missing]) == sorted(ids), "each once, here or there"
    assert {path.stem.partition(".")[0] for path in FOLDER.glob("*.yaml")} == set(BUDGETS)
    assert all(budget["source"] and budget["url"] and budget["figures"] for budget in BUDGETS.values())
    printed, derived, open_ = list(figures("printed")), list(figures("derived")), list(figures("delta"))
    with capsys.disabled():
        print(
            f"\n{len(BUDGETS)} of {len(ids)} published budgets: {len(printed)} printed figures compared and {len(derived)} derived ones; "
            f"{len(open_)} do not close in print, by the difference stated."
        )
