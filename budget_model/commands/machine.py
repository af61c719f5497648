"""Commands about this machine: the dashboard, its folders, the schema of files."""

from __future__ import annotations

import argparse
import json

from budget_model.commands.shared import Add
from budget_model.folders import APP, EVIDENCE, LIBRARY, TEMPLATES
from budget_model.scenario.file import file_schema


def add_to(command: Add) -> None:
    """Add `run`, `where` and `schema`."""
    command("run", _run, "Open the dashboard in this machine's browsers.", file=False).add_argument(
        "--port", type=int, default=8501, metavar="N", help="where it answers (default: 8501)"
    )
    command("where", _where, "Say which folders and which database are used.", file=False)
    command("schema", _schema, "Print the JSON Schema of scenario files.", file=False)


def _run(given: argparse.Namespace) -> str:
    from streamlit.web import cli  # its settings are found beside the program, in `.streamlit`

    from budget_model.store.database import Database, configured_url

    Database(configured_url()).engine.dispose()  # where it cannot be opened, that is said here and not to the first visitor
    cli.main(["run", str(APP), f"--server.port={given.port}"], prog_name="streamlit", standalone_mode=False)
    return "The dashboard has ended."


def _where(given: argparse.Namespace) -> str:
    from budget_model.store.address import understood
    from budget_model.store.database import configured_url

    database = understood(configured_url())[0].render_as_string(hide_password=True)
    places = {"Scenarios": LIBRARY, "Evidence": EVIDENCE, "Layouts of workbooks": TEMPLATES, "Versions and drafts": database}
    return "\n".join(f"{label}: {place}" for label, place in places.items())


def _schema(given: argparse.Namespace) -> str:
    return json.dumps(file_schema(), indent=2)
