"""The version of the modeler, and the forms of its workbooks that it reads back; it writes the last."""

from __future__ import annotations

VERSION = "0.4.0"
FIRST_WORKBOOK_FORM, WORKBOOK_FORM = 1, 2
