"""The engine stands alone: a model of a few rows where there are no lines, no scenario and nothing else of the package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

TOY = Path(__file__).with_name("toy_model.py")


def test_a_toy_model_needs_the_engine_alone(tmp_path: Path) -> None:
    alone = tmp_path / "budget_model"
    shutil.copytree(ROOT / "budget_model" / "engine", alone / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "budget_model" / "errors.py", alone)
    (alone / "__init__.py").touch()
    shutil.copy(TOY, tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    nothing_else = "import importlib.util as u; assert not any(u.find_spec(f'budget_model.{x}') for x in ('lines', 'scenario', 'timeline'))"
    for command in (["-c", nothing_else], [TOY.name]):
        ran = subprocess.run([sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
