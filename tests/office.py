"""A LibreOffice that stays: it opens workbooks, sets cells by their names, recalculates every formula and saves.

A Basic macro in it waits for a list of jobs in a folder and answers with another file. Starting the program takes longer than
most workbooks do, so one serves all tests of a process.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from needed import needs

Job = tuple[Path, Path, Mapping[str, float | str]]  # a workbook, where the saved one goes, values by defined name
Step = tuple[str, ...]  # a command of the macro below with what it needs, such as ("rows", SHEET, FIRST, COUNT)
_STARTS = 3  # now and then the program aborts, which says nothing of a workbook
_LONGEST = 3_600  # seconds without an answer after which the program is taken to hang, however slow the machine
_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Serve
  Dim jobs, idle
  jobs = Environ(&quot;OFFICE_FOLDER&quot;) &amp; &quot;/jobs&quot;
  Do While idle &lt; 6000  &apos; five minutes: whoever asked may have been killed
    If FileExists(jobs) Then
      Answer(jobs)
      idle = 0
    Else
      Wait 50
      idle = idle + 1
    End If
  Loop
  StarDesktop.terminate()
End Sub

Sub Answer(jobs)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim asExcel(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot; : hidden(0).Value = True
  asExcel(0).Name = &quot;FilterName&quot; : asExcel(0).Value = &quot;Calc MS Excel 2007 XML&quot;
  Dim book, said, parts, failed
  failed = &quot;&quot;
  On Error Goto Failed
  Open jobs For Input As #1
  Do While Not Eof(1)
    Line Input #1, said
    parts = Split(said, Chr(9))
    Select Case parts(0)
      Case &quot;open&quot;
        book = StarDesktop.loadComponentFromURL(parts(1), &quot;_blank&quot;, 0, hidden())
      Case &quot;number&quot;
        cellOf(book, parts(1)).Value = Val(parts(2))
      Case &quot;text&quot;
        cellOf(book, parts(1)).String = parts(2)
      Case &quot;rows&quot;
        If Val(parts(3)) &gt; 0 Then
          sheetOf(book, parts(1)).Rows.insertByIndex(Val(parts(2)), Val(parts(3)))
        Else
          sheetOf(book, parts(1)).Rows.removeByIndex(Val(parts(2)), -Val(parts(3)))
        End If
      Case &quot;columns&quot;
        If Val(parts(3)) &gt; 0 Then
          sheetOf(book, parts(1)).Columns.insertByIndex(Val(parts(2)), Val(parts(3)))
        Else
          sheetOf(book, parts(1)).Columns.removeByIndex(Val(parts(2)), -Val(parts(3)))
        End If
      Case &quot;cut&quot;
        With sheetOf(book, parts(1))
          .moveRange(.getCellRangeByName(parts(3)).CellAddress, .getCellRangeByName(parts(2)).RangeAddress)
        End With
      Case &quot;value&quot;
        sheetOf(book, parts(1)).getCellRangeByName(parts(2)).Value = Val(parts(3))
      Case &quot;remove&quot;
        book.Sheets.removeByName(parts(1))
      Case &quot;rename&quot;
        book.Sheets.getByName(parts(1)).Name = parts(2)
      Case &quot;copy&quot;
        book.Sheets.copyByName(parts(1), parts(2), book.Sheets.Count)
      Case &quot;move&quot;
        book.Sheets.moveByName(parts(1), Val(parts(2)))
      Case &quot;recalculate&quot;
        book.calculateAll()
      Case &quot;save&quot;
        book.storeToURL(parts(1), asExcel())
        book.close(True)
    End Select
  Loop
Done:
  On Error Resume Next  &apos; else what Close says would lead here again, for ever
  Close #1
  Kill jobs
  Open jobs &amp; &quot;.writing&quot; For Output As #2
  Print #2, failed
  Close #2
  Name jobs &amp; &quot;.writing&quot; As jobs &amp; &quot;.answer&quot;
  Exit Sub
Failed:
  failed = said &amp; &quot;: &quot; &amp; Error$
  Resume Done
End Sub

Function sheetOf(book, called)
  Dim sheet
  sheet = book.Sheets.getByName(called)
  sheet.unprotect(&quot;&quot;)
  sheetOf = sheet
End Function

Function cellOf(book, called)
  cellOf = book.NamedRanges.getByName(called).getReferredCells().getCellByPosition(0, 0)
End Function
</script:module>
"""


@cache
def _office() -> Office:
    started = Office()
    atexit.register(started.stop)
    return started


def saved_by_libreoffice(jobs: Sequence[Job], steps: Sequence[Step] = ()) -> None:
    """Open each workbook, set the cells that names point to (months as day numbers), take steps, recalculate all, save as .xlsx."""
    _office().save(jobs, steps)


class Office:
    """The program, started when it is first needed."""

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="lead_office_"))
        self._running: subprocess.Popen[bytes] | None = None

    def save(self, jobs: Sequence[Job], steps: Sequence[Step] = ()) -> None:
        """Do each job: open the workbook, set the named cells (months as day numbers), take the steps, recalculate all, save."""
        for start in range(1, _STARTS + 1):
            if self._answered(jobs, steps):
                break
            self.stop()
            assert start < _STARTS, f"LibreOffice ended {start} times over {[job[0].name for job in jobs]}"
        for _, target, _ in jobs:
            assert zipfile.is_zipfile(target), f"LibreOffice saved no {target.name}"

    def _answered(self, jobs: Sequence[Job], steps: Sequence[Step]) -> bool:
        """Hand over the jobs and wait for the answer; False when the program ended or hung."""
        if self._running is None or self._running.poll() is not None:
            self.stop()
            self._start()
        assert self._running
        listed, answer = self._folder / "jobs", self._folder / "jobs.answer"
        lines = []
        for number, (source, target, values) in enumerate(jobs):
            # A copy, for a workbook that another process has open is locked, and opens as nothing.
            copy = Path(shutil.copy(source, self._folder / f"{number}.xlsx"))
            lines.append(f"open\t{copy.as_uri()}")
            lines += [f"{'text' if isinstance(value, str) else 'number'}\t{name}\t{value}" for name, value in values.items()]
            lines += ["\t".join(step) for step in steps]
            lines += ["recalculate"] * bool(values or steps)  # opening a workbook did so already
            lines.append(f"save\t{target.as_uri()}")
        (self._folder / "jobs.writing").write_text("\n".join(lines) + "\n")
        (self._folder / "jobs.writing").rename(listed)
        ends = time.monotonic() + _LONGEST
        while not answer.exists():
            if self._running.poll() is not None or time.monotonic() > ends:
                return False
            time.sleep(0.01)
        failed = answer.read_text().strip()
        answer.unlink()
        if failed.startswith(":"):  # the list of jobs could not be opened, which says nothing of a workbook either
            return False
        assert not failed, failed
        return True

    def _start(self) -> None:
        self._folder.mkdir(exist_ok=True)
        profile = self._folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE_ALWAYS)
        command = [needs("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True)  # makes the rest of the profile
        (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(_MODULE)
        environment = {**os.environ, "OFFICE_FOLDER": str(self._folder)}
        self._running = subprocess.Popen(
            [*command, "macro:///Standard.Module1.Serve"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the program is a script that starts another, and both must go
        )

    def stop(self) -> None:
        """End the program and remove what it kept."""
        if self._running:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(self._running.pid, 9)
            self._running.wait()
            self._running = None
        shutil.rmtree(self._folder, ignore_errors=True)
