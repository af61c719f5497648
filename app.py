"""The dashboard: `streamlit run app.py`. Finds what the address asks for, projects it, and shows the page."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from budget_model.errors import StoreError
from budget_model.pages.shared import view, work
from budget_model.pages.shared.library import FOLDER, library, shelf
from budget_model.pages.shared.parts import plain
from budget_model.pages.shared.sidebar import choose_scenario, show_problems, show_work
from budget_model.pages.shared.style import BRAND, CSS

PAGES = Path(__file__).parent / "budget_model" / "pages"


def main() -> None:
    """Run the page that the address asks for."""
    st.set_page_config("LEAD Budget Modeler", "🏛️", "wide", 310)
    page = st.navigation(
        [
            st.Page(PAGES / "overview.py", title="Overview", default=True),
            st.Page(PAGES / "build.py", title="Build"),
            st.Page(PAGES / "sites.py", title="Sites"),
            st.Page(PAGES / "scenarios.py", title="Scenarios"),
            st.Page(PAGES / "funding.py", title="Funding"),
            st.Page(PAGES / "staffing.py", title="Staffing"),
            st.Page(PAGES / "access.py", title="Treatment and housing"),
            st.Page(PAGES / "evidence.py", title="Evidence"),
            st.Page(PAGES / "downloads.py", title="Downloads"),
            st.Page(PAGES / "motion.py", title="Motion"),
            st.Page(PAGES / "outcomes.py", title="Outcomes"),
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
