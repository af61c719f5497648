"""The map of the County needs no internet, shows the model's numbers, and says which sites it lacks."""

from __future__ import annotations

from itertools import pairwise

from conftest import SHIPPED

from budget_model import Scenario, load_scenario, project
from budget_model.charts.site_map import outline, site_map


def inside(x: float, y: float, line: tuple[tuple[float, float], ...]) -> bool:
    crossings = [
        (one[0] + (y - one[1]) * (other[0] - one[0]) / (other[1] - one[1])) > x
        for one, other in pairwise(line)
        if (one[1] > y) != (other[1] > y)
    ]
    return sum(crossings) % 2 == 1


def test_every_shipped_site_lies_in_the_county() -> None:
    mainland = max(outline(), key=len)
    assert min(x for x, _ in mainland) > -119 and max(y for _, y in mainland) < 34.9
    for path in SHIPPED:
        for site in load_scenario(path).sites:
            assert inside(site.longitude, site.latitude, mainland), f"{path.stem}: {site.name}"
    assert not inside(-117.2, 33.9, mainland)


def test_the_map_shows_the_models_numbers_and_draws_nothing_from_elsewhere(expansion: Scenario) -> None:
    projection = project(expansion)
    year = projection.years[-2]
    drawn = site_map(projection, year)
    traces = drawn.drawing.traces
    kinds = {trace["type"] for trace in traces}
    assert kinds == {"scatter"}, "a map of tiles or of the world would ask the internet"
    active = projection.yearly_table("active_participants")[year]
    assert list(traces[-1]["text"]) == [f"{name}: {count:,.0f}" for name, count in active.items()]
    labels = [(trace["x"][0], trace["y"][0]) for trace in traces if trace["mode"] == "lines+text"]
    assert all(abs(one[1] - other[1]) > 0.08 for one in labels for other in labels if one[0] == other[0] and one != other)


def test_a_site_without_a_place_is_named(expansion: Scenario) -> None:
    first = expansion.sites[0].model_copy(update={"latitude": None})
    moved = project(expansion.model_copy(update={"sites": (first, *expansion.sites[1:])}))
    assert f"Without a place on the map: {first.name};" in site_map(moved, "Total").summary
