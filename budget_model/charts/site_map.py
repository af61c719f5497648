"""The sites on a map of Los Angeles County that needs no internet: the outline is a file of the package."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from budget_model.charts.chart import Chart, Drawing
from budget_model.charts.hues import BLUE, EDGE, GRAY
from budget_model.formats import count
from budget_model.projection import Projection
from budget_model.scenario.agencies import law_enforcement
from budget_model.scenario.schema import Scenario, Site

_FILE = Path(__file__).parent / "geography" / "los_angeles_county.geojson"
_MIDDLE_LATITUDE = 34.1  # degrees: where one degree of longitude is drawn as long as it is on the ground
_SMALLEST, _LARGEST = 9, 34  # pixels
_LEFT, _RIGHT = -119.0, -117.56  # degrees: where the labels stand, beside the County
_SOUTH, _NORTH = 33.2, 34.9  # degrees; San Clemente Island, where nobody lives, lies further south


class _Room(NamedTuple):
    """What there is room for: the height in pixels; both ends, and what lies between two labels, in degrees; labels on both sides."""

    height: int
    west: float
    east: float
    apart: float
    both_sides: bool


_WIDE = _Room(500, -119.75, -116.8, 0.085, both_sides=True)
_ON_PHONE = _Room(240, -119.0, -115.45, 0.15, both_sides=False)


@cache
def outline() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the County's mainland and islands, each a closed line of (longitude, latitude) in degrees."""
    shape = json.loads(_FILE.read_text(encoding="utf-8"))["geometry"]
    return tuple(tuple((x, y) for x, y in polygon[0]) for polygon in shape["coordinates"])


def site_map(projection: Projection, year: str) -> Chart:
    """Return the sites on the map, each as large as its active participants at the end of a fiscal year."""
    active = projection.yearly_table("active_participants")[year]
    placed = [site for site in projection.scenario.sites if site.latitude is not None and site.longitude is not None]
    without = [site.name for site in projection.scenario.sites if site not in placed]
    drawn = partial(_drawing, projection.scenario, placed, active)
    table = pd.DataFrame({year: active})
    words = _in_words(placed, without, active)
    return Chart("Where the sites are", drawn(_WIDE), words, table, "participants", on_phone=partial(drawn, _ON_PHONE))


def _drawing(scenario: Scenario, placed: list[Site], active: pd.Series, room: _Room) -> Drawing:
    traces: list[dict[str, Any]] = [_line(part) for part in outline()]
    if placed:
        traces += [*_labels(placed, active, room), _markers(scenario, placed, active)]
    stretch = 1 / math.cos(math.radians(_MIDDLE_LATITUDE))
    layout = {
        "height": room.height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {"visible": False, "range": [room.west, room.east]},
        "yaxis": {
            "visible": False,
            "scaleanchor": "x",
            "scaleratio": stretch,
            "range": [_SOUTH, _NORTH],
        },
    }
    return Drawing(traces, layout)


def _line(points: tuple[tuple[float, float], ...]) -> dict[str, Any]:
    x, y = zip(*points, strict=True)
    line = {"color": GRAY, "width": 1.2}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": line,
        "fill": "toself",
        "fillcolor": "rgba(138,148,156,0.12)",
        "hoverinfo": "skip",
    }


def _markers(scenario: Scenario, sites: list[Site], active: pd.Series) -> dict[str, Any]:
    most = max(float(active[site.name]) for site in sites) or 1.0
    sizes = [max(_SMALLEST, _LARGEST * math.sqrt(float(active[site.name]) / most)) for site in sites]
    hollow = ["circle-open" if round(float(active[site.name])) == 0 else "circle" for site in sites]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [site.longitude for site in sites],
        "y": [site.latitude for site in sites],
        "text": [_label(site, active) for site in sites],
        "marker": {"size": sizes, "symbol": hollow, "color": BLUE, "opacity": 0.85, "line": {"color": EDGE, "width": 1}},
        "cliponaxis": False,
        "customdata": ["; ".join(one.name for one in law_enforcement(scenario, site.name)) or "no agency named" for site in sites],
        "hovertemplate": "%{text} active participants<br>%{customdata}<extra></extra>",
    }


def _label(site: Site, active: pd.Series) -> str:
    return f"{site.name}: {count(float(active[site.name]), 0)}"


def _labels(sites: list[Site], active: pd.Series, room: _Room) -> Iterator[dict[str, Any]]:
    """Yield the labels beside the County, western ones on the left if there is room, none over another, each with a line to its site."""
    by_longitude = sorted(sites, key=lambda site: site.longitude or 0.0)
    half = len(sites) // 2 if room.both_sides else 0
    for side, x, at in ((by_longitude[:half], _LEFT, "middle left"), (by_longitude[half:], _RIGHT, "middle right")):
        height = _NORTH
        for site in sorted(side, key=lambda site: -(site.latitude or 0.0)):
            height = min(height - room.apart, site.latitude or 0.0)
            line = {"color": GRAY, "width": 1}
            text = {"text": [_label(site, active), ""], "textposition": at, "mode": "lines+text"}
            yield {"type": "scatter", "x": [x, site.longitude], "y": [height, site.latitude], "line": line, "hoverinfo": "skip", **text}


def _in_words(placed: list[Site], without: list[str], active: pd.Series) -> str:
    missing = f" Without a place on the map: {', '.join(without)}; give latitude and longitude under Build, Sites." if without else ""
    if not placed:
        return f"No site has a place yet.{missing}"
    most = max(placed, key=lambda site: float(active[site.name]))
    served = count(float(active[most.name]), 0)
    return f"{len(placed)} sites; {most.name} has the most active participants at the end of the year ({served}).{missing}"
