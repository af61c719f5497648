"""Edit workbooks in LibreOffice, so that a spreadsheet program really saved them: a Basic macro sets cells by their names."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from conftest import needs

Job = tuple[Path, Path, Mapping[str, float | str]]  # a workbook, where the edited one goes, values by defined name
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Run
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim asExcel(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot; : hidden(0).Value = True
  asExcel(0).Name = &quot;FilterName&quot; : asExcel(0).Value = &quot;Calc MS Excel 2007 XML&quot;
  Dim book, place, cell, said, parts
  On Error Goto Failed
  Open Environ(&quot;EDIT_JOBS&quot;) For Input As #1
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
      Case &quot;save&quot;
        book.calculateAll()
        book.storeToURL(parts(1), asExcel())
        book.close(True)
    End Select
  Loop
  Close #1
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open Environ(&quot;EDIT_JOBS&quot;) &amp; &quot;.failed&quot; For Output As #2
  Print #2, said &amp; &quot;: &quot; &amp; Error$
  Close #2
  StarDesktop.terminate()
End Sub

Function cellOf(book, called)
  cellOf = book.NamedRanges.getByName(called).getReferredCells().getCellByPosition(0, 0)
End Function
</script:module>
"""


def edited_by_libreoffice(jobs: Sequence[Job], folder: Path) -> None:
    """Open each workbook, set the cells that names point to (months as day numbers), recalculate all, and save it as .xlsx."""
    soffice = needs("soffice")
    profile, listed = folder / "editing_profile", folder / "jobs.txt"
    office = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*office, "--terminate_after_init"], check=True, timeout=120, capture_output=True)  # makes the profile
    (profile / "user" / "basic" / "Standard" / "Module1.xba").write_text(_MODULE)
    lines = []
    for source, target, values in jobs:
        lines.append(f"open\t{source.as_uri()}")
        lines += [f"{'text' if isinstance(value, str) else 'number'}\t{name}\t{value}" for name, value in values.items()]
        lines.append(f"save\t{target.as_uri()}")
    listed.write_text("\n".join(lines) + "\n")
    environment = {**os.environ, "EDIT_JOBS": str(listed)}
    subprocess.run([*office, "macro:///Standard.Module1.Run"], check=True, timeout=600, capture_output=True, env=environment)
    failed = listed.with_name(f"{listed.name}.failed")
    assert not failed.exists(), failed.read_text()
    assert all(target.exists() for _, target, _ in jobs), "LibreOffice saved nothing"
    shutil.rmtree(profile)
