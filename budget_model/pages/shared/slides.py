"""The charts of a presentation, one a screen, in the order in which the plan is told; each made when it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from budget_model.charts import figures
from budget_model.charts.chart import Chart
from budget_model.charts.site_map import site_map
from budget_model.pages.shared.beside import charted
from budget_model.pages.shared.screen_state import ScreenState
from budget_model.timeline import TOTAL

Slide = Callable[[ScreenState], Chart]

# By the name that stands in the address.
_SLIDES: Mapping[str, Slide] = {
    "who_pays": lambda screen: charted(screen, figures.sources_by_year),
    "cost": lambda screen: charted(screen, lambda one: figures.cost_by_year(one, "cost_by_class", "Cost by appropriation class")),
    "gap": lambda screen: charted(screen, figures.funding_gap),
    "changes": lambda screen: charted(screen, lambda one: figures.effect_by_year(screen.saved if one is screen.now else one, one)),
    "sites": lambda screen: charted(screen, lambda one: figures.cost_by_year(one, "cost_by_place", "Cost by site")),
    "map": lambda screen: site_map(screen.now, TOTAL),
    "participants": lambda screen: charted(screen, figures.participants),
    "month_of_service": lambda screen: charted(
        screen, lambda one: figures.by_site(one, "cost_per_participant_month", TOTAL, "Site cost per participant-month, all years")
    ),
    "positions": lambda screen: charted(
        screen,
        lambda one: figures.heads(
            one, "department_budgeted_positions", "all_budgeted_positions", "County positions by department", "positions"
        ),
    ),
    "treatment_and_housing": lambda screen: charted(screen, figures.people_and_places),
    "award_left": lambda screen: charted(screen, figures.award_left),
}


def slides_of(screen: ScreenState) -> dict[str, Slide]:
    """Return the slides of what is on the screen by their names, without those that would show nothing."""
    now = screen.now
    shown = {
        "gap": bool(now.by_year("funding_gap").round().any()),
        "changes": bool(screen.changes),
        "map": any(site.latitude is not None and site.longitude is not None for site in now.scenario.sites),
        "positions": bool(now.by_year("all_budgeted_positions").any()),
        "treatment_and_housing": bool(now.scenario.treatment_and_housing),
        "award_left": bool((now.monthly("award_left") > 1).any()),
    }
    return {name: slide for name, slide in _SLIDES.items() if shown.get(name, True)}
