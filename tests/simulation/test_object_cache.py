"""Compiled code that is kept: used where it is whole, made anew where it is not, and no reason for a process to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PILOT, ROOT

from budget_model import load_scenario, project
from budget_model.simulation import object_cache

# A child process, for damaged code that is loaded ends the process.
CHILD = """
import sys
from pathlib import Path

import numpy as np

from budget_model import load_scenario
from budget_model.inputs import read_inputs
from budget_model.simulation import object_cache
from budget_model.simulation.kernel import default_method, run

object_cache.folder = lambda: Path(sys.argv[1])
made = []
if default_method() == "compiled":
    from budget_model.simulation import machine

    compile_anew = machine._compiled
    machine._compiled = lambda text: made.append(text) or compile_anew(text)
found = run(read_inputs(load_scenario(sys.argv[2])), [], np.empty((0, 1)), ["all_budgeted_positions"])
print(default_method(), len(made), found["all_budgeted_positions"].tolist())
"""
NO_LLVMLITE = "import sys; sys.modules['llvmlite'] = None\n"


def child(folder: Path, code: str = CHILD) -> str:
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(PILOT)], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folders of its users apart itself")
def test_damaged_code_is_compiled_anew_and_the_process_lives(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    first = child(folder)
    assert first.startswith("compiled 1 ")
    assert child(folder) == first.replace("compiled 1", "compiled 0"), "from the cache"
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    for damaged in (whole[: len(whole) // 2], whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]):
        file.write_bytes(damaged)
        assert child(folder) == first
        assert file.read_bytes() == whole, "and kept again"
    folder.chmod(0o755)
    assert child(folder) == first, "others could have written there"


def test_code_of_one_name_is_not_taken_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_cache, "folder", lambda: tmp_path / "kept")
    assert object_cache.kept("one", lambda: b"code of one") == b"code of one"
    (file,) = (tmp_path / "kept").iterdir()
    assert object_cache.kept("two", lambda: b"code of two") == b"code of two"
    (other,) = set((tmp_path / "kept").iterdir()) - {file}
    for content in (file.read_bytes(), b"", file.read_bytes()[:-1]):
        other.write_bytes(content)
        assert object_cache.kept("two", lambda: b"made anew") == b"made anew"
    assert object_cache.kept("one", lambda: b"not asked") == b"code of one"


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(object_cache, "folder", lambda: tmp_path / "file" / "kept")
    assert object_cache.kept("one", lambda: b"code") == b"code"


def test_without_llvmlite_draws_are_calculated_in_numpy(tmp_path: Path) -> None:
    method, made, found = child(tmp_path / "kept", NO_LLVMLITE + CHILD).split(" ", 2)
    assert (method, made) == ("numpy", "0")
    assert json.loads(found)[0] == project(load_scenario(PILOT)).by_year("all_budgeted_positions").tolist()
