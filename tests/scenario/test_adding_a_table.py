"""A table that is added as docs/adding-a-table.md shows is found wherever tables are, without another edit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

COPIED = ("budget_model", "scenarios", "templates")
OF_RANDOM_SCENARIOS = ("strategies.py", "drawn_plan.py", "drawn_costs.py", "drawn_money.py")


def test_a_table_added_as_shown_is_found_everywhere(tmp_path: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in OF_RANDOM_SCENARIOS:
        shutil.copy(ROOT / "tests" / name, tmp_path)
    (shown,) = re.findall(r"^```diff\n(.*?)^```$", (ROOT / "docs" / "adding-a-table.md").read_text(), re.M | re.S)
    # One line of context is enough to find the place, so that the document need not follow every edit beside it.
    applied = subprocess.run(["git", "apply", "-C1", "-"], input=shown, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr
    found = subprocess.run(
        [sys.executable, ROOT / "tests" / "scenario" / "added_vehicles.py", tmp_path],
        env=os.environ | {"PYTHONPATH": str(tmp_path)}, cwd=tmp_path, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
