"""What the tests of the dashboard's pages share: sessions without a browser, and what stands on them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

from conftest import ROOT
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe

from budget_model.pages.shared import catalog

# Streamlit looks through all packages that are installed: a server once, its tests at each session, where it takes longer than the page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

BUILD = "budget_model/pages/build.py"
SCENARIOS = "budget_model/pages/scenarios.py"
CASELOAD = "lever.expansion_2018.caseload.0"  # until something else sets it
PAGES = sorted(path.stem for path in (ROOT / "budget_model" / "pages").glob("[!_]*.py"))
ALL_THE_SAME = "Save all the same"


def dashboard(page: str = "overview", **address: str | list[str]) -> AppTest:
    """Open a page of the dashboard, with what its address asks for, in a session of its own."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    return (app if page == "overview" else app.switch_page(f"budget_model/pages/{page}.py")).run()


@cache
def looked_at(page: str = "overview", **address: str) -> AppTest:
    """Open a page once for all tests that only look at it; nobody may change anything on it."""
    return dashboard(page, **address)


def build(part: str = "Levers", **address: str | list[str]) -> AppTest:
    """Open a part of the Build page."""
    return dashboard("build", part=part, **address)


def opened(app: AppTest, key: str) -> AppTest:
    """Open what is folded away under a key, and made when it is opened."""
    app.session_state[key] = True
    return app.run()


def forget_the_database() -> None:
    """Have the next page open the database anew; what was read of the library and calculated of it is known on."""
    catalog.database.clear()
    catalog._version.clear()


def card(app: AppTest, label: str) -> str:
    return next(metric.value for metric in app.metric if metric.label == label)


def effect(app: AppTest) -> str:
    """Return the table of what the changes do, which every page shows."""
    (table,) = re.findall(r'<table class="effect">.*?</table>', words(app), re.DOTALL)
    return str(table)


def words(app: AppTest) -> str:
    """Return everything the page says in sentences and tables, without what its scripts are written in and the dots of its terms."""
    return re.sub(r'<span class="term"[^>]*>([^<]*)</span>', r"\1", markup(app))


def markup(app: AppTest) -> str:
    """Return what the page is written in, without its scripts."""
    return re.sub(r"<script\b.*?</script>", "", " ".join(html.body for html in app.html), flags=re.DOTALL)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def type_cells(app: AppTest, table: str, cells: Mapping[int, Mapping[str, object]]) -> AppTest:
    """Type into cells of a table, by line and column; the grid sends all its edits each time. A column that is not shown is chosen first."""
    shown = {*_shown(app, grid_of(app, table)).value.columns}
    for field in sorted({field for typed in cells.values() for field in typed} - shown):
        app.multiselect(key=f"columns.{table}").select(field).run()
    return type_into(app, grid_of(app, table), cells)


def grid_of(app: AppTest, table: str) -> str:
    """Return the key of the grid that a table has now; it shows the same cells as long as that is the same."""
    return [key for key, grid in app.session_state["grids"].items() if grid.table == table][-1]


def type_into(app: AppTest, key: str, cells: Mapping[int, Mapping[str, object]]) -> AppTest:
    """Send the edits of a grid as the browser does; Streamlit's own tests have no words for it."""
    states = app._tree.get_widget_states()
    grid = _shown(app, key).proto.id
    edits = {"edited_rows": {str(row): typed for row, typed in cells.items()}, "added_rows": [], "deleted_rows": []}
    states.widgets.add(id=grid, string_value=json.dumps(edits))
    return app._run(states)


def _shown(app: AppTest, grid: str) -> Dataframe:
    return next(shown for shown in app.dataframe if shown.proto.id.endswith(f"-{grid}"))


def save(app: AppTest, **fields: str) -> AppTest:
    """Fill in the form of the review and save a version, also where checks fail."""
    return save_version(fill_in(app, **fields))


def save_version(app: AppTest) -> AppTest:
    """Press the button and, where checks fail, answer the question after it."""
    press(app, "Save version")
    return press(app, ALL_THE_SAME) if ALL_THE_SAME in [button.label for button in app.button] else app


def fill_in(app: AppTest, **fields: str) -> AppTest:
    """Fill in the form of the review."""
    app.button_group(key="part").set_value("Review and save").run()
    for field, text in fields.items():
        app.text_input(key=f"save.{field}.{app.query_params['draft']}").set_value(text)
    return app
