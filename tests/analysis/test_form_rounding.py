"""A rounded form states the rule that closes it and the difference, with its sign and to the cent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from conftest import Pool

from budget_model.__main__ import main
from budget_model.analysis.budget_form import budget_form
from budget_model.scenario.schema import Rounding

HALF_DOLLARS = {
    **{"form": 3, "name": "Form of half dollars", "first_month": "2019-07", "months": 12},
    "sites": [{"name": "Area", "go_live": "2019-07", "slots": 50}],
    "services_and_supplies": [
        {"name": "A", "first_month": "2019-07", "one_time_amount": 1000.5, "category": "Equipment"},
        {"name": "B", "first_month": "2019-07", "one_time_amount": 2000.5, "category": "Data and evaluation"},
        {"name": "C", "first_month": "2019-07", "one_time_amount": 3000.5},
    ],
}


def printed(tmp_path: Path, capsys: pytest.CaptureFixture[str], rounding: dict[str, str]) -> dict[str, str]:
    path = tmp_path / "form.yaml"
    path.write_text(yaml.safe_dump(HALF_DOLLARS | {"rounding": rounding}, sort_keys=False))
    assert main(["form", str(path)]) == 0
    lines = [line.rsplit(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line.strip()]
    return {name.strip(): amount for name, amount in lines}


def test_totals_alone_are_rounded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(tmp_path, capsys, {"to": "dollar", "applies_to": "totals only"})
    assert [found[name] for name in ("A", "B", "C")] == ["1,000.50", "2,000.50", "3,000.50"]
    assert [found[name] for name in ("Equipment", "Data and evaluation", "Services and supplies")] == ["1,001", "2,001", "3,001"]
    assert (found["Total"], found["Rounding, above the exact cost"]) == ("6,002", "0.50")
    assert found["Sections, each rounded by itself, above the total"] == "1.00"


def test_each_line_is_rounded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(tmp_path, capsys, {"to": "dollar"})
    assert [found[name] for name in ("A", "B", "C")] == ["1,001", "2,001", "3,001"]
    assert (found["Total"], found["Rounding, above the exact cost"]) == ("6,003", "1.50")
    assert "Sections, each rounded by itself, above the total" not in found, "rounded lines add up"
    assert printed(tmp_path, capsys, {"to": "dollar", "mode": "down"})["Rounding, above the exact cost"] == "-1.50"


@pytest.mark.parametrize("mode", ["half away from zero", "half to even", "up", "down"])
@pytest.mark.parametrize("applies_to", ["each line", "totals only"])
def test_the_total_less_the_rounding_is_the_exact_cost_to_the_cent(pool: Pool, mode: str, applies_to: str) -> None:
    rule = Rounding.model_validate({"to": "dollar", "mode": mode, "applies_to": applies_to})
    for _, projection in pool:
        form = budget_form(projection, rule)
        exact = Decimal(f"{sum(line.exact for line in form.lines):.15g}")
        assert form.total - form.difference == exact
        assert sum(form.sections.values()) - form.sections_above_total == form.total
        if applies_to == "each line":
            assert sum(line.amount for line in form.lines) == form.total and not form.sections_above_total
