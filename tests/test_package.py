"""The package: it is installed from its wheel in an empty environment, and runs there without the checkout."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT

from budget_model.version import VERSION

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
# What a command that shows no table and no workbook has no need of; each takes long to import.
HEAVY = ("pandas", "plotly", "streamlit", "sqlalchemy", "openpyxl", "xlsxwriter", "ironcalc", "budget_model.workbook", "budget_model.store")
pytestmark = pytest.mark.xdist_group("package")


class Installed:
    """An environment that holds the wheel and the libraries it needs, and a folder to work in; neither knows the checkout."""

    def __init__(self, folder: Path) -> None:
        run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT)], ROOT)
        (self.wheel,) = folder.glob("*.whl")
        self.home, self.folder = folder / "environment", folder / "elsewhere"
        self.folder.mkdir()
        venv.create(self.home, symlinks=os.name != "nt")
        paths = {"base": str(self.home), "platbase": str(self.home)}
        self.packages, self.programs = (Path(sysconfig.get_path(kind, "venv", paths)) for kind in ("purelib", "scripts"))
        # The libraries are those of this environment: nothing is fetched. A path file of theirs, such as a checkout's, is not read.
        (self.packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
        self.python = str(self.programs / "python")
        run([*PIP, "--python", self.python, "install", "--no-deps", "--no-index", str(self.wheel)], ROOT)

    def program(self, *arguments: str, **settings: str) -> str:
        return run([str(self.programs / "lead-budget"), *arguments], self.folder, **settings)

    def code(self, text: str, **settings: str) -> str:
        return run([self.python, "-c", text], self.folder, **settings)


def run(command: list[str], folder: Path, **settings: str) -> str:
    """Return what a command prints, run without what this process was told about where the package and its data stand."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LEAD_", "STREAMLIT_"))}
    done = subprocess.run(command, cwd=folder, env=kept | settings, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("package"))


def test_the_wheel_is_of_this_version_and_knows_no_checkout(installed: Installed) -> None:
    assert installed.wheel.name == f"lead_budget_modeler-{VERSION}-py3-none-any.whl"
    found = json.loads(installed.code("import json, sys, budget_model; print(json.dumps([budget_model.__file__, *sys.path]))"))
    assert found[0] == str(installed.packages / "budget_model" / "__init__.py")
    assert str(ROOT) not in found
    assert (installed.packages / "budget_model" / "py.typed").is_file()
    shipped = {path.relative_to(ROOT) for folder in ("scenarios", "templates") for path in (ROOT / folder).rglob("*.yaml")}
    carried = installed.packages / "budget_model" / "_data"
    assert {path.relative_to(carried) for path in carried.rglob("*.yaml")} == shipped


def test_its_commands_run_in_another_folder(installed: Installed) -> None:
    assert "is sound: 2 sites, 26 months." in installed.program("check", "pilot_2017")
    library = installed.packages / "budget_model" / "_data" / "scenarios"
    record = json.loads(installed.program("project", str(library / "pilot_2017.yaml"), "--json", "-"))
    assert record["total"]["gross_appropriation"] > 0
    assert "none differs" in installed.program("export", "pilot_2017", "-o", "pilot.xlsx")
    assert "Staffing" in openpyxl.load_workbook(io.BytesIO((installed.folder / "pilot.xlsx").read_bytes()), read_only=True).sheetnames
    assert "sites" in json.loads(installed.program("schema"))["properties"]


def test_where_it_keeps_what_is_said_and_can_be_set(installed: Installed, tmp_path: Path) -> None:
    data = {"XDG_DATA_HOME": str(tmp_path)} if sys.platform == "linux" else {}
    said = installed.program("where", **data)
    assert f"Scenarios: {installed.packages}" in said and "_data" in said
    if data:
        assert f"Versions and drafts: sqlite:///{tmp_path / 'lead-budget' / 'scenarios.sqlite'}" in said
    library = tmp_path / "library"
    library.mkdir()
    shipped = ROOT / "scenarios" / "pilot_2017.yaml"
    (library / "ours.yaml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    settings = {"LEAD_LIBRARY": str(library), "LEAD_DATABASE_URL": "postgresql+pg8000://ana:secret@host/lead"}
    said = installed.program("where", **settings)
    assert f"Scenarios: {library}" in said and "Evidence: " + str(installed.packages) in said
    assert "postgresql+pg8000://ana:***@host/lead" in said
    assert f"{library / 'ours.yaml'}: LEAD pilot 2017 is sound" in installed.program("check", "ours", **settings)


DASHBOARD = """
from streamlit.testing.v1 import AppTest

from budget_model.folders import APP
from budget_model.pages.shared.widgets import page_file

app = AppTest.from_file(str(APP), default_timeout=120).run()
for page in ("overview", "build", "motion", "downloads"):
    app.switch_page(str(page_file(page))).run()
    assert not app.exception, app.exception
    print([title.value for title in app.title])
"""
# The server as `lead-budget run` starts it: its own settings hold, and it answers.
SERVER = """
import socket, subprocess, sys, time, urllib.request

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen([sys.argv[1], "run", "--port", str(port)])
try:
    for _ in range(600):
        try:
            print(urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").read().decode())
            break
        except OSError:
            assert server.poll() is None
            time.sleep(0.1)
finally:
    server.terminate()
    server.wait()
"""


def test_its_dashboard_shows_its_pages(installed: Installed, tmp_path: Path) -> None:
    shown = installed.code(DASHBOARD, LEAD_DATABASE_URL=f"sqlite:///{tmp_path}/scenarios.sqlite")
    assert shown.splitlines() == ["['Overview']", "['Build']", "['Motion']", "['Downloads']"]


def test_its_server_answers_under_its_own_settings(installed: Installed, tmp_path: Path) -> None:
    command = [installed.python, "-c", SERVER, str(installed.programs / "lead-budget")]
    said = run(command, installed.folder, LEAD_DATABASE_URL=f"sqlite:///{tmp_path}/scenarios.sqlite")
    assert "http://127.0.0.1:" in said and "Network URL" not in said  # the address of .streamlit/config.toml
    assert "ok" in said.splitlines()


def test_what_is_declared_is_what_the_requirements_pin() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("# The product\n")[2].partition("\n\n")[0].splitlines()
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["project"]["dependencies"] == [line.partition("  #")[0] for line in lines]
    pinned = {line.partition("  #")[0] for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    assert set(declared["build-system"]["requires"]) <= pinned


def test_heavy_libraries_wait_until_a_command_needs_them() -> None:
    def loaded(code: str) -> list[str]:
        return json.loads(
            run([sys.executable, "-c", f"{code}\nimport json, sys; print(json.dumps(list(sys.modules)))"], ROOT).splitlines()[-1]
        )

    assert not {"numpy", "pydantic", "yaml", *HEAVY} & set(loaded("import budget_model"))
    for command in (["check", "pilot_2017"], ["project", "pilot_2017"], ["schema"]):
        assert not set(HEAVY) & set(loaded(f"from budget_model.__main__ import main; main({command})"))


def test_the_citation_is_of_this_version() -> None:
    assert f"\nversion: {VERSION}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
