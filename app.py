"""The dashboard: `streamlit run app.py`, or `lead-budget run`. Finds what the address asks for, projects it, and shows the page."""

from __future__ import annotations

import logging

import streamlit as st

from budget_model.errors import StoreError
from budget_model.pages.shared import view, work
from budget_model.pages.shared.library import FOLDER, library, shelf
from budget_model.pages.shared.parts import page_file, plain
from budget_model.pages.shared.sidebar import choose_scenario, show_problems, show_work
from budget_model.pages.shared.style import BRAND, CSS


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
                kept = shelf(found)
                view.put(work.open_work(kept))
                choose_scenario(kept)
            show_problems(found)
            beside = st.container()
        if not usable:
            st.title("No scenario yet", anchor=False)
            st.markdown(f"Put a scenario file (`.yaml`) into `{FOLDER}` and reload this page. The README says how one is written.")
            return
        if said := work.notice():
            st.warning(plain(said), icon=":material/info:")
        page.run()
        with beside:
            show_work(kept, view.current(), page.title)
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
