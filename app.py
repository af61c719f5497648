"""The dashboard: `streamlit run app.py`, or `lead-budget run`. Finds what the address asks for, projects it, and shows the page."""

from __future__ import annotations

import logging
import threading

import streamlit as st

from budget_model.errors import ScenarioError, StoreError, UnavailableError, UnreadableError
from budget_model.folders import TEMPLATES
from budget_model.pages.shared import (
    beside,
    database_watch,
    draft_session,
    finder,
    first_day_style,
    glossary,
    grid_keys,
    grid_names,
    held_moves,
    jumps,
    leaving,
    notices,
    opened_work,
    overlays,
    presentation_keys,
    screen_state,
    start_here,
    status_strip,
    tones,
    typed_cells,
    undo_keys,
    why_links,
    why_panel,
    why_style,
)
from budget_model.pages.shared.catalog import FOLDER, library, offered
from budget_model.pages.shared.sidebar import choose_scenario, show_effect, show_problems, show_work
from budget_model.pages.shared.style import BRAND, CSS
from budget_model.pages.shared.widgets import page_file, plain, show_notice
from budget_model.serving import server, uploads

# Whose scripts run in the page: of every page, and of some.
_ON_EVERY_PAGE = (undo_keys, leaving, why_links, glossary, overlays)
_WITH_SCRIPTS = (*_ON_EVERY_PAGE, grid_keys, grid_names, jumps, finder, start_here, presentation_keys)
_SCRIPTS = "".join(f"<script>{one.SCRIPT}</script>" for one in _ON_EVERY_PAGE)
# The same at each move of a lever: one element, which the browser keeps.
_LOOK = f"{tones.CSS}{CSS}{why_style.CSS}{first_day_style.CSS}{BRAND}{_SCRIPTS}"
TAKES_FILES = ("Downloads",)  # the pages on which a visitor may send a file


def main() -> None:
    """Run the page that the address asks for."""
    st.set_page_config("LEAD Budget Modeler", "🏛️", "wide", 310)
    pages = [
        st.Page(page_file("overview"), title="Overview", default=True),
        st.Page(page_file("build"), title="Build"),
        st.Page(page_file("sites"), title="Sites"),
        st.Page(page_file("scenarios"), title="Scenarios"),
        st.Page(page_file("funding"), title="Funding"),
        st.Page(page_file("budget_units"), title="Budget units"),
        st.Page(page_file("staffing"), title="Staffing"),
        st.Page(page_file("access"), title="Treatment and housing"),
        st.Page(page_file("evidence"), title="Evidence"),
        st.Page(page_file("range"), title="Range"),
        st.Page(page_file("downloads"), title="Downloads"),
        st.Page(page_file("motion"), title="Motion"),
        st.Page(page_file("outcomes"), title="Outcomes"),
        st.Page(page_file("glossary"), title="Glossary", visibility="hidden"),
        st.Page(page_file("presentation"), title="Presentation", visibility="hidden"),
    ]
    page = st.navigation(pages, position="top")
    uploads.take_files(page.title in TAKES_FILES)
    try:
        with st.sidebar:
            st.html(_LOOK, unsafe_allow_javascript=True)
            found = library()
            scenarios = offered(found)
            usable = bool(scenarios.slugs)
            if usable:
                typed_cells.take_what_was_missed()
                work = opened_work.open_work(scenarios)
                choose_scenario(scenarios)
                screen_state.put(beside.choose(scenarios, work, page.title))
            show_problems(found)
            if usable:
                show_effect(scenarios, screen_state.current())  # the figures are what one waits for; checks and buttons follow the page
            below = st.container()
        if not usable:
            st.title("No scenario yet", anchor=False)
            st.markdown(
                f"Put a scenario file (`.yaml`) into the folder `{FOLDER}` and reload this page. "
                f"To begin, copy `{TEMPLATES / 'scenario.yaml'}`, which says of each line what it is; "
                "`lead-budget check FILE` says what is wrong with a file before it is here."
            )
            return
        above = st.container()
        show_notice(*notices.notice())
        database_watch.show()
        try:
            page.run()
        except UnavailableError as error:  # this page needs the database; the sidebar does not
            _say_that_it_cannot(error)
        with below:
            show_work(screen_state.current())
        with above:  # after the page, whose figures come first
            status_strip.show(scenarios, screen_state.current(), page.title, {one.title: one.url_path for one in pages})
        why_panel.show(screen_state.current())
        draft_session.is_shown()
    except StoreError as error:
        _say_that_it_cannot(error)
    except ScenarioError as error:  # the register of evidence, which this page reads
        st.title("This page cannot be shown", anchor=False)
        st.markdown(plain(f"A file that it reads is wrong. {error} Tell whoever runs the dashboard; the other pages work."))
    except Exception:
        logging.getLogger("budget_model").exception("The page %s failed", page.title)
        st.title("Something went wrong", anchor=False)
        st.markdown(
            f"This page could not be shown. {plain(draft_session.where_changes_are())} "
            "Undo the last change in the sidebar, or choose another scenario or page. "
            "If it happens again, send the address of this page and the time to whoever runs the dashboard: the reason is in its log."
        )


def _say_that_it_cannot(error: StoreError) -> None:
    database_watch.say_on_the_console(error)
    one = isinstance(error, UnreadableError)
    st.title("A saved scenario cannot be shown" if one else "Saved scenarios cannot be reached", anchor=False)
    remedy = held_moves.said() or "Reload this page in a moment; if it stays so, tell whoever runs the dashboard."
    st.markdown(plain(f"{error}. {remedy}"))


if __name__ == "__main__":  # a visitor's run of the page
    main()
elif __name__ == "app":  # the server, which `streamlit run` finds here; processes that do long work are neither
    threading.Thread(target=database_watch.open_once, daemon=True).start()
    app = st.App(
        __file__,
        middleware=server.layers(*(one.SCRIPT for one in _WITH_SCRIPTS)),
        lifespan=server.started,
    )
