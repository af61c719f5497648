"""The sheets of a workbook that a reader needs on paper, as a PDF: LibreOffice prints them, where it is installed."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from budget_model.errors import WorkbookError
from budget_model.workbook.writing.writer import Written

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 300  # seconds, after which the program is taken to hang
NO_OFFICE = (
    "A PDF needs LibreOffice, and the program soffice was not found. Install LibreOffice Calc, on Debian or Ubuntu with "
    "apt-get install libreoffice-calc fonts-crosextra-carlito."
)
_SHEETS = "xl/workbook.xml"
_PRINT_NAME = re.compile(r'<definedName name="_xlnm\.Print_(?P<what>Area|Titles)" localSheetId="(?P<sheet>\d+)"[^>]*>[^<]*</definedName>')
_FREE_CELL = "$XFD$1048576"  # the last cell of a sheet


def office() -> str | None:
    """Return the path of LibreOffice's program, or None where there is none."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def pdf_of(written: Written) -> bytes:
    """Return the sheets of a workbook that are printed together as a PDF, with the values that are stored in it."""
    return printed(written.content, len(written.printed), written.pages)


def printed(content: bytes, sheets: int, pages: int) -> bytes:
    """Return the first sheets of a workbook, which take so many pages, as a PDF.

    Raises WorkbookError in words where LibreOffice is not there, ends without a PDF or takes more than five minutes.
    """
    program = office()
    if program is None:
        raise WorkbookError(f"{NO_OFFICE} Or open the workbook in a spreadsheet program and print pages 1 to {pages}.")
    with TemporaryDirectory(prefix="lead_pdf_") as name:
        folder = Path(name)
        book = folder / "workbook.xlsx"
        book.write_bytes(with_others_empty(content, sheets))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # of its own: one that is open already would take the work over
        options = ["--headless", "--norestore", "--convert-to", "pdf:calc_pdf_Export", "--outdir", name]
        said = _said_by([program, profile, *options, str(book)])
        made = book.with_suffix(".pdf")
        if not made.exists():
            raise WorkbookError(f"LibreOffice ended without a PDF: {said or 'it said nothing'}")
        return made.read_bytes()


def _said_by(command: list[str]) -> str:
    """Run LibreOffice and return the last line it said; raises WorkbookError where it can't be started or takes too long."""
    try:
        running = subprocess.Popen(  # noqa: S603 - LibreOffice, with files of ours
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
    except OSError as error:
        raise WorkbookError(f"LibreOffice ({command[0]}) can't be started: {error.strerror or error}") from None
    try:
        said, _ = running.communicate(timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        _end(running)
        raise WorkbookError(f"LibreOffice has not printed the workbook within {_LONGEST // 60} minutes; try again later") from None
    return (said.decode(errors="replace").strip().splitlines() or [""])[-1]


def _end(running: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with what it started: the program is a script that starts another, but on Windows."""
    if sys.platform == "win32":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


def with_others_empty(content: bytes, sheets: int) -> bytes:
    """Return a workbook with nothing to print on any sheet after the first ones.

    Hiding the others is not enough: LibreOffice 7.4 prints what is hidden.
    """

    def changed(name: re.Match[str]) -> str:
        if int(name["sheet"]) < sheets:
            return name.group()
        return "" if name["what"] == "Titles" else re.sub(r"\$A\$1:\$[A-Z]+\$\d+<", f"{_FREE_CELL}<", name.group())

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.infolist():
            text = source.read(part)
            copy.writestr(part, _PRINT_NAME.sub(changed, text.decode()).encode() if part.filename == _SHEETS else text)
    return target.getvalue()
