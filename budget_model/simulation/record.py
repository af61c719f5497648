"""A simulation as plain data: what `simulate --json` writes, described by the JSON Schema `docs/simulation.schema.json`.

It holds no time and no date: the same scenario, draws, seed, dependence and method give the same bytes.
"""

from __future__ import annotations

from typing import Any

from budget_model.engine.arrays import Array
from budget_model.simulation.outputs import NET_COUNTY_COST
from budget_model.simulation.results import (
    PERCENTILES,
    RESERVED,
    Simulation,
    broken_rules,
    chance_of_a_gap,
    quantile,
    reserve,
)
from budget_model.simulation.tornado import Bar, questions, share_of_low_confidence, subject_of, tornado

IN_ALL = "total"  # the key of what all months come to


def record(simulation: Simulation) -> dict[str, Any]:
    """Return a simulation as plain data: money in dollars, chances from 0 to 1, percentiles of the plan from 0 to 100."""
    bars = tornado(simulation)
    return {
        "scenario": simulation.projection.scenario.name,
        "digest": simulation.digest,
        "seed": simulation.seed,
        "draws": simulation.draws,
        "method": simulation.method,
        "rho": simulation.rho,
        "broken_rules": int(simulation.broken_rules.sum()),
        **_outputs(simulation, independent=False),
        "chance_of_a_gap": _by_year(simulation, simulation.chance_of_a_gap),
        "reserve": _by_year(simulation, simulation.reserve),
        "independent": {
            "rho": 0.0,
            "broken_rules": int(broken_rules(simulation.independent, simulation.projection).sum()),
            **_outputs(simulation, independent=True),
            "chance_of_a_gap": _by_year(simulation, chance_of_a_gap(simulation.independent)),
            "reserve": _by_year(
                simulation,
                reserve(simulation.percentile(NET_COUNTY_COST, RESERVED, independent=True), simulation.base(NET_COUNTY_COST)),
            ),
        },
        "widened": simulation.widened,
        "uncertain_numbers": len(simulation.numbers),
        "draws_with_a_site_not_open": simulation.any_not_open,
        "sites_not_open": simulation.not_open,
        "tornado": [_bar(bar) for bar in bars],
        "share_of_low_confidence": share_of_low_confidence(bars),
        "find_out_first": [{"owner": one.owner, "number": one.bar.number.id, "share": one.bar.share} for one in questions(simulation)],
    }


def _outputs(simulation: Simulation, *, independent: bool) -> dict[str, Any]:
    return {output: _figures(simulation, output, independent) for output in simulation.outputs}


def _figures(simulation: Simulation, output: str, independent: bool) -> dict[str, dict[str, float]]:
    """Return an output by fiscal year and in all: the plan, the mean and the percentiles over draws, and the plan's own percentile."""
    values = simulation.of(output, independent=independent)
    columns: dict[str, Array] = {
        "base": simulation.base(output),
        "mean": values.mean(axis=0),
        **{f"p{percent}": quantile(values, percent) for percent in PERCENTILES},
        "base_percentile": simulation.base_percentile(output, independent=independent),
    }
    years = (*simulation.years[:-1], IN_ALL)
    return {year: {name: float(column[index]) for name, column in columns.items()} for index, year in enumerate(years)}


def _by_year(simulation: Simulation, values: Array) -> dict[str, float]:
    return dict(zip((*simulation.years[:-1], IN_ALL), map(float, values), strict=True))


def _bar(bar: Bar) -> dict[str, Any]:
    number = bar.number
    return {
        "number": number.id,
        "label": subject_of(number),
        "owner": number.owner,
        "kind": number.kind,
        "confidence": number.confidence,
        "unit": number.unit,
        "base": number.value,
        "p10": number.least,
        "p90": number.most,
        "at_p10": bar.low,
        "at_p90": bar.high,
        "share": bar.share,
    }
