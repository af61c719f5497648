"""Five programs that open a workbook and save it again, each in its own way of writing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from conftest import ROOT
from needed import missing, needs
from office import saved_by_libreoffice

_MODULES = ROOT / ".venv" / "savers" / "node_modules"
_SECONDS = 600  # after which a program is taken to hang, however slow the machine
UNSAVED = "as it was tampered with"
LIBREOFFICE, GNUMERIC, OPENPYXL, EXCELJS, SHEETJS = "LibreOffice", "Gnumeric", "openpyxl", "exceljs", "SheetJS"


def _with_libreoffice(source: Path, target: Path) -> None:
    saved_by_libreoffice([(source, target, {})])


def _with_gnumeric(source: Path, target: Path) -> None:
    _run([needs("ssconvert"), "--export-type=Gnumeric_Excel:xlsx2", str(source), str(target)], os.environ)


def _with_openpyxl(source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    book.save(target)


def _with_exceljs(source: Path, target: Path) -> None:
    _with_node("exceljs", source, target)


def _with_sheetjs(source: Path, target: Path) -> None:
    _with_node("sheetjs", source, target)


def _with_node(program: str, source: Path, target: Path) -> None:
    if not _MODULES.is_dir():
        missing("exceljs and SheetJS are not installed: run 'make proof', which installs them")
    command = [needs("node"), str(Path(__file__).with_name("savers.js")), program, str(source), str(target)]
    _run(command, {**os.environ, "NODE_PATH": str(_MODULES)})


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=_SECONDS)
    assert done.returncode == 0, done.stderr


def _as_it_is(source: Path, target: Path) -> None:
    shutil.copy(source, target)


SAVERS: Mapping[str, Callable[[Path, Path], None]] = {
    UNSAVED: _as_it_is,
    LIBREOFFICE: _with_libreoffice,
    GNUMERIC: _with_gnumeric,
    OPENPYXL: _with_openpyxl,
    EXCELJS: _with_exceljs,
    SHEETJS: _with_sheetjs,
}
