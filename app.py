"""The dashboard: `streamlit run app.py`. Chooses the scenario, projects it once, and shows the page asked for."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from budget_model.pages import view
from budget_model.pages.library import FOLDER, library
from budget_model.pages.sidebar import choose_scenario, pull_levers, show_problems
from budget_model.pages.style import BRAND, CSS

PAGES = Path(__file__).parent / "budget_model" / "pages"


def main() -> None:
    """Run the page that the address asks for."""
    st.set_page_config("LEAD Budget Modeler", "🏛️", "wide", 310)
    st.html(CSS)
    page = st.navigation(
        [
            st.Page(PAGES / "overview.py", title="Overview", default=True),
            st.Page(PAGES / "sites.py", title="Sites"),
            st.Page(PAGES / "access.py", title="Treatment and housing"),
            st.Page(PAGES / "funding.py", title="Funding"),
            st.Page(PAGES / "staffing.py", title="Staffing and contracts"),
            st.Page(PAGES / "outcomes.py", title="Outcomes"),
            st.Page(PAGES / "evidence.py", title="Evidence"),
            st.Page(PAGES / "workbooks.py", title="Workbooks"),
        ],
        position="top",
    )
    try:
        with st.sidebar:
            st.html(BRAND)
            found = library()
            if not found.scenarios:
                show_problems(found)
            else:
                view.put(pull_levers(found, choose_scenario(found)))
        if found.scenarios:
            page.run()
        else:
            st.title("No scenario yet", anchor=False)
            st.markdown(f"Put a scenario file (`.yaml`) into `{FOLDER}` and reload this page. The README says how one is written.")
    except Exception:
        logging.getLogger("budget_model").exception("The page %s failed", page.title)
        st.title("Something went wrong", anchor=False)
        st.markdown(
            "This page could not be shown; nothing was lost. **Reset all** in the sidebar, or choose another scenario or page. "
            "If it happens again, send the address of this page and the time to whoever runs the dashboard: the reason is in its log."
        )


if __name__ == "__main__":  # processes that do long work import this file and must not run the page
    main()
