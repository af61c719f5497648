"""The dashboard: `streamlit run app.py`, or `lead-budget run`. Finds what the address asks for, projects it, and shows the page."""

from __future__ import annotations

import logging

import streamlit as st

from budget_model.errors import StoreError
from budget_model.pages.shared import draft_session, screen_state
from budget_model.pages.shared.catalog import FOLDER, library, offered
from budget_model.pages.shared.sidebar import choose_scenario, show_problems, show_work
from budget_model.pages.shared.style import BRAND, CSS
from budget_model.pages.shared.widgets import page_file, plain


def main() -> None:
    """Run the page that the address asks for."""
    st.set_page_config("LEAD Budget Modeler", "🏛️", "wide", 310)
    page = st.navigation(
        [
            st.Page(page_file("overview"), title="Overview", default=True),
            st.Page(page_file("build"), title="Build"),
            st.Page(page_file("sites"), title="Sites"),
            st.Page(page_file("scenarios"), title="Scenarios"),
            st.Page(page_file("funding"), title="Funding"),
            st.Page(page_file("staffing"), title="Staffing"),
            st.Page(page_file("access"), title="Treatment and housing"),
            st.Page(page_file("evidence"), title="Evidence"),
            st.Page(page_file("downloads"), title="Downloads"),
            st.Page(page_file("motion"), title="Motion"),
            st.Page(page_file("outcomes"), title="Outcomes"),
        ],
        position="top",
    )
    try:
        with st.sidebar:
            st.html(CSS + BRAND)
            found = library()
            usable = bool(found.scenarios)
            if usable:
                scenarios = offered()
                screen_state.put(draft_session.open_work(scenarios))
                choose_scenario(scenarios)
            show_problems(found)
            beside = st.container()
        if not usable:
            st.title("No scenario yet", anchor=False)
            st.markdown(f"Put a scenario file (`.yaml`) into `{FOLDER}` and reload this page. The README says how one is written.")
            return
        if said := draft_session.notice():
            st.warning(plain(said), icon=":material/info:")
        page.run()
        with beside:
            show_work(scenarios, screen_state.current(), page.title)
    except StoreError as error:
        st.title("Saved scenarios cannot be reached", anchor=False)
        st.markdown(plain(f"{error}. Nothing was lost. Reload this page; if it stays so, tell whoever runs the dashboard."))
    except Exception:
        logging.getLogger("budget_model").exception("The page %s failed", page.title)
        st.title("Something went wrong", anchor=False)
        st.markdown(
            "This page could not be shown; nothing was lost. Undo the last change in the sidebar, or choose another scenario or page. "
            "If it happens again, send the address of this page and the time to whoever runs the dashboard: the reason is in its log."
        )


if __name__ == "__main__":  # processes that do long work import this file and must not run the page
    main()
