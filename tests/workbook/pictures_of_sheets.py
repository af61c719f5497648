"""Take pictures of a workbook as it opens in LibreOffice on a screen of 1600 by 950.

usage: .venv/bin/python tests/workbook/pictures_of_sheets.py WORKBOOK FOLDER [SHEET ...]      (needs LibreOffice, python3-uno and Xvfb)

Without sheets it takes those of ten kinds. Each picture is named by its sheet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageGrab

SCREEN_WIDTH, HEIGHT = 1_600, 950
SHEETS = (
    "Cover", "Summary", "Budget units", "Change table", "Checks", "Assumptions", "Charts", "Participants", "Contracts", "Funding",
)  # fmt: skip
_DISPLAY, _PORT = f":{90 + os.getpid() % 900}", 20_000 + os.getpid() % 10_000
_SETTLED = 2.5  # seconds until a sheet is drawn
_STARTS = 120  # seconds at most
# What python3-uno does: show the sheet, in a window as large as the screen, without the sidebar.
_SHOW = """
import sys, uno
from com.sun.star.beans import PropertyValue
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
context = resolver.resolve(f"uno:socket,host=localhost,port={sys.argv[1]};urp;StarOffice.ComponentContext")
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
book = desktop.getCurrentComponent()
frame = book.getCurrentController().getFrame()
frame.getContainerWindow().setPosSize(0, 0, int(sys.argv[3]), int(sys.argv[4]), 15)
dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
dispatcher.executeDispatch(frame, ".uno:Sidebar", "", 0, (PropertyValue("Sidebar", 0, False, 0),))
if book.Sheets.hasByName(sys.argv[2]):
    view = book.getCurrentController()
    view.setActiveSheet(book.Sheets.getByName(sys.argv[2]))
    seen = view.getByIndex(view.getCount() - 1).getVisibleRange()  # of the part that scrolls
    print(seen.StartColumn, seen.EndColumn)
else:
    sys.exit(3)
"""


def main() -> None:
    workbook, folder, *sheets = sys.argv[1:]
    for sheet, picture in pictures(Path(workbook), sheets or SHEETS):
        target = Path(folder) / f"{sheet.lower().replace(' ', '_')}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        picture.save(target, optimize=True)
        print(target)


def pictures(workbook: Path, sheets: Sequence[str]) -> Iterator[tuple[str, Image.Image]]:
    """Yield a picture of each sheet that the workbook has."""
    with _screen(), _office(workbook):
        for sheet in sheets:
            if _show(sheet):
                time.sleep(_SETTLED)
                yield sheet, ImageGrab.grab(xdisplay=_DISPLAY)


def columns_seen(workbook: Path, sheets: Sequence[str]) -> dict[str, range]:
    """Return the columns of each sheet that are seen wholly or in part beside those that do not scroll, hidden ones among them."""
    found = {}
    with _screen(), _office(workbook):
        for sheet in sheets:
            _show(sheet)
            time.sleep(_SETTLED)
            first, last = map(int, _answer(sheet).stdout.split())
            found[sheet] = range(first, last + 1)
    return found


@contextmanager
def _screen() -> Iterator[None]:
    screen = subprocess.Popen(
        ["Xvfb", _DISPLAY, "-screen", "0", f"{SCREEN_WIDTH}x{HEIGHT}x24", "-dpi", "96", "-noreset"], stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + _STARTS
        while not _is_up() and time.monotonic() < until:
            time.sleep(0.2)
        yield
    finally:
        screen.terminate()
        screen.wait()


def _is_up() -> bool:
    try:
        ImageGrab.grab(xdisplay=_DISPLAY)
    except OSError:
        return False
    return True


@contextmanager
def _office(workbook: Path) -> Iterator[None]:
    """Open a copy of the workbook in a LibreOffice with a profile of its own: a lock that was left beside it would ask."""
    with tempfile.TemporaryDirectory() as profile:
        copy = shutil.copy(workbook, profile)
        accept = f"--accept=socket,host=localhost,port={_PORT};urp;"
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--norestore", "--nologo", "--nofirststartwizard"]
        office = subprocess.Popen([*command, accept, copy], env={**os.environ, "DISPLAY": _DISPLAY}, start_new_session=True)
        try:
            until = time.monotonic() + _STARTS
            while not _show("") and time.monotonic() < until:
                time.sleep(1)
            yield
        finally:
            os.killpg(office.pid, 15)
            office.wait()


def _show(sheet: str) -> bool:
    """Show a sheet; return whether it is there. For no name: whether the workbook is open."""
    done = _answer(sheet)
    return done.returncode == 0 or (not sheet and done.returncode == 3)


def _answer(sheet: str) -> subprocess.CompletedProcess[bytes]:
    arguments = [str(_PORT), sheet, str(SCREEN_WIDTH), str(HEIGHT)]
    return subprocess.run(["/usr/bin/python3", "-c", _SHOW, *arguments], capture_output=True, check=False)


if __name__ == "__main__":
    main()
