"""Presentation: one chart a screen in large letters, with its sentence; arrow keys turn, Escape ends."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from budget_model.charts.chart_form import enlarged, in_form
from budget_model.pages.shared import catalog, presentation_keys, presentation_style
from budget_model.pages.shared.address import of_the_work
from budget_model.pages.shared.legend import legend
from budget_model.pages.shared.screen_state import ScreenState, current
from budget_model.pages.shared.slides import slides_of
from budget_model.pages.shared.widgets import on_phone, said, say_unknown

_LARGER, _IN_PANELS = 1.4, 1.15  # times the letters of other pages


def _page(screen: ScreenState) -> None:
    slides = slides_of(screen)
    names = list(slides)
    say_unknown("slide", names, "the slide", "You see the first.")
    asked = st.query_params.get("slide", "")
    place = names.index(asked) if asked in names else 0
    chart = slides[names[place]](screen)
    st.html(presentation_style.CSS)
    with st.container(key="presentation"):
        st.title(chart.title, anchor=False)
        st.html(said(chart.summary, "lead") + legend(chart.drawing))
        larger = 1 if on_phone() else _IN_PANELS if "xaxis2" in chart.drawing.layout else _LARGER
        figure = in_form(enlarged(chart.drawing, larger), st.context.theme.type or "light", larger)
        with st.container(key="slide"):
            st.plotly_chart(
                figure, theme=None, key=f"slide.{names[place]}", height="stretch", config={"displayModeBar": False}, alt=chart.alt
            )
        st.html(_foot(screen, names, place))
        presentation_keys.follow()


def _foot(screen: ScreenState, names: list[str], place: int) -> str:
    """Return what stands below a slide: of what it is, the way to the others, and the way out."""
    of_what = f"{screen.now.scenario.phase}. {screen.in_words(catalog.offered().label(screen.slug))}"
    before, after = (names[at] if 0 <= at < len(names) else "" for at in (place - 1, place + 1))
    ways = (
        f"{_way('Before', 'prev', 'presentation', slide=before) if before else ''}"
        f"<span>{place + 1} of {len(names)}</span>"
        f"{_way('Next', 'next', 'presentation', slide=after) if after else ''}{_way('End', 'up', './')}"
    )
    return f'<footer class="slide-foot"><span>{escape(of_what)}</span><nav aria-label="Slides">{ways}</nav></footer>'


def _way(label: str, rel: str, path: str, **asked: str) -> str:
    return f'<a class="why" rel="{rel}" href="{escape(f"{path}?{urlencode(of_the_work() | asked)}")}">{label}</a>'


_page(current())
