"""A file is read anew when it has changed, and written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from budget_model.files import stamp, write_whole

# From when the target is written, no file may grow beyond some kilobytes: it fails in the middle as on a full disk.
WITH_A_FULL_DISK = """
import resource, signal, sys
from budget_model import files
from budget_model.__main__ import main

def limited(**given):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, resource.RLIM_INFINITY))
    return made(**given)

made, files.NamedTemporaryFile = files.NamedTemporaryFile, limited
sys.exit(main(sys.argv[1:]))
"""


def test_a_file_is_replaced_with_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.txt", tmp_path / "link.txt"
    kept.write_text("old")
    kept.chmod(0o640)
    link.symlink_to(kept)
    before = stamp(kept)
    write_whole(link, b"newer")
    assert (kept.read_text(), stat.S_IMODE(kept.stat().st_mode), link.is_symlink()) == ("newer", 0o640, True)
    assert stamp(kept) != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.txt", "link.txt"]
    write_whole(Path(os.devnull), b"nothing is kept")
    with pytest.raises(OSError, match="none"):
        write_whole(tmp_path / "none" / "file.txt", b"nowhere")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the system's")
@pytest.mark.parametrize(
    ("command", "target"),
    [
        (["export", "scenarios/pilot_2017.yaml", "-o"], "out.xlsx"),
        (["import", "tests/older/workbooks/pilot_2017.xlsx", "-o"], "out.yaml"),
        (["project", "scenarios/expansion_2018.yaml", "--json"], "out.json"),
    ],
)
def test_a_full_disk_leaves_the_file_that_stood_there(command: list[str], target: str, tmp_path: Path) -> None:
    (tmp_path / target).write_text("what stood here")
    result = subprocess.run([sys.executable, "-c", WITH_A_FULL_DISK, *command, tmp_path / target], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 2, result.stderr
    assert target in result.stderr and "too large" in result.stderr
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(target, "what stood here")]
