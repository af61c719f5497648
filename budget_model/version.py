"""The version of the modeler, and of the form of its workbooks: a workbook of another form is not read back."""

from __future__ import annotations

VERSION = "0.4.0"
WORKBOOK_FORM = 1
