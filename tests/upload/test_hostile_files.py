"""A hostile upload is refused in one sentence, in less than two seconds and 500 MiB, each in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from forked import Forked
from hostile_files import HOSTILE

from budget_model import export_workbook, load_scenario, project
from budget_model.upload.gate import check_upload

SECONDS, MEBIBYTES = 2, 500


@pytest.fixture(scope="module")
def gate() -> Iterator[Forked]:
    """The gate in a new process for each file."""
    forked = Forked("upload.hostile_files", "refusal")
    yield forked
    forked.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once_in_one_sentence(name, tmp_path, gate):
    path = tmp_path / "upload"
    path.write_bytes(HOSTILE[name].build())
    message, seconds, mebibytes = gate(path)
    print(f"\n{name:40} {path.stat().st_size:>10,} bytes {seconds:6.3f} s {mebibytes:4.0f} MiB  {message}")  # with pytest -s
    assert message.startswith("upload.xlsx: ")
    assert HOSTILE[name].reason in message
    assert message.endswith(".")
    assert not re.search(r"xl/|\.xml|\.rels", message), "nobody can look up a part of a file"
    assert "\n" not in message
    assert seconds < SECONDS
    assert mebibytes < MEBIBYTES


@pytest.mark.parametrize("scenario", ["pilot_2017", "expansion_2018"])
def test_a_workbook_of_ours_is_accepted(scenario, tmp_path):
    path = tmp_path / "ours.xlsx"
    export_workbook(project(load_scenario(ROOT / "scenarios" / f"{scenario}.yaml")), path)
    check_upload(path.read_bytes(), path.name)
